"""What the gas proxy shows to the devices of the home: its meter's values as they were pushed last.

The meter itself sleeps, so displays read here (D-001: within half an hour). Values keep the units
that the meter pushed. Nothing can be asked of it but reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rigs.devices.gpf.mirror import mirrored_attributes
from rigs.devices.han_attributes import (
    AttributeName,
    AttributeTable,
    HistoryEntry,
    Value,
    ValueType,
)
from rigs.devices.han_requests import RequestTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rigs.devices.gpf import GasProxy

METERING, PREPAYMENT = 0x0702, 0x0705
IMPORT = AttributeName(METERING, 0x0000)
SUPPLY_STATUS = AttributeName(METERING, 0x0014)
BALANCE = AttributeName(PREPAYMENT, 0x0001)
DAILY_CONSUMPTION = AttributeName(METERING, 0x0401)
"""Litres by the midnight at which a day began; that a history is one attribute is this bench's."""
_SHOWN = frozenset((METERING, PREPAYMENT))


def requests_of(proxy: GasProxy, is_on: Callable[[], bool]) -> RequestTable:
    """Reads, by those of the proxy's device log."""
    table = RequestTable(is_on, proxy.security.device_log.allows)
    attributes_of(proxy).serve(table)
    return table


def attributes_of(proxy: GasProxy) -> AttributeTable:
    table = AttributeTable()
    table.may_see = proxy.is_shown_in_home
    for cluster, attribute in mirrored_attributes():
        if cluster in _SHOWN:
            name = AttributeName(cluster, attribute)
            table.provide(name, ValueType.NUMBER, _pushed(proxy, name))
    table.provide_history(DAILY_CONSUMPTION, lambda: _days(proxy))
    return table


def _pushed(proxy: GasProxy, name: AttributeName) -> Callable[[], Value | None]:
    def read() -> Value | None:
        value = proxy.store.values.get((name.cluster, name.attribute))
        return value if isinstance(value, int) else None

    return read


def _days(proxy: GasProxy) -> Iterator[HistoryEntry]:
    for day in proxy.store.daily.entries:
        yield day.start, day.litres
