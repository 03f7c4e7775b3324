"""Network commands: leaving, coming back, and what a sniffer meets beside them."""

from __future__ import annotations

from dataclasses import dataclass

from rigs.zigbee.commands import REST, U8, U16, CommandSet, Row

LEAVE_REJOIN, LEAVE_REQUEST, LEAVE_CHILDREN = 0x20, 0x40, 0x80
"""Options of a leave command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRequest:
    """Options, identifier, destination, cost, perhaps an EUI-64: read as octets."""

    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteReply:
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStatus:
    status: int
    destination: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    options: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRecord:
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RejoinRequest:
    capability: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejoinResponse:
    address: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatus:
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkUpdate:
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDeviceTimeoutRequest:
    """`timeout` is a step of ZigBee's table, 2 to the power of it minutes from 1 on."""

    timeout: int
    configuration: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDeviceTimeoutResponse:
    status: int
    parent: int


NWK_COMMANDS = CommandSet(
    "NWK",
    {
        0x01: Row(RouteRequest, (("octets", REST),)),
        0x02: Row(RouteReply, (("octets", REST),)),
        0x03: Row(NetworkStatus, (("status", U8), ("destination", U16))),
        0x04: Row(Leave, (("options", U8),)),
        0x05: Row(RouteRecord, (("octets", REST),)),
        0x06: Row(RejoinRequest, (("capability", U8),)),
        0x07: Row(RejoinResponse, (("address", U16), ("status", U8))),
        0x08: Row(LinkStatus, (("octets", REST),)),
        0x09: Row(NetworkReport, (("octets", REST),)),
        0x0A: Row(NetworkUpdate, (("octets", REST),)),
        0x0B: Row(EndDeviceTimeoutRequest, (("timeout", U8), ("configuration", U8))),
        0x0C: Row(EndDeviceTimeoutResponse, (("status", U8), ("parent", U8))),
    },
)
