"""Payment on the display and on the buttons: balances, prompts, codes, emergency credit (E-164).

Debt to clear is emergency credit used and accumulated debt: makers differ in what they count
(E-142), and this is the part that they have in common.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from rigs.devices.esme.display import DisplayItem, Indicator
from rigs.devices.esme.payment import shown
from rigs.devices.esme.user_interface import UserCommand
from rigs.devices.payment import EmergencyState, Mode
from rigs.devices.payment.money import EXACT

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

TOP_UP_SIZE = 20
_MILLIPENCE_OF_A_PENNY = 1000
_PENCE = 100


def fill(meter: ElectricityMeter) -> None:
    payment, account = meter.payment, meter.payment.account
    interface = meter.user_interface
    meter.display.sources |= {
        DisplayItem.PAYMENT_MODE: lambda: account.mode.name,
        DisplayItem.METER_BALANCE: lambda: pounds(account.meter_balance),
        DisplayItem.EMERGENCY_CREDIT: lambda: pounds(account.emergency_credit_balance),
        DisplayItem.ACCUMULATED_DEBT: lambda: pounds(account.accumulated_debt),
        DisplayItem.DEBT_TO_CLEAR: lambda: pounds(
            EXACT.add(account.emergency.used, account.accumulated_debt)
        ),
    }

    def is_prepaid(holds: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: account.mode is Mode.PREPAYMENT and holds()

    meter.display.indicators |= {
        Indicator.LOW_CREDIT: lambda: account.is_low,
        Indicator.EMERGENCY_CREDIT_OFFERED: is_prepaid(
            lambda: account.emergency_state is EmergencyState.AVAILABLE
        ),
        Indicator.EMERGENCY_CREDIT_USED: is_prepaid(
            lambda: account.emergency_state in (EmergencyState.ACTIVE, EmergencyState.EXHAUSTED)
        ),
        Indicator.NON_DISABLEMENT: is_prepaid(lambda: account.is_barred(meter.now())),
    }
    interface.dialogues[UserCommand.ADD_CREDIT] = (
        TOP_UP_SIZE,
        lambda digits: payment.enter_top_up(digits).is_accepted,
    )
    interface.actions[UserCommand.ACTIVATE_EMERGENCY_CREDIT] = payment.activate_emergency_credit
    interface.default_item = lambda: (
        DisplayItem.METER_BALANCE if account.mode is Mode.PREPAYMENT else DisplayItem.SUPPLY_STATE
    )


def pounds(amount: Decimal) -> str:
    """Whole pence, away from zero at the half."""
    millipence = shown(amount)
    pence = (abs(millipence) + _MILLIPENCE_OF_A_PENNY // 2) // _MILLIPENCE_OF_A_PENNY
    sign = "-" if millipence < 0 and pence else ""
    return f"{sign}GBP {pence // _PENCE}.{pence % _PENCE:02d}"
