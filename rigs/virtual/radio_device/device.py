"""A device's radio from the first scan to a working tunnel: a state machine on the bench's clock.

It seeks a network that permits joining, gets an address, reads the network key with the link key of
its install code, agrees on a link key of its own (CBKE), and then carries messages through the
tunnel. What it loses on the way it tries again, later and later. One that sleeps polls while it
expects something. Inferred throughout: times and numbers of attempts are this bench's choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard, MacLayer, Node
from rigs.virtual.radio_device.attachment import Association, Return
from rigs.virtual.radio_device.polling import Polling
from rigs.virtual.radio_device.scan import Found, Scan
from rigs.virtual.radio_device.tunnelling import DeviceTunnel
from rigs.virtual.stack.keys import Keys
from rigs.virtual.stack.layers import Layers, Received, ReceivedCommand
from rigs.virtual.stack.messages import Messages
from rigs.zigbee import aps_commands, mac_commands, nwk, zcl
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.implicit_certificates import CbkeIdentity
from rigs.zigbee.key_exchange import Fault, Initiator
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.nwk_commands import LEAVE_REQUEST, Leave
from rigs.zigbee.octets import eui_octets
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy import frames
from rigs.zigbee.smart_energy.clusters import DEVICE_PROFILE, PROFILE, WITHOUT_LINK_KEY, Cluster
from rigs.zigbee.zcl import ZclFrame

DEVICE_ANNOUNCE = 0x0013
PREFERRED_CHANNELS = tuple(Channel(number=number) for number in (11, 14, 15, 19, 20, 24, 25))
ZIGBEE_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TIME_ATTRIBUTE, TIME_STATUS = 0x0000, 0x0001
KEEP_ALIVE_BASE = 0x0000


class Phase(StrEnum):
    """How far it has come."""

    OFF = "off"
    IDLE = "without a network and without a key to join one"
    SEEKING = "seeking"
    ASSOCIATING = "associating"
    WAITING_FOR_KEY = "waiting for the network key"
    AGREEING = "agreeing on a link key"
    JOINED = "joined"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioSettings:
    """`keep_alive`: how often a device that listens always makes sure that the hub is there."""

    sleeps: bool = False
    channels: tuple[Channel, ...] = PREFERRED_CHANNELS
    endpoint: int = 1
    key_wait: timedelta = timedelta(seconds=5)
    agreement_wait: timedelta = timedelta(seconds=60)
    first_pause: timedelta = timedelta(seconds=10)
    longest_pause: timedelta = timedelta(minutes=30)
    failures_until_lost: int = 2
    keep_alive: timedelta | None = timedelta(minutes=10)
    linger: timedelta = timedelta(seconds=3)


@dataclass(slots=True)
class JoinCounts:
    """What it tried, and where it failed."""

    scans: int = 0
    associations: int = 0
    denials: int = 0
    missing_keys: int = 0
    agreements: int = 0
    losses: int = 0
    returns: int = 0
    faults: list[Fault] = field(default_factory=list)


class RadioDevice:
    """Callbacks: `on_joined` (a link key has been agreed), `on_lost`, `on_returned`, `on_left`, and
    `on_data` for what comes through the tunnel. Hooks: `chooses` a network out of those found,
    `answers` a cluster (command in, answer out) besides those that are served here.
    """

    def __init__(
        self,
        clock: Clock,
        node: Node,
        eui: Eui64,
        identity: CbkeIdentity,
        settings: RadioSettings | None = None,
    ) -> None:
        self._clock = clock
        self.node = node
        self.settings = settings or RadioSettings()
        self.identity = identity
        self.keys = Keys()
        self.link = MacLayer(clock, node, eui)
        self.layers = Layers(clock, self.link, self.keys)
        self.messages = Messages(clock, self.layers)
        self.polling = Polling(clock, self.link, sleeps=self.settings.sleeps)
        self.tunnel = DeviceTunnel(clock, self._say_in_tunnel, asks=self.settings.sleeps)
        self.phase = Phase.IDLE
        self.counts = JoinCounts()
        self.hub: Eui64 | None = None
        self.network: Eui64 | None = None
        self._first_keys: tuple[bytes, ...] = ()
        self._former_key: bytes | None = None
        self._step: Scan | Association | Return | None = None
        self._exchange: Initiator | None = None
        self._sequence = 0
        self._failures = 0
        self._pause = self.settings.first_pause
        self._alarm = Alarm(clock, self._rung)
        self._on_alarm: Callable[[], None] = lambda: None
        self._keep_alive = Alarm(clock, self._still_there)
        self._hub_offset: timedelta | None = None
        self.on_joined: list[Callable[[bytes], None]] = []
        self.on_lost: list[Callable[[], None]] = []
        self.on_returned: list[Callable[[], None]] = []
        self.on_left: list[Callable[[], None]] = []
        self.on_data = self.tunnel.on_data
        self.chooses: Callable[[Found], bool] = lambda found: found.beacon.permits_association
        self.answers: Callable[[int, ZclFrame], ZclFrame | None] = lambda _cluster, _frame: None
        self.link.on_frame = self._mac_frame
        self.layers.on_aps = self._aps
        self.layers.on_command = self._command
        self.layers.accepts_unprotected = lambda: self.phase is Phase.WAITING_FOR_KEY
        self.layers.keys_for = self._keys_for
        self.messages.on_message = self._message
        self.polling.on_outcome = self._count

    @property
    def eui(self) -> Eui64:
        return self.link.eui

    @property
    def is_joined(self) -> bool:
        return self.phase is Phase.JOINED

    @property
    def is_busy(self) -> bool:
        """Something is under way that would be lost if the receiver were switched off now."""
        is_sending = self.hub is not None and self.messages.waiting_for(self.hub) > 0
        return is_sending or self.polling.is_expecting or self._step is not None

    @property
    def is_tunnel_open(self) -> bool:
        return self.hub is not None and self.tunnel.is_open_to(self.hub)

    def hub_time(self) -> datetime | None:
        """As the hub last said, carried on by the clock; None before, and where it had none."""
        return None if self._hub_offset is None else self._clock.now() + self._hub_offset

    # What its owner does.

    def join(self, *first_keys: bytes, former: bytes | None = None) -> None:
        """Seek a network that lets it in with one of these keys: that of its install code, the
        hash of a key that it had; or with that `former` one itself, which it then keeps."""
        self._first_keys = first_keys if former is None else (former, *first_keys)
        self._former_key = former
        self._forget_network()
        self._pause = self.settings.first_pause
        self._seek()

    def power_off(self) -> None:
        """Silent at once; keys and counters are kept."""
        self._stop_step()
        self._quiet()
        self.phase = Phase.OFF

    def power_on(self) -> None:
        """Back to its network, or seeking one."""
        if self.phase is not Phase.OFF:
            return
        self.node.is_listening = not self.settings.sleeps
        if self.hub is not None and self.keys.network_key is not None:
            self.phase = Phase.LOST
            self._return()
        elif self._first_keys:
            self._seek()
        else:
            self.phase = Phase.IDLE

    def wake(self) -> None:
        """Its owner is awake: look whether the hub is there, and what time it has."""
        self._pause = self.settings.first_pause
        if self.phase is Phase.LOST and self._step is None:
            self._return()
        elif self.phase is Phase.JOINED:
            if self.tunnel.asks and not self.is_tunnel_open:
                self.tunnel.request()
            self.ask_time()

    def seek_again(self) -> None:
        """Joining may be open now: no use in waiting longer."""
        if self.phase is Phase.SEEKING and self._step is None:
            self._pause = self.settings.first_pause
            self._scan()

    def send(self, data: bytes, on_done: Callable[[bool], None] = lambda _: None) -> None:
        """Octets through the tunnel; `on_done` says whether the hub has acknowledged them."""
        if self.hub is None or not self.is_joined:
            on_done(False)
        else:
            self.tunnel.send(self.hub, data, on_done)

    def leave(self) -> None:
        """Out of the network, by its own will."""
        if self.phase is Phase.JOINED:
            self.layers.send_command(
                Leave(options=0), address=nwk.COORDINATOR, on_done=lambda _: self._left()
            )
        else:
            self._left()

    def ask_time(self) -> None:
        """Read the hub's time; it is there when the answer comes."""
        payload = zcl.read_attributes((TIME_ATTRIBUTE, TIME_STATUS))
        self._say(Cluster.TIME, self._general(zcl.READ_ATTRIBUTES, payload))

    # Finding a network.

    def _seek(self) -> None:
        self.phase = Phase.SEEKING
        self._scan()

    def _scan(self) -> None:
        self._alarm.cancel()
        self.counts.scans += 1
        self.phase = Phase.SEEKING
        self.node.is_listening = True
        self._step = Scan(self._clock, self.link, self.settings.channels, self._scanned)

    def _scanned(self, found: tuple[Found, ...]) -> None:
        self._step = None
        best = next((one for one in found if self.chooses(one)), None)
        if best is None:
            self._try_later(self._scan)
            return
        self.phase = Phase.ASSOCIATING
        self.counts.associations += 1
        self.network = best.beacon.extended_pan_id
        self._step = Association(
            self._clock, self.link, self.polling, best, self._capability, self._associated
        )

    @property
    def _capability(self) -> int:
        always = mac_commands.RECEIVES_WHEN_IDLE | mac_commands.IS_MAINS_POWERED
        return mac_commands.WANTS_ADDRESS | (0 if self.settings.sleeps else always)

    def _associated(self, success: bool) -> None:
        self._step = None
        if not success:
            self.counts.denials += 1
            self._seek_later()
            return
        self.phase = Phase.WAITING_FOR_KEY
        self._set_alarm(self.settings.key_wait, self._no_network_key)
        self.polling.expect(self.settings.key_wait)

    def _no_network_key(self) -> None:
        """It did not come, or could not be read."""
        self.counts.missing_keys += 1
        self._seek_later()

    def _seek_later(self) -> None:
        self._quiet()
        self.phase = Phase.SEEKING
        self._forget_network()
        self._try_later(self._scan)

    def _try_later(self, step: Callable[[], None]) -> None:
        self.polling.rest()
        self._set_alarm(self._pause, step)
        self._pause = min(2 * self._pause, self.settings.longest_pause)

    def _keys_for(self, peer: Eui64) -> tuple[bytes, ...]:
        """Before it has met the trust centre, the keys that it was given for it."""
        if self.phase is Phase.WAITING_FOR_KEY:
            return self._first_keys
        key = self.keys.link_key(peer)
        return () if key is None else (key,)

    def _network_key(
        self, command: aps_commands.TransportNetworkKey, sender: Eui64, first_key: bytes
    ) -> None:
        if command.destination != self.eui:
            return
        self._alarm.cancel()
        self.hub = sender
        self.layers.addresses[sender] = nwk.COORDINATOR
        self.keys.set_network_key(command.key, command.sequence)
        self.keys.set_link_key(sender, first_key)
        self._announce()
        if first_key == self._former_key:
            self._agreed(first_key)
        else:
            self._agree()

    def _announce(self) -> None:
        own = self.link.address
        assert own is not None
        payload = bytes((self._next_sequence(),)) + own.to_bytes(2, "little")
        frame = ApsFrame(
            counter=self.layers.next_counter(),
            cluster=DEVICE_ANNOUNCE,
            profile=DEVICE_PROFILE,
            payload=payload + eui_octets(self.eui) + bytes((self._capability,)),
        )
        self.layers.send_aps(frame, peer=None, address=nwk.BROADCAST_AWAKE)

    # Agreeing on a key.

    def _agree(self) -> None:
        assert self.hub is not None
        self.phase = Phase.AGREEING
        self.counts.agreements += 1
        self._exchange = Initiator(self.identity, self.hub, self._clock.now())
        self._set_alarm(self.settings.agreement_wait, self._no_agreement)
        self._say_exchange(self._exchange.start())

    def _say_exchange(self, command: object) -> None:
        self._say(
            Cluster.KEY_ESTABLISHMENT,
            frames.to_zcl(
                Cluster.KEY_ESTABLISHMENT,
                command,
                sequence=self._next_sequence(),
                is_to_client=False,
            ),
        )

    def _take_exchange(self, frame: ZclFrame) -> None:
        exchange = self._exchange
        if exchange is None or not frame.is_to_client:
            return
        answer = exchange.receive(frames.from_zcl(Cluster.KEY_ESTABLISHMENT, frame))
        if answer is not None:
            self._say_exchange(answer)
        if exchange.fault is not None:
            self.counts.faults.append(exchange.fault)
            self._no_agreement()
        elif exchange.link_key is not None:
            self._agreed(exchange.link_key)

    def _agreed(self, link_key: bytes) -> None:
        assert self.hub is not None
        self._alarm.cancel()
        self._exchange = None
        self.keys.set_link_key(self.hub, link_key)
        self.phase = Phase.JOINED
        self._pause = self.settings.first_pause
        self._failures = 0
        self.ask_time()
        self.tunnel.begin(self.hub)
        self._rearm_keep_alive()
        for callback in tuple(self.on_joined):
            callback(link_key)

    def _no_agreement(self) -> None:
        """A failed agreement leaves no link (GBCS digest 10.4): it starts from the beginning."""
        self._exchange = None
        self._seek_later()

    # Being lost, and coming back.

    def _count(self, success: bool) -> None:
        """Of polls and of messages: the hub was heard, or it was not."""
        if self.phase is not Phase.JOINED:
            return
        self._failures = 0 if success else self._failures + 1
        if self._failures >= self.settings.failures_until_lost:
            self._lose()
        elif self._failures:
            self._rearm_keep_alive()

    def _lose(self) -> None:
        self.phase = Phase.LOST
        self.counts.losses += 1
        self._failures = 0
        self._keep_alive.cancel()
        if self.hub is not None:
            self.messages.forget(self.hub)
        for callback in tuple(self.on_lost):
            callback()
        self._return()

    def _return(self) -> None:
        assert self.network is not None
        self._alarm.cancel()
        self.link.forget()
        self._step = Return(
            self._clock,
            self.layers,
            self.polling,
            self.network,
            self.settings.channels,
            self._capability,
            self._returned,
        )

    def _returned(self, success: bool) -> None:
        self._step = None
        if not success:
            self._try_later(self._return)
            return
        self.phase = Phase.JOINED
        self.counts.returns += 1
        self._pause = self.settings.first_pause
        if self.settings.sleeps:
            self.polling.expect(self.settings.linger)
        self._announce()
        self.ask_time()
        self._rearm_keep_alive()
        for callback in tuple(self.on_returned):
            callback()

    def _still_there(self) -> None:
        """A read of the keep-alive cluster, which the hub acknowledges if it hears."""
        payload = zcl.read_attributes((KEEP_ALIVE_BASE,))
        self._say(Cluster.KEEP_ALIVE, self._general(zcl.READ_ATTRIBUTES, payload))
        self._rearm_keep_alive()

    def _rearm_keep_alive(self) -> None:
        if self.settings.keep_alive is not None and not self.settings.sleeps:
            # After a failure it makes sure soon.
            wait = timedelta(seconds=30) if self._failures else self.settings.keep_alive
            self._keep_alive.set(self._clock.now() + wait)

    def _left(self) -> None:
        self._stop_step()
        self._quiet()
        self.phase = Phase.IDLE
        self._forget_network()
        for callback in tuple(self.on_left):
            callback()

    # Frames.

    def _mac_frame(self, frame: MacFrame, heard: Heard) -> None:
        if self._step is not None:
            self._step.take(frame, heard)
        if frame.pending:
            self.polling.hurry()
        if frame.kind is MacKind.DATA:
            self.polling.expect(self.settings.linger)
            self.layers.take(frame, heard)

    def _command(self, received: ReceivedCommand) -> None:
        if isinstance(self._step, Return):
            self._step.take_command(received)
        command = received.command
        if isinstance(command, Leave) and received.is_secured and command.options & LEAVE_REQUEST:
            self._left()

    def _aps(self, received: Received) -> None:
        if received.frame.kind is not ApsKind.COMMAND:
            self.messages.take(received)
            return
        if received.key_kind is not KeyKind.KEY_TRANSPORT or received.link_key is None:
            return
        try:
            command = aps_commands.parse(received.frame.payload)
        except RemoteRadioError:
            return
        if (
            isinstance(command, aps_commands.TransportNetworkKey)
            and self.phase is Phase.WAITING_FOR_KEY
        ):
            self._network_key(command, received.peer, received.link_key)

    def _message(self, received: Received) -> None:
        if received.frame.profile != PROFILE or received.peer != self.hub:
            return
        try:
            self._application(received, zcl.parse(received.frame.payload))
        except RemoteRadioError:
            return

    def _application(self, received: Received, frame: ZclFrame) -> None:
        cluster = received.frame.cluster
        if cluster == Cluster.KEY_ESTABLISHMENT and not frame.is_general:
            self._take_exchange(frame)
        elif cluster == Cluster.TUNNELING and not frame.is_general:
            self.tunnel.take(received.peer, frames.from_zcl(cluster, frame), received.at)
        elif cluster == Cluster.TIME and frame.command == zcl.READ_ATTRIBUTES_RESPONSE:
            self._take_time(frame)
        else:
            answer = self.answers(cluster, frame)
            if answer is not None:
                self._say(cluster, answer)
            elif frame.wants_default_response:
                self._say(cluster, zcl.default_response(frame, zcl.UNSUPPORTED_CLUSTER_COMMAND))

    def _take_time(self, frame: ZclFrame) -> None:
        values = {
            one.identifier: one.value
            for one in zcl.parse_read_response(frame.payload)
            if isinstance(one, zcl.Attribute)
        }
        seconds, status = values.get(TIME_ATTRIBUTE), values.get(TIME_STATUS)
        # Bit 0 of the status: the hub is the master, and stands for its time.
        if isinstance(seconds, int) and isinstance(status, int) and status & 1:
            hub_time = ZIGBEE_EPOCH + timedelta(seconds=seconds)
            self._hub_offset = hub_time - self._clock.now()
        else:
            self._hub_offset = None

    def _say_in_tunnel(
        self, command: object, is_to_client: bool, on_done: Callable[[bool], None]
    ) -> None:
        frame = frames.to_zcl(
            Cluster.TUNNELING,
            command,
            sequence=self._next_sequence(),
            is_to_client=is_to_client,
        )
        self._say(Cluster.TUNNELING, frame, on_done)

    def _say(
        self, cluster: int, frame: ZclFrame, on_done: Callable[[bool], None] = lambda _: None
    ) -> None:
        if self.hub is None or self.phase not in (Phase.JOINED, Phase.AGREEING):
            on_done(False)
            return
        self.polling.expect(self.settings.linger)

        def done(success: bool) -> None:
            self._count(success)
            on_done(success)

        self.messages.send(
            self.hub,
            ApsFrame(
                destination_endpoint=self.settings.endpoint,
                source_endpoint=self.settings.endpoint,
                cluster=cluster,
                profile=PROFILE,
                payload=zcl.build(frame),
                ack_request=True,
            ),
            is_encrypted=cluster not in WITHOUT_LINK_KEY,
            on_done=done,
        )

    def _general(self, command: int, payload: bytes) -> ZclFrame:
        return ZclFrame(
            command=command, sequence=self._next_sequence(), payload=payload, is_general=True
        )

    def _next_sequence(self) -> int:
        self._sequence = self._sequence + 1 & 0xFF
        return self._sequence

    # Stopping.

    def _forget_network(self) -> None:
        if self.hub is not None:
            self.keys.forget_link_key(self.hub)
        self.hub = self.network = None
        self.keys.network_key = None
        self.link.pan = self.link.address = None
        self._hub_offset = None

    def _quiet(self) -> None:
        """Nothing of what was under way goes on."""
        self._alarm.cancel()
        self._keep_alive.cancel()
        self._exchange = None
        self.link.forget()
        self.polling.forget()
        if self.hub is not None:
            self.messages.forget(self.hub)
        self.tunnel.drop()

    def _stop_step(self) -> None:
        if self._step is not None:
            self._step.stop()
            self._step = None

    def _set_alarm(self, delay: timedelta, callback: Callable[[], None]) -> None:
        self._on_alarm = callback
        self._alarm.cancel()
        self._alarm.set(self._clock.now() + delay)

    def _rung(self) -> None:
        self._on_alarm()
