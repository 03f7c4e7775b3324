"""What the devices answer."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal

from pytest_bdd import parsers, then

from assay.verdicts import NonConformity, require
from fixtures.bench import Bench
from fixtures.readings import find
from steps.words import duration

RELIABLE = 0x00
OTHER_REASON = 250
_DEVICE = r"the (?P<device>gas meter|gas proxy|meter|hub|display)"
CONTROL_STATES = {0: "disabled", 1: "enabled", 2: "armed"}


@then("the answer is other-reason from the failing item on")
def other_reason_from_failure(bench: Bench, requirement: str) -> None:
    answer = bench.users.answer()
    results = [] if answer is None or answer.device is None else list(answer.device.results)
    failed = results[next((at for at, one in enumerate(results) if one), len(results)) :]
    right = bool(failed) and set(failed) == {OTHER_REASON}
    require(right, requirement, f"successes, then {OTHER_REASON} for the rest", results)


@then(parsers.re(rf"{_DEVICE} answers with success within (?P<limit>\d[\w ]*)"))
def answers_with_success(bench: Bench, device: str, limit: str) -> None:
    answer = bench.users.answer(duration(limit))
    if answer is None:
        raise NonConformity("UEPT-NON-CRITICAL", f"an answer of the {device}", f"none in {limit}")
    if answer.device is None:
        raise NonConformity("GBCS-9.1-AUTHENTICITY", "an authentic answer", answer.problem)
    results = answer.device.results
    require(answer.device.succeeded, "GBCS-4.3-ONE-RESULT-EACH", "success of each item", results)


@then(parsers.re(r"the meter does not answer within (?P<limit>\d[\w ]*)"))
def does_not_answer(bench: Bench, limit: str) -> None:
    seen = bench.users.response_seen(duration(limit))
    require(seen is None, "GBCS-9.1-SILENCE", f"no response within {limit}", seen)


@then(parsers.re(r"the answer holds (?P<name>\w+)"))
def answer_holds(bench: Bench, name: str) -> None:
    values = bench.users.values()
    require(name in values, "UEPT-NON-CRITICAL", f"a value for {name}", sorted(values))


@then(parsers.re(r"the meter's (?P<name>\w+) reads back as (?P<value>\d+)"))
def reads_back(bench: Bench, name: str, value: str) -> None:
    seen = bench.users.voltage_configuration()[name]
    require(seen == int(value), "SMETS-E-081", f"{name} = {value}", seen)


@then(parsers.re(r"the supply state read back is (?P<state>enabled|disabled|armed)"))
def supply_state(bench: Bench, state: str) -> None:
    code = bench.users.read("import supplier", "7.4").values["control_state"]
    seen = CONTROL_STATES.get(code, code)
    require(seen == state, "SMETS-E-123", f"supply state {state}", seen)


@then(parsers.re(r"the meter states a reliable time within (?P<limit>\d+) seconds of .*"))
def states_reliable_time(bench: Bench, limit: str) -> None:
    values = bench.users.values()
    status = values.get("clock_status")
    require(status == RELIABLE, "GBCS-9.5-SET-CLOCK", "clock status reliable (0)", status)
    bench.require_time_close("SMETS-E-004", values.get("device_time"), int(limit))


@then("the meter does not state a reliable time in its answer")
def states_no_reliable_time(bench: Bench) -> None:
    answer = bench.users.answer(timedelta(seconds=60))
    if answer is None or answer.device is None:
        raise NonConformity("SMETS-E-005", "an answer of the meter", "none")
    stated = answer.device.succeeded and answer.device.values.get("clock_status") == RELIABLE
    require(not stated, "SMETS-E-005", "no reliable time stated", answer.device.values)


@then(parsers.re(r"the time in the meter's response header is within (?P<limit>\d+) seconds .*"))
def header_time(bench: Bench, limit: str) -> None:
    stamp = bench.users.read("import supplier", "4.1.1").message.date_time
    seen = stamp.as_utc() if stamp is not None else None
    bench.require_time_close("SMETS-E-001", seen, int(limit))


@then("the firmware version is the declared one")
def firmware_is_declared(bench: Bench) -> None:
    seen, declared = bench.users.values()["firmware_version"], bench.declared_firmware()
    require(seen == declared, "UEPT-NON-CRITICAL", f"firmware {declared}", seen)


@then("the meter states the declared variant")
def variant_is_declared(bench: Bench, requirement: str) -> None:
    seen, declared = bench.users.readings(requirement), bench.device.variant
    require(find(seen, "MeterVariant") == declared, requirement, f"variant {declared}", seen)


@then(parsers.re(r"the meter's display shows \"(?P<text>.*)\""))
def display_shows(bench: Bench, text: str) -> None:
    seen = bench.display_text()
    require(seen == text, "UEPT-NON-CRITICAL", f"the text {text!r}", seen)


@then(parsers.re(r"the meter's (?P<name>\w+_counter) is (?P<value>\d+)"))
def counter_is(bench: Bench, name: str, value: str) -> None:
    seen = [phase[name] for phase in bench.users.network_data()["phases"]]
    require(set(seen) == {int(value)}, "SMETS-E-089", f"{name} = {value}", seen)


@then(parsers.re(r"the meter's (?P<name>\w+_counter) has risen by (?P<value>\d+)"))
def counter_has_risen(bench: Bench, name: str, value: str) -> None:
    """Setting the monitors resets the counters, so they count from zero."""
    seen = [phase[name] for phase in bench.users.network_data()["phases"]]
    require(set(seen) == {int(value)}, "SMETS-E-081", f"{name} risen by {value}", seen)


@then(
    parsers.re(
        r"the newest entries of the voltage log are (?P<volts>[\d.]+) V within (?P<limit>[\d.]+) V"
    )
)
def voltage_log_entries(bench: Bench, volts: str, limit: str) -> None:
    for phase in bench.users.network_data()["phases"]:
        entries = phase["voltage_log"][-2:]
        require(len(entries) == 2, "SMETS-E-080", "two entries", entries)
        for _, told in entries:
            bench.metrology.require_volts(
                Decimal(told), Decimal(volts), Decimal(limit), "SMETS-E-080"
            )


@then(parsers.re(r"the entries of the voltage log are (?P<span>\d[\w ]*) apart"))
def voltage_log_spacing(bench: Bench, span: str) -> None:
    for phase in bench.users.network_data()["phases"]:
        times = [at for at, _ in phase["voltage_log"][-3:]]
        gaps = {later - earlier for earlier, later in itertools.pairwise(times)}
        require(gaps == {duration(span)}, "SMETS-E-080", f"{span} between entries", gaps)
