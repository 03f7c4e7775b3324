"""The network's time, and what the meter shows as local time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from steps.words import duration

_LOCAL = ZoneInfo("Europe/London")
_FORM = "%d/%m/%Y %H:%M"


@given(parsers.re(r"the network's time is (?P<span>\d[\w ]*) (?P<way>ahead|behind)"))
@when(parsers.re(r"the network's time becomes (?P<span>\d[\w ]*) (?P<way>ahead|behind)"))
def shift_network_time(bench: Bench, span: str, way: str) -> None:
    offset = duration(span)
    bench.shift_network_time(offset if way == "ahead" else -offset)


@when("a Set Clock whose window ends before it starts is sent to the meter")
def send_senseless_window(bench: Bench) -> None:
    """From an hour after the network's time to an hour before it: past the DCC, which makes none
    like it."""
    now, hour = bench.clock.now(), timedelta(hours=1)
    bench.adversary.send_clock_window(now + hour, now - hour)
    bench.adversary.response_within(timedelta(minutes=1))


@then(
    parsers.re(
        r"the meter's clock is (?P<span>\d[\w ]*) (?P<way>ahead|behind)"
        r" within (?P<limit>\d+) seconds?"
    )
)
def clock_is_off(bench: Bench, span: str, way: str, limit: str, requirement: str) -> None:
    wanted = duration(span) if way == "ahead" else -duration(span)
    seen = bench.users.meter_clock_error()
    is_close = abs(seen - wanted) <= timedelta(seconds=int(limit))
    require(is_close, requirement, f"{span} {way} within {limit} s", f"{seen}")


@then("the meter shows the local time of Great Britain")
def shows_local_time(bench: Bench, requirement: str) -> None:
    """To the minute; the form is that of the virtual meter."""
    seen = bench.site.find("local time")
    text = "" if seen is None else seen.text
    now = bench.clock.now().astimezone(_LOCAL)
    wanted = {f"{at:{_FORM}}" for at in (now, _minute_before(now))}
    require(text in wanted, requirement, f"{now:{_FORM}}", text)


def _minute_before(now: datetime) -> datetime:
    """Looking takes a moment."""
    return now - timedelta(minutes=1)
