"""The DCC's side of incidents: its service desk sees every user's, notes, and resolves.

For the DCC's own client certificate alone. What a user raises at the Self-Service Interface is
worked on here, and the user sees each note and change of status there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from assay.dcc.self_service.incidents import (
    NEXT,
    FieldError,
    Incident,
    IncidentDesk,
    IncidentStatus,
)
from assay.dcc.self_service.pages import HEADERS, PATH, check_origin, choice, read_form, render
from assay.dcc.store import Store
from assay.gbcs.identifiers import Eui64

DESK = f"{PATH}/desk"

Page = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(slots=True, kw_only=True)
class ServiceDesk:
    """`operator` is who the DCC's own certificate names. All on the loop's thread."""

    incidents: IncidentDesk
    store: Store
    operator: Eui64
    name_of: Callable[[Eui64], str]
    now: Callable[[], datetime]

    def add_to(
        self, application: web.Application, client: Callable[[web.Request], Eui64 | None]
    ) -> None:
        """`client` says whose certificate was shown; HTTP 403 without one is its own to raise."""
        for method, path, page in (
            ("GET", "", self._list),
            ("GET", "/{name}", self._incident),
            ("POST", "/{name}", self._change),
        ):
            application.router.add_route(method, DESK + path, self._for_operator(page, client))

    def _for_operator(
        self, page: Page, client: Callable[[web.Request], Eui64 | None]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            if client(request) != self.operator:
                raise web.HTTPForbidden(
                    text=f"the service desk needs the DCC's own certificate, of {self.operator}"
                )
            if request.method == "POST":
                check_origin(request)
            response = await page(request)
            response.headers.update(HEADERS)
            return response

        return handle

    async def _list(self, request: web.Request) -> web.Response:
        wanted = request.query.get("status", "").strip()
        error, status = None, None
        try:
            status = choice(IncidentStatus, "status", {"status": wanted}) if wanted else None
        except FieldError as problem:
            error = problem
        return self._page(
            "desk.html",
            error,
            incidents=self.incidents.all(status) if error is None else (),
            statuses=tuple(IncidentStatus),
            wanted=wanted,
            name_of=self.name_of,
        )

    async def _incident(self, request: web.Request) -> web.Response:
        return self._incident_page(self._find(request))

    async def _change(self, request: web.Request) -> web.Response:
        incident, form = self._find(request), await read_form(request)
        try:
            status = choice(IncidentStatus, "status", form) if form.get("status") else None
            with self.store.transaction():
                self.incidents.by_dcc(incident, self.now(), form.get("text", ""), status)
        except FieldError as error:
            return self._incident_page(incident, error, form)
        raise web.HTTPSeeOther(f"{DESK}/{incident.name}")

    def _find(self, request: web.Request) -> Incident:
        name = request.match_info["name"]
        incident = self.incidents.book.get(name)
        if incident is None:
            raise web.HTTPNotFound(text=f"no incident {name}")
        return incident

    def _incident_page(
        self,
        incident: Incident,
        error: FieldError | None = None,
        form: dict[str, str] | None = None,
    ) -> web.Response:
        return self._page(
            "incident.html",
            error,
            incident=incident,
            raised_by=self.name_of(incident.raised_by),
            choices=sorted(NEXT[incident.status]["dcc"]),
            form=form or {},
        )

    def _page(self, template: str, error: FieldError | None, **values: object) -> web.Response:
        text = render(template, user=None, path=PATH, error=error, **values)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if error is not None else HTTPStatus.OK
        return web.Response(text=text, content_type="text/html", status=status)
