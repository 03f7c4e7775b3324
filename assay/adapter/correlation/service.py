"""Correlate as a function: the envelope, the use case, the payload, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.comparison import compare_payload
from assay.adapter.correlation.difference import Difference
from assay.adapter.correlation.errors import UnexplainedError
from assay.adapter.correlation.known import NOTHING_KNOWN, Known
from assay.adapter.correlation.use_cases.table import USE_CASES, UseCase
from assay.adapter.correlation.words import of_value
from assay.duis.requests import Request
from assay.duis.values import Content
from assay.gbcs.envelope import Cra, Message


def correlate(
    request: Request, pre_command: Message, known: Known = NOTHING_KNOWN
) -> tuple[str, ...]:
    """Every difference in words; empty where both mean the same."""
    return tuple(map(str, differences(request, pre_command, known)))


def differences(
    request: Request, pre_command: Message, known: Known = NOTHING_KNOWN
) -> tuple[Difference, ...]:
    """Every difference; empty where both mean the same.

    The request is one that the schema allows; the Pre-Command may hold anything.
    """
    if not isinstance(request.body, Mapping):
        return (_difference("request", "a Service Request with a body", "a Signed Pre-Command"),)
    candidates = USE_CASES.get(request.srv)
    if candidates is None:
        seen = f"one for {request.srv}, which has none"
        return (_difference("request", "a critical variant", seen),)
    found = list(_envelope(request, pre_command))
    asked = Asked(request.body)
    fitting = {code: row for code, row in candidates.items() if row.fits(asked)}
    use_case = fitting.get(pre_command.message_code)
    if use_case is None:
        expected = " or ".join(f"{code:04X} {row.name}" for code, row in fitting.items())
        seen = f"{pre_command.message_code:04X}"
        found.append(_difference("message code", expected or "what no use case carries", seen))
        return tuple(found)
    found += _payload(use_case, request.body, request.request_id.counter, pre_command, known)
    return tuple(found)


def _envelope(request: Request, pre_command: Message) -> Iterator[Difference]:
    """The grouping header, and that nothing has been signed or protected yet."""
    asked = request.request_id
    rows: tuple[tuple[str, object, object], ...] = (
        ("CRA", Cra.COMMAND.name, pre_command.cra.name),
        ("originator", asked.originator, pre_command.originator),
        ("recipient", asked.target, pre_command.recipient),
        ("counter", asked.counter, pre_command.counter),
        ("supplementary party", None, pre_command.other.supplementary_party),
        ("supplementary counter", None, pre_command.other.supplementary_counter),
        (
            "supplementary originator counter",
            None,
            pre_command.other.supplementary_originator_counter,
        ),
        ("certificate", None, pre_command.other.certificate),
        ("date-time", None, pre_command.date_time),
        ("MAC", None, pre_command.mac),
        # some senders end a Pre-Command with an empty signature field (GBCS digest 1.5)
        ("signature", None, pre_command.signature or None),
    )
    for where, wanted, seen in rows:
        if wanted != seen:
            yield _difference(where, of_value(wanted), of_value(seen))


def _payload(
    use_case: UseCase, body: Content, counter: int, pre_command: Message, known: Known
) -> list[Difference]:
    asked = Asked(body)  # what choosing the use case has read explains nothing yet
    try:
        expected = use_case.expect(asked, known, counter)
    except UnexplainedError as error:
        return [_difference(f"request, {error.path}", error.asked, error.seen)]
    found = compare_payload(expected, pre_command)
    found += [
        _difference(f"request, {leaf.path}", of_value(leaf.value), "no place for it")
        for leaf in asked.unread()
        if not leaf.path.startswith(use_case.not_carried)
    ]
    return found


def _difference(where: str, asked: str, seen: str) -> Difference:
    return Difference(where=where, asked=asked, seen=seen)
