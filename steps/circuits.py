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
