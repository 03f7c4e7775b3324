"""A hub's Smart Energy: trust centre, tunnels both ways round, time, over any coordinator.

Messages for devices that listen always are PUT into the tunnel that the hub asked for; those that
sleep ask for a tunnel themselves, and what goes through theirs is up to the mailbox above (GBCS
digest 10).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage, Delivery
from rigs.devices.alarm import Alarm
from rigs.smart_energy_hub.key_agreements import KeyAgreements
from rigs.smart_energy_hub.port import RadioPort
from rigs.zigbee import zcl, zcl_types
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.implicit_certificates import CbkeIdentity
from rigs.zigbee.key_exchange import Command
from rigs.zigbee.smart_energy import frames
from rigs.zigbee.smart_energy.clusters import PROFILE, WITHOUT_LINK_KEY, Cluster
from rigs.zigbee.smart_energy.tunnel_server import TunnelServer
from rigs.zigbee.smart_energy.tunneling import (
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    TransferData,
    TransferDataError,
    TunnelClosed,
    TunnelStatus,
)
from rigs.zigbee.zcl import Attribute, AttributeStatus, ZclFrame

ENDPOINT = 1
ZIGBEE_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TIME, TIME_STATUS = 0x0000, 0x0001
IS_MASTER, SUPERSEDES = 0x01, 0x08
KEEP_ALIVE_BASE, KEEP_ALIVE_JITTER = 0x0000, 0x0001
ANSWER_WAIT = timedelta(seconds=30)
"""For a tunnel that was asked for."""
MAX_TUNNELS = 64
IN_DOUBT = timedelta(seconds=30)
"""What was sent so long before a device said that there is no such tunnel has not been taken."""
_REMEMBERED = 20

OnStatus = Callable[[TunnelStatus], None]


class SmartEnergyHub:
    """`on_data` gets what comes through any tunnel, with the device and whether the tunnel is one
    that the device asked for; `on_agreed` each new link key; `on_tunnel_lost` what a device did
    not take, as it knows nothing of the tunnel any more.

    Hooks: `time` and `is_time_reliable` are what the time cluster says; `gives_tunnel` says with
    which status a device that asks for a tunnel is answered; `requires_agreement` whether a device
    that shows no certificate is sent away.
    """

    def __init__(self, clock: Clock, port: RadioPort, identity: CbkeIdentity) -> None:
        self._clock = clock
        self._port = port
        self._sequence = 0
        self.agreements = KeyAgreements(clock, identity, self._say_exchange)
        self.server = TunnelServer(capacity=MAX_TUNNELS)
        self._expiry = Alarm(clock, self._expire)
        self._numbers: dict[Eui64, list[int]] = {}
        self._asked: dict[Eui64, tuple[OnStatus, Alarm]] = {}
        self.on_data: list[Callable[[Eui64, bytes, bool], None]] = []
        self.on_agreed: list[Callable[[Eui64, bytes], None]] = []
        self.on_undelivered: list[Callable[[Eui64], None]] = []
        self.on_tunnel_lost: list[Callable[[Eui64, tuple[bytes, ...]], None]] = []
        self._sent: dict[Eui64, deque[tuple[datetime, bytes]]] = {}
        self.time: Callable[[], datetime] = clock.now
        self.is_time_reliable: Callable[[], bool] = lambda: True
        self.gives_tunnel: Callable[[Eui64], TunnelStatus] = lambda _: TunnelStatus.SUCCESS
        self.requires_agreement: Callable[[Eui64], bool] = lambda _: True
        self._agreed_with: set[Eui64] = set()
        self._former_keys: dict[Eui64, bytes] = {}
        self.server.judge = lambda device: self.gives_tunnel(device)
        self.agreements.on_agreed.append(self._agreed)
        self.agreements.on_overdue.append(self._overdue)
        port.on_message.append(self._message)
        port.on_joined.append(self._joined)

    # Trust centre.

    def permit(
        self, device: Eui64, first_key: bytes, window: timedelta, *, is_agreed: bool = False
    ) -> None:
        """Let this device join with the link key of its install code; or with one that has been
        agreed on before, which it then keeps."""
        self._agreed_with.discard(device)
        self._former_keys.pop(device, None)
        if is_agreed:
            self._former_keys[device] = first_key
        self._port.permit(device, first_key, window)

    def dismiss(self, device: Eui64) -> None:
        """Send it away, with its key and its tunnels."""
        self._agreed_with.discard(device)
        self.agreements.forget(device)
        self._numbers.pop(device, None)
        self._port.dismiss(device)

    # Tunnels.

    def request_tunnel(self, device: Eui64, on_status: OnStatus) -> None:
        """Ask a device that listens always. `on_status` gets BUSY where no answer comes."""
        self._end_request(device, TunnelStatus.BUSY)
        alarm = Alarm(self._clock, lambda: self._end_request(device, TunnelStatus.BUSY))
        alarm.set(self._clock.now() + ANSWER_WAIT)
        self._asked[device] = (on_status, alarm)
        self._say(device, Cluster.TUNNELING, self._tunneling(RequestTunnel(), to_client=False))

    def close_tunnels(self, device: Eui64) -> None:
        """Every one that the device ever gave an identifier for."""
        for number in self._numbers.pop(device, []):
            frame = self._tunneling(CloseTunnel(tunnel=number), to_client=False)
            self._say(device, Cluster.TUNNELING, frame)

    def send(
        self, device: Eui64, data: bytes, on_done: Callable[[bool], None] = lambda _: None
    ) -> None:
        """Octets through the device's tunnel; not delivered where it has none."""
        own = self.server.tunnel_to(device)
        if own is not None:
            self.server.used(own, self._clock.now())
            frame = self._tunneling(TransferData(tunnel=own, data=data), to_client=True)
        elif self._numbers.get(device):
            number = self._numbers[device][-1]
            sent = self._sent.setdefault(device, deque(maxlen=_REMEMBERED))
            sent.append((self._clock.now(), data))
            frame = self._tunneling(TransferData(tunnel=number, data=data), to_client=False)
        else:
            on_done(False)
            return
        self._say(device, Cluster.TUNNELING, frame, on_done)

    def power_off(self) -> None:
        """Silent at once. Keys and tunnels are kept, as is what waits for devices that sleep; where
        a device has lost its tunnel, it says so (this bench's choice)."""
        self._port.silence()
        for _, alarm in self._asked.values():
            alarm.cancel()
        self._asked.clear()

    def power_on(self) -> None:
        self._port.resume()

    # What comes.

    def _joined(self, device: Eui64) -> None:
        former = self._former_keys.pop(device, None)
        if former is not None:
            # It could read the network key, so it has the key that it had.
            self._agreed(device, former)
        elif device not in self._agreed_with and self.requires_agreement(device):
            self.agreements.await_(device)

    def _overdue(self, device: Eui64) -> None:
        if device not in self._agreed_with:
            self.dismiss(device)

    def _agreed(self, device: Eui64, link_key: bytes) -> None:
        self._agreed_with.add(device)
        self._port.set_link_key(device, link_key)
        for callback in tuple(self.on_agreed):
            callback(device, link_key)

    def _message(self, message: ApsMessage) -> None:
        if message.profile != PROFILE:
            return
        if message.cluster not in WITHOUT_LINK_KEY and not message.is_encrypted:
            return
        try:
            self._application(message, zcl.parse(message.payload))
        except RemoteRadioError:
            return

    def _application(self, message: ApsMessage, frame: ZclFrame) -> None:
        device, cluster = message.peer, message.cluster
        if cluster == Cluster.KEY_ESTABLISHMENT and not frame.is_general:
            if not frame.is_to_client:
                self.agreements.receive(device, frames.from_zcl(cluster, frame))
        elif device not in self._agreed_with and self.requires_agreement(device):
            self._say(device, cluster, zcl.default_response(frame, zcl.NOT_AUTHORISED))
        elif cluster == Cluster.TUNNELING and not frame.is_general:
            command = frames.from_zcl(cluster, frame)
            if frame.is_to_client:
                self._from_server(device, command)
            else:
                self._serve(device, command)
        elif frame.is_general and frame.command == zcl.READ_ATTRIBUTES:
            self._answer_read(device, cluster, frame)
        elif frame.wants_default_response:
            answer = zcl.default_response(frame, zcl.UNSUPPORTED_CLUSTER_COMMAND)
            self._say(device, cluster, answer)

    def _from_server(self, device: Eui64, command: object) -> None:
        """The device serves the tunnel."""
        numbers = self._numbers.setdefault(device, [])
        match command:
            case RequestTunnelResponse():
                if command.status == TunnelStatus.SUCCESS:
                    numbers.append(command.tunnel)
                self._end_request(device, _status(command.status))
            case TransferData() if command.tunnel in numbers:
                self._deliver(device, command.data, asked_by_device=False)
            case TunnelClosed() if command.tunnel in numbers:
                self._lose_tunnel(device, command.tunnel, ())
            case TransferDataError() if command.tunnel in numbers:
                since = self._clock.now() - IN_DOUBT
                untaken = [data for at, data in self._sent.get(device, ()) if at > since]
                self._lose_tunnel(device, command.tunnel, tuple(untaken))

    def _lose_tunnel(self, device: Eui64, number: int, untaken: tuple[bytes, ...]) -> None:
        self._numbers[device].remove(number)
        self._sent.pop(device, None)
        for callback in tuple(self.on_tunnel_lost):
            callback(device, untaken)

    def _serve(self, device: Eui64, command: object) -> None:
        """The device asked for the tunnel."""
        served = self.server.receive(device, command, self._clock.now())
        self._expiry.set(self.server.next_expiry)
        if served.answer is not None:
            frame = self._tunneling(served.answer, to_client=True)
            self._say(device, Cluster.TUNNELING, frame)
        if served.data is not None:
            self._deliver(device, served.data, asked_by_device=True)

    def _deliver(self, device: Eui64, data: bytes, *, asked_by_device: bool) -> None:
        for callback in tuple(self.on_data):
            callback(device, data, asked_by_device)

    def _end_request(self, device: Eui64, status: TunnelStatus) -> None:
        asked = self._asked.pop(device, None)
        if asked is not None:
            on_status, alarm = asked
            alarm.cancel()
            on_status(status)

    def _expire(self) -> None:
        for device, closed in self.server.expire(self._clock.now()):
            self._say(device, Cluster.TUNNELING, self._tunneling(closed, to_client=True))
        self._expiry.set(self.server.next_expiry)

    def _answer_read(self, device: Eui64, cluster: int, frame: ZclFrame) -> None:
        held = self._attributes().get(cluster, {})
        results: list[Attribute | AttributeStatus] = []
        for identifier in zcl.parse_read_attributes(frame.payload):
            if identifier in held:
                results.append(Attribute(identifier, *held[identifier]))
            else:
                results.append(AttributeStatus(identifier, zcl.UNSUPPORTED_ATTRIBUTE))
        answer = ZclFrame(
            command=zcl.READ_ATTRIBUTES_RESPONSE,
            sequence=frame.sequence,
            payload=zcl.read_response(results),
            is_general=True,
            is_to_client=True,
        )
        self._say(device, cluster, answer)

    def _attributes(self) -> dict[int, dict[int, tuple[int, int]]]:
        """Cluster, attribute, type and value of what any device may read."""
        seconds = int((self.time() - ZIGBEE_EPOCH).total_seconds())
        status = IS_MASTER | SUPERSEDES if self.is_time_reliable() else 0
        return {
            Cluster.TIME: {
                TIME: (zcl_types.UTC_TIME, seconds),
                TIME_STATUS: (zcl_types.BITMAP8, status),
            },
            Cluster.KEEP_ALIVE: {
                KEEP_ALIVE_BASE: (zcl_types.UINT8, 10),
                KEEP_ALIVE_JITTER: (zcl_types.UINT16, 300),
            },
        }

    # What goes.

    def _say_exchange(self, device: Eui64, command: Command) -> None:
        frame = frames.to_zcl(
            Cluster.KEY_ESTABLISHMENT, command, sequence=self._next(), is_to_client=True
        )
        self._say(device, Cluster.KEY_ESTABLISHMENT, frame)

    def _tunneling(self, command: object, *, to_client: bool) -> ZclFrame:
        return frames.to_zcl(
            Cluster.TUNNELING, command, sequence=self._next(), is_to_client=to_client
        )

    def _say(
        self,
        device: Eui64,
        cluster: int,
        frame: ZclFrame,
        on_done: Callable[[bool], None] = lambda _: None,
    ) -> None:
        def done(delivery: Delivery) -> None:
            if delivery is Delivery.NOT_DELIVERED:
                for callback in tuple(self.on_undelivered):
                    callback(device)
            on_done(delivery is Delivery.DELIVERED)

        self._port.send(
            ApsMessage(
                peer=device,
                profile=PROFILE,
                cluster=cluster,
                source_endpoint=ENDPOINT,
                destination_endpoint=ENDPOINT,
                payload=zcl.build(frame),
                is_encrypted=cluster not in WITHOUT_LINK_KEY,
            ),
            done,
        )

    def _next(self) -> int:
        self._sequence = self._sequence + 1 & 0xFF
        return self._sequence


def _status(value: int) -> TunnelStatus:
    """Of a device that says something else, that it has no tunnel to give."""
    try:
        return TunnelStatus(value)
    except ValueError:
        return TunnelStatus.BUSY
