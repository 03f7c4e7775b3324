"""A script is made of steps that the features have, so that it can be run on hardware."""

from __future__ import annotations

import importlib
import pkgutil

from pytest_bdd.steps import step_function_context_registry

import steps
from tests.rigs.stateful.life import Life
from tests.rigs.stateful.model import Supply
from tests.rigs.stateful.requests import ATTACKS
from tests.rigs.stateful.script import Disagreement, pounds

KEYWORDS = ("Given", "When", "Then")


def whole_life() -> Life:
    """Every rule once."""
    life = Life()
    life.begin(pence=100, debt=3, accumulates=True, suspends=False)
    life.draw(watts=500, minutes=1)
    life.lose_power(seconds=90)
    life.top_up(amount=1)
    life.spend_a_code_twice(back=1)
    life.enter_a_code(amount=1)
    life.enter_a_spent_code(times=2)
    life.adjust(pence=-100)
    life.activate_emergency_credit()
    life.plan_a_price(minutes=2, pence=30)
    life.plan_credit_mode(minutes=3)
    life.cancel_credit_mode()
    for wanted in Supply:
        life.command_the_supply(wanted=wanted)
    life.press_the_button()
    for kind in ATTACKS:
        life.attack(kind=kind)
    life.read_the_supply()
    life.read_the_log()
    life.reset()
    life.use_credit_mode()
    return life


def test_every_step_of_a_life_is_one_of_the_features() -> None:
    for module in pkgutil.iter_modules(steps.__path__):
        if not module.name.startswith("test_"):
            importlib.import_module(f"steps.{module.name}")
    known = list(step_function_context_registry.values())
    keyword, unknown = "", []
    for step in whole_life().script:
        word, _, text = step.splitlines()[0].partition(" ")
        keyword = word if word in KEYWORDS else keyword
        if not any(
            one.type in (None, keyword.lower()) and one.parser.is_matching(text) for one in known
        ):
            unknown.append(step)
    assert unknown == []


def test_a_disagreement_tells_the_whole_scenario() -> None:
    told = str(Disagreement(["Given this", "When that\n  | a | 1 |"], "balance", 1, 2))
    assert told.splitlines() == [
        "balance: expected 1, seen 2, after",
        "Scenario: Model and meter disagree",
        "  Given this",
        "  When that",
        "    | a | 1 |",
    ]


def test_amounts_are_in_pounds() -> None:
    assert [pounds(amount) for amount in (0, 1, -20_000, 123_456)] == [
        "0.00000",
        "0.00001",
        "-0.20000",
        "1.23456",
    ]
