"""Runs one course on a bench with one fault, and tells the verdict and how soon all was off."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from assay.campaigns.outcomes import PhaseError, outcome_of
from assay.clock import SimulatedClock
from assay.declarations import (
    Bench,
    Declarations,
    Declared,
    parse_bench,
    read_device,
    read_plan,
)
from assay.verdicts import Verdict
from fixtures.composition import Session, compose, open_session
from fixtures.instruments import CIRCUIT, open_instruments
from fixtures.timeline import Timeline
from rigs.driver_entry import Surroundings
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.premises_gas import GasFlow, GasValve
from rigs.premises_pulses import PulseOutput
from rigs.safety.outcome import SafeOutcome
from rigs.virtual.faults import Fault, LateAnswer
from tests.rigs.faults.course import circuit_course
from tests.rigs.faults.effects import CUT_ONLY, PLAUSIBLE, QUEUED, TROUBLES, WITHOUT_WORDS
from tests.rigs.faults.everything import everything
from tests.rigs.faults.faulty import FaultyRegistry
from tests.rigs.faults.laboratory import USES

IN_CIRCUIT = ("supply", "load", "reference")
"""Those of the course that a meter takes part in; the others have a use each."""
WITHOUT_ANSWERS = ("board",)
"""A board that says nothing whatever it is told can only be cut off."""
WITHOUT_CHECKS = ("console",)
"""What a device writes to its console is its own affair: nobody else knows what it should be."""

WITH_QUEUE = (*IN_CIRCUIT, "battery", "pulses", "counter", "gas")
"""Those that speak SCPI."""

Course = Callable[[], None]
Opened = tuple[Course, Mapping[str, SafeOutcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`moment` is the number of messages that the instrument is spared."""

    instrument: str
    trouble: str
    moment: int

    @property
    def words(self) -> str:
        return f"{self.instrument}, message {self.moment}: {self.trouble}"


@dataclass(slots=True, kw_only=True)
class Finding:
    """What became of it. `hit` is the first message that suffered, and when in the course."""

    case: Case
    hit: str = ""
    phase: str = "never"
    verdict: Verdict = Verdict.NOT_RUN
    message: str = ""
    seconds_to_safe: float = 0.0
    is_off: bool = False
    is_known_to_be_safe: bool = True

    @property
    def problem(self) -> str | None:
        """What is wrong with this finding; None where the bench did as it should."""
        is_tolerable = TROUBLES[self.case.trouble].is_tolerable
        if not self.is_off:
            return "something stayed on"
        if not self.is_known_to_be_safe and self.verdict is not Verdict.INCONCLUSIVE:
            return f"{self.verdict.words}, though nobody knows whether all is off"
        if self.verdict is Verdict.FAIL:
            return f"the meter was blamed: {self.message}"
        is_in_course = self.phase == "course" and not self._means_nothing()
        if self.verdict is Verdict.PASS and is_in_course and not is_tolerable:
            return f"passed, though {self.hit!r} suffered"
        if self.verdict is not Verdict.PASS and (self.phase == "never" or is_tolerable):
            return f"{self.verdict.words} without need: {self.message}"
        return None

    def _means_nothing(self) -> bool:
        """What is in the queue of an instrument that is being connected is from before; the
        answer to this set means nothing, as the driver reads back what has been set."""
        is_left_over = self.hit == "SYST:ERR?" or (
            self.case.trouble == QUEUED and self.hit == "*IDN?"
        )
        return is_left_over or self.hit.startswith("DEVICE ATTN")


@dataclass(slots=True)
class _State:
    phase: str = "opening"
    errors: list[PhaseError] = field(default_factory=list)
    seconds_to_safe: float = 0.0
    is_off: bool = False
    outcomes: Mapping[str, SafeOutcome] = field(default_factory=dict)


@dataclass(slots=True)
class Conductor:
    """Benches one after another, on one session."""

    session: Session
    folder: Path
    _number: int = field(default=0, init=False)

    @property
    def names(self) -> list[str]:
        instruments = self.session.declarations.bench.value.instruments
        others = [n for n, each in instruments.items() if n not in IN_CIRCUIT and each.kind in USES]
        return [*IN_CIRCUIT, *others]

    def moments(self, *only: str) -> dict[str, int]:
        """How many messages each instrument gets in its course on a sound bench."""
        wanted = only or self.names
        counts = dict.fromkeys(wanted, 0)

        def counting(name: str) -> Fault:
            def count(_message: str) -> None:
                counts[name] += 1

            return Fault(effect=LateAnswer(delay_s=0.0), times=None, on_hit=count)

        courses = {name: [name] for name in wanted if name not in IN_CIRCUIT}
        if len(courses) < len(wanted):
            courses[IN_CIRCUIT[0]] = [name for name in wanted if name in IN_CIRCUIT]
        for name, counted in courses.items():
            state = _State()
            self._run(name, {each: counting(each) for each in counted}, state)
            if state.errors:
                raise state.errors[0].error
        return counts

    def conduct(self, case: Case) -> Finding:
        finding = Finding(case=case)
        trouble = TROUBLES[case.trouble]
        state = _State()

        def hit(message: str) -> None:
            if not finding.hit:
                finding.hit, finding.phase = message, state.phase

        fault = Fault(effect=trouble.effect, spares=case.moment, times=trouble.times, on_hit=hit)
        self._run(case.instrument, {case.instrument: fault}, state)
        outcome = outcome_of(state.errors, None)
        finding.verdict, finding.message = outcome.verdict, outcome.message or ""
        finding.is_off = state.is_off
        last = state.outcomes.get(case.instrument)
        finding.is_known_to_be_safe = last is None or last.is_safe
        finding.seconds_to_safe = state.seconds_to_safe
        if last is not None and last.is_safe:
            finding.seconds_to_safe = max(state.seconds_to_safe, last.seconds)
        return finding

    def _run(self, name: str, faults: Mapping[str, Fault], state: _State) -> None:
        """As pytest does it: set-up, call and teardown, each with its own error."""
        registry = FaultyRegistry({each: [fault] for each, fault in faults.items()})
        truth = registry.truth
        opened = self._circuit(registry) if name in IN_CIRCUIT else self._alone(name, registry)
        try:
            course, state.outcomes = opened.__enter__()
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="setup", error=error))
            state.is_off = truth.is_off
            return
        state.phase = "course"
        try:
            course()
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="call", error=error))
        surfaced = time.monotonic()
        state.phase = "closing"
        try:
            opened.__exit__(None, None, None)
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="teardown", error=error))
        state.seconds_to_safe = max(0.0, truth.changed_at - surfaced)
        state.is_off = truth.is_off

    def _circuit(self, registry: FaultyRegistry) -> AbstractContextManager[Opened]:
        """A whole bench with a meter on it."""
        self._number += 1
        return _composed(
            replace(self.session, registry=registry),
            Timeline(self.folder / str(self._number)),
        )

    def _alone(self, name: str, registry: FaultyRegistry) -> AbstractContextManager[Opened]:
        """This instrument and the circuit, and nobody's meter."""
        return _opened(self.session, name, registry)


@contextmanager
def _composed(session: Session, timeline: Timeline) -> Iterator[Opened]:
    declared = session.declarations.bench
    circuit = {n: each for n, each in declared.value.instruments.items() if each.kind in CIRCUIT}
    kept = {name: circuit[name] for name in IN_CIRCUIT}
    bench_file = replace(declared, value=declared.value.model_copy(update={"instruments": kept}))
    only = replace(session, declarations=replace(session.declarations, bench=bench_file))
    with compose(only, timeline) as bench:
        yield (lambda: circuit_course(bench)), bench.power.instruments.guard.outcomes


@contextmanager
def _opened(session: Session, name: str, registry: FaultyRegistry) -> Iterator[Opened]:
    declared = session.declarations.bench.value
    clock = session.clock()
    assert isinstance(clock, SimulatedClock)
    around = session.loop_thread.run(lambda: _surroundings(clock, session))
    kept = {each: declared.instruments[each] for each in dict.fromkeys((*IN_CIRCUIT, name))}
    file = declared.model_copy(update={"instruments": kept})
    use = USES[declared.instruments[name].kind]
    with open_instruments(file, around, session.resources, registry=registry) as instruments:
        yield (lambda: use(instruments.by_name[name], clock)), instruments.guard.outcomes


def _surroundings(clock: SimulatedClock, session: Session) -> Surroundings:
    supply = SupplyNode(clock)
    return Surroundings(
        clock=clock,
        loop_thread=session.loop_thread,
        supply=supply,
        load=LoadNode(clock, supply, Contactor(clock)),
        pulses=PulseOutput(clock, 1000),
        gas_flow=GasFlow(clock, GasValve(clock)),
    )


@contextmanager
def conductor(folder: Path) -> Iterator[Conductor]:
    """Benches of which every instrument of every driver is one."""
    octets = everything().encode("utf-8")
    bench: Declared[Bench] = Declared(
        value=parse_bench("faults", octets), source="faults", octets=octets
    )
    declarations = Declarations(bench=bench, device=read_device(None), plan=read_plan(None))
    with open_session(declarations, folder / "session") as session:
        yield Conductor(session, folder)


def cases(moments: Mapping[str, int], count: int, seed: int) -> Sequence[Case]:
    """So many, every instrument with every trouble in turn, at moments that the seed chooses."""
    random = Random(seed)
    pairs = [
        (name, trouble) for name in moments for trouble in troubles_of(name, name in WITH_QUEUE)
    ]
    random.shuffle(pairs)
    chosen = [pairs[number % len(pairs)] for number in range(count)]
    return [
        Case(instrument=name, trouble=trouble, moment=random.randrange(moments[name]))
        for name, trouble in chosen
    ]


def troubles_of(name: str, has_queue: bool) -> Sequence[str]:
    """Those that the bench can find out about.

    A wrong number that looks like a right one is found only where something is held against it:
    on the circuit, which three instruments see.
    """
    if name in WITHOUT_ANSWERS:
        return CUT_ONLY
    if name in WITHOUT_CHECKS:
        return WITHOUT_WORDS
    left_out = set() if name in IN_CIRCUIT else set(PLAUSIBLE)
    if not has_queue:
        left_out.add(QUEUED)
    return tuple(each for each in TROUBLES if each not in left_out)
