"""GBCS messages as a ZigBee sniffer would have caught them: a pcap file for tshark.

Each message travels from a device of its own to the hub through a Smart Energy tunnel
(profile 0x0109, cluster 0x0704, TransferData), cut into APS fragments that fit a radio
frame, encrypted first with the link key and then with the network key. Written by hand:
what tshark reads back is then independent of any library of ours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESCCM

NETWORK_KEY = bytes(range(16))
LINK_KEY = bytes(range(0xF0, 0x100))
PAN = 0x1A2B
HUB = 0x0000
PROFILE = 0x0109
TUNNELING = 0x0704
_TRANSFER_DATA = 0x02
_LINK_TYPE_WITHOUT_FCS = 230
_BLOCK_SIZE = 48
"""Octets of APS payload per frame: both headers, both security layers and 127 octets in all."""
_MIC_SIZE = 4
_LEVEL = 0x05  # sent as zero, used in nonce and header authentication
_EXTENDED_NONCE = 0x20
_NETWORK_KEY_ID = 0x08
_SECURED, _ACK_REQUEST, _EXTENDED_HEADER = 0x20, 0x40, 0x80
_FIRST_FRAGMENT, _FURTHER_FRAGMENT = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Who sends: as a rule a device of its own per message, so that nothing is mixed up."""

    number: int

    @property
    def short(self) -> int:
        return 0x1000 + self.number

    @property
    def eui_little_endian(self) -> bytes:
        return (0x00DB_1234_0000_0000 + self.number).to_bytes(8, "little")


def _sealed(key: bytes, device: Device, header: bytes, auxiliary: bytes, plain: bytes) -> bytes:
    """Header, auxiliary header as sent, and the encrypted rest with its MIC."""
    control = auxiliary[0] | _LEVEL
    nonce = device.eui_little_endian + auxiliary[1:5] + bytes((control,))
    authenticated = header + bytes((control,)) + auxiliary[1:]
    return (
        header + auxiliary + AESCCM(key, tag_length=_MIC_SIZE).encrypt(nonce, plain, authenticated)
    )


def _aps_blocks(device: Device, payload: bytes, number: int) -> Iterator[bytes]:
    blocks = [payload[at : at + _BLOCK_SIZE] for at in range(0, len(payload), _BLOCK_SIZE)]
    if len(blocks) > 0xFF:
        raise ValueError(f"{len(payload)} octets need more than 255 fragments")
    for index, block in enumerate(blocks):
        extended = b""
        control = _SECURED | _ACK_REQUEST
        if len(blocks) > 1:
            control |= _EXTENDED_HEADER
            kind = (_FIRST_FRAGMENT, len(blocks)) if index == 0 else (_FURTHER_FRAGMENT, index)
            extended = bytes(kind)
        header = struct.pack("<BBHHBB", control, 1, TUNNELING, PROFILE, 1, number & 0xFF)
        auxiliary = bytes((_EXTENDED_NONCE,)) + _frame_counter(number, index)
        auxiliary += device.eui_little_endian
        yield _sealed(LINK_KEY, device, header + extended, auxiliary, block)


def _frame_counter(number: int, index: int) -> bytes:
    """Rises with every frame, as each is encrypted on its own."""
    return struct.pack("<I", (number << 8) + index + 1)


def frames_of(message: bytes, number: int, device: Device) -> list[bytes]:
    """The radio frames that carry one message, the `number`th, without their check sums."""
    command = bytes((0x01, number & 0xFF, _TRANSFER_DATA)) + struct.pack("<H", 1) + message
    frames = []
    for index, aps in enumerate(_aps_blocks(device, command, number)):
        sequence = index & 0xFF
        header = struct.pack("<HHHBB", 0x0208, HUB, device.short, 30, sequence)
        control = bytes((_EXTENDED_NONCE | _NETWORK_KEY_ID,))
        auxiliary = control + _frame_counter(number, index) + device.eui_little_endian + b"\x00"
        network = _sealed(NETWORK_KEY, device, header, auxiliary, aps)
        mac = struct.pack("<HBHHH", 0x8861, sequence, PAN, HUB, device.short)
        frames.append(mac + network)
    return frames


def capture_of(messages: Iterable[bytes], *, from_one_device: bool = False) -> bytes:
    """A pcap file of all frames, a millisecond apart."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 0xFFFF, _LINK_TYPE_WITHOUT_FCS)]
    milliseconds = 0
    for number, message in enumerate(messages):
        device = Device(number=0 if from_one_device else number)
        for frame in frames_of(message, number, device):
            seconds, rest = divmod(milliseconds, 1000)
            parts.append(struct.pack("<IIII", seconds, rest * 1000, len(frame), len(frame)))
            parts.append(frame)
            milliseconds += 1
    return b"".join(parts)


def key_options() -> list[str]:
    """What tshark needs to open both layers."""
    options = []
    for key, label in ((NETWORK_KEY, "nwk"), (LINK_KEY, "link")):
        options += ["-o", f'uat:zigbee_pc_keys:"{key.hex(":")}","Normal","{label}"']
    return options
