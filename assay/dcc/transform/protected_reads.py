"""Reads whose answer is encrypted for the end party: one call of class 30 (gbcs.md 4.7)."""

from __future__ import annotations

from datetime import datetime

from assay.dcc.transform.calendar_values import date_time
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.duis.values import field
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    array,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)

_DATA = 1
_PROFILE = 7
"""Interface classes (gbcs.md 4.9); value and buffer are attribute 2 of either."""
_VALUE = 2
_UNRESTRICTED = structure(enum(0), NULL)
_BY_DATE = enum(1)

_AUTHENTICATED_AND_ENCRYPTED = 2
_AGREED_KEY = 2
_AGREEMENT_SCHEME = b"\x02"
_TRANSACTION_OF_DATA = b"\x04"


def protected_value(obis: str) -> Source:
    """The value of a data object."""
    return lambda frame: _call(frame, _subject(_DATA, obis, _UNRESTRICTED))


def protected_logs(*obis: str) -> Source:
    """The entries of logs within the period of the request."""

    def source(frame: Frame) -> Data:
        start = field(frame.body, "ReadLogPeriod/StartDateTime", datetime)
        end = field(frame.body, "ReadLogPeriod/EndDateTime", datetime)
        period = structure(_BY_DATE, structure(date_time(start), date_time(end)))
        return _call(frame, *(_subject(_PROFILE, log, period) for log in obis))

    return source


def _call(frame: Frame, *subjects: Data) -> Data:
    return structure(array(*subjects), array(_protection(frame)))


def _subject(class_id: int, obis: str, restriction: Data) -> Data:
    return structure(
        long_unsigned(class_id),
        octet_string(Obis.from_text(obis)),
        integer(_VALUE),
        long_unsigned(0),
        restriction,
    )


def _protection(frame: Frame) -> Data:
    agreed_key = structure(
        enum(_AGREED_KEY), structure(octet_string(_AGREEMENT_SCHEME), octet_string(b""))
    )
    transaction = _TRANSACTION_OF_DATA + frame.counter.to_bytes(8, "big")
    parameters = structure(
        octet_string(transaction),
        octet_string(frame.end_party),
        octet_string(frame.device),
        octet_string(b""),
        agreed_key,
    )
    return structure(enum(_AUTHENTICATED_AND_ENCRYPTED), parameters)
