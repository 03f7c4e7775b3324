"""The Key Establishment cluster (0x0800): what CBKE says on the air. The arithmetic is elsewhere.

Certificates, ephemeral keys and identities have the sizes of their suite: 48 and 22 octets for
suite 1, 74 and 37 for suite 2, which is Great Britain's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rigs.zigbee.commands import KEY, REST, U8, U16, CommandSet, Row

SUITE_1 = 0x0001
SUITE_2 = 0x0002
CERTIFICATE_SIZE = {SUITE_1: 48, SUITE_2: 74}
EPHEMERAL_SIZE = {SUITE_1: 22, SUITE_2: 37}


class TerminateStatus(IntEnum):
    UNKNOWN_ISSUER = 1
    BAD_KEY_CONFIRM = 2
    BAD_MESSAGE = 3
    NO_RESOURCES = 4
    UNSUPPORTED_SUITE = 5
    INVALID_CERTIFICATE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiate:
    """Both ways. The times are the seconds that the sender needs for its own computations."""

    suite: int = SUITE_2
    ephemeral_time_s: int
    confirm_time_s: int
    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EphemeralData:
    """A compressed public key."""

    public_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmKey:
    """The sender's proof (SMAC) that it has computed the same key."""

    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate:
    status: int
    wait_s: int
    suite: int = SUITE_2


KEY_ESTABLISHMENT = CommandSet(
    "key establishment",
    {
        0x00: Row(
            Initiate,
            (
                ("suite", U16),
                ("ephemeral_time_s", U8),
                ("confirm_time_s", U8),
                ("certificate", REST),
            ),
        ),
        0x01: Row(EphemeralData, (("public_key", REST),)),
        0x02: Row(ConfirmKey, (("proof", KEY),)),
        0x03: Row(Terminate, (("status", U8), ("wait_s", U8), ("suite", U16))),
    },
)
"""The same in both directions."""
