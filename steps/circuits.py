"""Reactive power, generation, phases and a second element: what hangs behind the meter."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, when

from assay.verdicts import NotApplicable
from fixtures.bench import Bench
from fixtures.circuits import FIRST_PHASE, GENERATION
from steps.words import number

_KILOWATTS = r"(?P<kilowatts>[\d.]+) kW(?: and (?P<kilovar>-?[\d.]+) kvar)?"
_PLACE = r"(?P<place>the second element|phase [123])"
_VARIANTS = {"twin-element": "B", "polyphase": "C"}


@given(parsers.re(r"a commissioned (?P<variant>twin-element|polyphase) electricity meter"))
def commissioned_variant(bench: Bench, variant: str) -> None:
    declared = bench.device.variant
    if declared != _VARIANTS[variant]:
        raise NotApplicable(f"the meter is of variant {declared}, not {variant}")
    bench.installation.commission()


@given("phases 2 and 3 change places")
@when("phases 2 and 3 change places")
def swap_phases(bench: Bench) -> None:
    _turn(bench, second=240, third=120)


@given("phases 2 and 3 are in their places again")
@when("phases 2 and 3 are in their places again")
def phases_in_order(bench: Bench) -> None:
    _turn(bench, second=120, third=240)


@when(parsers.re(r"phase (?P<phase>[23]) is (?P<angle>\d+) degrees off its place"))
def phase_off_its_place(bench: Bench, phase: str, angle: str) -> None:
    bench.site.turn_phase(int(phase), Decimal(120 * (int(phase) - 1) + int(angle)))


def _turn(bench: Bench, *, second: int, third: int) -> None:
    """Behind the first, in degrees."""
    bench.site.turn_phase(2, Decimal(second))
    bench.site.turn_phase(3, Decimal(third))


@given("the meter has an export metering point")
def export_point(bench: Bench) -> None:
    bench.installation.add_export_point()


@when(parsers.re(r"the load becomes (?P<kilowatts>[\d.]+) kW"))
def load_becomes(bench: Bench, kilowatts: str) -> None:
    bench.power.set_load(number(kilowatts) * 1000)


@given(parsers.re(rf"a steady load of {_KILOWATTS} on {_PLACE}"))
@when(parsers.re(rf"the load on {_PLACE} becomes {_KILOWATTS}"))
def load_at(bench: Bench, kilowatts: str, kilovar: str | None, place: str) -> None:
    bench.circuits.request(place, _thousand(kilowatts), _thousand(kilovar))


@given(parsers.re(r"a steady load of (?P<kilowatts>[\d.]+) kW and (?P<kilovar>-?[\d.]+) kvar"))
def reactive_load(bench: Bench, kilowatts: str, kilovar: str) -> None:
    bench.circuits.request(FIRST_PHASE, _thousand(kilowatts), _thousand(kilovar))


@given(parsers.re(rf"steady generation of {_KILOWATTS}(?: on {_PLACE})?"))
@when(parsers.re(rf"the generation becomes {_KILOWATTS}(?: on {_PLACE})?"))
def generation(bench: Bench, kilowatts: str, kilovar: str | None, place: str | None) -> None:
    where = GENERATION + (place or FIRST_PHASE)
    bench.circuits.request(where, _thousand(kilowatts), _thousand(kilovar))


def _thousand(text: str | None) -> Decimal:
    return number(text or "0") * 1000
