"""What the rows of electricity meters share."""

from __future__ import annotations

from assay.dcc.transform.payloads import Dlms, Payload
from assay.dcc.transform.row import Circumstances, Condition, Origin, Row
from assay.dcc.transform.values import log_period

READ = Dlms()
READ_LOG = Dlms(selection=log_period)


def esme(
    srv: str,
    message_code: int,
    payload: Payload = READ,
    when: Condition | None = None,
    *,
    origin: Origin = Origin.PARTY,
) -> Row:
    return Row(
        srv=srv,
        device_type="ESME",
        message_code=message_code,
        payload=payload,
        when=when,
        origin=origin,
    )


def is_network_operator(circumstances: Circumstances) -> bool:
    return circumstances.is_network_operator
