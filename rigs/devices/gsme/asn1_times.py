"""The ASN.1 of GCS28 (Set Clock), and the end of a UTC day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.errors import RemoteGbcsError
from rigs.devices.esme.meter_clock import ClockStatus

SET_CLOCK = 0x007F
_STATUS = {
    ClockStatus.RELIABLE: "reliable",
    ClockStatus.INVALID: "invalid",
    ClockStatus.UNRELIABLE: "unreliable",
}


def window(command: Accepted) -> tuple[datetime, datetime]:
    """Validity start and end.

    Raises:
        RemoteGbcsError: no such command, or times that are none.
    """
    value = codec.decode_message(command.message).value
    return _time(value["validity_start"]), _time(value["validity_end"])


def clock_answer(now: datetime, status: ClockStatus) -> dict[str, Any]:
    return {"device_time": time_text(now), "time_status": _STATUS[status]}


def time_text(at: datetime) -> str:
    """As the ASN.1 types have times: whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def next_midnight(after: datetime) -> datetime:
    return after.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise RemoteGbcsError(0, "time", "a time", repr(text)) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
