"""Each use case of payment on the meter: what it does, and what it refuses."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from assay.gbcs.dlms.access import Response, decode_payload
from assay.gbcs.dlms.data import Data, array, enum, integer, long_unsigned, octet_string, structure
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.payment import Mode, codes
from tests.rigs.devices.premises_kit import START, SUPPLIER, Premises
from tests.rigs.esme.payment import payment_kit as kit
from tests.rigs.esme.payment.payment_kit import (
    POUND,
    millipence,
    number,
    prepaid,
    results,
    utrn,
)

OTHER, FAILED = 250, 1


def test_the_balance_is_read_with_its_sign(premises: Premises) -> None:
    prepaid(premises, -5)
    assert kit.balance(premises) == -5


# 1.5


def test_the_balance_is_adjusted_by_a_signed_amount(premises: Premises) -> None:
    prepaid(premises, 10)
    assert results(premises, kit.ADJUST, (number(25),)) == [0]
    assert results(premises, kit.ADJUST, (number(-40),)) == [0]
    assert kit.balance(premises) == -5


def test_an_adjustment_that_no_balance_can_hold_is_refused(premises: Premises) -> None:
    prepaid(premises, (1 << 31) - 1)
    assert results(premises, kit.ADJUST, (number(1),)) == [OTHER]
    assert kit.balance(premises) == (1 << 31) - 1


def test_a_reset_leaves_nothing_owed_and_the_emergency_credit_whole(premises: Premises) -> None:
    prepaid(premises, 10, emergency_credit_limit=500, emergency_credit_threshold=100)
    account = premises.meter.payment.account
    account.activate_emergency_credit(premises.meter.now())
    account.charge(millipence(60), premises.meter.now())
    account.accumulated_debt = millipence(7)
    assert results(premises, kit.RESET, (number(0),) * 3) == [0, 0, 0]
    assert (account.meter_balance, account.accumulated_debt) == (0, 0)
    assert account.emergency_credit_balance == millipence(500)


def test_a_reset_to_anything_but_zero_is_refused(premises: Premises) -> None:
    prepaid(premises, 10)
    assert results(premises, kit.RESET, (number(0), number(1), number(0))) == [0, OTHER, OTHER]


# 1.6


@pytest.mark.parametrize("disabled", [True, False])
@pytest.mark.parametrize("emergency", [True, False])
def test_prepayment_mode_comes_with_both_suspend_debt_settings(
    premises: Premises, disabled: bool, emergency: bool
) -> None:
    body = kit.to_prepayment(threshold=-POUND, disabled=disabled, emergency=emergency)
    assert results(premises, kit.PREPAYMENT, body) == [0] * 5
    account = premises.meter.payment.account
    assert account.mode is Mode.PREPAYMENT
    assert account.settings.suspend_debt_disabled is disabled
    assert account.settings.suspend_debt_emergency is emergency
    assert account.settings.disablement_threshold == millipence(-POUND)
    configuration = premises.ask(kit.CONFIGURATION, SUPPLIER).items[-1].data
    assert configuration == kit.prepayment_pairs(disabled=disabled, emergency=emergency)


def test_a_change_of_mode_takes_a_snapshot_and_carries_the_balance_over(premises: Premises) -> None:
    prepaid(premises, 1234)
    results(premises, kit.CREDIT, kit.to_credit())
    assert kit.balance(premises) == 1234
    assert len(premises.meter.metering.billing.changes) == 2  # into prepayment, and out of it
    (item,) = premises.ask(kit.MODE, SUPPLIER).items
    assert item.data == structure(enum(1), enum(2))


def test_a_dated_change_of_mode_is_made_then_and_told_for_each_part(premises: Premises) -> None:
    premises.set_clock()
    body = kit.to_prepayment(threshold=-7, date=kit.dated(premises, 3600))
    assert results(premises, kit.PREPAYMENT, body) == [0] * 5
    account = premises.meter.payment.account
    premises.pass_time(3500)
    assert account.mode is Mode.CREDIT
    premises.pass_time(120)
    assert account.mode is Mode.PREPAYMENT
    assert account.settings.disablement_threshold == millipence(-7)
    done = premises.alerts(0x8F66)
    assert [message.message_code for message, _ in done] == [0x00CC, 0x00CC]


def test_a_dated_change_of_mode_can_be_taken_back(premises: Premises) -> None:
    premises.set_clock()
    results(premises, kit.PREPAYMENT, kit.to_prepayment(date=kit.dated(premises, 3600)))
    body = kit.to_prepayment(date=kit.NEVER_OCTETS)
    assert results(premises, kit.PREPAYMENT, body) == [0] * 5
    premises.pass_time(4000)
    assert premises.meter.payment.account.mode is Mode.CREDIT


@pytest.mark.parametrize(
    ("code", "body", "place"),
    [
        (kit.CREDIT, kit.to_prepayment()[:1] + kit.to_credit()[1:], 0),
        (kit.CREDIT, kit.to_credit(configuration=kit.to_prepayment()[2]), 1),
        (kit.PREPAYMENT, kit.to_prepayment(configuration=kit.CREDIT_PAIRS), 2),
        (kit.PREPAYMENT, kit.to_prepayment(configuration=kit.pairs((1, 9, "111"))), 2),
    ],
    ids=["other mode", "pairs of prepayment", "pairs of credit mode", "unknown charge"],
)
def test_a_mode_that_is_not_that_of_the_use_case_is_refused(
    premises: Premises, code: int, body: tuple[Data, ...], place: int
) -> None:
    found = results(premises, code, body)
    assert found[:place] == [0] * place
    assert set(found[place:]) == {OTHER}
    assert premises.meter.payment.account.mode is Mode.CREDIT


def test_credit_mode_arms_what_lack_of_credit_disabled(premises: Premises) -> None:
    prepaid(premises, -1)
    assert premises.meter.supply.state is SupplyState.DISABLED
    results(premises, kit.CREDIT, kit.to_credit())
    assert premises.meter.supply.state is SupplyState.ARMED


# 2.1


def entries(*rows: tuple[int, str]) -> Data:
    """Start (32) and stop (33) scripts at these times of every day."""
    return array(
        *(
            structure(
                long_unsigned(index),
                Data(3, 0xFF),
                octet_string(bytes.fromhex("00000A006AFF")),
                long_unsigned(script),
                octet_string(bytes.fromhex(at)),
                long_unsigned(0xFFFF),
                Data(4, "1111111"),
                Data(4, ""),
                octet_string(b"\xff" * 5),
                octet_string(b"\xff" * 5),
            )
            for index, (script, at) in enumerate(rows, start=1)
        )
    )


NIGHT = entries((32, "14000000"), (33, "08000000"))


def configuration(
    *,
    calendar: Data = NIGHT,
    maximum_balance: int = 5 * POUND,
    maximum_credit: int = POUND,
    cap: int = 30,
    low: int = 200,
    limit: int = 300,
    threshold: int = 100,
    date: bytes = kit.NOW_OCTETS,
) -> tuple[Data, ...]:
    return (
        array(),
        number(maximum_balance),
        number(maximum_credit),
        calendar,
        long_unsigned(cap),
        number(604_800),
        number(low),
        number(limit),
        octet_string(date),
        number(threshold),
        *[octet_string(date)] * 8,
    )


@pytest.mark.parametrize("code", [0x001F, 0x00DE], ids=["ECS08", "ECS08a"])
def test_the_prepayment_configuration_holds_and_reads_back(premises: Premises, code: int) -> None:
    assert results(premises, code, configuration()) == [0] * 18
    settings = premises.meter.payment.account.settings
    assert settings.maximum_balance == millipence(5 * POUND)
    assert settings.maximum_credit == millipence(POUND)
    assert settings.low_credit_threshold == millipence(200)
    assert settings.emergency_credit_limit == millipence(300)
    assert settings.emergency_credit_threshold == millipence(100)
    assert settings.cap_period == timedelta(seconds=604_800)
    read = [item.data for item in premises.ask(kit.CONFIGURATION, SUPPLIER).items]
    assert [one.value for one in read[8:9] + read[10:16]] == [
        POUND,
        5 * POUND,
        200,
        30,
        604_800,
        300,
        100,
    ]
    assert read[16] == NIGHT


@pytest.mark.parametrize("code", [0x001F, 0x00DE], ids=["ECS08", "ECS08a"])
def test_a_dated_configuration_waits(premises: Premises, code: int) -> None:
    premises.set_clock()
    account = premises.meter.payment.account
    date = kit.dated(premises, 3600)
    assert results(premises, code, configuration(date=date)) == [0] * 18
    premises.pass_time(3500)
    assert account.settings.maximum_balance is None
    premises.pass_time(200)
    assert account.settings.maximum_balance == millipence(5 * POUND)
    assert len(premises.alerts(0x8F66)) == 9


@pytest.mark.parametrize(
    "calendar",
    [entries(*[(32, "00000000")] * 23), entries((51, "00000000")), entries((32, "19000000"))],
    ids=["23 entries", "another script", "hour 25"],
)
def test_a_calendar_that_the_meter_cannot_hold_is_refused(
    premises: Premises, calendar: Data
) -> None:
    found = results(premises, 0x00DE, configuration(calendar=calendar))
    assert found == [0, 0, 0, OTHER, *[OTHER] * 14]


def test_in_the_night_the_supply_stays_and_in_the_morning_it_goes(premises: Premises) -> None:
    results(premises, 0x00DE, configuration())
    prepaid(premises, POUND)
    kit.price(premises, 20)
    premises.pass_time(8 * 3600)  # until eight in the evening
    premises.load.request(Decimal(1000))
    premises.pass_time(11 * 3600)
    assert premises.meter.supply.state is SupplyState.ENABLED
    assert premises.alert_codes().count(codes.DISABLEMENT_SUSPENDED) == 1
    premises.pass_time(3600)
    assert premises.meter.supply.state is SupplyState.DISABLED


def test_non_disablement_ends_on_time_without_any_load(premises: Premises) -> None:
    results(premises, 0x00DE, configuration())
    prepaid(premises, 1)
    premises.pass_time(9 * 3600)
    results(premises, kit.ADJUST, (number(-2),))
    premises.pass_time(10 * 3600)
    assert premises.meter.supply.state is SupplyState.ENABLED
    moved: list[datetime] = []
    premises.contactor.listen(lambda at, _closed: moved.append(at))
    premises.pass_time(3600)
    assert moved == [START.replace(day=2, hour=8)]


def test_a_new_calendar_counts_at_once(premises: Premises) -> None:
    prepaid(premises, 1)
    results(premises, 0x00DE, configuration(calendar=entries((32, "00000000"))))
    results(premises, kit.ADJUST, (number(-2),))
    assert premises.meter.supply.state is SupplyState.ENABLED
    results(premises, 0x00DE, configuration(calendar=entries((33, "00000000"))))
    assert premises.meter.supply.state is SupplyState.DISABLED


# 2.2


def test_a_top_up_by_command_is_credit_and_in_the_log(premises: Premises) -> None:
    prepaid(premises, 5)
    assert kit.enter_remotely(premises, 3, utrn(premises, 3)) == [0]
    assert kit.balance(premises) == 10 * POUND + 5
    assert _log(premises, kit.CREDITS) == [10 * POUND]
    assert codes.CREDIT_ADDED_LOCALLY not in premises.alert_codes()


def test_a_top_up_does_not_move_the_counter_of_other_commands(premises: Premises) -> None:
    prepaid(premises, 5)
    kit.enter_remotely(premises, 3, utrn(premises, 3))
    assert results(premises, kit.ADJUST, (number(1),)) == [0]


def test_a_code_that_was_entered_by_hand_is_a_duplicate_by_command(premises: Premises) -> None:
    prepaid(premises, 5)
    digits = utrn(premises, 3)
    premises.meter.payment.enter_top_up(digits)
    assert kit.enter_remotely(premises, 3, digits) == [FAILED]
    assert codes.DUPLICATE_CODE in premises.meter.security_log.codes()


def test_a_wrong_check_digit_fails_without_a_trace(premises: Premises) -> None:
    prepaid(premises, 5)
    digits = utrn(premises, 3)
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    before = premises.meter.security_log.codes()
    assert kit.enter_remotely(premises, 3, wrong) == [FAILED]
    assert premises.meter.security_log.codes() == before


@pytest.mark.parametrize(
    ("setting", "code"),
    [("maximum_credit", codes.CREDIT_TOO_LARGE), ("maximum_balance", codes.BALANCE_TOO_HIGH)],
)
def test_a_credit_over_a_limit_fails_and_is_logged(
    premises: Premises, setting: str, code: int
) -> None:
    prepaid(premises, 5, **{setting: 10 * POUND - 1})
    assert kit.enter_remotely(premises, 3, utrn(premises, 3)) == [FAILED]
    assert code in premises.meter.security_log.codes()


# 2.3


def test_debts_are_adjusted_and_their_rates_read_back(premises: Premises) -> None:
    prepaid(premises, POUND)
    body = kit.debts(amounts=(5, 6), periods=(3600, 86_400), share=2500, adjust=(50, 3000, 4000))
    assert results(premises, kit.DEBT, body) == [0] * 10
    account = premises.meter.payment.account
    assert [debt.owed for debt in account.time_debts] == [millipence(3000), millipence(4000)]
    assert account.payment_debt.owed == millipence(50)
    read = [item.data for item in premises.ask(kit.CONFIGURATION, SUPPLIER).items]
    assert (read[0], read[4]) == (kit.rate(5), kit.rate(6))
    assert [read[place].value for place in (2, 5, 7)] == [3600, 86_400, 2500]


def test_an_hourly_debt_is_taken_when_hours_end(premises: Premises) -> None:
    prepaid(premises, POUND)
    results(premises, kit.DEBT, kit.debts(amounts=(5, 0), periods=(3600, 3600), adjust=(0, 12, 0)))
    premises.pass_time(4 * 3600)
    assert kit.balance(premises) == POUND - 12
    assert premises.alert_codes().count(codes.TIME_DEBT_COLLECTED[0]) == 1


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (kit.debts(share=10_001), 2),
        (kit.debts(periods=(3600, 7200)), 4),
        (kit.debts(amounts=(-1, 0)), 0),
    ],
    ids=["more than the whole payment", "neither hour nor day", "negative rate"],
)
def test_a_debt_recovery_that_makes_no_sense_is_refused(
    premises: Premises, body: tuple[Data, ...], place: int
) -> None:
    found = results(premises, kit.DEBT, body)
    assert found == [0] * place + [OTHER] * (10 - place)


def test_a_payment_towards_debt_is_in_its_log(premises: Premises) -> None:
    prepaid(premises, POUND)
    results(premises, kit.DEBT, kit.debts(share=5000, adjust=(3 * POUND, 0, 0)))
    kit.enter_remotely(premises, 3, utrn(premises, 3))
    assert _log(premises, kit.DEBT_PAYMENTS) == [3 * POUND]
    assert kit.balance(premises) == 8 * POUND


# 2.5


def test_emergency_credit_is_activated_by_command_when_it_is_available(
    premises: Premises,
) -> None:
    prepaid(premises, 101, emergency_credit_limit=50, emergency_credit_threshold=100)
    assert results(premises, kit.ACTIVATE, (integer(0),)) == [FAILED]
    results(premises, kit.ADJUST, (number(-1),))
    assert results(premises, kit.ACTIVATE, (integer(0),)) == [0]
    assert results(premises, kit.ACTIVATE, (integer(0),)) == [0]


# 4.3, 4.13


def test_the_prepayment_registers_are_read_encrypted(premises: Premises) -> None:
    prepaid(premises, 1, emergency_credit_limit=2)
    account, now = premises.meter.payment.account, premises.meter.now()
    account.accumulated_debt = millipence(3)
    for debt, amount in zip((*account.time_debts, account.payment_debt), (4, 5, 6), strict=True):
        account.adjust_debt(debt, millipence(amount), now)
    (inner,) = kit.registers(premises)
    assert [part.value for part in inner.value] == [1, 2, 3, 4, 5, 6]


def test_in_credit_mode_nothing_is_limited(premises: Premises) -> None:
    read = [item.data for item in premises.ask(kit.CONFIGURATION, SUPPLIER).items]
    largest = (1 << 31) - 1
    assert [read[place].value for place in (8, 10, 12)] == [largest, largest, 0xFFFF]
    assert (read[16], read[17]) == (array(), kit.CREDIT_PAIRS)


@pytest.mark.parametrize("code", [kit.ADJUST, kit.PREPAYMENT, kit.ACTIVATE, kit.REGISTERS])
def test_payment_is_none_of_the_network_operators_business(premises: Premises, code: int) -> None:
    assert premises.answer(premises.command(code, Role.NETWORK_OPERATOR)) is None


def _log(premises: Premises, code: int) -> list[int]:
    answer = premises.answer(kit.log_command(premises, code))
    assert answer is not None
    decoded = decode_payload(answer.payload)
    assert isinstance(decoded, Response)
    return [entry.value[1].value for entry in decoded.items[0].data.value.elements]
