"""The transformation of service requests to GBCS Commands: pure, table-driven, byte-exact."""

from assay.dcc.transform.command import (
    brings_key,
    find_row,
    needs_broker_counter,
    transform,
    with_broker_mac,
    with_dcc_signature,
)
from assay.dcc.transform.errors import (
    BrokerCounterMissingError,
    NoTransformationError,
    RecordMissingError,
    TransformationError,
    UnencodableContentError,
)
from assay.dcc.transform.frame import Occasion
from assay.dcc.transform.records import OtherDevice, Records, device_log_of
from assay.dcc.transform.target import Target

__all__ = [
    "BrokerCounterMissingError",
    "NoTransformationError",
    "Occasion",
    "OtherDevice",
    "RecordMissingError",
    "Records",
    "Target",
    "TransformationError",
    "UnencodableContentError",
    "brings_key",
    "device_log_of",
    "find_row",
    "needs_broker_counter",
    "transform",
    "with_broker_mac",
    "with_dcc_signature",
]
