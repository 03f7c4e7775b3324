"""Correlate as a stand-alone service: one resource, JSON in and JSON out.

    POST /correlate  {"request": XML, "pre_command": hex or XML, "known": {...}}
    200  {"same": bool, "differences": [{"where", "asked", "seen"}], "request_id", "srv"}
    400  {"error": text}     a body that cannot be read
    GET /healthz  200

It keeps nothing, holds no keys and checks no signatures of XML, so it may stand anywhere that
the user trusts: beside the one who signs Pre-Commands.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from aiohttp import web

from assay.adapter.correlation.documents import (
    UnreadableDocumentError,
    correlate_documents,
    outcome_as_json,
)
from assay.adapter.correlation.known import OTHER_DEVICE_TYPES, Known
from assay.gbcs.date_time import seconds_since_2000

LARGEST_BODY = 1 << 20
"""Octets; the longest critical request, with its certificates, is far below."""


class _BadBodyError(ValueError):
    """The JSON does not say what is to be compared."""


def correlation_app() -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes([web.post("/correlate", _correlate), web.get("/healthz", _health)])
    return app


async def _correlate(http: web.Request) -> web.Response:
    try:
        body = json.loads(await http.text())
        outcome = correlate_documents(
            _text(body, "request"), _text(body, "pre_command"), _known(body.get("known", {}))
        )
    except _UNREADABLE as why:
        where = f"{why.document}: " if isinstance(why, UnreadableDocumentError) else ""
        return web.json_response({"error": f"{where}{why}"}, status=400)
    return web.json_response(outcome_as_json(outcome))


_UNREADABLE = (
    _BadBodyError,
    UnreadableDocumentError,
    UnicodeDecodeError,
    json.JSONDecodeError,
    RecursionError,  # of JSON that nests without end
)


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise _BadBodyError(f"{name}: expected a text in a JSON object")
    return value


def _known(form: Any) -> Known:
    if not isinstance(form, dict) or form.keys() - _KNOWN.keys():
        raise _BadBodyError(f"known: expected an object with some of {', '.join(_KNOWN)}")
    try:
        facts = {_KNOWN[name][0]: _KNOWN[name][1](value) for name, value in form.items()}
    except (TypeError, ValueError):
        expected = "a time, a type of Device, and hex of a certificate"
        raise _BadBodyError(f"known: expected {expected}") from None
    return Known(**facts)


def _device_type(value: str) -> str:
    if value not in OTHER_DEVICE_TYPES:
        raise ValueError(value)
    return value


_KNOWN: dict[str, tuple[str, Any]] = {
    "issuer_event": (
        "issuer_event_id",
        lambda value: seconds_since_2000(datetime.fromisoformat(value)),
    ),
    "other_device_type": ("other_device_type", _device_type),
    "other_device_certificate": ("other_device_certificate", bytes.fromhex),
}
"""Name in JSON -> field of Known, and how it is read."""
