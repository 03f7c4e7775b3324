"""Settings and supply of a GSME: GCS23, 24, 24a, 25, 25a, 32, 39."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.expected import Node, Want
from assay.adapter.correlation.gbz_values import (
    METERING,
    PRICE,
    Components,
    always,
    coded,
    component,
    components,
    decimal,
    number,
)
from assay.adapter.correlation.times import ZCL_NOW, zcl_time

_FIVE_DECIMALS, _ONE_DECIMAL = 0x50, 0x10
_MEGAJOULE_PER_M3 = 1

GCS23 = components(
    component(
        "conversion factor",
        PRICE,
        0x02,
        lambda asked: {
            "start_time": always(ZCL_NOW),
            "conversion_factor": decimal(asked, "ConversionFactor", 5),
            "trailing_digit": always(_FIVE_DECIMALS),
        },
        provider=False,
    ),
    component(
        "calorific value",
        PRICE,
        0x03,
        lambda asked: {
            "start_time": always(ZCL_NOW),
            "calorific_value": decimal(asked, "CalorificValue", 1),
            "unit": always(_MEGAJOULE_PER_M3),
            "trailing_digit": always(_ONE_DECIMAL),
        },
        provider=False,
    ),
)

_STATES = {"Unchanged": 3, "Locked": 0}
"""Unchanged is verified, Locked published."""
_CUBIC_METRES = 1


def _flow(threshold: Callable[[Asked], Want], divisor: int) -> Components:
    return component(
        "uncontrolled flow threshold",
        METERING,
        0x0E,
        lambda asked: {
            "threshold": threshold(asked),
            "unit": always(_CUBIC_METRES),
            "multiplier": always(1),
            "divisor": always(divisor),
            "stabilisation": number(asked, "StabilisationPeriod"),
            "measurement": number(asked, "MeasurementPeriod"),
        },
    )


_SUPPLY_STATES = component(
    "supply states",
    METERING,
    0x0D,
    lambda asked: {
        "tamper_state": coded(asked, "SupplyTamperState", _STATES),
        "depletion_state": coded(asked, "SupplyDepletionState", _STATES),
        "uncontrolled_flow_state": always(0),
        "load_limit_state": always(3),
    },
    provider=False,
)
GCS24 = components(_flow(lambda asked: number(asked, "UncontrolledGasFlowRate"), 1), _SUPPLY_STATES)
GCS24A = components(
    _flow(lambda asked: decimal(asked, "UncontrolledGasFlowRateDecimal", 4), 10_000),
    _SUPPLY_STATES,
)

_PERIODS = {
    "Daily": (1, 0x21),
    "Weekly": (1, 0x22),
    "Monthly": (1, 0x23),
    "Quarterly": (3, 0x23),
    "SixMonthly": (6, 0x23),
    "Yearly": (12, 0x23),
}
"""Number and kind (1 days, 2 weeks, 3 months; 2 in the upper nibble: no start of a time base).
Monthly and six-monthly are verified; the kinds are published, the other rows inferred."""
_BLOCK_PERIOD_CONTROL, _BLOCK_PERIOD = 0b10, 1


def _period(asked: Asked) -> dict[str, Node]:
    path = "GasBillingCalendar/Periodicity"
    name, where = asked.leaf(path, str)
    duration, kind = _PERIODS[name]
    return {
        "start_time": zcl_time(asked, "GasBillingCalendar/BillingPeriodStart"),
        "duration": Want(duration, where, name),
        "duration_type": Want(kind, where, name),
        "tariff_type": always(0),
    }


def _block_period(asked: Asked) -> Mapping[str, Node]:
    return _period(asked) | {
        "control": always(_BLOCK_PERIOD_CONTROL),
        "tariff_resolution_period": always(_BLOCK_PERIOD),
    }


GCS25 = components(
    component("billing period", PRICE, 0x09, _period),
    component("block period", PRICE, 0x01, _block_period),
)


def _supply(name: str, status: int) -> Components:
    return component(
        f"supply: {name}",
        METERING,
        0x0B,
        lambda _: {
            "request_time": always(ZCL_NOW),
            "implementation_time": always(ZCL_NOW),
            "proposed_status": always(status),
            "control_bits": always(1),
        },
    )


GCS32 = components(_supply("disable", 0))
GCS39 = components(_supply("arm", 1))
