"""Every message on the air against what others say that passed: the DCC, and the device itself.

A message is known by its octets: GBCS gives each a counter, so two that are equal are one that
was sent again. What goes to or from the hub itself never is on the air.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.gbcs import envelope
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64
from rigs.capture.findings import Check, Finding
from rigs.capture.timeline import Entry

WITHIN_HOME = frozenset((0x0090, 0x009B))
"""Messages between two devices (PCS01, PCS02), which the DCC never sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A message as another witness saw it: `witness` is "DCC", or whose word it is.

    `is_down`: towards the device.
    """

    octets: bytes
    at: datetime
    is_down: bool
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A message on the air and its witnesses; `delay` is the air's time after the witness'."""

    number: int
    use_case: str
    witness: str
    is_down: bool
    delay: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]


def correlate(
    entries: Iterable[Entry],
    passed: Sequence[Passed],
    *,
    on_air: frozenset[Eui64],
    within_home: frozenset[int] = WITHIN_HOME,
) -> Correlation:
    """`on_air` are the devices that the sniffer can hear, so not the hub itself."""
    heard = _first_heard(entries)
    said: dict[bytes, list[Passed]] = defaultdict(list)
    for one in passed:
        said[one.octets].append(one)
    matches, findings = [], []
    for octets, entry in heard.items():
        witnesses = said.get(octets, [])
        matches += [
            Match(
                number=entry.number,
                use_case=entry.use_case or "",
                witness=one.witness,
                is_down=one.is_down,
                delay=entry.at - one.at,
            )
            for one in witnesses
        ]
        if not witnesses and not _stays_home(octets, within_home):
            findings.append(_only_on_air(entry))
    told: set[bytes] = set()
    for one in passed:
        if one.octets not in heard and one.octets not in told and _is_for(one, on_air):
            told.add(one.octets)
            findings.append(_not_on_air(one))
    return Correlation(matches=tuple(matches), findings=tuple(findings))


def _first_heard(entries: Iterable[Entry]) -> dict[bytes, Entry]:
    heard: dict[bytes, Entry] = {}
    for entry in entries:
        if entry.message is not None:
            heard.setdefault(entry.message, entry)
    return heard


def _stays_home(octets: bytes, within_home: frozenset[int]) -> bool:
    try:
        return envelope.parse(octets).message_code in within_home
    except GbcsError:
        return False


def _is_for(one: Passed, on_air: frozenset[Eui64]) -> bool:
    try:
        message = envelope.parse(one.octets)
    except GbcsError:
        return False
    return (message.recipient if one.is_down else message.originator) in on_air


def _only_on_air(entry: Entry) -> Finding:
    return Finding(
        check=Check.ONLY_ON_AIR,
        at=entry.at,
        number=entry.number,
        subject=f"{entry.source} to {entry.destination}",
        detail=f"{entry.use_case} {entry.direction}, counter {entry.counter}",
    )


def _not_on_air(one: Passed) -> Finding:
    message = envelope.parse(one.octets)
    way = "down to" if one.is_down else "up from"
    device = message.recipient if one.is_down else message.originator
    return Finding(
        check=Check.NOT_ON_AIR,
        at=one.at,
        number=0,
        subject=f"{way} {device}",
        detail=f"message code {message.message_code:04X}, counter {message.counter}, "
        f"as the {one.witness} saw it",
    )
