"""Requests to any device, and what the answers say by the names of the Message Mapping Catalogue.

A step here decides the requirement that stands first among its scenario's tags.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pytest_bdd import given, parsers, then, when

from assay.verdicts import NonConformity, require
from fixtures.bench import Bench
from fixtures.bodies import body_of
from fixtures.cells.desk import GAS, TARGETS
from fixtures.cells.gas_bodies import gas_body_of
from fixtures.readings import find, has
from steps.words import NAMES, check_name, duration

_USER = r"the (?P<user>[a-z ]+?)"
_REQUEST = rf"(?P<srv>[\d.]+) (?P<name>{NAMES})"
_DEVICE = rf"(?P<device>{'|'.join(sorted(TARGETS, key=len, reverse=True))})"
_PATH = r"(?P<path>\w+(?:\[-?\d+\])?(?:\.\w+(?:\[-?\d+\])?)*)"
_TOLERANCE = r"(?: within (?P<tolerance>[\d.]+))?"
_DAY = re.compile(r"(?P<day>today|yesterday) at (?P<time>\d\d:\d\d:\d\d)")


def _send(
    bench: Bench, user: str, srv: str, name: str, device: str, table: list[list[str]] | None = None
) -> None:
    check_name(srv, name)
    changes = bench.changes_of({row[0]: _moment(bench, row[1]) for row in table or []})
    make = gas_body_of if device in GAS else body_of
    body = make(srv, bench.clock.now(), changes)
    bench.users.send(user, srv, body, target=TARGETS[device])


def _moment(bench: Bench, text: str) -> str:
    """`in 2 hours`, `2 days ago` and `today at 10:30:00` are dates; anything else stays."""
    now = bench.clock.now().replace(microsecond=0)
    if text.startswith("in "):
        at = now + duration(text.removeprefix("in "))
    elif text.endswith(" ago"):
        at = now - duration(text.removesuffix(" ago"))
    elif day := _DAY.fullmatch(text):
        at = _on_day(bench, day["day"], day["time"])
    else:
        return text
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _on_day(bench: Bench, day: str, text: str) -> datetime:
    """At this time, UTC, of the bench's present day or of the one before."""
    at = datetime.combine(bench.clock.now().date(), time.fromisoformat(text), UTC)
    return at - timedelta(days=day == "yesterday")


@given(parsers.re(r"the bench's clock (?:reaches|has reached) (?P<text>\d\d:\d\d:\d\d)"))
@when(parsers.re(r"the bench's clock reaches (?P<text>\d\d:\d\d:\d\d)"))
def reach(bench: Bench, text: str) -> None:
    """The next time at which it is this time of the day, UTC."""
    now = bench.clock.now()
    at = datetime.combine(now.date(), time.fromisoformat(text), UTC)
    bench.clock.advance((at if at > now else at + timedelta(days=1)) - now)


@when(parsers.re(rf"{_USER} sends {_REQUEST} to the {_DEVICE}"))
def send_to(bench: Bench, user: str, srv: str, name: str, device: str) -> None:
    _send(bench, user, srv, name, device)


@when(parsers.re(rf"{_USER} sends {_REQUEST} to the {_DEVICE} with"))
def send_to_with(
    bench: Bench, user: str, srv: str, name: str, device: str, datatable: list[list[str]]
) -> None:
    _send(bench, user, srv, name, device, datatable)


@given(parsers.re(rf"{_USER} has (?:set|read) {_REQUEST}"))
@when(parsers.re(rf"{_USER} (?:sets|reads) {_REQUEST}"))
def carry_out(bench: Bench, user: str, srv: str, name: str, requirement: str) -> None:
    """Sent, and answered with success."""
    _send(bench, user, srv, name, "meter")
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has (?:set|read) {_REQUEST} with"))
@when(parsers.re(rf"{_USER} (?:sets|reads) {_REQUEST} with"))
def carry_out_with(
    bench: Bench, user: str, srv: str, name: str, requirement: str, datatable: list[list[str]]
) -> None:
    _send(bench, user, srv, name, "meter", datatable)
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has (?:set|read) {_REQUEST} (?:of|on) the {_DEVICE}"))
@when(parsers.re(rf"{_USER} (?:sets|reads) {_REQUEST} (?:of|on) the {_DEVICE}"))
def carry_out_on(
    bench: Bench, user: str, srv: str, name: str, device: str, requirement: str
) -> None:
    _send(bench, user, srv, name, device)
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has (?:set|read) {_REQUEST} (?:of|on) the {_DEVICE} with"))
@when(parsers.re(rf"{_USER} (?:sets|reads) {_REQUEST} (?:of|on) the {_DEVICE} with"))
def carry_out_on_with(
    bench: Bench,
    user: str,
    srv: str,
    name: str,
    device: str,
    requirement: str,
    datatable: list[list[str]],
) -> None:
    _send(bench, user, srv, name, device, datatable)
    bench.users.require_success(requirement)


@then("the device refuses the command")
@then("the meter refuses the command")
def refuses(bench: Bench, requirement: str) -> None:
    """Authentic, and answered: not carried out."""
    answer = bench.users.answer(timedelta(minutes=40))
    if answer is None or answer.device is None:
        seen = "none" if answer is None else answer.problem
        raise NonConformity(requirement, "an answer that refuses", seen)
    require(not answer.device.succeeded, requirement, "a refusal", answer.device.results)


@then(parsers.re(rf"the answer's {_PATH} is (?P<text>.+?){_TOLERANCE}"))
def answer_is(bench: Bench, path: str, text: str, tolerance: str | None, requirement: str) -> None:
    seen = _seen(bench, path, requirement)
    require(_agrees(seen, text, tolerance), requirement, f"{path} {text}", seen)


@then("the answer says")
def answer_says(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """Path and value, line by line."""
    for path, text in datatable:
        seen = _seen(bench, path, requirement)
        require(_agrees(seen, text, None), requirement, f"{path} {text}", seen)


@then(parsers.re(rf"the answer has (?P<count>\d+|no) {_PATH}"))
def answer_has_so_many(bench: Bench, count: str, path: str, requirement: str) -> None:
    values = bench.users.readings(requirement)
    found = find(values, path) if has(values, path) else []
    several = found if isinstance(found, list | tuple) else [found]
    wanted = 0 if count == "no" else int(count)
    require(len(several) == wanted, requirement, f"{wanted} {path}", f"{len(several)}")


@then(parsers.re(rf"the answer's {_PATH} is the time of the bench within (?P<limit>\d[\w ]*)"))
def answer_is_now(bench: Bench, path: str, limit: str, requirement: str) -> None:
    seen = _seen(bench, path, requirement)
    error = abs(seen - bench.clock.now()) if isinstance(seen, datetime) else None
    is_close = error is not None and error <= duration(limit)
    require(is_close, requirement, f"{path} within {limit} of {bench.clock.now()}", seen)


@then(parsers.re(rf"the answer's {_PATH} is that of {_DAY.pattern}"))
def answer_is_time_of_day(bench: Bench, path: str, day: str, time: str, requirement: str) -> None:
    wanted, seen = _on_day(bench, day, time), _seen(bench, path, requirement)
    require(seen == wanted, requirement, f"{path} {wanted}", seen)


@then(parsers.re(rf"the answer's {_PATH} is that of day (?P<day>\d+|[A-Z][a-z]+)"))
def answer_is_on_day(bench: Bench, path: str, day: str, requirement: str) -> None:
    """Of the month by its number, of the week by its name."""
    seen = _seen(bench, path, requirement)
    found = (f"{seen:%d}".lstrip("0"), f"{seen:%A}") if isinstance(seen, datetime) else ()
    require(day in found, requirement, f"{path} on day {day}", seen)


@then(parsers.re(rf"the times of the answer's {_PATH} are (?P<span>\d[\w ]*) apart"))
def entries_are_apart(bench: Bench, path: str, span: str, requirement: str) -> None:
    """Entry by entry, oldest first."""
    entries, step = _seen(bench, path, requirement), duration(span)
    stamps = [find(entry, "Timestamp") for entry in entries]
    gaps = {after - before for before, after in pairwise(stamps)}
    require(gaps == {step}, requirement, f"{path} {step} apart", sorted(map(str, gaps)))


@given(parsers.re(rf"the answer's {_PATH} has been noted"))
@when(parsers.re(rf"the answer's {_PATH} is noted"))
def note_value(bench: Bench, path: str, requirement: str) -> None:
    bench.note(path, _seen(bench, path, requirement))


@then(
    parsers.re(rf"the answer's {_PATH} has (?P<way>risen|fallen) by (?P<text>[\d.]+){_TOLERANCE}")
)
def has_moved(
    bench: Bench, path: str, way: str, text: str, tolerance: str | None, requirement: str
) -> None:
    before, now = bench.noted(path), _seen(bench, path, requirement)
    moved = Decimal(now) - Decimal(before) if way == "risen" else Decimal(before) - Decimal(now)
    is_right = _agrees(moved, text, tolerance)
    require(is_right, requirement, f"{path} {way} by {text} from {before}", now)


@then(parsers.re(rf"the answer's {_PATH} is what it was"))
def is_unchanged(bench: Bench, path: str, requirement: str) -> None:
    bench.require_unchanged(requirement, path, _seen(bench, path, requirement))


def _seen(bench: Bench, path: str, requirement: str) -> Any:
    try:
        return find(bench.users.readings(requirement), path)
    except KeyError as error:
        raise NonConformity(requirement, f"a value for {path}", error.args[0]) from error


def _agrees(seen: Any, text: str, tolerance: str | None) -> bool:
    """The text as the type of what was seen. A bool is a number too, so it is asked first."""
    if isinstance(seen, bool):
        return text == ("true" if seen else "false")
    if isinstance(seen, int | Decimal):
        return abs(Decimal(seen) - Decimal(text)) <= Decimal(tolerance or 0)
    if isinstance(seen, datetime):
        return seen == datetime.fromisoformat(text).astimezone(UTC)
    if isinstance(seen, bytes):
        return seen == bytes.fromhex(text)
    return str(seen) == text
