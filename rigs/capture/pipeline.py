"""The one path of a frame, live or replayed: decode, timeline, checks.

A replay calls exactly this with the frames of a file, so its timeline is the live one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from rigs.capabilities.radio import CapturedFrame
from rigs.capture.checks.check import FrameCheck
from rigs.capture.checks.completeness import Fragments, SnifferGaps, WellFormed
from rigs.capture.checks.counters import ApsCounters, NwkCounters
from rigs.capture.checks.duty_cycle import LEGAL_CAP, DutyCycle
from rigs.capture.checks.protection import OpensWithKnownKeys, Protection
from rigs.capture.checks.tunnel import InsideTunnel
from rigs.capture.decode import Decoder
from rigs.capture.findings import Finding, Findings
from rigs.capture.keys import KeyRing
from rigs.capture.ownership import Ownership
from rigs.capture.timeline import Entry, entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`reports_missing_frames` is off where one sniffer hears only one of a hub's two bands, since
    both share the hub's frame counter."""

    duty_limit_percent: Decimal = LEGAL_CAP
    reports_missing_frames: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a capture came to."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Pipeline:
    """`clock_offset`, bench clock minus sniffer clock, turns times of one into those of the other.

    Everything that comes out, entries and findings, has the bench's time.
    """

    keys: KeyRing
    clock_offset: timedelta = timedelta(0)
    settings: Settings = field(default_factory=Settings)
    _decoder: Decoder = field(init=False)
    _checks: tuple[FrameCheck, ...] = field(init=False)
    _ownership: Ownership = field(init=False, default_factory=Ownership)
    _findings: Findings = field(init=False, default_factory=Findings)

    def __post_init__(self) -> None:
        self._decoder = Decoder(self.keys)
        self._checks = (
            SnifferGaps(),
            OpensWithKnownKeys(lambda: self._decoder.has_keys),
            WellFormed(),
            Protection(),
            NwkCounters(reports_gaps=self.settings.reports_missing_frames),
            ApsCounters(),
            Fragments(self._decoder.overdue, lambda: self._decoder.has_open_transfers),
            InsideTunnel(),
            DutyCycle(self.settings.duty_limit_percent),
        )

    def learn(self, keys: KeyRing) -> None:
        """Keys that were agreed on while the capture runs; before the first frame under them."""
        self._decoder.learn(keys)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """So far; those about networks that may be a neighbour's are held back until `finish`."""
        return self._findings.all()

    def feed(self, frame: CapturedFrame) -> Entry:
        """The next frame, in the order in which it was heard."""
        decoded = self._decoder.decode(frame)
        found = [one for check in self._checks for one in check.look(decoded)]
        self._report(self._ownership.judge(decoded, found))
        return entry(decoded, frame.at + self.clock_offset, self._decoder.addresses)

    def finish(self) -> tuple[Finding, ...]:
        """After the last frame: every finding."""
        for check in self._checks:
            self._report(check.finish())
        self._report(self._ownership.finish())
        return self.findings

    def _report(self, found: Iterable[Finding]) -> None:
        for one in found:
            at = None if one.at is None else one.at + self.clock_offset
            self._findings.add(replace(one, at=at))


def replay(
    frames: Iterable[CapturedFrame],
    keys: KeyRing,
    *,
    clock_offset: timedelta = timedelta(0),
    settings: Settings | None = None,
) -> Report:
    """All frames of a capture through the pipeline."""
    pipeline = Pipeline(keys, clock_offset, settings or Settings())
    entries = tuple(pipeline.feed(frame) for frame in frames)
    return Report(entries=entries, findings=pipeline.finish())
