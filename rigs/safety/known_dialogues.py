"""What makes the instruments of our own drivers safe, once they have said who they are.

A driver of somebody else's says it itself, in a method `safe_dialogue`; one that says nothing
is made safe by its own `safe` alone, which a watchdog cannot call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from rigs.driver_entry import Mounting
from rigs.drivers.ac_source import AcSource
from rigs.drivers.load_bank import LoadBank
from rigs.drivers.source_models import MODELS
from rigs.safety.dialogue import SafeDialogue, scpi_dialogue
from rigs.safety.wire import is_reachable

_OFF = r"\+?0|OFF"

# Nothing that these do can hurt anybody: they measure, listen, or ask a person.
WITHOUT_OUTPUT: frozenset[str] = frozenset(
    {"reference_meter", "pulse_counter", "sniffer", "time_source", "operator", "meter_console"}
    | {"camera", "optical_reader"}
)


@runtime_checkable
class KnowsItsDialogue(Protocol):
    """A driver that says how its instrument is made safe without it."""

    def safe_dialogue(self) -> SafeDialogue | None: ...


def dialogue_of(driver: object, mounting: Mounting) -> SafeDialogue | None:
    """None where only the driver can do it. The instrument may be asked who it is."""
    if isinstance(driver, KnowsItsDialogue):
        return driver.safe_dialogue()
    build = next((make for kind, make in _BUILDERS.items() if isinstance(driver, kind)), None)
    if build is None or not is_reachable(mounting.address):
        return None
    return build(driver, mounting)


def _ac_source(driver: AcSource, mounting: Mounting) -> SafeDialogue:
    commands = MODELS[driver.opened().model].commands
    # In this order: a wave that is stopped in a dip would let the steady level out.
    off = (commands.output_off, *commands.stop)
    return _scpi(mounting, off, commands.output_query, driver.line.end)


def _load_bank(driver: LoadBank, mounting: Mounting) -> SafeDialogue:
    return _scpi(mounting, ("INP OFF",), "INP?", driver.line.end)


def _scpi(mounting: Mounting, off: tuple[str, ...], question: str, end: str) -> SafeDialogue:
    line = mounting.declared.transport
    return scpi_dialogue(
        mounting.address,
        off,
        question,
        _OFF,
        end=end,
        baud=line.baud or 9600,
        data_bits=line.data_bits or 8,
        parity=line.parity or "none",
        stop_bits=line.stop_bits or 1,
    )


_BUILDERS: Mapping[type, Callable[..., SafeDialogue]] = {
    AcSource: _ac_source,
    LoadBank: _load_bank,
}
