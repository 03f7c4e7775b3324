"""Alerts of the DCC and of the devices, received by a user."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import parsers, then

from assay.gbcs.date_time import DateTime
from assay.verdicts import NonConformity, require
from fixtures.bench import Bench
from steps.words import duration

_DCC_ALERT = r"DCC alert (?P<code>[AN]\w+)"
_DIRECTIONS = {"output": 1, "input": 2}
_DEVICE_ALERT = r"device alert (?P<code>[0-9A-F]{4})"


@then(parsers.re(rf"the (?P<user>[a-z ]+) receives {_DCC_ALERT} within (?P<limit>\d[\w ]*)"))
def receives_dcc_alert(bench: Bench, user: str, code: str, limit: str, requirement: str) -> None:
    alert = bench.users.dcc_alert(user, (code,), duration(limit))
    row = bench.requirement_of(code, requirement)
    require(alert is not None, row, f"{code} within {limit}", "none")


@then(
    parsers.re(
        r"the (?P<user>[a-z ]+) receives DCC alert (?P<one>N\d+) or (?P<other>N\d+)"
        r" within (?P<limit>\d[\w ]*)"
    )
)
def receives_one_of(bench: Bench, user: str, one: str, other: str, limit: str) -> None:
    alert = bench.users.dcc_alert(user, (one, other), duration(limit))
    wanted = f"{one} or {other} within {limit}"
    require(alert is not None, "DUIS-9-NO-RESPONSE", wanted, "none")


@then(parsers.re(rf"the (?P<user>[a-z ]+) has received no {_DCC_ALERT}"))
def has_no_dcc_alert(bench: Bench, user: str, code: str) -> None:
    seen = bench.users.dcc_alerts(user, code)
    require(not seen, "DUIS-10-AD1", f"no {code}", f"{len(seen)} received")


@then("AD1 names the hub and the time at which the supply was lost")
def ad1_names_hub_and_time(bench: Bench) -> None:
    hub, since = bench.users.ad1_content()
    require(hub == bench.hub_id, "DUIS-10-AD1", f"hub {bench.hub_id}", hub)
    limit = timedelta(seconds=2)
    close = since is not None and abs(since - bench.power.lost_at) <= limit
    require(close, "DUIS-10-AD1", f"loss at {bench.power.lost_at}", since)


@then(parsers.re(rf"the (?P<user>[a-z ]+) receives {_DEVICE_ALERT} within (?P<limit>\d[\w ]*)"))
def receives_device_alert(bench: Bench, user: str, code: str, limit: str, requirement: str) -> None:
    for own in bench.codes_of(code):
        if bench.users.device_alert(user, int(own, 16), duration(limit)) is None:
            others = bench.users.device_alert_codes(user)
            wanted = f"{own} within {limit}"
            raise NonConformity(bench.requirement_of(code, requirement), wanted, others or "none")


@then(parsers.re(rf"the (?P<user>[a-z ]+) has received no {_DEVICE_ALERT}"))
def has_no_device_alert(bench: Bench, user: str, code: str, requirement: str) -> None:
    _require_count(bench, user, code, 0, requirement)


@then(parsers.re(rf"the (?P<user>[a-z ]+) has received no {_DEVICE_ALERT} of a meter of one phase"))
def has_no_alert_of_one_phase(bench: Bench, user: str, code: str, requirement: str) -> None:
    seen = bench.users.device_alerts(user, int(code, 16))
    require(not seen, requirement, f"no {code}", f"{len(seen)} received")


@then(
    parsers.re(
        r"the (?P<user>[a-z ]+) has received (?P<count>\d+) device alerts (?P<code>[0-9A-F]{4})"
    )
)
def has_device_alerts(bench: Bench, user: str, count: str, code: str, requirement: str) -> None:
    _require_count(bench, user, code, int(count), requirement)


@then(parsers.re(rf"the (?P<user>[a-z ]+) has received exactly one {_DEVICE_ALERT}"))
def has_one_device_alert(bench: Bench, user: str, code: str, requirement: str) -> None:
    _require_count(bench, user, code, 1, requirement)


def _require_count(bench: Bench, user: str, code: str, wanted: int, requirement: str) -> None:
    """For each phase of a meter that has codes for them."""
    row = bench.requirement_of(code, requirement)
    for own in bench.codes_of(code):
        seen = len(bench.users.device_alerts(user, int(own, 16)))
        require(seen == wanted, row, f"{wanted} alerts {own}", f"{seen} received")


@then(parsers.re(rf"the (?P<user>[a-z ]+) has received {_DEVICE_ALERT} once"))
def has_device_alert_once(bench: Bench, user: str, code: str, requirement: str) -> None:
    has_one_device_alert(bench, user, code, requirement)


@then(
    parsers.re(
        r"the alert names (?P<direction>output|input) of controller (?P<number>[1-5])"
        r" and a level of (?P<level>\d+) %"
    )
)
def alert_names_level(
    bench: Bench, direction: str, number: str, level: str, requirement: str
) -> None:
    """The direction in the upper four bits of the first value, the level in the last one."""
    values = [extra.value for extra in bench.users.last_alert_extras()]
    wanted = [_DIRECTIONS[direction] << 4 | int(number), int(level)]
    seen = [values[0], values[-1]] if values else []
    require(seen == wanted, requirement, wanted, seen)


@then(parsers.re(r"the alert names the start and the end of the outage within (?P<limit>\d+) .*"))
def alert_names_both_times(bench: Bench, limit: str) -> None:
    extras = bench.users.last_alert_extras()
    stamps = [DateTime(extra.value).as_utc() for extra in extras]
    wanted = (bench.power.lost_at, bench.power.back_at)
    tolerance = timedelta(seconds=int(limit))
    right = len(stamps) == 2 and all(
        seen is not None and abs(seen - at) <= tolerance
        for seen, at in zip(stamps, wanted, strict=True)
    )
    require(right, "SMETS-E-101", f"times {wanted}", stamps)
