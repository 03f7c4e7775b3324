"""The files that users write (bench, device, plan) and the requirement catalogue, as typed models.

Three files have three owners: the laboratory, the manufacturer, the customer. All are checked
before anything moves; an error names file, line and key, and an unknown key is an error.
"""

from assay.declarations.bench import Bench, Calibration, Instrument
from assay.declarations.dcc import DccFile
from assay.declarations.declared import (
    Declared,
    built_in_bench,
    built_in_plan,
    parse_bench,
    read_bench,
    read_dcc,
    read_device,
    read_plan,
    read_plan_with,
)
from assay.declarations.device import Device
from assay.declarations.frozen import Declarations, freeze, read_frozen
from assay.declarations.plan import DecisionRule, Plan
from assay.declarations.requirements import Catalogue, Requirement, read_catalogue

__all__ = [
    "Bench",
    "Calibration",
    "Catalogue",
    "DccFile",
    "DecisionRule",
    "Declarations",
    "Declared",
    "Device",
    "Instrument",
    "Plan",
    "Requirement",
    "built_in_bench",
    "built_in_plan",
    "freeze",
    "parse_bench",
    "read_bench",
    "read_catalogue",
    "read_dcc",
    "read_device",
    "read_frozen",
    "read_plan",
    "read_plan_with",
]
