"""Meters that answer the devices of their home wrongly, or keep no record of what they asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from assay.gbcs.identifiers import Eui64
from rigs.devices import han_electricity as electricity
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.han_attributes import AttributeName, AttributeReport
from rigs.devices.han_requests import Answerer, ReadAttributes, Reply, Request, WriteAttribute
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_ON = 2
_LOAD_CONTROL = 0x0119
Answer = Callable[[Eui64, Request], Reply | None]


class _Answers:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def _answering(meter: Meter, alter: Callable[[Answer], Answer]) -> None:
    """What the meter offers to its network answers otherwise."""
    sound = meter.network.offer

    def offer(answerer: Answerer) -> None:
        sound(_Answers(alter(answerer.answer)))

    meter.network.offer = offer  # type: ignore[method-assign]


@rogue(
    "meter-lets-displays-write",
    "Lets devices of the home write",
    requirement="SMETS-D-006",
    severity=Severity.CRITICAL,
    deviation="A write of an attribute is granted to whoever asks.",
)
def lets_displays_write(meter: Meter) -> None:
    def alter(sound: Answer) -> Answer:
        def answer(sender: Eui64, request: Request) -> Reply | None:
            is_write = isinstance(request, WriteAttribute)
            return Reply(is_granted=True) if is_write else sound(sender, request)

        return answer

    _answering(meter, alter)


@rogue(
    "meter-answers-first-reader-alone",
    "Answers the first reader and no other",
    requirement="SMETS-D-006",
    severity=Severity.MAJOR,
    deviation="Only the device of type 2 that asked first is answered.",
)
def answers_first_reader_alone(meter: Meter) -> None:
    first: list[Eui64] = []

    def alter(sound: Answer) -> Answer:
        def answer(sender: Eui64, request: Request) -> Reply | None:
            first.append(sender)
            return sound(sender, request) if sender == first[0] else None

        return answer

    _answering(meter, alter)


@rogue(
    "meter-tires-of-reads",
    "Tires of being asked",
    requirement="SMETS-D-010",
    severity=Severity.MINOR,
    deviation="A device of the home is answered once in five seconds.",
)
def tires_of_reads(meter: Meter) -> None:
    last: dict[tuple[Eui64, int], datetime] = {}

    def alter(sound: Answer) -> Answer:
        def answer(sender: Eui64, request: Request) -> Reply | None:
            if not isinstance(request, ReadAttributes):
                return sound(sender, request)
            before, now = last.get((sender, request.cluster)), meter.now()
            if before is not None and now - before < timedelta(seconds=5):
                return None
            last[sender, request.cluster] = now
            return sound(sender, request)

        return answer

    _answering(meter, alter)


def _telling(meter: Meter, name: AttributeName, value: int) -> None:
    """Whoever reads this attribute is told the value."""

    def altered(report: AttributeReport) -> AttributeReport:
        return replace(report, value=value) if report.name == name else report

    def alter(sound: Answer) -> Answer:
        def answer(sender: Eui64, request: Request) -> Reply | None:
            reply = sound(sender, request)
            if reply is None or not isinstance(request, ReadAttributes) or not reply.is_granted:
                return reply
            reports = cast("tuple[AttributeReport, ...]", reply.content)
            return replace(reply, content=tuple(map(altered, reports)))

        return answer

    _answering(meter, alter)


@rogue(
    "meter-tells-supply-on",
    "Tells displays that the supply is on",
    requirement="SMETS-I-005",
    severity=Severity.MAJOR,
    deviation="The supply state that a display reads is that of an enabled supply.",
)
def tells_supply_on(meter: Meter) -> None:
    _telling(meter, electricity.SUPPLY_STATUS, _ON)


@rogue(
    "meter-tells-no-debt",
    "Tells displays that nothing is owed",
    requirement="SMETS-I-005",
    severity=Severity.MAJOR,
    deviation="The payment-based debt that a display reads is zero.",
)
def tells_no_debt(meter: Meter) -> None:
    _telling(meter, electricity.DEBTS[-1], 0)


def _unlogged(meter: Meter, *codes: int) -> None:
    """Requests of the home under these codes leave no entry."""
    sound = meter.event_log.write
    left_out = {code.to_bytes(2, "big") for code in codes}

    def write(code: int, other: bytes | int | None = None, *, at: datetime | None = None) -> None:
        if other not in left_out:
            sound(code, other, at=at)

    meter.event_log.write = write  # type: ignore[method-assign]


@rogue(
    "meter-display-requests-unlogged",
    "Keeps no record of what a display asked for",
    requirement="SMETS-I-004",
    severity=Severity.MINOR,
    deviation="Requests of displays leave no entry in the event log.",
)
def display_requests_unlogged(meter: Meter) -> None:
    codes = (electricity.TOP_UP, electricity.EMERGENCY_CREDIT, electricity.ENABLE_SUPPLY)
    _unlogged(meter, *codes)


@rogue(
    "meter-load-control-unlogged",
    "Keeps no record of what a load switch asked for",
    requirement="SMETS-H-001",
    severity=Severity.MINOR,
    deviation="Requests of load control switches leave no entry in the event log.",
)
def load_control_unlogged(meter: Meter) -> None:
    _unlogged(meter, _LOAD_CONTROL)


@rogue(
    "meter-load-switch-failure-untold",
    "Says nothing of a load switch that does not follow",
    requirement="SMETS-H-002",
    severity=Severity.MAJOR,
    deviation="Alert 811A is never sent.",
)
def load_switch_failure_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x811A)
