"""Prepayment top-up codes (UTRN): twenty digits made from value, unit and counter, and read back.

A code is a 64-bit token (PTUT) of counter tail, unit, value and 32 bits of MAC, plus an
offset that keeps it apart from the STS token classes (PPTD, 19 digits), plus a check digit.
The layout, the offset and the check digit are verified by national vectors (GBCS digest 8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.protection import derive_key

DIGITS = 20
MAX_VALUE = 0x1FFF
"""13 bits: 81.91 or 8,191.00 currency units."""
COUNTER_TAIL_SIZE = 1024
"""A code names bits 41 to 32 of the counter: one of 1,024 tails."""
_OFFSET = 0x669D529B714A0000
_TOKEN_BITS = 57
"""Lead (3 bits) and sub-class (4 bits) above these are zero."""
_TOKEN_KIND = b"\x01"
_AAD_HEAD = bytes.fromhex("110000000000")

_PERMUTATIONS = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)
_PERMUTED = tuple(tuple(int(digit) for digit in row) for row in _PERMUTATIONS)
_FIRST_ROW = 4
"""Not the textbook table: the rows start here."""
_CHECK_DIGITS = "1267583094"


class Unit(IntEnum):
    """What one step of the value is worth."""

    PENCE = 0
    POUNDS = 1

    @property
    def pence(self) -> int:
        return 100 if self is Unit.POUNDS else 1


class Flaw(StrEnum):
    """Why twenty characters are no top-up code, whoever made them."""

    NOT_TWENTY_DIGITS = "not twenty digits"
    CHECK_DIGIT = "check digit wrong"
    NOT_A_TOP_UP = "number outside the top-up codes"
    UNKNOWN_UNIT = "value class neither pence nor pounds"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """What a code says, before its MAC is checked.

    `counter_tail`: bits 41 to 32 of the counter. `value`: steps of `unit`. `mac`: the last
    four octets of the tag.
    """

    counter_tail: int
    unit: Unit
    value: int
    mac: bytes

    @property
    def pence(self) -> int:
        return self.value * self.unit.pence

    def head(self) -> bytes:
        """The four octets of the token that the MAC covers."""
        return (self.counter_tail << 15 | self.unit << 13 | self.value).to_bytes(4, "big")


def create(
    *, secret: bytes, supplier: Eui64, meter: Eui64, counter: int, value: int, unit: Unit
) -> str:
    """The twenty digits for a meter.

    Args:
        secret: shared secret of the supplier's prepayment key with the meter's (32 octets).
        counter: 64 bits, the low 32 zero; also that of the command that carries the code.
        value: 0 to 8191, in `unit`.

    Raises:
        EncodeError: a counter or value that no code can hold.
    """
    if not 0 <= counter < 1 << 64 or counter & 0xFFFFFFFF:
        raise EncodeError("counter of a top-up", "64 bits, the low 32 zero", f"{counter:#x}")
    if not 0 <= value <= MAX_VALUE:
        raise EncodeError("value of a top-up", f"0 to {MAX_VALUE}", value)
    bare = TopUp(counter_tail=counter_tail(counter), unit=unit, value=value, mac=bytes(4))
    mac = _mac(bare, secret, supplier, meter, counter)
    token = int.from_bytes(bare.head() + mac, "big")
    digits = f"{token + _OFFSET:019d}"
    return digits + check_digit(digits)


def read(code: str) -> TopUp | Flaw:
    """What a code says, or why it is none; the MAC is still to be checked (`is_authentic`)."""
    if not re.fullmatch(r"[0-9]{20}", code):
        return Flaw.NOT_TWENTY_DIGITS
    if check_digit(code[:-1]) != code[-1]:
        return Flaw.CHECK_DIGIT
    token = int(code[:-1]) - _OFFSET
    if not 0 <= token < 1 << _TOKEN_BITS:
        return Flaw.NOT_A_TOP_UP
    unit = token >> 45 & 0x3
    if unit not in (Unit.PENCE, Unit.POUNDS):
        return Flaw.UNKNOWN_UNIT
    return TopUp(
        counter_tail=token >> 47,
        unit=Unit(unit),
        value=token >> 32 & MAX_VALUE,
        mac=(token & 0xFFFFFFFF).to_bytes(4, "big"),
    )


def is_authentic(
    top_up: TopUp, *, secret: bytes, supplier: Eui64, meter: Eui64, counter: int
) -> bool:
    """Whether the MAC is that of this supplier for this meter and this whole counter."""
    if counter_tail(counter) != top_up.counter_tail or counter & 0xFFFFFFFF:
        return False
    return _mac(top_up, secret, supplier, meter, counter) == top_up.mac


def counter_tail(counter: int) -> int:
    """The part of a 64-bit counter that a code can hold."""
    return counter >> 32 & (COUNTER_TAIL_SIZE - 1)


def check_digit(digits: str) -> str:
    """The Verhoeff variant of GBCS over 19 digits."""
    state = 0
    for index, digit in enumerate(digits):
        state = _dihedral(state, _PERMUTED[(index + _FIRST_ROW) % 8][int(digit)])
    return _CHECK_DIGITS[state]


def _dihedral(a: int, b: int) -> int:
    """Multiplication in the dihedral group of ten elements."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def _mac(top_up: TopUp, secret: bytes, supplier: Eui64, meter: Eui64, counter: int) -> bytes:
    """The last four octets of the tag, where messages use the first twelve."""
    key = derive_key(secret, supplier, _TOKEN_KIND[0], counter, meter)
    parts = (supplier, meter, _TOKEN_KIND, counter.to_bytes(8, "big"), top_up.head())
    tag = AESGCM(key).encrypt(supplier + bytes(4), b"", _AAD_HEAD + b"".join(parts))
    return tag[-4:]
