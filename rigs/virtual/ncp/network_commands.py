"""Commands about the network: form, take up, leave, open, and who is on it."""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Ether, Node
from rigs.virtual.ncp.codes import (
    NO_NODE,
    EmberStatus,
    NetworkState,
    NodeType,
)
from rigs.virtual.ncp.handlers import answers
from rigs.virtual.ncp.stack import Stack
from rigs.virtual.ncp.wire import NO_EUI, ChildData, Parameters
from rigs.zigbee import nwk

CHANNELS = range(11, 27)
NO_PARAMETERS = Parameters(
    extended_pan=NO_EUI,
    pan=0xFFFF,
    power=0,
    channel=0,
    join_method=0,
    manager=0,
    update=0,
    channels=0,
)
_ENERGY_SCAN = 0

Callback = Callable[..., None]


class NetworkCommands:
    """`callback(name, *values)` tells the host something by itself, after the answer."""

    def __init__(self, stack: Stack, ether: Ether, node: Node, callback: Callback) -> None:
        self._stack = stack
        self._ether = ether
        self._node = node
        self._callback = callback

    @answers("networkState")
    def state(self) -> tuple[int]:
        return (NetworkState.JOINED if self._stack.is_up else NetworkState.NO_NETWORK,)

    @answers("networkInit")
    def resume(self, **_options: int) -> tuple[int]:
        return (EmberStatus.SUCCESS if self._stack.resume() else EmberStatus.NOT_JOINED,)

    @answers("formNetwork")
    def form(self, parameters: Parameters) -> tuple[int]:
        if self._stack.is_up:
            return (EmberStatus.INVALID_CALL,)
        if self._stack.keys.network_key is None:
            return (EmberStatus.SECURITY_STATE_NOT_SET,)
        if parameters.channel not in CHANNELS:
            return (EmberStatus.BAD_ARGUMENT,)
        self._stack.form(parameters)
        return (EmberStatus.SUCCESS,)

    @answers("leaveNetwork")
    def leave(self) -> tuple[int]:
        if not self._stack.is_up:
            return (EmberStatus.INVALID_CALL,)
        self._stack.leave()
        return (EmberStatus.SUCCESS,)

    @answers("permitJoining")
    def permit(self, seconds: int) -> tuple[int]:
        if not self._stack.is_up:
            return (EmberStatus.NOT_JOINED,)
        self._stack.permit(seconds)
        return (EmberStatus.SUCCESS,)

    @answers("getNetworkParameters")
    def parameters(self) -> tuple[int, int, Parameters]:
        network = self._stack.network
        if network is None or not self._stack.is_up:
            return EmberStatus.NOT_JOINED, 0, NO_PARAMETERS
        return EmberStatus.SUCCESS, NodeType.COORDINATOR, network

    @answers("getParentChildParameters")
    def children(self) -> tuple[int, Eui64, int]:
        return len(self._stack.children), NO_EUI, NO_NODE

    @answers("getEui64")
    def eui(self) -> tuple[Eui64]:
        return (self._stack.eui,)

    @answers("getNodeId")
    def address(self) -> tuple[int]:
        return (nwk.COORDINATOR if self._stack.is_up else NO_NODE,)

    @answers("setConcentrator")
    def concentrator(self, **_given: int) -> tuple[int]:
        return (EmberStatus.SUCCESS,)  # nothing is more than one hop away

    @answers("setSourceRouteDiscoveryMode")
    def source_routes(self, **_mode: int) -> tuple[int]:
        return (0,)

    @answers("setRadioPower")
    def power(self, power: int) -> tuple[int]:
        self._node.power_dbm = float(power)
        return (EmberStatus.SUCCESS,)

    @answers("getChildData")
    def child(self, index: int) -> tuple[int, ChildData]:
        children = list(self._stack.children)
        if index >= len(children):
            empty = ChildData(
                eui=NO_EUI, kind=0, address=NO_NODE, phy=0, power=0, timeout=0, timeout_left=0
            )
            return EmberStatus.NOT_JOINED, empty
        child = children[index]
        kind = NodeType.SLEEPY_END_DEVICE if child.sleeps else NodeType.END_DEVICE
        data = ChildData(
            eui=child.eui,
            kind=NodeType.ROUTER if child.is_router else kind,
            address=child.address,
            phy=0,
            power=0,
            timeout=child.timeout_step,
            timeout_left=0,
        )
        return EmberStatus.SUCCESS, data

    @answers("lookupNodeIdByEui64")
    def address_of(self, eui: Eui64) -> tuple[int]:
        child = self._stack.children.find(eui)
        return (NO_NODE if child is None else child.address,)

    @answers("lookupEui64ByNodeId")
    def eui_of(self, address: int) -> tuple[int, Eui64]:
        child = self._stack.children.at(address)
        if child is None:
            return EmberStatus.ERR_FATAL, NO_EUI
        return EmberStatus.SUCCESS, child.eui

    @answers("removeDevice")
    def remove(self, target: Eui64, **_parent: object) -> tuple[int]:
        if not self._stack.is_up:
            return (EmberStatus.NOT_JOINED,)
        found = self._stack.centre.trust_centre.dismiss(target)
        return (EmberStatus.SUCCESS if found else EmberStatus.INVALID_CALL,)

    @answers("startScan")
    def scan(self, kind: int, channels: int, **_duration: int) -> tuple[int]:
        """Of energies only: a stick that looks for other networks has nothing to find here."""
        for number in (one for one in CHANNELS if channels >> one & 1):
            if kind == _ENERGY_SCAN:
                level = self._ether.energy(self._node, Channel(number=number))
                self._callback("energyScanResultHandler", number, round(level))
        self._callback("scanCompleteHandler", 0, EmberStatus.SUCCESS)
        return (EmberStatus.SUCCESS,)

    @answers("stopScan")
    def stop_scan(self) -> tuple[int]:
        return (EmberStatus.SUCCESS,)
