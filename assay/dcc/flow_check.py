"""What has passed against the message flows: each request of a run, entry by entry.

A trace is what the audit trail holds of one request: it follows its flow, is still under way in
it, or departs from it at one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assay.dcc.audit import AuditEntry
from assay.dcc.dsp.dates import Dating, dating, execution_time
from assay.dcc.flows import (
    CRITICAL,
    CRITICAL_LOCAL,
    DATED_AT_DEVICE,
    DATED_AT_DSP,
    DCC_ONLY,
    NON_CRITICAL,
    NON_CRITICAL_BOTH,
    NON_CRITICAL_LOCAL,
    SCHEDULED,
    Exchange,
    Flow,
    Step,
    Times,
)
from assay.duis.catalogue import CATALOGUE
from assay.duis.errors import RemoteDocumentError, RemoteSchemaError
from assay.duis.identifiers import MessageId
from assay.duis.requests import Request, parse_request


class Verdict(StrEnum):
    FOLLOWED = "followed to an end"
    UNDER_WAY = "under way"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of one request. `departure` is the first entry that fits nowhere."""

    request_id: MessageId
    flow: Flow
    verdict: Verdict
    departure: AuditEntry | None = None


_EXCHANGES = {exchange.value: exchange for exchange in Exchange}
_ABOUT = re.compile(rb"CommandRequestID>([^<]+)<")


def follow(flow: Flow, trace: Sequence[AuditEntry]) -> tuple[Verdict, AuditEntry | None]:
    """Whether the entries come as the flow has them; the first that does not."""
    places = {(course, 0) for course in flow.courses}
    for entry in trace:
        exchange = _EXCHANGES[entry.direction, entry.kind]
        reached = set()
        for course, place in places:
            reached |= _places_after(course, place, exchange, entry.code)
        if not reached:
            return Verdict.DEPARTED, entry
        places = reached
    is_over = any(place == len(course) for course, place in places)
    return (Verdict.FOLLOWED if is_over else Verdict.UNDER_WAY), None


def _places_after(
    course: tuple[Step, ...], place: int, exchange: Exchange, code: str | None
) -> set[tuple[tuple[Step, ...], int]]:
    """A place is the number of steps that are behind; a step that repeats may come again."""
    found = set()
    if place and course[place - 1].times is Times.SOME and course[place - 1].fits(exchange, code):
        found.add((course, place))
    if place < len(course) and course[place].fits(exchange, code):
        found.add((course, place + 1))
    return found


def check_run(entries: Iterable[AuditEntry]) -> list[Course]:
    """Every accepted request of a run against its flow, in order of their beginning.

    Left out: what was refused (it has no flow), and what the trail does not hold from its
    beginning. Signed Pre-Commands that were refused are no part of their request's trace.
    """
    traces: dict[MessageId, list[AuditEntry]] = {}
    is_refused: dict[MessageId, bool] = {}
    for entry in entries:
        request_id = _subject(entry)
        if request_id is None or (entry.direction, entry.kind) not in _EXCHANGES:
            continue
        exchange = _EXCHANGES[entry.direction, entry.kind]
        if exchange is Exchange.REQUEST:
            is_refused[request_id] = entry.code != "I0"
        is_about_refusal = exchange in (Exchange.REQUEST, Exchange.ANSWER)
        if not (is_about_refusal and is_refused.get(request_id, False)):
            traces.setdefault(request_id, []).append(entry)
    return [
        Course(request_id=request_id, flow=flow, verdict=verdict, departure=departure)
        for request_id, trace in traces.items()
        if (flow := flow_of(trace)) is not None
        for verdict, departure in (follow(flow, trace),)
    ]


def flow_of(trace: Sequence[AuditEntry]) -> Flow | None:
    """By the documents that the user has sent; a request that nobody sent is a schedule's."""
    documents = [entry for entry in trace if entry.kind == "request"]
    if not documents:
        is_whole = any(entry.kind in ("command", "DCC alert") for entry in trace[:1])
        return SCHEDULED if is_whole else None
    try:
        requests = [parse_request(entry.octets) for entry in documents]
    except (RemoteDocumentError, RemoteSchemaError):
        return None  # too large to be kept whole
    return flow_of_requests(requests)


def flow_of_requests(requests: Sequence[Request]) -> Flow:
    """Of the request, and the Signed Pre-Command where there is one."""
    asked, variant = requests[0], requests[-1].command_variant
    if CATALOGUE[asked.srv].non_device:
        return DCC_ONLY
    if variant in (2, 3):
        return NON_CRITICAL_LOCAL if variant == 2 else NON_CRITICAL_BOTH
    if variant in (6, 7):
        return CRITICAL_LOCAL
    if execution_time(asked) is not None:
        return DATED_AT_DSP if dating(asked) is Dating.AT_DSP else DATED_AT_DEVICE
    return NON_CRITICAL if variant == 1 else CRITICAL


def _subject(entry: AuditEntry) -> MessageId | None:
    """The request that an entry is about: an alert names it inside."""
    if (entry.direction, entry.kind) != Exchange.DCC_ALERT.value:
        return entry.message_id
    found = _ABOUT.search(entry.octets)
    return MessageId.from_text(found[1].decode()) if found is not None else None
