"""Every rogue is a declared deviation that shows, and the sound premises shows none."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import pytest

from assay.declarations.requirements import read_catalogue
from rigs.rogues import MODULES, Rogue, Subject, gallery, rows_of
from tests.rigs.devices.premises_kit import Premises
from tests.rigs.rogues.probes import PROBES, Observation, Probe

DEVICES = (Subject.METER, Subject.HUB)
WITHOUT_PROBE = frozenset(
    {
        "meter-believes-its-orders",
        "meter-disabled-by-a-display",
        "meter-every-fifth-outage-unlogged",
        "meter-first-outage-alone-reported",
        "meter-half-hour-lost-in-outage",
        "meter-off-means-on",
        "meter-phase-outage-as-meters",
        "meter-phase-outage-long-too-early",
        "meter-phase-outage-unreported",
        "meter-register-saved-by-the-kilowatt-hour",
        "meter-swell-one-volt-high",
        "meter-switch-failure-untold",
        "meter-switch-failures-swapped",
        "meter-voltage-monitor-never-off",
        "meter-voltage-not-logged",
    }
)
"""Of three phases, repeated cuts, logs, failing switches: no probe on one phase sees them."""
ON_DEVICES = [
    row
    for row in gallery().values()
    if row.subject in DEVICES
    and row.id not in WITHOUT_PROBE
    and row.apply.__module__.rpartition(".")[2] in PROBES
]
"""The others show in scenarios alone (`assay rogues matrix`)."""


def _nothing(_: Premises) -> None:
    """A sound premises."""


def _plant(rogue: Rogue[Any], premises: Premises) -> None:
    rogue.apply({Subject.METER: premises.meter, Subject.HUB: premises.hub}[rogue.subject])


@cache
def _sound(probe: Probe) -> Observation:
    return probe(_nothing)


@pytest.mark.parametrize("rogue", ON_DEVICES, ids=lambda rogue: rogue.id)
def test_a_planted_fault_shows_where_it_belongs(rogue: Rogue[Any]) -> None:
    module = rogue.apply.__module__.rpartition(".")[2]
    plant = partial(_plant, rogue)
    assert any(probe(plant) != _sound(probe) for probe in PROBES[module])


@pytest.mark.parametrize("probe", [probe for probes in PROBES.values() for probe in probes])
def test_a_sound_premises_looks_the_same_twice(probe: Probe) -> None:
    assert probe(_nothing) == _sound(probe)


def test_ids_say_whose_fault_it_is() -> None:
    rows = gallery()
    assert all(row.id.startswith(f"{row.subject}-") for row in rows.values())


def test_every_rogue_breaks_a_requirement_of_the_catalogue() -> None:
    known = {row.id for row in read_catalogue()}
    assert {row.requirement for row in gallery().values()} <= known


def test_the_gallery_is_as_long_as_its_modules_are() -> None:
    """An id used twice would hide a row."""
    assert len(gallery()) == sum(1 for module in MODULES for _ in rows_of(module))
