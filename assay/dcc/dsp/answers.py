"""Building and signing what the DCC says: acknowledgements, responses, alerts.

Which key signs what (duis.md 3): the transform key responses that carry a Pre-Command, the
broker's key everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from assay.dcc.dsp.records import Counter
from assay.duis.document import CanonicalXml
from assay.duis.identifiers import MessageId, RequestId
from assay.duis.requests import Request
from assay.duis.responses import (
    Acknowledgement,
    DccAlert,
    DccOnlyResponse,
    DeviceAlert,
    DspScheduledMessage,
    FutureDatedDeviceAlert,
    PreCommand,
    Response,
    ResponseBody,
    ServiceResponse,
    build_response,
)
from assay.duis.signature import sign_canonical
from assay.duis.values import Content
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PrivateKey

SUCCESS, ACKNOWLEDGED = "I0", "I99"


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlSigner:
    private_key: PrivateKey
    certificate: x509.Certificate

    def sign(self, content: CanonicalXml) -> bytes:
        return sign_canonical(content, self.private_key, self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A signed document for a user; `message_id` is its RequestID or ResponseID.

    `srv` is the variant that a response answers.
    """

    user: Eui64
    document: bytes
    kind: str
    message_id: MessageId
    code: str
    srv: str | None = None


@dataclass(slots=True, kw_only=True)
class Answers:
    """`transform_signer` and `broker_signer` may be one key, as in the test environment."""

    broker: Eui64
    transform_signer: XmlSigner
    broker_signer: XmlSigner
    now: Callable[[], datetime]
    alert_counter: Counter = field(default_factory=Counter)

    def refusal(self, request_id: RequestId, srv: str, code: str) -> bytes:
        return self._signed(code, Acknowledgement(srv=srv), request_id)

    def answer(self, request_id: RequestId, body: ResponseBody, code: str = SUCCESS) -> bytes:
        """The synchronous answer to a request."""
        return self._signed(code, body, request_id)

    def service_response(self, request_id: RequestId, srv: str, gbcs_payload: bytes) -> Letter:
        """What a device answered, for the user who asked."""
        return Letter(
            user=request_id.originator,
            document=self._signed(
                SUCCESS,
                ServiceResponse(srv=srv, gbcs_payload=gbcs_payload),
                request_id,
                request_id.answered(),
            ),
            kind="response",
            message_id=request_id,
            code=SUCCESS,
            srv=srv,
        )

    def late_answer(self, request_id: RequestId, body: ResponseBody, code: str) -> Letter:
        """What would have been the synchronous answer, had the request not been held."""
        return Letter(
            user=request_id.originator,
            document=self._signed(code, body, request_id, request_id.answered()),
            kind="late answer",
            message_id=request_id,
            code=code,
        )

    def customer_number(self, request_id: RequestId, number: str, gbcs_payload: bytes) -> Letter:
        """9.1: what the meter answered, with the number that it shows now."""
        content: Content = {"GBCSPayload": gbcs_payload, "CustomerIdentificationNumber": number}
        body = DccOnlyResponse(srv="9.1", element="CINMessage", content=content)
        return Letter(
            user=request_id.originator,
            document=self._signed(SUCCESS, body, request_id, request_id.answered()),
            kind="response",
            message_id=request_id,
            code=SUCCESS,
            srv="9.1",
        )

    def scheduled_response(
        self, request_id: RequestId, srv: str, gbcs_payload: bytes, schedule_id: int
    ) -> Letter:
        """What a device answered to a run of a schedule: under a ResponseID alone, because the
        user has sent no such request (inferred)."""
        body = DspScheduledMessage(srv=srv, gbcs_payload=gbcs_payload, dsp_schedule_id=schedule_id)
        return Letter(
            user=request_id.originator,
            document=self._signed(SUCCESS, body, None, request_id.answered()),
            kind="scheduled response",
            message_id=request_id,
            code=SUCCESS,
            srv=srv,
        )

    def dated_outcome(
        self, request: Request, code: int, gbcs_payload: bytes, number: int, total: int
    ) -> Letter:
        """One instruction of a Command that the device had held: number x of y."""
        request_id = request.request_id
        body = FutureDatedDeviceAlert(
            srv=request.srv,
            alert_code=code.to_bytes(2, "big"),
            gbcs_payload=gbcs_payload,
            instruction_number=number,
            total_command_instructions=total,
        )
        return Letter(
            user=request_id.originator,
            document=self._signed(SUCCESS, body, request_id, request_id.answered()),
            kind="future dated device alert",
            message_id=request_id,
            code=f"{code:04X}",
        )

    def device_alert(
        self, device: Eui64, user: Eui64, counter: int, alert_code: int, gbcs_payload: bytes
    ) -> Letter:
        response_id = MessageId(device, user, counter)
        body = DeviceAlert(alert_code=alert_code.to_bytes(2, "big"), gbcs_payload=gbcs_payload)
        return Letter(
            user=user,
            document=self._signed(SUCCESS, body, None, response_id),
            kind="device alert",
            message_id=response_id,
            code=f"{alert_code:04X}",
        )

    def dcc_alert(
        self,
        user: Eui64,
        code: str,
        element: str,
        content: Content,
        response_code: str = SUCCESS,
    ) -> Letter:
        """The ResponseID counts the alerts of this DCC (inferred)."""
        response_id = MessageId(self.broker, user, self.alert_counter.next())
        body = DccAlert(code=code, element=element, content=content)
        return Letter(
            user=user,
            document=self._signed(response_code, body, None, response_id),
            kind="DCC alert",
            message_id=response_id,
            code=code,
        )

    def _signed(
        self,
        code: str,
        body: ResponseBody,
        request_id: RequestId | None,
        response_id: MessageId | None = None,
    ) -> bytes:
        response = Response(
            response_code=code,
            response_date_time=self.now(),
            body=body,
            request_id=request_id,
            response_id=response_id,
        )
        is_pre_command = isinstance(body, PreCommand)
        signer = self.transform_signer if is_pre_command else self.broker_signer
        return signer.sign(build_response(response))
