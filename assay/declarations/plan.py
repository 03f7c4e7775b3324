"""`plan.toml`, the customer's file: what is to be tested, how often, and how it is decided."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt, field_validator

from assay.declarations.model import Declaration, expected
from assay.declarations.references import Text

Scheme = Literal[
    "uept",
    "srept",
    "gbcs",
    "functional",
    "security",
    "protocol",
    "metrology",
    "interoperability",
    "interchangeability",
    "accelerated_life",
    "end_to_end",
]

Role = Literal["IS", "ES", "GS", "RSA", "ED", "GT", "OU"]

TAG_KINDS: tuple[str, ...] = (
    "requirement",
    "usecase",
    "srv",
    "role",
    "scheme",
    "device",
    "grade",
    "cv",
    "bench",
)
SELECTOR_KINDS: tuple[str, ...] = (*TAG_KINDS, "scenario")

_SELECTOR = re.compile(rf"(?:{'|'.join(SELECTOR_KINDS)}):\S(?:.*\S)?")


def _check_selector(value: str) -> str:
    if not _SELECTOR.fullmatch(value):
        raise expected(f"KIND:PATTERN with KIND one of {', '.join(SELECTOR_KINDS)}")
    return value


Selector = Annotated[str, AfterValidator(_check_selector)]
Count = Annotated[StrictInt, Field(ge=1)]


class DecisionRule(StrEnum):
    """How a measured value with its uncertainty is held against a limit (JCGM 106)."""

    SIMPLE_ACCEPTANCE = "simple_acceptance"  # inside the limit
    GUARD_BAND = "guard_band"  # inside by the expanded uncertainty: false accept <= 2.5 %
    GUARD_BAND_5_PERCENT = "guard_band_5_percent"  # inside by 0.83 of it: false accept <= 5 %
    RELAXED = "relaxed"  # rejected only if outside for certain; never for energy
    FOUR_STATE = "four_state"  # accept, conditional accept, conditional reject, reject


class Baseline(Declaration):
    """The versions that the plan certifies against."""

    smets: Text
    gbcs: Text
    duis: Text


class Selection(Declaration):
    """Selectors `KIND:PATTERN`, with `*` and `?`. Nothing to include means everything.

    `scenario` matches the id or the name. A scenario is chosen if it is included and not
    excluded; what `also` matches is chosen whatever else the plan says.
    """

    include: tuple[Selector, ...] = ()
    exclude: tuple[Selector, ...] = ()
    also: tuple[Selector, ...] = ()


class AcceleratedLife(Declaration):
    """Cycles of each family."""

    supply_interruptions: Count = 100
    contactor_pairs: Count = 100
    gas_meter_days: Count = 365


class EndToEnd(Declaration):
    """How many devices a business process is run with."""

    firmware_meters: Count = 50


class Repetitions(Declaration):
    """How often a family of stimuli is repeated inside its scenario."""

    accelerated_life: AcceleratedLife = AcceleratedLife()
    end_to_end: EndToEnd = EndToEnd()


class DecisionRules(Declaration):
    """The rule for each quantity that a scenario measures."""

    voltage: DecisionRule = DecisionRule.SIMPLE_ACCEPTANCE
    energy: DecisionRule = DecisionRule.SIMPLE_ACCEPTANCE
    time: DecisionRule = DecisionRule.SIMPLE_ACCEPTANCE

    @field_validator("energy")
    @classmethod
    def _billing_is_never_relaxed(cls, value: DecisionRule) -> DecisionRule:
        if value is DecisionRule.RELAXED:
            raise expected("a rule that protects the consumer, for billing values")
        return value


class Plan(Declaration):
    """The whole plan. No roles means that scenarios of every role are in it."""

    name: Text
    schemes: Annotated[tuple[Scheme, ...], Field(min_length=1)]
    roles: tuple[Role, ...] = ()
    baseline: Baseline
    selection: Selection = Selection()
    repetitions: Repetitions = Repetitions()
    decision_rules: DecisionRules = DecisionRules()
    retries_of_inconclusive: Annotated[StrictInt, Field(ge=0, le=10)] = 1
