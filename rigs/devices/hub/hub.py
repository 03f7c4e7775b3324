"""The communications hub (CHF): between WAN and home area network, with its own application.

It carries messages to and from the devices of its device log and no others, holds the time,
and reports a loss of power with the last of its energy. While it has no power nothing
passes; it comes back by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.certificates import CertificateView
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName
from assay.wan import SmWan, WanLink
from rigs.devices import logs
from rigs.devices.agenda import Agenda
from rigs.devices.alarm import Alarm
from rigs.devices.alerts import LogName
from rigs.devices.command_log import CommandLog
from rigs.devices.device_type import DeviceType
from rigs.devices.dlms_objects import ObjectTable
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.han import Candidate, HanLink
from rigs.devices.hub import objects
from rigs.devices.hub.communications import CommunicationsStore
from rigs.devices.hub.configuration import HubConfiguration
from rigs.devices.hub.device_log import DeviceLog, DeviceLogFullError, LogEntry
from rigs.devices.hub.formation import Beacon, Formation
from rigs.devices.hub.hand_held_window import HandHeldWindow
from rigs.devices.hub.historic_log import HistoricLog
from rigs.devices.hub.hub_clock import HubClock, TimeQuality
from rigs.devices.hub.images import ImageRelay
from rigs.devices.hub.joining import Joining
from rigs.devices.hub.last_gasp import LastGasp
from rigs.devices.hub.mailbox import NOT_RETRIEVED, Mailboxes
from rigs.devices.hub.routing import Hosted, Routing
from rigs.devices.hub.sub_ghz import SubGhzBand
from rigs.devices.hub.sub_ghz.duty_cycle import DutyState
from rigs.devices.hub.sub_ghz.scans import Assessment
from rigs.devices.hub.transfer_alerts import tell_transfer
from rigs.devices.hub.tunnel import Tunnel
from rigs.devices.hub.tunnels import Tunnels
from rigs.devices.hub.wan_variants import WAN_MODELS, ModelledLink
from rigs.devices.power import MainsPower
from rigs.devices.security import Security
from rigs.premises import SupplyNode

DEVICE_LOG_CHANGED = 0x8F12
EVENT_LOG_CLEARED = 0x8F52
HAND_HELD = 0
"""The type of an installer's terminal in the log; none is published, so that of any device."""


class VirtualHub(GbcsDevice):
    """Attaches itself to the WAN. Hooks: `is_listed`, `report_loss`, `last_gasp_after`, ..."""

    def __init__(
        self,
        clock: Clock,
        wan: SmWan,
        configuration: HubConfiguration,
        supply: SupplyNode,
        link: HanLink | None = None,
    ) -> None:
        self._wan = wan
        self.configuration = configuration
        self.power = MainsPower(clock, supply, configuration.power_input)
        self.clock = HubClock(clock)
        super().__init__(
            clock,
            configuration.device_id,
            now=self.time,
            send=lambda octets: self.routing.onward(octets),
            can_send=lambda: self.power.is_ready,
        )
        self.firmware_version = configuration.firmware_version
        self.wan_link = _link(configuration)
        self.formation = Formation(configuration.network_id or configuration.device_id)
        self.last_gasp_after = configuration.last_gasp_after
        self.link = HanLink(clock) if link is None else link
        self.device_log = DeviceLog()
        self.historic_log = HistoricLog()
        self.joining = Joining(self.device_log, self.historic_log, self.now)
        self.communications = CommunicationsStore(self.now)
        self.routing = Routing(self)
        self.mailboxes = Mailboxes(
            clock, self.link.down, lambda _device, octets: self.routing.onward(octets)
        )
        self.tunnels = Tunnels(clock, self.link.down)
        self.images = ImageRelay(
            clock,
            find=self.link.find,
            is_listed=lambda device_id: self.is_listed(device_id),
            is_sleeping=lambda device_id: self.mailboxes.find(device_id) is not None,
            is_up=lambda: self.power.is_ready,
            tell=lambda *outcome: tell_transfer(self, *outcome),
        )
        self.hand_held_window = HandHeldWindow(clock.now)
        self.event_log = logs.event_log(self.now)
        self.logs |= {LogName.EVENT: self.event_log}
        self.sub_ghz = SubGhzBand(clock, self.now, self.report) if self.is_dual_band else None
        self.agenda = Agenda(clock, self.clock)
        self.security = Security(self, DeviceType.CHF, self.agenda)
        self.credential_details = self.security.details
        self.command_log = CommandLog(self.event_log.write, lambda _counter: False)
        self.objects = ObjectTable(objects.rows(self))
        self.serve(dict.fromkeys(objects.CODES, self.run_dlms))
        if self.sub_ghz is not None:
            self.serve(dict.fromkeys(objects.SUB_GHZ_CODES, self.run_dlms))

        self.vouches_for_time: Callable[[], bool] = lambda: (
            self.clock.quality is TimeQuality.RELIABLE
        )
        self.is_listed: Callable[[Eui64], bool] = self.is_in_log
        self.key_hash: Callable[[LogEntry], bytes] = lambda entry: entry.key_hash
        self.report_loss: Callable[[datetime], None] = self._report_loss
        self.energy = LastGasp(clock.now)
        self._lost_since: datetime | None = None
        self._last_gasp = Alarm(clock, self._gasp)
        self._second_half = Alarm(clock, self.link.announce)
        self._listen()
        wan.attach_hub(self)

    @property
    def network_id(self) -> Eui64:
        return self.formation.network.extended_id

    def beacon(self) -> Beacon | None:
        """What a device that scans hears; None while the hub is silent."""
        if not self.power.is_ready:
            return None
        return self.formation.beacon(is_joining_permitted=self.joining.is_open)

    @property
    def is_dual_band(self) -> bool:
        return self.configuration.is_dual_band

    def _scan_obstacle(self) -> Assessment | None:
        band = self.sub_ghz
        if any(entry.is_hand_held for entry in self.device_log.entries):
            return Assessment.HAND_HELD_CONNECTED
        if band is not None and band.duty.state is not DutyState.NORMAL:
            return Assessment.DUTY_CYCLE_TOO_HIGH
        if self.joining.is_open:
            return Assessment.JOINING_PERMITTED
        if self.images.is_gas_image_under_way:
            return Assessment.GSME_IMAGE_UNDER_WAY
        return None

    def _listen(self) -> None:
        if self.sub_ghz is not None:
            self.sub_ghz.scans.obstacle = self._scan_obstacle
            self.sub_ghz.lost_meter.is_up = lambda: self.power.is_ready
            self.communications.on_heard.append(self.sub_ghz.lost_meter.hear)
        self.link.attach_hub(self.routing.from_device)
        self.link.attach_trust_centre(self)
        self.link.requests.can_hear = lambda device_id: (
            device_id in self.routing.hosted or self.is_listed(device_id)
        )
        self.link.set_up(self.power.is_ready)
        if self.power.is_alive:
            self.hand_held_window.power_on()
        self.power.on_lost.append(self._power_lost)
        self.power.on_restored.append(self._power_restored)
        self.power.on_ready.append(self._booted)
        self.device_log.on_removal.append(self._removed)
        self.device_log.on_change.append(self._device_log_changed)
        self.joining.on_open.append(self._joining_opened)
        self.mailboxes.on_expired.append(self._not_retrieved)
        self.on_carried_out.append(self.command_log.record)

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

    def host(self, device: Hosted) -> None:
        """A device in the same box, which is reached without the network: the gas proxy."""
        self.routing.hosted[device.device_id] = device

    def clear_event_log(self) -> None:
        """CHTS 4.5.1.3; it leaves an entry in the security log (C-018). No use case that a source
        here names brings it about over the WAN.
        """
        self.event_log.clear()
        self.report(EVENT_LOG_CLEARED)

    # What the WAN and the devices see.

    @property
    def hub_id(self) -> bytes:
        return self.device_id

    def message_down(self, device_id: bytes, message: bytes) -> None:
        if self.power.is_ready:
            self.routing.down(Eui64(device_id), message)

    def image_down(self, device_ids: Sequence[bytes], image: bytes) -> None:
        if self.power.is_ready:
            self.images.take([Eui64(device_id) for device_id in device_ids], image)

    def time(self) -> datetime:
        """UTC as it is served on the home area network."""
        return self.clock.now()

    @property
    def is_time_reliable(self) -> bool:
        return self.vouches_for_time()

    @property
    def time_offset(self) -> timedelta:
        return self.clock.offset

    @time_offset.setter
    def time_offset(self, offset: timedelta) -> None:
        self.clock.offset = offset

    def admit(
        self, device_id: Eui64, install_code: bytes, former_key: bytes | None = None
    ) -> bytes | None:
        link_key = self.joining.admit(device_id, install_code, former_key)
        if link_key is not None:
            self.communications.hear(device_id)
            self.tunnels.joined(device_id)
        return link_key

    def candidates(self) -> tuple[Candidate, ...]:
        """Who may join by radio now."""
        return self.joining.candidates() if self.power.is_ready else ()

    def enter(self, device_id: Eui64, link_key: bytes) -> bool:
        """A device has joined by radio and agreed on this key; False for one that is not known."""
        if not self.joining.enter(device_id, link_key):
            return False
        self.communications.hear(device_id)
        self.tunnels.joined(device_id)
        return True

    def is_linked(self, device_id: Eui64, link_key: bytes) -> bool:
        entry = self.device_log.find(device_id)
        return entry is not None and entry.link_key == link_key

    def open_tunnel(self, device_id: Eui64) -> Tunnel | None:
        """What a device that sleeps asks for once it has joined: its messages wait from now on."""
        if not self.is_listed(device_id):
            return None
        self.tunnels.left(device_id)
        return self.mailboxes.open(device_id)

    def admit_hand_held(self, device_id: Eui64, install_code: bytes) -> bytes | None:
        """An installer's terminal presents itself, in the hour from power-on: into the device log
        and onto the network with it (T-101). None where the hub does not let it in."""
        if not self.power.is_ready or not self.hand_held_window.is_open:
            return None
        entry = LogEntry(
            device_id=device_id,
            install_code=install_code,
            device_type=HAND_HELD,
            is_hand_held=True,
        )
        try:
            self.device_log.add(entry)
        except DeviceLogFullError:
            return None
        return self.joining.admit_terminal(device_id)

    def dismiss_hand_held(self, device_id: Eui64) -> None:
        """The installer has finished with its terminal."""
        entry = self.device_log.find(device_id)
        if entry is not None and entry.is_hand_held:
            self.device_log.remove(device_id)

    def restore(self, network_id: Eui64, entries: Iterable[LogEntry]) -> None:
        """Take over the network of another hub; DeviceLogFullError for too many devices."""
        before = self.network_id
        self.formation.form(network_id)
        try:
            self.device_log.restore(entries)
        except DeviceLogFullError:
            self.formation.form(before)
            raise
        self.link.announce()

    def send_up(self, octets: bytes) -> None:
        """For a device in the same box; lost while there is no power."""
        if self.power.is_ready:
            self.routing.onward(octets)

    def wan_up(self, octets: bytes) -> None:
        self._wan.send_up(self.hub_id, octets)

    def is_in_log(self, device_id: Eui64) -> bool:
        """And has joined: without a link key nothing of it can be deciphered."""
        entry = self.device_log.find(device_id)
        return entry is not None and entry.link_key is not None

    # What happens to it.

    def _joining_opened(self) -> None:
        self.link.announce()
        # Who cannot come back with a former key gets its chance in the second half.
        self._second_half.set(self._clock.now() + self.joining.timeout / 2)

    def _power_lost(self, since: datetime) -> None:
        self.link.set_up(False)
        self.agenda.pause()
        self.tunnels.power_off()
        self.hand_held_window.power_off()
        self.energy.drain()
        self._lost_since = since
        if self.last_gasp_after <= self.energy.left:
            self._last_gasp.set(since + self.last_gasp_after)

    def _power_restored(self, _since: datetime | None, _at: datetime) -> None:
        self._last_gasp.cancel()
        self.energy.charge()
        self.hand_held_window.power_on()

    def _gasp(self) -> None:
        if self._lost_since is not None:
            self.report_loss(self._lost_since)

    def _report_loss(self, since: datetime) -> None:
        self._wan.report_power_loss(self.hub_id, since)

    def _booted(self) -> None:
        self.link.set_up(True)
        self.agenda.resume()
        self.tunnels.power_on()
        self.outbox.flush()

    def _not_retrieved(self, _device_id: Eui64, _message: bytes) -> None:
        self.event_log.write(NOT_RETRIEVED)

    def _removed(self, entry: LogEntry) -> None:
        self.historic_log.keep(entry)
        self.link.dismiss(entry.device_id)
        self.tunnels.left(entry.device_id)
        self.mailboxes.close(entry.device_id)
        self.communications.forget(entry.device_id)
        if self.sub_ghz is not None:
            self.sub_ghz.detach(entry.device_id)

    def _device_log_changed(self) -> None:
        self.report(DEVICE_LOG_CHANGED, objects.backup(self))


def _link(configuration: HubConfiguration) -> WanLink | None:
    variant = configuration.wan_variant
    return None if variant is None else ModelledLink(WAN_MODELS[variant], configuration.wan_seed)
