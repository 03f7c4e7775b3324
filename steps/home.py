"""Devices of the home: prepayment display, load control switch, in-home display, access device."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.gbcs.identifiers import Eui64
from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.home_site import IMPORT, POWER, READERS
from fixtures.parties import HCALCS, HOME_DISPLAY, METER, PPMID
from steps.words import duration, number

_FUEL = r"(?P<fuel>electricity|gas)"
_READER = r"(?P<reader>in-home display|consumer access device)"
_RESULT = r"(?P<result>waiting|accepted|refused|no answer)"
_READS_IN_A_ROW = 20


# Prepayment display.


@given("a prepayment display that is joined with the meter")
def ppmid(bench: Bench) -> None:
    bench.home.commission_ppmid()


@when(
    parsers.re(
        rf"a code of the (?P<user>[a-z ]+) for (?P<pounds>\d+) pounds of {_FUEL}"
        r" is entered at the display"
    )
)
@given(
    parsers.re(
        rf"a code of the (?P<user>[a-z ]+) for (?P<pounds>\d+) pounds of {_FUEL}"
        r" has been entered at the display"
    )
)
def enter_code(bench: Bench, user: str, pounds: str, fuel: str) -> None:
    bench.note("digits", bench.home_site.enter_code(fuel, user, int(pounds)))


@when("the same code is entered at the display again")
def enter_again(bench: Bench) -> None:
    bench.home_site.enter_digits("electricity", bench.noted("digits"))


@when("the code with its last digit changed is entered at the display")
def enter_changed(bench: Bench) -> None:
    digits = bench.noted("digits")
    bench.home_site.enter_digits("electricity", digits[:-1] + str((int(digits[-1]) + 1) % 10))


@when(parsers.re(rf"emergency credit of {_FUEL} is asked for at the display"))
def ask_for_emergency_credit(bench: Bench, fuel: str) -> None:
    bench.home_site.panel.activate_emergency_credit(fuel)


@when(parsers.re(rf"the {_FUEL} supply is switched on at the display"))
def switch_on(bench: Bench, fuel: str) -> None:
    bench.home_site.panel.enable_supply(fuel)


@given("what the display asks of its meters is watched")
def watch_display(bench: Bench) -> None:
    bench.home_site.watch_display()


@then("the display has asked for Supply ON and nothing else of the supply")
def asked_for_on_alone(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.supply_asked_for
    require(bool(seen) and all(seen), requirement, "requests for Supply ON alone", seen)


@when("a request for Supply OFF in the display's name is sent to the meter")
def ask_for_off(bench: Bench) -> None:
    bench.home_site.ask_for_supply_off()


@then(parsers.re(rf"the display says {_RESULT}"))
def display_says(bench: Bench, result: str, requirement: str) -> None:
    seen = bench.home_site.panel.result()
    require(seen == result, requirement, result, seen)


@then("the display does not say accepted")
def display_does_not_accept(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.panel.result()
    require(seen != "accepted", requirement, "anything but accepted", seen)


@then(parsers.re(r"the meter's balance has risen by (?P<millipence>\d+) millipence"))
def balance_has_risen(bench: Bench, millipence: str, requirement: str) -> None:
    """As the display shows it, against what was noted of 4.3."""
    before, now = (
        int(bench.noted("MeterBalance")),
        bench.home_site.panel.shown("electricity", "meter balance"),
    )
    wanted = str(before + int(millipence))
    require(now == wanted, requirement, f"balance {wanted}", now)


@then(parsers.re(r"the display shows (?P<item>[a-z][a-z0-9 ]*?) (?P<text>-?\d+|True|False)"))
def display_shows(bench: Bench, item: str, text: str, requirement: str) -> None:
    """Money in millipence."""
    seen = bench.home_site.panel.shown("electricity", item)
    require(seen == text, requirement, f"{item} {text}", seen)


@then(parsers.re(r"the meter's event log ends with (?P<code>81[0-9A-F]{2}) of (?P<name>\w+)"))
def log_ends_with(bench: Bench, code: str, name: str, requirement: str) -> None:
    """`name` of the use case that the entry stands for, as the catalogue puts it first."""
    bench.users.send(
        "import supplier", "6.13", bench.home_site.event_log_body(), target=bench.meter_id
    )
    entries = bench.users.readings(requirement)["Log"]["LogEntry"]
    last = entries[-1]
    about = str(last.get("OtherInformationLogMeaning", ""))
    seen = f"{last['LogCode'].hex().upper()} {about}"
    is_right = last["LogCode"].hex().upper() == code and about.startswith(name)
    require(is_right, requirement, f"{code} of {name}", seen)


# Load control switch.


@given(parsers.re(r"a load control switch with a load of (?P<watts>\d+) W"))
def hcalcs(bench: Bench, watts: str) -> None:
    """It is the meter's controller 1."""
    bench.home.commission_hcalcs()
    bench.home_site.appoint_switch()
    bench.home_site.set_load(number(watts))


@given("the load control switch is in a shielded box")
@when("the load control switch is put into a shielded box")
def shield(bench: Bench) -> None:
    bench.home_site.cut_off_switch(True)


@when("the load control switch is taken out of the box")
def unshield(bench: Bench) -> None:
    bench.home_site.cut_off_switch(False)


@then(parsers.re(r"the switched load draws (?P<watts>\d+) W"))
def switched_load_draws(bench: Bench, watts: str, requirement: str) -> None:
    seen = bench.home_site.measured_watts()
    require(seen == Decimal(watts), requirement, f"{watts} W", f"{seen} W")


# In-home display and access device.


@when(parsers.re(r"a load of (?P<kilowatts>[\d.]+) kW is put on"))
def put_on(bench: Bench, kilowatts: str) -> None:
    bench.power.set_load(number(kilowatts) * 1000)


@given(parsers.re(rf"an? {_READER} that reads the meter"))
@when(parsers.re(rf"an? {_READER} that reads the meter"))
def reader(bench: Bench, reader: str) -> None:
    if reader == "in-home display":
        bench.home.commission_display()
    else:
        bench.home.commission_access_device()
    bench.home_site.has_reader_follow(READERS[reader])


@when(parsers.re(rf"the meter is unjoined from the {_READER}"))
def unlisted(bench: Bench, reader: str, requirement: str) -> None:
    bench.home.unjoin("8.8.2", METER, READERS[reader], requirement)


@then(parsers.re(r"the in-home display shows (?P<item>[a-z0-9 ]+): (?P<text>.+)"))
def screen_shows(bench: Bench, item: str, text: str, requirement: str) -> None:
    seen = bench.home_site.shows(item)
    require(seen == text, requirement, f"{item} {text}", seen)


@then("the in-home display shows its own identifier")
def screen_shows_identifier(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.shows("identifier")
    require(seen == str(HOME_DISPLAY), requirement, str(HOME_DISPLAY), seen or "nothing")


@then("the in-home display is dark")
def screen_is_dark(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.shows("active power")
    require(not seen, requirement, "nothing", seen)


@then(parsers.re(r"the in-home display has (?P<count>\d+) days of history"))
def has_history(bench: Bench, count: str, requirement: str) -> None:
    seen = bench.home_site.days_shown()
    require(seen == int(count), requirement, f"{count} days", f"{seen}")


@then("the consumer access device reads what the in-home display shows")
def same_set(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.access_device_reads(POWER)
    shown = bench.home_site.shows("active power")
    text = "none" if seen is None else f"{seen // 1000}.{seen % 1000:03d}"
    require(text == shown, requirement, f"active power {shown}", text)


@then("the consumer access device is answered as often as it asks")
def answered_each_time(bench: Bench, requirement: str) -> None:
    seen = bench.home_site.poll(POWER, _READS_IN_A_ROW)
    require(seen >= _READS_IN_A_ROW - 1, requirement, f"{_READS_IN_A_ROW} answers", f"{seen}")


@then("the consumer access device can write nothing")
def writes_nothing(bench: Bench, requirement: str) -> None:
    is_granted = bench.home_site.access_device_writes(IMPORT)
    require(not is_granted, requirement, "a write refused", "granted")


PARTNERS: dict[str, Eui64] = {"prepayment display": PPMID, "load control switch": HCALCS}


@when(
    parsers.re(
        r"the import supplier unjoins the meter from the"
        r" (?P<partner>prepayment display|load control switch)"
    )
)
def unjoin(bench: Bench, partner: str, requirement: str) -> None:
    """8.8.1 at the meter."""
    bench.home.unjoin("8.8.1", METER, PARTNERS[partner], requirement)
    bench.clock.advance(duration("5 seconds"))
