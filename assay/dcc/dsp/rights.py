"""The checks on right alone, which are made again whenever something held is carried out."""

from __future__ import annotations

from assay.dcc.access import COMMAND_VARIANTS
from assay.dcc.dsp.access_checks import ACCESS_CHECKS
from assay.dcc.dsp.check import Check
from assay.dcc.dsp.examination import Books, Examination
from assay.dcc.dsp.party_checks import PARTY_CHECKS
from assay.dcc.dsp.reading import ReceivedRequest
from assay.duis.requests import Request
from assay.gbcs.envelope import Message

_NAMES = (
    "originator",
    "user status",
    "role",
    "device",
    "device type",
    "responsibility",
    "device status",
)
_BY_NAME = {check.name: check for check in (*PARTY_CHECKS, *ACCESS_CHECKS)}
RIGHT_CHECKS: tuple[Check, ...] = tuple(_BY_NAME[name] for name in _NAMES)
"""Which of them are made again is inferred."""


def examination_of(request: Request, books: Books, signed: Message | None = None) -> Examination:
    """Of a request that the DCC holds or makes: it came over no connection."""
    return Examination(
        books=books,
        at=books.trust.now(),
        service=COMMAND_VARIANTS[request.command_variant].service,
        caller=None,
        received=ReceivedRequest(request_id=request.request_id, srv=request.srv, request=request),
        original=request,
        message=signed,
    )
