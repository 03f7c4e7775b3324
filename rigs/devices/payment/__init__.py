"""Payment, credit and prepayment, for both fuels: a pure core without messages or devices.

`Account` is the whole of it, `TopUps` turns codes into payments. The device gives it the cost of
what was consumed (`charge`), does what is due (`collect`, `review`) at the times that
`next_collection`, `next_crossing` and the calendar's `next_change` name, logs and alerts the
event codes, and carries out the wishes towards the supply.
"""

from rigs.devices.payment.account import Account
from rigs.devices.payment.amount_log import AmountEntry, AmountLog
from rigs.devices.payment.codes import REFUSALS, Refusal, Wish
from rigs.devices.payment.emergency_credit import EmergencyState
from rigs.devices.payment.keypad import KeypadEntry
from rigs.devices.payment.money import ELECTRICITY, Unit
from rigs.devices.payment.non_disablement import (
    NonDisablement,
    Schedule,
    SwitchedNonDisablement,
)
from rigs.devices.payment.open_questions import DEFAULTS, Charge, OpenQuestions, Step
from rigs.devices.payment.payment_order import Payment
from rigs.devices.payment.settings import Mode, PaymentSettings, TimeDebtRate
from rigs.devices.payment.top_ups import TopUpAnswer, TopUps

__all__ = [
    "DEFAULTS",
    "ELECTRICITY",
    "REFUSALS",
    "Account",
    "AmountEntry",
    "AmountLog",
    "Charge",
    "EmergencyState",
    "KeypadEntry",
    "Mode",
    "NonDisablement",
    "OpenQuestions",
    "Payment",
    "PaymentSettings",
    "Refusal",
    "Schedule",
    "Step",
    "SwitchedNonDisablement",
    "TimeDebtRate",
    "TopUpAnswer",
    "TopUps",
    "Unit",
    "Wish",
]
