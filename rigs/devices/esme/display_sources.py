"""What the parts of a meter put on its display; later parts add theirs to the same tables.

Consumption is shown with five digits of whole kilowatt-hours, the way meters have been read for
decades; the number that SMETS wants (E-167) is in no source used here, so inferred.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from rigs.devices.esme.display import DisplayItem, Indicator
from rigs.devices.esme.local_time import local_time
from rigs.devices.esme.supply_control import SupplyState

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

DIGITS = 5
_MINUTE = timedelta(minutes=1)
_SUPPLY = {
    SupplyState.ENABLED: "SUPPLY ON",
    SupplyState.ARMED: "HOLD B TO CONNECT",
    SupplyState.DISABLED: "SUPPLY OFF",
}


def fill(meter: ElectricityMeter) -> None:
    display, contact = meter.display, meter.contact
    display.sources |= {
        DisplayItem.SUPPLY_STATE: lambda: _SUPPLY[meter.supply.state],
        DisplayItem.LOCAL_TIME: lambda: local_time(meter.now()).strftime("%d/%m/%Y %H:%M"),
        DisplayItem.IMPORT: lambda: kilowatt_hours(meter.import_watt_hours()),
        DisplayItem.EXPORT: lambda: kilowatt_hours(_export(meter)),
        DisplayItem.POWER: lambda: kilowatts(meter.flows.active_power()),
        DisplayItem.TARIFF_RATE: lambda: _rate(meter),
        DisplayItem.SUPPLIER_NAME: lambda: contact.supplier_name,
        DisplayItem.SUPPLIER_TELEPHONE: lambda: contact.telephone,
        DisplayItem.CUSTOMER_IDENTIFICATION: lambda: contact.cin,
        DisplayItem.NETWORK_STATUS: lambda: _network(meter),
        DisplayItem.BOOST: lambda: str(-(-meter.auxiliary.boost.remaining() // _MINUTE)),
    }
    display.indicators |= {
        Indicator.ARMED: _in_state(meter, SupplyState.ARMED),
        Indicator.DISABLED: _in_state(meter, SupplyState.DISABLED),
        Indicator.BOOST: lambda: meter.auxiliary.boost.started is not None,
        Indicator.LOAD_LIMIT: lambda: meter.load_limit.is_exceeded,
    }


def kilowatt_hours(watt_hours: int) -> str:
    return f"{watt_hours // 1000 % 10**DIGITS:0{DIGITS}d}"


def kilowatts(watts: Decimal) -> str:
    """To the watt, downwards."""
    whole = int(watts)
    return f"{whole // 1000}.{whole % 1000:03d}"


def _export(meter: ElectricityMeter) -> int:
    meter.flows.account(meter.clock.bench_time(meter.now()))
    return meter.flows.active_export.reading


def _rate(meter: ElectricityMeter) -> str:
    rate = meter.tariffs.primary.operation.rate
    return f"{'BLOCK' if rate.is_block else 'RATE'} {rate.time_of_use}"


def _in_state(meter: ElectricityMeter, state: SupplyState) -> Callable[[], bool]:
    return lambda: meter.supply.state is state


def _network(meter: ElectricityMeter) -> str:
    return "HAN OK" if meter.network.is_joined else "NO HAN"
