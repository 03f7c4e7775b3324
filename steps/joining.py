"""Joining the meter with devices of the home, and its own device log."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.gbcs.identifiers import Eui64
from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.joining import KINDS
from fixtures.parties import GAS_PROXY, METER

_SUPPLIER = "import supplier"
_KINDS = "|".join(KINDS)
_KIND = rf"the (?P<kind>{_KINDS})"
_TARGETS: dict[str, Eui64] = {"meter": METER, "gas proxy": GAS_PROXY}
_TARGET = r"the (?P<target>meter|gas proxy)"
_READERS_OF = {"meter": _SUPPLIER, "gas proxy": "gas supplier"}


@given(parsers.re(rf"an? (?P<kind>{_KINDS}) that the DCC knows"))
def known(bench: Bench, kind: str) -> None:
    bench.joining.make(_SUPPLIER, kind)


@given(parsers.re(rf"the (?P<user>[a-z ]+) has joined {_TARGET} with {_KIND}"))
def has_joined(bench: Bench, user: str, target: str, kind: str, requirement: str) -> None:
    bench.joining.join(user, kind, _TARGETS[target])
    bench.users.require_success(requirement)


@given(parsers.re(rf"the (?P<user>gas supplier) has unjoined {_KIND} from the gas proxy"))
def has_unjoined_from_proxy(bench: Bench, user: str, kind: str, requirement: str) -> None:
    bench.joining.unjoin(user, kind, GAS_PROXY)
    bench.users.require_success(requirement)


@when(parsers.re(rf"the import supplier unjoins {_KIND} from the meter"))
def unjoin(bench: Bench, kind: str) -> None:
    bench.joining.unjoin(_SUPPLIER, kind, bench.meter_id)


@given(parsers.re(rf"the import supplier has unjoined {_KIND} from the meter"))
def has_unjoined(bench: Bench, kind: str, requirement: str) -> None:
    unjoin(bench, kind)
    bench.users.require_success(requirement)


@then(
    parsers.re(
        r"the (?P<target>meter|gas proxy)'s device log holds"
        rf" {_KIND} (?P<how>once|not at all) as (?P<type_>\w+)"
    )
)
def log_holds(bench: Bench, target: str, kind: str, how: str, type_: str, requirement: str) -> None:
    bench.clock.advance(timedelta(seconds=5))
    entries = bench.joining.log(_READERS_OF[target], _TARGETS[target])
    wanted = [type_] if how == "once" else []
    seen = [name for device, name in entries if device == bench.joining.other(kind)]
    require(seen == wanted, requirement, f"{kind} {how}", seen or entries)


@then(parsers.re(rf"the gas proxy's newest backup (?P<how>holds|does not hold) {_KIND}"))
def proxy_backup_holds(bench: Bench, how: str, kind: str, requirement: str) -> None:
    bench.clock.advance(timedelta(seconds=5))
    backups = bench.proxy_log_backups()
    seen = backups[-1] if backups else None
    right = seen is not None and (bench.joining.other(kind) in seen) is (how == "holds")
    require(right, requirement, f"a backup that {how} the {kind}", seen)


_MANY = rf"(?P<count>\d+) (?P<kind>{_KINDS})e?s, as far as it takes them"


@given(parsers.re(rf"the import supplier has joined the meter with {_MANY}"))
@when(parsers.re(rf"the import supplier joins the meter with {_MANY}"))
def join_many(bench: Bench, count: str, kind: str) -> None:
    bench.joining.fill(_SUPPLIER, bench.meter_id, kind, int(count))


@then(parsers.re(r"the meter has taken (?P<count>\d+) of them"))
def has_taken(bench: Bench, count: str, requirement: str) -> None:
    seen = len(bench.joining.taken)
    require(seen == int(count), requirement, f"{count} taken", f"{seen}")


@when("one of those leaves and another display comes")
def exchange(bench: Bench, requirement: str) -> None:
    bench.joining.exchange(_SUPPLIER, bench.meter_id, requirement)


@then("the meter's device log holds all those and nobody else")
def log_holds_those(bench: Bench, requirement: str) -> None:
    seen = {device for device, _ in bench.joining.log(_SUPPLIER, bench.meter_id)}
    wanted = set(bench.joining.taken)
    require(seen == wanted, requirement, f"{len(wanted)} devices", f"{len(seen)}, or others")
