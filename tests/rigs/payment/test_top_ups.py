"""Top-up codes: accepted once, refused for a reason, locked by hand (E-136, E-144 to E-151)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.gbcs import top_up
from assay.gbcs.identifiers import Eui64
from assay.gbcs.top_up import Unit
from assay.gbcs.top_up_spending import Parties
from rigs.devices.payment import OpenQuestions, Refusal, TopUps, codes
from rigs.devices.payment import Unit as AccountUnit
from rigs.devices.payment.money import ELECTRICITY
from tests.rigs.payment.kit import T0, Told, prepaid

MILLIPENCE = AccountUnit(Decimal(1))
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
OTHER_METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
SECRET = bytes(range(32))
PARTIES = Parties(supplier=SUPPLIER, meter=METER, secret=SECRET)


def code(number: int, pounds: int = 10, meter: Eui64 = METER) -> str:
    return top_up.create(
        secret=SECRET,
        supplier=SUPPLIER,
        meter=meter,
        counter=number << 32,
        value=pounds,
        unit=Unit.POUNDS,
    )


@dataclass
class Entered:
    told: Told
    top_ups: TopUps


def entry(questions: OpenQuestions | None = None, **settings: object) -> Entered:
    told = prepaid(1_000_000, questions or OpenQuestions(), **settings)
    return Entered(told, TopUps(told.account, MILLIPENCE, lambda: PARTIES))


def test_a_code_by_command_is_credit() -> None:
    given = entry()
    answer = given.top_ups.remote(code(3), 3 << 32, T0)
    assert (answer.is_accepted, answer.result) == (True, 0x00)
    assert given.told.account.meter_balance == 2_000_000
    assert given.told.events == []


def test_a_code_by_hand_is_credit_and_told() -> None:
    given = entry()
    assert given.top_ups.local(code(3), T0).is_accepted
    assert given.told.account.meter_balance == 2_000_000
    assert given.told.events == [codes.CREDIT_ADDED_LOCALLY]


def spent(given: Entered) -> str:
    given.top_ups.local(code(3), T0)
    given.told.forget()
    return code(3)


def too_old(given: Entered) -> str:
    given.top_ups.start_from(5 << 32)
    return code(4)


def wrong_check_digit(_given: Entered) -> str:
    right = code(3)
    return right[:-1] + str((int(right[-1]) + 1) % 10)


def foreign(_given: Entered) -> str:
    digits = f"{1234567890123456789:019d}"
    return digits + top_up.check_digit(digits)


REFUSED: list[tuple[Callable[[Entered], str], dict[str, int], Refusal, int | None, int]] = [
    (wrong_check_digit, {}, Refusal.NOT_A_CODE, None, 0x01),
    (lambda _: "123", {}, Refusal.NOT_A_CODE, None, 0x01),
    (foreign, {}, Refusal.NOT_FOR_THIS_DEVICE, codes.NOT_FOR_THIS_DEVICE, 0x01),
    (lambda _: code(3, meter=OTHER_METER), {}, Refusal.NOT_AUTHENTIC, codes.NOT_AUTHENTIC, 0x01),
    (spent, {}, Refusal.DUPLICATE, codes.DUPLICATE_CODE, 0x02),
    (too_old, {}, Refusal.TOO_OLD, codes.DUPLICATE_CODE, 0x02),
    (
        lambda _: code(3),
        {"maximum_credit": 999_999},
        Refusal.CREDIT_TOO_LARGE,
        codes.CREDIT_TOO_LARGE,
        0x06,
    ),
    (
        lambda _: code(3),
        {"maximum_balance": 1_999_999},
        Refusal.BALANCE_TOO_HIGH,
        codes.BALANCE_TOO_HIGH,
        0x04,
    ),
]


@pytest.mark.parametrize(
    ("digits", "settings", "refusal", "event", "result"),
    REFUSED,
    ids=[f"{number} {row[2].name}" for number, row in enumerate(REFUSED)],
)
def test_a_refused_code_brings_nothing_and_leaves_its_event(
    digits: Callable[[Entered], str],
    settings: dict[str, int],
    refusal: Refusal,
    event: int | None,
    result: int,
) -> None:
    given = entry(**settings)
    entered = digits(given)
    before = given.told.account.meter_balance
    answer = given.top_ups.local(entered, T0)
    assert (answer.refusal, answer.payment, answer.result) == (refusal, None, result)
    assert given.told.account.meter_balance == before
    assert given.told.events == ([] if event is None else [event])


@pytest.mark.parametrize("limit", ["maximum_credit", "maximum_balance"])
def test_what_just_reaches_a_limit_is_taken(limit: str) -> None:
    given = entry(**{limit: {"maximum_credit": 1_000_000, "maximum_balance": 2_000_000}[limit]})
    assert given.top_ups.local(code(3), T0).is_accepted


def test_a_code_refused_for_its_amount_can_be_used_later() -> None:
    given = entry(maximum_balance=1_999_999)
    given.top_ups.local(code(3), T0)
    given.told.account.configure(T0, maximum_balance=None)
    assert given.top_ups.local(code(3), T0).is_accepted


@pytest.mark.parametrize("before_shares", [True, False])
def test_which_credit_is_held_against_the_maximum_balance_is_a_setting(
    before_shares: bool,
) -> None:
    given = entry(
        OpenQuestions(balance_limit_before_shares=before_shares), maximum_balance=1_500_000
    )
    given.told.account.accumulated_debt = Decimal(500_000)
    assert given.top_ups.local(code(3), T0).is_accepted is not before_shares


def test_codes_out_of_order_are_taken_once_each() -> None:
    given = entry()
    taken = [given.top_ups.local(code(number), T0).is_accepted for number in (7, 5, 6, 5, 7)]
    assert taken == [True, True, True, False, False]


def test_a_code_under_another_counter_than_its_command_is_not_authentic() -> None:
    assert entry().top_ups.remote(code(3), 4 << 32, T0).refusal is Refusal.NOT_AUTHENTIC


def test_without_the_suppliers_key_no_code_is_authentic() -> None:
    given = entry()
    given.top_ups.parties = lambda: None
    assert given.top_ups.local(code(3), T0).refusal is Refusal.NOT_AUTHENTIC


def test_entry_by_hand_is_locked_after_refusals_in_a_row_for_a_time() -> None:
    questions = OpenQuestions(entry_attempts=3, entry_lock=timedelta(minutes=10))
    given = entry(questions)
    for _ in range(3):
        given.top_ups.local("1" * 20, T0)
    assert given.told.events == [codes.ENTRY_SUSPENDED]
    given.told.forget()
    nearly = T0 + timedelta(minutes=10) - timedelta(microseconds=1)
    answer = given.top_ups.local(code(3), nearly)
    assert (answer.refusal, answer.result) == (Refusal.LOCKED, 0x05)
    assert given.told.events == [codes.ENTRY_WHILE_LOCKED]
    assert given.top_ups.local(code(3), T0 + timedelta(minutes=10)).is_accepted


def test_a_good_code_starts_the_count_of_refusals_anew() -> None:
    given = entry(OpenQuestions(entry_attempts=2))
    for digits in ("1" * 20, code(3), "1" * 20):
        given.top_ups.local(digits, T0)
    assert codes.ENTRY_SUSPENDED not in given.told.events


def test_a_command_is_not_locked_out_by_the_keypad() -> None:
    given = entry(OpenQuestions(entry_attempts=1))
    given.top_ups.local("1" * 20, T0)
    assert given.top_ups.remote(code(3), 3 << 32, T0).is_accepted


@pytest.mark.parametrize(
    ("millipence", "shown"), [("0", 0), ("1.5", 1), ("-0.5", -1), ("-1", -1), ("-1.25", -2)]
)
def test_amounts_are_shown_in_whole_millipence_rounded_down(millipence: str, shown: int) -> None:
    amount = Decimal(millipence) * ELECTRICITY.per_millipence
    assert ELECTRICITY.millipence(amount) == shown
