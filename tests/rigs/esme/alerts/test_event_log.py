"""The event log: commands and outcomes, and clearing (E-170, E-174; ECS15a)."""

from __future__ import annotations

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import NULL, integer, long_unsigned
from rigs.devices.logs import CAPACITY
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

CLEAR = 0x0024


def test_clearing_empties_the_log_and_tells_the_security_log(premises: Premises) -> None:
    answer = premises.ask(CLEAR, SUPPLIER, (integer(0),))
    assert answer.items[0].result == Result.SUCCESS
    assert premises.meter.event_log.codes() == (0x8154,)
    assert premises.meter.event_log.entries[0].other == bytes.fromhex("0024")
    assert premises.meter.security_log.codes() == (0x8F52,)


def test_another_parameter_clears_nothing(premises: Premises) -> None:
    before = premises.meter.event_log.codes()
    assert premises.ask(CLEAR, SUPPLIER, (integer(1),)).items[0].result == Result.OTHER_REASON
    assert premises.ask(CLEAR, SUPPLIER, (NULL,)).items[0].result == Result.TYPE_UNMATCHED
    assert premises.meter.event_log.codes() == (*before, 0x8155, 0x8155)
    assert 0x8F52 not in premises.meter.security_log.codes()


def test_the_entry_after_the_last_place_replaces_the_oldest(premises: Premises) -> None:
    log = premises.meter.event_log
    log.clear()
    for number in range(CAPACITY + 1):
        log.write(0x81A6, number.to_bytes(2, "big"))
    assert len(log.entries) == CAPACITY
    assert log.entries[0].other == bytes.fromhex("0001")
    assert log.entries[-1].other == CAPACITY.to_bytes(2, "big")


def test_a_command_is_logged_with_its_outcome_and_message_code(premises: Premises) -> None:
    premises.ask(0x0050, SUPPLIER, (long_unsigned(52),))
    premises.ask(0x0050, SUPPLIER, (long_unsigned(51),))
    entries = premises.meter.event_log.entries[-2:]
    assert [(entry.code, entry.other) for entry in entries] == [
        (0x8154, bytes.fromhex("0050")),
        (0x8155, bytes.fromhex("0050")),
    ]
