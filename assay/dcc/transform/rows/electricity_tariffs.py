"""Services 1.x at an electricity meter: tariffs, prices, balance, payment mode, block counters."""

from __future__ import annotations

from collections.abc import Mapping

from assay.dcc.transform.calendar_values import activated, content
from assay.dcc.transform.payloads import Dlms, Payload
from assay.dcc.transform.payment_mode import (
    CREDIT_MODE,
    PREPAYMENT_MODE,
    balance_adjustment,
    credit_configuration,
    disablement_threshold,
    prepayment_configuration,
)
from assay.dcc.transform.row import Circumstances, Condition, Row, all_of, has
from assay.dcc.transform.switching_table import (
    PRIMARY,
    SECONDARY,
    days,
    seasons,
    special_days,
    weeks,
)
from assay.dcc.transform.tariff_values import (
    is_pounds,
    price_matrix,
    secondary_prices,
    standing_charge,
    thresholds,
)
from assay.dcc.transform.values import Source, constant
from assay.gbcs.dlms.data import Data, Tag, long_unsigned

_TABLE = "TariffSwitchingTable"
_SECONDARY_TABLE = "TariffSwitchingTable(SecondaryElement)"
_MODE = "SuspendDebtDisabled / SuspendDebtEmergency / Payment Mode"
_DISABLEMENT = "DisablementThreshold(MeterBalance)"
_RESET_SCRIPT = 0x63

_PRICES: Mapping[str, Source] = {
    "StandingCharge: valueNext.commodityScale": standing_charge,
    "TariffBlockPriceMatrixTOU: valueNext.commodityScale": price_matrix,
    **activated("StandingCharge", "TariffBlockPriceMatrixTOU"),
}
_SECONDARY_PRICES: Mapping[str, Source] = {
    "SecondaryTariffTOUPriceMatrix: valueNext.commodityScale": secondary_prices,
    **activated("SecondaryTariffTOUPriceMatrix"),
}
_THRESHOLDS: Mapping[str, Source] = {
    f"TariffThresholdMatrixBlocks[1to3]TOU[{rate}]": thresholds(rate) for rate in range(1, 9)
}

TARIFF = Dlms(
    values={
        f"{_TABLE}: nextSeasons[1..n].Name": seasons(PRIMARY),
        f"{_TABLE}: nextWeeks[1..n].weekIdentifier": weeks(PRIMARY),
        f"{_TABLE}: nextDayIdentifiers[1..m]": days(PRIMARY),
        f"{_TABLE}(SpecialDays): index[0..50].next": special_days(PRIMARY),
        "CurrencyUnit: valueNext": is_pounds,
        **activated(_TABLE, f"{_TABLE}(SpecialDays)", "CurrencyUnit", "TariffThresholdMatrix"),
        **_THRESHOLDS,
        **_PRICES,
    }
)
SECONDARY_TARIFF = Dlms(
    values={
        f"{_SECONDARY_TABLE}: nextSeasons[1..4].Name": seasons(SECONDARY),
        f"{_SECONDARY_TABLE}: nextWeeks[1..4].weekIdentifier": weeks(SECONDARY),
        f"{_SECONDARY_TABLE}: nextDayIdentifiers[1..16]": days(SECONDARY),
        f"{_SECONDARY_TABLE}(SpecialDays): index[0..50].next": special_days(SECONDARY),
        **activated(_SECONDARY_TABLE, f"{_SECONDARY_TABLE}(SpecialDays)"),
        **_SECONDARY_PRICES,
    }
)

_ZERO = constant(Data(Tag.DOUBLE_LONG, 0))
RESET_BALANCE = Dlms(
    values={
        "MeterBalance": _ZERO,
        "EmergencyCreditBalance": _ZERO,
        "AccumulatedDebtRegister": _ZERO,
    }
)
RESET_BLOCK_COUNTERS = Dlms(
    values={"TariffBlock[1to4]CounterMatrixTOU[1to8]": constant(long_unsigned(_RESET_SCRIPT))}
)


def _mode(mode: Source, configuration: Source) -> dict[str, Source]:
    return {
        f"{_MODE}: valueNext.paymentModePart": mode,
        f"{_MODE}: valueNext": configuration,
        **activated(_MODE),
    }


def _credit(*, has_secondary_element: bool) -> Dlms:
    configuration = credit_configuration(has_secondary_element=has_secondary_element)
    return Dlms(values=_mode(CREDIT_MODE, configuration))


def _prepayment(*, has_secondary_element: bool) -> Dlms:
    configuration = prepayment_configuration(has_secondary_element=has_secondary_element)
    return Dlms(
        values={
            f"{_DISABLEMENT}: thresholdNext": disablement_threshold,
            **activated(_DISABLEMENT),
            **_mode(PREPAYMENT_MODE, configuration),
        }
    )


def _has_electricity_prices(circumstances: Circumstances) -> bool:
    return "ElectricityPriceElements" in content(circumstances.body["PriceElements"])


def _may_have_secondary_element(circumstances: Circumstances) -> bool:
    return circumstances.target.may_have_secondary_element


def _is_reset(circumstances: Circumstances) -> bool:
    return any("ResetMeterBalance" in content(mode) for mode in circumstances.body.values())


def _esme(srv: str, message_code: int, payload: Payload, when: Condition | None = None) -> Row:
    return Row(srv=srv, device_type="ESME", message_code=message_code, payload=payload, when=when)


_TWIN_CREDIT = all_of(has("Credit"), _may_have_secondary_element)
_TWIN_PREPAYMENT = all_of(has("Prepayment"), _may_have_secondary_element)

ROWS: tuple[Row, ...] = (
    _esme("1.1.1", 0x0019, TARIFF, all_of(has("ElecTariffElements"), _has_electricity_prices)),
    _esme("1.1.2", 0x00B7, SECONDARY_TARIFF),
    _esme("1.2.1", 0x00A2, Dlms(values=_PRICES), _has_electricity_prices),
    _esme("1.2.2", 0x00C7, Dlms(values=_SECONDARY_PRICES)),
    _esme("1.5", 0x00B3, RESET_BALANCE, _is_reset),
    _esme("1.5", 0x001C, Dlms(values={"MeterBalance": balance_adjustment})),
    _esme("1.6", 0x001A, _credit(has_secondary_element=True), _TWIN_CREDIT),
    _esme("1.6", 0x001A, _credit(has_secondary_element=False), has("Credit")),
    _esme("1.6", 0x001B, _prepayment(has_secondary_element=True), _TWIN_PREPAYMENT),
    _esme("1.6", 0x001B, _prepayment(has_secondary_element=False), has("Prepayment")),
    _esme("1.7", 0x001D, RESET_BLOCK_COUNTERS),
)
