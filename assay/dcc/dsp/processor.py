"""The DSP: authenticate, authorise, validate, transform, dispatch, respond. No socket anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assay.dcc.access import COMMAND_VARIANTS, CommandVariant, WebService
from assay.dcc.anomaly.detection import Detection
from assay.dcc.anomaly.quarantine import HeldRequest
from assay.dcc.audit import Audit, Direction, Stage
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.answers import ACKNOWLEDGED, SUCCESS, Answers
from assay.dcc.dsp.check import Check, run_checks
from assay.dcc.dsp.checks import CHECKS
from assay.dcc.dsp.dates import execution_time
from assay.dcc.dsp.door import Door
from assay.dcc.dsp.examination import Books, Examination
from assay.dcc.dsp.execution import AUTHORISATION_LOST
from assay.dcc.dsp.from_devices import FromDevices
from assay.dcc.dsp.modes import Modes
from assay.dcc.dsp.non_device import Answer
from assay.dcc.dsp.reading import ReceivedRequest, RemoteUnanswerableError, read_request
from assay.dcc.dsp.request_checks import command_of
from assay.dcc.dsp.upkeep import Upkeep
from assay.dcc.faults import DccFaults
from assay.dcc.registration_watch import RegistrationWatch
from assay.duis.errors import RemoteDocumentError
from assay.duis.responses import Acknowledgement, LocalCommand, PreCommand
from assay.gbcs.identifiers import Eui64


@dataclass(slots=True, kw_only=True)
class Dsp:
    """Handed documents and messages, and the time; a `WanDsp` for the SM WAN.

    `checks` is the order of examination; a test hands in a part of it.
    """

    books: Books
    answers: Answers
    modes: Modes
    from_devices: FromDevices
    upkeep: Upkeep
    detection: Detection
    registration_watch: RegistrationWatch
    audit: Audit
    faults: DccFaults
    now: Callable[[], datetime]
    handlers: Mapping[str, Callable[[Examination], Answer]] = field(default_factory=dict)
    """Of requests that the DCC answers itself, by variant."""
    checks: Sequence[Check] = field(default=CHECKS)
    variants: Mapping[int, CommandVariant] = field(default_factory=lambda: COMMAND_VARIANTS)
    """Where the Command of each command variant goes."""

    def handle(
        self,
        service: WebService,
        document: bytes,
        caller: Eui64 | None = None,
        door: Door = Door.GATEWAY,
    ) -> bytes:
        """The signed synchronous answer to one document; what it promises is safe by then.

        `caller` is the party whose TLS certificate was shown, None where TLS is off.

        Raises:
            RemoteDocumentError, RemoteUnanswerableError: nothing that a DUIS Response could
                answer; nothing has changed.
        """
        try:
            received = read_request(document, self.books.trust)
        except (RemoteDocumentError, RemoteUnanswerableError) as error:
            self.audit.record(
                Direction.FROM_USER, "request", party=caller, note=str(error), octets=document
            )
            raise
        with self.books.store.transaction():
            return self._handle(service, document, caller, door, received)

    def _handle(
        self,
        service: WebService,
        document: bytes,
        caller: Eui64 | None,
        door: Door,
        received: ReceivedRequest,
    ) -> bytes:
        examination = Examination(
            books=self.books,
            at=self.now(),
            service=service,
            caller=caller,
            received=received,
            document=document,
            door=door,
        )
        refusal, stages = run_checks(self.checks, examination)
        code = refusal.code if refusal is not None else SUCCESS
        self._record_request(received, document, stages, code)
        if refusal is not None:
            answer: Answer = (refusal.code, Acknowledgement(srv=received.srv))
        else:
            answer = self._carry_out(examination)
        return self._answer(received, answer)

    def message_up(self, hub_id: bytes, message: bytes) -> None:
        with self.books.store.transaction():
            self.from_devices.message_up(hub_id, message)

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        with self.books.store.transaction():
            self.from_devices.power_lost(hub_id, since)

    def resume(self) -> None:
        """Take up what the books hold: Commands in flight, held requests, deadlines."""
        self.modes.resume()
        self.books.estate.resume()
        self.upkeep.resume()
        self.registration_watch.start()

    def stop(self) -> None:
        """Nothing more is sent, no deadline strikes; the books stay as they are."""
        self.modes.stop()
        self.books.estate.stop()
        self.upkeep.stop()
        self.registration_watch.stop()

    def _carry_out(self, examination: Examination) -> Answer:
        """All checks have passed."""
        request = examination.request
        if examination.is_signed:
            self.books.pre_commands.spend(request.request_id)
        else:
            self.books.counters.accept(request.request_id)
        if self.detection.holds_request(examination):
            return ACKNOWLEDGED, Acknowledgement(srv=request.srv)
        return self._perform(examination)

    def release(self, held: HeldRequest) -> None:
        """A request that was in quarantine: all checks again, then as if it had come now."""
        received = read_request(held.document, self.books.trust)
        examination = Examination(
            books=self.books,
            at=self.now(),
            service=held.service,
            caller=held.caller,
            received=received,
            document=held.document,
            is_released=True,
        )
        refusal, stages = run_checks(self.checks, examination)
        code = refusal.code if refusal is not None else SUCCESS
        self._record_request(received, held.document, stages, code, kind="released request")
        request_id = received.request_id
        if refusal is not None:
            self.from_devices.alerts.command_failed(
                AUTHORISATION_LOST, request_id, request_id.target
            )
            return
        code, body = self._perform(examination)
        if code != ACKNOWLEDGED:
            self.from_devices.deliver(self.answers.late_answer(request_id, body, code))

    def _perform(self, examination: Examination) -> Answer:
        request = examination.request
        if examination.is_non_device:
            return self.handlers[request.srv](examination)
        if request.command_variant == 4:
            return self._return_pre_command(examination)
        return self._dispatch(examination)

    def _return_pre_command(self, examination: Examination) -> Answer:
        request = examination.request
        message = self.faults.applied(request, examination.target, command_of(examination))
        self.books.pre_commands.remember(request, message)
        body = PreCommand(
            srv=request.srv,
            gbcs_version=examination.device.gbcs_version or self.books.settings.gbcs_version,
            gbcs_payload=message.to_octets(),
        )
        return SUCCESS, body

    def _dispatch(self, examination: Examination) -> Answer:
        """To the WAN, to the user, or both, as the command variant says; now or later."""
        request, message = examination.request, command_of(examination)
        row = self.variants[request.command_variant]
        original = examination.original if examination.original is not None else request
        accepted = AcceptedRequest(
            request=original,
            signed=message if examination.is_signed else None,
            execute_at=execution_time(original),
        )
        if row.to_wan:
            self.modes.begin(request, accepted, message, examination.device.hub)
        if not row.to_user:
            return ACKNOWLEDGED, Acknowledgement(srv=request.srv)
        local = self.modes.execution.with_mac(message)
        if not row.to_wan:
            self.modes.execution.hand_over(accepted, local)
        return SUCCESS, LocalCommand(srv=request.srv, gbcs_payload=local.to_octets())

    def _answer(self, received: ReceivedRequest, answer: Answer) -> bytes:
        code, body = answer
        document = self.answers.answer(received.request_id, body, code)
        self.audit.record(
            Direction.TO_USER,
            "answer",
            party=received.request_id.originator,
            message_id=received.request_id,
            code=code,
            note=received.srv,
            octets=document,
        )
        return document

    def _record_request(
        self,
        received: ReceivedRequest,
        document: bytes,
        stages: tuple[Stage, ...],
        code: str,
        kind: str = "request",
    ) -> None:
        request = received.request
        variant = f" CV{request.command_variant}" if request is not None else ""
        self.audit.record(
            Direction.FROM_USER,
            kind,
            party=received.request_id.originator,
            device=received.request_id.target,
            message_id=received.request_id,
            code=code,
            stages=stages,
            note=f"{received.srv}{variant}",
            octets=document,
        )
