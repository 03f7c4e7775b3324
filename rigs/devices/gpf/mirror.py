"""What a Gas Proxy Function holds of its meter: values as they were pushed, logs as they grew.

The half-hour volumes are differences of the totals that the meter pushed, the daily ones of the
last totals of two days (P-101, P-108); each log is caught up from its last entry (P-109).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from assay.gbcs.date_time import seconds_since_2000
from rigs.devices.gbz_objects import FAILURE, GbzError, GbzTable
from rigs.devices.gsme.billing import BillingPeriod
from rigs.devices.gsme.calendar import (
    NON_DISABLEMENT_CALENDAR,
    TARIFF_CALENDAR,
    CalendarCluster,
    CalendarStore,
)
from rigs.devices.gsme.objects.price import billing_period, current_price
from rigs.devices.gsme.payment import GasPayment, TopUpEntry
from rigs.devices.gsme.profile import HALF_HOUR, Interval, Profile
from rigs.devices.gsme.snapshots import END_OF_BILLING_PERIOD, RegisterSnapshot, Snapshots
from rigs.devices.gsme.tariff import GasTariff, rate_of
from rigs.devices.gsme.use_cases import BASIC, METERING, OF_PROXY
from rigs.devices.logs import Entry, Log
from rigs.devices.payment import AmountEntry
from rigs.devices.security import Security
from rigs.devices.tariff.sizes import GAS, GAS_NON_DISABLEMENT

Json = Any
DAY = timedelta(days=1)
DAILY_CONSUMPTION_SIZE = 731
FIRMWARE_VERSION = (METERING, 0x0206)


class MirroredMeter(Protocol):
    """What a meter offers while it is awake."""

    @property
    def gbz(self) -> GbzTable: ...

    @property
    def security(self) -> Security: ...

    @property
    def profile(self) -> Profile: ...

    @property
    def snapshots(self) -> Snapshots: ...

    @property
    def payment(self) -> GasPayment: ...

    @property
    def tariff(self) -> GasTariff: ...

    @property
    def calendars(self) -> CalendarCluster: ...

    @property
    def event_log(self) -> Log: ...

    @property
    def security_log(self) -> Log: ...

    @property
    def billing_period(self) -> BillingPeriod | None: ...

    @property
    def billing_event_id(self) -> int: ...

    @property
    def now(self) -> Callable[[], datetime]: ...


@cache
def mirrored_attributes() -> tuple[tuple[int, int], ...]:
    """(cluster, attribute) of all that a proxy's reads name and that is not its own."""
    found = {
        (cluster, attribute)
        for row in OF_PROXY.values()
        for cluster, attributes in row.reads.items()
        for attribute in attributes
        if cluster != BASIC
    }
    return tuple(sorted(found - {FIRMWARE_VERSION}))


class Mirror:
    """`taken_at` is the meter's time of the last push. Hook: `take_value` sees each value;
    `on_billing_entry` is called for each new entry at the end of a billing period.
    """

    def __init__(self) -> None:
        self.taken_at: datetime | None = None
        self.values: dict[tuple[int, int], Json] = {}
        self.profile = Profile()
        self.daily = Profile(size=DAILY_CONSUMPTION_SIZE, length=DAY)
        self.snapshots = Snapshots()
        self.top_ups: tuple[TopUpEntry, ...] = ()
        self.debt_payments: tuple[tuple[AmountEntry, int], ...] = ()
        self.event_log: tuple[Entry, ...] = ()
        self.security_log: tuple[Entry, ...] = ()
        self.stores: Mapping[int, CalendarStore[Any]] = {
            TARIFF_CALENDAR: CalendarStore(
                kind=TARIFF_CALENDAR, sizes=GAS.calendar, action=rate_of
            ),
            NON_DISABLEMENT_CALENDAR: CalendarStore(
                kind=NON_DISABLEMENT_CALENDAR, sizes=GAS_NON_DISABLEMENT, action=bool
            ),
        }
        self.take_value: Callable[[tuple[int, int], Json], Json] = lambda _, value: value
        self.on_billing_entry: list[Callable[[RegisterSnapshot], None]] = []
        self._current_price: Json = None
        self._billing_period: Json = None
        self._last_of_day: int | None = None

    def take(self, meter: MirroredMeter) -> None:
        """All that is new."""
        self._take_values(meter)
        self._take_profile(meter.profile)
        self._take_snapshots(meter.snapshots)
        self.top_ups = tuple(meter.payment.top_up_log)
        self.debt_payments = tuple(meter.payment.debt_log)
        self.event_log = meter.event_log.entries
        self.security_log = meter.security_log.entries
        for kind, store in self.stores.items():
            store.copy(meter.calendars.stores[kind].published)

    def value(self, cluster: int, attribute: int) -> Json:
        """GbzError for what was never pushed."""
        if (cluster, attribute) not in self.values:
            raise GbzError(FAILURE)
        return self.values[cluster, attribute]

    def current_price(self, now: datetime) -> Json:
        """PublishPrice with the price that was last pushed."""
        if self._current_price is None:
            raise GbzError(FAILURE)
        return {**self._current_price, "current_time": seconds_since_2000(now)}

    def billing_period(self) -> Json:
        if self._billing_period is None:
            raise GbzError("notFound")
        return self._billing_period

    def _take_values(self, meter: MirroredMeter) -> None:
        for key in mirrored_attributes():
            try:
                self.values[key] = self.take_value(key, meter.gbz.read(*key))
            except GbzError:
                # What the meter cannot read is not served with an old value.
                self.values.pop(key, None)
        self.taken_at = meter.now()
        self._current_price = current_price(meter.tariff, 0)
        self._billing_period = (
            None
            if meter.billing_period is None
            else billing_period(meter.billing_period, meter.billing_event_id)
        )

    def _take_profile(self, profile: Profile) -> None:
        last = self.profile.last_start
        for entry in profile.since(profile.first_start if last is None else last + HALF_HOUR):
            self.profile.append(entry)
            if entry.start.date() != (entry.start + HALF_HOUR).date():
                self._end_day(entry)

    def _end_day(self, last: Interval) -> None:
        """The meter's total at the end of a UTC day is there."""
        if self._last_of_day is not None:
            start = last.start + HALF_HOUR - DAY
            self.daily.append(Interval(start, last.total - self._last_of_day, last.total))
        self._last_of_day = last.total

    def _take_snapshots(self, snapshots: Snapshots) -> None:
        for entry in self.snapshots.registers.catch_up(snapshots.registers):
            if entry.cause & END_OF_BILLING_PERIOD:
                for callback in self.on_billing_entry:
                    callback(entry)
        self.snapshots.balances.catch_up(snapshots.balances)
