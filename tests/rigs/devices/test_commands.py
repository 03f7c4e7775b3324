"""What a device does with a command: accept, carry out, answer, or refuse in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assay.gbcs import catalogue, messages, protection
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, Response, Result, decode_payload
from assay.gbcs.dlms.data import Data, double_long_unsigned, integer, long_unsigned, octet_string
from assay.gbcs.envelope import Cra
from rigs.devices.esme import SupplyState
from tests.rigs.devices.faulty_commands import FAULTY
from tests.rigs.devices.premises_kit import (
    BROKER,
    METER,
    NETWORK,
    START,
    SUPPLIER,
    Premises,
    items,
)

DISABLE, ENABLE, READ_STATE, SET_VOLTAGE = 0x0050, 0x004F, 0x0052, 0x0045


def state(premises: Premises) -> tuple[object, ...]:
    """Everything that a command could change."""
    meter = premises.meter
    return (
        meter.supply.state,
        premises.contactor.closed,
        meter.import_watt_hours(),
        meter.display.message,
        dict(meter.credentials.anchors.counters),
        dict(meter.credentials.anchors.cells),
        meter.voltage.average_over.volts,
        meter.voltage.average_over.counter,
        meter.event_log.entries,
        meter.power_event_log.entries,
    )


@pytest.fixture
def addressed(premises: Premises) -> Premises:
    """The meter has accepted commands before, so that its counter is not zero."""
    premises.ask(DISABLE, SUPPLIER, (long_unsigned(52),))
    premises.ask(ENABLE, SUPPLIER, (long_unsigned(51),))
    premises.dsp.arrived.clear()
    return premises


@pytest.mark.parametrize("fault", FAULTY)
def test_a_refused_command_changes_nothing_and_gets_no_answer(
    addressed: Premises, fault: str
) -> None:
    before = state(addressed)
    addressed.send(FAULTY[fault].make(addressed), target=METER)
    assert state(addressed) == before
    assert addressed.arrived(Cra.RESPONSE) == []


@pytest.mark.parametrize("fault", FAULTY)
def test_a_refusal_leaves_its_code_in_the_security_log(addressed: Premises, fault: str) -> None:
    addressed.send(FAULTY[fault].make(addressed), target=METER)
    assert addressed.meter.security_log.codes() == (FAULTY[fault].code,)


@pytest.mark.parametrize("fault", FAULTY)
def test_a_refusal_is_alerted_where_the_table_says_so(addressed: Premises, fault: str) -> None:
    addressed.send(FAULTY[fault].make(addressed), target=METER)
    sent = [(parts[0].value, message.message_code) for message, parts in addressed.alerts()]
    assert sent == FAULTY[fault].sent
    for message, _ in addressed.alerts():
        key = addressed.meter.credentials.signing_key.public_key()
        assert protection.is_signature_valid(message, key)


@pytest.mark.parametrize("fault", FAULTY)
def test_the_next_right_command_is_accepted_after_a_refusal(
    addressed: Premises, fault: str
) -> None:
    addressed.send(FAULTY[fault].make(addressed), target=METER)
    answer = addressed.ask(DISABLE, SUPPLIER, (long_unsigned(52),))
    assert answer.items[0].result == Result.SUCCESS
    assert addressed.meter.supply.state is SupplyState.DISABLED


def test_a_command_is_executed_once_however_often_it_is_sent(addressed: Premises) -> None:
    command = addressed.command(DISABLE, SUPPLIER, (long_unsigned(52),))
    assert addressed.answer(command) is not None
    addressed.meter.supply.enable()
    assert addressed.answer(command) is None
    assert addressed.meter.supply.state is SupplyState.ENABLED


def test_a_read_is_answered_whatever_its_counter_and_does_not_move_it(addressed: Premises) -> None:
    before = dict(addressed.meter.credentials.anchors.counters)
    assert addressed.answer(addressed.command(READ_STATE, SUPPLIER, counter=1)) is not None
    assert addressed.meter.credentials.anchors.counters == before


def test_counters_are_kept_per_role(premises: Premises) -> None:
    premises.ask(DISABLE, SUPPLIER, (long_unsigned(52),))
    first = premises.counter
    premises.ask(0x00D3, NETWORK, (integer(0), integer(0)))
    counters = premises.meter.credentials.anchors.counters
    assert (counters[SUPPLIER], counters[NETWORK]) == (first, premises.counter)
    assert counters[BROKER] == 0


def test_a_response_swaps_the_parties_and_echoes_counter_and_code(premises: Premises) -> None:
    command = premises.plain_command(READ_STATE, SUPPLIER)
    answer = premises.answer(premises.mac(command).to_octets())
    assert answer is not None
    assert (answer.originator, answer.recipient) == (command.recipient, command.originator)
    assert (answer.counter, answer.message_code) == (command.counter, command.message_code)
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    assert payload.invoke_id == 0x20 << 24 | command.counter


def test_the_response_to_a_critical_command_is_signed_and_has_no_mac(premises: Premises) -> None:
    answer = premises.answer(premises.command(DISABLE, SUPPLIER, (long_unsigned(52),)))
    assert answer is not None
    assert answer.mac is None
    key = premises.meter.credentials.signing_key.public_key()
    assert protection.is_signature_valid(answer, key)


def test_the_response_to_another_command_has_a_mac_for_its_reader_alone(
    premises: Premises,
) -> None:
    answer = premises.answer(premises.command(READ_STATE, NETWORK))
    assert answer is not None
    assert answer.signature == b""
    assert protection.is_mac_valid(answer, premises.secret(answer.recipient, METER))


@pytest.mark.parametrize("code", [0x0027, 0x0039, 0x0052, 0x0059, 0x003C])
def test_the_header_has_a_time_exactly_where_the_use_case_asks_for_it(
    premises: Premises, code: int
) -> None:
    use_case = catalogue.use_case(code)
    assert use_case is not None
    if code == 0x0027:
        answer = premises.read_registers()
    else:
        answer = premises.answer(premises.command(code, SUPPLIER))
    assert answer is not None
    expected = DateTime.at(premises.meter.now()) if use_case.response_date_time else None
    if expected is None:
        assert answer.date_time is None
    else:
        assert answer.date_time is not None
        seen = answer.date_time.as_utc()
        assert seen is not None
        assert abs((seen - premises.meter.now()).total_seconds()) < 10


def settings_items(*replaced: tuple[int, Data]) -> tuple[Item, ...]:
    """ECS29a with plausible values, and some of them replaced."""
    given: list[Data] = [double_long_unsigned(30 + n) for n in range(11)] + [integer(0)] * 2
    for index, data in replaced:
        given[index] = data
    return items(SET_VOLTAGE, given)


def ask_items(premises: Premises, code: int, role_items: tuple[Item, ...]) -> Response:
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, role_items)
    answer = premises.answer(premises.command(code, NETWORK, counter=counter, payload=payload))
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    return response


@pytest.mark.parametrize("failing", [0, 4, 11, 12])
def test_after_an_item_that_fails_nothing_is_executed(premises: Premises, failing: int) -> None:
    before = [
        level.setting
        for level in (premises.meter.voltage.extreme_over, premises.meter.voltage.swell)
    ]
    response = ask_items(premises, SET_VOLTAGE, settings_items((failing, octet_string(b""))))
    results = [item.result for item in response.items]
    assert results[:failing] == [Result.SUCCESS] * failing
    assert results[failing] == Result.TYPE_UNMATCHED
    assert results[failing + 1 :] == [Result.OTHER_REASON] * (12 - failing)
    voltage = premises.meter.voltage
    untouched = [voltage.extreme_over.setting, voltage.swell.setting]
    assert (untouched == before) is (failing == 0)
    assert (voltage.average_over.volts == 39) is (failing > 9)


def test_an_item_of_another_use_case_is_not_executed(premises: Premises) -> None:
    disable = items(DISABLE, (long_unsigned(52),))
    response = ask_items(premises, SET_VOLTAGE, disable)
    assert [item.result for item in response.items] == [Result.SCOPE_OF_ACCESS_VIOLATED]
    assert premises.contactor.closed


def test_a_polyphase_command_finds_no_second_phase(premises: Premises) -> None:
    code = 0x00AE
    data = [double_long_unsigned(600)] * 17 + [integer(0)] * 6
    response = ask_items(premises, code, items(code, data))
    results = [item.result for item in response.items]
    assert results[:3] == [Result.SUCCESS, Result.OBJECT_UNDEFINED, Result.OTHER_REASON]


def test_an_authentic_payload_that_is_no_request_gets_no_answer(premises: Premises) -> None:
    assert premises.answer(premises.command(READ_STATE, SUPPLIER, payload=b"\x00\x01")) is None
    assert premises.meter.security_log.codes() == (0x8F1E,)


def test_the_supplementary_party_of_the_broker_is_echoed(premises: Premises) -> None:
    plain = premises.plain_command(READ_STATE, BROKER)
    stranger = (METER, 77)
    command = messages.command(
        message_code=plain.message_code,
        originator=plain.originator,
        recipient=plain.recipient,
        counter=plain.counter,
        payload=plain.payload,
        supplementary=stranger,
    )
    answer = premises.answer(premises.mac(command).to_octets())
    assert answer is not None
    assert (answer.other.supplementary_party, answer.other.supplementary_counter) == stranger
    assert protection.is_mac_valid(answer, premises.secret(plain.originator, METER))


def test_a_device_without_credentials_is_silent_and_logs_it() -> None:
    premises = Premises.joined()
    premises.meter.credentials.anchors.cells.clear()
    assert premises.answer(premises.command(READ_STATE, SUPPLIER)) is None
    assert premises.meter.security_log.codes() == (0x8F3E,)
    assert premises.dsp.arrived == []


def test_alert_counters_rise_by_one(premises: Premises) -> None:
    for _ in range(3):
        premises.send(FAULTY["with a wrong MAC"].make(premises), target=METER)
    counters = [message.counter for message, _ in premises.alerts()]
    assert counters == list(range(counters[0], counters[0] + 3))


def test_an_alert_carries_its_code_and_the_time_of_the_meter(premises: Premises) -> None:
    premises.send(FAULTY["with a wrong MAC"].make(premises), target=METER)
    message, (code, stamp) = premises.alerts()[0]
    assert code.value == 0x8F3D
    seen = DateTime(stamp.value).as_utc()
    assert seen is not None
    assert START < seen <= premises.clock.now()
    assert message.date_time is None


def test_registers_come_back_encrypted_for_the_party_that_asked(premises: Premises) -> None:
    answer = premises.read_registers(NETWORK)
    assert answer is not None
    (registers,) = premises.open_registers(answer).value
    active, active_unit, reactive, reactive_unit = registers.value
    assert (active.value, reactive.value) == (0, 0)
    assert [part.value for part in active_unit.value] == [0, 30]
    assert [part.value for part in reactive_unit.value] == [0, 32]


def test_a_protected_read_gives_no_other_object(premises: Premises) -> None:
    command = premises.plain_command(0x0027, SUPPLIER)
    answer = premises.answer(premises.mac(replace(command)).to_octets())
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    assert response.items[0].result == Result.TYPE_UNMATCHED
