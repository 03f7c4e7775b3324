"""Rows of an instrument's command table: settings, commands, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rigs.virtual.scpi.errors import RemoteProgramError
from rigs.virtual.scpi.headers import (
    spellings,
    without_default_suffix,
    without_suffixes,
)
from rigs.virtual.scpi.parameters import Nothing, Number, Parameter, read_elements

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One header pattern with what its command does and what its query answers."""

    header: str
    run: Callable[[Sequence[str]], None] | None = None
    answer: Callable[[Sequence[str]], str] | None = None


class Setting(Generic[V]):
    """A value that a command sets, its query answers and *RST restores."""

    def __init__(self, header: str, parameter: Parameter[V], reset: V) -> None:
        self.header = header
        self.parameter = parameter
        self._reset = reset
        self.value = reset

    def restore(self) -> None:
        self.value = self._reset

    def row(self, changed: Callable[[], None]) -> Row:
        """The table row; `changed` is called after the value has been set."""

        def run(elements: Sequence[str]) -> None:
            self.value = read_elements(self.parameter, elements)
            changed()

        return Row(header=self.header, run=run, answer=self._answer)

    def _answer(self, elements: Sequence[str]) -> str:
        if not elements:
            return self.parameter.write(self.value)
        if len(elements) > 1 or not isinstance(self.parameter, Number):
            raise RemoteProgramError(-108)
        return self.parameter.write(self.parameter.read_word(elements[0]))


def command(header: str, parameter: Parameter[V], run: Callable[[V], None]) -> Row:
    return Row(header=header, run=lambda elements: run(read_elements(parameter, elements)))


def action(header: str, run: Callable[[], None]) -> Row:
    return command(header, Nothing(), lambda _: run())


def question(header: str, answer: Callable[[], str]) -> Row:
    def ask(elements: Sequence[str]) -> str:
        read_elements(Nothing(), elements)
        return answer()

    return Row(header=header, answer=ask)


class CommandTable:
    """Rows by every spelling of their headers."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._runs: dict[str, Callable[[Sequence[str]], None]] = {}
        self._answers: dict[str, Callable[[Sequence[str]], str]] = {}
        for row in rows:
            for spelling in spellings(row.header):
                _enter(self._runs, spelling, row.run, row.header)
                _enter(self._answers, spelling, row.answer, row.header)
        self._bare = {without_suffixes(known) for known in (*self._runs, *self._answers)}

    def run(self, header: str) -> Callable[[Sequence[str]], None]:
        return self._find(self._runs, header)

    def answer(self, header: str) -> Callable[[Sequence[str]], str]:
        return self._find(self._answers, header)

    def _find(self, table: Mapping[str, V], header: str) -> V:
        found = table.get(without_default_suffix(header))
        if found is not None:
            return found
        bare = without_suffixes(header)
        raise RemoteProgramError(-114 if bare != header and bare in self._bare else -113)


def _enter(table: dict[str, V], spelling: str, entry: V | None, pattern: str) -> None:
    if entry is None:
        return
    if spelling in table:
        raise ValueError(f"{pattern!r} claims {spelling!r}, which another row has already")
    table[spelling] = entry
