"""Gas proxies that hold another meter than there is, lose what they had, or tell nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rigs.devices.device_type import DeviceType
from rigs.devices.gpf import GasProxy as Proxy
from rigs.devices.gpf.mirror import MirroredMeter
from rigs.devices.gpf.proxy import DEVICE_LOG_CHANGED
from rigs.devices.gsme.profile import Interval, Profile
from rigs.devices.gsme.snapshots import END_OF_BILLING_PERIOD, GENERAL
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.peers import Peer
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_PROXY)
_hub_rogue = planter(Subject.HUB)
_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "gas-proxy-mirrors-strangers",
    "Takes data of a meter that does not know it",
    requirement="SMETS-G-026",
    severity=_MAJOR,
    deviation="The device log of the meter is not looked at.",
)
def mirrors_strangers(proxy: Proxy) -> None:
    proxy.may_mirror = lambda _meter: True


@rogue(
    "gas-proxy-mirrors-nobody",
    "Never takes anything",
    requirement="SMETS-G-026",
    severity=_CRITICAL,
    deviation="Pushes of the meter are ignored.",
)
def mirrors_nobody(proxy: Proxy) -> None:
    proxy.may_mirror = lambda _meter: False


@rogue(
    "gas-proxy-balance-without-sign",
    "States a balance without its sign",
    requirement="SMETS-P-101",
    severity=_CRITICAL,
    deviation="A meter balance below zero is held as zero.",
)
def balance_without_sign(proxy: Proxy) -> None:
    proxy.store.take_value = lambda key, value: max(value, 0) if key == (0x0705, 0x0001) else value


def _with_intervals(profile: Profile, alter: Any) -> None:
    sound = profile.append
    profile.append = lambda entry: sound(alter(entry))  # type: ignore[method-assign]


@rogue(
    "gas-proxy-half-hours-doubled",
    "Doubles a half hour",
    requirement="SMETS-P-101",
    severity=_CRITICAL,
    deviation="Half-hour volumes are twice the difference of the totals.",
)
def half_hours_doubled(proxy: Proxy) -> None:
    _with_intervals(proxy.store.profile, lambda one: Interval(one.start, 2 * one.litres, one.total))


@rogue(
    "gas-proxy-time-of-answer",
    "Dates an old reading with the present time",
    requirement="SMETS-P-102",
    severity=_MAJOR,
    deviation="The time of a response is that of the hub, not that of the data.",
)
def time_of_answer(proxy: Proxy) -> None:
    sound, hub_time = proxy.header_time, proxy.now

    def header(use_case: Any) -> Any:
        stamp = sound(use_case)
        return None if stamp is None else type(stamp).at(hub_time(), status=stamp.status)

    proxy.header_time = header


@rogue(
    "gas-proxy-forgets-in-the-dark",
    "Forgets its profile when the supply fails",
    requirement="SMETS-P-106",
    severity=_MAJOR,
    deviation="The half hours are lost, and those before are not fetched again.",
)
def forgets_in_the_dark(proxy: Proxy) -> None:
    proxy.on_power_lost.append(lambda: proxy.store.profile.clear())


@rogue(
    "gas-proxy-short-daily-log",
    "Keeps ten days",
    requirement="SMETS-P-107",
    severity=_MAJOR,
    deviation="The daily read log has ten entries.",
)
def short_daily_log(proxy: Proxy) -> None:
    proxy.store.snapshots.registers.resize(GENERAL, 10)


@rogue(
    "gas-proxy-short-consumption-log",
    "Keeps a month of daily consumption",
    requirement="SMETS-P-107",
    severity=_MAJOR,
    deviation="The daily consumption log has 31 entries.",
)
def short_consumption_log(proxy: Proxy) -> None:
    proxy.store.daily = Profile(size=31, length=timedelta(days=1))


@rogue(
    "gas-proxy-short-billing-log",
    "Keeps six billing periods",
    requirement="SMETS-P-107",
    severity=_MAJOR,
    deviation="The billing data log has six entries.",
)
def short_billing_log(proxy: Proxy) -> None:
    proxy.store.snapshots.registers.resize(END_OF_BILLING_PERIOD, 6)


@rogue(
    "gas-proxy-days-off-by-a-half-hour",
    "Counts the last half hour of a day into the next",
    requirement="SMETS-P-108",
    severity=_MAJOR,
    deviation="Daily consumption leaves the half hour before midnight out.",
)
def days_off_by_a_half_hour(proxy: Proxy) -> None:
    last: list[int] = [0]

    def remember(entry: Interval) -> Interval:
        last[0] = entry.litres
        return entry

    _with_intervals(proxy.store.profile, remember)
    _with_intervals(
        proxy.store.daily, lambda one: Interval(one.start, one.litres - last[0], one.total)
    )


@rogue(
    "gas-proxy-days-missing",
    "Leaves gaps in its daily reads",
    requirement="SMETS-P-109",
    severity=_MAJOR,
    deviation="Of daily reads that it missed only the newest is kept.",
)
def days_missing(proxy: Proxy) -> None:
    sound = proxy.store.snapshots.registers.catch_up

    def catch_up(source: Any) -> Any:
        found = sound(source)
        for older in found[:-1]:
            proxy.store.snapshots.registers.drop(older)
        return found[-1:]

    proxy.store.snapshots.registers.catch_up = catch_up  # type: ignore[method-assign]


@rogue(
    "gas-proxy-newest-code-alone",
    "Knows the newest code alone",
    requirement="SMETS-G-025",
    severity=_MAJOR,
    deviation="Of the top-ups that the meter pushes one is kept.",
)
def newest_code_alone(proxy: Proxy) -> None:
    sound = proxy.store.take

    def take(meter: MirroredMeter) -> None:
        sound(meter)
        proxy.store.top_ups = proxy.store.top_ups[-1:]

    proxy.store.take = take  # type: ignore[method-assign]


@rogue(
    "gas-proxy-no-debt-payments",
    "Knows nothing of payments of debt",
    requirement="SMETS-G-025",
    severity=_MAJOR,
    deviation="The log of payment-based debt payments stays empty.",
)
def no_debt_payments(proxy: Proxy) -> None:
    sound = proxy.store.take

    def take(meter: MirroredMeter) -> None:
        sound(meter)
        proxy.store.debt_payments = ()

    proxy.store.take = take  # type: ignore[method-assign]


@rogue(
    "gas-proxy-billing-untold",
    "Says nothing at the end of a billing period",
    requirement="SMETS-P-110",
    severity=_CRITICAL,
    deviation="No alert 8F0A.",
)
def billing_untold(proxy: Proxy) -> None:
    proxy.alerts.silenced.add(0x8F0A)


@rogue(
    "gas-proxy-billing-told-twice",
    "Tells the end of a billing period twice",
    requirement="SMETS-P-110",
    severity=_MINOR,
    deviation="Two alerts 8F0A for one end.",
)
def billing_told_twice(proxy: Proxy) -> None:
    proxy.store.on_billing_entry *= 2


@rogue(
    "gas-proxy-clearing-unlogged",
    "Clears its event log without a trace",
    requirement="SMETS-C-018",
    severity=_CRITICAL,
    deviation="The security log gets no entry 8F52.",
)
def clearing_unlogged(proxy: Proxy) -> None:
    proxy.clear_event_log = proxy.event_log.clear  # type: ignore[method-assign]


@rogue(
    "gas-proxy-clears-nothing",
    "Says that it has cleared its event log",
    requirement="SMETS-C-018",
    severity=_MAJOR,
    deviation="The entries stay, and the security log says that they went.",
)
def clears_nothing(proxy: Proxy) -> None:
    proxy.event_log.clear = lambda: None  # type: ignore[method-assign]


@rogue(
    "gas-proxy-takes-no-display",
    "Acknowledges a display and does not serve it",
    requirement="SMETS-D-007",
    severity=_MAJOR,
    deviation="Devices of type 2 are answered with success and not entered in the device log.",
)
def takes_no_display(proxy: Proxy) -> None:
    sound = proxy.security.device_log.enter

    def enter(peer: Peer) -> None:
        if peer.device_type is not DeviceType.TYPE_2:
            sound(peer)

    proxy.security.device_log.enter = enter  # type: ignore[method-assign]


@rogue(
    "gas-proxy-log-without-backup",
    "Tells nobody of a change of its device log",
    requirement="SMETS-P-104",
    severity=_MAJOR,
    deviation="No alert 8071.",
)
def log_without_backup(proxy: Proxy) -> None:
    proxy.alerts.silenced.add(DEVICE_LOG_CHANGED)


@rogue(
    "gas-proxy-backs-up-for-ever",
    "Backs up devices that have left",
    requirement="SMETS-P-104",
    severity=_MINOR,
    deviation="A device that was unjoined stays in the backups.",
)
def backs_up_for_ever(proxy: Proxy) -> None:
    known: dict[str, dict[str, str]] = {}
    sound = proxy.backup_entries

    def entries() -> list[dict[str, str]]:
        known.update({entry["device_id"]: entry for entry in sound()})
        return list(known.values())

    proxy.backup_entries = entries


@_hub_rogue(
    "hub-loses-what-is-not-fetched",
    "Keeps no record of messages that nobody fetched",
    requirement="SMETS-G-002",
    severity=_MINOR,
    deviation="No entry 819D for a command that a gas meter never retrieved.",
)
def loses_what_is_not_fetched(hub: Hub) -> None:
    hub.mailboxes.on_expired.clear()
