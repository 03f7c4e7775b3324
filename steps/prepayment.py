"""A prepayment customer and their supplier: codes, emergency credit, balances.

Amounts are pounds, with up to five decimals: the last one is a thousandth of a penny. A step here
decides the requirement that stands first among its scenario's tags.
"""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import PlanError, require
from fixtures.bench import Bench
from fixtures.installation import SUPPLIER
from fixtures.parties import PPMID
from fixtures.prepayment import ELEMENTS
from fixtures.prepayment_bodies import hours_body, largest_hours_body
from steps.words import duration, number

_AMOUNT = r"(?P<amount>-?\d+(?:\.\d+)?) pounds"
_CODE = r"the (?P<which>first |second |third |)code"
_PLACE = r"(?P<place>meter|display)"
PENNY = Decimal("0.01")
_NUMBERS = {"": None, "first ": 1, "second ": 2, "third ": 3}


@given("a display in the home, joined with the meter")
def joined_display(bench: Bench, requirement: str) -> None:
    """A PPMID, commissioned by the import supplier, each side joined with the other."""
    bench.installation.commission_display(SUPPLIER)
    bench.users.send(SUPPLIER, "8.7.1", {"OtherDeviceID": PPMID})
    bench.users.require_success(requirement)
    bench.users.mark()


# Codes.


@given(parsers.re(rf"the import supplier has sold a top-up of {_AMOUNT}(?P<gas> for gas|)"))
@when(parsers.re(rf"the import supplier sells a top-up of {_AMOUNT}(?P<gas> for gas|)"))
def sell(bench: Bench, amount: str, gas: str) -> None:
    if gas:
        bench.prepayment.sell_for_gas(number(amount))
    else:
        bench.prepayment.sell(number(amount))


@given(parsers.re(r"the code has been given (?P<flaw>a[ \w]+|the [ \w]+)"))
def spoil(bench: Bench, flaw: str) -> None:
    bench.prepayment.spoil(flaw)


@given(parsers.re(rf"{_CODE} has been sent by 2.2"))
def has_been_sent(bench: Bench, which: str, requirement: str) -> None:
    """And was taken."""
    bench.prepayment.send(bench.prepayment.code(_NUMBERS[which]))
    bench.users.require_success(requirement)


@when(parsers.re(rf"{_CODE} is sent by 2.2"))
def is_sent(bench: Bench, which: str) -> None:
    bench.prepayment.send(bench.prepayment.code(_NUMBERS[which]))


@given(parsers.re(rf"a top-up of {_AMOUNT} has been sold and sent by 2.2"))
@when(parsers.re(rf"a top-up of {_AMOUNT} is sold and sent by 2.2"))
def sold_and_sent(bench: Bench, amount: str, requirement: str) -> None:
    """And was taken."""
    bench.prepayment.sell(number(amount))
    bench.prepayment.send(bench.prepayment.code())
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_CODE} has been entered at the {_PLACE}(?: (?P<times>\d+) times)?"))
@when(parsers.re(rf"{_CODE} is entered at the {_PLACE}(?: (?P<times>\d+) times)?"))
def enter(bench: Bench, which: str, place: str, times: str | None) -> None:
    prepayment = bench.prepayment
    enter = prepayment.enter_at_meter if place == "meter" else prepayment.enter_at_display
    for _ in range(int(times or 1)):
        enter(prepayment.code(_NUMBERS[which]))


@when(
    parsers.re(
        r"the code is entered at the meter with a pause of (?P<span>\d[\w ]*) after (?P<count>\d+)"
        r" digits"
    )
)
def enter_with_a_pause(bench: Bench, span: str, count: str) -> None:
    bench.prepayment.enter_in_two(bench.prepayment.code(), int(count), duration(span))


# Emergency credit, and the supply.


@given(parsers.re(rf"emergency credit has been activated at the {_PLACE}"))
@when(parsers.re(rf"emergency credit is activated at the {_PLACE}"))
def activate(bench: Bench, place: str) -> None:
    if place == "meter":
        bench.prepayment.activate_at_meter()
    else:
        bench.prepayment.activate_at_display()


@when("the supply is enabled at the display")
def enable_at_display(bench: Bench) -> None:
    bench.prepayment.enable_at_display()


@then(parsers.re(r"the display says that it was (?P<outcome>accepted|refused)"))
def display_says(bench: Bench, outcome: str, requirement: str) -> None:
    seen = bench.prepayment.outcome_at_display()
    require(seen == outcome, requirement, f"{outcome} at the display", seen)


# The non-disablement hours.


@given("the import supplier has set the non-disablement hours")
@when("the import supplier sets the non-disablement hours")
def set_hours(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """2.1 with these entries, answered with success: START or STOP, time, days of the week or
    `special day 1`; and `SPECIAL DAY`, month and day, for each special day."""
    bench.users.send(SUPPLIER, "2.1", hours_body(datatable))
    bench.users.require_success(requirement)


@when("the import supplier sets the largest non-disablement calendar")
def set_largest_hours(bench: Bench, requirement: str) -> None:
    bench.users.send(SUPPLIER, "2.1", largest_hours_body())
    bench.users.require_success(requirement)


# Balances.


@given(parsers.re(rf"the import supplier has adjusted the meter balance by {_AMOUNT}"))
@when(parsers.re(rf"the import supplier adjusts the meter balance by {_AMOUNT}"))
def adjust(bench: Bench, amount: str, requirement: str) -> None:
    bench.prepayment.adjust(number(amount), requirement)


@then(parsers.re(rf"the meter balance is {_AMOUNT}(?: within (?P<tolerance>[\d.]+))?"))
def meter_balance_is(bench: Bench, amount: str, tolerance: str | None, requirement: str) -> None:
    """As 4.3 reads it."""
    seen = bench.prepayment.amounts(requirement)["meter balance"]
    is_close = abs(seen - number(amount)) <= Decimal(tolerance or 0)
    require(is_close, requirement, f"meter balance {amount}", seen)


@then("the amounts of the meter are")
def amounts_are(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """Name and pounds, line by line, as 4.3 reads them."""
    _require_amounts(bench, datatable, requirement, Decimal(0))


@then("the amounts are within a penny of")
def amounts_are_close(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """Where the time between two steps has its price."""
    _require_amounts(bench, datatable, requirement, PENNY)


def _require_amounts(
    bench: Bench, datatable: list[list[str]], requirement: str, tolerance: Decimal
) -> None:
    wanted = {name: number(amount) for name, amount in datatable}
    unknown = set(wanted) - set(ELEMENTS)
    if unknown:
        raise PlanError(f"expected amounts {sorted(ELEMENTS)}, found {sorted(unknown)}")
    seen = bench.prepayment.amounts(requirement)
    is_close = all(abs(seen[name] - amount) <= tolerance for name, amount in wanted.items())
    found = {name: str(seen[name]) for name in wanted}
    require(is_close, requirement, {name: str(amount) for name, amount in wanted.items()}, found)
