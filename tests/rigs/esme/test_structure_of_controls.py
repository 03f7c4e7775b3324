"""Answers on load, display, logs and alerts have the structure of the national messages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assay.gbcs.dlms.access import Notification, Request, Response, decode_payload
from assay.gbcs.dlms.data import Data
from assay.gbcs.trust_anchors import Role
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.esme.auxiliary.actions import Action
from rigs.devices.esme.auxiliary.loads import Outcome
from rigs.devices.esme.auxiliary.log import ControlEvent
from tests.rigs.devices.premises_kit import BROKER, NETWORK, SUPPLIER, Premises
from tests.rigs.devices.test_structure_of_messages import (
    header_shape,
    message,
    replay,
    response_shape,
    shape,
)

SUCCESSES = (
    ("3.1_ECS10/ECS10_3.1", SUPPLIER),
    ("3.3_ECS15a/ECS15a_3.3", SUPPLIER),
    ("3.3_ECS15c/ECS15c_3.3", SUPPLIER),
    ("3.4_ECS16/ECS16_3.4", SUPPLIER),
    ("3.5_ECS14/ECS14_3.5", SUPPLIER),
    ("4.15_ECS27/ECS27_4.15", SUPPLIER),
    ("6.2.10_ECS25r1/ECS25r1_6.2.10", SUPPLIER),
    ("6.4.1_ECS28a/ECS28a_6.4.1_FUTURE_DATED", SUPPLIER),
    ("6.4.1_ECS28a/ECS28a_6.4.1_CANCELLATION", SUPPLIER),
    ("6.13_ECS35f/ECS35f_6.13", SUPPLIER),
    ("6.13_ECS35g/ECS35g_6.13", SUPPLIER),
    ("6.14.1_ECS46a/ECS46a_6.14.1_ALL_OPTIONALS", SUPPLIER),
    ("6.14.2_ECS46c/ECS46c_6.14.2_IMMEDIATE_SOME_OPTIONALS", SUPPLIER),
    ("6.14.3_ECS46d/ECS46d_6.14.3_IMMEDIATE_APC_INPUT", SUPPLIER),
    ("6.22_ECS25a/ECS25a_6.22", SUPPLIER),
    ("6.22_ECS25a1/ECS25a1_6.22", SUPPLIER),
    ("6.22_ECS25a3/ECS25a3_6.22", SUPPLIER),
    ("6.22_ECS25b/ECS25b_6.22", NETWORK),
    ("6.22_ECS25b3/ECS25b3_6.22", NETWORK),
    ("6.25_ECS81/ECS81_6.25", SUPPLIER),
    ("7.5_ECS47Activate/ECS47Activate_7.5", SUPPLIER),
    ("7.7_ECS61a/ECS61a_7.7_ALL_OPTIONALS", SUPPLIER),
    ("7.9_ECS62Add/ECS62Add_7.9", SUPPLIER),
    ("7.10_ECS62Remove/ECS62Remove_7.10", SUPPLIER),
    ("7.11_ECS61c/ECS61c_7.11", SUPPLIER),
    ("7.14_ECS61d/ECS61d_7.14", SUPPLIER),
    ("7.15_ECS61e/ECS61e_7.15", SUPPLIER),
    ("9.1_ECS50/ECS50_9.1", BROKER),
)
ERRORS = (
    ("3.5_ECS14/ECS14_3.5", SUPPLIER),
    ("6.2.10_ECS25r2/ECS25r2_6.2.10", NETWORK),
    ("6.4.1_ECS28a/ECS28a_6.4.1_IMMEDIATE", SUPPLIER),
    ("6.13_ECS35a/ECS35a_6.13", SUPPLIER),
    ("6.13_ECS35f/ECS35f_6.13", SUPPLIER),
    ("6.14.1_ECS46a/ECS46a_6.14.1_ALL_OPTIONALS", SUPPLIER),
    ("6.14.3_ECS46d/ECS46d_6.14.3_IMMEDIATE_APC_OUTPUT", SUPPLIER),
    ("6.22_ECS25b3/ECS25b3_6.22", NETWORK),
    ("7.9_ECS62Add/ECS62Add_7.9", SUPPLIER),
    ("7.11_ECS61c/ECS61c_7.11", SUPPLIER),
    ("7.15_ECS61e/ECS61e_7.15", SUPPLIER),
)
CALENDAR = "6.14.3_ECS46d/ECS46d_6.14.3_IMMEDIATE_APC_INPUT_SUCCESS_COMMAND"


@pytest.fixture
def kept(premises: Premises, shared: Path) -> Premises:
    """With a calendar and log entries, so that no array is empty."""
    now = premises.meter.now()
    replay(premises, message(shared, CALENDAR), SUPPLIER)
    premises.meter.auxiliary.log.write(ControlEvent(at=now, script=0x0111, outcome=Outcome.SUCCESS))
    premises.meter.auxiliary.boost_log.write(now, now)
    return premises


@pytest.mark.parametrize(("name", "role"), SUCCESSES, ids=[name for name, _ in SUCCESSES])
def test_a_success_has_the_structure_of_the_national_one(
    kept: Premises, shared: Path, name: str, role: Role
) -> None:
    answer = replay(kept, message(shared, f"{name}_SUCCESS_COMMAND"), role)
    expected = message(shared, f"{name}_SUCCESS_RESPONSE")
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer)[:5] == header_shape(expected)[:5]


@pytest.mark.parametrize(("name", "role"), ERRORS, ids=[name for name, _ in ERRORS])
def test_an_item_that_cannot_be_carried_out_is_answered_like_the_national_one(
    kept: Premises, shared: Path, name: str, role: Role
) -> None:
    """The same item fails; why it does is nothing that a national message tells."""
    command = message(shared, f"{name}_ERROR_COMMAND")
    expected = message(shared, f"{name}_ERROR_RESPONSE")
    request, response = decode_payload(command.payload), decode_payload(expected.payload)
    assert isinstance(request, Request)
    assert isinstance(response, Response)
    at = next(n for n, item in enumerate(response.items) if item.result == FAILED)
    broken = request.items[at]
    kept.meter.objects.put(broken.op, broken.class_id, str(broken.obis), broken.attribute, fail)
    assert response_shape(replay(kept, command, role)) == response_shape(expected)


def fail(_call: Call) -> Data:
    raise ItemError(FAILED)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NA_ECS101/ECS101_NA_8F86_INPUT_ALERT", 0x8F86),
        ("NA_ECS102/ECS102_NA_8F87_OUTPUT_ALERT", 0x8F87),
    ],
)
def test_an_alert_about_a_limit_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path, name: str, code: int
) -> None:
    now = premises.meter.now()
    premises.meter.auxiliary.limit(Action(5, 40), 0x1528, now, now + timedelta(minutes=5))
    premises.pass_time(600)
    expected = message(shared, name)
    payload = decode_payload(expected.payload)
    assert isinstance(payload, Notification)
    ((alert, parts),) = premises.alerts(code)
    assert alert.message_code == expected.message_code
    assert [shape(part) for part in parts] == [shape(part) for part in payload.body.value]
    assert header_shape(alert) == header_shape(expected)
