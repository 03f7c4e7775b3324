"""The faults of the bench's DCC tell it to do one thing wrongly, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fixtures.faulty_dcc import FaultyDcc
from fixtures.faulty_smki import FaultySmki
from rigs.rogues import Rogue, Subject, gallery

Told = list[tuple[str, str]]


class Part:
    """Writes down what it is told: any verb, with what goes with it."""

    def __init__(self, told: Told) -> None:
        self.told = told

    def __getattr__(self, verb: str) -> Callable[..., None]:
        def note(*given: object, **named: object) -> None:
            self.told.append((verb, repr((given, named))))

        return note


class Dcc(Part):
    """With its certificate services."""

    def __init__(self) -> None:
        super().__init__([])
        self.smki = Part(self.told)


ROGUES = [row for row in gallery().values() if row.subject is Subject.DCC]


@pytest.mark.parametrize("row", ROGUES, ids=lambda row: row.id)
def test_a_dcc_rogue_is_one_fault(row: Rogue[Any]) -> None:
    dcc = Dcc()
    row.apply(dcc)
    assert len(dcc.told) == 1


@pytest.mark.parametrize("row", ROGUES, ids=lambda row: row.id)
def test_the_bench_dcc_can_do_what_a_rogue_wants(row: Rogue[Any]) -> None:
    dcc = Dcc()
    row.apply(dcc)
    assert {verb for verb, _ in dcc.told} <= {*vars(FaultyDcc), *vars(FaultySmki)}


def test_no_two_dcc_rogues_are_the_same_fault() -> None:
    told: Told = []
    for row in ROGUES:
        dcc = Dcc()
        row.apply(dcc)
        told += dcc.told
    assert len(set(told)) == len(ROGUES)
