"""A life with a planted fault ends in a disagreement, and its script is shrunk to a few steps."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from rigs.devices import ElectricityMeter
from tests.rigs.stateful.life import Life
from tests.rigs.stateful.script import Disagreement

BACKGROUND, MOST_STEPS = 9, 7
"""Steps of `begin`, and what a shrunk script may add to them."""


def obeys_whom_it_should_not(meter: ElectricityMeter) -> None:
    meter.remember_counter = lambda _: None


def enables_without_credit(meter: ElectricityMeter) -> None:
    meter.supply.may_enable = lambda: True


def logs_failures_as_successes(meter: ElectricityMeter) -> None:
    meter.command_log.code = lambda _: 0x8154


def forgets_the_balance_with_the_mode(meter: ElectricityMeter) -> None:
    account = meter.payment.account
    account.on_mode.append(lambda at: account.adjust_balance(-account.meter_balance, at))


def charges_twice(meter: ElectricityMeter) -> None:
    account = meter.payment.account
    sound = account.spend
    account.spend = lambda amount: sound(2 * amount)


def has_a_dead_button(meter: ElectricityMeter) -> None:
    meter.supply.press = lambda: None


Fault = Callable[[ElectricityMeter], None]
FAULTS: tuple[Fault, ...] = (
    charges_twice,
    forgets_the_balance_with_the_mode,
    obeys_whom_it_should_not,
)
RARER: tuple[Fault, ...] = (
    has_a_dead_button,
    enables_without_credit,
    logs_failures_as_successes,
)
SEARCH = settings(
    max_examples=60,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


SHRUNK = settings(SEARCH, max_examples=400, phases=(Phase.generate, Phase.shrink))
"""A shrunk script costs some hundred lives, so only one is shrunk if no long run is asked for."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(fault: Fault) -> None:
    assert disagreement(fault, SEARCH).script


def test_its_script_is_short() -> None:
    assert len(disagreement(charges_twice, SHRUNK).script) <= BACKGROUND + MOST_STEPS


@pytest.mark.skipif(
    "ASSAY_STATEFUL_EXAMPLES" not in os.environ, reason="minutes; ASSAY_STATEFUL_EXAMPLES asks"
)
@pytest.mark.parametrize("fault", FAULTS + RARER, ids=lambda fault: fault.__name__)
def test_every_script_is_short(fault: Fault) -> None:
    assert len(disagreement(fault, SHRUNK).script) <= BACKGROUND + MOST_STEPS


def disagreement(fault: Fault, search: settings) -> Disagreement:
    """The shortest life of a meter with this fault that the search came to."""

    class Faulty(Life):
        plant = staticmethod(fault)

    with pytest.raises(Disagreement) as found:
        run_state_machine_as_test(Faulty, settings=search)
    return found.value
