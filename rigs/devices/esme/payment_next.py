"""What commands have prepared for payment and a date is to make active (2.1, 1.6, 2.3).

A value that was never prepared activates nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assay.gbcs.dlms.data import Data
from rigs.devices.esme.charge_configuration import CREDIT_MODE, suspensions
from rigs.devices.payment import ELECTRICITY, Account, Mode, Schedule, TimeDebtRate
from rigs.devices.payment.non_disablement import Entry
from rigs.devices.tariff import SpecialDay

MILLIPENCE_SCALE = -5


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """`value` times ten to the `scale`, in pounds: as it was written, so that it reads back."""

    value: int = 0
    scale: int = MILLIPENCE_SCALE


class PaymentNext:
    """Next values, and the current ones that only a reading asks for."""

    def __init__(self, account: Account, now: Callable[[], datetime]) -> None:
        self._account = account
        self._now = now
        self.settings: dict[str, Decimal | Any] = {}
        self.mode: Mode | None = None
        self.configuration: Data | None = None
        self.entries: tuple[Entry, ...] | None = None
        self.special_days: tuple[SpecialDay, ...] | None = None
        self.amounts = [StatedAmount(), StatedAmount()]
        self.periods = [debt.rate.period for debt in account.time_debts]
        self.active_rates = list(self.amounts)
        self.active_configuration = CREDIT_MODE
        self.calendar = Schedule()
        self.suspensions: Callable[[Data], tuple[bool, bool]] = suspensions

    def activate_setting(self, name: str) -> None:
        if name in self.settings:
            self._account.configure(self._now(), **{name: self.settings[name]})

    def activate_mode(self) -> None:
        """Mode and both Suspend Debt settings at once (E-152)."""
        if self.mode is None or self.configuration is None:
            return
        disabled, emergency = self.suspensions(self.configuration)
        self.active_configuration = self.configuration
        self._account.set_mode(
            self.mode,
            self._now(),
            suspend_debt_disabled=disabled,
            suspend_debt_emergency=emergency,
        )

    def activate_entries(self) -> None:
        if self.entries is not None:
            self._use(Schedule(self.entries, self.calendar.special_days))

    def activate_special_days(self) -> None:
        if self.special_days is not None:
            self._use(Schedule(self.calendar.entries, self.special_days))

    def prepare_rate(
        self, place: int, *, amount: StatedAmount | None = None, period: timedelta | None = None
    ) -> None:
        """What a time debt takes, from the activation on."""
        self.amounts[place] = amount or self.amounts[place]
        self.periods[place] = period or self.periods[place]

    def activate_rate(self, place: int) -> None:
        stated = self.amounts[place]
        rate = TimeDebtRate(
            amount=ELECTRICITY.scaled(stated.value, stated.scale), period=self.periods[place]
        )
        self.active_rates[place] = stated
        self._account.set_rate(place, rate, self._now())

    def _use(self, calendar: Schedule) -> None:
        self.calendar = calendar
        self._account.set_calendar(calendar, self._now())
