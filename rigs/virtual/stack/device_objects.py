"""What a coordinator answers by itself on endpoint 0: who it is, and what its endpoints have.

ZigBee device profile, six requests out of it: addresses, node, simple descriptor, active
endpoints, matching descriptors. Others go to the host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64
from rigs.virtual.stack.children import Children
from rigs.zigbee import nwk
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little

RESPONSE = 0x8000

SUCCESS, DEVICE_NOT_FOUND, INVALID_ENDPOINT = 0x00, 0x81, 0x82
NOT_ACTIVE = 0x83

_LARGEST_TRANSFER = 1280
_NODE_DESCRIPTOR = b"".join(
    (
        b"\x00",  # logical type: coordinator
        b"\x40",  # 2.4 GHz
        b"\x8f",  # may be coordinator, full function, mains, always hears, gives addresses
        b"\x00\x00",  # manufacturer
        b"\x52",  # largest buffer: 82
        little(_LARGEST_TRANSFER, 2, "incoming"),
        little(0x2C41, 2, "server"),  # primary trust centre, stack revision 22
        little(_LARGEST_TRANSFER, 2, "outgoing"),
        b"\x00",
    )
)
"""13 octets (ZigBee PRO 2.3.2.3); the sizes are inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """As the host registered it."""

    number: int
    profile: int
    device: int
    version: int
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    def descriptor(self) -> bytes:
        return b"".join(
            (
                little(self.number, 1, "endpoint"),
                little(self.profile, 2, "profile"),
                little(self.device, 2, "device"),
                little(self.version, 1, "version"),
                _clusters(self.inputs),
                _clusters(self.outputs),
            )
        )


class DeviceObjects:
    """Requests in, responses out; both as payloads that begin with a transaction number."""

    def __init__(self, eui: Eui64, endpoints: Mapping[int, Endpoint], children: Children) -> None:
        self._eui = eui
        self._endpoints = endpoints
        self._children = children
        self._answers: dict[int, Callable[[Octets], bytes | None]] = {
            0x0000: self._network_address,
            0x0001: self._ieee_address,
            0x0002: self._node_descriptor,
            0x0004: self._simple_descriptor,
            0x0005: self._active_endpoints,
            0x0006: self._match_descriptor,
        }

    def answer(self, cluster: int, payload: bytes) -> bytes | None:
        """The payload of the response, None where it has none to give."""
        answer = self._answers.get(cluster)
        if answer is None:
            return None
        reader = Octets(payload)
        try:
            transaction = reader.u8("transaction")
            body = answer(reader)
        except RemoteRadioError:
            return None
        return None if body is None else bytes((transaction,)) + body

    def _network_address(self, reader: Octets) -> bytes:
        eui = reader.eui64("EUI-64")
        child = self._children.find(eui)
        if eui != self._eui and child is None:
            return bytes((DEVICE_NOT_FOUND,)) + eui_octets(eui) + b"\xff\xff"
        address = nwk.COORDINATOR if child is None else child.address
        return bytes((SUCCESS,)) + eui_octets(eui) + little(address, 2, "address")

    def _ieee_address(self, reader: Octets) -> bytes:
        address = reader.u16("address")
        child = self._children.at(address)
        if address != nwk.COORDINATOR and child is None:
            return bytes((DEVICE_NOT_FOUND,)) + bytes(8) + little(address, 2, "address")
        eui = self._eui if child is None else child.eui
        return bytes((SUCCESS,)) + eui_octets(eui) + little(address, 2, "address")

    def _node_descriptor(self, reader: Octets) -> bytes | None:
        if reader.u16("address of interest") != nwk.COORDINATOR:
            return None
        return bytes((SUCCESS, 0, 0)) + _NODE_DESCRIPTOR

    def _simple_descriptor(self, reader: Octets) -> bytes | None:
        if reader.u16("address of interest") != nwk.COORDINATOR:
            return None
        number = reader.u8("endpoint")
        endpoint = self._endpoints.get(number)
        if endpoint is None:
            status = NOT_ACTIVE if 0 < number <= 240 else INVALID_ENDPOINT
            return bytes((status, 0, 0, 0))
        descriptor = endpoint.descriptor()
        return bytes((SUCCESS, 0, 0, len(descriptor))) + descriptor

    def _active_endpoints(self, reader: Octets) -> bytes | None:
        if reader.u16("address of interest") != nwk.COORDINATOR:
            return None
        return bytes((SUCCESS, 0, 0, len(self._endpoints), *sorted(self._endpoints)))

    def _match_descriptor(self, reader: Octets) -> bytes | None:
        address = reader.u16("address of interest")
        if address != nwk.COORDINATOR and address < nwk.LOWEST_BROADCAST:
            return None
        profile = reader.u16("profile")
        inputs = {reader.u16("cluster") for _ in range(reader.u8("input clusters"))}
        outputs = {reader.u16("cluster") for _ in range(reader.u8("output clusters"))}
        found = [
            number
            for number, endpoint in sorted(self._endpoints.items())
            if endpoint.profile == profile
            and (inputs & set(endpoint.inputs) or outputs & set(endpoint.outputs))
        ]
        if not found and address != nwk.COORDINATOR:
            return None  # nobody answers a broadcast that does not concern them
        return bytes((SUCCESS, 0, 0, len(found), *found))


def _clusters(clusters: tuple[int, ...]) -> bytes:
    listed = b"".join(little(cluster, 2, "cluster") for cluster in clusters)
    return bytes((len(clusters),)) + listed
