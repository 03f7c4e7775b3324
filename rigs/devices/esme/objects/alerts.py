"""Which events are told, shared, sounded and logged: settings of supplier and network operator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.alert_settings import NETWORK_RANGE, SIZE, SUPPLIER_RANGE, Behaviour
from rigs.devices.dlms_objects import Access, Call, ItemError, Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x00AC: "ECS25a",
    0x00B0: "ECS25b",
    0x00EA: "ECS25a1",
    0x00EB: "ECS25a2",
    0x00EC: "ECS25a3",
    0x00ED: "ECS25b3",
    0x00EE: "ECS25r1",
    0x00EF: "ECS25r2",
}


class _Setting(NamedTuple):
    """Where mask and choices are written, and where the setting is read."""

    high: int
    behaviour: Behaviour
    written: str
    read: str


_SUPPLIERS = "0-30:97.98"
_NETWORK_OPERATORS = "0-33:97.98"
_SETTINGS = (
    _Setting(SUPPLIER_RANGE, Behaviour.WAN_ALERT, f"{_SUPPLIERS}.11", f"{_SUPPLIERS}.15"),
    _Setting(SUPPLIER_RANGE, Behaviour.HAN_SHARING, f"{_SUPPLIERS}.12", f"{_SUPPLIERS}.16"),
    _Setting(SUPPLIER_RANGE, Behaviour.ALARM, f"{_SUPPLIERS}.13", f"{_SUPPLIERS}.17"),
    _Setting(SUPPLIER_RANGE, Behaviour.LOGGING, f"{_SUPPLIERS}.14", f"{_SUPPLIERS}.18"),
    _Setting(
        NETWORK_RANGE, Behaviour.WAN_ALERT, f"{_NETWORK_OPERATORS}.11", f"{_NETWORK_OPERATORS}.15"
    ),
    _Setting(
        NETWORK_RANGE, Behaviour.LOGGING, f"{_NETWORK_OPERATORS}.14", f"{_NETWORK_OPERATORS}.18"
    ),
)


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    for setting in _SETTINGS:
        yield Op.SET, 1, f"{setting.written}.255", 2, _write(meter, setting)
        yield Op.GET, 1, f"{setting.read}.255", 2, _read(meter, setting)


def _write(meter: ElectricityMeter, setting: _Setting) -> Access:
    def write(call: Call) -> None:
        if call.data.tag != Tag.BIT_STRING:
            raise ItemError(Result.TYPE_UNMATCHED)
        bits: str = call.data.value
        if len(bits) != 2 * SIZE:
            raise ItemError(Result.TYPE_UNMATCHED)
        meter.alert_settings.write_bits(setting.behaviour, setting.high, bits)

    return write


def _read(meter: ElectricityMeter, setting: _Setting) -> Access:
    def read(_call: Call) -> Data:
        bits = meter.alert_settings.read_bits(setting.behaviour, setting.high)
        return Data(Tag.BIT_STRING, bits)

    return read
