"""The billing calendar, the billing data log, and the alert that brings its newest entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from assay.gbcs import messages
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, array, octet_string, structure
from assay.gbcs.dlms.encoding import encode
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import Call, ItemError, Row
from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from rigs.devices.protected_read import protected_read, protection_parameters

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x002F: "ECS20b",
    0x0030: "ECS20c",
    0x003E: "ECS26d",
    0x0046: "ECS30",
    0x00D7: "ECS30a",
    0x00D9: "ECS26l",
}
CALENDAR = "0-0:15.0.0.255"
BILLING_DATA_LOG_UPDATED = 0x8F0A
_ALERT_MESSAGE_CODE = 0x0061
_ANY_YEAR, _ANY = b"\xff\xff", 0xFF
_MOST_STARTS = 4
"""A year has four quarters; no calendar needs more."""


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    billing = meter.metering.billing
    for collection, logs in (
        (
            "0-0:43.2.2.255",
            {
                (7, "0-0:98.1.0.255", 2): billing.registers.buffer,
                (7, "0-0:98.1.1.255", 2): billing.balances.buffer,
            },
        ),
        ("0-0:43.2.3.255", {(7, "0-0:98.1.2.255", 2): billing.changes.buffer}),
    ):
        yield Op.ACTION, 30, collection, 1, protected_read({}, meter.seal.encrypt_for, logs)
    yield Op.GET, 22, CALENDAR, 4, lambda _: _starts(billing.calendar)
    yield Op.SET, 22, CALENDAR, 4, lambda call: billing.set_calendar(_calendar(call))


def send_newest_entry(meter: ElectricityMeter, _due: datetime) -> None:
    """Alert 8F0A with the newest registers of the log, encrypted for the supplier (E-073)."""

    def build(recipient: Eui64, counter: int) -> Message:
        plain = encode(structure(meter.metering.billing.registers.newest()))
        blob = meter.seal.encrypt_for(recipient, counter, plain)
        parties = protection_parameters(counter, meter.device_id, recipient)
        return messages.dlms_alert(
            message_code=_ALERT_MESSAGE_CODE,
            alert_code=BILLING_DATA_LOG_UPDATED,
            originator=meter.device_id,
            recipient=recipient,
            counter=counter,
            at=meter.now(),
            extras=(array(parties), octet_string(blob or b"")),
        )

    meter.alerts.send_message(BILLING_DATA_LOG_UPDATED, build)


def _starts(calendar: BillingCalendar) -> Data:
    pairs = ((_time(start.at), _date(start)) for start in calendar.starts)
    return array(*(structure(octet_string(at), octet_string(date)) for at, date in pairs))


def _time(at: time) -> bytes:
    return bytes((at.hour, at.minute, at.second, 0))


def _date(start: BillingStart) -> bytes:
    parts = (start.month, start.day, start.weekday)
    return _ANY_YEAR + bytes(_ANY if part is None else part for part in parts)


def _calendar(call: Call) -> BillingCalendar:
    data = call.data
    if data.tag != Tag.ARRAY:
        raise ItemError(Result.TYPE_UNMATCHED)
    starts = tuple(_start(entry) for entry in data.value)
    if not 1 <= len(starts) <= _MOST_STARTS:
        raise ItemError(Result.OTHER_REASON)
    return BillingCalendar(starts)


def _start(entry: Data) -> BillingStart:
    strings = (Tag.OCTET_STRING, Tag.OCTET_STRING)
    if entry.tag != Tag.STRUCTURE or tuple(part.tag for part in entry.value) != strings:
        raise ItemError(Result.TYPE_UNMATCHED)
    at, date = (part.value for part in entry.value)
    if (len(at), len(date)) != (4, 5):
        raise ItemError(Result.TYPE_UNMATCHED)
    month, day, weekday = (None if octet == _ANY else octet for octet in date[2:])
    try:
        start = BillingStart(at=time(*at[:3]), month=month, day=day, weekday=weekday)
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None
    if date[:2] != _ANY_YEAR:
        raise ItemError(Result.OTHER_REASON)
    return start
