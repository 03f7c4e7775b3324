"""Gas: appliances behind the meter, its button, and what flows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_latency import Latency, ask_often, require_prompt, require_wakes
from fixtures.gas_life import GasYear, live
from fixtures.gas_readings import (
    USER,
    billing_alert_is_sealed,
)
from fixtures.gas_tariff_bodies import (
    gas_block_tariff_body,
    gas_tariff_body,
    largest_gas_calendar_body,
    largest_gas_tariff_body,
    prepaid_gas,
)
from fixtures.parties import GAS_METER, GAS_PROXY
from fixtures.readings import find, has
from steps.words import check_name, duration

_REQUIREMENT = "SMETS-G-008"


@given(parsers.re(r"gas appliances that draw (?P<flow>\d+(\.\d+)?) m3/h"))
def appliances_draw(bench: Bench, flow: str) -> None:
    bench.gas.draw(Decimal(flow))


@when("the button of the gas meter is pressed")
def press_button(bench: Bench) -> None:
    bench.gas.press()


@then("no gas passes the gas meter")
def no_gas_passes(bench: Bench) -> None:
    seen = bench.gas.measured_flow()
    require(not seen, _REQUIREMENT, "no gas through the valve", f"{seen} m3/h")


@then("a press at the gas meter lets gas pass")
def press_lets_gas_pass(bench: Bench) -> None:
    bench.gas.press()
    seen = bench.gas.measured_flow()
    require(seen > 0, _REQUIREMENT, "gas through the valve after a press", f"{seen} m3/h")


@then("a press at the gas meter lets no gas pass")
def press_lets_no_gas_pass(bench: Bench) -> None:
    bench.gas.press()
    no_gas_passes(bench)


@given("a commissioned gas meter that the gas proxy mirrors")
def commissioned_gas_meter(bench: Bench) -> None:
    bench.installation.commission()
    bench.installation.commission_gas(USER)


@given("the gas register has been read", target_fixture="gas_before")
def gas_register_read(bench: Bench) -> Decimal:
    return bench.gas.readings.volume().cubic_metres


@given("the gas supply has been armed")
def gas_supply_armed(bench: Bench) -> None:
    bench.gas.readings.command("7.3")


@given(
    parsers.re(
        r"an uncontrolled flow threshold of (?P<limit>[\d.]+) m3/h, settled in (?P<settled>\d+) "
        r"seconds and measured for (?P<measured>\d+) seconds"
    )
)
def flow_threshold(bench: Bench, limit: str, settled: str, measured: str) -> None:
    bench.gas.readings.command(
        "6.7",
        {
            "UncontrolledGasFlowRateDecimal": Decimal(limit),
            "SupplyDepletionState": "Unchanged",
            "SupplyTamperState": "Unchanged",
            "StabilisationPeriod": 10 * int(settled),
            "MeasurementPeriod": int(measured),
        },
    )


@given(parsers.re(r"gas appliances draw (?P<flow>\d+(\.\d+)?) m3/h for (?P<span>\d[\w ]*)"))
@when(parsers.re(r"gas appliances draw (?P<flow>\d+(\.\d+)?) m3/h for (?P<span>\d[\w ]*)"))
def appliances_draw_for(bench: Bench, flow: str, span: str) -> None:
    bench.gas.draw(Decimal(flow))
    bench.clock.advance(duration(span))
    bench.gas.draw(Decimal(0))


@then(parsers.re(r"the gas register has counted (?P<volume>\d+\.\d+) m3"))
def gas_register_counted(bench: Bench, gas_before: Decimal, volume: str) -> None:
    seen = bench.gas.readings.volume().cubic_metres - gas_before
    require(seen == Decimal(volume), "SMETS-G-001", f"{volume} m3", f"{seen} m3")


@then(parsers.re(r"the gas supply state read back is (?P<state>enabled|armed|disabled)"))
def gas_supply_state(bench: Bench, state: str) -> None:
    seen = bench.gas.readings.supply_state()
    require(seen == state, _REQUIREMENT, state, seen)


@then(
    parsers.re(
        r"the gas proxy states (?P<volume>\d+\.\d+) m3 more within (?P<limit>\d[\w ]*), "
        r"as of the last (?P<age>\d[\w ]*)"
    )
)
def gas_proxy_states(bench: Bench, gas_before: Decimal, volume: str, limit: str, age: str) -> None:
    asked = bench.clock.now()
    seen = bench.gas.readings.volume(GAS_PROXY)
    taken = bench.clock.now() - asked
    require(taken <= duration(limit), "SMETS-P-102", f"an answer within {limit}", taken)
    more = seen.cubic_metres - gas_before
    require(more == Decimal(volume), "SMETS-P-101", f"{volume} m3", f"{more} m3")
    old = asked - seen.at if seen.at is not None else timedelta.max
    require(old <= duration(age), "SMETS-P-102", f"a time of the last {age}", seen.at)


# Asleep and awake.


@given("a gas meter that has joined and does not know the gas proxy")
def joined_gas_meter(bench: Bench) -> None:
    bench.installation.commission()
    bench.installation.join_gas(USER)


@when("the gas supplier introduces the gas proxy to the gas meter")
def introduce_gas_proxy(bench: Bench) -> None:
    bench.installation.introduce_gas_proxy(USER)


@when(
    parsers.re(
        r"the gas supplier asks the gas meter (?P<count>\d+) times, every (?P<gap>\d[\w ]*)"
    ),
    target_fixture="latencies",
)
def ask_gas_meter(bench: Bench, count: str, gap: str, requirement: str) -> list[Latency]:
    return ask_often(bench.users, bench.clock, int(count), duration(gap), requirement)


@then("it has answered at its wakes, each half an hour after the one before")
def answered_at_wakes(latencies: list[Latency], requirement: str) -> None:
    require_wakes(latencies, requirement)


@then(parsers.re(r"the gas meter answers (?P<count>\d+) requests within the same (?P<span>\d.*)"))
def answers_several(bench: Bench, count: str, span: str, requirement: str) -> None:
    """Sent one after another while it sleeps."""
    gap = bench.gas.readings.gap_of_answers(int(count), requirement)
    require(gap <= duration(span), requirement, f"answers within {span}", gap)


# Hands on the meter: battery, covers, keypad.


@given("the battery of the gas meter has been taken out")
@when("the battery of the gas meter is taken out")
def remove_battery(bench: Bench) -> None:
    bench.gas.remove_battery()


@given("a fresh battery has been fitted into the gas meter")
@when("a fresh battery is fitted into the gas meter")
def fit_battery(bench: Bench) -> None:
    bench.gas.remove_battery()
    bench.gas.fit_battery()


@given(parsers.re(r"a battery of (?P<charge>\d+) mAh has been fitted into the gas meter"))
@when(parsers.re(r"a battery of (?P<charge>\d+) mAh is fitted into the gas meter"))
def fit_weak_battery(bench: Bench, charge: str) -> None:
    bench.gas.remove_battery()
    bench.gas.fit_battery(Decimal(charge))


@given(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter has been opened"))
@when(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter is opened"))
def open_cover(bench: Bench, cover: str) -> None:
    bench.gas.open_cover(cover)


@when(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter is closed"))
def close_cover(bench: Bench, cover: str) -> None:
    bench.gas.close_cover(cover)


@given(parsers.re(r"the gas meter (?P<tamper>locks|stays open) when somebody tampers with it"))
def tamper_state(bench: Bench, tamper: str) -> None:
    state = "Locked" if tamper == "locks" else "Unchanged"
    bench.gas.readings.configure_valve(tamper=state)


@given(parsers.re(r"the gas meter (?P<spent>locks|stays open) when its battery is spent"))
def depletion_state(bench: Bench, spent: str) -> None:
    state = "Locked" if spent == "locks" else "Unchanged"
    bench.gas.readings.configure_valve(depletion=state)


@then("gas passes the gas meter")
def gas_passes(bench: Bench, requirement: str) -> None:
    seen = bench.gas.measured_flow()
    require(seen > 0, requirement, "gas through the valve", f"{seen} m3/h")


# Tariffs.

_TARIFFS = {
    "by days": gas_tariff_body,
    "with blocks": gas_block_tariff_body,
    "of the largest size": largest_gas_tariff_body,
}


@given(
    parsers.re(r"the gas supplier has set a gas tariff (?P<which>by days|with blocks|of the .*)")
)
@when(parsers.re(r"the gas supplier sets a gas tariff (?P<which>by days|with blocks|of the .*)"))
def set_gas_tariff(bench: Bench, which: str, requirement: str) -> None:
    bench.users.send(USER, "1.1.1", _TARIFFS[which](), target=GAS_METER)
    bench.users.require_success(requirement)


@given(parsers.re(r"the gas supplier has set a gas tariff by days for (?P<ahead>\d[\w ]*) later"))
@when(parsers.re(r"the gas supplier sets a gas tariff by days for (?P<ahead>\d[\w ]*) later"))
def set_dated_gas_tariff(bench: Bench, ahead: str, requirement: str) -> None:
    at = bench.clock.now().replace(microsecond=0) + duration(ahead)
    body = {**gas_tariff_body(), "ExecutionDateTime": at}
    bench.users.send(USER, "1.1.1", body, target=GAS_METER)
    bench.users.require_success(requirement)


@given("the gas supplier has set the largest non-disablement calendar")
def set_largest_calendar(bench: Bench, requirement: str) -> None:
    bench.users.send(USER, "2.1", largest_gas_calendar_body(), target=GAS_METER)
    bench.users.require_success(requirement)


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


# What answers say about each other.


@then(parsers.re(r"the log of the answer has an entry (?P<code>[0-9A-F]{4})"))
def answer_log_has(bench: Bench, code: str, requirement: str) -> None:
    seen = bench.gas.readings.log_codes()
    require(int(code, 16) in seen, requirement, f"an entry {code}", [f"{one:04X}" for one in seen])


@then(
    parsers.re(
        r"the log of the answer has (?P<count>\d+|no) entr(?:y|ies) (?P<code>[0-9A-F]{4})"
        r" about (?P<use_case>\w+)"
    )
)
def answer_log_tells(bench: Bench, count: str, code: str, use_case: str, requirement: str) -> None:
    wanted, seen = 0 if count == "no" else int(count), bench.gas.readings.log_of(use_case)
    found = seen.count(int(code, 16))
    require(found == wanted, requirement, f"{count} entries {code} about {use_case}", seen)


@then("gas meter and gas proxy say the same to")
def say_the_same(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """Number and name of a request, line by line."""
    for srv, name in datatable:
        check_name(srv, name)
        meter, proxy = bench.gas.readings.both(srv, requirement)
        require(meter == proxy, requirement, f"{srv} as the meter says: {meter}", proxy)


# The battery.


@then(
    parsers.re(r"the remaining days are those of the charge that is left, within (?P<limit>\d+) %")
)
def remaining_days(bench: Bench, limit: str, requirement: str) -> None:
    """At the mean rate since the battery was fitted, as the bench has measured both."""
    seen = find(bench.users.readings(requirement), "RemainingBatteryCapacity")
    record = bench.gas.battery_record()
    wanted = record.days_left
    is_close = abs(seen - wanted) <= wanted * Decimal(limit) / 100
    require(is_close, requirement, f"{wanted:.0f} days within {limit} %", seen)


@given("the battery has been put on the analyser")
def put_on_analyser(bench: Bench) -> None:
    bench.note("battery", bench.gas.battery_record())


@then(parsers.re(r"the analyser has seen 1 valve move and 1 command"))
def analyser_saw_move(bench: Bench, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses
    found = {name: seen.get(name, 0) for name in ("valve move", "command")}
    require(found == dict.fromkeys(found, 1), requirement, "one of each", found)


@then(parsers.re(r"the analyser has seen (?P<count>\d+) wakes, each with a poll, and no command"))
def analyser_saw_wakes(bench: Bench, count: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses
    found = {name: seen.get(name, 0) for name in ("wake", "poll", "command")}
    wanted = {"wake": int(count), "poll": int(count), "command": 0}
    require(found == wanted, requirement, wanted, found)


@then(parsers.re(r"the analyser has seen (?P<count>\d+) samples"))
def analyser_saw_samples(bench: Bench, count: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses.get("sample", 0)
    require(seen == int(count), requirement, f"{count} samples", f"{seen}")


@then(parsers.re(r"the (?:day|time) has taken at most (?P<limit>\d+) mAh"))
def day_has_taken(bench: Bench, limit: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).total
    require(seen <= int(limit), requirement, f"at most {limit} mAh", f"{seen:.3f} mAh")


@then("the gas supply can be armed and opened")
def can_be_opened(bench: Bench, requirement: str) -> None:
    bench.gas.readings.command("7.3")
    bench.gas.press()
    gas_passes(bench, requirement)


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


# Logs and times.


@then(parsers.re(r"the day's register is (?P<more>[\d.]+) m3 more within (?P<tolerance>[\d.]+)"))
def day_register_is(bench: Bench, more: str, tolerance: str, requirement: str) -> None:
    """Than the register that was noted."""
    seen = find(bench.users.readings(requirement), "GasActiveImportRegisterConsumption")
    risen = seen - bench.noted("Value")
    is_close = abs(risen - Decimal(more)) <= Decimal(tolerance)
    require(is_close, requirement, f"{more} m3 more", f"{risen} m3")


@then(
    parsers.re(
        r"each (?P<field>\w+) of the answer's (?P<entry>[\w.]+) is (?P<volume>[\d.]+) m3"
        r" within (?P<tolerance>[\d.]+)"
    )
)
def each_entry_is(
    bench: Bench, field: str, entry: str, volume: str, tolerance: str, requirement: str
) -> None:
    entries = find(bench.users.readings(requirement), entry)
    missing = sum(not has(one, field) for one in entries)
    require(not missing, requirement, f"{field} in each {entry}", f"{missing} without")
    seen = {find(one, field) for one in entries}
    right = all(abs(one - Decimal(volume)) <= Decimal(tolerance) for one in seen)
    require(right, requirement, f"{volume} m3 in each {entry}", sorted(seen))


@then(parsers.re(r"the time in the gas meter's answer is within (?P<limit>\d+) seconds of .*"))
def time_of_answer(bench: Bench, limit: str, requirement: str) -> None:
    bench.require_time_close(requirement, bench.gas.readings.time_of_answer(), int(limit))


@then(
    parsers.re(
        r"the time in its answer is (?P<age>\d[\w ]*?) old within (?P<tolerance>\d+ minutes?)"
    )
)
def age_of_answer(bench: Bench, age: str, tolerance: str, requirement: str) -> None:
    seen = bench.gas.readings.time_of_answer()
    wanted = bench.clock.now() - duration(age)
    is_close = seen is not None and abs(seen - wanted) <= duration(tolerance)
    require(is_close, requirement, f"a time of {wanted}", seen)


@then("the values of the alert are sealed for the gas supplier")
def alert_is_sealed(bench: Bench, requirement: str) -> None:
    """None of its values is readable on the wide area network."""
    is_sealed = billing_alert_is_sealed(bench.traffic)
    require(is_sealed, requirement, "one encrypted component", is_sealed)


@given("the supply is back")
@when("the supply is back")
def supply_is_back(bench: Bench) -> None:
    bench.power.restore_supply()


# A year.


@when("the gas meter is read every day for as long as the plan asks", target_fixture="gas_year")
def read_every_day(bench: Bench) -> GasYear:
    return live(bench)


@then("every reading came at the next wake of the gas meter")
def readings_at_wakes(gas_year: GasYear) -> None:
    require_prompt(gas_year.latencies, "SMETS-G-001")


@then(parsers.re(r"the battery would last at least (?P<years>\d+) years at this rate"))
def battery_lasts(gas_year: GasYear, years: str) -> None:
    seen = gas_year.years_of_battery
    require(seen >= int(years), "SMETS-G-014", f"{years} years", f"{seen:.1f} years")


@then(
    parsers.re(
        r"the remaining days that the meter states are those of its charge within (?P<limit>\d+) %"
    )
)
def stated_days_are_right(bench: Bench, gas_year: GasYear, limit: str) -> None:
    wanted, seen = bench.gas.battery_record().days_left, gas_year.stated_days
    is_close = abs(seen - wanted) <= wanted * Decimal(limit) / 100
    require(is_close, "SMETS-G-022", f"{wanted:.0f} days within {limit} %", seen)
