"""Display, buttons, privacy PIN, contact details, CIN (E-160 to E-168; ECS10, 14, 16, 50)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import octet_string, unsigned
from rigs.devices.alert_settings import Behaviour
from rigs.devices.esme import SupplyState
from rigs.devices.esme.display import DARK, DisplayItem, Indicator
from rigs.devices.esme.local_time import local_time
from rigs.devices.esme.payment_display import pounds
from rigs.devices.esme.user_interface import HOLD, Button, UserCommand
from rigs.devices.payment import Mode
from rigs.devices.payment.money import ELECTRICITY
from tests.rigs.devices.premises_kit import BROKER, SUPPLIER, Premises

SHOW, DISABLE_PIN, CONTACT, CIN = 0x0021, 0x0023, 0x0025, 0x0058


def shown(premises: Premises) -> set[DisplayItem]:
    """Every item that a whole round of presses brings up."""
    found = set()
    for _ in DisplayItem:
        found.add(premises.meter.user_interface.display_state.item)
        premises.meter.user_interface.press(Button.STEP)
    return {item for item in found if item is not None}


def text_of(premises: Premises, item: DisplayItem) -> str:
    for _ in DisplayItem:
        state = premises.meter.user_interface.display_state
        if state.item is item:
            return state.text
        premises.meter.user_interface.press(Button.STEP)
    raise AssertionError(f"{item} never came up")


def show(premises: Premises, text: str) -> None:
    premises.ask(SHOW, SUPPLIER, (octet_string(text.encode()),))


def test_a_message_is_marked_until_it_is_acknowledged_and_that_is_told(premises: Premises) -> None:
    interface = premises.meter.user_interface
    show(premises, "Your meter is under test")
    assert Indicator.MESSAGE in interface.display_state.indicators
    assert text_of(premises, DisplayItem.MESSAGE) == "Your meter is under test"
    interface.press(Button.CONFIRM)
    interface.press(Button.CONFIRM)
    premises.pass_time(5)
    assert Indicator.MESSAGE not in interface.display_state.indicators
    assert premises.alert_codes() == [0x81A6]
    assert 0x81A6 in premises.meter.event_log.codes()


def test_without_a_pin_everything_is_shown(premises: Premises) -> None:
    assert DisplayItem.CUSTOMER_IDENTIFICATION in shown(premises)


def test_protected_items_are_shown_after_the_right_pin_and_not_before(premises: Premises) -> None:
    interface = premises.meter.user_interface
    interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    premises.pass_time(31)
    assert DisplayItem.CUSTOMER_IDENTIFICATION not in shown(premises)
    assert DisplayItem.IMPORT in shown(premises)
    interface.enter(UserCommand.ALLOW_ACCESS, "2581")
    assert DisplayItem.CUSTOMER_IDENTIFICATION not in shown(premises)
    interface.enter(UserCommand.ALLOW_ACCESS, "2580")
    assert DisplayItem.CUSTOMER_IDENTIFICATION in shown(premises)


def test_half_a_minute_without_a_press_closes_it_again(premises: Premises) -> None:
    interface = premises.meter.user_interface
    interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    interface.press(Button.STEP)
    premises.clock.advance(timedelta(seconds=30) - timedelta(microseconds=1))
    assert interface.pin.is_open
    premises.clock.advance(timedelta(microseconds=1))
    assert not interface.pin.is_open
    assert interface.display_state.item is DisplayItem.SUPPLY_STATE


def test_a_stranger_cannot_set_another_pin(premises: Premises) -> None:
    interface = premises.meter.user_interface
    interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    premises.pass_time(31)
    interface.enter(UserCommand.SET_PRIVACY_PIN, "1111")
    interface.enter(UserCommand.ALLOW_ACCESS, "1111")
    assert not interface.pin.is_open


def test_the_pin_outlives_an_outage_and_what_it_opened_does_not(premises: Premises) -> None:
    interface = premises.meter.user_interface
    interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    premises.interrupt(60)
    premises.pass_time(10)
    assert not interface.pin.is_open
    interface.enter(UserCommand.ALLOW_ACCESS, "2580")
    assert interface.pin.is_open


def test_the_supplier_disables_the_pin(premises: Premises) -> None:
    premises.meter.user_interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    premises.pass_time(31)
    answer = premises.ask(DISABLE_PIN, SUPPLIER, (octet_string(b""),))
    assert answer.items[0].result == Result.SUCCESS
    assert DisplayItem.CUSTOMER_IDENTIFICATION in shown(premises)


def test_disabling_the_pin_takes_octets(premises: Premises) -> None:
    premises.meter.user_interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    answer = premises.ask(DISABLE_PIN, SUPPLIER, (unsigned(0),))
    assert answer.items[0].result == Result.TYPE_UNMATCHED
    assert premises.meter.user_interface.pin.is_set


def test_contact_details_are_shown(premises: Premises) -> None:
    data = (octet_string(b"0333 202 0000 1234"), octet_string(b"A Supplier Ltd."))
    assert [item.result for item in premises.ask(CONTACT, SUPPLIER, data).items] == [0, 0]
    assert text_of(premises, DisplayItem.SUPPLIER_TELEPHONE) == "0333 202 0000 1234"
    assert text_of(premises, DisplayItem.SUPPLIER_NAME) == "A Supplier Ltd."


@pytest.mark.parametrize(
    ("telephone", "name", "results"),
    [
        (b"1" * 19, b"A", [Result.OTHER_REASON, Result.OTHER_REASON]),
        (b"1", b"A" * 16, [Result.SUCCESS, Result.OTHER_REASON]),
    ],
)
def test_longer_contact_details_are_refused(
    premises: Premises, telephone: bytes, name: bytes, results: list[Result]
) -> None:
    answer = premises.ask(CONTACT, SUPPLIER, (octet_string(telephone), octet_string(name)))
    assert [item.result for item in answer.items] == results


def test_the_identification_number_is_shown(premises: Premises) -> None:
    premises.ask(CIN, BROKER, (octet_string(b"1234"),))
    assert text_of(premises, DisplayItem.CUSTOMER_IDENTIFICATION) == "1234"


@pytest.mark.parametrize("number", [b"123", b"12345", b"12a4", b""])
def test_anything_but_four_digits_is_refused(premises: Premises, number: bytes) -> None:
    answer = premises.ask(CIN, BROKER, (octet_string(number),))
    assert answer.items[0].result == Result.OTHER_REASON
    assert premises.meter.contact.cin == ""


def test_only_a_deliberate_press_closes_an_armed_supply(premises: Premises) -> None:
    premises.meter.supply.arm()
    interface = premises.meter.user_interface
    assert Indicator.ARMED in interface.display_state.indicators
    interface.press(Button.CONFIRM, HOLD - timedelta(milliseconds=1))
    assert not premises.contactor.closed
    interface.press(Button.CONFIRM, HOLD)
    assert premises.contactor.closed
    assert premises.meter.supply.state is SupplyState.ENABLED


@pytest.mark.parametrize(("armed", "code"), [(True, 0x8161), (False, 0x8162)])
def test_what_a_user_did_is_in_the_event_log(premises: Premises, armed: bool, code: int) -> None:
    if armed:
        premises.meter.supply.arm()
    premises.meter.press_button()
    entry = premises.meter.event_log.entries[-1]
    assert (entry.code, entry.other) == (code, bytes.fromhex("0004"))


def test_a_meter_without_power_is_dark_and_deaf(premises: Premises) -> None:
    show(premises, "read me")
    premises.feed(0)
    premises.pass_time(5)
    assert premises.meter.user_interface.display_state == DARK
    premises.meter.user_interface.press(Button.CONFIRM)
    assert premises.meter.display.is_message_unread


@pytest.mark.parametrize(
    ("utc", "shows"),
    [
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T01:00:00", "2026-03-29T02:00:00"),
        ("2026-10-25T00:59:59", "2026-10-25T01:59:59"),
        ("2026-10-25T01:00:00", "2026-10-25T01:00:00"),
        ("2028-02-29T23:59:59", "2028-02-29T23:59:59"),
        ("2026-12-31T23:59:59", "2026-12-31T23:59:59"),
    ],
)
def test_local_time_follows_both_changes_of_the_clock(utc: str, shows: str) -> None:
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert local_time(at) == datetime.fromisoformat(shows)


def test_in_prepayment_the_balance_is_shown_and_behind_the_pin(premises: Premises) -> None:
    account, interface = premises.meter.payment.account, premises.meter.user_interface
    account.mode = Mode.PREPAYMENT
    account.meter_balance = ELECTRICITY.of_pence(1234)
    state = interface.display_state
    assert (state.item, state.text) == (DisplayItem.METER_BALANCE, "GBP 12.34")
    interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    premises.pass_time(31)
    assert not {DisplayItem.METER_BALANCE, DisplayItem.PAYMENT_MODE} & shown(premises)


def test_a_code_is_entered_with_two_buttons_and_its_outcome_logged(premises: Premises) -> None:
    premises.meter.user_interface.enter(UserCommand.ADD_CREDIT, "0" * 20)
    entry = premises.meter.event_log.entries[-1]
    assert (entry.code, entry.other) == (0x8162, bytes.fromhex("0002"))


def test_emergency_credit_that_is_not_there_cannot_be_chosen(premises: Premises) -> None:
    premises.meter.user_interface.choose(UserCommand.ACTIVATE_EMERGENCY_CREDIT)
    entry = premises.meter.event_log.entries[-1]
    assert (entry.code, entry.other) == (0x8162, bytes.fromhex("0001"))


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "GBP 0.00"), (1, "GBP 0.01"), (-1, "-GBP 0.01"), (-123456, "-GBP 1234.56")],
)
def test_money_is_shown_in_pounds_and_pence(pence: int, text: str) -> None:
    assert pounds(ELECTRICITY.of_pence(pence)) == text


def test_consumption_and_power_are_shown(premises: Premises) -> None:
    premises.load.request(Decimal(2500))
    premises.pass_time(2 * 3600)
    assert text_of(premises, DisplayItem.IMPORT) == "00005"
    assert text_of(premises, DisplayItem.EXPORT) == "00000"
    assert text_of(premises, DisplayItem.POWER) == "2.500"


def test_an_alarm_sounds_until_somebody_presses(premises: Premises) -> None:
    interface = premises.meter.user_interface
    premises.meter.alert_settings.choose(Behaviour.ALARM, 0x81A6, True)
    premises.meter.report(0x81A6)
    assert Indicator.ALARM in interface.display_state.indicators
    interface.press(Button.STEP)
    assert Indicator.ALARM not in interface.display_state.indicators
