"""Meters that change their payment mode wrongly, or lose something by it."""

from __future__ import annotations

from assay.gbcs.date_time import NEVER
from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.charge_configuration import CREDIT_MODE, suspensions
from rigs.devices.esme.display import DisplayItem
from rigs.devices.payment import Mode
from rigs.devices.payment.settings import HOUR
from rigs.rogues.account_access import NEXT_ACCOUNT, account_of, answer
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-mode-drops-balance",
    "Begins a payment mode with nothing",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A change of payment mode makes the meter balance zero.",
)
def mode_drops_balance(meter: Meter) -> None:
    account = account_of(meter)
    account.on_mode.append(lambda at: account.reset_balance(at))


@rogue(
    "meter-mode-drops-debts",
    "Forgives debts with a change of mode",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A change of payment mode makes payment-based debt zero.",
)
def mode_drops_debts(meter: Meter) -> None:
    account = account_of(meter)
    account.on_mode.append(
        lambda at: account.adjust_debt(account.payment_debt, -account.payment_debt.owed, at)
    )


@rogue(
    "meter-mode-without-snapshot",
    "Takes no snapshot of a change of mode",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="4.4.2 finds nothing after a change of payment mode.",
)
def mode_without_snapshot(meter: Meter) -> None:
    account_of(meter).on_mode.clear()


@rogue(
    "meter-mode-at-once",
    "Changes its mode before the date",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A dated change of payment mode is made an hour early.",
)
def mode_at_once(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at - HOUR


@rogue(
    "meter-mode-late",
    "Changes its mode after the date",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="A dated change of payment mode is made an hour late.",
)
def mode_late(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at + HOUR


@rogue(
    "meter-mode-not-cancelled",
    "Makes a change of mode that was cancelled",
    requirement="SMETS-E-152",
    severity=CRITICAL,
    deviation="A cancellation of a dated change of payment mode is acknowledged and forgotten.",
)
def mode_not_cancelled(meter: Meter) -> None:
    sound = meter.objects.access(Op.SET, 111, NEXT_ACCOUNT, 13)

    def date(call: Call) -> Data | None:
        return None if call.data.value == NEVER else sound(call)

    answer(meter, Op.SET, 111, NEXT_ACCOUNT, 13, date)


@rogue(
    "meter-suspend-flags-ignored",
    "Sets both Suspend Debt flags",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Debts are suspended in both cases, whatever was set.",
)
def suspend_flags_ignored(meter: Meter) -> None:
    meter.payment.next.suspensions = lambda _configuration: (True, True)


@rogue(
    "meter-suspend-flags-exchanged",
    "Exchanges the Suspend Debt flags",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Suspend Debt Disabled is taken for Suspend Debt Emergency, and the reverse.",
)
def suspend_flags_exchanged(meter: Meter) -> None:
    meter.payment.next.suspensions = lambda configuration: suspensions(configuration)[::-1]


@rogue(
    "meter-mode-not-shown",
    "Shows credit mode in prepayment",
    requirement="SMETS-E-152",
    severity=MINOR,
    deviation="The display names credit mode whatever the mode is.",
)
def mode_not_shown(meter: Meter) -> None:
    meter.display.sources[DisplayItem.PAYMENT_MODE] = lambda: Mode.CREDIT.name


@rogue(
    "meter-mode-not-read-back",
    "States prepayment for ever",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="Once set, prepayment stays what 6.2.9 and 4.13 say.",
)
def mode_not_read_back(meter: Meter) -> None:
    account = account_of(meter)
    sound = meter.payment.next.activate_mode

    def activate() -> None:
        if account.mode is Mode.CREDIT:
            sound()

    meter.objects.put(*meter.dated.row(111, NEXT_ACCOUNT, 13, activate))


@rogue(
    "meter-payment-mode-as-delivered",
    "States the payment mode that it was delivered with",
    requirement="SMETS-E-152",
    severity=MAJOR,
    deviation="4.13 gives credits and charges of credit mode, whatever was set.",
)
def payment_mode_as_delivered(meter: Meter) -> None:
    answer(meter, Op.GET, 111, "0-0:19.0.0.255", 11, lambda _: CREDIT_MODE)
