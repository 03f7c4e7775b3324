"""A request that has passed all checks and is carried out now or later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assay.dcc.dsp.commands import Errand
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRequest:
    """`request` is what was asked; `signed` the Command that the user signed, None where the
    DSP makes it when its time comes."""

    request: Request
    signed: Message | None = None
    execute_at: datetime | None = None
    errand: Errand = Errand.ON_DEMAND
    schedule_id: int | None = None

    @property
    def request_id(self) -> RequestId:
        return self.request.request_id

    @property
    def user(self) -> Eui64:
        return self.request.request_id.originator

    @property
    def device(self) -> Eui64:
        return self.request.request_id.target

    @property
    def service(self) -> str:
        """Of whom, what, at which device: a later dated request takes the place of this one."""
        return service_key(self.user, self.device, self.request.srv)


def service_key(user: Eui64, device: Eui64, srv: str) -> str:
    return f"{user.hex()}/{device.hex()}/{srv}"
