"""What the meter answers to national payment commands has the structure of national answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from rigs.devices.payment import Mode
from tests.rigs.devices.premises_kit import SUPPLIER, Premises
from tests.rigs.devices.test_structure_of_messages import (
    header_shape,
    message,
    replay,
    response_shape,
)
from tests.rigs.esme.payment.payment_kit import enter_remotely, millipence, prepaid, utrn

COMMANDS = (
    "1.5_ECS04a/ECS04a_1.5",
    "1.5_ECS04b/ECS04b_1.5",
    "1.6_ECS02/ECS02_1.6_CANCELLATION_TWIN",
    "1.6_ECS02/ECS02_1.6_FUTURE_DATED_TWIN",
    "1.6_ECS03/ECS03_1.6_CANCELLATION_TWIN",
    "1.6_ECS03/ECS03_1.6_FUTURE_DATED_TWIN",
    "2.1_ECS08/ECS08_2.1_IMMEDIATE",
    "2.1_ECS08/ECS08_2.1_CANCELLATION",
    "2.1_ECS08a/ECS08a_2.1_IMMEDIATE",
    "2.1_ECS08a/ECS08a_2.1_CANCELLATION",
    "2.3_ECS07/ECS07_2.3",
    "2.5_ECS09/ECS09_2.5",
    "4.13_ECS26a/ECS26a_4.13_SINGLE",
    "4.18_ECS82/ECS82_4.18",
    "4.3_ECS19/ECS19_4.3",
    "4.4.5_ECS20d/ECS20d_4.4.5",
    "6.2.9_ECS26j/ECS26j_6.2.9",
)


@pytest.fixture
def in_need(premises: Premises, shared: Path) -> Premises:
    """Prepayment with the national calendar in force, and emergency credit to be had."""
    replay(premises, message(shared, "2.1_ECS08a/ECS08a_2.1_IMMEDIATE_SUCCESS_COMMAND"), SUPPLIER)
    prepaid(premises, 50, emergency_credit_limit=100, emergency_credit_threshold=100)
    return premises


@pytest.mark.parametrize("name", COMMANDS)
def test_a_payment_response_has_the_structure_of_the_national_one(
    in_need: Premises, shared: Path, name: str
) -> None:
    expected = message(shared, f"{name}_SUCCESS_RESPONSE")
    answer = replay(in_need, message(shared, f"{name}_SUCCESS_COMMAND"), SUPPLIER)
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer)[:5] == header_shape(expected)[:5]


def test_a_top_up_answer_has_the_structure_of_the_national_one(
    in_need: Premises, shared: Path
) -> None:
    expected = message(shared, "2.2_CS01a/CS01a_2.2_SUCCESS_RESPONSE")
    assert [item[1] for item in response_shape(expected)] == enter_remotely(
        in_need, 3, utrn(in_need, 3)
    )


def test_a_national_immediate_configuration_is_in_force_at_once(
    premises: Premises, shared: Path
) -> None:
    replay(premises, message(shared, "2.1_ECS08a/ECS08a_2.1_IMMEDIATE_SUCCESS_COMMAND"), SUPPLIER)
    settings = premises.meter.payment.account.settings
    assert settings.maximum_balance == millipence(5_000_000)
    assert settings.emergency_credit_limit == millipence(300_000)
    assert premises.meter.payment.account.mode is Mode.CREDIT
    assert len(premises.meter.payment.next.calendar.entries) > 10
