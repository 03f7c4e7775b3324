"""How a controller's command reaches its load, and what becomes of it: log, alert, late answer.

A relay or proportional output of the meter answers at once. An HCALCS answers later, or never: then
the command counts as failed after a minute (this bench's choice).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from assay.clock import Clock
from assay.gbcs.dlms.data import Data
from rigs.devices.alarm import Alarm
from rigs.devices.esme.auxiliary.actions import NUMBERS, answer_script
from rigs.devices.esme.auxiliary.controller import Controller, Kind, kind_of
from rigs.devices.esme.auxiliary.loads import (
    ControlledLoad,
    Levels,
    Outcome,
    ProportionalOutput,
    Relay,
)
from rigs.devices.esme.auxiliary.log import ControlEvent, ControllerLog
from rigs.premises import Contactor
from rigs.premises_auxiliary import ProportionalNode

FAILED_TO_FOLLOW = 0x811A
ANSWER_WITHIN = timedelta(minutes=1)


class Report(Protocol):
    def __call__(self, code: int, *extras: Data) -> None: ...


class Port(NamedTuple):
    """What the meter has at one number: a relay or a proportional output."""

    kind: Kind
    load: ControlledLoad


def usual_ports(clock: Clock) -> dict[int, Port]:
    """Four relays and a proportional output; which of them a meter has is its maker's choice."""
    relays = {n: Port(Kind.ALCS, Relay(Contactor(clock, closed=False))) for n in NUMBERS[:-1]}
    return {**relays, NUMBERS[-1]: Port(Kind.APC, ProportionalOutput(ProportionalNode(clock)))}


class Switchgear:
    """Hook: `next_command_id` names a command over the network (as the national log has it, the
    second of the command).
    """

    def __init__(
        self,
        clock: Clock,
        ports: Mapping[int, Port],
        *,
        now: Callable[[], datetime],
        report: Report,
    ) -> None:
        self._clock = clock
        self._ports = dict(ports)
        self._now = now
        self._report = report
        self._remote: dict[bytes, ControlledLoad] = {}
        self._unanswered: dict[int, Alarm] = {}
        self.log = ControllerLog()
        self.next_command_id: Callable[[datetime], int] = lambda at: int(at.timestamp())
        for number, port in ports.items():
            port.load.on_lost = self._on_lost(number)

    def controllers(self) -> dict[int, Controller]:
        """One for each number, of the kind that the meter has there."""
        kinds = {number: port.kind for number, port in self._ports.items()}
        return {number: Controller(number, kinds.get(number, Kind.NONE)) for number in NUMBERS}

    def attach(self, device: bytes, load: ControlledLoad) -> None:
        self._remote[device] = load

    def detach(self, device: bytes) -> None:
        self._remote.pop(device, None)

    def load(self, controller: Controller) -> ControlledLoad | None:
        if controller.kind is Kind.HCALCS:
            return self._remote.get(controller.type_octets)
        port = self._ports.get(controller.number)
        return port.load if port is not None and port.kind is controller.kind else None

    def set_type(self, controller: Controller, octets: bytes) -> None:
        """
        Raises:
            ValueError: octets that mean nothing, or a switch that this meter does not have there.
        """
        kind, port = kind_of(octets), self._ports.get(controller.number)
        is_there = port.kind if port is not None else Kind.NONE
        # A proportional output stays one; a relay may be left alone for an HCALCS.
        possible = (Kind.APC,) if is_there is Kind.APC else (Kind.NONE, Kind.HCALCS, is_there)
        if kind not in possible:
            raise ValueError(f"controller {controller.number}: the meter has no {kind} there")
        controller.type_octets = octets
        self.listen(controller)

    def listen(self, controller: Controller) -> None:
        """Hear of it when the load of this controller leaves its state by itself."""
        load = self.load(controller)
        if load is not None:
            load.on_lost = self._on_lost(controller.number)

    def command(self, controller: Controller, levels: Levels, script: int, at: datetime) -> None:
        """`script` is what the log says was done, and `at` when."""
        if controller.kind is Kind.NONE:
            return
        load = self.load(controller)
        command_id = self.next_command_id(at) if controller.kind is Kind.HCALCS else 0
        outcome = Outcome.NOT_KNOWN if load is None else load.command(levels, command_id)
        self._write(script, outcome, at, command_id)
        if outcome is Outcome.NOT_KNOWN:
            self._wait_for_answer(controller.number, command_id)
        elif outcome is Outcome.FAILURE:
            self._report(FAILED_TO_FOLLOW)

    def answered(self, number: int, command_id: int, *, is_success: bool) -> None:
        """What an HCALCS says about a command that it was given."""
        self._stop_waiting(number)
        outcome = Outcome.SUCCESS if is_success else Outcome.FAILURE
        self._write(answer_script(number), outcome, self._now(), command_id)
        if not is_success:
            self._report(FAILED_TO_FOLLOW)

    def _wait_for_answer(self, number: int, command_id: int) -> None:
        self._stop_waiting(number)
        alarm = Alarm(self._clock, lambda: self.answered(number, command_id, is_success=False))
        alarm.set(self._clock.now() + ANSWER_WITHIN)
        self._unanswered[number] = alarm

    def _stop_waiting(self, number: int) -> None:
        waiting = self._unanswered.pop(number, None)
        if waiting is not None:
            waiting.cancel()

    def _on_lost(self, number: int) -> Callable[[], None]:
        def lost() -> None:
            self._write(answer_script(number), Outcome.FAILURE, self._now(), 0)
            self._report(FAILED_TO_FOLLOW)

        return lost

    def _write(self, script: int, outcome: Outcome, at: datetime, command_id: int) -> None:
        event = ControlEvent(at=at, script=script, outcome=outcome, command_id=command_id)
        self.log.write(event)
