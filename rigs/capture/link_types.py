"""What one record of a capture holds, by link type: the frame, and what the radio said of it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from rigs.capture import zep
from rigs.zigbee import fcs
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets

ETHERNET = 1
NORDIC = 147
WITH_FCS = 195
WITHOUT_FCS = 230
TAP = 283


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A frame without its check sequence; None for what the link type does not tell."""

    octets: bytes
    is_intact: bool = True
    channel: int | None = None
    page: int | None = None
    strength_dbm: int | None = None
    link_quality: int | None = None


def read(link_type: int, record: bytes) -> Heard | None:
    """The frame of a record; None for one that is no 802.15.4 (other traffic of an Ethernet).

    Raises:
        RemoteRadioError: an unknown link type, or a record that is too short for its own.
    """
    reader = _READERS.get(link_type)
    if reader is None:
        known = ", ".join(map(str, _READERS))
        raise RemoteRadioError("link type", f"one of {known}", link_type)
    return reader(record)


def _with_fcs(record: bytes) -> Heard:
    if len(record) <= fcs.FCS_SIZE:
        raise RemoteRadioError("frame", "more than a check sequence", f"{len(record)} octet(s)")
    return Heard(octets=record[: -fcs.FCS_SIZE], is_intact=fcs.is_intact(record))


def _without_fcs(record: bytes) -> Heard:
    return Heard(octets=record)


_TLV_FCS, _TLV_STRENGTH, _TLV_CHANNEL, _TLV_QUALITY = 0, 1, 3, 10
_FCS_16 = 1


def _tap(record: bytes) -> Heard:
    reader = Octets(record)
    version, _ = reader.u8("TAP version"), reader.u8("TAP reserved")
    size = reader.u16("TAP length")
    if version != 0 or size < 4:
        raise RemoteRadioError("TAP header", "version 0 and 4 octets or more", record[:4].hex())
    found = _read_tlvs(Octets(reader.take(size - 4, "TAP fields")))
    frame = reader.rest()
    has_fcs = found.get(_TLV_FCS, b"\0")[:1] == bytes((_FCS_16,))
    heard = _with_fcs(frame) if has_fcs else Heard(octets=frame)
    channel = found.get(_TLV_CHANNEL)
    strength = found.get(_TLV_STRENGTH)
    quality = found.get(_TLV_QUALITY)
    return Heard(
        octets=heard.octets,
        is_intact=heard.is_intact,
        channel=int.from_bytes(channel[:2], "little") if channel else None,
        page=channel[2] if channel and len(channel) > 2 else None,
        strength_dbm=_whole_dbm(strength) if strength else None,
        link_quality=quality[0] if quality else None,
    )


def _read_tlvs(reader: Octets) -> dict[int, bytes]:
    found = {}
    while reader.left:
        kind, size = reader.u16("TAP field"), reader.u16("TAP field length")
        found[kind] = reader.take(size, "TAP field")
        reader.take(min(-size % 4, reader.left), "TAP padding")
    return found


def _whole_dbm(octets: bytes) -> int | None:
    if len(octets) != 4:
        return None
    (dbm,) = struct.unpack("<f", octets)
    return round(dbm) if abs(dbm) < 1000 else None


def tap_record(heard: Heard) -> bytes:
    """A record of link type 283 with check sequence; a damaged frame gets one that is wrong."""
    tlvs = [_tlv(_TLV_FCS, bytes((_FCS_16, 0, 0, 0)))]
    if heard.strength_dbm is not None:
        tlvs.append(_tlv(_TLV_STRENGTH, struct.pack("<f", heard.strength_dbm)))
    if heard.channel is not None:
        tlvs.append(_tlv(_TLV_CHANNEL, struct.pack("<HB", heard.channel, heard.page or 0)))
    if heard.link_quality is not None:
        tlvs.append(_tlv(_TLV_QUALITY, bytes((heard.link_quality,))))
    fields = b"".join(tlvs)
    check = fcs.frame_check(heard.octets) ^ (0 if heard.is_intact else 0xFFFF)
    head = struct.pack("<BBH", 0, 0, 4 + len(fields))
    return head + fields + heard.octets + check.to_bytes(fcs.FCS_SIZE, "little")


def _tlv(kind: int, octets: bytes) -> bytes:
    return struct.pack("<HH", kind, len(octets)) + octets + bytes(-len(octets) % 4)


def _nordic(record: bytes) -> Heard:
    """Channel, strength and quality, 16 bits each, then the frame (rigs digest 4.2)."""
    reader = Octets(record)
    channel = reader.u16("channel")
    strength = int.from_bytes(reader.take(2, "strength"), "little", signed=True)
    quality = reader.u16("quality")
    return Heard(
        octets=reader.rest(), channel=channel, strength_dbm=strength, link_quality=quality & 0xFF
    )


_IPV4, _UDP = 0x0800, 17


def _ethernet(record: bytes) -> Heard | None:
    """ZEP in UDP in IPv4; everything else on that wire is not ours."""
    if len(record) < 42 or int.from_bytes(record[12:14], "big") != _IPV4:
        return None
    header_size = 4 * (record[14] & 0x0F)
    udp = 14 + header_size
    if record[23] != _UDP or len(record) < udp + 8:
        return None
    if int.from_bytes(record[udp + 2 : udp + 4], "big") != zep.PORT:
        return None
    size = int.from_bytes(record[udp + 4 : udp + 6], "big")
    datagram = zep.parse(record[udp + 8 : udp + size])
    if datagram is None:
        return None
    heard = _with_fcs(datagram.frame)
    return Heard(
        octets=heard.octets,
        is_intact=heard.is_intact,
        channel=datagram.channel,
        page=0,
        link_quality=datagram.link_quality,
    )


_READERS: dict[int, Callable[[bytes], Heard | None]] = {
    ETHERNET: _ethernet,
    NORDIC: _nordic,
    WITH_FCS: _with_fcs,
    WITHOUT_FCS: _without_fcs,
    TAP: _tap,
}
