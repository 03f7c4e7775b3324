"""The small devices of the composed premises: certified when asked for, joined when told to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.declarations import read_device
from assay.gbcs.identifiers import Eui64
from assay.wan import InProcessWan
from fixtures.parties import HOME_DISPLAY, INSTALL_CODE, METER
from fixtures.pki import BenchPki
from fixtures.premises import Premises
from rigs.devices import han_electricity
from rigs.devices.device_type import DeviceType
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.joining import Peer
from rigs.devices.small_device import SmallDevice
from rigs.devices.type2 import TypeTwoDevice

START = datetime(2026, 1, 5, tzinfo=UTC)
NAMES = ("ppmid", "hcalcs", "sapc")


class Composed:
    """Premises with power; its clock is the test's."""

    def __init__(self, loop_thread: LoopThread) -> None:
        self.clock = SimulatedClock(START, run=loop_thread.run)
        pki, wan = BenchPki.start(START), InProcessWan(self.clock)
        device = read_device(None).value
        self.premises = Premises.build(loop_thread, self.clock, wan, pki, device)
        self._run = loop_thread.run
        self._run(lambda: self.premises.supply.feed(Decimal(230), Decimal(50)))
        self.clock.advance(timedelta(seconds=10))

    def admit(self, *devices: Eui64) -> None:
        hub = self.premises.hub

        def open_window() -> None:
            for device in devices:
                hub.device_log.add(
                    LogEntry(device_id=device, install_code=INSTALL_CODE, device_type=0)
                )
            hub.joining.timeout = timedelta(minutes=2)
            hub.joining.allow(True)

        self._run(open_window)
        self.clock.advance(timedelta(seconds=20))


@pytest.fixture
def composed() -> Iterator[Composed]:
    loop_thread = LoopThread("home")
    try:
        yield Composed(loop_thread)
    finally:
        loop_thread.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_of_a_device_is_empty(composed: Composed, name: str) -> None:
    device: SmallDevice = getattr(composed.premises, name)
    assert device.security.empty_cells() == ()
    assert len(device.credentials.certificates) == 2
    assert getattr(composed.premises, name) is device


@pytest.mark.parametrize("name", NAMES)
def test_a_device_joins_the_hub_of_the_premises(composed: Composed, name: str) -> None:
    device: SmallDevice = getattr(composed.premises, name)
    composed.premises.home.start_joining(device)
    composed.admit(device.device_id)
    assert device.network.is_joined


def test_the_meter_answers_a_display_of_its_network(composed: Composed) -> None:
    premises, display = composed.premises, composed.premises.home.display
    premises.start_joining()
    premises.home.start_joining(display)
    composed.admit(METER, HOME_DISPLAY)
    premises.meter.security.device_log.enter(
        Peer(device_id=HOME_DISPLAY, device_type=DeviceType.TYPE_2)
    )
    name = han_electricity.IMPORT
    assert isinstance(display, TypeTwoDevice)
    premises.loop_thread.run(lambda: display.read(METER, name.cluster, name.attribute))
    composed.clock.advance(timedelta(seconds=2))
    assert display.value(METER, name.cluster, name.attribute) == 0


def test_the_network_has_the_address_that_is_printed_on_the_hub(composed: Composed) -> None:
    premises = composed.premises
    assert premises.hub.network_id == premises.gas_proxy.device_id
