"""The load switch: enable, disable, arm, and its state.

One script per use case, so that a code never does what another one stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag, enum
from rigs.devices.dlms_objects import FAILED, Call, ItemError, Row

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {0x004F: "ECS42", 0x0050: "ECS43", 0x0051: "ECS44", 0x0052: "ECS45"}
LOAD_SWITCH_SCRIPTS = "0-0:10.0.106.255"
_DISABLE = 52


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    supply = meter.supply
    scripts: Mapping[int, tuple[int, Callable[[], bool]]] = {
        0x004F: (51, supply.enable),
        0x0050: (_DISABLE, supply.disable),
        0x0051: (54, supply.arm),
    }

    def execute(call: Call) -> None:
        script, act = scripts[call.command.use_case.code]
        if call.number(Tag.LONG_UNSIGNED) != script:
            raise ItemError(Result.OTHER_REASON)
        if script != _DISABLE:
            supply.unlock()
        if not act():
            raise ItemError(FAILED)
        meter.payment.account.supply_taken_over()

    yield Op.ACTION, 9, LOAD_SWITCH_SCRIPTS, 1, execute
    yield Op.GET, 70, "0-0:96.3.10.255", 3, lambda _: enum(supply.state)
