"""Meters that take from, adjust or reset the balance wrongly."""

from __future__ import annotations

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.payment import ELECTRICITY
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.payment.settings import HOUR
from rigs.rogues.account_access import ACCUMULATED, BALANCE, account_of, answer
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-balance-charged-twice",
    "Charges each day twice",
    requirement="SMETS-E-063",
    severity=CRITICAL,
    deviation="The standing charge is taken from the balance twice a day.",
)
def standing_charge_twice(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.standing_charge
    account.standing_charge = lambda: 2 * sound()


@rogue(
    "meter-standing-charge-forgotten",
    "Forgets the standing charge",
    requirement="SMETS-E-063",
    severity=MAJOR,
    deviation="No standing charge is ever taken from the balance.",
)
def standing_charge_forgotten(meter: Meter) -> None:
    account_of(meter).standing_charge = lambda: ZERO


@rogue(
    "meter-standing-charge-in-summer-time",
    "Ends the day at another hour",
    requirement="SMETS-E-063",
    severity=MINOR,
    deviation="A day's charge is taken at 23:00 UTC, as if by summer time.",
)
def standing_charge_early(meter: Meter) -> None:
    account_of(meter).collection.day_begins = -HOUR


@rogue(
    "meter-consumption-free",
    "Charges nothing for what is consumed",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="The cost of consumption is not taken from the balance.",
)
def consumption_free(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.spend
    account.spend = lambda amount: sound(amount) if amount == account.standing_charge() else None


@rogue(
    "meter-charges-a-minimum",
    "Charges where the price is zero",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="Each day a thousandth of a penny is taken at least.",
)
def charges_a_minimum(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.standing_charge
    account.standing_charge = lambda: sound() or ELECTRICITY.of(1)


@rogue(
    "meter-adjusts-in-pence",
    "Takes an adjustment in whole pence",
    requirement="SMETS-E-143",
    severity=CRITICAL,
    deviation="Adjustments of the balance lose their thousandths of a penny.",
)
def adjusts_in_pence(meter: Meter) -> None:
    penny = ELECTRICITY.of_pence(1)
    account_of(meter).adjusted_by = lambda amount: amount // penny * penny


@rogue(
    "meter-rounds-debt-to-zero",
    "Rounds what is owed in the customer's favour",
    requirement="SMETS-E-143",
    severity=MINOR,
    deviation="A balance below zero is shown rounded up.",
)
def rounds_up(meter: Meter) -> None:
    account = account_of(meter)

    def read(_call: Call) -> Data:
        meter.payment.settle()
        shown = ELECTRICITY.millipence(abs(account.meter_balance))
        number = shown if account.meter_balance >= 0 else -shown
        return Data(Tag.DOUBLE_LONG, number)

    answer(meter, Op.GET, 112, BALANCE, 2, read)


@rogue(
    "meter-balance-sign",
    "States what is owed as credit",
    requirement="SMETS-E-155",
    severity=CRITICAL,
    deviation="4.18 gives a balance without its sign.",
)
def balance_sign(meter: Meter) -> None:
    sound = meter.objects.access(Op.GET, 112, BALANCE, 2)

    def read(call: Call) -> Data | None:
        data = sound(call)
        return data if data is None else Data(data.tag, abs(data.value))

    answer(meter, Op.GET, 112, BALANCE, 2, read)


@rogue(
    "meter-adjustment-replaces",
    "Takes an adjustment for the new balance",
    requirement="SMETS-E-153",
    severity=CRITICAL,
    deviation="1.5 sets the balance to the amount that it should be changed by.",
)
def adjustment_replaces(meter: Meter) -> None:
    account = account_of(meter)
    account.adjusted_by = lambda amount: EXACT.subtract(amount, account.meter_balance)


@rogue(
    "meter-reset-keeps-balance",
    "Acknowledges a reset of the balance and keeps it",
    requirement="SMETS-E-153",
    severity=CRITICAL,
    deviation="A reset by 1.5 leaves the meter balance as it was.",
)
def reset_keeps_balance(meter: Meter) -> None:
    answer(meter, Op.ACTION, 112, BALANCE, 2, lambda _: None)


@rogue(
    "meter-reset-keeps-debt",
    "Forgets accumulated debt in a reset",
    requirement="SMETS-E-153",
    severity=MAJOR,
    deviation="A reset by 1.5 leaves accumulated debt as it was.",
)
def reset_keeps_debt(meter: Meter) -> None:
    answer(meter, Op.ACTION, 112, ACCUMULATED, 2, lambda _: None)
