"""The Request as a whole: header, one of 129 request elements or a Signed Pre-Command."""

from __future__ import annotations

from assay.duis.schema import (
    configuration,
    firmware,
    inventory,
    prepayment,
    readings,
    schedules,
    supply_and_load,
    tariffs,
)
from assay.duis.schema.model import content, either, maybe, one
from assay.duis.schema.simple_types import (
    BASE64,
    BOOLEAN,
    DATE_TIME,
    MESSAGE_ID,
    SERVICE_REFERENCE,
    SERVICE_REFERENCE_VARIANT,
    integer,
)

SIGNED_PRE_COMMAND = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("GBCSPayload", BASE64),
)

REQUEST_ELEMENTS = (
    *tariffs.ELEMENTS,
    *prepayment.ELEMENTS,
    *readings.ELEMENTS,
    *schedules.ELEMENTS,
    *configuration.ELEMENTS,
    *supply_and_load.ELEMENTS,
    *inventory.ELEMENTS,
    *firmware.ELEMENTS,
)

REQUEST = content(
    one(
        "Header",
        content(
            one("RequestID", MESSAGE_ID),
            maybe("FirstInSequence", BOOLEAN),
            maybe("PrecedingServiceRequestID", MESSAGE_ID),
            one("CommandVariant", integer(1, 9)),
            one("ServiceReference", SERVICE_REFERENCE),
            one("ServiceReferenceVariant", SERVICE_REFERENCE_VARIANT),
        ),
    ),
    one(
        "Body",
        content(
            either(
                *REQUEST_ELEMENTS,
                one("SignedPreCommand", SIGNED_PRE_COMMAND),
            )
        ),
    ),
)
