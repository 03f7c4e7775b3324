"""When a request is to be carried out, and who waits for that time: the DSP or the device."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from assay.duis.catalogue import CATALOGUE, Mode
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import find

CANCELLATION = datetime(3000, 12, 31, tzinfo=UTC)
"""As ExecutionDateTime: what was dated before is taken back (seen in public templates)."""


class Dating(StrEnum):
    AT_ONCE = "on demand"
    AT_DSP = "future dated (DSP)"
    AT_DEVICE = "future dated (Device)"


_OF_BOTH: Mapping[str, Dating] = {"6.23": Dating.AT_DEVICE}
"""The matrix marks it with both modes; its Command has a date, so the device waits (inferred)."""


def execution_time(request: Request) -> datetime | None:
    """What the request, or the Signed Pre-Command, says itself."""
    if isinstance(request.body, SignedPreCommand):
        return request.body.execution_date_time
    return find(request.body, "ExecutionDateTime", datetime)


def due_at(request: Request, now: datetime) -> datetime:
    """When the user has to be responsible: a change of supplier that the device dates is asked
    for by who will be registered then (inferred); everything else is checked when it runs."""
    at = execution_time(request)
    if request.srv not in _OF_BOTH or at is None or at == CANCELLATION:
        return now
    return max(at, now)


def waiting_at(srv: str) -> Dating:
    """Who waits when a request of this variant is dated."""
    modes = CATALOGUE[srv].modes
    if srv in _OF_BOTH:
        return _OF_BOTH[srv]
    if Mode.FUTURE_DATED_DEVICE in modes:
        return Dating.AT_DEVICE
    return Dating.AT_DSP if Mode.FUTURE_DATED_DSP in modes else Dating.AT_ONCE


def dating(request: Request) -> Dating:
    """Of a Service Request."""
    return Dating.AT_ONCE if execution_time(request) is None else waiting_at(request.srv)
