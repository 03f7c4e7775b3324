"""What a line can do to an answer, and which error of the bench that has to be."""

from __future__ import annotations

import pytest

from assay.verdicts import BenchFault, BenchLost
from rigs.drivers.errors import RemoteInstrumentError
from rigs.virtual.faults import DroppedConnection, GarbledAnswer, LateAnswer, NoAnswer


def line_faults(
    *,
    late_s: float,
    garbled: GarbledAnswer | None = None,
    garbled_is: type[BenchFault] = RemoteInstrumentError,
) -> pytest.MarkDecorator:
    """For a test with `effect` and `error`; `late_s` is more than the driver waits."""
    return pytest.mark.parametrize(
        ("effect", "error"),
        [
            (NoAnswer(), BenchLost),
            (LateAnswer(delay_s=late_s), BenchLost),
            (DroppedConnection(), BenchLost),
            (garbled or GarbledAnswer(), garbled_is),
        ],
        ids=["none", "late", "dropped", "garbled"],
    )
