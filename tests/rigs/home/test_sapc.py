"""The stand-alone controller: its own identity, and a load that follows calendar and levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from pathlib import Path

import pytest

from assay.gbcs import messages
from assay.gbcs.date_time import NOW
from assay.gbcs.dlms.access import Item, Request, Response, decode_payload
from assay.gbcs.dlms.data import array, octet_string
from assay.gbcs.envelope import Message
from assay.gbcs.trust_anchors import Role
from rigs.devices.sapc import StandAloneController
from tests.rigs.devices.premises_kit import SUPPLIER
from tests.rigs.devices.test_structure_of_messages import header_shape, message, response_shape
from tests.rigs.esme.auxiliary.auxiliary_kit import entry, execute, period
from tests.rigs.home.home_kit import SAPC, Home

NUMBER = 5


@pytest.fixture
def controller(home: Home) -> StandAloneController:
    return home.sapc()


def run(home: Home, code: int, items: Sequence[Item], role: Role = SUPPLIER) -> Message:
    premises = home.premises
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, tuple(items))
    octets = premises.command(code, role, counter=counter, recipient=SAPC, payload=payload)
    answer = premises.answer(octets)
    assert answer is not None
    return answer


def test_its_firmware_version_is_read(home: Home, controller: StandAloneController) -> None:
    answer = home.premises.answer(home.premises.command(0x0059, SUPPLIER, recipient=SAPC))
    assert answer is not None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    assert payload.items[0].data.value == controller.firmware.version


CALENDARS = (
    "FUTURE_DATED_APC_OUTPUT_SUCCESS",
    "CANCELLATION_APC_OUTPUT_SUCCESS",
)


@pytest.mark.parametrize("name", CALENDARS)
def test_the_national_calendars_are_answered_as_nationally(
    home: Home, controller: StandAloneController, shared: Path, name: str
) -> None:
    assert controller.network.is_joined
    command = message(shared, f"6.14.3_ECS46d/ECS46d_6.14.3_{name}_COMMAND")
    expected = message(shared, f"6.14.3_ECS46d/ECS46d_6.14.3_{name}_RESPONSE")
    request = decode_payload(command.payload)
    assert isinstance(request, Request)
    answer = run(home, command.message_code, request.items)
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer)[:5] == header_shape(expected)[:5]


def test_a_calendar_switches_the_load(home: Home, controller: StandAloneController) -> None:
    script = 0x1080 | NUMBER << 8
    entries = array(entry(1, script, time(11, 0)), entry(2, script | 60, time(13, 0)))
    data = (array(), entries, octet_string(NOW), octet_string(NOW))
    octets = home.premises.command(0x011A, SUPPLIER, data, recipient=SAPC)
    answer = home.premises.answer(octets)
    assert answer is not None and set(home.premises.results(answer)) == {0}
    assert controller.node.output == 0
    home.premises.clock.advance(timedelta(hours=1, minutes=40))
    assert controller.node.output == 60


def test_a_level_holds_for_its_period(home: Home, controller: StandAloneController) -> None:
    now = home.premises.clock.now().replace(microsecond=0)
    items = (
        *period(NUMBER, 1, now, now + timedelta(hours=2)),
        execute(0x1000 | NUMBER << 8 | 40),
    )
    assert set(home.premises.results(run(home, 0x011E, items))) == {0}
    assert controller.node.output == 40
    home.premises.clock.advance(timedelta(hours=2, minutes=1))
    assert controller.node.output == 0


def test_a_level_whose_end_is_before_its_start_is_refused(
    home: Home, controller: StandAloneController
) -> None:
    now = home.premises.clock.now().replace(microsecond=0)
    items = (
        *period(NUMBER, 1, now, now - timedelta(hours=1)),
        execute(0x1000 | NUMBER << 8 | 40),
    )
    results = home.premises.results(run(home, 0x011E, items))
    assert results[-1] != 0
    assert controller.node.output == 0


def test_an_unknown_command_is_told_like_the_national_one(
    home: Home, controller: StandAloneController, shared: Path
) -> None:
    """8F85 names message code and counter of the command."""
    assert 0x0052 not in controller.handlers
    counter = home.premises.next_counter()
    octets = home.premises.command(0x0052, SUPPLIER, counter=counter, recipient=SAPC)
    assert home.premises.answer(octets) is None
    ((alert, parts),) = home.premises.alerts(0x8F85)
    national = message(shared, "NA_ECS100/ECS100_NA_8F85_SUPPLEMENTARY_REMOTE_PARTY_ALERT")
    assert header_shape(alert)[:4] == header_shape(national)[:4]
    assert parts[2].value == b"\x00\x52" + counter.to_bytes(8, "big")


def test_its_levels_survive_a_loss_of_power(home: Home, controller: StandAloneController) -> None:
    now = home.premises.clock.now().replace(microsecond=0)
    items = (
        *period(NUMBER, 1, now, now + timedelta(hours=2)),
        execute(0x1000 | NUMBER << 8 | 40),
    )
    run(home, 0x011E, items)
    home.premises.interrupt(600)
    home.premises.pass_time(30)
    assert controller.node.output == 40
