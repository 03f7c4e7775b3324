"""The GBZ objects of a gas meter, by cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from rigs.devices import gbz_logs
from rigs.devices.gbz_objects import Attribute, CommandRow
from rigs.devices.gsme.objects import common, management, metering, prepayment, price

if TYPE_CHECKING:
    from rigs.devices.gsme.meter import GasMeter


def attributes(meter: GasMeter) -> Iterator[Attribute]:
    yield from metering.attributes(meter)
    yield from price.attributes(meter.tariff)
    yield from price.conversion(meter)
    yield from prepayment.balances(meter.payment)
    yield from prepayment.settings(meter.payment)


def commands(meter: GasMeter) -> Iterator[CommandRow]:
    clear: Mapping[int, Callable[[], None]] = {gbz_logs.GENERAL: meter.clear_event_log}
    yield from metering.commands(meter)
    yield from price.commands(meter)
    yield from prepayment.commands(meter)
    yield from management.commands(meter)
    yield from common.calendar_reads(meter.calendars)
    yield from common.calendar_updates(meter.calendars)
    yield from common.event_logs(meter.log_entries, clear)
