"""Payment of a gas meter: the account of `rigs.devices.payment`, driven by volume, time and valve.

Amounts travel in thousandths of a penny. Nothing ticks: the time at which the credit will meet a
threshold at the present flow is computed, again whenever flow, price or account change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from assay.gbcs.top_up_spending import Parties
from assay.gbcs.trust_anchors import CellKey, Role
from rigs.devices.agenda import Agenda
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.gsme.calendar import NON_DISABLEMENT_CALENDAR, CalendarStore
from rigs.devices.gsme.snapshots import BalanceSnapshot
from rigs.devices.gsme.tariff import COST_DIVISOR, MILLIPENCE_PER_POUND, GasTariff
from rigs.devices.gsme.valve import GasSupply, ValveControl
from rigs.devices.payment import Account, Mode, SwitchedNonDisablement, TopUpAnswer, TopUps, Wish
from rigs.devices.payment.amount_log import CREDITS, DEBT_PAYMENTS, AmountEntry
from rigs.devices.payment.money import Unit
from rigs.devices.tariff.calendar import Calendar
from rigs.devices.tariff.sizes import GAS_NON_DISABLEMENT

GAS = Unit(COST_DIVISOR / MILLIPENCE_PER_POUND)
"""The unit of account: a pound per kilowatt-hour times the megajoules of a piece of volume."""
_COLLECTION_RANK, _CROSSING_RANK, _CALENDAR_RANK = 16, 17, 18


def as_int32(millipence: int) -> int:
    """What a field of 32 bits shows of an amount: the nearest that it can (inferred)."""
    return max(-0x8000_0000, min(millipence, 0x7FFF_FFFF))


def as_uint32(millipence: int) -> int:
    return max(0, min(millipence, 0xFFFF_FFFF))


class MeterOfAccount(Protocol):
    """What payment asks of its meter."""

    def account_volume(self) -> None: ...

    def cost_per_microsecond(self) -> Decimal:
        """At the present flow and price, in the unit of account."""

    def next_block(self, after: datetime) -> datetime | None:
        """When, at the present flow, the next block begins."""


@dataclass(frozen=True, slots=True)
class TopUpEntry:
    """`millipence` is the whole credit of the code."""

    code: str
    millipence: int
    at: datetime


class GasPayment:
    """`top_up_log` has the newest five codes, `debt_log` the newest ten payments towards debt, each
    with what was then outstanding, in thousandths of a penny. Hooks are those of `account` and
    `top_ups`.
    """

    def __init__(
        self,
        agenda: Agenda,
        meter: MeterOfAccount,
        tariff: GasTariff,
        valve: ValveControl,
        *,
        now: Callable[[], datetime],
        credentials: DeviceCredentials,
    ) -> None:
        self._now = now
        self._meter = meter
        self._valve = valve
        self._credentials = credentials
        self.account = Account()
        self.top_ups = TopUps(self.account, GAS, self._parties)
        self.top_up_log: deque[TopUpEntry] = deque(maxlen=CREDITS)
        self.debt_log: deque[tuple[AmountEntry, int]] = deque(maxlen=DEBT_PAYMENTS)
        self.calendar_store: CalendarStore[bool] = CalendarStore(
            kind=NON_DISABLEMENT_CALENDAR, sizes=GAS_NON_DISABLEMENT, action=bool
        )
        account = self.account
        account.supply_is_on = lambda: valve.state is GasSupply.ENABLED
        account.supply_is_disabled = lambda: (
            valve.state is GasSupply.DISABLED and not account.has_disabled
        )
        account.standing_charge = lambda: GAS.of(tariff.standing_charge_millipence())
        account.on_wish.append(self._carry_out)
        tariff.on_cost.append(lambda cost: account.charge(cost, now()))
        self.calendar_store.on_changed.append(self._calendar_changed)
        self._collection = agenda.add(_COLLECTION_RANK, account.next_collection, account.collect)
        self._crossing = agenda.add(_CROSSING_RANK, self._next_crossing, account.review)
        self._barred = agenda.add(
            _CALENDAR_RANK, lambda after: account.calendar.next_change(after), account.review
        )
        account.on_change.append(self._collection.changed)
        account.on_change.append(self.flow_changed)
        tariff.on_changed.append(self.flow_changed)

    def flow_changed(self) -> None:
        """Flow, price or account are not what they were."""
        self._crossing.changed()

    # Top-ups.

    def remote_top_up(self, code: str, counter: int) -> TopUpAnswer:
        self._meter.account_volume()
        return self._remember(code, self.top_ups.remote(code, counter, self._now()))

    def local_top_up(self, code: str) -> TopUpAnswer:
        """Entered at the meter, or at a display of the home."""
        self._meter.account_volume()
        return self._remember(code, self.top_ups.local(code, self._now()))

    def credit_of(self, answer: TopUpAnswer) -> int:
        """Thousandths of a penny; -1 for none, as the vectors have it."""
        return -1 if answer.payment is None else GAS.millipence(answer.payment.amount)

    def _remember(self, code: str, answer: TopUpAnswer) -> TopUpAnswer:
        if answer.is_accepted:
            self.top_up_log.append(TopUpEntry(code, self.credit_of(answer), self._now()))
            self._remember_debt_payment()
        return answer

    def _remember_debt_payment(self) -> None:
        """With what is outstanding after it, which the account does not keep."""
        entries = self.account.debt_payments.entries
        known = self.debt_log[-1][0] if self.debt_log else None
        if entries and entries[-1] is not known:
            self.debt_log.append((entries[-1], self.debts()[2]))

    def supplier_changed(self) -> None:
        """Codes of another supplier count from its own floor."""
        self.top_ups.start_from(self._credentials.anchors.prepayment_counter)

    def _parties(self) -> Parties | None:
        cell = self._credentials.anchors.cell(Role.SUPPLIER, CellKey.TOP_UP)
        if cell is None:
            return None
        own: Eui64 = self._credentials.device_id
        secret = self._credentials.keys.shared_secret(
            KeyName(own, KeyUsage.KEY_AGREEMENT), KeyName(cell.eui, KeyUsage.PREPAYMENT_TOP_UP)
        )
        return None if secret is None else Parties(supplier=cell.eui, meter=own, secret=secret)

    # What is read.

    def settle(self) -> Account:
        """The account, with all volume charged to it."""
        self._meter.account_volume()
        return self.account

    def credit_balance(self) -> int:
        return as_int32(GAS.millipence(self.settle().meter_balance))

    def bill_to_date(self) -> int:
        """In credit mode what is owed, never negative (E-155); in prepayment mode nothing is."""
        account = self.settle()
        owed = GAS.millipence(account.owed_in_credit_mode) if account.mode is Mode.CREDIT else 0
        return as_uint32(owed)

    def debts(self) -> tuple[int, int, int]:
        account = self.settle()
        first, second, third = (
            as_uint32(GAS.millipence(debt.owed))
            for debt in (*account.time_debts, account.payment_debt)
        )
        return first, second, third

    def snapshot(self, cause: int, at: datetime) -> BalanceSnapshot:
        account = self.settle()
        return BalanceSnapshot(
            at=at,
            cause=cause,
            accumulated_debt=as_int32(GAS.millipence(account.accumulated_debt)),
            debts=self.debts(),
            emergency_credit=as_int32(GAS.millipence(account.emergency_credit_balance)),
            credit=self.credit_balance(),
        )

    # What it does.

    def _carry_out(self, wish: Wish) -> None:
        if wish is Wish.DISABLE:
            self._valve.close()
        else:
            self._valve.arm_if_disabled()

    def _calendar_changed(self) -> None:
        store = self.calendar_store
        calendar = Calendar(store.table(), store.special_days())
        self.account.set_calendar(SwitchedNonDisablement(calendar), self._now())
        self._barred.changed()

    def _next_crossing(self, after: datetime) -> datetime | None:
        """When a threshold is met, or the price changes because a block is full."""
        self._meter.account_volume()
        rate = self._meter.cost_per_microsecond()
        block = self._meter.next_block(after)
        found = [one for one in (self.account.next_crossing(rate, after), block) if one]
        return min(found, default=None)
