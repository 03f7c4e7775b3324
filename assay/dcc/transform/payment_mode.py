"""Payment mode and balance of an electricity meter: which credits pay which charges (ECS02 to 04).

A credit-charge configuration is a list of pairs, each with three bits that say when the charge
is collected; all set means always. The national tables leave it out ("EXCEPTIONAL"): the pairs
and their order are those of the national messages. From SMETS come what the two flags do:
while a supply is disabled, Suspend Debt Disabled stops the collection of time-based debt (the
lowest bit, as the messages have it); under Suspend Debt Emergency, charges go to the accumulated
debt register while emergency credit is in use (the pairs of that register). Inferred: both
flags together do both, so that the accumulated debt register loses the bit as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assay.dcc.transform.calendar_values import content
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source, constant
from assay.duis.values import field
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import Data, Tag, array, enum, octet_string, structure

_CREDITS = {
    name: Obis.from_text(f"0-0:19.10.{place}.255")
    for place, name in enumerate(("balance", "emergency", "accumulated debt"))
}
_CHARGES = {
    name: Obis.from_text(f"0-0:19.20.{place}.255")
    for place, name in enumerate(
        ("tariff", "time debt 1", "time debt 2", "payment debt", "standing", "secondary tariff")
    )
}
_TIME_DEBTS = frozenset(("time debt 1", "time debt 2"))

_Pair = tuple[str, str]

_CREDIT: tuple[_Pair, ...] = (("balance", "tariff"), ("balance", "standing"))
_CREDIT_SECONDARY: tuple[_Pair, ...] = (("balance", "secondary tariff"),)
_PREPAYMENT: tuple[_Pair, ...] = (
    ("balance", "tariff"),
    ("balance", "standing"),
    ("balance", "time debt 1"),
    ("balance", "time debt 2"),
    ("balance", "payment debt"),
    ("emergency", "payment debt"),
    ("emergency", "tariff"),
    ("emergency", "standing"),
    ("emergency", "time debt 1"),
    ("emergency", "time debt 2"),
)
_ACCUMULATED: tuple[_Pair, ...] = (
    ("accumulated debt", "standing"),
    ("accumulated debt", "time debt 1"),
    ("accumulated debt", "time debt 2"),
)
_PREPAYMENT_SECONDARY: tuple[_Pair, ...] = (
    ("balance", "secondary tariff"),
    ("emergency", "secondary tariff"),
)

_CREDIT_MODE, _PREPAYMENT_MODE = 1, 2
_ACTIVE = 1
_ALWAYS = "111"
_NOT_WHILE_DISABLED = "110"


CREDIT_MODE = constant(structure(enum(_CREDIT_MODE), enum(_ACTIVE)))
PREPAYMENT_MODE = constant(structure(enum(_PREPAYMENT_MODE), enum(_ACTIVE)))
"""Payment mode, and that the account is active."""


def credit_configuration(*, has_secondary_element: bool) -> Source:
    pairs = _CREDIT + _CREDIT_SECONDARY * has_secondary_element
    return lambda _: _configuration(pairs, lambda _: _ALWAYS)


def prepayment_configuration(*, has_secondary_element: bool) -> Source:
    secondary = _PREPAYMENT_SECONDARY * has_secondary_element

    def source(frame: Frame) -> Data:
        accumulates = field(frame.body, "Prepayment/SuspendDebtEmergency", bool)
        suspends = field(frame.body, "Prepayment/SuspendDebtDisabled", bool)
        debts = _TIME_DEBTS if suspends else frozenset[str]()
        return _configuration(
            _PREPAYMENT + _ACCUMULATED * accumulates + secondary,
            lambda charge: _NOT_WHILE_DISABLED if charge in debts else _ALWAYS,
        )

    return source


def _configuration(pairs: Iterable[_Pair], collected: Callable[[str], str]) -> Data:
    return array(
        *(
            structure(
                octet_string(_CREDITS[credit]),
                octet_string(_CHARGES[charge]),
                Data(Tag.BIT_STRING, collected(charge)),
            )
            for credit, charge in pairs
        )
    )


def balance_adjustment(frame: Frame) -> Data:
    """By how much; credit and prepayment mode have one Command."""
    (mode,) = map(content, frame.body.values())
    return Data(Tag.DOUBLE_LONG, field(mode, "AdjustMeterBalance", int))


def disablement_threshold(frame: Frame) -> Data:
    threshold = field(frame.body, "Prepayment/DisablementThreshold", int)
    return Data(Tag.DOUBLE_LONG, threshold)
