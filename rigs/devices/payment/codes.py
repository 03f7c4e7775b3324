"""Event codes of payment (names of the national list; who raises which is inferred where open)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LOW_CREDIT = 0x810D
CREDIT_ADDED_LOCALLY = 0x810E
EMERGENCY_CREDIT_AVAILABLE = 0x8119
ARMED_BY_EMERGENCY_CREDIT = 0x8168
TIME_DEBT_COLLECTED = (0x81A7, 0x81A8)
PAYMENT_DEBT_COLLECTED = 0x81A9
EMERGENCY_CREDIT_EXHAUSTED = 0x81AA
EMERGENCY_CREDIT_ACTIVATED = 0x81AB
ENTRY_SUSPENDED = 0x81C4
ENTRY_WHILE_LOCKED = 0x81C5
INSUFFICIENT_CREDIT = 0x8F0F
BALANCE_TOO_HIGH = 0x8F47
DUPLICATE_CODE = 0x8F51
CREDIT_TOO_LARGE = 0x8F5B
NOT_AUTHENTIC = 0x8F63
NOT_FOR_THIS_DEVICE = 0x8F64
DISABLEMENT_SUSPENDED = 0x8F83


class Wish(StrEnum):
    """What payment wants of the supply."""

    DISABLE = "disable"
    ARM = "arm"


class Refusal(StrEnum):
    """Why a top-up code brought no credit."""

    NOT_A_CODE = "not a top-up code"
    NOT_FOR_THIS_DEVICE = "a token of another kind"
    NOT_AUTHENTIC = "MAC does not verify"
    DUPLICATE = "counter spent before"
    TOO_OLD = "counter older than the lowest remembered"
    CREDIT_TOO_LARGE = "more than the maximum credit of one top-up"
    BALANCE_TOO_HIGH = "the balance would exceed its maximum"
    LOCKED = "entry by hand is locked"
    WRONG_MODE = "not in prepayment mode"


@dataclass(frozen=True, slots=True)
class RefusalCodes:
    """`event` it leaves (None: none), `result` octet of a ConsumerTopUpResponse."""

    event: int | None
    result: int


REFUSALS: Mapping[Refusal, RefusalCodes] = {
    Refusal.NOT_A_CODE: RefusalCodes(None, 0x01),
    Refusal.NOT_FOR_THIS_DEVICE: RefusalCodes(NOT_FOR_THIS_DEVICE, 0x01),
    Refusal.NOT_AUTHENTIC: RefusalCodes(NOT_AUTHENTIC, 0x01),
    Refusal.DUPLICATE: RefusalCodes(DUPLICATE_CODE, 0x02),
    Refusal.TOO_OLD: RefusalCodes(DUPLICATE_CODE, 0x02),
    Refusal.CREDIT_TOO_LARGE: RefusalCodes(CREDIT_TOO_LARGE, 0x06),
    Refusal.BALANCE_TOO_HIGH: RefusalCodes(BALANCE_TOO_HIGH, 0x04),
    Refusal.LOCKED: RefusalCodes(ENTRY_WHILE_LOCKED, 0x05),
    Refusal.WRONG_MODE: RefusalCodes(None, 0x03),
}
"""01 for a wrong check digit is verified by a national vector, the other pairs are inferred from
the names of the results and codes (E-144 to E-151)."""
