"""Meters that mix up or leave out phases and measuring elements."""

from __future__ import annotations

from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.flows import by_phase
from rigs.devices.tariff import Rate
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-first-phase-only",
    "Counts the first phase only",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="What passes phases 2 and 3 is not counted.",
)
def first_phase_only(meter: Meter) -> None:
    meter.flows.split = lambda powers: by_phase(list(powers)[:1])


@rogue(
    "meter-misses-first-phase",
    "Counts all phases but the first",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="A polyphase meter does not count what passes phase 1.",
)
def misses_first_phase(meter: Meter) -> None:
    if len(meter.phases.monitors) > 1:
        meter.flows.split = lambda powers: by_phase(list(powers)[1:])


@rogue(
    "meter-nets-phases",
    "Offsets the export of a phase against the import of others",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="Phases are summed before import and export are told apart.",
)
def nets_phases(meter: Meter) -> None:
    meter.flows.split = lambda powers: by_phase([sum(powers, Decimal(0))])


@rogue(
    "meter-second-element-uncounted",
    "Does not count its second element",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="The register of the second element stands still.",
)
def second_element_uncounted(meter: Meter) -> None:
    meter.flows.secondary_import.measure = lambda: Decimal(0)


@rogue(
    "meter-elements-cross-talk",
    "Counts a hundredth of one element at the other",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="Load on one element runs the register of the other a little.",
)
def elements_cross_talk(meter: Meter) -> None:
    flows, part = meter.flows, Decimal("0.01")
    primary, second = flows.active_import.measure, flows.secondary_import.measure
    flows.active_import.measure = lambda: primary() + part * second()
    flows.secondary_import.measure = lambda: second() + part * primary()


@rogue(
    "meter-power-of-primary-element",
    "States the primary element's power for its own",
    requirement="SMETS-T-001",
    severity=Severity.MAJOR,
    deviation="Active power import leaves the second element out.",
)
def power_of_primary_element(meter: Meter) -> None:
    meter.flows.active_power = meter.flows.primary_power


@rogue(
    "meter-second-element-one-rate",
    "Counts its second element in the last register",
    requirement="SMETS-E-052",
    severity=Severity.CRITICAL,
    deviation="Whatever the calendar says, energy of the second element lands in register 4.",
)
def second_element_one_rate(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.attribution.register_of = lambda _: Rate(4)


@rogue(
    "meter-second-element-keeps-prices",
    "Keeps the old prices of its second element",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="The second element's new prices are acknowledged and never in force.",
)
def second_element_keeps_prices(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.tariffs.parts_taken = lambda _parts: ()


@rogue(
    "meter-second-element-free",
    "Charges nothing for its second element",
    requirement="SMETS-T-002",
    severity=Severity.CRITICAL,
    deviation="Costs of the second element do not reach the balance.",
)
def second_element_free(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.on_share.clear()
        meter.tariffs.secondary.operation.on_cost.clear()
