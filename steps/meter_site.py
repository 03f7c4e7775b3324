"""Hands on the meter and eyes on it: covers, buttons, display; auxiliary loads, phases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import NotApplicable, require
from fixtures.bench import Bench
from steps.words import duration, number

_SIGN = r"\"(?P<sign>[^\"]+)\""
_ITEM = r"\"(?P<item>[^\"]+)\""
_INTERFERENCE = r"(?P<interference>[a-z ]+)"


@given(parsers.re(rf"tampering: {_INTERFERENCE}"))
@when(parsers.re(rf"somebody tampers with the meter: {_INTERFERENCE}"))
def interfere(bench: Bench, interference: str) -> None:
    bench.site.interfere(interference)


@when(parsers.re(rf"the tampering ends: {_INTERFERENCE}"))
def end_interference(bench: Bench, interference: str) -> None:
    bench.site.end_interference(interference)


@given(
    parsers.re(r"the (?P<button>step|confirm|boost) button is pressed(?: (?P<times>\d+) times)?")
)
@when(parsers.re(r"the (?P<button>step|confirm|boost) button is pressed(?: (?P<times>\d+) times)?"))
def press(bench: Bench, button: str, times: str | None) -> None:
    bench.site.press(button, times=int(times or 1))


_HELD = (
    r"the (?P<button>step|confirm|boost) button is held for (?P<span>\d[\w ]*?)"
    r"(?:, (?P<times>\d+) times)?"
)


@given(parsers.re(_HELD))
@when(parsers.re(_HELD))
def hold(bench: Bench, button: str, span: str, times: str | None) -> None:
    for _ in range(int(times or 1)):
        bench.clock.advance(duration(span))
        bench.site.press(button, duration(span))


@given(parsers.re(r"(?P<count>\d+) boosts that were cancelled a minute after they had begun"))
def boosts(bench: Bench, count: str) -> None:
    """One press begins, and four more than that end it."""
    for _ in range(int(count)):
        bench.site.press("boost", times=4)
        bench.clock.advance(timedelta(minutes=1))
        bench.site.press("boost")


@given(parsers.re(r"(?P<digits>\d+) has been entered at the meter as (?P<entry>[\w ]+)"))
@when(parsers.re(r"(?P<digits>\d+) is entered at the meter as (?P<entry>[\w ]+)"))
def enter(bench: Bench, digits: str, entry: str) -> None:
    bench.site.enter(entry, digits)


@then(parsers.re(rf"the meter shows {_ITEM} as \"(?P<text>[^\"]*)\""))
def shows(bench: Bench, item: str, text: str, requirement: str) -> None:
    seen = bench.site.find(item)
    found = None if seen is None else seen.text
    require(found == text, requirement, f"{item}: {text}", found)


@then(parsers.re(rf"the meter shows {_ITEM} as the number that the user was given"))
def shows_number(bench: Bench, item: str, requirement: str) -> None:
    shows(bench, item, bench.users.customer_number(requirement), requirement)


@then(parsers.re(rf"the meter (?P<how>offers|hides) {_ITEM}"))
def offers(bench: Bench, how: str, item: str, requirement: str) -> None:
    is_found = bench.site.find(item) is not None
    require(is_found is (how == "offers"), requirement, f"the meter {how} {item}", is_found)


@given(parsers.re(rf"the display has been turned to {_ITEM}"))
def turn_to(bench: Bench, item: str) -> None:
    if bench.site.find(item) is None:
        raise NotApplicable(f"the meter shows no {item}")


@then(parsers.re(rf"the display stands at {_ITEM}"))
def stands_at(bench: Bench, item: str, requirement: str) -> None:
    seen = bench.site.seen()
    require(seen.item == item, requirement, item, seen.item)


@then(parsers.re(rf"the display has (?P<how>the|no) sign {_SIGN}"))
def has_sign(bench: Bench, how: str, sign: str, requirement: str) -> None:
    signs = bench.site.seen().signs
    require((sign in signs) is (how == "the"), requirement, f"{how} sign {sign}", sorted(signs))


_SWITCH = r"(?P<switch>the load switch|auxiliary switch [1-4])"


@given(parsers.re(rf"{_SWITCH} is blocked"))
@when(parsers.re(rf"{_SWITCH} is blocked"))
def block(bench: Bench, switch: str) -> None:
    bench.site.block(switch)


@when(parsers.re(rf"{_SWITCH} is pushed (?P<place>open|closed)"))
def push(bench: Bench, switch: str, place: str) -> None:
    bench.site.push(switch, closed=place == "closed")


@given(parsers.re(r"a load of (?P<kilowatts>[\d.]+) kW on auxiliary switch (?P<place>\d)"))
def auxiliary_load(bench: Bench, kilowatts: str, place: str) -> None:
    bench.site.set_load(int(place), number(kilowatts) * 1000)


@then(parsers.re(r"auxiliary load (?P<place>\d) draws (?P<kilowatts>[\d.]+) kW"))
def auxiliary_draws(bench: Bench, place: str, kilowatts: str, requirement: str) -> None:
    wanted, seen = number(kilowatts) * 1000, bench.site.measured_watts(int(place))
    require(seen == wanted, requirement, f"{wanted} W at output {place}", f"{seen} W")


@given(parsers.re(r"phase (?P<place>[123]) was (?P<volts>[\d.]+) V for (?P<span>\d[\w ]*)"))
@when(parsers.re(r"phase (?P<place>[123]) is (?P<volts>[\d.]+) V for (?P<span>\d[\w ]*)"))
def feed_phase(bench: Bench, place: str, volts: str, span: str) -> None:
    bench.site.feed_phase(int(place), number(volts))
    bench.clock.advance(duration(span))


@when(parsers.re(r"phase (?P<place>[123]) is lost for (?P<span>\d[\w ]*)"))
def lose_phase(bench: Bench, place: str, span: str) -> None:
    """And back at what the others have."""
    bench.site.feed_phase(int(place), Decimal(0))
    bench.clock.advance(duration(span))
    bench.site.feed_phase(int(place), bench.power.volts)
    bench.clock.advance(timedelta(seconds=5))


@given(parsers.re(r"phase (?P<place>[123]) has been lost"))
def phase_is_lost(bench: Bench, place: str) -> None:
    bench.site.feed_phase(int(place), Decimal(0))
    bench.clock.advance(timedelta(minutes=1))
