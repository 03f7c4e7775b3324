"""Circular logs: size, order, and reading by date over GBCS."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs import messages
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.access import Response, Result, decode_payload
from assay.gbcs.dlms.data import Data
from rigs.devices.logs import CAPACITY, Log, event_log
from tests.rigs.devices.premises_kit import NETWORK, START, SUPPLIER, Premises, profile_items

EVENT_LOG, SECURITY_LOG, POWER_LOG = 0x0048, 0x0049, 0x00B9
WHOLE = (0, 0xFFFFFFFF)


def read(premises: Premises, code: int, first: int, last: int) -> tuple[Data, ...]:
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, profile_items(code, first, last))
    answer = premises.answer(premises.command(code, NETWORK, counter=counter, payload=payload))
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    assert response.items[0].result == Result.SUCCESS
    elements: tuple[Data, ...] = response.items[0].data.value.elements
    return elements


def log_of(premises: Premises, code: int) -> Log:
    meter = premises.meter
    return {
        EVENT_LOG: meter.event_log,
        SECURITY_LOG: meter.security_log,
        POWER_LOG: meter.power_event_log,
    }[code]


def test_the_hundred_and_first_entry_replaces_the_oldest() -> None:
    log = event_log(lambda: START)
    for number in range(CAPACITY + 1):
        log.write(0x8100 + number)
    assert len(log.entries) == CAPACITY >= 100
    assert log.codes() == tuple(0x8101 + number for number in range(CAPACITY))


@pytest.mark.parametrize("code", [EVENT_LOG, SECURITY_LOG, POWER_LOG])
def test_a_read_returns_every_entry_from_the_first_time_to_the_last(
    premises: Premises, code: int
) -> None:
    log = log_of(premises, code)
    for minute in range(10):
        other = minute if code == POWER_LOG else b"\x00\x52"
        log.write(0x8100 + minute, other, at=START + timedelta(days=1, minutes=minute))
    first = seconds_since_2000(START + timedelta(days=1, minutes=3))
    rows = read(premises, code, first, first + 180)
    assert [row.value[1].value for row in rows] == [0x8103, 0x8104, 0x8105, 0x8106]
    assert [row.value[0].value for row in rows] == [first + 60 * n for n in range(4)]


@pytest.mark.parametrize("code", [SECURITY_LOG, POWER_LOG])
def test_an_empty_range_is_an_empty_answer(premises: Premises, code: int) -> None:
    assert read(premises, code, *WHOLE) == ()


def test_from_the_start_of_time_to_its_end_is_everything(premises: Premises) -> None:
    before = list(premises.meter.event_log.codes())
    codes = [row.value[1].value for row in read(premises, EVENT_LOG, *WHOLE)]
    assert codes == before == [0x8183]


def test_a_read_without_a_range_is_refused(premises: Premises) -> None:
    answer = premises.ask(EVENT_LOG, SUPPLIER)
    assert answer.items[0].result == Result.TYPE_UNMATCHED
