"""The hash of a link key that a device log backup carries: AES-MMO of ZigBee (B.6 there).

Recalled; confirmed with the published install code and key pair of the ZigBee documents.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

SIZE = 16
_MAX_INPUT = (1 << 13) - 1
"""The padding used here holds a length of 16 bits, in bits."""


def aes_mmo(octets: bytes) -> bytes:
    """16 octets."""
    if len(octets) > _MAX_INPUT:
        raise ValueError(f"at most {_MAX_INPUT} octets, got {len(octets)}")
    padding = -(len(octets) + 3) % SIZE
    padded = octets + b"\x80" + bytes(padding) + (8 * len(octets)).to_bytes(2, "big")
    digest = bytes(SIZE)
    for start in range(0, len(padded), SIZE):
        block = padded[start : start + SIZE]
        sealed = Cipher(AES(digest), ECB()).encryptor().update(block)
        digest = bytes(a ^ b for a, b in zip(sealed, block, strict=True))
    return digest
