"""The communications hub (CHF): between WAN and home area network, with its own application.

It carries messages to and from the devices of its device log and no others, holds the time,
and reports a loss of power with the last of its energy. While it has no power nothing
passes; it comes back by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.acceptance import Accepted
from assay.gbcs.certificates import CertificateView
from assay.gbcs.dlms.access import Response, decode_payload
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName
from assay.wan import SmWan
from rigs.devices import credential_details, logs
from rigs.devices.alarm import Alarm
from rigs.devices.credential_details import CredentialDetails
from rigs.devices.dlms_objects import ObjectTable
from rigs.devices.gbcs_device import GbcsDevice, Handler
from rigs.devices.han import HanLink
from rigs.devices.hub import objects
from rigs.devices.hub.device_log import DeviceLog, LogEntry
from rigs.devices.hub.joining import Joining
from rigs.devices.hub.link_key import aes_mmo
from rigs.devices.power import MainsPower, PowerInput
from rigs.premises import SupplyNode

DEVICE_LOG_CHANGED = 0x8F12
CARRIED_OUT = 0x8154
NOT_CARRIED_OUT = 0x8155
DLMS_CODES: Mapping[int, str] = {0x0001: "CCS01", 0x0002: "CCS02", 0x0093: "ECS35c"}


_POWER_INPUT = PowerInput(boot_time=timedelta(seconds=5))


@dataclass(frozen=True, slots=True, kw_only=True)
class HubConfiguration:
    """`last_gasp_after` is how long a hub waits before it reports a loss (C-003)."""

    device_id: Eui64
    power_input: PowerInput = _POWER_INPUT
    last_gasp_after: timedelta = timedelta(minutes=3)


class VirtualHub(GbcsDevice):
    """Attaches itself to the WAN. Hooks: `is_listed`, `report_loss`, `last_gasp_after`, ..."""

    def __init__(
        self, clock: Clock, wan: SmWan, configuration: HubConfiguration, supply: SupplyNode
    ) -> None:
        self._wan = wan
        self.power = MainsPower(clock, supply, configuration.power_input)
        super().__init__(
            clock,
            configuration.device_id,
            now=self.time,
            send=lambda octets: wan.send_up(self.hub_id, octets),
            can_send=lambda: self.power.is_ready,
        )
        self.time_offset = timedelta(0)
        self.network_id = configuration.device_id
        self.last_gasp_after = configuration.last_gasp_after
        self.link = HanLink(clock)
        self.device_log = DeviceLog()
        self.joining = Joining(self.device_log, self.now)
        self.event_log = logs.event_log(self.now)
        self.credential_details = CredentialDetails(self.credentials.anchors)
        self.objects = ObjectTable(objects.rows(self))
        self.serve(dict.fromkeys(DLMS_CODES, self._logged(self.run_dlms)))
        self.serve({credential_details.CODE: self._logged(self.credential_details.answer)})

        self.is_listed: Callable[[Eui64], bool] = self._is_in_log
        self.key_hash: Callable[[LogEntry], bytes] = _key_hash
        self.report_loss: Callable[[datetime], None] = self._report_loss
        self._lost_since: datetime | None = None
        self._last_gasp = Alarm(clock, self._gasp)
        self._listen()
        wan.attach_hub(self)

    def _listen(self) -> None:
        self.link.attach_hub(self._from_device)
        self.link.set_up(self.power.is_ready)
        self.power.on_lost.append(self._power_lost)
        self.power.on_restored.append(self._power_restored)
        self.power.on_ready.append(self._booted)
        self.device_log.on_change.append(self._device_log_changed)
        self.joining.on_open.append(self.link.announce)

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

    # What the WAN and the devices see.

    @property
    def hub_id(self) -> bytes:
        return self.device_id

    def message_down(self, device_id: bytes, message: bytes) -> None:
        if not self.power.is_ready:
            return
        target = Eui64(device_id)
        if target == self.device_id:
            self.process(message)
        elif self.is_listed(target):
            self.link.down(target, message)

    def time(self) -> datetime:
        """UTC as it is served on the home area network."""
        return self._clock.now() + self.time_offset

    def admit(self, device_id: Eui64, install_code: bytes) -> bytes | None:
        return self.joining.admit(device_id, install_code)

    def is_linked(self, device_id: Eui64, link_key: bytes) -> bool:
        entry = self.device_log.find(device_id)
        return entry is not None and entry.link_key == link_key

    def _from_device(self, device_id: Eui64, octets: bytes) -> None:
        if self.power.is_ready and self.is_listed(device_id):
            self._wan.send_up(self.hub_id, octets)

    def _is_in_log(self, device_id: Eui64) -> bool:
        """And has joined: without a link key nothing of it can be deciphered."""
        entry = self.device_log.find(device_id)
        return entry is not None and entry.link_key is not None

    # What happens to it.

    def _power_lost(self, since: datetime) -> None:
        self.link.set_up(False)
        self._lost_since = since
        self._last_gasp.set(since + self.last_gasp_after)

    def _power_restored(self, _since: datetime | None, _at: datetime) -> None:
        self._last_gasp.cancel()

    def _gasp(self) -> None:
        if self._lost_since is not None:
            self.report_loss(self._lost_since)

    def _report_loss(self, since: datetime) -> None:
        self._wan.report_power_loss(self.hub_id, since)

    def _booted(self) -> None:
        self.link.set_up(True)
        self.outbox.flush()

    def _device_log_changed(self) -> None:
        self.security_log.write(DEVICE_LOG_CHANGED)
        self.alerts.send(DEVICE_LOG_CHANGED, objects.backup(self))

    def _logged(self, handler: Handler) -> Handler:
        """Each command and its outcome go to the event log, with the message code (P-111)."""

        def answer(command: Accepted) -> bytes:
            payload = handler(command)
            code = CARRIED_OUT if _succeeded(command, payload) else NOT_CARRIED_OUT
            self.event_log.write(code, command.use_case.code.to_bytes(2, "big"))
            return payload

        return answer


def _key_hash(entry: LogEntry) -> bytes:
    """Empty until the device has a link key (C-002)."""
    return aes_mmo(entry.link_key) if entry.link_key is not None else b""


def _succeeded(command: Accepted, payload: bytes) -> bool:
    if command.use_case.code not in DLMS_CODES:
        return True
    response = decode_payload(payload)
    return isinstance(response, Response) and all(item.result == 0 for item in response.items)
