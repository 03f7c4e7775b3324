"""The Gas Proxy Function (GPF): an identity of its own in the hub, that answers for the gas meter.

At each wake of the meter it takes what the meter has: registers, balances, tariff, and every entry
of a log that it does not have yet, so that gaps close by themselves (GBCS digest 10.3). In
between it answers with that, and says of which time it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from assay.clock import Clock
from assay.gbcs.acceptance import Accepted
from assay.gbcs.catalogue import UseCase
from assay.gbcs.certificates import CertificateView
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import encode_zcl_payload
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName
from rigs.devices import logs
from rigs.devices.agenda import Agenda
from rigs.devices.alerts import LogName
from rigs.devices.device_type import DeviceType
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.gbz_objects import GbzTable, Transaction
from rigs.devices.gbz_protection import encrypt_for
from rigs.devices.gpf import objects
from rigs.devices.gpf.device_log_backup import BackupAlerts, restore
from rigs.devices.gpf.mirror import Mirror, MirroredMeter
from rigs.devices.gpf.tap_off import TapOff
from rigs.devices.gsme import codes
from rigs.devices.gsme.settings import GasSettings
from rigs.devices.gsme.snapshots import RegisterSnapshot
from rigs.devices.gsme.use_cases import METERING, OF_PROXY
from rigs.devices.hub.mailbox import Mailboxes
from rigs.devices.power import MainsPower
from rigs.devices.security import Security

RESTORE_DEVICE_LOG = 0x008C
DEVICE_LOG_CHANGED = 0x8071
BILLING_ALERT = 0x008B
_TIME_OF_METER = 0x04
"""Status of a response whose time is the meter's (GBCS digest 1.4, inferred)."""


class HostingHub(Protocol):
    """What the proxy needs of the box it is in."""

    @property
    def power(self) -> MainsPower: ...

    @property
    def mailboxes(self) -> Mailboxes: ...

    def time(self) -> datetime: ...

    def host(self, device: Any) -> None: ...

    def send_up(self, octets: bytes) -> None: ...


class _HubClock:
    """The hub's time as the clock of an agenda."""

    def __init__(self, clock: Clock, hub: HostingHub) -> None:
        self._clock = clock
        self._hub = hub

    def now(self) -> datetime:
        return self._hub.time()

    def bench_time(self, own: datetime) -> datetime:
        return own - (self._hub.time() - self._clock.now())


class GasProxy(GbcsDevice):
    """`mirror` is to be called with the meter at each of its wakes, on the state thread.

    Hooks: `may_mirror` decides whether a meter's data are taken, `on_power_lost` is called when
    its hub goes dark, `backup_entries` are those of its device log; those of the parts.
    """

    def __init__(
        self,
        clock: Clock,
        device_id: Eui64,
        hub: HostingHub,
        firmware_version: bytes = bytes.fromhex("00000001"),
    ) -> None:
        super().__init__(
            clock,
            device_id,
            now=hub.time,
            send=hub.send_up,
            can_send=lambda: hub.power.is_ready,
        )
        self.firmware_version = firmware_version
        self.event_log = logs.event_log(self.now)
        self.logs[LogName.EVENT] = self.event_log
        self.settings = GasSettings()
        self.store = Mirror()
        self.restricted_before: datetime | None = None
        self.agenda = Agenda(clock, _HubClock(clock, hub))
        self.gbz = GbzTable(
            OF_PROXY, objects.attributes(self), objects.commands(self), encrypt_for(self)
        )
        self.serve(dict.fromkeys(OF_PROXY, self.gbz.answer))
        self.security = Security(self, DeviceType.GPF, self.agenda)
        self.serve({RESTORE_DEVICE_LOG: self._restore})
        self.tap_off = TapOff(self)
        self.may_mirror: Callable[[MirroredMeter], bool] = self._is_in_log_of
        self.on_power_lost: list[Callable[[], None]] = []
        self._outcome = True
        self._listen(hub)

    def _listen(self, hub: HostingHub) -> None:
        self.header_time = self._header_time
        self.backup_entries: Callable[[], list[dict[str, str]]] = self._peers
        self.alerts.build = BackupAlerts(self.seal.encrypt_for, lambda: self.backup_entries()).build
        self.security.device_log.on_change.append(lambda: self.report(DEVICE_LOG_CHANGED))
        self.store.on_billing_entry.append(self._send_billing_entry)
        self.gbz.on_answered.append(self._remember_outcome)
        self.on_carried_out.append(self._log_command)
        hub.power.on_lost.append(lambda _since: self._power_lost())
        hub.power.on_restored.append(lambda _since, _at: self.agenda.resume())
        hub.power.on_ready.append(self.outbox.flush)
        hub.mailboxes.on_exchange.append(self._tapped)
        hub.host(self)

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

    def mirror(self, meter: MirroredMeter) -> None:
        """Take what the meter has, if it knows this proxy (CS03B at the meter, G-026)."""
        if self.may_mirror(meter):
            self.store.take(meter)

    def restrict(self, before: datetime) -> None:
        """What is older is not shown in the home any more (GCS09); a date in the past will do,
        and one to come counts when it comes (P-105)."""
        self.restricted_before = before

    def is_shown_in_home(self, at: datetime) -> bool:
        """Whether an entry of this time may be read over the home area network."""
        limit = self.restricted_before
        return limit is None or limit > self.now() or at >= limit

    def clear_event_log(self) -> None:
        self.event_log.clear()
        self.security_log.write(codes.LOG_CLEARED)

    def _power_lost(self) -> None:
        self.agenda.pause()
        for callback in self.on_power_lost:
            callback()

    def _is_in_log_of(self, meter: MirroredMeter) -> bool:
        return meter.security.device_log.find(self.device_id) is not None

    def _peers(self) -> list[dict[str, str]]:
        return [
            {"device_id": peer.device_id.hyphenated, "device_type": peer.device_type.value}
            for peer in self.security.device_log.peers
        ]

    def _restore(self, command: Accepted) -> bytes:
        return restore(command, self.security.device_log)

    def _send_billing_entry(self, entry: RegisterSnapshot) -> None:
        """Encrypted for the supplier (P-110)."""
        plain = encode_zcl_payload(
            METERING, Direction.SERVER_TO_CLIENT, 0x06, entry.payload(number=0, found=1)
        )
        self.report(codes.BILLING_DATA_UPDATED, octet_string(plain), message_code=BILLING_ALERT)

    def _tapped(self, command: Message, response: Message) -> None:
        if self.tap_off.is_tapped(command):
            self.tap_off.take(command, response)

    def _remember_outcome(self, _command: Accepted, _transaction: Transaction, ok: bool) -> None:
        self._outcome = ok

    def _log_command(self, command: Accepted, _payload: bytes) -> None:
        """Every command and its outcome, with the message code (P-111)."""
        code = codes.CARRIED_OUT if self._outcome else codes.NOT_CARRIED_OUT
        self._outcome = True
        self.event_log.write(code, command.use_case.code.to_bytes(2, "big"))

    def _header_time(self, use_case: UseCase) -> DateTime | None:
        if not use_case.response_date_time:
            return None
        if use_case.code not in codes.INSTANTANEOUS:
            return DateTime.at(self.now())
        if self.store.taken_at is None:
            return DateTime.at(self.now(), status=0)
        return DateTime.at(self.store.taken_at, status=_TIME_OF_METER)
