"""What every SCPI instrument answers: common commands, SYSTem and STATus subsystems.

IEEE 488.2 chapter 10 and SCPI-99 volume 1, 4.2.1 (the required commands).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from rigs.virtual.scpi.commands import Row, action, command, question
from rigs.virtual.scpi.parameters import Integer
from rigs.virtual.scpi.status import ALL_BITS, StatusGroup

if TYPE_CHECKING:
    from rigs.virtual.scpi.instrument import Instrument

_BYTE = Integer(maximum=255)
_WORD = Integer(maximum=ALL_BITS)


def common_rows(instrument: Instrument) -> Iterator[Row]:
    identity = instrument.identity
    names = (identity.maker, identity.model, identity.serial, identity.firmware)
    event = instrument.standard_event

    def set_event_enable(bits: int) -> None:
        event.enable = bits

    def set_service_enable(bits: int) -> None:
        instrument.service_enable = bits & ~(1 << 6)  # IEEE 488.2, 11.3.2: bit 6 is ignored

    def preset() -> None:
        instrument.operation.preset()
        instrument.questionable.preset()

    yield question("*IDN", lambda: ",".join(names))
    yield action("*RST", instrument.reset)
    yield action("*CLS", instrument.clear_status)
    yield question("*TST", lambda: "0")
    yield action("*OPC", instrument.want_completion_event)
    yield question("*OPC", lambda: "1")
    yield action("*WAI", lambda: None)
    yield question("*ESR", lambda: str(event.take()))
    yield from _register("*ESE", _BYTE, lambda: event.enable, set_event_enable)
    yield question("*STB", lambda: str(instrument.status_byte()))
    yield from _register("*SRE", _BYTE, lambda: instrument.service_enable, set_service_enable)
    yield question("SYSTem:ERRor[:NEXT]", instrument.errors.take)
    yield question("SYSTem:ERRor:COUNt", lambda: str(len(instrument.errors)))
    yield question("SYSTem:VERSion", lambda: instrument.version)
    yield action("STATus:PRESet", preset)
    yield from _group_rows("STATus:OPERation", instrument.operation)
    yield from _group_rows("STATus:QUEStionable", instrument.questionable)


def _group_rows(root: str, group: StatusGroup) -> Iterator[Row]:
    yield question(f"{root}:CONDition", lambda: str(group.condition))
    yield question(f"{root}[:EVENt]", lambda: str(group.take_event()))
    yield from _register(
        f"{root}:ENABle", _WORD, lambda: group.enable, partial(setattr, group, "enable")
    )
    yield from _register(
        f"{root}:PTRansition", _WORD, lambda: group.positive, partial(setattr, group, "positive")
    )
    yield from _register(
        f"{root}:NTRansition", _WORD, lambda: group.negative, partial(setattr, group, "negative")
    )


def _register(
    header: str, bits: Integer, get: Callable[[], int], put: Callable[[int], None]
) -> Iterator[Row]:
    yield command(header, bits, put)
    yield question(header, lambda: str(get()))
