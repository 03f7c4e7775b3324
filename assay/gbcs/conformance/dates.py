"""Checks of activation times: all of one command agree, and each kind cancels by its own value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assay.gbcs import catalogue, payload
from assay.gbcs.conformance.traffic import Traffic, finding
from assay.gbcs.date_time import NEVER, NOW
from assay.gbcs.dlms.access import Op, Request
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.gbz.components import Component, GbzPayload
from assay.gbcs.gbz.fields import SPECIAL_TIMES, time_text

_DLMS_ACTIVATIONS = frozenset(((9000, 6), (20, 10), (113, 7), (111, 13)))
"""Class and attribute of every activation time in the national item tables."""
_GBZ_TIMES = ("start_time", "implementation_time")
_LOW_CREDIT_WARNING = (0x0705, 0x09)
"""It has no time of its own, so the component's From Date Time activates it (digest 5.1)."""

_NOW, _CANCEL, _CALENDAR_CANCEL = "now", "FFFFFFFF (cancel)", "FFFFFFFE (cancel a calendar)"
_CANCELLATIONS = frozenset((_CANCEL, _CALENDAR_CANCEL))
_ALLOWED = {
    (0x0707, 0x00): frozenset((_CALENDAR_CANCEL,)),
    (0x0707, 0x04): frozenset((_CALENDAR_CANCEL,)),
    (0x0700, 0x05): _CANCELLATIONS,
}
"""PublishCalendar and PublishSpecialDays (digest 5.3); for PublishPriceMatrix the digest says
FFFFFFFF and the national vector has FFFFFFFE, so both stand."""
_WORDS = {0: _NOW, 0xFFFFFFFF: _CANCEL, 0xFFFFFFFE: _CALENDAR_CANCEL}
_WORD_OF_TEXT = {SPECIAL_TIMES[seconds]: word for seconds, word in _WORDS.items()}


class Activation(NamedTuple):
    """When one part of a command takes effect: a time, or what its special value says."""

    part: str
    when: str
    allowed: frozenset[str] = frozenset((_CANCEL,))


def dates_agree(traffic: Traffic) -> list[str]:
    """All times of one command are equal, however each part writes them."""
    findings = []
    for command in traffic.of_kind(Cra.COMMAND):
        activations = _activations(command)
        times = {_CANCEL if each.when in _CANCELLATIONS else each.when for each in activations}
        if len(times) > 1:
            seen = ", ".join(f"{each.part} {each.when}" for each in activations)
            findings.append(finding(command, "activation times", "one time", seen))
    return findings


def cancellation_values(traffic: Traffic) -> list[str]:
    """FFFFFFFF cancels, in the calendars of GBZ FFFFFFFE; neither is a date of anything else."""
    findings = []
    for command in traffic.of_kind(Cra.COMMAND):
        for part, when, allowed in _activations(command):
            if when in _CANCELLATIONS and when not in allowed:
                findings.append(finding(command, part, " or ".join(sorted(allowed)), when))
    return findings


def _activations(command: Message) -> list[Activation]:
    row = catalogue.use_case(command.message_code)
    if row is None or not row.future_datable:
        return []
    _, typed = payload.decode(command)
    if isinstance(typed, Request):
        return list(_of_items(typed))
    if isinstance(typed, GbzPayload):
        return [found for each in typed.components for found in _of_component(each)]
    return []  # ASN.1 commands have one time, and its type knows one value that cancels


def _of_items(request: Request) -> Iterator[Activation]:
    for item in request.items:
        if item.op is Op.SET and (item.class_id, item.attribute) in _DLMS_ACTIVATIONS:
            octets = bytes(item.data.value)
            words = {NOW: _NOW, NEVER: _CANCEL}
            when = words.get(octets, octets.hex())
            yield Activation(f"{item.class_id} {item.obis} {item.attribute}", when)


def _of_component(component: Component) -> Iterator[Activation]:
    place = (component.cluster, component.command)
    name = f"cluster {component.cluster:04X} command {component.command:02X}"
    allowed = _ALLOWED.get(place, frozenset((_CANCEL,)))
    if place == _LOW_CREDIT_WARNING and component.from_date_time is not None:
        text: str = time_text(component.from_date_time)
        yield Activation(name, _WORD_OF_TEXT.get(text, text), allowed)
    for field in _GBZ_TIMES:
        if isinstance(component.payload, dict) and field in component.payload:
            text = component.payload[field]
            yield Activation(name, _WORD_OF_TEXT.get(text, text), allowed)
