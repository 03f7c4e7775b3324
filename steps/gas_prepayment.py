"""Gas: codes, credit and debt."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_readings import USER
from fixtures.gas_tariff_bodies import prepaid_gas
from fixtures.parties import GAS_METER
from steps.words import duration

# Codes.


@given(parsers.re(r"the gas supplier has sold (?P<count>\d+) codes? of (?P<pounds>\d+) pounds"))
def sell_codes(bench: Bench, count: str, pounds: str) -> None:
    codes = [bench.users.issue_top_up(USER, GAS_METER, int(pounds)) for _ in range(int(count))]
    bench.note("gas codes", codes)


@given("each code has been entered at the gas meter")
@when("each code is entered at the gas meter")
def enter_codes(bench: Bench) -> None:
    bench.note("taken", [bench.gas.enter_top_up(one.digits) for one in bench.noted("gas codes")])


@given("the gas supplier has sent the code by 2.2")
@when("the gas supplier sends the code by 2.2")
def send_code(bench: Bench, requirement: str) -> None:
    code = bench.noted("gas codes")[0]
    body = {"UTRN": code.digits}
    bench.users.send(USER, "2.2", body, target=GAS_METER, counter=code.counter)
    bench.users.require_success(requirement)


@then(parsers.re(r"the gas meter (?P<how>takes|refuses) (?:it|them)"))
def code_taken(bench: Bench, how: str, requirement: str) -> None:
    taken = bench.noted("taken")
    wanted = [how == "takes"] * len(taken)
    require(taken == wanted, requirement, f"a meter that {how} the code", taken)


# Prepayment.


@given(parsers.re(r"gas in prepayment mode that is shut off below (?P<limit>-?\d+) millipence"))
def in_prepayment_mode(bench: Bench, limit: str, requirement: str) -> None:
    """Limits that do not stand in the way, and no hour that keeps the gas on."""
    for srv, body in prepaid_gas(int(limit)):
        bench.users.send(USER, srv, body, target=GAS_METER)
        bench.users.require_success(requirement)


@given("the gas supply has been opened with a press")
def opened_with_a_press(bench: Bench) -> None:
    bench.gas.press()


@when(parsers.re(r"gas appliances go on to draw (?P<flow>[\d.]+) m3/h for (?P<span>\d[\w ]*)"))
def go_on_to_draw(bench: Bench, flow: str, span: str) -> None:
    """And are left on."""
    bench.gas.draw(Decimal(flow))
    bench.clock.advance(duration(span))


@given("alerts are counted from here")
def count_alerts(bench: Bench) -> None:
    bench.users.mark()


@given(parsers.re(r"gas in (?P<mode>credit|prepayment) mode"))
def in_mode(bench: Bench, mode: str, requirement: str) -> None:
    """Prepayment that does not shut anything off; a meter begins in credit mode."""
    if mode == "prepayment":
        in_prepayment_mode(bench, "-10000000", requirement)
