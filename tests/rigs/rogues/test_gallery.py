"""Every rogue is a declared deviation that shows, and the sound premises shows none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import pytest

from assay.declarations.requirements import read_catalogue
from rigs.rogues import Rogue, Subject, gallery
from tests.rigs.devices.premises_kit import Premises
from tests.rigs.rogues.probes import HUB_PROBES, METER_PROBES, Observation, Plant, Probe

PROBES: Mapping[Subject, Mapping[str, Probe]] = {
    Subject.METER: METER_PROBES,
    Subject.HUB: HUB_PROBES,
}
ON_DEVICES = [row for row in gallery().values() if row.subject in PROBES]


def _nothing(_: Premises) -> None:
    """A sound premises."""


def _plant(rogue: Rogue[Any], premises: Premises) -> None:
    rogue.apply({Subject.METER: premises.meter, Subject.HUB: premises.hub}[rogue.subject])


@cache
def _sound(subject: Subject, probe: str) -> Observation:
    return PROBES[subject][probe](_nothing)


@pytest.mark.parametrize("rogue", ON_DEVICES, ids=lambda rogue: rogue.id)
def test_a_planted_fault_shows(rogue: Rogue[Any]) -> None:
    plant: Plant = partial(_plant, rogue)
    probes = PROBES[rogue.subject]
    assert any(_differs(rogue.subject, name, plant) for name in probes)


def _differs(subject: Subject, probe: str, plant: Plant) -> bool:
    return PROBES[subject][probe](plant) != _sound(subject, probe)


@pytest.mark.parametrize("subject", PROBES)
def test_a_sound_premises_looks_the_same_twice(subject: Subject) -> None:
    for name, probe in PROBES[subject].items():
        assert probe(_nothing) == _sound(subject, name)


def test_ids_say_whose_fault_it_is_and_are_unique() -> None:
    rows = gallery()
    assert all(row.id.startswith(f"{row.subject}-") for row in rows.values())
    assert all(name == row.id for name, row in rows.items())


def test_every_rogue_breaks_a_requirement_of_the_catalogue() -> None:
    known = {row.id for row in read_catalogue()}
    assert {row.requirement for row in gallery().values()} <= known
