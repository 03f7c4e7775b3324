"""The network layer: addresses across hops, and protection by the network key.

A secured frame that was parsed is sealed: its payload is cipher text until `open_` has read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import security
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little
from rigs.zigbee.security import AuxiliaryHeader, KeyKind, Opener, Sealed

PROTOCOL_VERSION = 2
COORDINATOR = 0x0000
BROADCAST_ALL = 0xFFFF
BROADCAST_AWAKE = 0xFFFD
LOWEST_BROADCAST = 0xFFF8
"""From here on an address is that of many devices, or reserved."""
DEFAULT_RADIUS = 30

_MULTICAST, _SECURED, _SOURCE_ROUTE = 0x0100, 0x0200, 0x0400
_DESTINATION_EUI, _SOURCE_EUI, _FROM_END_DEVICE = 0x0800, 0x1000, 0x2000
_RESERVED = 0xC000


class NwkKind(IntEnum):
    DATA = 0
    COMMAND = 1
    INTER_PAN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRoute:
    """The hops that the sender chose, and which is next."""

    index: int
    relays: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NwkFrame:
    """One frame. `security` is its auxiliary header, None where the payload travels in clear.

    An inter-PAN frame is only a kind and a payload.
    """

    kind: NwkKind = NwkKind.DATA
    destination: int = 0
    source: int = 0
    sequence: int = 0
    radius: int = DEFAULT_RADIUS
    payload: bytes = b""
    destination_eui: Eui64 | None = None
    source_eui: Eui64 | None = None
    discover_route: int = 0
    multicast: int | None = None
    route: SourceRoute | None = None
    is_from_end_device: bool = False
    security: AuxiliaryHeader | None = None
    is_sealed: bool = False

    @property
    def is_secured(self) -> bool:
        return self.security is not None


def network_security(source: Eui64, counter: int, key_sequence: int = 0) -> AuxiliaryHeader:
    """The auxiliary header of a frame under the network key (security control 0x28)."""
    return AuxiliaryHeader(
        key_kind=KeyKind.NETWORK, counter=counter, source=source, key_sequence=key_sequence
    )


def build(frame: NwkFrame, key: bytes | None = None) -> bytes:
    """Its octets. A secured frame that is not sealed needs the network key; ValueError without."""
    header = _header_octets(frame)
    if frame.security is None:
        return header + frame.payload
    if frame.is_sealed:
        return header + frame.security.to_octets() + frame.payload
    if key is None or frame.security.source is None:
        raise ValueError("a secured NWK frame is built with its key and the sender's EUI-64")
    sealed = security.encrypt(key, frame.security.source, frame.security, header, frame.payload)
    return header + frame.security.to_octets() + sealed


def parse(octets: bytes, opener: Opener | None = None) -> NwkFrame:
    """One frame, sealed where it is secured and `opener` does not open it.

    Raises:
        RemoteRadioError: anything else than a frame.
    """
    reader = Octets(octets)
    control = reader.u16("NWK frame control")
    kind = control & 3
    if kind == 2 or control >> 2 & 0xF != PROTOCOL_VERSION or control & _RESERVED:
        raise RemoteRadioError("NWK frame control", "a ZigBee PRO frame", f"{control:04X}")
    if kind == NwkKind.INTER_PAN:
        if control != NwkKind.INTER_PAN | PROTOCOL_VERSION << 2:
            raise RemoteRadioError("NWK frame control", "000B for inter-PAN", f"{control:04X}")
        return NwkFrame(kind=NwkKind.INTER_PAN, payload=reader.rest())
    destination = reader.u16("NWK destination")
    source = reader.u16("NWK source")
    radius = reader.u8("radius")
    sequence = reader.u8("NWK sequence")
    destination_eui = reader.eui64("NWK destination EUI") if control & _DESTINATION_EUI else None
    source_eui = reader.eui64("NWK source EUI") if control & _SOURCE_EUI else None
    multicast = reader.u8("multicast control") if control & _MULTICAST else None
    route = _read_route(reader) if control & _SOURCE_ROUTE else None
    auxiliary, opened = None, None
    if control & _SECURED:
        start = reader.offset
        auxiliary = security.read_auxiliary(reader)
        if opener is not None:
            opened = opener(Sealed(octets, start, reader.offset, auxiliary))
    return NwkFrame(
        kind=NwkKind.COMMAND if kind else NwkKind.DATA,
        destination=destination,
        source=source,
        sequence=sequence,
        radius=radius,
        payload=reader.rest() if opened is None else opened,
        destination_eui=destination_eui,
        source_eui=source_eui,
        discover_route=control >> 6 & 3,
        multicast=multicast,
        route=route,
        is_from_end_device=bool(control & _FROM_END_DEVICE),
        security=auxiliary,
        is_sealed=auxiliary is not None and opened is None,
    )


def open_(frame: NwkFrame, keys: Iterable[bytes]) -> NwkFrame:
    """The same frame with its payload in clear; NotAuthentic where no key opens it.

    A frame that was never sealed is given back as it is.
    """
    auxiliary = frame.security
    if auxiliary is None or not frame.is_sealed:
        return frame
    source = auxiliary.source or frame.source_eui
    if source is None:
        raise RemoteRadioError("security source", "the extended nonce", "none")
    header = _header_octets(frame)
    payload = security.decrypt_any(keys, source, auxiliary, header, frame.payload)
    return replace(frame, payload=payload, is_sealed=False)


def _header_octets(frame: NwkFrame) -> bytes:
    control = frame.kind | PROTOCOL_VERSION << 2
    if frame.kind is NwkKind.INTER_PAN:
        return control.to_bytes(2, "little")
    if not 0 <= frame.discover_route <= 3:
        raise ValueError(f"discover route: expected 0 to 3, given {frame.discover_route}")
    control |= (
        frame.discover_route << 6
        | _MULTICAST * (frame.multicast is not None)
        | _SECURED * (frame.security is not None)
        | _SOURCE_ROUTE * (frame.route is not None)
        | _DESTINATION_EUI * (frame.destination_eui is not None)
        | _SOURCE_EUI * (frame.source_eui is not None)
        | _FROM_END_DEVICE * frame.is_from_end_device
    )
    parts = [
        control.to_bytes(2, "little"),
        little(frame.destination, 2, "NWK destination"),
        little(frame.source, 2, "NWK source"),
        little(frame.radius, 1, "radius"),
        little(frame.sequence, 1, "NWK sequence"),
    ]
    if frame.destination_eui is not None:
        parts.append(eui_octets(frame.destination_eui))
    if frame.source_eui is not None:
        parts.append(eui_octets(frame.source_eui))
    if frame.multicast is not None:
        parts.append(little(frame.multicast, 1, "multicast control"))
    if frame.route is not None:
        parts.append(little(len(frame.route.relays), 1, "relay count"))
        parts.append(little(frame.route.index, 1, "relay index"))
        parts.extend(little(relay, 2, "relay") for relay in frame.route.relays)
    return b"".join(parts)


def _read_route(reader: Octets) -> SourceRoute:
    count = reader.u8("relay count")
    index = reader.u8("relay index")
    return SourceRoute(index=index, relays=tuple(reader.u16("relay") for _ in range(count)))
