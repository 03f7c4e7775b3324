"""The users' pages behind HTTP: who asks is who showed a client certificate; nothing else is
asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web

from assay.dcc.registration import User
from assay.dcc.self_service import views
from assay.dcc.self_service.incidents import (
    NEXT,
    Category,
    FieldError,
    Incident,
    IncidentDesk,
    IncidentStatus,
)
from assay.dcc.self_service.pages import HEADERS, PATH, check_origin, choice, read_form, render
from assay.dcc.self_service.views import Books, Period, Table
from assay.dcc.store import Store
from assay.duis.catalogue import UserRole
from assay.gbcs.identifiers import Eui64

_INSTALLING = frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER))
"""Who orders and installs Communications Hubs."""

Page = Callable[[web.Request, User], Awaitable[web.Response]]


@dataclass(slots=True, kw_only=True)
class SelfService:
    """Pages for an application; all on the loop's thread."""

    books: Books
    desk: IncidentDesk
    store: Store

    def add_to(
        self, application: web.Application, caller: Callable[[web.Request], Eui64 | None]
    ) -> None:
        """`caller` says whose certificate was shown; HTTP 403 is its own to raise."""
        router = application.router
        router.add_get(f"{PATH}/style.css", self._style)
        pages: tuple[tuple[str, str, Page], ...] = (
            ("GET", "/", self._home),
            ("GET", "/coverage", self._coverage),
            ("GET", "/inventory", self._inventory),
            ("GET", "/incidents", self._incidents),
            ("POST", "/incidents", self._raise_incident),
            ("GET", "/incidents/{name}", self._incident),
            ("POST", "/incidents/{name}", self._change_incident),
            ("GET", "/reports", self._reports),
            ("GET", "/reports/{name}", self._report),
            ("GET", "/questions", self._questions),
        )
        for method, path, page in pages:
            router.add_route(method, PATH + path, self._for_user(page, caller))

    def _for_user(
        self, page: Page, caller: Callable[[web.Request], Eui64 | None]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            eui = caller(request)
            users = [user for user in self.books.registration.users if user.connection == eui]
            if eui is None or not users:
                raise web.HTTPForbidden(
                    text="the Self-Service Interface needs a client certificate of a DCC user"
                )
            if request.method == "POST":
                check_origin(request)
            response = await page(request, _acting(request, users))
            response.headers.update(HEADERS)
            return response

        return handle

    async def _style(self, _: web.Request) -> web.Response:
        return web.Response(text=render("style.css"), content_type="text/css", headers=HEADERS)

    async def _home(self, _: web.Request, user: User) -> web.Response:
        table = views.service_status(self.books, user.eui)
        return _page("home.html", user, table=table, is_installing=_is_installing(user))

    async def _coverage(self, request: web.Request, user: User) -> web.Response:
        query = request.query
        post_code, uprn = _query(request, "post_code"), _query(request, "uprn")
        return _answered(
            "coverage.html",
            user,
            lambda: views.coverage(self.books, post_code, uprn) if query else None,
            post_code=post_code,
            uprn=uprn,
            is_installing=_is_installing(user),
        )

    async def _inventory(self, request: web.Request, user: User) -> web.Response:
        by, value = _query(request, "by"), _query(request, "value")
        post_code = _query(request, "post_code")

        def found() -> Table | None:
            if not by:
                return None
            devices = views.find_devices(self.books, by, value, post_code)
            return views.devices(self.books, user.eui, devices)

        return _answered(
            "inventory.html",
            user,
            found,
            searches=views.SEARCHES,
            by=by,
            value=value,
            post_code=post_code,
        )

    async def _incidents(self, _: web.Request, user: User) -> web.Response:
        return self._incident_list(user)

    def _incident_list(
        self, user: User, form: dict[str, str] | None = None, error: FieldError | None = None
    ) -> web.Response:
        return _page(
            "incidents.html",
            user,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if error is not None else HTTPStatus.OK,
            incidents=self.desk.of_user(user.eui),
            categories=tuple(Category),
            form=form or {},
            error=error,
        )

    async def _raise_incident(self, request: web.Request, user: User) -> web.Response:
        form = await read_form(request)
        try:
            with self.store.transaction():
                incident = self.desk.raise_incident(
                    user.eui,
                    self.books.now(),
                    category=choice(Category, "category", form),
                    summary=form.get("summary", ""),
                    text=form.get("text", ""),
                    device=_device(form.get("device", "")),
                )
        except FieldError as error:
            return self._incident_list(user, form, error)
        raise web.HTTPSeeOther(f"{PATH}/incidents/{incident.name}")

    async def _incident(self, request: web.Request, user: User) -> web.Response:
        return _incident_page(user, self._find(request, user))

    async def _change_incident(self, request: web.Request, user: User) -> web.Response:
        incident = self._find(request, user)
        form = await read_form(request)
        try:
            status = choice(IncidentStatus, "status", form) if form.get("status") else None
            with self.store.transaction():
                self.desk.by_user(incident, self.books.now(), form.get("text", ""), status)
        except FieldError as error:
            return _incident_page(user, incident, error, form)
        raise web.HTTPSeeOther(f"{PATH}/incidents/{incident.name}")

    def _find(self, request: web.Request, user: User) -> Incident:
        name = request.match_info["name"]
        incident = self.desk.find(name, user.eui)
        if incident is None:
            raise web.HTTPNotFound(text=f"no incident {name} of yours")
        return incident

    async def _reports(self, _: web.Request, user: User) -> web.Response:
        return _page("reports.html", user, reports=views.REPORTS)

    async def _report(self, request: web.Request, user: User) -> web.Response:
        name = request.match_info["name"]
        if name not in views.REPORTS:
            raise web.HTTPNotFound(text=f"no report {name}")
        title, report = views.REPORTS[name]
        first, last = _query(request, "from"), _query(request, "to")

        def made() -> Table:
            period = Period.of(first, last, self.books.now().date())
            return report(self.books, user.eui, period)

        if _query(request, "format") == "csv":
            try:
                return _csv(name, made())
            except FieldError as error:
                raise web.HTTPUnprocessableEntity(text=str(error)) from error
        return _answered("report.html", user, made, title=title, name=name, first=first, last=last)

    async def _questions(self, _: web.Request, user: User) -> web.Response:
        return _page("questions.html", user)


def _incident_page(
    user: User,
    incident: Incident,
    error: FieldError | None = None,
    form: dict[str, str] | None = None,
) -> web.Response:
    return _page(
        "incident.html",
        user,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error is not None else HTTPStatus.OK,
        incident=incident,
        raised_by=None,
        choices=sorted(NEXT[incident.status]["user"]),
        error=error,
        form=form or {},
    )


def _acting(request: web.Request, users: list[User]) -> User:
    """Several users may share a connection; `as` in the query chooses, the first by default."""
    wanted = request.query.get("as")
    chosen = [user for user in users if user.eui.hyphenated == wanted]
    if wanted is not None and not chosen:
        raise web.HTTPForbidden(text=f"{wanted} is no user of this connection")
    return chosen[0] if chosen else users[0]


def _is_installing(user: User) -> bool:
    return bool(user.roles & _INSTALLING)


def _query(request: web.Request, name: str) -> str:
    return request.query.get(name, "").strip()


def _device(text: str) -> Eui64 | None:
    return views.device_identifier(text) if text.strip() else None


def _page(
    template: str, user: User, *, status: HTTPStatus = HTTPStatus.OK, **values: Any
) -> web.Response:
    text = render(template, user=user, path=PATH, **values)
    return web.Response(text=text, content_type="text/html", status=status)


def _answered(
    template: str, user: User, answer: Callable[[], Table | None], **values: Any
) -> web.Response:
    """A page whose table may be refused: the form comes back with what to enter instead."""
    try:
        return _page(template, user, table=answer(), error=None, **values)
    except FieldError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(template, user, status=status, table=None, error=error, **values)


def _csv(name: str, table: Table) -> web.Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([[_inert(cell) for cell in row] for row in table.rows])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return web.Response(text=text.getvalue(), content_type="text/csv", headers=headers)


def _inert(cell: str) -> str:
    """A spreadsheet would take a cell with such a start for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
