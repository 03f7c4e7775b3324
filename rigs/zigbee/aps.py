"""The application support layer: endpoints, clusters, acknowledgements and link-key protection.

A secured frame that was parsed is sealed: its payload is cipher text until `open_` has read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import security
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, little
from rigs.zigbee.security import AuxiliaryHeader, KeyKind, Opener, Sealed

_ACK_FORMAT, _SECURED, _ACK_REQUEST, _EXTENDED = 0x10, 0x20, 0x40, 0x80


class ApsKind(IntEnum):
    DATA = 0
    COMMAND = 1
    ACK = 2
    INTER_PAN = 3


class Delivery(IntEnum):
    UNICAST = 0
    INDIRECT = 1
    BROADCAST = 2
    GROUP = 3


class FragmentKind(IntEnum):
    NONE = 0
    FIRST = 1
    REST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The extended header. `block` is the number of blocks in the first, an index in the rest.

    In an acknowledgement `block` is the first block of the window and `acknowledged` has a bit
    for each block of it that came.
    """

    kind: FragmentKind
    block: int = 0
    acknowledged: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApsFrame:
    """One frame. Commands have a counter and a payload only; so have short acknowledgements."""

    kind: ApsKind = ApsKind.DATA
    counter: int = 0
    delivery: Delivery = Delivery.UNICAST
    destination_endpoint: int = 0
    source_endpoint: int = 0
    group: int | None = None
    cluster: int = 0
    profile: int = 0
    payload: bytes = b""
    ack_request: bool = False
    is_short_ack: bool = False
    extended: Fragment | None = None
    security: AuxiliaryHeader | None = None
    is_sealed: bool = False

    @property
    def is_secured(self) -> bool:
        return self.security is not None


def link_security(
    counter: int, source: Eui64 | None = None, kind: KeyKind = KeyKind.LINK
) -> AuxiliaryHeader:
    """Auxiliary header under a link key or a key made from it (0x20 with source, 0x00 without)."""
    return AuxiliaryHeader(key_kind=kind, counter=counter, source=source)


def acknowledge(frame: ApsFrame, extended: Fragment | None = None) -> ApsFrame:
    """The acknowledgement of a received frame: the same exchange, seen from the other end."""
    return ApsFrame(
        kind=ApsKind.ACK,
        counter=frame.counter,
        destination_endpoint=frame.source_endpoint,
        source_endpoint=frame.destination_endpoint,
        cluster=frame.cluster,
        profile=frame.profile,
        is_short_ack=frame.kind is ApsKind.COMMAND,
        extended=extended,
    )


def build(frame: ApsFrame, key: bytes | None = None, source: Eui64 | None = None) -> bytes:
    """Its octets.

    `key` is the link key, from which the key that the auxiliary header names is made; `source`
    is the sender, needed where the auxiliary header leaves it out. ValueError without.
    """
    header = _header_octets(frame)
    if frame.security is None:
        return header + frame.payload
    if frame.is_sealed:
        return header + frame.security.to_octets() + frame.payload
    sender = frame.security.source or source
    if key is None or sender is None:
        raise ValueError("a secured APS frame is built with its key and the sender's EUI-64")
    used = security.specialised_key(key, frame.security.key_kind)
    sealed = security.encrypt(used, sender, frame.security, header, frame.payload)
    return header + frame.security.to_octets() + sealed


def parse(octets: bytes, opener: Opener | None = None) -> ApsFrame:
    """One frame, sealed where it is secured and `opener` does not open it.

    Raises:
        RemoteRadioError: anything else than a frame.
    """
    reader = Octets(octets)
    control = reader.u8("APS frame control")
    kind = _KINDS[control & 3]
    delivery = _DELIVERIES[control >> 2 & 3]
    is_short_ack = bool(control & _ACK_FORMAT)
    if is_short_ack and kind is not ApsKind.ACK:
        raise RemoteRadioError("APS frame control", "ack format in an ack", f"{control:02X}")
    destination_endpoint = source_endpoint = cluster = profile = counter = 0
    group = None
    has_addresses = kind is not ApsKind.COMMAND and not is_short_ack
    is_inter_pan = kind is ApsKind.INTER_PAN
    if delivery is Delivery.GROUP and kind not in _TO_GROUPS:
        raise RemoteRadioError("delivery", "one of an APS command or ack", f"{control:02X}")
    if has_addresses:
        if delivery is Delivery.GROUP:
            group = reader.u16("group")
        elif not is_inter_pan:
            destination_endpoint = reader.u8("destination endpoint")
        cluster = reader.u16("cluster")
        profile = reader.u16("profile")
        if not is_inter_pan:
            source_endpoint = reader.u8("source endpoint")
    if not is_inter_pan:
        counter = reader.u8("APS counter")
    extended = _read_extended(reader, kind) if control & _EXTENDED else None
    auxiliary, opened = None, None
    if control & _SECURED:
        start = reader.offset
        auxiliary = security.read_auxiliary(reader)
        if opener is not None:
            opened = opener(Sealed(octets, start, reader.offset, auxiliary))
    return ApsFrame(
        kind=kind,
        counter=counter,
        delivery=delivery,
        destination_endpoint=destination_endpoint,
        source_endpoint=source_endpoint,
        group=group,
        cluster=cluster,
        profile=profile,
        payload=reader.rest() if opened is None else opened,
        ack_request=bool(control & _ACK_REQUEST),
        is_short_ack=is_short_ack,
        extended=extended,
        security=auxiliary,
        is_sealed=auxiliary is not None and opened is None,
    )


_KINDS = tuple(ApsKind)
_TO_GROUPS = (ApsKind.DATA, ApsKind.INTER_PAN)
_DELIVERIES = tuple(Delivery)
_FRAGMENT_KINDS = tuple(FragmentKind)


def open_(frame: ApsFrame, link_keys: Iterable[bytes], source: Eui64 | None = None) -> ApsFrame:
    """The same frame with its payload in clear; NotAuthentic where no link key opens it.

    `source` is the sender for frames without the extended nonce. The key that the auxiliary
    header names (data, key-transport, key-load) is made from each link key.
    """
    auxiliary = frame.security
    if auxiliary is None or not frame.is_sealed:
        return frame
    sender = auxiliary.source or source
    if sender is None:
        raise RemoteRadioError("security source", "extended nonce or known sender", "neither")
    if auxiliary.key_kind is KeyKind.NETWORK:
        raise RemoteRadioError("APS key kind", "a link key", "the network key")
    keys = (security.specialised_key(key, auxiliary.key_kind) for key in link_keys)
    payload = security.decrypt_any(keys, sender, auxiliary, _header_octets(frame), frame.payload)
    return replace(frame, payload=payload, is_sealed=False)


def _header_octets(frame: ApsFrame) -> bytes:
    kind = frame.kind
    if (frame.group is not None) != (frame.delivery is Delivery.GROUP):
        raise ValueError("a group goes with group delivery, and with no other")
    if frame.group is not None and kind not in _TO_GROUPS:
        raise ValueError("only data goes to a group")
    if frame.is_short_ack and kind is not ApsKind.ACK:
        raise ValueError("the short format is one of acknowledgements")
    control = (
        kind
        | frame.delivery << 2
        | _ACK_FORMAT * frame.is_short_ack
        | _SECURED * (frame.security is not None)
        | _ACK_REQUEST * frame.ack_request
        | _EXTENDED * (frame.extended is not None)
    )
    parts = [bytes((control,))]
    is_inter_pan = kind is ApsKind.INTER_PAN
    if kind is not ApsKind.COMMAND and not frame.is_short_ack:
        if frame.group is not None:
            parts.append(little(frame.group, 2, "group"))
        elif not is_inter_pan:
            parts.append(little(frame.destination_endpoint, 1, "destination endpoint"))
        parts.append(little(frame.cluster, 2, "cluster"))
        parts.append(little(frame.profile, 2, "profile"))
        if not is_inter_pan:
            parts.append(little(frame.source_endpoint, 1, "source endpoint"))
    if not is_inter_pan:
        parts.append(little(frame.counter, 1, "APS counter"))
    if frame.extended is not None:
        parts.append(_extended_octets(frame.extended, kind))
    return b"".join(parts)


def _extended_octets(fragment: Fragment, kind: ApsKind) -> bytes:
    if fragment.kind is FragmentKind.NONE:
        return b"\x00"
    octets = bytes((fragment.kind,)) + little(fragment.block, 1, "block")
    if (fragment.acknowledged is not None) != (kind is ApsKind.ACK):
        raise ValueError("acknowledged blocks go with an acknowledgement, and with no other")
    if fragment.acknowledged is not None:
        octets += little(fragment.acknowledged, 1, "acknowledged blocks")
    return octets


def _read_extended(reader: Octets, kind: ApsKind) -> Fragment:
    control = reader.u8("extended frame control")
    if control > FragmentKind.REST:
        raise RemoteRadioError("extended frame control", "0, 1 or 2", control)
    if control == FragmentKind.NONE:
        return Fragment(kind=FragmentKind.NONE)
    block = reader.u8("block")
    acknowledged = reader.u8("acknowledged blocks") if kind is ApsKind.ACK else None
    return Fragment(kind=_FRAGMENT_KINDS[control], block=block, acknowledged=acknowledged)
