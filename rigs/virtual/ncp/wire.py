"""Fields of EZSP: little-endian numbers, octets with a length, and the structures of version 13."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.codes import ApsOption
from rigs.zigbee.commands import EUI, FLAG, KEY, REST, SIZED, U8, U16, U32, Row, Wire
from rigs.zigbee.octets import Octets, little

NO_EUI = Eui64(bytes(8))
NO_KEY = bytes(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApsHeader:
    """How a host addresses a message. `group` carries block numbers in a fragment."""

    profile: int
    cluster: int
    source_endpoint: int
    destination_endpoint: int
    options: int
    group: int
    sequence: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.options & ApsOption.ENCRYPTION)

    @property
    def is_fragment(self) -> bool:
        return bool(self.options & ApsOption.FRAGMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Of a network."""

    extended_pan: Eui64
    pan: int
    power: int
    channel: int
    join_method: int
    manager: int
    update: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityState:
    """What a network starts with."""

    bits: int
    preconfigured_key: bytes = field(repr=False)
    network_key: bytes = field(repr=False)
    key_sequence: int
    trust_centre: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentSecurity:
    bits: int
    trust_centre: Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyContext:
    """Which key the security manager is asked for."""

    kind: int
    index: int
    derived: int
    eui: Eui64
    network_index: int
    flags: int
    permission: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkKeyInfo:
    is_set: bool
    has_alternate: bool
    sequence: int
    alternate_sequence: int
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMetadata:
    bits: int
    outgoing: int
    incoming: int
    seconds_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildData:
    eui: Eui64
    kind: int
    address: int
    phy: int
    power: int
    timeout: int
    timeout_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MulticastEntry:
    group: int
    endpoint: int
    network_index: int


def _structure(row: Row) -> Wire:
    return Wire(lambda reader, _: row.read(reader), lambda value, _: row.write(value))


APS: Final = _structure(
    Row(
        ApsHeader,
        (
            ("profile", U16),
            ("cluster", U16),
            ("source_endpoint", U8),
            ("destination_endpoint", U8),
            ("options", U16),
            ("group", U16),
            ("sequence", U8),
        ),
    )
)
PARAMETERS: Final = _structure(
    Row(
        Parameters,
        (
            ("extended_pan", EUI),
            ("pan", U16),
            ("power", U8),
            ("channel", U8),
            ("join_method", U8),
            ("manager", U16),
            ("update", U8),
            ("channels", U32),
        ),
    )
)
SECURITY: Final = _structure(
    Row(
        SecurityState,
        (
            ("bits", U16),
            ("preconfigured_key", KEY),
            ("network_key", KEY),
            ("key_sequence", U8),
            ("trust_centre", EUI),
        ),
    )
)
CURRENT: Final = _structure(Row(CurrentSecurity, (("bits", U16), ("trust_centre", EUI))))
CONTEXT: Final = _structure(
    Row(
        KeyContext,
        (
            ("kind", U8),
            ("index", U8),
            ("derived", U16),
            ("eui", EUI),
            ("network_index", U8),
            ("flags", U8),
            ("permission", U32),
        ),
    )
)
KEY_INFO: Final = _structure(
    Row(
        NetworkKeyInfo,
        (
            ("is_set", FLAG),
            ("has_alternate", FLAG),
            ("sequence", U8),
            ("alternate_sequence", U8),
            ("counter", U32),
        ),
    )
)
METADATA: Final = _structure(
    Row(
        KeyMetadata,
        (("bits", U16), ("outgoing", U32), ("incoming", U32), ("seconds_left", U16)),
    )
)
CHILD: Final = _structure(
    Row(
        ChildData,
        (
            ("eui", EUI),
            ("kind", U8),
            ("address", U16),
            ("phy", U8),
            ("power", U8),
            ("timeout", U8),
            ("timeout_left", U32),
        ),
    )
)
MULTICAST: Final = _structure(
    Row(MulticastEntry, (("group", U16), ("endpoint", U8), ("network_index", U8)))
)
S8: Final = Wire(
    lambda reader, field: int.from_bytes(reader.take(1, field), "little", signed=True),
    lambda value, _: int(value).to_bytes(1, "little", signed=True),
)


def _read_long_sized(reader: Octets, name: str) -> bytes:
    return reader.take(reader.u32(f"length of {name}"), name)


SIZED32: Final = Wire(
    _read_long_sized, lambda value, name: little(len(value), 4, f"length of {name}") + value
)
_read_words: Callable[[Octets, str], Any] = lambda reader, name: tuple(  # noqa: E731
    reader.u16(name) for _ in range(reader.left // 2)
)
WORDS: Final = Wire(
    _read_words, lambda value, name: b"".join(little(word, 2, name) for word in value)
)
"""16-bit numbers up to the end."""

BY_NAME: Final[dict[str, Wire]] = {
    "u8": U8,
    "s8": S8,
    "u16": U16,
    "u32": U32,
    "flag": FLAG,
    "eui": EUI,
    "key": KEY,
    "octets": SIZED,
    "octets32": SIZED32,
    "words": WORDS,
    "rest": REST,
    "aps": APS,
    "parameters": PARAMETERS,
    "security": SECURITY,
    "current": CURRENT,
    "context": CONTEXT,
    "key_info": KEY_INFO,
    "metadata": METADATA,
    "child": CHILD,
    "multicast": MULTICAST,
}
"""As the command table writes them."""
