"""Devices of the household without an identity of GBCS: they join, read, and can do nothing else.

An in-home display follows the items of the electricity meter every ten seconds (D-001) and keeps
the day that it was shown; a consumer access device reads as often as it likes (D-010). Nothing
ticks while there is no power or no meter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.devices.han_attributes import AttributeReport, Status
from rigs.devices.han_requests import ReadAttributes, Reply, Request, WriteAttribute
from rigs.devices.network_access import HomeAreaHub, NetworkAccess
from rigs.devices.power import MainsPower, PowerInput
from rigs.devices.type2.screen import Screen
from rigs.premises import SupplyNode

EVERY = timedelta(seconds=10)
_POWER_INPUT = PowerInput()

Items = Mapping[int, tuple[int, ...]]
"""Cluster -> the attributes wanted of it."""


class TypeTwoDevice:
    """`shown` is what was read last, by meter, cluster and attribute; `replies` counts answers."""

    def __init__(self, clock: Clock, device_id: Eui64, supply: SupplyNode) -> None:
        self._clock = clock
        self._device_id = device_id
        self.power = MainsPower(clock, supply, _POWER_INPUT)
        self.network = NetworkAccess(clock, device_id, lambda: self.power.is_ready)
        self.shown: dict[tuple[Eui64, int, int], AttributeReport] = {}
        self.last_reply: Reply | None = None
        self.replies = 0
        self.power.on_ready.append(self.network.look)

    @property
    def device_id(self) -> Eui64:
        return self._device_id

    def join(self, hub: HomeAreaHub, install_code: bytes) -> None:
        """Seek this hub with this install code from now on."""
        self.network.seek(hub, self, install_code)

    def receive(self, octets: bytes) -> None:
        """It has no part in GBCS: what comes by mistake is not for it."""

    def link_changed(self) -> None:
        self.network.look()

    def read(
        self, meter: Eui64, cluster: int, *attributes: int, since: datetime | None = None
    ) -> None:
        """What has been read is in `shown` a moment later."""
        request = ReadAttributes(cluster=cluster, attributes=attributes, since=since)
        self.ask(meter, request)

    def write(self, meter: Eui64, cluster: int, attribute: int, value: int | bytes) -> None:
        """It will be refused."""
        self.ask(meter, WriteAttribute(cluster=cluster, attribute=attribute, value=value))

    def ask(self, meter: Eui64, request: Request) -> None:
        self.network.ask(meter, request, lambda reply: self._take(meter, reply))

    def _take(self, meter: Eui64, reply: Reply | None) -> None:
        self.last_reply = reply
        if reply is None:
            return
        self.replies += 1
        for report in reply.content if isinstance(reply.content, tuple) else ():
            if isinstance(report, AttributeReport) and report.status is Status.SUCCESS:
                self.shown[meter, report.name.cluster, report.name.attribute] = report


class PowerBand(StrEnum):
    """The ambient indication of an in-home display (D-003)."""

    UNSET = "no indication"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def power_band(watts: int, low_medium: int | None, medium_high: int | None) -> PowerBand:
    """A value at a threshold belongs to the band above it: below is the lower band."""
    if low_medium is None or medium_high is None:
        return PowerBand.UNSET
    if watts < low_medium:
        return PowerBand.LOW
    return PowerBand.MEDIUM if watts < medium_high else PowerBand.HIGH


class InHomeDisplay(TypeTwoDevice):
    """Follows some items of some meters; `screen` is what it shows. Hooks: `every`, `band_of`."""

    def __init__(self, clock: Clock, device_id: Eui64, supply: SupplyNode) -> None:
        super().__init__(clock, device_id, supply)
        self.every = EVERY
        self.band_of: Callable[[int, int | None, int | None], PowerBand] = power_band
        self.screen = Screen(self, self.network.hub_time)
        self._followed: dict[Eui64, Items] = {}
        self._next = Alarm(clock, self._refresh)
        self.power.on_ready.append(self._refresh)
        self.power.on_lost.append(lambda _since: self._next.cancel())
        self.network.on_joined.append(self._refresh)

    def follow(self, meter: Eui64, items: Items) -> None:
        self._followed[meter] = items
        self._refresh()

    def value(self, meter: Eui64, cluster: int, attribute: int) -> object:
        """What it shows; None for nothing yet."""
        report = self.shown.get((meter, cluster, attribute))
        return report.value if report is not None else None

    def _refresh(self) -> None:
        if not self.power.is_ready or not self.network.is_joined or not self._followed:
            return
        for meter, items in self._followed.items():
            for cluster, attributes in items.items():
                self.read(meter, cluster, *attributes)
        self._next.set(self._clock.now() + self.every)


class ConsumerAccessDevice(TypeTwoDevice):
    """Hands on what it reads to the household's own equipment: `on_reading`."""

    def __init__(self, clock: Clock, device_id: Eui64, supply: SupplyNode) -> None:
        super().__init__(clock, device_id, supply)
        self.on_reading: list[Callable[[Eui64, AttributeReport], None]] = []

    def _take(self, meter: Eui64, reply: Reply | None) -> None:
        super()._take(meter, reply)
        if reply is None or not isinstance(reply.content, tuple):
            return
        for report in reply.content:
            for callback in self.on_reading:
                callback(meter, report)
