"""The DSP: authenticate, authorise, validate, transform, dispatch, respond. No socket anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assay.dcc.access import COMMAND_VARIANTS, WebService
from assay.dcc.audit import Audit, Direction, Stage
from assay.dcc.dsp.answers import ACKNOWLEDGED, SUCCESS, Answers
from assay.dcc.dsp.check import Check, run_checks
from assay.dcc.dsp.checks import CHECKS
from assay.dcc.dsp.commands import CommandInFlight, Commands
from assay.dcc.dsp.examination import Books, Examination
from assay.dcc.dsp.from_devices import FromDevices
from assay.dcc.dsp.non_device import HANDLERS, Answer
from assay.dcc.dsp.reading import ReceivedRequest, RemoteUnanswerableError, read_request
from assay.dcc.dsp.request_checks import command_of
from assay.dcc.faults import DccFaults
from assay.dcc.transform import with_broker_mac
from assay.duis.errors import RemoteDocumentError
from assay.duis.responses import Acknowledgement, LocalCommand, PreCommand
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64


@dataclass(slots=True, kw_only=True)
class Dsp:
    """Handed documents and messages, and the time; a `WanDsp` for the SM WAN.

    `checks` is the order of examination; a test hands in a part of it.
    """

    books: Books
    answers: Answers
    commands: Commands
    from_devices: FromDevices
    audit: Audit
    faults: DccFaults
    now: Callable[[], datetime]
    checks: Sequence[Check] = field(default=CHECKS)

    def handle(self, service: WebService, document: bytes, caller: Eui64 | None = None) -> bytes:
        """The signed synchronous answer to one document.

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
        examination = Examination(
            books=self.books, at=self.now(), service=service, caller=caller, received=received
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
        self.from_devices.message_up(hub_id, message)

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        self.from_devices.power_lost(hub_id, since)

    def stop(self) -> None:
        """Forget what is in flight: nothing more is sent, no deadline strikes."""
        self.commands.stop()
        self.from_devices.joining.stop()

    def _carry_out(self, examination: Examination) -> Answer:
        """All checks have passed."""
        request = examination.request
        if examination.is_signed:
            self.books.pre_commands.spend(request.request_id)
        else:
            self.books.counters.accept(request.request_id)
        if examination.is_non_device:
            return HANDLERS[request.srv](examination)
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
        """Add the broker's MAC; to the WAN, to the user, or both, as the command variant says."""
        request, device = examination.request, examination.device
        row = COMMAND_VARIANTS[request.command_variant]
        message = self._with_mac(command_of(examination))
        if row.to_wan:
            original = examination.original if examination.original is not None else request
            self.commands.send(CommandInFlight(request=original, message=message, hub=device.hub))
        if row.to_user:
            return SUCCESS, LocalCommand(srv=request.srv, gbcs_payload=message.to_octets())
        return ACKNOWLEDGED, Acknowledgement(srv=request.srv)

    def _with_mac(self, message: Message) -> Message:
        secret = self.books.broker.secret_with(message.recipient)
        if secret is None:
            raise LookupError(f"the device key check comes first: none of {message.recipient}")
        return with_broker_mac(message, secret)

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
    ) -> None:
        request = received.request
        variant = f" CV{request.command_variant}" if request is not None else ""
        self.audit.record(
            Direction.FROM_USER,
            "request",
            party=received.request_id.originator,
            device=received.request_id.target,
            message_id=received.request_id,
            code=code,
            stages=stages,
            note=f"{received.srv}{variant}",
            octets=document,
        )
