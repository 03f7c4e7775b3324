"""What the meter answers about tariffs has the structure of the national messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assay.gbcs.dlms.access import Notification, Request, Response, decode_payload
from assay.gbcs.dlms.data import Data, array
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from tests.rigs.devices.premises_kit import SUPPLIER, Premises
from tests.rigs.devices.test_structure_of_messages import (
    header_shape,
    message,
    replay,
    response_shape,
    shape,
)
from tests.rigs.esme.tariff.tariff_kit import (
    DAY_AND_NIGHT,
    SET_SECONDARY_TARIFF,
    TWIN,
    secondary_items,
    send,
    special_day,
)

ERRORS = (
    "1.2.1_ECS01b/ECS01b_1.2.1_IMMEDIATE",
    "4.1.3_ECS17e/ECS17e_4.1.3",
    "4.11.2_ECS24b/ECS24b_4.11.2",
    "7.12_ECS38/ECS38_7.12",
)
SPECIAL_DAYS = 4
"""Place of the item in ECS01c."""
PARTS = (
    "SWITCHING_TABLE",
    "SPECIAL_DAYS",
    "CURRENCY_UNIT",
    "STANDING_CHARGE",
    "PRICE_MATRIX",
    "THRESHOLD_MATRIX",
)
"""In the order in which they are carried out."""


@pytest.fixture
def twin() -> Premises:
    """With tariffs for both elements, and something in each of their tables."""
    premises = Premises.joined(TWIN)
    premises.set_clock()
    christmas = special_day(1, "ffff0c19ff", 1)
    send(premises, replace(DAY_AND_NIGHT, special_days=(christmas,)))
    items = list(secondary_items())
    items[SPECIAL_DAYS] = array(christmas)
    premises.ask(SET_SECONDARY_TARIFF, SUPPLIER, items)
    return premises


def test_the_tariff_read_has_the_structure_of_the_national_one(
    twin: Premises, shared: Path
) -> None:
    """No national command that sets this tariff takes effect at once, so it is set otherwise."""
    name = "4.11.1_ECS24/ECS24_4.11.1_SUCCESS"
    answer = replay(twin, message(shared, f"{name}_COMMAND"), SUPPLIER)
    expected = message(shared, f"{name}_RESPONSE")
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer) == header_shape(expected)


@pytest.mark.parametrize("name", ERRORS)
def test_an_item_that_cannot_be_carried_out_is_answered_like_the_national_one(
    twin: Premises, shared: Path, name: str
) -> None:
    """The same item fails; why it does is nothing that a national message tells."""
    command = message(shared, f"{name}_ERROR_COMMAND")
    expected = message(shared, f"{name}_ERROR_RESPONSE")
    request, response = decode_payload(command.payload), decode_payload(expected.payload)
    assert isinstance(request, Request)
    assert isinstance(response, Response)
    at = next(n for n, item in enumerate(response.items) if item.result == FAILED)
    broken = request.items[at]
    twin.meter.objects.put(broken.op, broken.class_id, str(broken.obis), broken.attribute, fail)
    assert response_shape(replay(twin, command, SUPPLIER)) == response_shape(expected)


def fail(_call: Call) -> Data:
    raise ItemError(FAILED)


@pytest.mark.parametrize(("at", "part"), list(enumerate(PARTS)))
def test_a_dated_part_is_reported_like_the_national_one(
    premises: Premises, shared: Path, at: int, part: str
) -> None:
    premises.set_clock()
    date = premises.clock.now() + timedelta(hours=1)
    send(premises, DAY_AND_NIGHT, date)
    premises.clock.advance(timedelta(hours=2))
    alert, parts = premises.alerts(0x8F66)[at]
    folder = "1.1.1_ECS01a/ECS01a_1.1.1_8F66_FUTURE_DATED_TOU_BLOCK_SUCCESS_ALERT"
    expected = message(shared, f"{folder}_{part}")
    payload = decode_payload(expected.payload)
    assert isinstance(payload, Notification)
    assert list(map(shape, parts)) == list(map(shape, payload.body.value))
    told, national = parts[2].value, payload.body.value[2].value
    assert told[:2] + told[10:] == national[:2] + national[10:]
    assert header_shape(alert) == header_shape(expected)
