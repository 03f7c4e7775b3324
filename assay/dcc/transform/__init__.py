"""The transformation of service requests to GBCS Commands: pure, table-driven, byte-exact."""

from assay.dcc.transform.command import find_row, needs_broker_counter, transform, with_broker_mac
from assay.dcc.transform.errors import (
    BrokerCounterMissingError,
    NoTransformationError,
    TransformationError,
    UnencodableContentError,
)
from assay.dcc.transform.target import Target

__all__ = [
    "BrokerCounterMissingError",
    "NoTransformationError",
    "Target",
    "TransformationError",
    "UnencodableContentError",
    "find_row",
    "needs_broker_counter",
    "transform",
    "with_broker_mac",
]
