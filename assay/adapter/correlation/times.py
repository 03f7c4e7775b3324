"""Times of the request in the forms that the three kinds of payload have for them.

| asked                      | DLMS activation  | ZCL time              | ASN.1           |
|----------------------------|------------------|-----------------------|-----------------|
| no ExecutionDateTime       | 00..00 8000FF    | 0                     | field absent    |
| 3000-12-31T00:00:00Z       | FF..FF 8000FF    | FFFFFFFF or FFFFFFFE  | 99991231235959Z |
| any other                  | that date-time   | seconds since 2000    | that time       |

(GBCS digest 9.3.) All forms have room for whole seconds only.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.errors import NotCarriedError
from assay.adapter.correlation.expected import Want
from assay.gbcs.date_time import EPOCH, NEVER, NOW, DateTime
from assay.gbcs.dlms.data import Data, Tag

CANCELLATION = datetime(3000, 12, 31, tzinfo=UTC)
_EXECUTION = "ExecutionDateTime"
_IMMEDIATELY = "no ExecutionDateTime"
ZCL_NOW = "0x00000000"
ZCL_CANCEL = "0xFFFFFFFF"
ZCL_CANCEL_CALENDAR = "0xFFFFFFFE"
ASN1_CANCEL = "9999-12-31T23:59:59Z"
_LATEST_ZCL = 0xFFFFFFFD


def date_time(asked: Asked, path: str) -> tuple[datetime, str]:
    """(time in whole seconds, full path)."""
    value, where = asked.leaf(path, datetime)
    if value.microsecond:
        raise NotCarriedError(where, value.isoformat(), "whole seconds")
    return value, where


def later(start: datetime, seconds: int, where: str) -> datetime:
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        raise NotCarriedError(where, f"{start} and {seconds} s", "years up to 9999") from None


def _octets(octets: bytes, where: str, value: object) -> Want:
    return Want(Data(Tag.OCTET_STRING, octets), where, value)


def dlms_date_time(asked: Asked, path: str) -> Want:
    value, where = date_time(asked, path)
    return _octets(DateTime.at(value).octets, where, value)


def dlms_activation(asked: Asked) -> Want:
    if not asked.has(_EXECUTION):
        return _octets(NOW, _EXECUTION, _IMMEDIATELY)
    value, where = date_time(asked, _EXECUTION)
    return _octets(NEVER if value == CANCELLATION else DateTime.at(value).octets, where, value)


def zcl_time(asked: Asked, path: str) -> Want:
    value, where = date_time(asked, path)
    return Want(_zcl_text(value, where), where, value)


def zcl_activation(asked: Asked, cancel: str = ZCL_CANCEL) -> Want:
    if not asked.has(_EXECUTION):
        return Want(ZCL_NOW, _EXECUTION, _IMMEDIATELY)
    value, where = date_time(asked, _EXECUTION)
    return Want(cancel if value == CANCELLATION else _zcl_text(value, where), where, value)


def zcl_from_date_time(asked: Asked) -> Want:
    """The activation time of a command without a time field: seconds as a number."""
    if not asked.has(_EXECUTION):
        return Want(0, _EXECUTION, _IMMEDIATELY)
    value, where = date_time(asked, _EXECUTION)
    return Want(0xFFFFFFFF if value == CANCELLATION else _seconds(value, where), where, value)


def _zcl_text(value: datetime, where: str) -> str:
    _seconds(value, where)
    return f"{value:%Y-%m-%dT%H:%M:%S}Z"


def _seconds(value: datetime, where: str) -> int:
    """0 and the two highest numbers are no times, so they cannot stand for one either."""
    seconds = int((value - EPOCH).total_seconds())
    if not 0 < seconds <= _LATEST_ZCL:
        raise NotCarriedError(where, value.isoformat(), "seconds since 2000 in 32 bits, above 0")
    return seconds


def asn1_time(asked: Asked, path: str) -> Want:
    value, where = date_time(asked, path)
    return Want(asn1_text(value), where, value)


def asn1_execution(asked: Asked) -> tuple[tuple[str, Want], ...]:
    """The field `execution_time`, or no field."""
    if not asked.has(_EXECUTION):
        return ()
    value, where = date_time(asked, _EXECUTION)
    text = ASN1_CANCEL if value == CANCELLATION else asn1_text(value)
    return (("execution_time", Want(text, where, value)),)


def asn1_text(value: datetime) -> str:
    return f"{value.year:04}-{value:%m-%dT%H:%M:%S}Z"


def dlms_time(asked: Asked, path: str) -> Want:
    """Hour, minute, second, hundredths."""
    value, where = asked.leaf(path, time)
    hundredths, rest = divmod(value.microsecond, 10_000)
    if rest:
        raise NotCarriedError(where, value.isoformat(), "hundredths of a second")
    return _octets(bytes((value.hour, value.minute, value.second, hundredths)), where, value)


def minutes_of_day(asked: Asked, path: str) -> Want:
    value, where = asked.leaf(path, time)
    if value.second or value.microsecond:
        raise NotCarriedError(where, value.isoformat(), "whole minutes")
    return Want(value.hour * 60 + value.minute, where, value)
