"""Load limit: each of its four settings waits in a next value until its date; the counter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag, boolean, double_long_unsigned, enum, integer, structure
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row
from rigs.devices.esme.load_limit import LoadLimitSettings

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0042: "ECS27", 0x0043: "ECS28a", 0x0044: "ECS28b"}

_COUNTER = "0-0:94.44.42.255"
_COUNT = structure(integer(0), enum(255))
_LIMITER = "0-0:17.0.0.255"
_SUPPLY_STATE = "0-0:94.44.0.3"


class _Setting(NamedTuple):
    """Where the next value waits, its type, and what it makes of the settings."""

    obis: str
    tag: Tag
    apply: Callable[[LoadLimitSettings, int], LoadLimitSettings]


_U32 = Tag.DOUBLE_LONG_UNSIGNED
_SETTINGS = (
    _Setting(
        _SUPPLY_STATE,
        Tag.BOOLEAN,
        lambda settings, value: replace(settings, disables_supply=bool(value)),
    ),
    _Setting(
        "0-0:94.44.128.7",
        _U32,
        lambda settings, value: replace(settings, threshold_watts=value),
    ),
    _Setting("0-0:94.44.128.6", _U32, lambda settings, value: replace(settings, period_s=value)),
    _Setting(
        "0-0:94.44.128.8", _U32, lambda settings, value: replace(settings, restoration_s=value)
    ),
)


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    limit = meter.load_limit
    following: dict[str, int] = {}
    for setting in _SETTINGS:
        yield Op.SET, 9000, setting.obis, 4, _wait(following, setting)
        yield meter.dated.row(9000, setting.obis, 6, _activation(meter, following, setting))
    yield Op.GET, 9000, _SUPPLY_STATE, 2, lambda _: boolean(limit.settings.disables_supply)
    numbers: dict[int, Callable[[LoadLimitSettings], int]] = {
        4: lambda settings: settings.threshold_watts,
        6: lambda settings: settings.period_s,
        7: lambda settings: settings.restoration_s,
    }
    for attribute, number in numbers.items():
        yield Op.GET, 71, _LIMITER, attribute, _current(meter, number)
    yield Op.GET, 3, _COUNTER, 2, lambda _: double_long_unsigned(limit.counter)
    yield Op.GET, 3, _COUNTER, 3, lambda _: _COUNT
    yield Op.ACTION, 3, _COUNTER, 1, _reset(meter)


def _wait(following: dict[str, int], setting: _Setting) -> Callable[[Call], None]:
    def wait(call: Call) -> None:
        following[setting.obis] = call.number(setting.tag)

    return wait


def _activation(
    meter: ElectricityMeter, following: dict[str, int], setting: _Setting
) -> Callable[[], None]:
    def activate() -> None:
        if setting.obis not in following:
            raise ItemError(FAILED)
        limit = meter.load_limit
        limit.configure(setting.apply(limit.settings, following[setting.obis]))

    return activate


def _current(
    meter: ElectricityMeter, number: Callable[[LoadLimitSettings], int]
) -> Callable[[Call], Data]:
    return lambda _: double_long_unsigned(number(meter.load_limit.settings))


def _reset(meter: ElectricityMeter) -> Callable[[Call], None]:
    def reset(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        meter.load_limit.reset_counter()

    return reset
