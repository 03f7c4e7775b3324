"""The Tunneling cluster (0x0704), in which GBCS messages travel (GBCS digest 10.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rigs.zigbee.commands import FLAG, REST, U8, U16, CommandSet, Row, Wire
from rigs.zigbee.octets import Octets, little

GB_HGRP = 6
"""Protocol of every message of a remote party."""
ANY_MANUFACTURER = 0xFFFF
MAX_TRANSFER_SIZE = 1500
"""In request and response alike."""


class TunnelStatus(IntEnum):
    SUCCESS = 0
    BUSY = 1
    NO_MORE_TUNNELS = 2
    PROTOCOL_NOT_SUPPORTED = 3
    FLOW_CONTROL_NOT_SUPPORTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTunnel:
    """By default what GBCS prescribes."""

    protocol: int = GB_HGRP
    manufacturer: int = ANY_MANUFACTURER
    flow_control: bool = False
    max_incoming_size: int = MAX_TRANSFER_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTunnelResponse:
    tunnel: int
    status: int = TunnelStatus.SUCCESS
    max_incoming_size: int = MAX_TRANSFER_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTunnel:
    tunnel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferData:
    tunnel: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDataError:
    """Status 0: no such tunnel; 1: wrong device; 2: too much data."""

    tunnel: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AckTransferData:
    tunnel: int
    octets_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyData:
    tunnel: int
    octets_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSupportedProtocols:
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedProtocols:
    """Pairs of manufacturer and protocol; more follow where the list is not complete."""

    is_complete: bool
    protocols: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelClosed:
    tunnel: int


def _read_protocols(reader: Octets, field: str) -> tuple[tuple[int, int], ...]:
    count = reader.u8(f"number of {field}")
    return tuple((reader.u16("manufacturer"), reader.u8("protocol")) for _ in range(count))


def _write_protocols(protocols: tuple[tuple[int, int], ...], field: str) -> bytes:
    return little(len(protocols), 1, f"number of {field}") + b"".join(
        little(manufacturer, 2, "manufacturer") + little(protocol, 1, "protocol")
        for manufacturer, protocol in protocols
    )


_PROTOCOLS = Wire(_read_protocols, _write_protocols)

_TRANSFER = Row(TransferData, (("tunnel", U16), ("data", REST)))
_ERROR = Row(TransferDataError, (("tunnel", U16), ("status", U8)))
_ACK = Row(AckTransferData, (("tunnel", U16), ("octets_left", U16)))
_READY = Row(ReadyData, (("tunnel", U16), ("octets_left", U16)))

TO_SERVER = CommandSet(
    "tunneling client",
    {
        0x00: Row(
            RequestTunnel,
            (
                ("protocol", U8),
                ("manufacturer", U16),
                ("flow_control", FLAG),
                ("max_incoming_size", U16),
            ),
        ),
        0x01: Row(CloseTunnel, (("tunnel", U16),)),
        0x02: _TRANSFER,
        0x03: _ERROR,
        0x04: _ACK,
        0x05: _READY,
        0x06: Row(GetSupportedProtocols, (("offset", U8),)),
    },
)
TO_CLIENT = CommandSet(
    "tunneling server",
    {
        0x00: Row(
            RequestTunnelResponse, (("tunnel", U16), ("status", U8), ("max_incoming_size", U16))
        ),
        0x01: _TRANSFER,
        0x02: _ERROR,
        0x03: _ACK,
        0x04: _READY,
        0x05: Row(SupportedProtocols, (("is_complete", FLAG), ("protocols", _PROTOCOLS))),
        0x06: Row(TunnelClosed, (("tunnel", U16),)),
    },
)
