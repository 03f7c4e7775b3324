"""Runs one course on a bench with one fault, and tells the verdict and how soon all was off."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from assay.campaigns.outcomes import PhaseError, outcome_of
from assay.declarations import (
    Declarations,
    Declared,
    parse_bench,
    read_bench,
    read_device,
    read_plan,
)
from assay.verdicts import Verdict
from fixtures.composition import Session, compose, open_session
from fixtures.timeline import Timeline
from rigs.virtual.faults import Fault, LateAnswer
from tests.rigs.faults.course import circuit_course
from tests.rigs.faults.effects import TIMEOUT_S, TROUBLES
from tests.rigs.faults.faulty import FaultyRegistry

INSTRUMENTS = ("supply", "load", "reference")


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

    @property
    def problem(self) -> str | None:
        """What is wrong with this finding; None where the bench did as it should."""
        trouble = TROUBLES[self.case.trouble]
        if not self.is_off:
            return "something stayed on"
        if self.verdict is Verdict.FAIL:
            return f"the meter was blamed: {self.message}"
        if self.verdict is Verdict.PASS and self.phase == "course" and not trouble.is_tolerable:
            return f"passed, though {self.hit!r} suffered"
        if self.verdict is not Verdict.PASS and (self.phase == "never" or trouble.is_tolerable):
            return f"{self.verdict.words} without need: {self.message}"
        return None


@dataclass(slots=True)
class Conductor:
    """Benches one after another, on one session."""

    session: Session
    folder: Path
    _number: int = field(default=0, init=False)

    def moments(self) -> dict[str, int]:
        """How many messages each instrument gets in a course without a fault."""
        counts = dict.fromkeys(INSTRUMENTS, 0)

        def count(name: str) -> Fault:
            def counted(_message: str) -> None:
                counts[name] += 1

            return Fault(effect=LateAnswer(delay_s=0.0), times=None, on_hit=counted)

        self._run({name: count(name) for name in INSTRUMENTS}, _State())
        return counts

    def conduct(self, case: Case) -> Finding:
        finding = Finding(case=case)
        trouble = TROUBLES[case.trouble]
        state = _State()

        def hit(message: str) -> None:
            if not finding.hit:
                finding.hit, finding.phase = message, state.phase

        fault = Fault(effect=trouble.effect, spares=case.moment, times=trouble.times, on_hit=hit)
        self._run({case.instrument: fault}, state)
        outcome = outcome_of(state.errors, None)
        finding.verdict, finding.message = outcome.verdict, outcome.message or ""
        finding.seconds_to_safe, finding.is_off = state.seconds_to_safe, state.is_off
        return finding

    def _run(self, faults: dict[str, Fault], state: _State) -> None:
        """As pytest does it: set-up, call and teardown, each with its own error."""
        registry = FaultyRegistry({name: [fault] for name, fault in faults.items()})
        truth = registry.truth
        session = replace(self.session, registry=registry)
        self._number += 1
        bench_context = compose(session, Timeline(self.folder / str(self._number)))
        try:
            bench = bench_context.__enter__()
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="setup", error=error))
            state.is_off = truth.is_off
            return
        state.phase = "course"
        try:
            circuit_course(bench)
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="call", error=error))
        surfaced = time.monotonic()
        state.phase = "closing"
        try:
            bench_context.__exit__(None, None, None)
        except Exception as error:  # noqa: BLE001 - as at the boundary of a test
            state.errors.append(PhaseError(when="teardown", error=error))
        state.seconds_to_safe = max(0.0, truth.changed_at - surfaced)
        state.is_off = truth.is_off


@dataclass(slots=True)
class _State:
    phase: str = "opening"
    errors: list[PhaseError] = field(default_factory=list)
    seconds_to_safe: float = 0.0
    is_off: bool = False


@contextmanager
def conductor(folder: Path) -> Iterator[Conductor]:
    """Benches like the built-in one, whose drivers wait a quarter of a second for an answer."""
    octets = read_bench(None).octets.replace(
        b'calibration = "virtual"',
        f'calibration = "virtual"\ntransport = {{ timeout_s = {TIMEOUT_S} }}'.encode(),
    )
    bench = Declared(value=parse_bench("faults", octets), source="faults", octets=octets)
    declarations = Declarations(bench=bench, device=read_device(None), plan=read_plan(None))
    with open_session(declarations, folder / "session") as session:
        yield Conductor(session, folder)


def cases(moments: dict[str, int], count: int, seed: int) -> Sequence[Case]:
    """So many, every instrument with every trouble in turn, at moments that the seed chooses."""
    random = Random(seed)
    pairs = [(instrument, trouble) for instrument in INSTRUMENTS for trouble in TROUBLES]
    random.shuffle(pairs)
    chosen = [pairs[number % len(pairs)] for number in range(count)]
    return [
        Case(instrument=instrument, trouble=trouble, moment=random.randrange(moments[instrument]))
        for instrument, trouble in chosen
    ]
