"""Accelerated life: the same stimulus again and again, every cycle checked and on record."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.life import Cycles

_INTERRUPTED = 0x8F57
_ROOM = 100
"""Entries of the power event log."""
_CLOSE = timedelta(seconds=2)


@when(
    "the supply is interrupted as often as the plan asks, each time for 5 to 240 seconds",
    target_fixture="cycles",
)
def interrupt_often(bench: Bench) -> Cycles:
    return Cycles.of_interruptions(bench)


@then(
    parsers.re(
        r"after every interruption the import register agreed with the energy delivered within 1 Wh"
    )
)
def registers_agreed(cycles: Cycles) -> None:
    cycles.require_all(
        "ALT-BILLING-VALUES", "register within 1 Wh", lambda c: abs(c.register_error_wh) <= 1
    )


@then(
    parsers.re(
        r"after every interruption the supply was enabled and the load drew"
        r" (?P<kilowatts>[\d.]+) kW within 1 %"
    )
)
def supply_was_enabled(cycles: Cycles, kilowatts: str) -> None:
    watts = Decimal(kilowatts) * 1000
    cycles.require_all(
        "ALT-MAINS-INTERRUPTION",
        f"enabled, {watts} W",
        lambda c: c.is_enabled and abs(c.load_watts - watts) <= watts / 100,
    )


@then(parsers.re(r"after every interruption the clock was within (?P<limit>\d+) seconds"))
def clock_was_close(cycles: Cycles, limit: str) -> None:
    tolerance = timedelta(seconds=int(limit))
    cycles.require_all(
        "ALT-CLOCK", f"clock within {tolerance}", lambda c: abs(c.clock_error) <= tolerance
    )


@then("every restoration was reported once")
def restorations_reported(cycles: Cycles, bench: Bench) -> None:
    seen = bench.users.restoration_alerts()
    require(seen == cycles.count, "ALT-REPORTED", f"{cycles.count} alerts 8F35 or 8F36", seen)


@when("the supply is cut as often as the plan asks, at random moments", target_fixture="cuts")
def cut_often(bench: Bench) -> Cycles:
    return Cycles.of_random_cuts(bench)


@then("the import register has not gone back at any of them")
def register_never_went_back(cuts: Cycles, requirement: str) -> None:
    cuts.require_all(
        requirement,
        "a register that does not go back",
        lambda cut: cut.register_wh >= cut.register_before_wh,
    )


@then("the power event log holds each of them, or the last ones that it has room for")
def log_holds_cuts(bench: Bench, cuts: Cycles, requirement: str) -> None:
    """Two entries for each: the loss, and the restoration."""
    wanted = [cut.lost_at for cut in cuts.rows][-_ROOM // 2 :]
    seen = [at for at, code in bench.users.log("PowerEvent") if code == _INTERRUPTED]
    missing = [
        f"{lost:%d %b %H:%M:%S}"
        for lost in wanted
        if lost is not None and all(abs(at - lost) > _CLOSE for at in seen)
    ]
    require(not missing, requirement, f"entries for {len(wanted)} cuts", f"none for {missing}")


@when(
    "the supply is disabled, armed and enabled as often as the plan asks",
    target_fixture="operations",
)
def operate_often(bench: Bench) -> Cycles:
    return Cycles.of_operations(bench)


@then("the load current was zero after every Disable Supply and every Arm Supply")
def current_was_zero(operations: Cycles) -> None:
    operations.require_all(
        "ALT-NO-WELD",
        "no load current when open",
        lambda c: c.amps_disabled <= Decimal("0.02") and c.amps_armed <= Decimal("0.02"),
    )


@then(parsers.re(r"the load drew (?P<kilowatts>[\d.]+) kW within 1 % after every Enable Supply"))
def load_was_drawn(operations: Cycles, kilowatts: str) -> None:
    watts = Decimal(kilowatts) * 1000
    operations.require_all(
        "ALT-SUPPLY-SWITCH",
        f"{watts} W when closed",
        lambda c: abs(c.load_watts - watts) <= watts / 100,
    )


@then("every operation was answered with success")
def operations_answered(operations: Cycles) -> None:
    operations.require_all("ALT-REPORTED", "success of each command", lambda c: c.answered)
