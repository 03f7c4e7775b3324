"""MAC commands and beacons: how a device finds a network and gets an address on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.commands import U8, U16, CommandSet, Row
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.octets import Octets, eui_octets, little

IS_ROUTER, IS_MAINS_POWERED, RECEIVES_WHEN_IDLE, WANTS_ADDRESS = 0x02, 0x04, 0x08, 0x80
"""Bits of the capability information."""

NO_ADDRESS = 0xFFFF
ASSOCIATED, PAN_FULL, ACCESS_DENIED = 0, 1, 2
"""Statuses of an association response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationRequest:
    capability: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationResponse:
    """`address` is NO_ADDRESS where the status is not ASSOCIATED."""

    address: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disassociation:
    reason: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequest:
    """A sleepy device asks its parent for what is waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanIdConflict:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanNotification:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BeaconRequest:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorRealignment:
    pan: int
    coordinator: int
    channel: int
    address: int


MAC_COMMANDS = CommandSet(
    "MAC",
    {
        0x01: Row(AssociationRequest, (("capability", U8),)),
        0x02: Row(AssociationResponse, (("address", U16), ("status", U8))),
        0x03: Row(Disassociation, (("reason", U8),)),
        0x04: Row(DataRequest),
        0x05: Row(PanIdConflict),
        0x06: Row(OrphanNotification),
        0x07: Row(BeaconRequest),
        0x08: Row(
            CoordinatorRealignment,
            (("pan", U16), ("coordinator", U16), ("channel", U8), ("address", U16)),
        ),
    },
)


def command_in(frame: MacFrame) -> Any:
    """The command that a frame holds; None for other frames and for what cannot be read."""
    if frame.kind is not MacKind.COMMAND:
        return None
    try:
        return MAC_COMMANDS.parse(frame.payload)
    except RemoteRadioError:
        return None


_PERMITS, _IS_COORDINATOR = 0x8000, 0x4000
_NON_BEACON_SUPERFRAME = 0x0FFF
_PERMITS_ROUTERS, _PERMITS_END_DEVICES = 0x04, 0x80
_ZIGBEE_PRO = 0x22  # stack profile 2, protocol version 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Beacon:
    """The payload of a beacon frame of a network without beacon order, with ZigBee's own part."""

    extended_pan_id: Eui64
    permits_association: bool
    is_coordinator: bool = True
    depth: int = 0
    has_router_capacity: bool = True
    has_end_device_capacity: bool = True
    update: int = 0
    transmit_offset: int = field(default=0xFFFFFF)

    def to_octets(self) -> bytes:
        superframe = (
            _NON_BEACON_SUPERFRAME
            | _PERMITS * self.permits_association
            | _IS_COORDINATOR * self.is_coordinator
        )
        if not 0 <= self.depth <= 15:
            raise ValueError(f"depth: expected 0 to 15, given {self.depth}")
        capacity = (
            _PERMITS_ROUTERS * self.has_router_capacity
            | self.depth << 3
            | _PERMITS_END_DEVICES * self.has_end_device_capacity
        )
        return b"".join(
            (
                superframe.to_bytes(2, "little"),
                b"\x00\x00",  # no guaranteed time slots, no pending addresses
                b"\x00",  # protocol identifier of ZigBee
                bytes((_ZIGBEE_PRO, capacity)),
                eui_octets(self.extended_pan_id),
                little(self.transmit_offset, 3, "transmit offset"),
                little(self.update, 1, "update"),
            )
        )

    @classmethod
    def from_octets(cls, octets: bytes) -> Beacon:
        """Raises RemoteRadioError for a beacon that is none of a ZigBee PRO network."""
        reader = Octets(octets)
        superframe = reader.u16("superframe specification")
        slots_and_pending = reader.take(2, "slots and pending addresses")
        protocol = reader.u8("beacon protocol")
        stack = reader.u8("stack profile")
        capacity = reader.u8("capacity")
        if (
            superframe & ~(_PERMITS | _IS_COORDINATOR) != _NON_BEACON_SUPERFRAME
            or slots_and_pending != b"\x00\x00"
            or (protocol, stack) != (0, _ZIGBEE_PRO)
            or capacity & 0x03
        ):
            raise RemoteRadioError("beacon", "one of a ZigBee PRO network", octets.hex())
        beacon = cls(
            extended_pan_id=reader.eui64("extended PAN"),
            permits_association=bool(superframe & _PERMITS),
            is_coordinator=bool(superframe & _IS_COORDINATOR),
            depth=capacity >> 3 & 0xF,
            has_router_capacity=bool(capacity & _PERMITS_ROUTERS),
            has_end_device_capacity=bool(capacity & _PERMITS_END_DEVICES),
            transmit_offset=reader.u24("transmit offset"),
            update=reader.u8("update"),
        )
        reader.finish("beacon")
        return beacon
