"""The simple types that stand alone: XML Schema's own, and those with a meaning of their own."""

from __future__ import annotations

import re
from decimal import Decimal

from assay.duis.catalogue import CATALOGUE
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.response_codes import RESPONSE_CODES
from assay.duis.schema.model import Kind, SimpleType

BOOLEAN = SimpleType(kind=Kind.BOOLEAN)
STRING = SimpleType(kind=Kind.STRING)
HEX = SimpleType(kind=Kind.HEX)
BASE64 = SimpleType(kind=Kind.BASE64)
DATE_TIME = SimpleType(kind=Kind.DATE_TIME)
DATE = SimpleType(kind=Kind.DATE)
TIME = SimpleType(kind=Kind.TIME)
INTEGER = SimpleType(kind=Kind.INTEGER)
DECIMAL = SimpleType(kind=Kind.DECIMAL)

EUI = SimpleType(kind=Kind.EUI)
MESSAGE_ID = SimpleType(kind=Kind.MESSAGE_ID)


def integer(minimum: int | None = None, maximum: int | None = None) -> SimpleType:
    return SimpleType(kind=Kind.INTEGER, minimum=minimum, maximum=maximum)


def decimal(
    minimum: str | None = None,
    maximum: str | None = None,
    *,
    above: str | None = None,
    below: str | None = None,
    fraction_digits: int | None = None,
) -> SimpleType:
    return SimpleType(
        kind=Kind.DECIMAL,
        minimum=None if minimum is None else Decimal(minimum),
        maximum=None if maximum is None else Decimal(maximum),
        above=None if above is None else Decimal(above),
        below=None if below is None else Decimal(below),
        fraction_digits=fraction_digits,
    )


def text(
    min_length: int = 0, max_length: int | None = None, *, pattern: str | None = None
) -> SimpleType:
    compiled = None if pattern is None else re.compile(pattern)
    return SimpleType(
        kind=Kind.STRING, min_length=min_length, max_length=max_length, pattern=compiled
    )


def one_of(*values: str) -> SimpleType:
    return SimpleType(kind=Kind.STRING, values=values)


def one_of_words(values: str) -> SimpleType:
    return one_of(*values.split())


def octets(min_length: int = 0, max_length: int | None = None) -> SimpleType:
    return SimpleType(kind=Kind.HEX, min_length=min_length, max_length=max_length)


def octets_in_base64(min_length: int = 0, max_length: int | None = None) -> SimpleType:
    return SimpleType(kind=Kind.BASE64, min_length=min_length, max_length=max_length)


def one_of_octets(*values: str) -> SimpleType:
    return SimpleType(kind=Kind.HEX, values=values)


def eui_list(max_length: int | None = None) -> SimpleType:
    """EUI-64s in one text, with commas between; lengths count them."""
    return SimpleType(kind=Kind.EUI_LIST, min_length=1, max_length=max_length)


SERVICE_REFERENCE = one_of(*{row.service_reference: None for row in CATALOGUE.values()})
SERVICE_REFERENCE_VARIANT = one_of(*CATALOGUE)
RESPONSE_CODE = one_of(*RESPONSE_CODES)
DCC_ALERT_CODE = one_of(*DCC_ALERTS)

UNSIGNED_SHORT = integer(0, 2**16 - 1)
UNSIGNED_INT = integer(0, 2**32 - 1)
UNSIGNED_LONG = integer(0, 2**64 - 1)
SHORT = integer(-(2**15), 2**15 - 1)
INT = integer(-(2**31), 2**31 - 1)
