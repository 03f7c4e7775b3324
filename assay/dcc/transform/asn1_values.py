"""Times and certificates of a request as ASN.1 payloads hold them (gbcs.md 6 and 9.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from assay.dcc.transform.calendar_values import CANCELLATION
from assay.dcc.transform.frame import Frame
from assay.duis.values import Content, field, find
from assay.gbcs.errors import EncodeError

_NEVER = "9999-12-31T23:59:59Z"

Json = Any


def time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def is_cancellation(frame: Frame) -> bool:
    return find(frame.body, "ExecutionDateTime", datetime) == CANCELLATION


def execution_time(frame: Frame) -> dict[str, Json]:
    """The field of a Command that the device dates; no field at all means at once."""
    when = find(frame.body, "ExecutionDateTime", datetime)
    if when is None:
        return {}
    return {"execution_time": _NEVER if when == CANCELLATION else time(when)}


def certificate(content: Content, path: str) -> dict[str, Json] | None:
    """The DER as it came: judging certificates is the device's business."""
    der = find(content, path, bytes)
    return None if der is None else {"der": der.hex()}


def clock_window(frame: Frame) -> dict[str, Json]:
    """GCS28: the hub's time must lie in this window for the GSME to take it."""
    start = field(frame.body, "CurrentDateTime", datetime)
    tolerance = timedelta(seconds=field(frame.body, "TolerancePeriod", int))
    try:
        end = start + tolerance
    except OverflowError:
        raise EncodeError("TolerancePeriod", "an end before the year 10000", tolerance) from None
    return {"validity_start": time(start), "validity_end": time(end)}
