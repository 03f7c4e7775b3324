"""The nine message flows of the DCC as data.

The public texts name nine sequence diagrams and show none; these are reconstructed from web
services and command variants (duis.md 6, inferred). `flow_check` compares a run with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from assay.dcc.audit import Direction


class Exchange(Enum):
    """Who says what to whom: direction and kind, as the audit trail writes them."""

    REQUEST = (Direction.FROM_USER, "request")
    ANSWER = (Direction.TO_USER, "answer")
    COMMAND = (Direction.TO_DEVICE, "command")
    RESPONSE = (Direction.FROM_DEVICE, "response")
    SERVICE_RESPONSE = (Direction.TO_USER, "response")
    SCHEDULED_RESPONSE = (Direction.TO_USER, "scheduled response")
    DATED_ALERT = (Direction.FROM_DEVICE, "future dated device alert")
    DATED_OUTCOME = (Direction.TO_USER, "future dated device alert")
    DCC_ALERT = (Direction.TO_USER, "DCC alert")


class Times(StrEnum):
    ONCE = "once"
    SOME = "once or more"


@dataclass(frozen=True, slots=True)
class Step:
    """`codes`: any of these response or alert codes; any code at all where there are none.

    A letter may be handed over several times before its user takes it, and a Command sent
    again: such steps are there once or more. `beside` may come among the repetitions.
    """

    exchange: Exchange
    codes: tuple[str, ...] = ()
    times: Times = Times.ONCE
    beside: Exchange | None = None

    def fits(self, exchange: Exchange, code: str | None) -> bool:
        is_ours = exchange in (self.exchange, self.beside)
        return is_ours and (not self.codes or code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One of the `openings`, then one of the `endings`."""

    number: str
    name: str
    openings: tuple[tuple[Step, ...], ...]
    endings: tuple[tuple[Step, ...], ...]

    @property
    def courses(self) -> tuple[tuple[Step, ...], ...]:
        return tuple((*opening, *ending) for opening in self.openings for ending in self.endings)


_DONE, _QUEUED = ("I0",), ("I99",)
_REQUEST = Step(Exchange.REQUEST, _DONE)
_ACKNOWLEDGED = Step(Exchange.ANSWER, _QUEUED)
_LOCAL = Step(Exchange.ANSWER, _DONE)
_COMMAND = Step(Exchange.COMMAND, times=Times.SOME)
_ANSWERED = (
    Step(Exchange.RESPONSE),
    Step(Exchange.SERVICE_RESPONSE, _DONE, Times.SOME),
)
_FAILED = (Step(Exchange.DCC_ALERT, ("N12", "N13"), Times.SOME),)
_LATE = (*_FAILED, *_ANSWERED)
_NOT_REACHED = (Step(Exchange.DCC_ALERT, ("N14", "N15"), Times.SOME),)
_TRANSFORMED = (_REQUEST, Step(Exchange.ANSWER, _DONE), _REQUEST)
_RETURNED = (Step(Exchange.RESPONSE),)
_OUTCOME_CODES = ("8F66", "8F67")
_OUTCOMES = (
    Step(Exchange.DATED_ALERT, _OUTCOME_CODES),
    Step(Exchange.DATED_OUTCOME, _OUTCOME_CODES, Times.SOME, beside=Exchange.DATED_ALERT),
)
_OUTCOME_MISSING = Step(Exchange.DCC_ALERT, ("N10",), Times.SOME)

NON_CRITICAL = Flow(
    number="F1",
    name="non-critical on demand",
    openings=((_REQUEST, _ACKNOWLEDGED),),
    endings=((_COMMAND, *_ANSWERED), (_COMMAND, *_LATE), (_COMMAND, *_FAILED), _NOT_REACHED),
)
NON_CRITICAL_LOCAL = Flow(
    number="F2",
    name="non-critical for local delivery",
    openings=((_REQUEST, _LOCAL),),
    endings=((), _RETURNED),
)
NON_CRITICAL_BOTH = Flow(
    number="F3",
    name="non-critical on demand and for local delivery",
    openings=((_REQUEST, _LOCAL, _COMMAND),),
    endings=(_ANSWERED, _LATE, _FAILED, _RETURNED),
)
CRITICAL = Flow(
    number="F4",
    name="critical on demand",
    openings=((*_TRANSFORMED, _ACKNOWLEDGED),),
    endings=NON_CRITICAL.endings,
)
CRITICAL_LOCAL = Flow(
    number="F5",
    name="critical for local delivery",
    openings=((*_TRANSFORMED, _LOCAL),),
    endings=(
        (),
        _RETURNED,
        (_COMMAND, *_ANSWERED),
        (_COMMAND, *_LATE),
        (_COMMAND, *_FAILED),
        (_COMMAND, *_RETURNED),
    ),
)
DATED_AT_DSP = Flow(
    number="F6",
    name="future dated at the DSP",
    openings=((_REQUEST, _ACKNOWLEDGED),),
    endings=(
        (_COMMAND, *_ANSWERED),
        (_COMMAND, Step(Exchange.DCC_ALERT, ("N11",), Times.SOME)),
        (_COMMAND, Step(Exchange.DCC_ALERT, ("N11",), Times.SOME), *_ANSWERED),
        (Step(Exchange.DCC_ALERT, ("N3", "N7", "N11"), Times.SOME),),
        (),
        _NOT_REACHED,
    ),
)
"""It ends in the acknowledgement where it takes something back, or another takes its place."""
DATED_AT_DEVICE = Flow(
    number="F7",
    name="future dated at the device",
    openings=((*_TRANSFORMED, _ACKNOWLEDGED), (_REQUEST, _ACKNOWLEDGED)),
    endings=(
        (_COMMAND, *_ANSWERED),
        (_COMMAND, *_ANSWERED, *_OUTCOMES),
        (_COMMAND, *_ANSWERED, _OUTCOME_MISSING),
        (_COMMAND, *_ANSWERED, *_OUTCOMES, _OUTCOME_MISSING),
        (_COMMAND, *_FAILED),
        _NOT_REACHED,
    ),
)
"""Of 6.23 the DCC makes the Command itself: nothing is transformed for the user."""
SCHEDULED = Flow(
    number="F8",
    name="a run of a schedule of the DSP",
    openings=((),),
    endings=(
        (
            _COMMAND,
            Step(Exchange.RESPONSE),
            Step(Exchange.SCHEDULED_RESPONSE, _DONE, Times.SOME),
        ),
        (_COMMAND, Step(Exchange.DCC_ALERT, ("N11",), Times.SOME)),
        (
            _COMMAND,
            Step(Exchange.DCC_ALERT, ("N11",), Times.SOME),
            Step(Exchange.RESPONSE),
            Step(Exchange.SCHEDULED_RESPONSE, _DONE, Times.SOME),
        ),
        (Step(Exchange.DCC_ALERT, ("N3", "N11"), Times.SOME),),
    ),
)
DCC_ONLY = Flow(
    number="F9",
    name="DCC only",
    openings=((_REQUEST, Step(Exchange.ANSWER)),),
    endings=((),),
)

FLOWS: tuple[Flow, ...] = (
    NON_CRITICAL,
    NON_CRITICAL_LOCAL,
    NON_CRITICAL_BOTH,
    CRITICAL,
    CRITICAL_LOCAL,
    DATED_AT_DSP,
    DATED_AT_DEVICE,
    SCHEDULED,
    DCC_ONLY,
)
