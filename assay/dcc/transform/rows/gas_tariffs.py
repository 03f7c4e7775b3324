"""Services 1.x of gas: tariff, prices, balance and payment mode of the meter."""

from __future__ import annotations

from collections.abc import Iterator

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.gas_calendar import SWITCHING_TABLE
from assay.dcc.transform.gbz import Gbz, Json, Zcl, gbz, one, zcl
from assay.dcc.transform.gbz_values import (
    NOW,
    activation,
    activation_of_list,
    complete,
    indexed,
    inner,
    issued,
    number,
    several,
)
from assay.dcc.transform.row import Row
from assay.dcc.transform.rows.gas import holds, rows
from assay.duis.values import field
from assay.gbcs.errors import EncodeError

_CURRENCIES = {"GBP": 826, "ECB": 978}
"""ISO 4217 in ZCL; ECB is the schema's word for the euro."""
_BY_BLOCK = 0x10
_BY_TIER = 0x00
_MATRIX_BY_BLOCK = 0
_MATRIX_BY_TIER = 1
_FIVE_DECIMALS = 0x50
_TARIFF = {"provider_id": 0, "issuer_tariff_id": 1}
_PRICES = "PriceElements/GasPriceElements"
_BLOCK_PRICES = f"{_PRICES}/BlockTariff"
_TIER_PRICES = f"{_PRICES}/TOUTariff"
_THRESHOLDS = "GasTariffElements/ThresholdMatrix/BlockThreshold"


def _is_by_block(frame: Frame) -> bool:
    return "BlockTariff" in inner(frame.body, _PRICES)


def _thresholds(frame: Frame) -> list[int]:
    return complete(indexed(several(frame.body, _THRESHOLDS), "BlockThreshold"), "BlockThreshold")


def _thresholds_in_use(frame: Frame) -> int:
    """A tariff counts the thresholds that it brings; a price alone says how many are in use.

    Inferred: of the national tariff by block this number is 2 and its thresholds are 3.
    """
    if "GasTariffElements" in frame.body:
        return len(several(frame.body, _THRESHOLDS))
    return field(frame.body, f"{_BLOCK_PRICES}/NumberOfThresholds", int)


def _scheme(frame: Frame) -> dict[str, int]:
    """By block or by time of use: never both, for gas."""
    if _is_by_block(frame):
        return {
            "tariff_type_charging_scheme": _BY_BLOCK,
            "price_tiers": 0,
            "block_thresholds": _thresholds_in_use(frame),
        }
    return {
        "tariff_type_charging_scheme": _BY_TIER,
        "price_tiers": len(several(frame.body, f"{_TIER_PRICES}/TOUPrice")),
        "block_thresholds": 0,
    }


def _tariff_information(frame: Frame) -> Iterator[Zcl]:
    yield zcl(
        "PublishTariffInformation",
        {
            **_TARIFF,
            "issuer_event_id": issued(frame),
            "start_time": activation(frame),
            **_scheme(frame),
            "tariff_label": "",
            "unit": 0,
            "currency": _CURRENCIES[field(frame.body, f"{_PRICES}/CurrencyUnits", str)],
            "price_trailing_digit": _FIVE_DECIMALS,
            "standing_charge": field(frame.body, f"{_PRICES}/StandingCharge", int),
            "tier_block_mode": 0xFF,
            "threshold_multiplier": 1,
            "threshold_divisor": 1000,
        },
    )


def _of_tariff(frame: Frame) -> dict[str, Json]:
    return {
        **_TARIFF,
        "issuer_event_id": issued(frame),
        "start_time": activation_of_list(frame),
        "command_index": 0,
        "total_commands": 1,
    }


def _block_thresholds(frame: Frame) -> Iterator[Zcl]:
    """Only where prices are by block: the schema asks for thresholds also where they are not."""
    if not _is_by_block(frame):
        return
    thresholds = _thresholds(frame)
    yield zcl(
        "PublishBlockThresholds",
        {
            **_of_tariff(frame),
            "subpayload_control": 1,
            "tier_thresholds": len(thresholds),
            "thresholds": thresholds,
        },
    )


def _price_matrix(frame: Frame) -> Iterator[Zcl]:
    """Blocks count from 0, tiers from 1."""
    if _is_by_block(frame):
        control, shift = _MATRIX_BY_BLOCK, 1
        prices = indexed(several(frame.body, f"{_BLOCK_PRICES}/BlockPrice"), "BlockPrice")
    else:
        control, shift = _MATRIX_BY_TIER, 0
        prices = indexed(several(frame.body, f"{_TIER_PRICES}/TOUPrice"), "TOUPrice")
    yield zcl(
        "PublishPriceMatrix",
        {
            **_of_tariff(frame),
            "subpayload_control": control,
            "prices": [
                {"tier_block_id": index - shift, "price": price} for index, price in prices.items()
            ],
        },
    )


TARIFF = gbz(SWITCHING_TABLE.commands, _tariff_information, _block_thresholds, _price_matrix)
PRICE = gbz(_tariff_information, _price_matrix)

_CREDIT_MODE = 0x0C94
_PREPAYMENT_MODE = 0x0097
_DEBT_SUSPENDED_WHEN_DISABLED = 0x0400
_DEBT_IN_EMERGENCY = 0x0800
_THRESHOLD = "Prepayment/DisablementThreshold"
_UNCHANGED = -1
"""Of the cut-off value: the disablement threshold stays what it is."""


def _prepayment_control(frame: Frame) -> int:
    """Two national pairs give 0C97 for (disabled suspended, emergency not) and 0097 for the
    opposite. Which bit is which is inferred: ZigBee calls bit 10 Debt Configuration and bit 11
    Emergency Debt Configuration."""
    control = _PREPAYMENT_MODE
    if field(frame.body, "Prepayment/SuspendDebtDisabled", bool):
        control |= _DEBT_SUSPENDED_WHEN_DISABLED
    if not field(frame.body, "Prepayment/SuspendDebtEmergency", bool):
        control |= _DEBT_IN_EMERGENCY
    return control


def _disablement_threshold(frame: Frame) -> int:
    threshold = field(frame.body, _THRESHOLD, int)
    if threshold == _UNCHANGED:
        raise EncodeError(_THRESHOLD, f"another number than {_UNCHANGED}: unchanged", threshold)
    return threshold


_MODE = {"provider_id": 0, "issuer_event_id": issued, "implementation_time": activation}
CREDIT_MODE = gbz(
    one("ChangePaymentMode", {**_MODE, "payment_control": _CREDIT_MODE, "cut_off": _UNCHANGED})
)
PREPAYMENT_MODE = gbz(
    one(
        "ChangePaymentMode",
        {
            **_MODE,
            "payment_control": _prepayment_control,
            "cut_off": _disablement_threshold,
        },
    )
)


def _credit_adjustment(kind: int, path: str | None = None) -> Gbz:
    value = 0 if path is None else number(path)
    fields = {"issuer_event_id": issued, "start_time": NOW, "type": kind, "value": value}
    return gbz(one("CreditAdjustment", fields))


_ADJUST = "{}/AdjustMeterBalance"
_RESET = "{}/ResetMeterBalance"
_BALANCES = (
    (0x0086, _ADJUST.format("PrepaymentMode"), 0),
    (0x00B4, _RESET.format("PrepaymentMode"), 1),
    (0x00C0, _ADJUST.format("CreditMode"), 3),
    (0x00C2, _RESET.format("CreditMode"), 2),
)
"""Message code, what stands in the body, type of the credit adjustment."""


def _balance_rows() -> Iterator[Row]:
    for code, path, kind in _BALANCES:
        value = path if path.endswith("AdjustMeterBalance") else None
        yield from rows("1.5", code, _credit_adjustment(kind, value), when=holds(path))


ROWS: tuple[Row, ...] = (
    *rows("1.1.1", 0x006B, TARIFF, when=holds("GasTariffElements", _PRICES)),
    *rows("1.2.1", 0x00A3, PRICE, when=holds(_PRICES)),
    *_balance_rows(),
    *rows("1.6", 0x006C, CREDIT_MODE, when=holds("Credit")),
    *rows("1.6", 0x006D, PREPAYMENT_MODE, when=holds("Prepayment")),
)
