"""How an electricity meter uses the payment account: costs, duties, supply, and entry by hand.

What was consumed is charged as it passes. Standing charge and time debts, the moment at which the
credit meets a threshold at the present load and price, and the changes of the non-disablement
calendar are on the agenda; nothing ticks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from assay.gbcs.top_up_spending import Parties
from assay.gbcs.trust_anchors import CellKey, Role
from rigs.devices.agenda import Agenda
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.esme.payment_next import PaymentNext
from rigs.devices.esme.supply_control import SupplyControl, SupplyState
from rigs.devices.esme.tariff import Tariffs
from rigs.devices.payment import (
    DEFAULTS,
    ELECTRICITY,
    Account,
    Mode,
    OpenQuestions,
    TopUpAnswer,
    TopUps,
    Wish,
)
from rigs.devices.payment.money import EXACT, ZERO
from rigs.devices.power import RESOLUTION
from rigs.devices.tariff import Share

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter
    from rigs.devices.esme.metering import EnergyFlows

_KEYS = (
    (CellKey.TOP_UP, KeyUsage.PREPAYMENT_TOP_UP),
    (CellKey.AGREEMENT, KeyUsage.KEY_AGREEMENT),
)
_LARGEST = (1 << 31) - 1
RANK = 25
"""After a switch of rate, and ahead of the snapshots of the day, which so hold its charges."""


class MeterPayment:
    """`cost_rate` is what a microsecond costs now; `settle` charges all that has passed.

    `report` takes event codes. Amounts are in the unit of `ELECTRICITY`. Hook: `answer_supply_off`
    is what a display gets that asks for no supply (E-125).
    """

    def __init__(
        self,
        agenda: Agenda,
        supply: SupplyControl,
        credentials: DeviceCredentials,
        *,
        now: Callable[[], datetime],
        settle: Callable[[], None],
        report: Callable[[int], None],
        questions: OpenQuestions = DEFAULTS,
    ) -> None:
        self._now = now
        self._supply = supply
        self._credentials = credentials
        self._is_acting = False
        self.settle = settle
        self.account = Account(questions)
        self.top_ups = TopUps(self.account, ELECTRICITY, self._parties)
        self.next = PaymentNext(self.account, now)
        self.cost_rate: Callable[[], Decimal] = lambda: ZERO
        self._time_to_price_change: Callable[[], timedelta | None] = lambda: None
        self.act: Callable[[Wish], object] = self._act
        self.answer_supply_off: Callable[[], bool] = lambda: False
        self.account.supply_is_on = lambda: supply.state is SupplyState.ENABLED
        self.account.supply_is_disabled = lambda: supply.state is SupplyState.DISABLED
        self.account.on_event.append(report)
        self.account.on_wish.append(lambda wish: self.act(wish))
        supply.may_enable = lambda: self.account.may_be_enabled(now())
        supply.on_change.append(self._supply_changed)
        self._add_duties(agenda)

    def _add_duties(self, agenda: Agenda) -> None:
        account = self.account
        self._crossing = agenda.add(RANK, self._next_crossing, lambda due: account.review(due))
        duties = (
            agenda.add(
                RANK, lambda after: account.next_collection(after), lambda due: account.collect(due)
            ),
            agenda.add(
                RANK,
                lambda after: account.calendar.next_change(after),
                lambda due: account.review(due),
            ),
            self._crossing,
        )
        account.on_change += [duty.changed for duty in duties]

    # What a household does, at the meter or with a display (PPMID).

    def enter_top_up(self, digits: str) -> TopUpAnswer:
        """Twenty digits by hand."""
        self.settle()
        return self.top_ups.local(digits, self._now())

    def activate_emergency_credit(self) -> bool:
        """Whether it is active now (E-132)."""
        self.settle()
        return self.account.activate_emergency_credit(self._now())

    def enable_supply(self) -> bool:
        """Close the switch if it is armed and nothing stands in the way (E-125)."""
        self.settle()
        if self._supply.state is SupplyState.ARMED:
            self._supply.press()
        return self._supply.state is SupplyState.ENABLED

    # What commands do.

    def top_up(self, digits: str, counter: int) -> TopUpAnswer:
        self.settle()
        return self.top_ups.remote(digits, counter, self._now())

    def use_tariffs(self, tariffs: Tariffs, flows: EnergyFlows) -> None:
        """Charge what these tariffs say of these flows."""
        primary, second = tariffs.primary, tariffs.secondary
        draws = [(primary, flows.primary_power)]
        if second is not None:
            draws.append((second, flows.secondary_power))
        self.cost_rate = lambda: _total(
            EXACT.multiply(element.operation.attribution.active_price, watts())
            for element, watts in draws
        )
        self._time_to_price_change = lambda: primary.time_to_price_change(flows.primary_power())
        standing = primary.operation
        self.account.standing_charge = lambda: ELECTRICITY.of_currency(
            standing.active.standing_charge.exact
        )
        for element in tariffs.elements:
            element.operation.on_share.append(self._charge)
            element.operation.on_rate.append(lambda _rate: self.cost_changed())
            element.operation.on_activated.append(self.cost_changed)
            element.operation.attribution.on_reset.append(self.cost_changed)
            element.operation.on_reset.append(self.cost_changed)

    def cost_changed(self) -> None:
        """Load or price is another one from now on; what passed at the old one is charged."""
        self._crossing.changed()

    def clock_set(self) -> None:
        """Another time may be one of non-disablement, and moments to come have other names."""
        self.account.review(self._now())
        self.cost_changed()

    def party_replaced(self, role: Role, old: Eui64, new: Eui64) -> None:
        """Another supplier's top-ups count from the floor of its credentials."""
        if role is Role.SUPPLIER and old != new:
            self.top_ups.start_from(self._credentials.anchors.prepayment_counter)

    def balances(self) -> tuple[int, ...]:
        """Millipence, in the order of the logs: emergency credit, meter balance, payment debt,
        time debts 1 and 2, accumulated debt."""
        account = self.account
        amounts = (
            account.emergency_credit_balance,
            account.meter_balance,
            account.payment_debt.owed,
            *(debt.owed for debt in account.time_debts),
            account.accumulated_debt,
        )
        return tuple(map(shown, amounts))

    def _charge(self, share: Share) -> None:
        self.account.charge(share.value, self._now())

    def _next_crossing(self, after: datetime) -> datetime | None:
        if self.account.mode is not Mode.PREPAYMENT:
            return None
        crossing = self.account.next_crossing(self.cost_rate(), after)
        span = self._time_to_price_change()
        if span is None:
            return crossing
        change = after + max(span, RESOLUTION)
        return change if crossing is None else min(change, crossing)

    def _act(self, wish: Wish) -> None:
        self._is_acting = True
        try:
            if wish is Wish.DISABLE:
                self._supply.disable()
            elif self._supply.state is SupplyState.DISABLED:
                # A switch that failed to open is left closed.
                self._supply.arm()
        finally:
            self._is_acting = False

    def _supply_changed(self, _state: SupplyState) -> None:
        if not self._is_acting:
            self.account.supply_taken_over()

    def _parties(self) -> Parties | None:
        """The supplier's key for top-ups, or its usual one where it has no other (inferred)."""
        anchors, keys = self._credentials.anchors, self._credentials.keys
        for cell_key, usage in _KEYS:
            cell = anchors.cell(Role.SUPPLIER, cell_key)
            if cell is None:
                continue
            own = KeyName(self._credentials.device_id, KeyUsage.KEY_AGREEMENT)
            secret = keys.shared_secret(own, KeyName(cell.eui, usage))
            if secret is not None:
                meter = Eui64(self._credentials.device_id)
                return Parties(supplier=cell.eui, meter=meter, secret=secret)
        return None


def _total(amounts: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


def attach(meter: ElectricityMeter, clock: Clock, questions: OpenQuestions) -> MeterPayment:
    """The payment of a meter whose other parts stand, joined with them."""
    payment = MeterPayment(
        meter.agenda,
        meter.supply,
        meter.credentials,
        now=meter.now,
        settle=lambda: meter.flows.settle(clock.now()),
        report=meter.report,
        questions=questions,
    )
    payment.use_tariffs(meter.tariffs, meter.flows)
    sources = meter.metering.snapshot_sources
    sources.balances = payment.balances
    sources.is_prepayment = lambda: payment.account.mode is Mode.PREPAYMENT
    payment.account.on_mode.append(meter.metering.billing.take_snapshot)
    meter.security.updates.on_replaced.append(payment.party_replaced)
    meter.clock.on_set.append(lambda _was_reliable: payment.clock_set())
    return payment


def shown(amount: Decimal) -> int:
    """Millipence as they travel, in 32 bits; what does not fit is shown as the end of them."""
    return max(-_LARGEST - 1, min(_LARGEST, ELECTRICITY.millipence(amount)))


def fits(amount: Decimal) -> bool:
    return shown(amount) == ELECTRICITY.millipence(amount)
