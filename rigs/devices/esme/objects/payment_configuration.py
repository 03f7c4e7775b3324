"""Payment mode, prepayment thresholds and the non-disablement calendar: set, dated, read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, array, enum, long_unsigned, structure
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme import charge_configuration
from rigs.devices.esme.calendar_data import parts, write_special_days
from rigs.devices.esme.payment import shown
from rigs.devices.esme.schedule_data import (
    read_entries,
    read_schedule_days,
    write_entries,
)
from rigs.devices.payment import ELECTRICITY, Mode

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x001A: "ECS02",
    0x001B: "ECS03",
    0x001F: "ECS08",
    0x003B: "ECS26a",
    0x00BE: "ECS26j",
    0x00DE: "ECS08a",
}
NEXT_ACCOUNT, ACCOUNT = "0-1:19.0.0.255", "0-0:19.0.0.255"
EMERGENCY_CREDIT = "0-0:19.10.1.255"
EXTENDED = 9000
_VALUE, _NEXT_VALUE, _ACTIVATION = 2, 4, 6
_MODES: Mapping[int, Mode] = {0x001A: Mode.CREDIT, 0x001B: Mode.PREPAYMENT}
_IS_TO_BE_ACTIVE, _IS_ACTIVE = 1, 2
"""Account status in the commands that set the mode, and in the answer that reads it."""
_LARGEST_CAP = 0xFFFF


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the next value of a setting is, its type, and how it is read and written."""

    obis: str
    name: str
    tag: Tag
    read: Callable[[int], Any]
    is_negative_allowed: bool = False


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    for setting in _settings(meter):
        yield from _setting_rows(meter, setting)
    yield from _mode_rows(meter)
    yield from _calendar_rows(meter)
    yield from _current_rows(meter)


def _settings(meter: ElectricityMeter) -> tuple[Setting, ...]:
    step = meter.payment.account.questions.electricity_cap_millipence
    number, of = Tag.DOUBLE_LONG, ELECTRICITY.of
    return (
        Setting("0-0:94.44.2.20", "maximum_balance", number, of),
        Setting("0-0:94.44.2.10", "maximum_credit", number, of),
        Setting("0-0:94.44.128.12", "debt_cap", Tag.LONG_UNSIGNED, lambda cap: of(cap * step)),
        Setting("0-0:94.44.128.13", "cap_period", number, lambda s: timedelta(seconds=s)),
        Setting("0-0:94.44.128.9", "low_credit_threshold", number, of, True),
        Setting("0-0:94.44.128.2", "emergency_credit_limit", number, of),
        Setting("0-0:94.44.128.3", "emergency_credit_threshold", number, of, True),
        Setting("0-0:94.44.128.22", "disablement_threshold", number, of, True),
    )


def _setting_rows(meter: ElectricityMeter, setting: Setting) -> Iterator[Row]:
    following = meter.payment.next

    def prepare(call: Call) -> None:
        number = call.number(setting.tag)
        if number < 0 and not setting.is_negative_allowed:
            raise ItemError(Result.OTHER_REASON)
        following.settings[setting.name] = setting.read(number)

    def activate() -> None:
        meter.payment.settle()
        following.activate_setting(setting.name)

    # ECS08 names the active value of the maximum balance and still dates it: the date counts.
    yield Op.SET, EXTENDED, setting.obis, _VALUE, prepare
    yield Op.SET, EXTENDED, setting.obis, _NEXT_VALUE, prepare
    yield meter.dated.row(EXTENDED, setting.obis, _ACTIVATION, activate)


def _mode_rows(meter: ElectricityMeter) -> Iterator[Row]:
    following = meter.payment.next

    def set_mode(call: Call) -> None:
        mode, status = parts(call.data, Tag.ENUM, Tag.ENUM)
        # One use case per mode, so that a code never does what the other one stands for.
        wanted = _MODES[call.command.use_case.code]
        if (mode.value, status.value) != (wanted, _IS_TO_BE_ACTIVE):
            raise ItemError(Result.OTHER_REASON)
        following.mode = wanted

    def set_configuration(call: Call) -> None:
        is_prepayment = _MODES[call.command.use_case.code] is Mode.PREPAYMENT
        charge_configuration.check(call.data, is_prepayment=is_prepayment)
        following.configuration = call.data

    def activate() -> None:
        meter.payment.settle()
        following.activate_mode()

    yield Op.SET, 111, NEXT_ACCOUNT, 2, set_mode
    yield Op.SET, 111, NEXT_ACCOUNT, 11, set_configuration
    yield meter.dated.row(111, NEXT_ACCOUNT, 13, activate)
    yield (
        Op.GET,
        111,
        ACCOUNT,
        2,
        lambda _: structure(enum(meter.payment.account.mode), enum(_IS_ACTIVE)),
    )
    yield Op.GET, 111, ACCOUNT, 11, lambda _: following.active_configuration


def _calendar_rows(meter: ElectricityMeter) -> Iterator[Row]:
    following = meter.payment.next

    def set_entries(call: Call) -> None:
        following.entries = read_entries(call.data)

    def set_days(call: Call) -> None:
        following.special_days = read_schedule_days(call.data)

    def read_schedule(_call: Call) -> Data:
        calendar = following.calendar
        return write_entries(calendar.entries, len(calendar.special_days))

    yield Op.SET, 10, "0-1:12.0.1.255", 2, set_entries
    yield Op.SET, 11, "0-1:11.0.2.255", 2, set_days
    yield meter.dated.row(EXTENDED, "0-0:94.44.128.28", _ACTIVATION, following.activate_entries)
    yield meter.dated.row(
        EXTENDED, "0-0:94.44.128.31", _ACTIVATION, following.activate_special_days
    )
    yield Op.GET, 10, "0-0:12.0.1.255", 2, read_schedule
    yield (
        Op.GET,
        11,
        "0-0:11.0.2.255",
        2,
        lambda _: write_special_days(following.calendar.special_days),
    )


def _current_rows(meter: ElectricityMeter) -> Iterator[Row]:
    account = meter.payment.account

    def amount(name: str) -> Access:
        return lambda _: Data(Tag.DOUBLE_LONG, _limit(getattr(account.settings, name)))

    def thresholds(_call: Call) -> Data:
        threshold = shown(account.settings.disablement_threshold)
        return array(Data(Tag.DOUBLE_LONG, threshold))

    def cap(_call: Call) -> Data:
        step = ELECTRICITY.of(account.questions.electricity_cap_millipence)
        held = account.settings.debt_cap
        return long_unsigned(_LARGEST_CAP if held is None else int(held // step))

    def cap_period(_call: Call) -> Data:
        return Data(Tag.DOUBLE_LONG, int(account.settings.cap_period.total_seconds()))

    yield Op.GET, EXTENDED, "0-0:94.44.2.10", _VALUE, amount("maximum_credit")
    yield Op.GET, EXTENDED, "0-0:94.44.2.20", _VALUE, amount("maximum_balance")
    yield Op.GET, 21, "0-0:16.0.1.255", 2, thresholds
    yield Op.GET, 111, ACCOUNT, 16, amount("low_credit_threshold")
    yield Op.GET, 111, ACCOUNT, 18, cap
    yield Op.GET, 111, ACCOUNT, 19, cap_period
    yield Op.GET, 112, EMERGENCY_CREDIT, 9, amount("emergency_credit_limit")
    yield Op.GET, 112, EMERGENCY_CREDIT, 10, amount("emergency_credit_threshold")


def _limit(amount: Decimal | None) -> int:
    """No limit is the largest number that there is (inferred)."""
    return (1 << 31) - 1 if amount is None else shown(amount)
