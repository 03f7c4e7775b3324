"""`GET /audit`: the audit trail over HTTP, each user its own part of it.

Parameters are those of `AuditQuery`; `octets=1` adds the messages themselves in base64. Over TLS
a client sees what concerns the users of its connection; without TLS, on loopback, all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from assay.dcc.audit import Audit, AuditEntry
from assay.dcc.audit_query import AuditQuery, BadQueryError, to_json
from assay.gbcs.identifiers import Eui64

AUDIT = "/audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditService:
    """`caller_of` raises the HTTP error for a client that is nobody's; `parties_of` are the
    users whose messages come over a connection."""

    audit: Audit
    caller_of: Callable[[web.Request], Eui64 | None]
    parties_of: Callable[[Eui64], frozenset[Eui64]]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        caller = self.caller_of(request)
        texts = dict(request.query)
        with_octets = texts.pop("octets", "0") == "1"
        try:
            query = AuditQuery.from_texts(texts)
        except BadQueryError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        found = query.select(self._visible_to(caller))
        entries = [to_json(entry, with_octets=with_octets) for entry in found]
        return web.json_response({"entries": entries})

    def _visible_to(self, caller: Eui64 | None) -> list[AuditEntry]:
        if caller is None:
            return list(self.audit.entries)
        parties = self.parties_of(caller)
        return [entry for entry in self.audit.entries if entry.party in parties]
