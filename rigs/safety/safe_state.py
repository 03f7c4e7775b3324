"""Makes everything on a bench safe: all instruments at once, each within a bounded time.

An instrument that hangs must not hold up the others, and a driver that waits for an answer
must not hold up its own instrument: the safe dialogue is held on a line of its own, with
deadlines of its own, after the driver's has been closed.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assay.verdicts import BenchFault
from rigs.safety.dialogue import SafeDialogue
from rigs.safety.outcome import SafeOutcome
from rigs.safety.wire import hold

ATTEMPT_S = 0.4  # so that a second one is over within a second
PATIENCE_S = 2.5  # the command went out at once: this is for an answer on a busy machine
PAUSE_S = 0.02
GIVE_UP_S = 4.0  # for a driver without a dialogue, whose time-outs are its own

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeable:
    """One instrument. With a dialogue that is held, on a fresh line; else the driver has to.

    `is_harmless`: it has no output, so there is nothing to say to it. `is_left_to_driver`: the
    dialogue is for others, when this process is gone. `answers` asks it something after its
    driver has switched it off, as a driver does not say whether that succeeded.
    """

    name: str
    address: str
    close: Callable[[], None]
    switch_off: Callable[[], None]
    dialogue: SafeDialogue | None = None
    is_harmless: bool = False
    is_left_to_driver: bool = False
    answers: Callable[[], object] | None = None


class SafeState:
    """Everything that has to be off before a run, after it, and whenever it goes wrong."""

    def __init__(self) -> None:
        self._instruments: dict[str, Safeable] = {}
        self._making_safe = threading.Lock()

    def add(self, instrument: Safeable) -> None:
        """Later ones of the same name take the place of earlier ones."""
        self._instruments[instrument.name] = instrument

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._instruments.pop(name, None)

    def make_safe(self) -> Sequence[SafeOutcome]:
        """From any thread but the loop's; never raises. Outcomes in the order of registration."""
        with uninterrupted(), self._making_safe:
            outcomes = _at_once(list(self._instruments.values()))
        for each in outcomes:
            if not each.is_safe:
                _log.error("%s", each.words)
        return outcomes


def make_safe_by_dialogue(
    name: str,
    dialogue: SafeDialogue,
    *,
    patience_s: float = PATIENCE_S,
    attempt_s: float = ATTEMPT_S,
) -> SafeOutcome:
    """Hold the dialogue, again and again until it succeeds or time is up; never raises."""
    began = time.monotonic()
    problems: list[str] = []
    while True:
        left = began + patience_s - time.monotonic()
        if left <= 0:
            break
        try:
            hold(dialogue, min(attempt_s, left))
        except BenchFault as fault:
            problems.append(str(fault))
            time.sleep(PAUSE_S)
        else:
            return _outcome(name, dialogue, began, is_safe=True, problems=problems)
    return _outcome(name, dialogue, began, is_safe=False, problems=problems)


def _outcome(
    name: str, dialogue: SafeDialogue, began: float, *, is_safe: bool, problems: list[str]
) -> SafeOutcome:
    return SafeOutcome(
        name=name,
        address=dialogue.address,
        is_safe=is_safe,
        is_verified=is_safe and dialogue.verifies,
        seconds=time.monotonic() - began,
        detail="; ".join(dict.fromkeys(problems)),
    )


def _at_once(instruments: Sequence[Safeable]) -> list[SafeOutcome]:
    outcomes: dict[str, SafeOutcome] = {}

    def one(instrument: Safeable) -> None:
        outcomes[instrument.name] = _one(instrument)

    threads = [
        threading.Thread(target=one, args=(each,), name=f"safe {each.name}", daemon=True)
        for each in instruments
        if not each.is_harmless
    ]
    began = time.monotonic()
    for each in instruments:
        if each.is_harmless:
            one(each)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, began + GIVE_UP_S - time.monotonic()))
    seconds = time.monotonic() - began
    return [outcomes.get(each.name) or _hung(each, seconds) for each in instruments]


def _one(instrument: Safeable) -> SafeOutcome:
    began = time.monotonic()
    if instrument.dialogue is not None and not instrument.is_left_to_driver:
        instrument.close()
        return make_safe_by_dialogue(instrument.name, instrument.dialogue)
    problem = "" if instrument.is_harmless else _left_to_driver(instrument)
    return SafeOutcome(
        name=instrument.name,
        address=instrument.address,
        is_safe=not problem,
        is_verified=instrument.is_harmless,
        seconds=time.monotonic() - began,
        detail=problem,
    )


def _left_to_driver(instrument: Safeable) -> str:
    """What speaks against its being off; nothing where it can at least be reached."""
    instrument.switch_off()
    if instrument.answers is None:
        return ""
    try:
        instrument.answers()
    except BenchFault as fault:
        return str(fault)
    return ""


def _hung(instrument: Safeable, seconds: float) -> SafeOutcome:
    return SafeOutcome(
        name=instrument.name,
        address=instrument.address,
        is_safe=False,
        is_verified=False,
        seconds=seconds,
        detail=f"its driver did not come back within {GIVE_UP_S} s",
    )


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and SIGTERM until what is under way is done; then they count.

    Python handles signals in the main thread only, so in another nothing has to be held back.
    (A signal mask would not do: another thread would take the signal for the process.)
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {
        each: signal.signal(each, lambda number, _frame: heard.append(number))
        for each in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(each) is not None
    }
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in dict.fromkeys(heard):
            signal.raise_signal(number)
