"""The dates of a frequency."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.dcc.dsp.recurrence import FREQUENCIES, next_run, occurrence

MIDNIGHT = time(tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def runs(frequency: str, start: date, count: int, end: date | None = None) -> list[str]:
    after = datetime.combine(start, time(), tzinfo=UTC) - timedelta(seconds=1)
    found: list[str] = []
    while len(found) < count:
        run = next_run(frequency, start, MIDNIGHT, after, end)
        if run is None:
            break
        found.append(run.date().isoformat())
        after = run
    return found


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("Daily", ["2026-01-31", "2026-02-01", "2026-02-02"]),
        ("Weekly", ["2026-01-31", "2026-02-07", "2026-02-14"]),
        ("Monthly", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("Quarterly", ["2026-01-31", "2026-04-30", "2026-07-31"]),
        ("Half-Yearly", ["2026-01-31", "2026-07-31", "2027-01-31"]),
        ("Yearly", ["2026-01-31", "2027-01-31", "2028-01-31"]),
    ],
)
def test_each_frequency_runs_on_its_dates(frequency: str, expected: list[str]) -> None:
    assert runs(frequency, date(2026, 1, 31), 3) == expected


def test_a_leap_day_comes_back_in_the_next_leap_year() -> None:
    assert runs("Yearly", date(2028, 2, 29), 5)[3:] == ["2031-02-28", "2032-02-29"]


def test_the_end_date_is_the_last_day_of_a_run() -> None:
    assert runs("Daily", date(2026, 3, 1), 9, end=date(2026, 3, 3)) == [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
    ]


@given(st.sampled_from(FREQUENCIES), DAYS, DAYS, st.times())
def test_the_next_run_is_the_first_after_a_moment(
    frequency: str, start: date, day: date, at: time
) -> None:
    after = datetime.combine(day, time(12), tzinfo=UTC)
    run = next_run(frequency, start, at, after, None)
    assert run is not None
    every = []
    number = 0
    while (one := occurrence(frequency, start, number)) <= run.date() and number < 20_000:
        every.append(datetime.combine(one, at, tzinfo=UTC))
        number += 1
    assert run == next(one for one in every if one > after)
