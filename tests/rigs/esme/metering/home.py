"""A meter of any variant alone on simulated time, with what its tests do to it and read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assay.clock import SimulatedClock
from assay.gbcs.date_time import EPOCH
from assay.gbcs.identifiers import Eui64
from rigs.devices import ElectricityMeter, MeterConfiguration
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.esme.metering.period_log import Entry, PeriodLog
from rigs.devices.esme.wiring import wire
from rigs.premises import SupplyNode

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
VOLTS, HERTZ, DEAD = Decimal(230), Decimal(50), Decimal(0)
SINGLE = MeterVariant.SINGLE_ELEMENT
TWIN = MeterVariant.TWIN_ELEMENT
POLYPHASE = MeterVariant.POLYPHASE


class Home:
    def __init__(self, variant: MeterVariant = SINGLE, start: datetime = NOON) -> None:
        self.clock = SimulatedClock(start)
        self.source = SupplyNode(self.clock)
        self.source.feed(VOLTS, HERTZ)
        self.wiring = wire(self.clock, variant, self.source)
        self.circuits = self.wiring.circuits
        self.meter = ElectricityMeter(
            self.clock,
            MeterConfiguration(
                device_id=Eui64.from_text("00-DB-12-34-56-78-90-A0"), variant=variant
            ),
            supply=self.wiring.supply,
            contactor=self.wiring.contactor,
            load=self.wiring.load,
            circuits=self.circuits,
        )
        self.metering = self.meter.metering

    def pass_time(self, **span: float) -> None:
        self.clock.advance(timedelta(**span))

    def until(self, when: datetime) -> None:
        self.clock.advance(when - self.clock.now())

    def draw(self, watts: float, reactive: float = 0, phase: int = 0) -> None:
        self.circuits.loads[phase].request(Decimal(str(watts)), Decimal(str(reactive)))

    def draw_second(self, watts: float) -> None:
        assert self.circuits.secondary is not None
        self.circuits.secondary.request(Decimal(str(watts)))

    def generate(self, watts: float, phase: int = 0) -> None:
        self.circuits.generation[phase].request(Decimal(str(watts)))

    def cut(self) -> None:
        self.source.feed(DEAD, DEAD)

    def restore(self) -> None:
        self.source.feed(VOLTS, HERTZ)

    def readings(self) -> list[int]:
        """Watt-hours and var-hours of the five registers."""
        return [register.watt_hours(self.clock.now()) for register in self.meter.flows]


def stamps(log: PeriodLog) -> list[datetime]:
    return [EPOCH + timedelta(seconds=entry[0]) for entry in log.entries]


def values(log: PeriodLog) -> list[Entry]:
    """The entries without their stamps."""
    return [entry[1:] for entry in log.entries]


def firsts(log: PeriodLog) -> Sequence[int]:
    return [entry[1] for entry in log.entries]
