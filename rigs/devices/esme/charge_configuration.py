"""Which charges are collected from which credits: the way DLMS has of saying the payment mode.

A configuration is a list of pairs, each with three bits that say when the charge is collected.
Time debts without the last bit are suspended while the supply is disabled; pairs of the
accumulated debt register mean that debt is suspended in emergency credit. Pairs and bits are
those of national messages.
"""

from __future__ import annotations

from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import Data, Tag, array, octet_string, structure
from rigs.devices.dlms_objects import ItemError

_CREDITS = tuple(bytes(Obis.from_text(f"0-0:19.10.{place}.255")) for place in range(3))
_CHARGES = tuple(bytes(Obis.from_text(f"0-0:19.20.{place}.255")) for place in range(6))
_BALANCE, _EMERGENCY, _ACCUMULATED = _CREDITS
_PRICES, _TIME_DEBT_1, _TIME_DEBT_2, _, _STANDING_CHARGE, _ = _CHARGES
_TIME_DEBTS = (_TIME_DEBT_1, _TIME_DEBT_2)
_BITS = 3
_ALWAYS = "111"

CREDIT_MODE = array(
    *(
        structure(octet_string(_BALANCE), octet_string(charge), Data(Tag.BIT_STRING, _ALWAYS))
        for charge in (_PRICES, _STANDING_CHARGE)
    )
)
"""As delivered: what credit mode has on a single element."""


def check(configuration: Data, *, is_prepayment: bool) -> None:
    """
    Raises:
        ItemError: it is no list of known credits and charges, or that of the other mode.
    """
    if configuration.tag != Tag.ARRAY:
        raise ItemError(Result.TYPE_UNMATCHED)
    credits_ = {_pair(row)[0] for row in configuration.value}
    if (_EMERGENCY in credits_) is not is_prepayment:
        raise ItemError(Result.OTHER_REASON)


def suspensions(configuration: Data) -> tuple[bool, bool]:
    """Suspend Debt Disabled and Suspend Debt Emergency."""
    rows = [_pair(row) for row in configuration.value]
    disabled = any(charge in _TIME_DEBTS and bits[-1] == "0" for _, charge, bits in rows)
    return disabled, any(credit == _ACCUMULATED for credit, _, _ in rows)


def _pair(row: Data) -> tuple[bytes, bytes, str]:
    tags = (Tag.OCTET_STRING, Tag.OCTET_STRING, Tag.BIT_STRING)
    if row.tag != Tag.STRUCTURE or tuple(part.tag for part in row.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    credit, charge, bits = (part.value for part in row.value)
    if credit not in _CREDITS or charge not in _CHARGES or len(bits) != _BITS:
        raise ItemError(Result.OTHER_REASON)
    return credit, charge, bits
