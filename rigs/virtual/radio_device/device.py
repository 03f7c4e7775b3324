"""A device's radio from the first scan to a working tunnel: a state machine on the bench's clock.

It seeks a network that permits joining, gets an address, reads the network key with the link key of
its install code, agrees on a link key of its own (CBKE), and then carries messages through the
tunnel. What it loses on the way it tries again, later and later. One that sleeps polls while it
expects something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Heard, MacLayer, Node
from rigs.virtual.radio_device.agreement import Agreement
from rigs.virtual.radio_device.polling import Polling
from rigs.virtual.radio_device.presence import Presence
from rigs.virtual.radio_device.seeking import Admission, Seeking
from rigs.virtual.radio_device.settings import JoinCounts, Phase, RadioSettings
from rigs.virtual.radio_device.tunnelling import DeviceTunnel
from rigs.virtual.stack.keys import Keys, LinkKey
from rigs.virtual.stack.layers import Layers, Received, ReceivedCommand
from rigs.virtual.stack.messages import Messages
from rigs.zigbee import nwk, zcl
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.implicit_certificates import CbkeIdentity
from rigs.zigbee.key_exchange import Command, Fault
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.nwk_commands import LEAVE_REQUEST, Leave
from rigs.zigbee.octets import eui_octets
from rigs.zigbee.smart_energy import frames
from rigs.zigbee.smart_energy.clusters import (
    DEVICE_ANNOUNCE,
    DEVICE_PROFILE,
    PROFILE,
    WITHOUT_LINK_KEY,
    Cluster,
)
from rigs.zigbee.zcl import ZclFrame

ZIGBEE_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TIME_ATTRIBUTE, TIME_STATUS = 0x0000, 0x0001
KEEP_ALIVE_BASE = 0x0000
_IS_MASTER = 0x01

OnDone = Callable[[bool], None]


class RadioDevice:
    """Callbacks: `on_joined` (a link key has been agreed), `on_lost`, `on_returned`, `on_left`, and
    `on_data` for what comes through the tunnel. Hooks: `agrees` whether it begins the key
    establishment; `answers` a cluster (command in, answer out) besides those that are served here;
    `seeking.chooses` a network.
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
        self.settings = settings = settings or RadioSettings()
        self.identity = identity
        self.keys = Keys()
        self.counts = JoinCounts()
        self.link = MacLayer(clock, node, eui)
        self.layers = Layers(clock, self.link, self.keys)
        self.messages = Messages(clock, self.layers)
        self.polling = Polling(clock, self.link, sleeps=settings.sleeps)
        self.seeking = Seeking(
            clock, self.layers, self.polling, settings, self.counts, self._admitted
        )
        self.agreement = Agreement(
            clock, settings.agreement_wait, self._say_exchange, self._agreed, self._not_agreed
        )
        self.presence = Presence(
            clock,
            self.layers,
            self.polling,
            settings,
            self.counts,
            on_lost=self._lost,
            on_returned=self._returned,
            say_something=self._keep_alive,
        )
        self.tunnel = DeviceTunnel(clock, self._say_in_tunnel, asks=settings.sleeps)
        self.hub: Eui64 | None = None
        self._is_on = True
        self._former_key: bytes | None = None
        self._network: Eui64 | None = None
        self._found_network: Eui64 | None = None
        self._sequence = 0
        self._hub_offset: timedelta | None = None
        self.on_joined: list[Callable[[bytes], None]] = []
        self.on_lost: list[Callable[[], None]] = []
        self.on_returned: list[Callable[[], None]] = []
        self.on_left: list[Callable[[], None]] = []
        self.on_data = self.tunnel.on_data
        self.agrees: Callable[[], bool] = lambda: True
        self.answers: Callable[[int, ZclFrame], ZclFrame | None] = lambda _cluster, _frame: None
        self.link.on_frame = self._mac_frame
        self.layers.on_aps = self._aps
        self.layers.on_command = self._command
        self.layers.accepts_unprotected = lambda: self.phase is Phase.WAITING_FOR_KEY
        self.layers.address_of = lambda peer: nwk.COORDINATOR if peer == self.hub else None
        self.layers.links_of = self._links_of
        self.messages.on_message = self._message
        self.polling.on_outcome = self.presence.count
        self.polling.is_owed = self._is_owed

    @property
    def eui(self) -> Eui64:
        return self.link.eui

    @property
    def phase(self) -> Phase:
        if not self._is_on:
            return Phase.OFF
        if self.seeking.phase is not None:
            return self.seeking.phase
        if self.presence.is_lost:
            return Phase.LOST
        if self.hub is None:
            return Phase.IDLE
        return Phase.JOINED if self._network is not None else Phase.AGREEING

    @property
    def is_joined(self) -> bool:
        return self.phase is Phase.JOINED

    @property
    def is_busy(self) -> bool:
        """Something is under way that would be lost if the receiver were switched off now."""
        is_moving = self.seeking.is_busy or self.presence.is_busy
        return self._is_owed() or is_moving or self.polling.is_expecting

    def _is_owed(self) -> bool:
        return self.hub is not None and self.messages.waiting_for(self.hub) > 0

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
        self._quiet()
        self._forget_network()
        self._former_key = former
        self.seeking.first_keys = first_keys if former is None else (former, *first_keys)
        if self._is_on:
            self.seeking.begin()

    def power_off(self) -> None:
        """Silent at once; keys and counters are kept."""
        self._quiet()
        self._is_on = False

    def power_on(self) -> None:
        """Back to its network, or seeking one."""
        if self._is_on:
            return
        self._is_on = True
        self.node.is_listening = not self.settings.sleeps
        if self._network is not None:
            self.presence.seek_home()
        elif self.seeking.first_keys:
            self._forget_network()
            self.seeking.begin()

    def wake(self) -> None:
        """Its owner is awake: look whether the hub is there, and what time it has."""
        self.presence.hurry()
        if self.is_joined:
            if self.tunnel.asks and not self.is_tunnel_open:
                self.tunnel.request()
            self.ask_time()

    def seek_again(self) -> None:
        """Joining may be open now: no use in waiting longer."""
        self.seeking.hurry()

    def send(self, data: bytes, on_done: OnDone = lambda _: None) -> None:
        """Octets through the tunnel; `on_done` says whether the hub has acknowledged them."""
        if self.hub is None or not self.is_joined:
            on_done(False)
        else:
            self.tunnel.send(self.hub, data, on_done)

    def leave(self) -> None:
        """Out of the network, by its own will."""
        if self.is_joined:
            self.layers.send_command(
                Leave(options=0), address=nwk.COORDINATOR, on_done=lambda _: self._left()
            )
        else:
            self._left()

    def ask_time(self) -> None:
        """Read the hub's time; it is there when the answer comes."""
        self._read(Cluster.TIME, TIME_ATTRIBUTE, TIME_STATUS)

    # Joining, step by step.

    def _links_of(self, peer: Eui64) -> tuple[LinkKey, ...]:
        """Before it has met the trust centre, the keys that it was given for it."""
        if self.phase is Phase.WAITING_FOR_KEY:
            return tuple(LinkKey(peer, key) for key in self.seeking.first_keys)
        link = self.keys.link(peer)
        return () if link is None else (link,)

    def _admitted(self, admission: Admission) -> None:
        self.hub = hub = admission.hub
        self.keys.set_network_key(admission.network_key, admission.sequence)
        self.keys.set_link_key(hub, admission.first_key)
        self._found_network = admission.network
        self._announce()
        if admission.first_key == self._former_key:
            self._agreed(admission.first_key)
        elif self.agrees():
            self.counts.agreements += 1
            self.agreement.begin(self.identity, hub)

    def _agreed(self, link_key: bytes) -> None:
        assert self.hub is not None and self._found_network is not None
        self.keys.set_link_key(self.hub, link_key)
        self._network = self._found_network
        self.presence.begin(self._network)
        self.ask_time()
        self.tunnel.begin(self.hub)
        for callback in tuple(self.on_joined):
            callback(link_key)

    def _not_agreed(self, fault: Fault | None) -> None:
        """A failed agreement leaves no link (GBCS digest 10.4): it starts from the beginning."""
        if fault is not None:
            self.counts.faults.append(fault)
        self._quiet()
        self._forget_network()
        self.seeking.later()

    def _announce(self) -> None:
        own = self.link.address
        assert own is not None
        payload = bytes((self._next_sequence(),)) + own.to_bytes(2, "little")
        frame = ApsFrame(
            counter=self.layers.next_counter(),
            cluster=DEVICE_ANNOUNCE,
            profile=DEVICE_PROFILE,
            payload=payload + eui_octets(self.eui) + bytes((self.settings.capability,)),
        )
        self.layers.send_aps(frame, address=nwk.BROADCAST_AWAKE)

    # Being lost, coming back, leaving.

    def _lost(self) -> None:
        if self.hub is not None:
            self.messages.forget(self.hub)
        for callback in tuple(self.on_lost):
            callback()

    def _returned(self) -> None:
        self._announce()
        self.ask_time()
        for callback in tuple(self.on_returned):
            callback()

    def _keep_alive(self) -> None:
        """A read of the keep-alive cluster, which the hub acknowledges if it hears.

        Without power nothing is made that could not leave: it would use up frame counters.
        """
        if self.link.is_powered():
            self._read(Cluster.KEEP_ALIVE, KEEP_ALIVE_BASE)
        else:
            self.presence.count(False)

    def _left(self) -> None:
        self._quiet()
        self._forget_network()
        for callback in tuple(self.on_left):
            callback()

    def _quiet(self) -> None:
        """Nothing of what was under way goes on."""
        self.seeking.stop()
        self.agreement.stop()
        self.presence.stop()
        self.link.forget()
        self.polling.forget()
        if self.hub is not None:
            self.messages.forget(self.hub)
        self.tunnel.drop()

    def _forget_network(self) -> None:
        if self.hub is not None:
            self.keys.forget_link_key(self.hub)
        self.presence.forget()
        self.hub = self._network = None
        self.keys.network_key = None
        self.link.pan = self.link.address = None
        self._hub_offset = None

    # What comes.

    def _mac_frame(self, frame: MacFrame, heard: Heard) -> None:
        self.seeking.take(frame, heard)
        self.presence.take(frame, heard)
        if frame.pending:
            self.polling.hurry()
        if frame.kind is MacKind.DATA:
            self.polling.expect(self.settings.linger)
            self.layers.take(frame, heard)

    def _command(self, received: ReceivedCommand) -> None:
        self.presence.take_command(received)
        command = received.command
        if isinstance(command, Leave) and received.is_secured and command.options & LEAVE_REQUEST:
            self._left()

    def _aps(self, received: Received) -> None:
        if received.frame.kind is ApsKind.COMMAND:
            self.seeking.take_command(received)
        else:
            self.messages.take(received)

    def _message(self, received: Received) -> None:
        if received.frame.profile != PROFILE or received.peer != self.hub:
            return
        self.presence.heard()
        try:
            self._application(received, zcl.parse(received.frame.payload))
        except RemoteRadioError:
            return

    def _application(self, received: Received, frame: ZclFrame) -> None:
        cluster = received.frame.cluster
        if cluster == Cluster.KEY_ESTABLISHMENT and not frame.is_general:
            if frame.is_to_client:
                self.agreement.receive(frames.from_zcl(cluster, frame))
        elif cluster == Cluster.TUNNELING and not frame.is_general:
            self.tunnel.take(received.peer, frames.from_zcl(cluster, frame), received.at)
        elif cluster == Cluster.TIME and frame.command == zcl.READ_ATTRIBUTES_RESPONSE:
            self._take_time(frame)
        else:
            self._answer(cluster, frame)

    def _answer(self, cluster: int, frame: ZclFrame) -> None:
        answer = self.answers(cluster, frame)
        if answer is None and frame.wants_default_response:
            answer = zcl.default_response(frame, zcl.UNSUPPORTED_CLUSTER_COMMAND)
        if answer is not None:
            self._say(cluster, answer)

    def _take_time(self, frame: ZclFrame) -> None:
        values = {
            one.identifier: one.value
            for one in zcl.parse_read_response(frame.payload)
            if isinstance(one, zcl.Attribute)
        }
        seconds, status = values.get(TIME_ATTRIBUTE), values.get(TIME_STATUS)
        # Only a master stands for its time.
        if isinstance(seconds, int) and isinstance(status, int) and status & _IS_MASTER:
            hub_time = ZIGBEE_EPOCH + timedelta(seconds=seconds)
            self._hub_offset = hub_time - self._clock.now()
        else:
            self._hub_offset = None

    # What goes.

    def _read(self, cluster: int, *attributes: int) -> None:
        frame = ZclFrame(
            command=zcl.READ_ATTRIBUTES,
            sequence=self._next_sequence(),
            payload=zcl.read_attributes(attributes),
            is_general=True,
        )
        self._say(cluster, frame)

    def _say_exchange(self, command: Command) -> None:
        self._say_typed(Cluster.KEY_ESTABLISHMENT, command, to_client=False)

    def _say_in_tunnel(self, command: object, is_to_client: bool, on_done: OnDone) -> None:
        self._say_typed(Cluster.TUNNELING, command, to_client=is_to_client, on_done=on_done)

    def _say_typed(
        self,
        cluster: int,
        command: object,
        *,
        to_client: bool,
        on_done: OnDone = lambda _: None,
    ) -> None:
        frame = frames.to_zcl(
            cluster, command, sequence=self._next_sequence(), is_to_client=to_client
        )
        self._say(cluster, frame, on_done)

    def _say(self, cluster: int, frame: ZclFrame, on_done: OnDone = lambda _: None) -> None:
        if self.hub is None or self.phase not in (Phase.JOINED, Phase.AGREEING):
            on_done(False)
            return
        self.polling.expect(self.settings.linger)

        def done(success: bool) -> None:
            self.presence.count(success)
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

    def _next_sequence(self) -> int:
        self._sequence = self._sequence + 1 & 0xFF
        return self._sequence
