"""APS commands: how the trust centre hands out, changes and takes back keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.commands import EUI, FLAG, KEY, REST, U8, U16, CommandRow, CommandSet, Row


class KeyType(IntEnum):
    NETWORK = 1
    APPLICATION_LINK = 3
    TRUST_CENTRE_LINK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportNetworkKey:
    key: bytes = field(repr=False)
    sequence: int
    destination: Eui64
    source: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportLinkKey:
    """The trust centre link key of the device that it is sent to."""

    key: bytes = field(repr=False)
    destination: Eui64
    source: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportApplicationKey:
    """A link key for two devices, neither of which is the trust centre."""

    key: bytes = field(repr=False)
    partner: Eui64
    is_initiator: bool


TransportKey = TransportNetworkKey | TransportLinkKey | TransportApplicationKey


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateDevice:
    device: Eui64
    address: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDevice:
    device: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTrustCentreKey:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestApplicationKey:
    partner: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchKey:
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """A command for a child that cannot be protected under the network key yet, by its parent."""

    destination: Eui64
    frame: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyKey:
    """`proof` is `security.verify_key_hash` of the new link key."""

    key_type: int
    source: Eui64
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmKey:
    status: int
    key_type: int
    destination: Eui64


_TRANSPORTS: dict[int, CommandRow] = {
    KeyType.NETWORK: Row(
        TransportNetworkKey,
        (("key", KEY), ("sequence", U8), ("destination", EUI), ("source", EUI)),
    ),
    KeyType.APPLICATION_LINK: Row(
        TransportApplicationKey, (("key", KEY), ("partner", EUI), ("is_initiator", FLAG))
    ),
    KeyType.TRUST_CENTRE_LINK: Row(
        TransportLinkKey, (("key", KEY), ("destination", EUI), ("source", EUI))
    ),
}
"""By the key type that comes first."""

_REQUESTS: dict[int, CommandRow] = {
    2: Row(RequestApplicationKey, (("partner", EUI),)),
    4: Row(RequestTrustCentreKey),
}

_BY_KEY_TYPE: dict[int, CommandSet] = {
    0x05: CommandSet("transport-key", _TRANSPORTS),
    0x08: CommandSet("request-key", _REQUESTS),
}

_PLAIN = CommandSet(
    "APS",
    {
        0x06: Row(UpdateDevice, (("device", EUI), ("address", U16), ("status", U8))),
        0x07: Row(RemoveDevice, (("device", EUI),)),
        0x09: Row(SwitchKey, (("sequence", U8),)),
        0x0E: Row(Tunnel, (("destination", EUI), ("frame", REST))),
        0x0F: Row(VerifyKey, (("key_type", U8), ("source", EUI), ("proof", KEY))),
        0x10: Row(ConfirmKey, (("status", U8), ("key_type", U8), ("destination", EUI))),
    },
)


def build(command: object) -> bytes:
    """The payload of an APS command frame; ValueError for a value that is no APS command."""
    for identifier, commands in _BY_KEY_TYPE.items():
        if any(type(command) in row.kinds for row in commands.rows.values()):
            return bytes((identifier,)) + commands.build(command)
    return _PLAIN.build(command)


def parse(payload: bytes) -> object:
    """The command in an APS command frame's payload (in clear), or RemoteRadioError."""
    nested = _BY_KEY_TYPE.get(payload[0]) if payload else None
    return _PLAIN.parse(payload) if nested is None else nested.parse(payload[1:])
