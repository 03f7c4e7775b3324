"""Install codes: the secret printed on a device, from which its first link key is made."""

from __future__ import annotations

from dataclasses import dataclass

from rigs.zigbee.fcs import reflected_crc
from rigs.zigbee.security import aes_mmo

SIZES = (6, 8, 12, 16)
"""Octets of a code without its CRC. Great Britain's devices have 16 (GBCS)."""

CRC_SIZE = 2


@dataclass(frozen=True, slots=True)
class InstallCode:
    """A code without its CRC."""

    code: bytes

    def __post_init__(self) -> None:
        if len(self.code) not in SIZES:
            raise ValueError(f"an install code has {SIZES} octets, given {len(self.code)}")

    @property
    def crc(self) -> int:
        """CRC-16 with initial value and final complement of all ones (X.25)."""
        return reflected_crc(self.code, 0xFFFF) ^ 0xFFFF

    def to_octets(self) -> bytes:
        """The code with its CRC, least significant octet first: what is printed on the device."""
        return self.code + self.crc.to_bytes(CRC_SIZE, "little")

    def link_key(self) -> bytes:
        """The preconfigured link key: AES-MMO over code and CRC."""
        return aes_mmo(self.to_octets())

    @classmethod
    def from_octets(cls, octets: bytes) -> InstallCode:
        """A code with its CRC, as typed from a label; ValueError where the CRC is wrong."""
        code = cls(octets[:-CRC_SIZE])
        if octets != code.to_octets():
            raise ValueError(
                f"CRC of the install code: expected {code.crc:04X}, "
                f"given {int.from_bytes(octets[-CRC_SIZE:], 'little'):04X}"
            )
        return code
