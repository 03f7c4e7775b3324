"""Services that read gas: 4.x, 6.2.x, 6.13, 7.4, 11.2, of the meter or of its proxy.

Which of the two may be asked is the target text of each use case: most name the Gas Proxy
Function as primary and the meter beside it. Where it is silent the row says it is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.gbz import ComponentSource, Gbz, Zcl, gbz, one, read_attributes, zcl
from assay.dcc.transform.gbz_values import NOW, period_end, period_start
from assay.dcc.transform.row import Row, is_of_first_gbcs, says
from assay.dcc.transform.rows.gas import GPF, METER_AND_PROXY, is_before_gbcs, rows
from assay.duis.values import field
from assay.gbcs.errors import EncodeError

BASIC = 0x0000
PRICE = 0x0700
METERING = 0x0702
PREPAYMENT = 0x0705

_SCALE = (0x0302, 0x0301, 0x0300)
REGISTER = gbz(read_attributes(METERING, *_SCALE, 0x0000))
TIERS = gbz(read_attributes(METERING, *_SCALE, 0x0100, 0x0102, 0x0104, 0x0106))
BLOCKS = gbz(read_attributes(METERING, 0x0700, 0x0701, 0x0702, 0x0703, *_SCALE))
PREPAYMENT_REGISTERS = gbz(
    read_attributes(PRICE, 0x0617, 0x0616),
    read_attributes(PREPAYMENT, 0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221),
)
BALANCE = gbz(read_attributes(METERING, 0x0A00), read_attributes(PREPAYMENT, 0x0001))

_GENERAL = 0x00000001
_END_OF_BILLING_PERIOD = 0x00000002
_CHANGE_OF_MODE_TARIFF_OR_SUPPLIER = 0x00006008
_BILLING_ENTRIES = 12
_DAILY_ENTRIES = 31


def _snapshots(name: str, cause: int, count: int) -> ComponentSource:
    """One command per entry of the log: each asks for the one at its offset."""

    def source(frame: Frame) -> Iterator[Zcl]:
        period = {"earliest_start": period_start(frame), "latest_end": period_end(frame)}
        for offset in range(count):
            yield zcl(name, {**period, "offset": offset, "cause": cause})

    return source


CHANGE_LOG = gbz(
    _snapshots("GetPrepaySnapshot", _CHANGE_OF_MODE_TARIFF_OR_SUPPLIER, _BILLING_ENTRIES),
    _snapshots("GetSnapshot", _CHANGE_OF_MODE_TARIFF_OR_SUPPLIER, _BILLING_ENTRIES),
)
BILLING_LOG = gbz(
    _snapshots("GetSnapshot", _END_OF_BILLING_PERIOD, _BILLING_ENTRIES),
    _snapshots("GetPrepaySnapshot", _END_OF_BILLING_PERIOD, _BILLING_ENTRIES),
)
DAILY_LOG = gbz(_snapshots("GetSnapshot", _GENERAL, _DAILY_ENTRIES))
PREPAYMENT_DAILY_LOG = gbz(_snapshots("GetPrepaySnapshot", _GENERAL, _DAILY_ENTRIES))

_PAYMENT_BASED = 2
DEBT_PAYMENTS = gbz(
    one(
        "GetDebtRepaymentLog",
        {"latest_end": period_end, "debts": 10, "debt_type": _PAYMENT_BASED},
        from_date_time=period_start,
    )
)
PREPAYMENT_CREDITS = gbz(
    one("GetTopUpLog", {"latest_end": period_end, "records": 5}, from_date_time=period_start)
)

_CONSUMPTION = 0
_PROFILE = 0
_DAILY_CONSUMPTION = 1
_NETWORK_DATA = 2
_ALL_NETWORK_DATA = 41
_MOST_SAMPLES = 0xFFFF


def _samples(step: timedelta) -> Callable[[Frame], int]:
    """How many samples lie between the ends, both included.

    The published rule is the length of the period by that of a sample. One more is inferred:
    the national reads of the profile ask for 97 from a midnight on, two days and one sample.
    """

    def source(frame: Frame) -> int:
        start = field(frame.body, "ReadLogPeriod/StartDateTime", datetime)
        end = field(frame.body, "ReadLogPeriod/EndDateTime", datetime)
        if end < start:
            raise EncodeError("ReadLogPeriod", "an end after the start", end.isoformat())
        return min((end - start) // step + 1, _MOST_SAMPLES)

    return source


def _sampled(sample_id: int, step: timedelta) -> Gbz:
    return gbz(
        one(
            "GetSampledData",
            {
                "sample_id": sample_id,
                "earliest_time": period_start,
                "sample_type": _CONSUMPTION,
                "samples": _samples(step),
            },
        )
    )


PROFILE = _sampled(_PROFILE, timedelta(minutes=30))
DAILY_CONSUMPTION = _sampled(_DAILY_CONSUMPTION, timedelta(days=1))
NETWORK_DATA = gbz(
    # The whole log, whatever the period of the request: template and both national reads.
    one(
        "GetSampledData",
        {
            "sample_id": _NETWORK_DATA,
            "earliest_time": 1,
            "sample_type": _CONSUMPTION,
            "samples": _ALL_NETWORK_DATA,
        },
    )
)


def _calendar(calendar_id: int, calendar_type: int) -> tuple[ComponentSource, ...]:
    which = {"provider_id": 0, "calendar_id": calendar_id}
    return (
        one("GetDayProfiles", {**which, "start_day": 1, "days": 0}),
        one("GetWeekProfiles", {**which, "start_week": 1, "weeks": 0}),
        one("GetSeasons", which),
        one(
            "GetSpecialDays",
            {**which, "start_time": NOW, "events": 0, "calendar_type": calendar_type},
        ),
    )


_THRESHOLDS = (0x0203, 0x0202, 0x0100, 0x0101, 0x0102)
_BLOCK_PRICES = (0x0400, 0x0401, 0x0402, 0x0403)
_TIER_PRICES = (0x0410, 0x0420, 0x0430, 0x0440)
TARIFF = gbz(
    read_attributes(
        PRICE, *_THRESHOLDS, 0x0615, *_BLOCK_PRICES, *_TIER_PRICES, 0x0616, 0x0617, 0x0301
    ),
    *_calendar(calendar_id=0xFFFFFFFF, calendar_type=0),
    one("GetCurrentPrice", {"command_options": 0}),
)
_DEBT_SETTINGS = (0x0239, 0x0006, 0x0216, 0x0226)
_CREDIT_SETTINGS = (0x0040, 0x0010, 0x0011, 0x0031, 0x0021, 0x0022)
_DEBT_RATES = (0x0217, 0x0227)
PREPAYMENT_SETTINGS = gbz(
    read_attributes(PREPAYMENT, *_DEBT_SETTINGS, *_CREDIT_SETTINGS, *_DEBT_RATES),
    read_attributes(PRICE, 0x0617),
    *_calendar(calendar_id=0xFFFFFFFE, calendar_type=3),
)

BILLING_CALENDAR = gbz(
    one(
        "GetBillingPeriod",
        {
            "earliest_start": NOW,
            "min_issuer_event_id": 0xFFFFFFFF,
            "number_of_commands": 1,
            "tariff_type": 0,
        },
    )
)
_SUPPLY_STATES = read_attributes(METERING, 0x0608, 0x0607)
IDENTITY_WITH_HARDWARE = gbz(read_attributes(BASIC, 0x0004, 0x0005, 0x0003), _SUPPLY_STATES)
IDENTITY = gbz(read_attributes(BASIC, 0x0004, 0x0005), _SUPPLY_STATES)
METERING_POINT = gbz(read_attributes(METERING, 0x0307))
GAS_CONVERSION = gbz(
    read_attributes(PRICE, 0x0306, 0x0305, 0x0304, 0x0303, 0x0302),
    read_attributes(METERING, 0x0B13, 0x0B12, 0x0B11, 0x0B10, 0x0B14, 0x0B15),
)
PAYMENT_MODE = gbz(read_attributes(PREPAYMENT, 0x0000))
ALERT_BEHAVIOUR = gbz(one("GetEventConfiguration", {"event_id": 0x81FF}))
SUPPLY_STATUS = gbz(read_attributes(METERING, 0x0205, 0x0014))
FIRMWARE_VERSION = gbz(read_attributes(METERING, 0x0206))


def _log(control_and_id: int) -> Gbz:
    return gbz(
        one(
            "GetEventLog",
            {
                "control_log_id": control_and_id,
                "event_id": 0,
                "start": period_start,
                "end": period_end,
                "events": 0,
                "offset": 0,
            },
        )
    )


_EVENT_LOG = _log(0x13)
_SECURITY_LOG = _log(0x04)
_METER_EVENT_LOG = _log(0x16)
_METER_SECURITY_LOG = _log(0x07)
"""The proxy's copies of the meter's logs."""

_HAS_NO_GCS60A = is_before_gbcs(4, 1)
"""Inferred: the tables of version 4.0 have GCS60 and do not know GCS60a; both read the same."""

_OF_THE_PROXY: tuple[Row, ...] = (
    *rows("6.2.3", 0x009D, BILLING_CALENDAR, GPF, when=is_of_first_gbcs, is_inferred=True),
    *rows("6.2.3", 0x00DA, BILLING_CALENDAR, GPF, is_inferred=True),
    *rows("6.2.4", 0x009E, IDENTITY_WITH_HARDWARE, GPF, is_inferred=True),
    *rows("6.2.7", 0x0089, METERING_POINT, GPF, is_inferred=True),
    *rows("6.2.9", 0x00BF, PAYMENT_MODE, GPF, is_inferred=True),
    *rows("7.4", 0x0082, SUPPLY_STATUS, GPF, is_inferred=True),
)
"""Only the text of the use case names the proxy as a target ("GPF (primary); GSME"), no table
of the service; of 6.2.4 it is the title of the former use case that does."""

ROWS: tuple[Row, ...] = (
    *rows("4.1.1", 0x0074, REGISTER, METER_AND_PROXY),
    *rows("4.1.2", 0x00B6, TIERS, METER_AND_PROXY),
    *rows("4.1.4", 0x00B8, BLOCKS, METER_AND_PROXY),
    *rows("4.3", 0x0075, PREPAYMENT_REGISTERS, METER_AND_PROXY),
    *rows("4.4.2", 0x00C3, CHANGE_LOG, METER_AND_PROXY),
    *rows("4.4.3", 0x0076, BILLING_LOG, METER_AND_PROXY),
    *rows("4.4.4", 0x00C4, DEBT_PAYMENTS, METER_AND_PROXY),
    *rows("4.4.5", 0x00C5, PREPAYMENT_CREDITS, METER_AND_PROXY),
    *rows("4.6.1", 0x0077, DAILY_LOG, METER_AND_PROXY),
    *rows("4.8.1", 0x0078, PROFILE, METER_AND_PROXY),
    *rows("4.10", 0x0079, NETWORK_DATA),
    *rows("4.11.1", 0x009F, TARIFF, METER_AND_PROXY),
    *rows("4.13", 0x00B5, PREPAYMENT_SETTINGS, METER_AND_PROXY),
    *rows("4.14", 0x0096, PREPAYMENT_DAILY_LOG, METER_AND_PROXY),
    *rows("4.17", 0x00A0, DAILY_CONSUMPTION, GPF),
    *rows("4.18", 0x008D, BALANCE, METER_AND_PROXY, when=_HAS_NO_GCS60A),
    *rows("4.18", 0x012A, BALANCE, METER_AND_PROXY),
    *rows("6.2.3", 0x009D, BILLING_CALENDAR, when=is_of_first_gbcs),
    *rows("6.2.3", 0x00DA, BILLING_CALENDAR),
    *rows("6.2.4", 0x009E, IDENTITY_WITH_HARDWARE, when=is_of_first_gbcs),
    *rows("6.2.4", 0x00FB, IDENTITY),
    *rows("6.2.7", 0x0089, METERING_POINT),
    *rows("6.2.8", 0x007B, GAS_CONVERSION),
    *rows("6.2.9", 0x00BF, PAYMENT_MODE),
    *rows("6.2.10", 0x00F1, ALERT_BEHAVIOUR),
    *rows("6.13", 0x0014, _EVENT_LOG, METER_AND_PROXY, when=says("LogToRead", "Event")),
    *rows("6.13", 0x00A1, _SECURITY_LOG, METER_AND_PROXY, when=says("LogToRead", "Security")),
    *rows("6.13", 0x0014, _METER_EVENT_LOG, GPF, when=says("LogToRead", "GSMEEvent")),
    *rows("6.13", 0x00A1, _METER_SECURITY_LOG, GPF, when=says("LogToRead", "GSMESecurity")),
    *rows("7.4", 0x0082, SUPPLY_STATUS),
    *rows("11.2", 0x0084, FIRMWARE_VERSION, METER_AND_PROXY),
    *_OF_THE_PROXY,
)
