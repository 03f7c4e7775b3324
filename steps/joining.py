"""Joining the meter with devices of the home, and its own device log."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench

_SUPPLIER = "import supplier"
_KIND = r"the (?P<kind>display|load switch)"


@given(parsers.re(r"a (?P<kind>display|load switch) that the DCC knows"))
def known(bench: Bench, kind: str) -> None:
    bench.joining.make(_SUPPLIER, kind)


def join(bench: Bench, kind: str) -> None:
    bench.joining.join(_SUPPLIER, kind, bench.meter_id)


@given(parsers.re(rf"the import supplier has joined the meter with {_KIND}"))
def has_joined(bench: Bench, kind: str, requirement: str) -> None:
    join(bench, kind)
    bench.users.require_success(requirement)


@when(parsers.re(rf"the import supplier unjoins {_KIND} from the meter"))
def unjoin(bench: Bench, kind: str) -> None:
    bench.joining.unjoin(_SUPPLIER, kind, bench.meter_id)


@given(parsers.re(rf"the import supplier has unjoined {_KIND} from the meter"))
def has_unjoined(bench: Bench, kind: str, requirement: str) -> None:
    unjoin(bench, kind)
    bench.users.require_success(requirement)


@then(
    parsers.re(rf"the meter's device log holds {_KIND} (?P<how>once|not at all) as (?P<type_>\w+)")
)
def log_holds(bench: Bench, kind: str, how: str, type_: str, requirement: str) -> None:
    bench.clock.advance(timedelta(seconds=5))
    entries = bench.joining.log(_SUPPLIER, bench.meter_id)
    wanted = [type_] if how == "once" else []
    seen = [name for device, name in entries if device == bench.joining.other(kind)]
    require(seen == wanted, requirement, f"{kind} {how}", seen or entries)


@when(
    parsers.re(
        r"the import supplier joins the meter with (?P<count>\d+) displays, as far as it takes them"
    )
)
def join_many(bench: Bench, count: str) -> None:
    bench.joining.fill(_SUPPLIER, bench.meter_id, int(count))


@when("one of those leaves and another display comes")
def exchange(bench: Bench, requirement: str) -> None:
    bench.joining.exchange(_SUPPLIER, bench.meter_id, requirement)


@then("the meter's device log holds all those and nobody else")
def log_holds_those(bench: Bench, requirement: str) -> None:
    seen = {device for device, _ in bench.joining.log(_SUPPLIER, bench.meter_id)}
    wanted = set(bench.joining.taken)
    require(seen == wanted, requirement, f"{len(wanted)} devices", f"{len(seen)}, or others")
