"""A radio stick as an asyncio coordinator: EmberZNet 7.4 (EZSP 13) through bellows.

Everything here belongs to the loop thread. bellows is taken as far as EZSP and no further: zigpy's
application drops Smart Energy frames, asks every device for things it need not say, and forms
networks for home automation (rigs digest 1, findings 2 and 9). Waiting for a device is waiting on
the bench's clock; waiting for the stick is wall time, and the stick that does not answer is lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import bellows.ash
import bellows.exception
import bellows.types as ezsp_types

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities.measurement import Identity
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.drivers.coordinator import settings
from rigs.drivers.coordinator.blocks import (
    ENCRYPTION,
    FRAGMENT,
    WHOLE_WINDOW,
    Block,
    Joiner,
    blocks_of,
    windows,
)
from rigs.drivers.coordinator.ezsp_link import BenchEzsp
from rigs.drivers.coordinator.hold import Hold

COMMAND_PATIENCE_S = 4.0
"""Wall time for one command; the link itself repeats frames within it."""

CONNECTION_PATIENCE_S = 9.0
"""Wall time for opening the port and starting the stick: three resets of 2.5 s each."""

DELIVERY_PATIENCE = timedelta(seconds=120)
"""Time of the bench until the stick must have said what became of a message: four attempts at a
device that sleeps take 38 s each way."""

BLOCK_ROUNDS = 3
"""How often a window is sent of which the stick could not deliver a block."""

_FREE_PLACE = Eui64(bytes(8))
_NO_INDEX, _NO_NODE = 0xFF, 0xFFFF
_DEVICE_ANNOUNCE = (0x0000, 0x0013)
_RECEIVES_WHEN_IDLE = 0x08
_DEVICE_LEFT, _DENIED = 2, 2
_LONGEST_OPENING_S = 254
_OPEN_FOR_GOOD = 255
_NO_LINK_KEY = 0xAE

_LINK_ERRORS: Final = (
    TimeoutError,
    OSError,
    RuntimeError,
    bellows.ash.AshException,
    bellows.exception.EzspError,
    bellows.exception.ControllerError,
)


@dataclass(slots=True)
class _Permit:
    """A device that may join: with which key, and until when the network is open for it."""

    link_key: bytes
    until: datetime


class EmberStick:
    """One stick at a path (`/dev/...` or `socket://host:port`).

    Callbacks run where frames are taken from the wire: start a task, don't wait.
    """

    def __init__(
        self,
        path: str,
        clock: Clock,
        *,
        endpoint: settings.Endpoint = settings.ENERGY_SERVICES_INTERFACE,
        command_patience_s: float = COMMAND_PATIENCE_S,
        connection_patience_s: float = CONNECTION_PATIENCE_S,
        window: int = 1,
    ) -> None:
        self.path = path
        self._clock = clock
        self._endpoint = endpoint
        self._command_patience_s = command_patience_s
        self._connection_patience_s = connection_patience_s
        self._window = window
        self.on_message: list[Callable[[ApsMessage], None]] = []
        self.on_joined: list[Callable[[Eui64], None]] = []
        self.on_left: list[Callable[[Eui64], None]] = []
        self.on_lost: list[Callable[[BenchLost], None]] = []
        self.eui = _FREE_PLACE
        self._ezsp: BenchEzsp | None = None
        self._lost: BenchLost | None = None
        self._lost_signal: asyncio.Event | None = None
        self._network: NetworkParameters | None = None
        self._largest_payload = 0
        self._addresses: dict[Eui64, int] = {}
        self._link_keys: dict[Eui64, bytes] = {}
        self._permits: dict[Eui64, _Permit] = {}
        self._closing: Timer | None = None
        self._sent: dict[int, asyncio.Future[int]] = {}
        self._tag = 0
        self._turns: dict[Eui64, asyncio.Lock] = {}
        self._joiner = Joiner()
        self._tasks: set[asyncio.Task[None]] = set()

    # The link.

    async def connect(self) -> None:
        """Open the port and start the stick; nothing where that has been done. BenchLost."""
        if self._ezsp is not None:
            self._check()
            return
        self._lost = None
        self._lost_signal = asyncio.Event()
        with self._clock.exchange():
            self._ezsp = BenchEzsp(self.path, self._clock, self, self._incoming)
            self._ezsp.add_callback(self._callback)
            try:
                async with asyncio.timeout(self._connection_patience_s):
                    await self._ezsp.connect(use_thread=False)
            except _LINK_ERRORS as error:
                lost = self._lose(f"no stick answers at {self.path}", error)
                await self.close()
                raise lost from error
            if self._ezsp.ezsp_version != settings.EZSP_VERSION:
                seen = self._ezsp.ezsp_version
                await self.close()
                raise BenchFault(
                    f"stick at {self.path}: expected EZSP {settings.EZSP_VERSION}, seen {seen}"
                )
            (eui,) = await self._ask("getEui64")
            self.eui = Eui64(bytes(eui.serialize())[::-1])

    async def close(self) -> None:
        """Let go of the port. The stick stays as it is: see `silence`."""
        self._stop_closing()
        ezsp, self._ezsp = self._ezsp, None
        if self._lost is None:
            self._lost = BenchLost(f"stick at {self.path}: closed")
        self._fail_pending(self._lost)
        if ezsp is not None:
            with self._clock.exchange():
                try:
                    async with asyncio.timeout(self._command_patience_s):
                        await ezsp.disconnect()
                except _LINK_ERRORS:
                    return  # it was gone already

    async def identify(self) -> Identity:
        await self.connect()
        assert self._ezsp is not None
        with self._clock.exchange():
            maker, model, version = await self._bounded(
                self._ezsp.get_board_info(), "board information"
            )
        return Identity(
            maker=maker or "", model=model or "", serial=str(self.eui), firmware=version or ""
        )

    def connection_lost(self, reason: BaseException | None) -> None:
        """bellows' word that the port closed, or that the stick failed or reset itself."""
        if self._ezsp is not None:
            self._lose("the link failed", reason)

    # The network.

    async def form(self, parameters: NetworkParameters) -> None:
        """A network of its own keys: no global link key, none hashed, nobody welcome yet."""
        await self._restart()
        with self._clock.exchange():
            await self._ask("tokenFactoryReset", excludeOutgoingFC=True, excludeBootCounter=True)
            await self._ask("clearKeyTable")
            await self._start_over()
            state = settings.security_state(parameters, self.eui)
            await self._demand("setInitialSecurityState", state=state)
            assert self._ezsp is not None
            await self._bounded(
                self._ezsp.formNetwork(settings.network_parameters(parameters)), "formNetwork"
            )
            await self._network_is_up(parameters)
            self._addresses.clear()
            self._link_keys.clear()
            self._permits.clear()

    async def silence(self) -> None:
        """Radio off; the network is kept in the stick (see `resume`)."""
        await self.connect()
        with self._clock.exchange():
            await self._start_over()
        self._stop_closing()

    async def resume(self) -> None:
        """Radio on, in the network that was formed last."""
        network = self._network
        if network is None:
            raise BenchFault(f"stick at {self.path}: there is no network to take up")
        await self._restart()
        with self._clock.exchange():
            assert self._ezsp is not None
            up = ezsp_types.sl_Status.NETWORK_UP
            with self._ezsp.wait_for_stack_status(up) as is_up:
                status = await self._bounded(self._ezsp.initialize_network(), "networkInit")
                self._require("networkInit", status)
                await self._bounded(is_up, "network up")
            await self._network_is_up(network)
            await self._read_children()
            for device, permit in self._permits.items():
                await self._import_transient(device, permit.link_key)

    async def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        """Let this device join with this link key; the longest window that is open counts."""
        until = self._clock.now() + window
        with self._clock.exchange():
            await self._import_transient(device, link_key)
            self._permits[device] = _Permit(link_key, until)
            self._link_keys[device] = link_key
            await self._set_policy(settings.JOINS_WITH_INSTALL_CODE)
            await self._open()

    async def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        """From the next message on."""
        with self._clock.exchange():
            index = await self._place_of(device)
            if index == _NO_INDEX:
                index = await self._place_of(_FREE_PLACE)
            if index == _NO_INDEX:
                raise BenchFault(f"stick at {self.path}: its table of link keys is full")
            await self._demand(
                "importLinkKey", index=index, address=_eui(device), key=_key(link_key)
            )
        self._link_keys[device] = link_key

    async def dismiss(self, device: Eui64) -> None:
        """Tell it to leave, and forget its keys; others keep theirs."""
        with self._clock.exchange():
            address = await self._address_of(device)
            if address is not None:
                eui = _eui(device)
                await self._ask("removeDevice", destShort=address, destLong=eui, targetLong=eui)
            index = await self._place_of(device)
            if index != _NO_INDEX:
                await self._demand("eraseKeyTableEntry", index=index)
            if self._permits.pop(device, None) is not None:
                await self._ask("clearTransientLinkKeys")
                for other, permit in self._permits.items():
                    await self._import_transient(other, permit.link_key)
        self._addresses.pop(device, None)
        self._link_keys.pop(device, None)

    def network(self) -> NetworkParameters:
        if self._network is None:
            raise BenchFault(f"stick at {self.path}: no network has been formed")
        return self._network

    def link_keys(self) -> dict[Eui64, bytes]:
        """By device: what was agreed on, or the key that it may join with."""
        return dict(self._link_keys)

    # Messages.

    async def send(self, message: ApsMessage, hold: Hold | None = None) -> Delivery:
        """One message, in blocks where it is longer than a frame; one at a time to a device.

        `hold` is a hold on the clock that the caller has taken and drops in the end; without one
        the clock is held from here to there, but for the waiting.
        """
        if hold is not None:
            return await self._send(message, hold)
        hold = Hold(self._clock)
        hold.take()
        try:
            return await self._send(message, hold)
        finally:
            hold.drop()

    async def _send(self, message: ApsMessage, hold: Hold) -> Delivery:
        turn = self._turns.setdefault(message.peer, asyncio.Lock())
        with hold.let_go():
            await turn.acquire()
        try:
            self._check()
            address = await self._address_of(message.peer)
            if address is None:
                return Delivery.NOT_DELIVERED
            sequence = 0
            blocks = blocks_of(message, self._largest_payload)
            for window in windows(blocks, self._window):
                sequence, is_delivered = await self._send_window(
                    message, address, window, sequence, hold
                )
                if not is_delivered:
                    return Delivery.NOT_DELIVERED
        finally:
            turn.release()
        return Delivery.DELIVERED

    async def _send_window(
        self,
        message: ApsMessage,
        address: int,
        window: tuple[Block, ...],
        sequence: int,
        hold: Hold,
    ) -> tuple[int, bool]:
        """Send until all blocks of it are acknowledged; the APS counter that they have."""
        missing = window
        for _ in range(BLOCK_ROUNDS if window[0].options & FRAGMENT else 1):
            under_way: list[tuple[Block, asyncio.Future[int], Timer]] = []
            for block in missing:
                sequence, future, limit = await self._submit(message, address, block, sequence)
                under_way.append((block, future, limit))
            missing = ()
            for block, future, limit in under_way:
                try:
                    with hold.let_go():
                        status = await future
                finally:
                    limit.cancel()
                if status != settings.SUCCESS:
                    missing += (block,)
            if not missing:
                return sequence, True
        return sequence, False

    async def _submit(
        self, message: ApsMessage, address: int, block: Block, sequence: int
    ) -> tuple[int, asyncio.Future[int], Timer]:
        """Hand a block to the stick: its counter, and what becomes of it."""
        tag = self._next_tag()
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        header = ezsp_types.EmberApsFrame(
            profileId=message.profile,
            clusterId=message.cluster,
            sourceEndpoint=message.source_endpoint,
            destinationEndpoint=message.destination_endpoint,
            options=ezsp_types.EmberApsOption(block.options),
            groupId=block.group,
            sequence=sequence,
        )
        self._sent[tag] = future  # before the command: its outcome may come in the same breath
        try:
            status, given = await self._ask(
            "sendUnicast",
            type=ezsp_types.EmberOutgoingMessageType.OUTGOING_DIRECT,
            indexOrDestination=ezsp_types.EmberNodeId(address),
            apsFrame=header,
            messageTag=ezsp_types.uint8_t(tag),
            messageContents=block.payload,
        )
        if int(status) == _NO_LINK_KEY and message.peer not in self._link_keys:
            future.set_result(_NO_LINK_KEY)  # never let in, or sent away
        elif int(status) == _NO_LINK_KEY:
            raise BenchFault(f"stick at {self.path}: it has lost the link key of {message.peer}")
        elif int(status) != settings.SUCCESS:
            raise BenchFault(f"stick at {self.path}: sendUnicast: expected 0, seen {status!r}")
        limit = self._clock.call_later(DELIVERY_PATIENCE, lambda: self._overdue(tag))
        return int(given), future, limit

    def _overdue(self, tag: int) -> None:
        future = self._sent.pop(tag, None)
        if future is not None and not future.done():
            future.set_exception(self._lose("a message was sent, and no word came of it", None))

    def _next_tag(self) -> int:
        for _ in range(256):
            self._tag = self._tag + 1 & 0xFF
            if self._tag not in self._sent:
                return self._tag
        raise BenchFault(f"stick at {self.path}: 256 messages under way")

    # What the stick says by itself.

    def _callback(self, name: str, values: list[Any]) -> None:
        known: dict[str, Callable[..., None]] = {
            "messageSentHandler": self._message_sent,
            "trustCenterJoinHandler": self._joining,
        }
        handler = known.get(name)
        if handler is not None:
            handler(*values)

    def _message_sent(
        self,
        _kind: int,
        _destination: int,
        _header: object,
        tag: int,
        status: int,
        _contents: bytes,
    ) -> None:
        future = self._sent.pop(int(tag), None)
        if future is not None and not future.done():
            future.set_result(int(status))

    def _joining(self, address: int, eui: Any, update: int, decision: int, _parent: int) -> None:
        device = _device(eui)
        if int(update) == _DEVICE_LEFT:
            self._addresses.pop(device, None)
            for left in tuple(self.on_left):
                left(device)
        elif int(decision) != _DENIED:
            self._addresses[device] = int(address)

    def _incoming(self, fields: dict[str, Any]) -> None:
        header, sender = fields["apsFrame"], int(fields["sender"])
        payload = bytes(fields["messageContents"])
        if (int(header.profileId), int(header.clusterId)) == _DEVICE_ANNOUNCE:
            self._announced(payload)
            return
        peer = next((eui for eui, one in self._addresses.items() if one == sender), None)
        message = ApsMessage(
            peer=peer or _FREE_PLACE,
            profile=int(header.profileId),
            cluster=int(header.clusterId),
            source_endpoint=int(header.sourceEndpoint),
            destination_endpoint=int(header.destinationEndpoint),
            payload=payload,
            is_encrypted=bool(int(header.options) & ENCRYPTION),
            at=self._clock.now(),
        )
        if peer is None:
            self._start(self._take_from_stranger(message, sender, header))
        else:
            self._take(message, sender, header)

    async def _take_from_stranger(self, message: ApsMessage, sender: int, header: Any) -> None:
        """A device that joined before this session: ask the stick who it is."""
        status, eui = await self._ask("lookupEui64ByNodeId", nodeId=sender)
        if int(status) == settings.SUCCESS:
            peer = _device(eui)
            self._addresses[peer] = sender
            self._take(replace(message, peer=peer), sender, header)

    def _take(self, message: ApsMessage, sender: int, header: Any) -> None:
        if not int(header.options) & FRAGMENT:
            self._deliver(message)
            return
        group, sequence = int(header.groupId), int(header.sequence)
        self._start(self._acknowledge_block(sender, header))
        whole = self._joiner.join(message, group, sequence, self._clock.now())
        if whole is not None:
            self._deliver(whole)

    async def _acknowledge_block(self, sender: int, header: Any) -> None:
        """Also one that has come before: its acknowledgement was lost."""
        reply = ezsp_types.EmberApsFrame(
            profileId=header.profileId,
            clusterId=header.clusterId,
            sourceEndpoint=header.destinationEndpoint,
            destinationEndpoint=header.sourceEndpoint,
            options=header.options,
            groupId=WHOLE_WINDOW | int(header.groupId) & 0xFF,
            sequence=header.sequence,
        )
        await self._ask("sendReply", sender=sender, apsFrame=reply, messageContents=b"")

    def _deliver(self, message: ApsMessage) -> None:
        if message.profile == 0:
            return  # the stick itself answers what devices ask it about itself
        for callback in tuple(self.on_message):
            callback(message)

    def _announced(self, payload: bytes) -> None:
        """A device says who and where it is: it holds the network key."""
        if len(payload) < 12:
            return
        device = Eui64(payload[3:11][::-1])
        self._addresses[device] = int.from_bytes(payload[1:3], "little")
        if not payload[11] & _RECEIVES_WHEN_IDLE:
            self._start(self._expect_sleep(device))
        for joined in tuple(self.on_joined):
            joined(device)

    async def _expect_sleep(self, device: Eui64) -> None:
        await self._ask("setExtendedTimeout", remoteEui64=_eui(device), extendedTimeout=True)

    # Commands.

    async def _ask(self, name: str, **fields: Any) -> list[Any]:
        """One command; BenchLost where no answer comes, BenchFault where the stick refuses it."""
        self._check()
        assert self._ezsp is not None
        return list(await self._bounded(getattr(self._ezsp, name)(**fields), name))

    async def _demand(self, name: str, **fields: Any) -> None:
        """A command that answers with nothing but a status, which has to be success."""
        (status,) = await self._ask(name, **fields)
        self._require(name, status)

    def _require(self, name: str, status: Any) -> None:
        if int(status) != settings.SUCCESS:
            raise BenchFault(f"stick at {self.path}: {name}: expected 0, seen {status!r}")

    async def _bounded(self, work: Awaitable[Any], name: str) -> Any:
        """Until it is done, the link has failed, or the patience is over."""
        self._check()
        assert self._lost_signal is not None
        command = asyncio.ensure_future(work)
        lost = asyncio.ensure_future(self._lost_signal.wait())
        try:
            await asyncio.wait(
                {command, lost},
                timeout=self._command_patience_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if command.done():
                return command.result()
        except bellows.exception.InvalidCommandError as error:
            raise BenchFault(f"stick at {self.path} does not know {name}: {error}") from error
        except _LINK_ERRORS as error:
            raise self._lose(name, error) from error
        finally:
            for task in (command, lost):
                task.cancel()
        raise self._lose(f"{name}: no answer within {self._command_patience_s} s", None)

    def _check(self) -> None:
        if self._lost is not None:
            raise self._lost
        if self._ezsp is None:
            raise BenchLost(f"stick at {self.path}: not connected")

    def _lose(self, what: str, reason: BaseException | None) -> BenchLost:
        """Note the loss, once; everyone who waits is told."""
        if self._lost is not None:
            return self._lost
        because = "" if reason is None else f" ({reason!r})"
        self._lost = lost = BenchLost(f"stick at {self.path}: {what}{because}")
        if self._lost_signal is not None:
            self._lost_signal.set()
        self._fail_pending(lost)
        for callback in tuple(self.on_lost):
            callback(lost)
        return lost

    def _fail_pending(self, lost: BenchLost) -> None:
        pending, self._sent = self._sent, {}
        for future in pending.values():
            if not future.done():
                future.set_exception(lost)

    async def _restart(self) -> None:
        """Connected, the stick just reset, configured, with its endpoint, no network up."""
        if self._lost is not None:
            await self.close()
        await self.connect()
        with self._clock.exchange():
            await self._start_over()

    async def _start_over(self) -> None:
        assert self._ezsp is not None
        await self._bounded(self._reset(self._ezsp), "reset")
        await self._bounded(self._ezsp.write_config(settings.CONFIGURATION), "configuration")
        status, _ = await self._ask(
            "getConfigurationValue", configId=ezsp_types.EzspConfigId.CONFIG_KEY_TABLE_SIZE
        )
        self._require("getConfigurationValue", status)
        await self._demand("addEndpoint", **settings.endpoint_fields(self._endpoint))

    @staticmethod
    async def _reset(ezsp: BenchEzsp) -> None:
        await ezsp.reset()
        await ezsp.version()

    async def _network_is_up(self, parameters: NetworkParameters) -> None:
        for policy, decision in settings.POLICIES.items():
            await self._demand("setPolicy", policyId=policy, decisionId=decision)
        (largest,) = await self._ask("maximumPayloadLength")
        self._largest_payload = int(largest)
        self._network = parameters

    async def _read_children(self) -> None:
        assert self._ezsp is not None
        for index in range(settings.CHILDREN):
            status, child = await self._ask("getChildData", index=index)
            if int(status) == settings.SUCCESS:
                self._addresses[_device(child.eui64)] = int(child.id)

    async def _import_transient(self, device: Eui64, key: bytes) -> None:
        flags = ezsp_types.SecurityManagerContextFlags.NONE
        await self._demand(
            "importTransientKey", eui64=_eui(device), plaintext_key=_key(key), flags=flags
        )

    async def _place_of(self, device: Eui64) -> int:
        (index,) = await self._ask("findKeyTableEntry", address=_eui(device), linkKey=True)
        return int(index)

    async def _address_of(self, device: Eui64) -> int | None:
        known = self._addresses.get(device)
        if known is not None:
            return known
        (address,) = await self._ask("lookupNodeIdByEui64", eui64=_eui(device))
        if int(address) == _NO_NODE:
            return None
        self._addresses[device] = int(address)
        return int(address)

    async def _set_policy(self, decision: int) -> None:
        await self._demand(
            "setPolicy", policyId=ezsp_types.EzspPolicyId.TRUST_CENTER_POLICY, decisionId=decision
        )

    async def _open(self) -> None:
        """Open until the last window ends; a stick counts no further than 254 s."""
        until = max(permit.until for permit in self._permits.values())
        left = until - self._clock.now()
        seconds = -(-left // timedelta(seconds=1))
        duration = seconds if 0 < seconds <= _LONGEST_OPENING_S else _OPEN_FOR_GOOD
        await self._demand("permitJoining", duration=duration)
        self._stop_closing()
        self._closing = self._clock.call_later(left, lambda: self._start(self._close_network()))

    async def _close_network(self) -> None:
        self._closing = None
        await self._set_policy(settings.NO_JOINS)
        await self._demand("permitJoining", duration=0)

    def _stop_closing(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """What a callback causes: time stands still until the stick has taken it."""
        held = ExitStack()
        held.enter_context(self._clock.exchange())

        async def run() -> None:
            try:
                await work
            except BenchFault:
                pass  # whoever waits has been told, and the next call is
            finally:
                held.close()

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _eui(device: Eui64) -> Any:
    return ezsp_types.EUI64.deserialize(bytes(device)[::-1])[0]


def _device(eui: Any) -> Eui64:
    return Eui64(bytes(eui.serialize())[::-1])


def _key(key: bytes) -> Any:
    return ezsp_types.KeyData.deserialize(bytes(key))[0]
