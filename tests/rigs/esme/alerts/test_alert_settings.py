"""What supplier and network operator choose about events (E-091, E-175, E-177)."""

from __future__ import annotations

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.trust_anchors import Role
from rigs.devices.alert_settings import AlertSettings, Behaviour
from tests.rigs.devices.premises_kit import NETWORK, SUPPLIER, Premises

SETTINGS = {
    "ECS25a": (0x00AC, SUPPLIER, 0x00EE, 0),
    "ECS25a1": (0x00EA, SUPPLIER, 0x00EE, 1),
    "ECS25a2": (0x00EB, SUPPLIER, 0x00EE, 2),
    "ECS25a3": (0x00EC, SUPPLIER, 0x00EE, 3),
    "ECS25b": (0x00B0, NETWORK, 0x00EF, 0),
    "ECS25b3": (0x00ED, NETWORK, 0x00EF, 1),
}
"""Code that sets, who may, code that reads, and which of its items."""


def choices(enabled: set[int], disabled: set[int]) -> Data:
    mask = "".join("1" if n in enabled | disabled else "0" for n in range(255, -1, -1))
    actions = "".join("1" if n in enabled else "0" for n in range(255, -1, -1))
    return Data(Tag.BIT_STRING, mask + actions)


def read(premises: Premises, code: int, role: Role, item: int) -> str:
    bits = premises.ask(code, role).items[item].data.value
    assert isinstance(bits, str)
    assert len(bits) == 256
    return bits


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_reads_back_and_leaves_what_is_not_in_the_mask(
    premises: Premises, name: str
) -> None:
    code, role, read_code, item = SETTINGS[name]
    before = read(premises, read_code, role, item)
    chosen = {0x20, 0x28} if role is NETWORK else {0xA6, 0xBE}
    off = {0x24} if role is NETWORK else {0xAB}
    answer = premises.ask(code, role, (choices(chosen, off),))
    assert answer.items[0].result == Result.SUCCESS
    after = read(premises, read_code, role, item)
    assert {n for n in range(256) if after[255 - n] == "1"} >= chosen
    assert all(after[255 - n] == "0" for n in off)
    assert all(after[255 - n] == before[255 - n] for n in range(256) if n not in chosen | off)


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "data", [Data(Tag.BIT_STRING, "1" * 256), Data(Tag.OCTET_STRING, bytes(64))]
)
def test_anything_but_512_bits_is_refused(premises: Premises, name: str, data: Data) -> None:
    code, role, _, _ = SETTINGS[name]
    assert premises.ask(code, role, (data,)).items[0].result == Result.TYPE_UNMATCHED


def test_an_alert_turned_off_is_logged_and_not_sent(premises: Premises) -> None:
    premises.ask(0x00AC, SUPPLIER, (choices(set(), {0xA6}),))
    premises.meter.report(0x81A6)
    premises.pass_time(5)
    assert 0x81A6 in premises.meter.event_log.codes()
    assert premises.alerts(0x81A6) == []


def test_logging_turned_off_leaves_the_alert(premises: Premises) -> None:
    premises.ask(0x00EC, SUPPLIER, (choices(set(), {0xA6}),))
    premises.meter.report(0x81A6)
    premises.pass_time(5)
    assert 0x81A6 not in premises.meter.event_log.codes()
    assert len(premises.alerts(0x81A6)) == 1


def test_what_is_not_logged_by_default_can_be(premises: Premises) -> None:
    premises.ask(0x00EC, SUPPLIER, (choices({0x0D}, set()),))
    premises.meter.report(0x810D)
    assert 0x810D in premises.meter.event_log.codes()


@pytest.mark.parametrize("code", [0x8F76, 0x8F33, 0x8F01])
def test_critical_codes_are_never_off(premises: Premises, code: int) -> None:
    everything = choices(set(), set(range(256)))
    for message_code, role, _, _ in SETTINGS.values():
        premises.ask(message_code, role, (everything,))
    premises.meter.report(code)
    premises.pass_time(5)
    assert premises.alerts(code)


def test_the_security_log_takes_no_choices(premises: Premises) -> None:
    premises.ask(0x00EC, SUPPLIER, (choices(set(), {0xC6}),))
    premises.meter.report(0x81C6)
    assert 0x81C6 in premises.meter.security_log.codes()
    assert 0x81C6 not in premises.meter.event_log.codes()


def test_a_code_outside_the_ranges_cannot_be_chosen() -> None:
    settings = AlertSettings()
    settings.choose(Behaviour.WAN_ALERT, 0x8F32, False)
    assert settings.is_enabled(Behaviour.WAN_ALERT, 0x8F32)
