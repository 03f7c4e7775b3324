"""The core of a SCPI instrument: executes program messages, keeps status and error queue.

It knows no transport. A message is handed in with a callback for its answer, because
`*OPC?` and `*WAI` hold the rest of their message back until overlapped operations are over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rigs.capabilities import Identity
from rigs.virtual.scpi.commands import CommandTable, Row
from rigs.virtual.scpi.common import common_rows
from rigs.virtual.scpi.errors import EVENT_BIT, ErrorQueue, RemoteProgramError
from rigs.virtual.scpi.messages import Unit, read_units
from rigs.virtual.scpi.status import StandardEvent, StatusGroup

_WAITING = frozenset({("*OPC", True), ("*WAI", False)})


@dataclass(slots=True, eq=False)
class Execution:
    """One program message on its way; `respond` is called once, with "" for no answer."""

    respond: Callable[[str], None]
    units: deque[Unit | RemoteProgramError]
    answers: list[str] = field(default_factory=list)
    has_said_all: bool = False
    is_cancelled: bool = False

    @property
    def expects_answer(self) -> bool:
        asks = any(isinstance(unit, Unit) and unit.is_query for unit in self.units)
        return asks or bool(self.answers)

    def cancel(self) -> None:
        """Drop the answer and whatever has not been executed."""
        self.is_cancelled = True


class Instrument:
    """What every SCPI instrument has in common; the rows make it a particular one."""

    def __init__(
        self,
        *,
        identity: Identity,
        rows: Iterable[Row],
        reset: Callable[[], None],
        version: str = "1999.0",
        max_line: int | None = None,
    ) -> None:
        """`max_line` is the most characters of a message; None leaves it to the transport."""
        self.identity = identity
        self.version = version
        self.errors = ErrorQueue()
        self.standard_event = StandardEvent()
        self.operation = StatusGroup()
        self.questionable = StatusGroup()
        self.service_enable = 0
        self._reset = reset
        self._max_line = max_line
        self._is_busy = False
        self._is_listening = True
        self._wants_completion_event = False
        self._held: list[Execution] = []
        self._current: Execution | None = None
        self._table = CommandTable([*common_rows(self), *rows])

    def handle(self, message: str, respond: Callable[[str], None]) -> Execution:
        """Execute a program message (without terminator)."""
        if self._max_line is not None and len(message) > self._max_line:
            self.report(-363)
            message = ""
        execution = Execution(respond, deque(read_units(message)))
        self._go_on(execution)
        return execution

    def report(self, number: int) -> None:
        """Enter an error, in the queue and in the standard event status register."""
        entered = self.errors.put(number)
        for one in {number, entered}:
            self.standard_event.set(EVENT_BIT[-one // 100])

    def begin_operation(self) -> None:
        """An overlapped operation (a transient) has begun."""
        self._is_busy = True

    def end_operation(self) -> None:
        """It is over: completion is reported and held messages go on."""
        self._is_busy = False
        if self._wants_completion_event:
            self._wants_completion_event = False
            self.standard_event.set(StandardEvent.OPERATION_COMPLETE)
        self._resume()

    def _resume(self) -> None:
        held, self._held = self._held, []
        for execution in held:
            self._go_on(execution)

    def stop_listening(self) -> None:
        """Nothing more is executed, the rest of this message included, until `listen`."""
        self._is_listening = False

    def listen(self) -> None:
        self._is_listening = True
        self._resume()

    def want_completion_event(self) -> None:
        """*OPC"""
        self._wants_completion_event = True
        if not self._is_busy:
            self.end_operation()

    def clear_status(self) -> None:
        """*CLS: events and errors, and a completion that is still awaited."""
        self._wants_completion_event = False
        self.errors.clear()
        self.standard_event.clear()
        self.operation.clear_event()
        self.questionable.clear_event()

    def reset(self) -> None:
        """*RST: the settings; status, enables and error queue stay (IEEE 488.2, 10.32)."""
        self._wants_completion_event = False
        self._reset()

    def status_byte(self) -> int:
        """*STB?: IEEE 488.2, 11.2, with the bits that SCPI-99 volume 1, 20.2 adds."""
        has_answer = self._current is not None and bool(self._current.answers)
        byte = (
            (1 << 2 if len(self.errors) else 0)
            | (1 << 3 if self.questionable.summary else 0)
            | (1 << 4 if has_answer else 0)
            | (1 << 5 if self.standard_event.summary else 0)
            | (1 << 7 if self.operation.summary else 0)
        )
        return byte | (1 << 6 if byte & self.service_enable else 0)

    def _go_on(self, execution: Execution) -> None:
        while execution.units and not execution.is_cancelled:
            item = execution.units[0]
            if not self._is_listening or (self._is_busy and _waits(item)):
                self._held.append(execution)
                return
            execution.units.popleft()
            if isinstance(item, RemoteProgramError):
                self.report(item.number)
            else:
                self._execute(item, execution)
        if not execution.is_cancelled:
            execution.respond(";".join(execution.answers))

    def _execute(self, unit: Unit, execution: Execution) -> None:
        outer, self._current = self._current, execution
        try:
            if unit.is_query:
                self._ask(unit, execution)
            else:
                self._table.run(unit.header)(unit.elements)
        except RemoteProgramError as error:
            self.report(error.number)
        finally:
            self._current = outer

    def _ask(self, unit: Unit, execution: Execution) -> None:
        if execution.has_said_all:
            raise RemoteProgramError(-440)
        execution.answers.append(self._table.answer(unit.header)(unit.elements))
        # Its answer is arbitrary text up to the terminator, so nothing can follow it.
        execution.has_said_all = unit.header == "*IDN"


def _waits(item: Unit | RemoteProgramError) -> bool:
    """*OPC? and *WAI wait for overlapped operations (IEEE 488.2, 12.5)."""
    return isinstance(item, Unit) and (item.header, item.is_query) in _WAITING
