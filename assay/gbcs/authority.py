"""Who may send a command, and under which protection: what the use-case table leaves open.

Most rows of the catalogue name the permitted roles and say whether a command is critical.
For the others stand the roles and the forms that the national vectors have (verified); the
two root replacements, of which there is no vector, follow from the names of their modes
(inferred); that the broker may unjoin as it may join (CS04B) is inferred too. The contingency
form has no party that a device could hold: the root stands for it, whose credential carries the
key (inferred).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assay.gbcs.catalogue import UseCase
from assay.gbcs.trust_anchors import ROLE_NAMES, Role

_SUPPLIER = (Role.SUPPLIER,)
_BROKER = (Role.ACCESS_CONTROL_BROKER,)
_EITHER = (Role.SUPPLIER, Role.ACCESS_CONTROL_BROKER)
"""The broker where the supplier is not one that the device knows."""
_READERS = (Role.SUPPLIER, Role.NETWORK_OPERATOR, Role.ACCESS_CONTROL_BROKER)
"""As of the use cases that read the same since: ECS61d and ECS61e; the users of 7.7 agree."""

BY_CONTINGENCY = 0x0109

_OBSERVED: Mapping[int, tuple[Role, ...]] = {
    0x0004: _BROKER,
    0x0007: _SUPPLIER,
    0x0008: (*_BROKER, Role.TRANSITIONAL_COS),
    0x000A: _SUPPLIER,
    0x000B: _SUPPLIER,
    0x000C: _SUPPLIER,
    0x000D: _SUPPLIER,
    0x000E: _EITHER,
    0x000F: _EITHER,
    0x0010: _EITHER,
    0x0012: _SUPPLIER,
    0x0013: _EITHER,
    0x001F: _SUPPLIER,
    0x003E: _SUPPLIER,
    0x003F: _SUPPLIER,
    0x0046: _SUPPLIER,
    0x0054: _SUPPLIER,
    0x0055: _SUPPLIER,
    0x007D: _SUPPLIER,
    0x007E: _SUPPLIER,
    0x007F: _SUPPLIER,
    0x008C: _BROKER,
    0x0092: _BROKER,
    0x0097: _SUPPLIER,
    0x009D: _SUPPLIER,
    0x009E: _SUPPLIER,
    0x00AB: _EITHER,
    0x00AF: _EITHER,
    0x00BA: _SUPPLIER,
    0x00BB: _READERS,
    0x0100: _SUPPLIER,
    0x0101: (Role.WAN_PROVIDER,),
    0x0102: _EITHER,
    0x0103: (Role.NETWORK_OPERATOR, Role.ACCESS_CONTROL_BROKER),
    0x0104: _BROKER,
    0x0105: (Role.WAN_PROVIDER,),
    0x0106: (Role.TRANSITIONAL_COS,),
    0x0107: (Role.TRANSITIONAL_COS,),
    0x0108: (Role.RECOVERY,),
    BY_CONTINGENCY: (Role.ROOT,),
    0x011B: (*_EITHER, Role.TRANSITIONAL_COS),
    0x0125: (Role.LOAD_CONTROLLER,),
    0x0126: _SUPPLIER,
    0x0129: _BROKER,
    0x012A: _SUPPLIER,
}


def permitted_roles(row: UseCase) -> frozenset[Role]:
    """Whose command of this use case a device obeys; empty where no source used here tells."""
    named = frozenset(ROLE_NAMES[name] for name in row.roles or () if name in ROLE_NAMES)
    return named or frozenset(_OBSERVED.get(row.code, ()))


class Protection(NamedTuple):
    """Which of the two a command carries."""

    signed: bool
    maced: bool

    def __str__(self) -> str:
        return {
            (True, True): "signature and MAC",
            (True, False): "signature alone",
            (False, True): "MAC alone",
        }.get(self, "neither signature nor MAC")


SIGNED = Protection(signed=True, maced=False)
MACED = Protection(signed=False, maced=True)
SIGNED_AND_MACED = Protection(signed=True, maced=True)

_VARIANTS: Mapping[int, tuple[Protection, ...]] = {
    0x0008: (MACED, SIGNED),
    0x011B: (MACED, SIGNED),
    **dict.fromkeys((0x0100, 0x0101), (SIGNED_AND_MACED,)),
    0x0104: (MACED, SIGNED_AND_MACED),
    0x0108: (SIGNED,),
    BY_CONTINGENCY: (SIGNED,),
}
"""Security credentials, which have forms of their own (digest 2): read by the broker or by
whoever signs; replaced by the broker (signed too for a hub), by recovery, by contingency; roots
replaced by a supplier or WAN provider, like all else that these replace (inferred)."""


def protections(row: UseCase) -> tuple[Protection, ...]:
    """The forms in which a command of this use case may come."""
    variants = _VARIANTS.get(row.code)
    if variants is not None:
        return variants
    return (SIGNED_AND_MACED,) if row.is_critical else (MACED,)
