"""The energy registers. They are sensitive: read through class 30, encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, double_long_unsigned, enum, integer, structure
from rigs.devices.dlms_objects import Row
from rigs.devices.protected_read import protected_read

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x0027: "ECS17b"}

_WATT_HOURS = structure(integer(0), enum(30))
_VAR_HOURS = structure(integer(0), enum(32))


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield (
        Op.ACTION,
        30,
        "0-0:43.2.8.255",
        1,
        protected_read(
            {(1, "0-0:94.44.34.10", 2): lambda: _import_registers(meter)}, meter.seal.encrypt_for
        ),
    )


def _import_registers(meter: ElectricityMeter) -> Data:
    """Active and reactive import with their units, as a single-element meter has them."""
    return structure(
        double_long_unsigned(meter.import_watt_hours()),
        _WATT_HOURS,
        double_long_unsigned(0),
        _VAR_HOURS,
    )
