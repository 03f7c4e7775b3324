"""What the small mains-fed devices of a home share: power, a place on the network, an identity.

A display (PPMID), a load switch (HCALCS), a stand-alone controller (SAPC): each has its own keys
and cells, joins the hub, keeps a device log and takes firmware. Its clock follows the hub's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.certificates import CertificateView
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName
from rigs.devices import logs
from rigs.devices.agenda import Agenda
from rigs.devices.alerts import LogName
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import Firmware, FirmwareSettings
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.network_access import HomeAreaHub, NetworkAccess
from rigs.devices.power import MainsPower, PowerInput
from rigs.devices.security import Security
from rigs.premises import SupplyNode

_POWER_INPUT = PowerInput()


class FollowingClock:
    """The hub's time while the hub can be heard, and from then on as it was running."""

    def __init__(self, clock: Clock, hub_time: Callable[[], datetime | None]) -> None:
        self._clock = clock
        self._hub_time = hub_time
        self._offset = timedelta(0)

    def now(self) -> datetime:
        heard = self._hub_time()
        if heard is not None:
            self._offset = heard - self._clock.now()
        return self._clock.now() + self._offset

    def bench_time(self, own: datetime) -> datetime:
        return own - (self.now() - self._clock.now())


class SmallDevice(GbcsDevice):
    """`on_ready` is called when it has booted, `on_silent` when it loses its power."""

    def __init__(
        self,
        clock: Clock,
        device_id: Eui64,
        device_type: DeviceType,
        firmware: FirmwareSettings,
        supply: SupplyNode,
        power_input: PowerInput = _POWER_INPUT,
    ) -> None:
        self.device_type = device_type
        self.power = MainsPower(clock, supply, power_input)
        self.network = NetworkAccess(clock, device_id, lambda: self.power.is_ready)
        self.clock = FollowingClock(clock, self.network.hub_time)
        super().__init__(
            clock,
            device_id,
            now=self.clock.now,
            send=self.network.send,
            can_send=self.network.can_send,
        )
        self.event_log = logs.event_log(self.now)
        self.logs |= {LogName.EVENT: self.event_log}
        self.agenda = Agenda(clock, self.clock)
        self.security = Security(self, device_type, self.agenda)
        self.firmware = Firmware(self, self.agenda, firmware)
        self.on_ready: list[Callable[[], None]] = []
        self.on_silent: list[Callable[[], None]] = []
        self.power.on_lost.append(self._power_lost)
        self.power.on_restored.append(lambda _since, _at: self.agenda.resume())
        self.power.on_ready.append(self._booted)

    # What a bench does to it.

    def install(
        self,
        certificates: Iterable[CertificateView],
        anchors: Mapping[CellName, CertificateView],
    ) -> None:
        """Own certificates and the parties' ones.

        Raises:
            ValueError: a certificate that is not for this device or not for its key.
        """
        self.credentials.install(certificates, anchors)

    def join(self, hub: HomeAreaHub, install_code: bytes) -> None:
        """Seek this hub with this install code from now on."""
        self.network.seek(hub, self, install_code)

    # What comes over the network.

    def receive(self, octets: bytes) -> None:
        if self.power.is_ready and self.network.is_joined:
            self.process(octets)

    def link_changed(self) -> None:
        self.network.look()
        self.outbox.flush()

    # What happens to it.

    def _power_lost(self, _since: datetime) -> None:
        self.agenda.pause()
        for callback in self.on_silent:
            callback()

    def _booted(self) -> None:
        self.firmware.power_on()
        self.network.look()
        self.outbox.flush()
        for callback in self.on_ready:
            callback()
