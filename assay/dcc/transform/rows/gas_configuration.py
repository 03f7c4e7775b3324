"""Services that set gas devices up: 3.x, 6.x, 7.2, 7.3, 9.1, 14.1."""

from __future__ import annotations

from assay.dcc.transform.gas_alerts import alert_settings
from assay.dcc.transform.gbz import FieldSource, Gbz, gbz, one
from assay.dcc.transform.gbz_values import (
    NOW,
    issued,
    moment,
    number,
    scaled,
    text,
    word,
)
from assay.dcc.transform.row import Circumstances, Origin, Row, all_of
from assay.dcc.transform.rows.gas import GPF, holds, lacks, rows
from assay.duis.values import find

_UNTIL_CHANGED = 0xFFFF
MESSAGE = gbz(
    # Number and start are inferred: shown at once, and numbered as other commands are.
    one(
        "DisplayMessage",
        {
            "message_id": issued,
            "control": 0,
            "start_time": NOW,
            "duration_min": _UNTIL_CHANGED,
            "message": text("SupplierMessage"),
        },
    )
)
_CLEAR_CONSUMER_DATA = 0x00000200
CHANGE_OF_TENANCY = gbz(
    one(
        "PublishChangeOfTenancy",
        {
            "provider_id": 0,
            "issuer_event_id": issued,
            "tariff_type": 0,
            "implementation_time": moment("RestrictionDateTime"),
            "control": _CLEAR_CONSUMER_DATA,
        },
    )
)
_GENERAL_EVENT_LOG = 3
CLEAR_EVENT_LOG = gbz(one("ClearEventLogRequest", {"log_id": _GENERAL_EVENT_LOG}))
CONTACT_DETAILS = gbz(
    one(
        "PublishChangeOfSupplier",
        {
            "provider_id": 0,
            "issuer_event_id": issued,
            "tariff_type": 0,
            "proposed_provider_id": 0,
            "implementation_time": NOW,
            "control": 0x00001800,
            "proposed_name": text("SupplierName"),
            "proposed_contact": text("SupplierTelephoneNumber"),
        },
    )
)
NO_PRIVACY_PIN = gbz(
    one(
        "RequestNewPasswordResponse",
        {
            "issuer_event_id": issued,
            "implementation_time": NOW,
            "duration_min": 0,
            "password_type": 2,
            "password": "",
        },
    )
)

_FIVE_DECIMALS = 0x50
_ONE_DECIMAL = 0x10
_MEGAJOULES_PER_CUBIC_METRE = 1
GAS_CONVERSION = gbz(
    one(
        "PublishConversionFactor",
        {
            "issuer_event_id": issued,
            "start_time": NOW,
            "conversion_factor": scaled("ConversionFactor", 5),
            "trailing_digit": _FIVE_DECIMALS,
        },
    ),
    one(
        "PublishCalorificValue",
        {
            "issuer_event_id": issued,
            "start_time": NOW,
            "calorific_value": scaled("CalorificValue", 1),
            "unit": _MEGAJOULES_PER_CUBIC_METRE,
            "trailing_digit": _ONE_DECIMAL,
        },
    ),
)

_SUPPLY_STATES = {"Locked": 0, "Unchanged": 3}
_CUBIC_METRES_PER_HOUR = 1


def _gas_flow(threshold: FieldSource, divisor: int) -> Gbz:
    return gbz(
        one(
            "SetUncontrolledFlowThreshold",
            {
                "provider_id": 0,
                "issuer_event_id": issued,
                "threshold": threshold,
                "unit": _CUBIC_METRES_PER_HOUR,
                "multiplier": 1,
                "divisor": divisor,
                "stabilisation": number("StabilisationPeriod"),
                "measurement": number("MeasurementPeriod"),
            },
        ),
        one(
            "SetSupplyStatus",
            {
                "issuer_event_id": issued,
                "tamper_state": word("SupplyTamperState", _SUPPLY_STATES),
                "depletion_state": word("SupplyDepletionState", _SUPPLY_STATES),
                "uncontrolled_flow_state": 0,
                "load_limit_state": _SUPPLY_STATES["Unchanged"],
            },
        ),
    )


WHOLE_FLOW = _gas_flow(number("UncontrolledGasFlowRate"), 1)
DECIMAL_FLOW = _gas_flow(scaled("UncontrolledGasFlowRateDecimal", 4), 10_000)

_DAYS, _WEEKS, _MONTHS = 0x21, 0x22, 0x23
_PERIODS = {
    "Daily": (1, _DAYS),
    "Weekly": (1, _WEEKS),
    "Monthly": (1, _MONTHS),
    "Quarterly": (3, _MONTHS),
    "SixMonthly": (6, _MONTHS),
    "Yearly": (12, _MONTHS),
}
"""Duration and its type. Six months are in a national command; the use case says of the
others only that the two together allow for them, so that three and twelve are inferred."""
_SHORT_PERIODS = ("Daily", "Weekly", "Monthly")
_PERIODICITY = "GasBillingCalendar/Periodicity"
_PERIOD = {
    "provider_id": 0,
    "issuer_event_id": issued,
    "start_time": moment("GasBillingCalendar/BillingPeriodStart"),
    "duration": word(_PERIODICITY, {name: period[0] for name, period in _PERIODS.items()}),
    "duration_type": word(_PERIODICITY, {name: period[1] for name, period in _PERIODS.items()}),
    "tariff_type": 0,
}
BILLING_CALENDAR = gbz(
    one("PublishBillingPeriod", _PERIOD),
    one("PublishBlockPeriod", {**_PERIOD, "control": 2, "tariff_resolution_period": 1}),
)

METERING_POINT = gbz(
    one(
        "UpdateSiteId",
        {
            "issuer_event_id": issued,
            "implementation_time": NOW,
            "provider_id": 0,
            "site_id": text("ImportMPRN"),
        },
    )
)
CUSTOMER_NUMBER = gbz(
    one(
        "UpdateCIN",
        {
            "issuer_event_id": issued,
            "implementation_time": NOW,
            "provider_id": 0,
            "cin": lambda frame: frame.occasion.customer_number,
        },
    )
)


def _supply(status: int) -> Gbz:
    return gbz(
        one(
            "ChangeSupply",
            {
                "provider_id": 0,
                "issuer_event_id": issued,
                "request_time": NOW,
                "implementation_time": NOW,
                "proposed_status": status,
                "control_bits": 1,
            },
        )
    )


NETWORK_DATA = gbz(
    one(
        "StartSampling",
        {
            "issuer_event_id": issued,
            "start_time": NOW,
            "sample_type": 0,
            "interval": 360,
            "max_samples": 41,
        },
    )
)


def _is_long_period(circumstances: Circumstances) -> bool:
    return find(circumstances.body, _PERIODICITY, str) not in _SHORT_PERIODS


_NO_ELECTRICITY_LOG = lacks("ESMEEventLogType")
_GAS_CALENDAR = holds("GasBillingCalendar")

ROWS: tuple[Row, ...] = (
    *rows("3.1", 0x0071, MESSAGE),
    *rows("3.2", 0x0072, CHANGE_OF_TENANCY, GPF),
    *rows("3.3", 0x0015, CLEAR_EVENT_LOG, when=_NO_ELECTRICITY_LOG),
    # Only the text of the use case names the proxy.
    *rows("3.3", 0x0015, CLEAR_EVENT_LOG, GPF, when=_NO_ELECTRICITY_LOG, is_inferred=True),
    *rows("3.4", 0x0088, CONTACT_DETAILS),
    *rows("3.5", 0x0073, NO_PRIVACY_PIN),
    *rows("6.6", 0x007C, GAS_CONVERSION),
    *rows("6.7", 0x007D, WHOLE_FLOW, when=holds("UncontrolledGasFlowRate")),
    *rows("6.7", 0x00FC, DECIMAL_FLOW, when=holds("UncontrolledGasFlowRateDecimal")),
    *rows("6.8", 0x00D8, BILLING_CALENDAR, when=all_of(_GAS_CALENDAR, _is_long_period)),
    *rows("6.8", 0x007E, BILLING_CALENDAR, when=_GAS_CALENDAR),
    *rows("6.20.1", 0x0087, METERING_POINT, when=holds("ImportMPRN")),
    *rows("6.22", 0x00AD, gbz(alert_settings), when=holds("GasSupplierAlertEventSettings")),
    *rows("7.2", 0x0081, _supply(0)),
    *rows("7.3", 0x0085, _supply(1)),
    *rows("9.1", 0x0083, CUSTOMER_NUMBER, origin=Origin.BROKER_FOR_PARTY),
    *rows("14.1", 0x0080, NETWORK_DATA, origin=Origin.BROKER_FOR_PARTY),
)
