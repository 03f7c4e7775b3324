"""What a DCC User has received: verified, parsed, matched by RequestID; duplicates marked.

Delivery is at least once, so the same document may come again (duis.md 4).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assay.adapter.errors import RemoteDeviceError
from assay.adapter.parsing import DeviceMessage, parse_device_message
from assay.duis.errors import RemoteDuisError
from assay.duis.identifiers import RequestId
from assay.duis.responses import (
    DccAlert,
    DccOnlyResponse,
    DeviceAlert,
    DspScheduledMessage,
    FutureDatedDeviceAlert,
    Response,
    ServiceResponse,
    verified_response,
)
from assay.duis.signature import FindCertificate, verify
from assay.gbcs.keys import KeyStore

_FROM_A_DEVICE = (ServiceResponse, DspScheduledMessage, DeviceAlert, FutureDatedDeviceAlert)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One document. `device` is what the device said; `problem` why its words do not hold."""

    at: datetime
    document: bytes
    response: Response
    device: DeviceMessage | None = None
    problem: str | None = None
    is_duplicate: bool = False

    @property
    def alert_code(self) -> int | None:
        return self.device.alert_code if self.device is not None else None

    @property
    def dcc_alert_code(self) -> str | None:
        body = self.response.body
        return body.code if isinstance(body, DccAlert) else None


@dataclass(slots=True)
class Inbox:
    """Append-only; documents that are no signed DUIS Response are refused and kept apart."""

    now: Callable[[], datetime]
    keys: KeyStore
    find_certificate: FindCertificate
    received: list[Received] = field(default_factory=list)
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    taps: list[Callable[[Received], None]] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)

    def take(self, document: bytes) -> bool:
        """False where the document is refused."""
        try:
            response = verified_response(verify(document, self.find_certificate))
        except RemoteDuisError as error:
            self.refused.append((document, str(error)))
            return False
        fingerprint = hashlib.sha256(document).digest()
        device, problem = self._device_message(response)
        received = Received(
            at=self.now(),
            document=document,
            response=response,
            device=device,
            problem=problem,
            is_duplicate=fingerprint in self._seen,
        )
        self._seen.add(fingerprint)
        self.received.append(received)
        for tap in self.taps:
            tap(received)
        return True

    def _device_message(self, response: Response) -> tuple[DeviceMessage | None, str | None]:
        payload = _said_by_a_device(response.body)
        if payload is None:
            return None, None
        try:
            return parse_device_message(payload, self.keys), None
        except RemoteDeviceError as error:
            return None, str(error)

    def response_to(self, request_id: RequestId) -> Received | None:
        for received in self.received:
            if received.response.request_id == request_id:
                return received
        return None


def _said_by_a_device(body: object) -> bytes | None:
    """What a device said, where it said any of it; a customer number (9.1) comes with it."""
    if isinstance(body, _FROM_A_DEVICE):
        return body.gbcs_payload
    if isinstance(body, DccOnlyResponse):
        payload = body.content.get("GBCSPayload")
        return payload if isinstance(payload, bytes) else None
    return None
