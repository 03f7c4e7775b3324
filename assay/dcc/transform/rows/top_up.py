"""Top-up of a prepayment meter with a UTRN: 2.2 (CS01a).

The user makes the UTRN under the originator counter of the request (gbcs.md 8), so the
Command carries its digits as they are.
"""

from __future__ import annotations

from assay.dcc.transform.payloads import Dlms
from assay.dcc.transform.row import Row
from assay.dcc.transform.values import text

ROWS: tuple[Row, ...] = (
    Row(
        srv="2.2",
        device_type="ESME",
        message_code=0x0007,
        payload=Dlms(values={"PrepaymentCredit: addCredit": text("UTRN")}),
    ),
)
