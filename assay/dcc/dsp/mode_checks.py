"""Checks on how a request is to be carried out: its place in a sequence, its time, its way."""

from __future__ import annotations

from assay.dcc.access import COMMAND_VARIANTS
from assay.dcc.dsp.check import Refusal
from assay.dcc.dsp.dates import CANCELLATION, Dating, execution_time, waiting_at
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.sequences import MAX_LENGTH
from assay.dcc.inventory import DeviceType
from assay.duis.identifiers import RequestId
from assay.duis.requests import SignedPreCommand
from assay.duis.values import field
from assay.gbcs.envelope import Cra, parse
from assay.gbcs.errors import RemoteGbcsError

BAD_SEQUENCE_HEADER, SECOND_SUCCESSOR, NO_PREDECESSOR, TOO_LONG = "E42", "E43", "E44", "E45"
SEQUENCE_CODES = (BAD_SEQUENCE_HEADER, SECOND_SUCCESSOR, NO_PREDECESSOR, TOO_LONG)
_GAS = (DeviceType.GSME, DeviceType.GPF)


def check_sequence(examination: Examination) -> Refusal | None:
    """Which code is for which fault is told by their titles alone (low confidence)."""
    request = examination.request
    preceding = request.preceding_request_id
    if not request.first_in_sequence and preceding is None:
        return None
    problem = _exclusion(examination)
    if problem is None and request.first_in_sequence and preceding is not None:
        problem = "the first of a sequence, and one after another"
    if problem is not None:
        return Refusal(BAD_SEQUENCE_HEADER, f"sequence: {problem}")
    return _chain_problem(examination, preceding) if preceding is not None else None


def _exclusion(examination: Examination) -> str | None:
    """What a sequence may not hold (book of 2015)."""
    row = COMMAND_VARIANTS[examination.request.command_variant]
    if examination.is_non_device:
        return "a request to the DCC itself"
    if row.to_user:
        return "a Command for local delivery"
    if not row.to_wan:
        return "a transformation"
    is_gas = examination.device.device_type in _GAS
    if is_gas and examination.variant.sensitive_response:
        return "a gas request that returns sensitive data"
    return None


def _chain_problem(examination: Examination, preceding: RequestId) -> Refusal | None:
    members = examination.books.sequences
    own = examination.request.request_id
    other = members.successor(preceding)
    if other is not None:
        detail = f"sequence: {preceding} has a successor already: {other.accepted.request_id}"
        return Refusal(SECOND_SUCCESSOR, detail)
    if preceding == own or preceding.originator != own.originator:
        detail = f"sequence: expected an earlier request of the same user, seen {preceding}"
        return Refusal(NO_PREDECESSOR, detail)
    if members.length_with(own, preceding) > MAX_LENGTH:
        return Refusal(TOO_LONG, f"sequence: more than {MAX_LENGTH} requests")
    return None


def check_execution_time(examination: Examination) -> Refusal | None:
    """A date must be one that somebody can wait for (horizon and codes inferred)."""
    request, at = examination.request, examination.at
    when = execution_time(request)
    if isinstance(request.body, SignedPreCommand):
        asked = execution_time(examination.original) if examination.original else None
        if when is not None and when != asked:
            return Refusal("E48", f"ExecutionDateTime: expected {asked}, seen {when}")
        when = asked
    if when is None or when == CANCELLATION:
        return None
    waiting = waiting_at(examination.received.srv)
    if waiting is Dating.AT_ONCE:
        return Refusal("E48", f"ExecutionDateTime: {examination.received.srv} cannot be dated")
    if when <= at:
        return Refusal("E48", f"ExecutionDateTime: expected later than {at}, seen {when}")
    if COMMAND_VARIANTS[request.command_variant].to_user and waiting is Dating.AT_DSP:
        return Refusal("E12", "a Command for local delivery cannot be dated at the DSP")
    horizon = at + examination.books.settings.dated_horizon
    if waiting is Dating.AT_DSP and when > horizon:
        return Refusal("E48", f"ExecutionDateTime: expected before {horizon}, seen {when}")
    return None


def check_local_response(examination: Examination) -> Refusal | None:
    """It must be a response of a device; whether it is to a known Command is found out later,
    and on record in the audit trail (codes inferred)."""
    try:
        message = parse(field(examination.body, "DeviceGBCSResponse", bytes))
    except RemoteGbcsError as error:
        return Refusal("E48", f"DeviceGBCSResponse: {error}")
    if message.cra is not Cra.RESPONSE:
        return Refusal("E48", f"DeviceGBCSResponse: expected a response, seen {message.cra.name}")
    if message.originator not in examination.books.inventory:
        return Refusal("E19", f"device {message.originator} is not in the inventory")
    return None
