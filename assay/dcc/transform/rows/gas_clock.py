"""The clock of a gas meter: 6.11 and 8.1.1 (GCS28, ASN.1 where ECS70 is DLMS)."""

from __future__ import annotations

from assay.dcc.transform.asn1_values import clock_window
from assay.dcc.transform.payloads import Asn1
from assay.dcc.transform.row import Row

ROWS: tuple[Row, ...] = tuple(
    Row(srv=srv, device_type="GSME", message_code=0x007F, payload=Asn1(value=clock_window))
    for srv in ("6.11", "8.1.1")
)
