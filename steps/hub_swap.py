"""The hub of a home is replaced, and what was behind it goes on."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.gbcs.identifiers import Eui64
from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.cells.desk import TARGETS
from fixtures.hub_swap import NEW_HUB, NEW_PROXY

_NEW = {"hub": NEW_HUB, "gas proxy": NEW_PROXY}
_SETTLING = timedelta(minutes=2)


@given("the gas proxy's log names the gas meter and the display")
def filled(bench: Bench) -> None:
    bench.hub_swap.fill_proxy_log()


@given("the hub has been replaced by another, which the DCC knows")
def swapped(bench: Bench, requirement: str) -> None:
    bench.hub_swap.swap()
    bench.hub_swap.make_known(requirement)


@when("the import supplier restores the device log of the hub on the new hub")
@given("the import supplier has restored the device log of the hub on the new hub")
def restore_hub(bench: Bench, requirement: str) -> None:
    bench.hub_swap.restore_hub("import supplier")
    bench.users.require_success(requirement)
    bench.clock.advance(_SETTLING)


@when("the gas supplier restores the device log of the gas proxy on the new gas proxy")
@given("the gas supplier has restored the device log of the gas proxy on the new gas proxy")
def restore_proxy(bench: Bench, requirement: str) -> None:
    bench.hub_swap.restore_proxy("gas supplier")
    bench.users.require_success(requirement)


@given("the gas supplier has joined the gas meter with the new gas proxy")
def join_gas(bench: Bench, requirement: str) -> None:
    target = TARGETS["gas meter"]
    bench.users.send("gas supplier", "8.7.2", {"OtherDeviceID": NEW_PROXY}, target=target)
    bench.users.require_success(requirement)
    bench.clock.advance(timedelta(minutes=40))


@then(parsers.re(r"the log of the new (?P<which>hub|gas proxy) holds the (?P<device>[a-z ]+)"))
def log_holds(bench: Bench, which: str, device: str, requirement: str) -> None:
    user = "import supplier" if which == "hub" else "gas supplier"
    seen = bench.hub_swap.log(user, _NEW[which], requirement)
    require(
        TARGETS[device] in seen, requirement, f"the {device} in the log", sorted(map(str, seen))
    )


@then(parsers.re(r"the new gas proxy states at least (?P<volume>\d+) m3"))
def states_gas(bench: Bench, volume: str, requirement: str) -> None:
    seen = bench.gas.readings.volume(NEW_PROXY).cubic_metres
    require(seen >= int(volume), requirement, f"at least {volume} m3", seen)


@then(parsers.re(r"the inventory shows the (?P<device>[a-z ]+) behind the new hub"))
def behind(bench: Bench, device: str, requirement: str) -> None:
    seen: Eui64 | None = bench.hub_swap.hub_of(TARGETS[device])
    require(seen == NEW_HUB, requirement, f"hub {NEW_HUB}", seen)
