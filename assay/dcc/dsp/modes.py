"""Modes of operation: when an accepted request goes out, and what follows its answer or failure.

On demand it goes at once; future dated (DSP) and in a sequence it waits here; future dated
(Device) it goes at once and its outcomes are waited for; scheduled (DSP) it is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from assay.clock import Clock
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.cancellation import IsAffected, RemovedSchedule
from assay.dcc.dsp.commands import CommandInFlight, Commands, Errand
from assay.dcc.dsp.dated import DatedRequests
from assay.dcc.dsp.dates import CANCELLATION, Dating, waiting_at
from assay.dcc.dsp.device_dated import DeviceDated
from assay.dcc.dsp.examination import Books
from assay.dcc.dsp.execution import DATED_FAILED, Execution
from assay.dcc.dsp.outcome import is_accepted
from assay.dcc.dsp.schedules import Schedules
from assay.dcc.dsp.sequences import Sequences
from assay.dcc.dsp.service_levels import ServiceLevels
from assay.dcc.inventory import DeviceType
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.wan import SmWan

OUTCOME_MISSING = "N10"


@dataclass(slots=True, kw_only=True)
class Modes:
    """All that is done later hangs together here; each part keeps its own book."""

    clock: Clock
    wan: SmWan
    books: Books
    audit: Audit
    alerts: DccAlerts
    levels: ServiceLevels = field(default_factory=ServiceLevels)
    commands: Commands = field(init=False)
    execution: Execution = field(init=False)
    dated: DatedRequests = field(init=False)
    device_dated: DeviceDated = field(init=False)
    schedules: Schedules = field(init=False)
    sequences: Sequences = field(init=False)

    def __post_init__(self) -> None:
        clock, store, settings = self.clock, self.books.store, self.books.settings
        self.device_dated = DeviceDated(
            clock=clock, store=store, settings=settings, missing=self._outcome_missing
        )
        self.commands = Commands(
            clock=clock,
            wan=self.wan,
            audit=self.audit,
            settings=settings,
            fail=self._command_failed,
            is_asleep=self._is_asleep,
            store=store,
        )
        self.execution = Execution(
            books=self.books,
            commands=self.commands,
            audit=self.audit,
            fail=self._not_carried_out,
            sent=self.device_dated.sent,
        )
        self.sequences = Sequences(
            clock=clock,
            store=store,
            settings=settings,
            release=self._start,
            fail=self._not_carried_out,
            members=self.books.sequences,
        )
        self.dated = DatedRequests(
            clock=clock,
            store=store,
            carry_out=self.execution.carry_out,
            dropped=self.sequences.failed,
        )
        self.schedules = Schedules(
            clock=clock,
            store=store,
            carry_out=self.execution.carry_out,
            schedules=self.books.schedules,
        )

    def begin(
        self, header: Request, accepted: AcceptedRequest, message: Message, hub: Eui64 | None
    ) -> None:
        """`header` is the document that came, which says where in a sequence it stands;
        `message` the Command as it is to go out now, if it is to."""
        preceding = header.preceding_request_id
        is_member = header.first_in_sequence or preceding is not None
        if is_member and not self.sequences.enter(accepted, preceding):
            return
        if not self._waits_here(accepted):
            self.execution.send(accepted, message, hub)

    def answered(self, command: CommandInFlight, response: Message) -> None:
        """The device has answered, and nothing says that it was another."""
        request = command.request
        taken = self._taken(command)
        level = self.levels.answered(request.srv, command.errand, taken)
        if level is not None:
            self._note("service level", request.request_id, level)
        accepted = is_accepted(response)
        self.device_dated.answered(request, response, is_accepted=accepted)
        if accepted:
            self.sequences.succeeded(request.request_id)
        else:
            self.sequences.failed(request.request_id)

    def cancel_schedules(self, device: Eui64, is_affected: IsAffected) -> Iterator[RemovedSchedule]:
        for schedule in self.schedules.cancel_at(device, is_affected):
            yield RemovedSchedule(schedule.owner, schedule.schedule_id)

    def cancel_dated(self, device: Eui64, is_affected: IsAffected) -> tuple[RequestId, ...]:
        """What the DSP holds; of what the device holds nothing more is expected."""
        self.device_dated.cancel_at(device, is_affected)
        return self.dated.cancel_at(device, is_affected)

    def resume(self) -> None:
        """Take up what the books hold."""
        for part in (self.commands, self.dated, self.device_dated, self.schedules, self.sequences):
            part.resume()

    def stop(self) -> None:
        for part in (self.commands, self.dated, self.device_dated, self.schedules, self.sequences):
            part.stop()

    def _start(self, accepted: AcceptedRequest) -> None:
        """Its turn in a sequence has come."""
        if not self._waits_here(accepted):
            self.execution.carry_out(accepted)

    def _waits_here(self, accepted: AcceptedRequest) -> bool:
        """Whether the DSP holds it, or it took something back that the DSP held."""
        at = accepted.execute_at
        if at is None or waiting_at(accepted.request.srv) is not Dating.AT_DSP:
            return False
        if at == CANCELLATION:
            gone = self.dated.cancel(accepted.service)
            self._note("cancellation", accepted.request_id, f"{len(gone)} dated requests")
            self.sequences.succeeded(accepted.request_id)
        else:
            self.dated.hold(accepted)
            self._note("held", accepted.request_id, f"until {at.isoformat()}")
        return True

    def _is_asleep(self, device_id: Eui64) -> bool:
        device = self.books.inventory.find(device_id)
        return device is not None and device.device_type is DeviceType.GSME

    def _command_failed(self, code: str, command: CommandInFlight) -> None:
        """Not delivered, or not answered."""
        request = command.request
        self.alerts.command_failed(
            code if command.errand is Errand.ON_DEMAND else DATED_FAILED,
            request.request_id,
            command.device,
            command.schedule_id,
        )
        self.levels.failed(request.srv, command.errand)
        self.device_dated.failed(command.message)
        self.sequences.failed(request.request_id)

    def _not_carried_out(self, code: str, accepted: AcceptedRequest) -> None:
        """It never went out."""
        self.alerts.command_failed(code, accepted.request_id, accepted.device, accepted.schedule_id)
        self.sequences.failed(accepted.request_id)

    def _outcome_missing(self, request: Request) -> None:
        asked = request.request_id
        self.alerts.command_failed(OUTCOME_MISSING, asked, asked.target)

    def _taken(self, command: CommandInFlight) -> timedelta:
        since = command.accepted_at
        return self.clock.now() - since if since is not None else timedelta(0)

    def _note(self, kind: str, request_id: RequestId, note: str) -> None:
        self.audit.record(
            Direction.INSIDE,
            kind,
            party=request_id.originator,
            device=request_id.target,
            message_id=request_id,
            note=note,
        )
