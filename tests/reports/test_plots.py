"""The plot of a supply is readable, repeatable and refuses what it cannot place in time."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from reports.plots import Mark, Sample, Threshold, supply_trace

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


OUTAGE: Sequence[Sample] = [
    (after(0), Decimal("230.0")),
    (after(60), Decimal("0.0")),
    (after(250), Decimal("230.0")),
]
MARKS = [
    Mark(at=after(60), label="supply interrupted"),
    Mark(at=after(240.4), label="AD1", kind="alert"),
]
LIMITS = [Threshold(label="average over", volts=Decimal("253.0"))]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_same_values_give_the_same_bytes() -> None:
    first = supply_trace(title="outage", volts=OUTAGE, thresholds=LIMITS, marks=MARKS)
    assert supply_trace(title="outage", volts=OUTAGE, thresholds=LIMITS, marks=MARKS) == first


def test_the_file_names_no_software_and_no_time_of_drawing() -> None:
    png = supply_trace(title="outage", volts=OUTAGE)
    assert b"tEXt" not in png
    assert b"tIME" not in png


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    zone = timezone(timedelta(hours=1))
    summer = [(at.astimezone(zone), volts) for at, volts in OUTAGE]
    assert supply_trace(title="outage", volts=summer) == supply_trace(title="outage", volts=OUTAGE)


@pytest.mark.parametrize("changed", ["volts", "thresholds", "marks", "amps"])
def test_whatever_is_handed_in_shows(changed: str) -> None:
    plain = supply_trace(title="outage", volts=OUTAGE)
    more = {
        "volts": {"volts": [*OUTAGE, (after(260), Decimal("240.0"))]},
        "thresholds": {"volts": OUTAGE, "thresholds": LIMITS},
        "marks": {"volts": OUTAGE, "marks": MARKS},
        "amps": {"volts": OUTAGE, "amps": [(after(0), Decimal("8.7"))]},
    }[changed]
    assert supply_trace(title="outage", **more) != plain  # type: ignore[arg-type]


def test_currents_have_a_panel_of_their_own() -> None:
    volts_only = size(supply_trace(title="outage", volts=OUTAGE))
    amps = [(at, Decimal("8.7")) for at, _ in OUTAGE]
    both = size(supply_trace(title="outage", volts=OUTAGE, amps=amps))
    assert volts_only[0] == both[0] == 1000
    assert both[1] > volts_only[1] + 250


def test_a_thousand_cycles_stay_on_one_page() -> None:
    volts = [(after(second), Decimal(230 * (second % 2))) for second in range(2000)]
    marks = [Mark(at=at, label="cycle") for at, value in volts if value]
    assert size(supply_trace(title="soak", volts=volts, marks=marks))[1] < 900


def test_twenty_milliseconds_and_thirteen_months_can_both_be_drawn() -> None:
    for span in (timedelta(milliseconds=20), timedelta(hours=61), timedelta(days=400)):
        volts = [(NOON + each, Decimal(230)) for each in (timedelta(0), span)]
        assert size(supply_trace(title="span", volts=volts))[0] == 1000


def test_a_trace_needs_a_voltage() -> None:
    with pytest.raises(ValueError, match="at least one voltage"):
        supply_trace(title="nothing", volts=[])


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="need a zone"):
        supply_trace(title="naive", volts=[(datetime(2026, 3, 1), Decimal(230))])
