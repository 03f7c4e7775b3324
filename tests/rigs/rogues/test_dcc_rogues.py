"""The faults of the bench's DCC tell it to do one thing wrongly, and no more."""

from __future__ import annotations

import pytest

from rigs.rogues import Subject, gallery


class Dcc:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[object, ...]]] = []

    def acknowledge_only(self, *variants: str) -> None:
        self.told.append(("acknowledge only", variants))

    def refuse(self, code: str, *variants: str) -> None:
        self.told.append(("refuse", (code, *variants)))

    def carry_out_only_first(self, variant: str, number: int) -> None:
        self.told.append(("carry out only first", (variant, number)))

    def count_pre_commands_wrongly(self, *, but_for: str) -> None:
        self.told.append(("count wrongly", (but_for,)))

    def hold_nothing(self) -> None:
        self.told.append(("hold nothing", ()))

    def run_no_schedule(self) -> None:
        self.told.append(("run no schedule", ()))


ROGUES = [row for row in gallery().values() if row.subject is Subject.DCC]


@pytest.mark.parametrize("row", ROGUES, ids=lambda row: row.id)
def test_a_dcc_rogue_is_one_fault(row: object) -> None:
    dcc = Dcc()
    row.apply(dcc)  # type: ignore[attr-defined]
    assert len(dcc.told) == 1


def test_no_two_dcc_rogues_are_the_same_fault() -> None:
    told = []
    for row in ROGUES:
        dcc = Dcc()
        row.apply(dcc)
        told += dcc.told
    assert len(set(told)) == len(ROGUES)
