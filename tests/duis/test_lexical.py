from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from assay.duis.lexical import ViolationError, read_text, write_text
from assay.duis.schema import simple_types as types
from assay.duis.schema.model import SimpleType
from assay.duis.values import CalendarDate
from assay.gbcs.identifiers import Eui64
from tests.duis.strategies import dates, moments, texts, times

READ: list[tuple[SimpleType, str, Any]] = [
    (types.BOOLEAN, "1", True),
    (types.BOOLEAN, " false ", False),
    (types.INT, "+007", 7),
    (types.INT, "-2147483648", -(2**31)),
    (types.decimal(fraction_digits=2), "30.00", Decimal("30.00")),
    (types.decimal(fraction_digits=1), "1.50", Decimal("1.5")),  # decimals are those of the value
    (types.HEX, "8f66", b"\x8f\x66"),
    (types.BASE64, "3Q\n A=", b"\xdd\x00"),
    (types.BASE64, "", b""),
    (types.STRING, " a ", " a "),
    (types.DATE_TIME, "2026-01-31T23:59:00.00Z", datetime(2026, 1, 31, 23, 59, tzinfo=UTC)),
    (types.DATE_TIME, "2026-02-01T00:59:00+01:00", datetime(2026, 1, 31, 23, 59, tzinfo=UTC)),
    (types.DATE_TIME, "2026-01-31T00:00:00.844Z", datetime(2026, 1, 31, 0, 0, 0, 844000, UTC)),
    (types.TIME, "07:30:00.00Z", time(7, 30, tzinfo=UTC)),
    (types.DATE, "65535-04-29Z", CalendarDate(65535, 4, 29)),
    (types.DATE, "2015-01-02", CalendarDate(2015, 1, 2, zoned=False)),
    (types.DATE, "2016-02-29Z", CalendarDate(2016, 2, 29)),
    (
        types.eui_list(2),
        "00-00-00-00-00-00-00-01,00-00-00-00-00-00-00-0a",
        (Eui64(bytes(7) + b"\x01"), Eui64(bytes(7) + b"\x0a")),
    ),
]


@pytest.mark.parametrize(("type_", "text", "value"), READ)
def test_text_has_one_value(type_: SimpleType, text: str, value: object) -> None:
    assert read_text(type_, text) == value
    assert read_text(type_, write_text(type_, value)) == value  # type: ignore[arg-type]


REFUSED: list[tuple[SimpleType, str]] = [
    (types.BOOLEAN, "yes"),
    (types.BOOLEAN, "TRUE"),
    (types.INT, ""),
    (types.INT, "1.0"),
    (types.INT, "1_000"),
    (types.INT, "٣"),
    (types.INT, "2147483648"),
    (types.INTEGER, "9" * 41),
    (types.DECIMAL, "1e5"),
    (types.DECIMAL, "NaN"),
    (types.decimal(fraction_digits=1), "1.25"),
    (types.decimal("0.5", "2.0"), "2.1"),
    (types.decimal(above="1.5", below="2.5"), "1.5"),
    (types.decimal(above="1.5", below="2.5"), "2.5"),
    (types.HEX, "8f6"),
    (types.HEX, "8f 66"),
    (types.BASE64, "3QA"),
    (types.BASE64, "3Q==3Q=="),
    (types.BASE64, "3Q-_"),
    (types.octets_in_base64(0, 1), "3QA="),
    (types.one_of("GBP", "ECB"), "gbp"),
    (types.one_of("GBP", "ECB"), " GBP"),
    (types.text(6, 8), "ABCDE"),
    (types.text(6, 8), "ABCDEFGHI"),
    (types.text(pattern="[0-9]{4}"), "1234\n"),
    (types.DATE_TIME, "2026-01-31T23:59:00"),
    (types.DATE_TIME, "2026-01-31"),
    (types.DATE_TIME, "2026-02-30T00:00:00Z"),
    (types.DATE_TIME, "2026-01-31T24:00:00Z"),
    (types.DATE_TIME, "2026-01-31 23:59:00Z"),
    (types.DATE_TIME, "2026-01-31T23:59:00.1234567Z"),
    (types.DATE_TIME, "0001-01-01T00:00:00+01:00"),
    (types.TIME, "23:59:00"),
    (types.TIME, "23:59:60Z"),
    (types.TIME, "23:59:00+01:00"),
    (types.DATE, "2015-13-01Z"),
    (types.DATE, "2015-02-29Z"),
    (types.DATE, "02015-01-01Z"),
    (types.DATE, "65536-01-01Z"),
    (types.EUI, "0000000000000001"),
    (types.EUI, "00:00:00:00:00:00:00:01"),
    (types.EUI, "00-00-00-00-00-00-00"),
    (types.eui_list(1), "00-00-00-00-00-00-00-01,00-00-00-00-00-00-00-02"),
    (types.eui_list(), ""),
    (types.MESSAGE_ID, "00-00-00-00-00-00-00-01:00-00-00-00-00-00-00-02:01"),
]


@pytest.mark.parametrize(("type_", "text"), REFUSED)
def test_text_outside_its_type_is_refused(type_: SimpleType, text: str) -> None:
    with pytest.raises(ViolationError):
        read_text(type_, text)


UNWRITABLE: list[tuple[SimpleType, Any]] = [
    (types.INT, "1"),
    (types.INT, True),
    (types.BOOLEAN, 1),
    (types.DECIMAL, 1.5),
    (types.DECIMAL, Decimal("NaN")),
    (types.DECIMAL, Decimal("1E+999999")),
    (types.HEX, "8F66"),
    (types.one_of_octets("8F66"), b"\x8f\x65"),
    (types.STRING, b"text"),
    (types.STRING, "bell \x07"),
    (types.STRING, "half \ud800"),
    (types.DATE_TIME, datetime(2026, 1, 1)),
    (types.TIME, time(1, tzinfo=timezone(timedelta(hours=1)))),
    (types.EUI, bytes(8)),
    (types.eui_list(), (bytes(8),)),
]


@pytest.mark.parametrize(("type_", "value"), UNWRITABLE)
def test_a_value_outside_its_type_is_not_written(type_: SimpleType, value: Any) -> None:
    with pytest.raises(ViolationError):
        write_text(type_, value)


WRITTEN: list[tuple[SimpleType, Any, str]] = [
    (types.DATE_TIME, datetime(26, 1, 1, tzinfo=UTC), "0026-01-01T00:00:00.00Z"),
    (types.DATE_TIME, datetime(2026, 1, 1, 0, 0, 0, 120_000, UTC), "2026-01-01T00:00:00.12Z"),
    (types.DATE_TIME, datetime(2026, 1, 1, 0, 0, 0, 123_400, UTC), "2026-01-01T00:00:00.1234Z"),
    (types.TIME, time(1, tzinfo=UTC), "01:00:00.00Z"),
    (types.DECIMAL, Decimal("1E+2"), "100"),
    (types.HEX, b"\xab", "AB"),
]


@pytest.mark.parametrize(("type_", "value", "text"), WRITTEN)
def test_a_value_has_one_canonical_text(type_: SimpleType, value: Any, text: str) -> None:
    assert write_text(type_, value) == text


@given(moments)
def test_every_moment_survives(moment: datetime) -> None:
    assert read_text(types.DATE_TIME, write_text(types.DATE_TIME, moment)) == moment


@given(times)
def test_every_time_of_day_survives(moment: time) -> None:
    assert read_text(types.TIME, write_text(types.TIME, moment)) == moment


@given(dates)
def test_every_date_survives(date: CalendarDate) -> None:
    assert read_text(types.DATE, write_text(types.DATE, date)) == date


@given(texts)
def test_every_text_survives(text: str) -> None:
    assert read_text(types.STRING, write_text(types.STRING, text)) == text


def test_a_long_refused_text_is_not_quoted_whole() -> None:
    with pytest.raises(ViolationError) as refusal:
        read_text(types.INT, "x" * 100_000)
    assert len(refusal.value.seen) < 120
    assert "99940 more characters" in refusal.value.seen
