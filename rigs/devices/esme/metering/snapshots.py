"""What daily and billing logs take down of registers and balances, and where they get it.

The energy registers are the meter's own. Time-of-use and block registers, balances and payment
mode belong to tariff and payment, which put their providers into `SnapshotSources`
(`meter.metering.snapshot_sources`); until then these are zero, in credit mode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assay.gbcs.dlms.data import Tag, TypeDescription
from rigs.devices.esme.metering.flows import EnergyFlows

TOU, SECONDARY_TOU, BLOCKS, TOU_IN_BLOCKS = 48, 4, 4, 8
BALANCES = 6
UNSIGNED = TypeDescription(Tag.DOUBLE_LONG_UNSIGNED)
SIGNED = TypeDescription(Tag.DOUBLE_LONG)

Numbers = Sequence[int]


class SnapshotSources:
    """Hook points; each is a callable that is asked at the moment of a snapshot.

    `time_of_use`: 48 registers of the primary element, Wh.
    `secondary_time_of_use`: 4 of the second element, Wh.
    `blocks`: 32 registers, the 8 of block 1 first, Wh.
    `balances`: emergency credit, meter balance, payment debt, time debt 1, time debt 2,
    accumulated debt, in the units of the meter (the order of the logs).
    `is_prepayment`: the payment mode; the prepayment daily read log is kept only then.
    """

    def __init__(self, flows: EnergyFlows, *, is_twin: bool) -> None:
        self._flows = flows
        self._is_twin = is_twin
        self.time_of_use: Callable[[], Numbers] = lambda: (0,) * TOU
        self.secondary_time_of_use: Callable[[], Numbers] = lambda: (0,) * SECONDARY_TOU
        self.blocks: Callable[[], Numbers] = lambda: (0,) * (BLOCKS * TOU_IN_BLOCKS)
        self.balances: Callable[[], Numbers] = lambda: (0,) * BALANCES
        self.is_prepayment: Callable[[], bool] = lambda: False

    def registers(self) -> Iterator[int]:
        """As `register_columns` describes them; energy must be settled."""
        yield self._flows.active_import.reading
        if self._is_twin:
            yield self._flows.secondary_import.reading
        yield from self.time_of_use()
        if self._is_twin:
            yield from self.secondary_time_of_use()
        yield from self.blocks()


def register_columns(*, is_twin: bool) -> tuple[TypeDescription, ...]:
    """Import, time of use, blocks; a twin-element meter has its second element's beside them."""
    tou, second = _array(TOU), _array(SECONDARY_TOU)
    blocks = (_array(TOU_IN_BLOCKS),) * BLOCKS
    if is_twin:
        return (UNSIGNED, UNSIGNED, tou, second, *blocks)
    return (UNSIGNED, tou, *blocks)


BALANCE_COLUMNS = (SIGNED,) * BALANCES


def _array(size: int) -> TypeDescription:
    return TypeDescription(Tag.ARRAY, (UNSIGNED,), size)
