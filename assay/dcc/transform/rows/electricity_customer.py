"""What customers see of electricity meters, and who may see it: 3.x and 9.1.

Requests are dated by the DSP, if at all, so no date of execution travels. 3.3 needs the kind of
log for a meter; the schema has it optional, since gas meters have one log only. Inferred:
without it nothing is cleared.
"""

from __future__ import annotations

from datetime import datetime

from assay.dcc.transform.calendar_values import ascii_octets, date_time
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Dlms
from assay.dcc.transform.row import Origin, Row, says
from assay.dcc.transform.rows.electricity import esme
from assay.dcc.transform.values import Source, constant, text
from assay.duis.values import field
from assay.gbcs.dlms.data import Data, integer, octet_string


def _restriction(frame: Frame) -> Data:
    return date_time(field(frame.body, "RestrictionDateTime", datetime))


def _customer_number(frame: Frame) -> Data:
    number = frame.occasion.customer_number
    return octet_string(ascii_octets("customer identification number", number))


def _cleared(log: str) -> Dlms:
    clear: Source = constant(integer(0))
    return Dlms(values={log: clear})


_KIND_OF_LOG = "ESMEEventLogType"

ROWS: tuple[Row, ...] = (
    esme("3.1", 0x0021, Dlms(values={"SupplierMessage": text("SupplierMessage")})),
    esme("3.2", 0x0022, Dlms(values={"restrictDataDateTime": _restriction})),
    esme("3.3", 0x0024, _cleared("EventLog(incGPF)"), says(_KIND_OF_LOG, "ESME")),
    esme("3.3", 0x00C1, _cleared("AuxiliaryControllerEventLog"), says(_KIND_OF_LOG, "ALCS")),
    esme(
        "3.4",
        0x0025,
        Dlms(
            values={
                "ContactDetails: supplierTelephoneNumber": text("SupplierTelephoneNumber"),
                "ContactDetails: supplierName": text("SupplierName"),
            }
        ),
    ),
    esme("3.5", 0x0023, Dlms(values={"DisablePrivacyPinProtection": constant(octet_string(b""))})),
    esme(
        "9.1",
        0x0058,
        Dlms(values={"CustomerIdentificationNumber": _customer_number}),
        origin=Origin.BROKER_FOR_PARTY,
    ),
)
