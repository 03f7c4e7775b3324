"""Meters that take a code twice, or refuse one that was never spent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assay.gbcs.top_up_spending import Spending, SpentCounters
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import codes
from rigs.rogues.account_access import silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-double-spending",
    "Takes a code as often as it is entered",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="No counter of a code is remembered.",
)
def double_spending(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend
    meter.payment.top_ups.spend = lambda code, **rest: sound(
        code, **rest | {"counters": SpentCounters()}
    )


@rogue(
    "meter-two-tables",
    "Takes a code once by command and once by hand",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="Codes that commands brought are not remembered for entry by hand.",
)
def two_tables(meter: Meter) -> None:
    sound, tables = meter.payment.top_ups.spend, {False: SpentCounters(), True: SpentCounters()}

    def spend(code: str, **rest: Any) -> Spending:
        is_remote = rest["counter"] is not None
        spending = sound(code, **rest | {"counters": tables[is_remote]})
        tables[is_remote] = spending.counters
        return spending

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-outage-forgets-codes",
    "Forgets spent codes in an outage",
    requirement="SMETS-E-146",
    severity=CRITICAL,
    deviation="After a loss of supply every code is new.",
)
def outage_forgets_codes(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.payment.top_ups.start_from(0))


@rogue(
    "meter-duplicate-silent",
    "Keeps a code that was entered twice to itself",
    requirement="SMETS-E-146",
    severity=MINOR,
    deviation="No entry 8F51 in the security log.",
)
def duplicate_silent(meter: Meter) -> None:
    silence(meter, codes.DUPLICATE_CODE)


@rogue(
    "meter-codes-in-order-only",
    "Takes codes in the order of their sale only",
    requirement="SMETS-E-151",
    severity=MAJOR,
    deviation="A code older than the last one that was taken is refused.",
)
def codes_in_order_only(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        spending = sound(code, **rest)
        return replace(spending, counters=SpentCounters(floor=spending.counters.highest))

    meter.payment.top_ups.spend = spend


@rogue(
    "meter-remembers-one-code",
    "Remembers the last code alone",
    requirement="SMETS-E-151",
    severity=CRITICAL,
    deviation="A code older than the last one is taken again and again.",
)
def remembers_one_code(meter: Meter) -> None:
    sound = meter.payment.top_ups.spend

    def spend(code: str, **rest: Any) -> Spending:
        known: SpentCounters = rest["counters"]
        newest = SpentCounters(spent=known.spent[-1:])
        return sound(code, **rest | {"counters": newest})

    meter.payment.top_ups.spend = spend
