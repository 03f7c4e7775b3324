"""The home area network by radio: what the devices and the hub say goes over the (virtual) air.

It has the methods of `HanLink`, so that hub and devices are the same at levels SIM and EMU.
Joining is by install code and key establishment, messages go through tunnels, and what the radio
loses is lost; a device keeps what it had to say until it is back. Two things stay in process: the
typed requests between devices (`han_requests`), and the devices' view of the hub's time. A device
without a radio (an installer's terminal) is linked in process as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import NetworkParameters
from rigs.devices.han import Admit, HanDevice, HanLink, TrustCentre
from rigs.smart_energy_hub import RadioPort, SmartEnergyHub
from rigs.tunnel_segments import Joining, transfers_of
from rigs.virtual.radio_device import Phase, RadioDevice
from rigs.zigbee import gbcs_tunnel
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.gbcs_tunnel import Get, Put
from rigs.zigbee.install_code import SIZES, InstallCode
from rigs.zigbee.security import aes_mmo
from rigs.zigbee.smart_energy.tunneling import TunnelStatus

MAX_KEPT = 20
"""Messages that a device keeps until it can be heard again; this bench's choice."""

Radios = Callable[[HanDevice], RadioDevice | None]
"""The radio in a device; None for one that has none."""


@dataclass(slots=True)
class _Station:
    device: HanDevice
    radio: RadioDevice
    on_key: Callable[[bytes], None] = lambda _: None
    keys: tuple[bytes, ...] = ()
    link_key: bytes | None = None
    unsent: deque[bytes] = field(default_factory=lambda: deque(maxlen=MAX_KEPT))
    joining: Joining = field(default_factory=Joining)


class RadioLink(HanLink):
    """`port` is the coordinator, a radio stick's or one on the ether. `parameters` say how the
    network is formed; its extended identifier comes from the hub.
    """

    def __init__(
        self,
        clock: Clock,
        port: RadioPort,
        smart_energy: SmartEnergyHub,
        radios: Radios,
        parameters: NetworkParameters,
    ) -> None:
        super().__init__(clock)
        self._port = port
        self.smart_energy = smart_energy
        self._radios = radios
        self._parameters = parameters
        self._stations: dict[Eui64, _Station] = {}
        self._trust_centre: TrustCentre | None = None
        self._formed: NetworkParameters | None = None
        self._agreed_keys: dict[Eui64, bytes] = {}
        self._entered: dict[Eui64, bytes] = {}
        self._from_devices = Joining()
        smart_energy.on_data.append(self._from_device)
        smart_energy.on_agreed.append(self._agreed)

    def radio_of(self, device_id: Eui64) -> RadioDevice | None:
        """None for a device without a radio, and for one that is not in range."""
        station = self._stations.get(device_id)
        return None if station is None else station.radio

    def radios(self) -> frozenset[Eui64]:
        """The devices in range that have one."""
        return frozenset(self._stations)

    # The hub.

    def attach_trust_centre(self, trust_centre: TrustCentre) -> None:
        self._trust_centre = trust_centre
        trust_centre.tunnels.ask = self._ask_for_tunnel
        trust_centre.tunnels.close_all = self.smart_energy.close_tunnels
        self.smart_energy.on_tunnel_lost.append(self._tunnel_lost)
        self.smart_energy.time = trust_centre.time
        self.smart_energy.is_time_reliable = lambda: trust_centre.is_time_reliable
        self.smart_energy.gives_tunnel = lambda device_id: (
            TunnelStatus.SUCCESS
            if trust_centre.open_tunnel(device_id) is not None
            else TunnelStatus.BUSY
        )

    def set_up(self, up: bool) -> None:
        if up == self.is_up:
            return
        if not up:
            self.smart_energy.power_off()
        elif self._formed is not None:
            self.smart_energy.power_on()
        super().set_up(up)

    def announce(self) -> None:
        """The hub permits who may join now; devices look, as they would in their own time."""
        if self.is_up:
            self._form()
            self._permit()
        super().announce()

    def dismiss(self, device_id: Eui64) -> None:
        self._entered.pop(device_id, None)
        if device_id in self._stations:
            self.smart_energy.dismiss(device_id)

    def down(self, device_id: Eui64, octets: bytes) -> None:
        station = self._stations.get(device_id)
        if station is None:
            super().down(device_id, octets)
            return
        if not self.is_up:
            return
        self._tap("down", device_id, octets)
        sleeps = station.radio.settings.sleeps
        # The mailbox of a device that sleeps speaks the tunnel's protocol already.
        for data in (octets,) if sleeps else transfers_of(octets):
            self.smart_energy.send(device_id, data)

    # The devices.

    def attach(self, device: HanDevice, is_on: Callable[[], bool] = lambda: True) -> None:
        super().attach(device, is_on)
        station = self._stations.get(device.device_id)
        if station is not None and station.device is device:
            station.radio.leave()
            return
        if station is not None:
            station.radio.power_off()
        radio = self._radios(device)
        if radio is None:
            return
        station = self._stations[device.device_id] = _Station(device, radio)
        radio.link.is_powered = lambda: is_on() or (radio.settings.sleeps and radio.is_busy)
        radio.on_joined.append(lambda key: self._joined(station, key))
        radio.on_data.append(lambda data: self._to_device(station, data))
        radio.on_returned.append(lambda: self._flush(station))
        radio.tunnel.on_open.append(lambda: self._flush(station))
        radio.on_left.append(lambda: self._look(device))

    def join(
        self,
        device_id: Eui64,
        install_code: bytes,
        former_key: bytes | None,
        admit: Admit,
        on_key: Callable[[bytes], None],
    ) -> None:
        station = self._stations.get(device_id)
        if station is None:
            super().join(device_id, install_code, former_key, admit, on_key)
            return
        keys: tuple[bytes, ...] = (first_key(install_code),)
        if former_key is not None:
            keys = (aes_mmo(former_key), *keys)
        station.on_key = on_key
        if station.radio.phase is Phase.IDLE or station.keys != keys or station.radio.is_joined:
            station.keys = keys
            station.radio.join(*keys, former=former_key)
        else:
            station.radio.seek_again()

    def woke(self, device_id: Eui64) -> None:
        station = self._stations.get(device_id)
        if station is not None:
            station.radio.wake()

    def up(self, device_id: Eui64, octets: bytes) -> None:
        station = self._stations.get(device_id)
        if station is None:
            super().up(device_id, octets)
            return
        if not self.is_up:
            return
        self._tap("up", device_id, octets)
        sleeps = station.radio.settings.sleeps
        for data in (octets,) if sleeps else transfers_of(octets):
            self._send_up(station, data)

    # In between.

    def _tunnel_lost(self, device_id: Eui64, untaken: tuple[bytes, ...]) -> None:
        """The hub asks for another as soon as it has something to say."""
        if self._trust_centre is None:
            return
        tunnels = self._trust_centre.tunnels
        tunnels.lost(device_id)
        for data in untaken:
            tunnels.put(device_id, data[1:])  # without the octet that makes it a PUT

    def _look(self, device: HanDevice) -> None:
        self._clock.call_later(self.latency, device.link_changed)

    def _form(self) -> None:
        trust_centre = self._trust_centre
        if trust_centre is None:
            return
        parameters = replace(self._parameters, extended_pan_id=trust_centre.network_id)
        if parameters != self._formed:
            self._formed = parameters
            self._port.form(parameters)

    def _permit(self) -> None:
        if self._trust_centre is None:
            return
        for candidate in self._trust_centre.candidates():
            device_id, former = candidate.device_id, self._agreed_keys.get(candidate.device_id)
            # A hub that had the key itself takes it again; one that has only its hash, as after
            # an exchange of the hub, takes that (inferred, after ZigBee's change of trust centre).
            if former is not None and aes_mmo(former) == candidate.former_hash:
                self.smart_energy.permit(device_id, former, candidate.window, is_agreed=True)
            else:
                key = candidate.former_hash or first_key(candidate.install_code)
                self.smart_energy.permit(device_id, key, candidate.window)

    def _agreed(self, device_id: Eui64, link_key: bytes) -> None:
        self._agreed_keys[device_id] = link_key
        if self._trust_centre is None or not self._trust_centre.enter(device_id, link_key):
            self.smart_energy.dismiss(device_id)
            return
        self._entered[device_id] = link_key
        self._tell_key(device_id)

    def _joined(self, station: _Station, link_key: bytes) -> None:
        station.link_key = link_key
        self._tell_key(station.device.device_id)

    def _tell_key(self, device_id: Eui64) -> None:
        """Once both have it: a device that comes back with its former key has it first."""
        station = self._stations.get(device_id)
        if station is None or station.link_key is None:
            return
        if station.link_key == self._entered.get(device_id):
            link_key, station.link_key = station.link_key, None
            station.on_key(link_key)

    def _ask_for_tunnel(self, device_id: Eui64, on_status: Callable[[int], None]) -> None:
        """Of a device that listens always; one that sleeps asks by itself, which the hub knows
        from the type in its log."""
        station = self._stations.get(device_id)
        if station is None or station.radio.settings.sleeps:
            on_status(TunnelStatus.SUCCESS)
        else:
            self.smart_energy.request_tunnel(device_id, on_status)

    def _from_device(self, device_id: Eui64, data: bytes, asked_by_device: bool) -> None:
        if asked_by_device:
            self._to_hub(device_id, data)
            return
        try:
            tunnelled = gbcs_tunnel.parse(data)
        except RemoteRadioError:
            return
        if isinstance(tunnelled, Put):
            message = self._from_devices.take(tunnelled.message, self._clock.now())
            if message is not None:
                self._to_hub(device_id, message)

    def _to_device(self, station: _Station, data: bytes) -> None:
        if station.radio.settings.sleeps:
            station.device.receive(data)
            return
        try:
            tunnelled = gbcs_tunnel.parse(data)
        except RemoteRadioError:
            return
        if isinstance(tunnelled, Put):
            message = station.joining.take(tunnelled.message, self._clock.now())
            if message is not None:
                station.device.receive(message)

    def _send_up(self, station: _Station, data: bytes) -> None:
        def done(success: bool) -> None:
            if not success and data != Get().to_octets():
                station.unsent.append(data)

        station.radio.send(data, done)

    def _flush(self, station: _Station) -> None:
        waiting = tuple(station.unsent)
        station.unsent.clear()
        for data in waiting:
            self._send_up(station, data)


def first_key(install_code: bytes) -> bytes:
    """The link key that an install code gives. One of an odd size, which no device has, is hashed
    as it is."""
    if len(install_code) in SIZES:
        return InstallCode(install_code).link_key()
    return aes_mmo(install_code)
