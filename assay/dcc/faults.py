"""A DCC that is wrong on purpose: what a user must notice, as declared data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assay.dcc.transform import Target, transform
from assay.duis.requests import Request
from assay.gbcs.envelope import Message

Alteration = Callable[[Request, Target, Message], Message]
"""(request, its target, the right Pre-Command) -> the Pre-Command that is returned."""


@dataclass(frozen=True, slots=True)
class AsIfAsked:
    """The Pre-Command of another critical variant, under the identifiers of the request."""

    srv: str
    body: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, request: Request, target: Target, message: Message) -> Message:
        other = replace(request, srv=self.srv, body=self.body)
        return transform(other, target, broker=message.originator)


@dataclass(slots=True)
class DccFaults:
    """Off unless told. The DSP takes what it returned for right, so a user that signs without
    looking is served."""

    _next: Alteration | None = None
    _all: Alteration | None = None

    def alter_next_pre_command(self, alteration: Alteration) -> None:
        self._next = alteration

    def alter_pre_commands(self, alteration: Alteration | None) -> None:
        """Every one from now on; None ends it."""
        self._all = alteration

    def applied(self, request: Request, target: Target, message: Message) -> Message:
        alteration, self._next = self._next or self._all, None
        return alteration(request, target, message) if alteration is not None else message
