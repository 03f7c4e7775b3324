"""The prepayment interface device: what it asks of meters, and what it answers to the DCC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.asn1 import codec
from assay.gbcs.firmware_image import OtaFile, OtaHeader, sign
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices import han_electricity as electricity
from rigs.devices.alert_settings import Behaviour
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.han_requests import REFUSED, EnableSupply
from rigs.devices.hub.images import TransferResult
from rigs.devices.ppmid import PrepaymentDisplay, Result
from rigs.devices.shared_events import EventNotification
from tests.rigs.devices.premises_kit import BROKER, HUB, METER, parties
from tests.rigs.devices.test_structure_of_messages import header_shape, message
from tests.rigs.esme.payment.payment_kit import POUND, prepaid, utrn
from tests.rigs.home.home_kit import PPMID, Home


@pytest.fixture
def display(home: Home) -> PrepaymentDisplay:
    """Joined with the electricity meter."""
    device = home.ppmid()
    home.join_pair(device)
    return device


def results(display: PrepaymentDisplay) -> list[Result]:
    return [outcome.result for outcome in display.outcomes]


def codes(home: Home) -> list[tuple[int, bytes]]:
    """The meter's last entry in its event log, with its other information."""
    return [(entry.code, entry.other) for entry in home.meter.event_log.entries]


def test_a_top_up_code_is_spent_at_the_meter(home: Home, display: PrepaymentDisplay) -> None:
    prepaid(home.premises, 0)
    display.enter_top_up(METER, utrn(home.premises, 3, 10))
    home.premises.pass_time(2)
    assert results(display) == [Result.WAITING, Result.ACCEPTED]
    display.refresh(METER, electricity.PREPAYMENT, electricity.BALANCE.attribute)
    home.premises.pass_time(2)
    assert display.shown(METER, electricity.PREPAYMENT, 1) == 10 * POUND
    assert (0x8154, b"\x01\x16") in codes(home)


def test_the_same_code_twice_is_refused(home: Home, display: PrepaymentDisplay) -> None:
    prepaid(home.premises, 0)
    for _ in range(2):
        display.enter_top_up(METER, utrn(home.premises, 3))
        home.premises.pass_time(2)
    assert results(display)[-1] is Result.REFUSED
    assert (0x8155, b"\x01\x16") in codes(home)


def test_emergency_credit_is_activated_where_it_is_available(
    home: Home, display: PrepaymentDisplay
) -> None:
    prepaid(
        home.premises, POUND, emergency_credit_limit=5 * POUND, emergency_credit_threshold=2 * POUND
    )
    display.activate_emergency_credit(METER)
    home.premises.pass_time(2)
    assert results(display)[-1] is Result.ACCEPTED
    assert home.meter.payment.account.emergency.is_active
    assert (0x8154, b"\x01\x17") in codes(home)


def test_emergency_credit_is_refused_where_it_is_not(
    home: Home, display: PrepaymentDisplay
) -> None:
    prepaid(home.premises, 50 * POUND)
    display.activate_emergency_credit(METER)
    home.premises.pass_time(2)
    assert results(display)[-1] is Result.REFUSED
    assert (0x8155, b"\x01\x17") in codes(home)


def test_an_armed_supply_is_enabled(home: Home, display: PrepaymentDisplay) -> None:
    home.meter.supply.disable()
    home.meter.supply.arm()
    display.enable_supply(METER)
    home.premises.pass_time(2)
    assert home.meter.supply.state is SupplyState.ENABLED
    assert (0x8154, b"\x01\x18") in codes(home)


def test_a_supply_that_is_not_armed_stays_off(home: Home, display: PrepaymentDisplay) -> None:
    home.meter.supply.disable()
    display.enable_supply(METER)
    home.premises.pass_time(2)
    assert home.meter.supply.state is SupplyState.DISABLED
    assert results(display)[-1] is Result.REFUSED


def test_a_request_to_turn_the_supply_off_is_refused(
    home: Home, display: PrepaymentDisplay
) -> None:
    display.network.ask(METER, EnableSupply(on=False), lambda _: None)
    home.premises.pass_time(2)
    assert home.meter.supply.state is SupplyState.ENABLED
    assert (0x8155, b"\x01\x18") in codes(home)


def test_a_display_that_is_not_joined_with_the_meter_gets_nothing(home: Home) -> None:
    display = home.ppmid()
    prepaid(home.premises, 0)
    display.enter_top_up(METER, utrn(home.premises, 3))
    display.refresh(METER, electricity.PREPAYMENT, electricity.BALANCE.attribute)
    home.premises.pass_time(2)
    assert results(display)[-1] is Result.REFUSED
    assert display.shown(METER, electricity.PREPAYMENT, 1) is None
    assert home.meter.payment.account.meter_balance == 0


def test_a_meter_without_power_gives_no_answer(home: Home, display: PrepaymentDisplay) -> None:
    home.meter.power.is_ready = False
    display.activate_emergency_credit(METER)
    home.premises.pass_time(10)
    assert results(display)[-1] is Result.NO_ANSWER


LOW_CREDIT = 0x810D


def test_a_shared_event_is_shown(home: Home, display: PrepaymentDisplay) -> None:
    home.meter.alert_settings.choose(Behaviour.HAN_SHARING, LOW_CREDIT, True)
    home.meter.alert_settings.choose(Behaviour.ALARM, LOW_CREDIT, True)
    home.meter.report(LOW_CREDIT)
    home.premises.pass_time(2)
    assert list(display.events) == [EventNotification(code=LOW_CREDIT, is_audible=True)]


def test_an_event_that_is_not_to_be_shared_is_not(home: Home, display: PrepaymentDisplay) -> None:
    home.meter.alert_settings.choose(Behaviour.HAN_SHARING, LOW_CREDIT, False)
    home.meter.report(LOW_CREDIT)
    home.premises.pass_time(2)
    assert not display.events


def test_a_display_shows_no_event_of_a_stranger(home: Home, display: PrepaymentDisplay) -> None:
    assert home.premises.hub.device_id != METER
    event = EventNotification(code=LOW_CREDIT, is_audible=False)
    assert display.answer(HUB, event) == REFUSED
    assert not display.events


# Its own use cases.


def test_it_answers_every_use_case_of_its_type(home: Home) -> None:
    wanted = {0x000F, 0x00AB, 0x00AF, 0x0129}
    assert wanted <= set(home.ppmid().handlers)


JOIN_METER: dict[str, Any] = {
    "method_and_role": "methodAResponder",
    "device_id": METER.hyphenated,
    "device_type": "ESME",
}


def test_it_is_joined_with_a_meter_and_leaves_it_again(home: Home) -> None:
    display = home.ppmid()
    answer = home.ask(PPMID, 0x00AB, BROKER, JOIN_METER)
    assert answer is not None and codec.decode_message(answer).value == "success"
    assert display.security.device_log.find(METER) is not None
    answer = home.ask(PPMID, 0x000F, BROKER, METER.hyphenated)
    assert answer is not None and codec.decode_message(answer).value == "success"
    assert display.security.device_log.find(METER) is None


def test_leaving_a_meter_that_it_is_not_joined_with_fails(home: Home) -> None:
    home.ppmid()
    answer = home.ask(PPMID, 0x000F, BROKER, METER.hyphenated)
    assert answer is not None and codec.decode_message(answer).value == "notInDeviceLog"


def test_its_firmware_version_is_read(home: Home, shared: Path) -> None:
    home.ppmid()
    answer = home.ask(PPMID, 0x0129, BROKER, None)
    assert answer is not None
    national = message(shared, "11.2_CS08/CS08_11.2_SUCCESS_RESPONSE")
    ours, theirs = (codec.decode_message(one).value for one in (answer, national))
    assert ours.keys() == theirs.keys()
    assert ours["result"] == theirs["result"] == "success"
    assert header_shape(answer)[:5] == header_shape(national)[:5]


def test_a_version_that_cannot_be_read_is_all_zeros(home: Home) -> None:
    home.ppmid().firmware.read_version = lambda: None
    answer = home.ask(PPMID, 0x0129, BROKER, None)
    assert answer is not None
    assert codec.decode_message(answer).value == {
        "firmware_version": "00000000",
        "result": "failure",
    }


def image(version: int = 2, *, key: ec.EllipticCurvePrivateKey | None = None) -> bytes:
    signing = key or parties().keys[CellName(Role.ACCESS_CONTROL_BROKER, CellKey.SIGNATURE)]
    header = OtaHeader(
        manufacturer_code=0x1234,
        image_type=1,
        file_version=version,
        text=b"display",
        minimum_hardware=0,
        maximum_hardware=3,
    )
    return OtaFile(header=header, image=sign(b"new firmware" * 100, signing)).to_octets()


def test_an_image_is_relayed_run_and_told(home: Home, shared: Path) -> None:
    display = home.ppmid()
    home.premises.dsp.arrived.clear()
    home.premises.wan.send_image_down(HUB, [PPMID], image())
    home.premises.pass_time(60)
    assert display.firmware.version == bytes.fromhex("00000002")
    (transferred,), (activated,) = home.told(0x0128), home.told(0x012B)
    for alert, name in ((transferred, "NA_CCS08/CCS08_NA_NA"), (activated, "NA_CS09/CS09_NA_8F8B")):
        national = message(shared, f"{name}_ALERT")
        ours, theirs = (codec.decode_message(one).value for one in (alert, national))
        assert ours.keys() == theirs.keys()
        assert (ours["alert_code"], ours["result"]) == (theirs["alert_code"], theirs["result"])
        assert header_shape(alert) == header_shape(national)


def test_an_image_of_somebody_else_is_not_run(home: Home) -> None:
    display = home.ppmid()
    strangers = ec.generate_private_key(ec.SECP256R1())
    home.premises.wan.send_image_down(HUB, [PPMID], image(key=strangers))
    home.premises.pass_time(60)
    assert display.firmware.version == bytes.fromhex("00000001")
    assert codec.decode_message(home.told(0x0128)[0]).value["result"] == TransferResult.SUCCESS
    assert home.told(0x012B) == []
