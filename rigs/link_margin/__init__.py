"""The link-margin procedure: path loss at a delivery, with its uncertainty, on either band."""

from rigs.link_margin.binomial import bounds, lower_bound, upper_bound
from rigs.link_margin.budget import FixedLosses, cables
from rigs.link_margin.curve import Crossing, Curve
from rigs.link_margin.procedure import (
    Exchange,
    LinkStaysLostError,
    MarginPlan,
    MarginProcedure,
    plain_sweep,
)
from rigs.link_margin.result import DeliveryStep, Estimate, MarginResult
from rigs.link_margin.shape import Count

__all__ = [
    "Count",
    "Crossing",
    "Curve",
    "DeliveryStep",
    "Estimate",
    "Exchange",
    "FixedLosses",
    "LinkStaysLostError",
    "MarginPlan",
    "MarginProcedure",
    "MarginResult",
    "bounds",
    "cables",
    "lower_bound",
    "plain_sweep",
    "upper_bound",
]
