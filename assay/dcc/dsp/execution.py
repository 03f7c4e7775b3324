"""Carrying out what was held: access is checked again, then the Command is made and sent.

What was right when the request came may be wrong when its time comes: the user may not be
registered any more, the device may have gone (duis.md 7, F6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.change_of_supplier import is_refused
from assay.dcc.dsp.check import Check, Refusal, run_checks
from assay.dcc.dsp.commands import CommandInFlight, Commands
from assay.dcc.dsp.dates import Dating, dating
from assay.dcc.dsp.examination import Books, Examination
from assay.dcc.dsp.request_checks import REQUEST_CHECKS, command_of
from assay.dcc.dsp.rights import RIGHT_CHECKS, examination_of
from assay.dcc.transform import with_broker_mac
from assay.duis.requests import Request, SignedPreCommand
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

CONTENT_CHECKS: tuple[Check, ...] = tuple(
    check for check in REQUEST_CHECKS if check.name in ("device key", "transformation")
)

AUTHORISATION_LOST, DATED_FAILED = "N3", "N11"


@dataclass(slots=True, kw_only=True)
class Execution:
    """`fail` is told of what cannot be carried out, with AUTHORISATION_LOST or DATED_FAILED;
    `sent` of every Command that goes to a device."""

    books: Books
    commands: Commands
    audit: Audit
    fail: Callable[[str, AcceptedRequest], None]
    sent: Callable[[Request, Message], None]

    def carry_out(self, accepted: AcceptedRequest) -> None:
        """After the time of waiting."""
        request = as_on_demand(accepted.request)
        examination = examination_of(request, self.books, accepted.signed)
        code = AUTHORISATION_LOST
        refusal = self._checked(RIGHT_CHECKS, examination, accepted)
        if refusal is None:
            code = DATED_FAILED
            refusal = self._checked(CONTENT_CHECKS, examination, accepted)
        if refusal is not None:
            self.fail(code, accepted)
            return
        self.send(accepted, command_of(examination), examination.device.hub)

    def send(self, accepted: AcceptedRequest, message: Message, hub: Eui64 | None) -> None:
        """Add the broker's MAC and send it over the SM WAN; nothing goes where the change of
        supplier party does not sign."""
        if is_refused(self.books.estate, accepted.request):
            return
        self.commands.send(self._command(accepted, self.with_mac(message), hub))
        self.sent(accepted.request, message)

    def hand_over(self, accepted: AcceptedRequest, message: Message) -> None:
        """The Command went to the user, MAC and all; the response comes by 8.13."""
        self.commands.hand_over(self._command(accepted, message, None))

    def with_mac(self, message: Message) -> Message:
        secret = self.books.broker.secret_with(message.recipient)
        if secret is None:
            raise LookupError(f"the device key check comes first: none of {message.recipient}")
        return with_broker_mac(self.books.dcc_parties.signed(message), secret)

    def _command(
        self, accepted: AcceptedRequest, message: Message, hub: Eui64 | None
    ) -> CommandInFlight:
        return CommandInFlight(
            request=accepted.request,
            message=message,
            hub=hub,
            errand=accepted.errand,
            schedule_id=accepted.schedule_id,
        )

    def _checked(
        self, checks: Sequence[Check], examination: Examination, accepted: AcceptedRequest
    ) -> Refusal | None:
        if accepted.signed is not None:
            checks = [check for check in checks if check.name != "transformation"]
        refusal, stages = run_checks(checks, examination)
        if refusal is not None:
            self.audit.record(
                Direction.INSIDE,
                "execution",
                party=accepted.user,
                device=accepted.device,
                message_id=accepted.request_id,
                code=refusal.code,
                stages=stages,
                note=f"{accepted.errand}: {refusal.detail}",
            )
        return refusal


def as_on_demand(request: Request) -> Request:
    """Without the date that the DSP has waited for: the device is to act at once.

    A critical one is transformed no more: the user has signed it.
    """
    if isinstance(request.body, SignedPreCommand) or dating(request) is not Dating.AT_DSP:
        return request
    body = {name: value for name, value in request.body.items() if name != "ExecutionDateTime"}
    return replace(request, body=body)
