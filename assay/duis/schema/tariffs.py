"""Services 1.x: tariffs, prices, payment mode."""

from __future__ import annotations

from assay.duis.schema.common import (
    DATE_WITH_WILDCARDS,
    GAS_DATE_WITH_WILDCARDS,
    GAS_WEEK_NAME,
    PRICE_SCALE,
)
from assay.duis.schema.model import (
    EMPTY,
    Attribute,
    Element,
    content,
    either,
    maybe,
    one,
    some,
    text_with,
)
from assay.duis.schema.simple_types import (
    BOOLEAN,
    DATE_TIME,
    INT,
    SHORT,
    TIME,
    UNSIGNED_INT,
    integer,
    one_of,
    text,
)

ELEC_DAY_NAME = integer(1, 16)

ELEC_PROFILE_SCHEDULE_PRIMARY = content(
    one("StartTime", TIME),
    either(one("TOUTariffAction", integer(1, 48)), one("BlockTariffAction", integer(1, 8))),
)

ELEC_DAY_PROFILE_PRIMARY = content(
    one("DayName", ELEC_DAY_NAME), some("ProfileSchedule", ELEC_PROFILE_SCHEDULE_PRIMARY, 1, 48)
)

ELEC_DAY_PROFILES = content(some("DayProfile", ELEC_DAY_PROFILE_PRIMARY, 1, 16))

ELEC_WEEK_NAME = integer(1, 4)

ELEC_REFERENCED_DAY_NAME = text_with(ELEC_DAY_NAME, Attribute("index", integer(1, 7)))

ELEC_WEEK_PROFILE = content(
    one("WeekName", ELEC_WEEK_NAME), some("ReferencedDayName", ELEC_REFERENCED_DAY_NAME, 7, 7)
)

ELEC_WEEK_PROFILES = content(some("WeekProfile", ELEC_WEEK_PROFILE, 1, 4))

ELEC_SEASON_PRIMARY = content(
    one("SeasonName", text(0, 8)),
    one("SeasonStartDate", DATE_WITH_WILDCARDS),
    one("ReferencedWeekName", ELEC_WEEK_NAME),
)

ELEC_SEASONS_PRIMARY = content(some("Season", ELEC_SEASON_PRIMARY, 1, 4))

ELEC_SWITCHING_TABLE_PRIMARY = content(
    one("DayProfiles", ELEC_DAY_PROFILES),
    one("WeekProfiles", ELEC_WEEK_PROFILES),
    one("Seasons", ELEC_SEASONS_PRIMARY),
)

ELEC_SPECIAL_DAY_PRIMARY = content(
    one("Date", DATE_WITH_WILDCARDS), one("ReferencedDayName", ELEC_DAY_NAME)
)

ELEC_SPECIAL_DAYS_PRIMARY = content(some("SpecialDay", ELEC_SPECIAL_DAY_PRIMARY, 0, 50))

ELEC_THRESHOLDS = content(
    some("BlockThreshold", text_with(UNSIGNED_INT, Attribute("index", integer(1, 3))), 1, 3),
    attributes=(Attribute("index", integer(1, 8)),),
)

ELEC_THRESHOLD_MATRIX = content(some("Thresholds", ELEC_THRESHOLDS, 8, 8))

ELEC_TARIFF_ELEMENTS = content(
    one("CurrencyUnits", one_of("GBP", "ECB")),
    one("SwitchingTable", ELEC_SWITCHING_TABLE_PRIMARY),
    one("SpecialDays", ELEC_SPECIAL_DAYS_PRIMARY),
    one("ThresholdMatrix", ELEC_THRESHOLD_MATRIX),
)

GAS_DAY_NAME = integer(1, 4)

GAS_DAY_PROFILE = content(
    one("DayName", GAS_DAY_NAME),
    either(one("TOUTariffAction", integer(1, 4)), one("BlockTariff", EMPTY)),
)

GAS_DAY_PROFILES = content(some("DayProfile", GAS_DAY_PROFILE, 1, 4))

GAS_REFERENCED_DAY_NAME = text_with(GAS_DAY_NAME, Attribute("index", integer(1, 7)))

WEEK_PROFILE_GAS = content(
    one("WeekName", GAS_WEEK_NAME), some("ReferencedDayName", GAS_REFERENCED_DAY_NAME, 7, 7)
)

GAS_WEEK_PROFILES = content(some("WeekProfile", WEEK_PROFILE_GAS, 1, 2))

GAS_SEASON = content(
    one("SeasonStartDate", GAS_DATE_WITH_WILDCARDS), one("ReferencedWeekName", GAS_WEEK_NAME)
)

GAS_SEASONS = content(some("Season", GAS_SEASON, 1, 3))

GAS_SWITCHING_TABLE = content(
    one("DayProfiles", GAS_DAY_PROFILES),
    one("WeekProfiles", GAS_WEEK_PROFILES),
    one("Seasons", GAS_SEASONS),
)

GAS_SPECIAL_DAY = content(
    one("Date", GAS_DATE_WITH_WILDCARDS), one("ReferencedDayName", GAS_DAY_NAME)
)

GAS_SPECIAL_DAYS = content(some("SpecialDay", GAS_SPECIAL_DAY, 0, 20))

GAS_THRESHOLD_TYPE = integer(0, 2**48 - 1)

GAS_THRESHOLD = text_with(GAS_THRESHOLD_TYPE, Attribute("index", integer(1, 3)))

GAS_THRESHOLD_MATRIX = content(some("BlockThreshold", GAS_THRESHOLD, 1, 3))

GAS_TARIFF_ELEMENTS = content(
    one("SwitchingTable", GAS_SWITCHING_TABLE),
    one("SpecialDays", GAS_SPECIAL_DAYS),
    one("ThresholdMatrix", GAS_THRESHOLD_MATRIX),
)

ELEC_BLOCK_PRICE = text_with(SHORT, Attribute("index", integer(1, 4)))

ELEC_BLOCKS = content(
    some("BlockPrice", ELEC_BLOCK_PRICE, 1, 4), attributes=(Attribute("index", integer(1, 8)),)
)

ELEC_BLOCK_TARIFF = content(some("BlockPrices", ELEC_BLOCKS, 1, 8))

ELEC_PRIMARY_TOU_PRICE = text_with(SHORT, Attribute("index", integer(1, 48)))

ELEC_TOU_TARIFF = content(some("TOUPrice", ELEC_PRIMARY_TOU_PRICE, 1, 48))

ELEC_HYBRID_TARIFF = content(
    some("BlockPrices", ELEC_BLOCKS, 1, 8), some("TOUPrice", ELEC_PRIMARY_TOU_PRICE, 1, 48)
)

ELEC_PRICE_ELEMENTS_PRIMARY = content(
    one("StandingCharge", SHORT),
    one("StandingChargeScale", PRICE_SCALE),
    one("PriceScale", PRICE_SCALE),
    either(
        one("BlockTariff", ELEC_BLOCK_TARIFF),
        one("TOUTariff", ELEC_TOU_TARIFF),
        one("HybridTariff", ELEC_HYBRID_TARIFF),
    ),
)

GAS_BLOCK_PRICE = text_with(UNSIGNED_INT, Attribute("index", integer(1, 4)))

GAS_BLOCK_PRICE_MATRIX = content(
    some("BlockPrice", GAS_BLOCK_PRICE, 1, 4), one("NumberOfThresholds", integer(1, 3))
)

GAS_TOU_PRICE = text_with(UNSIGNED_INT, Attribute("index", integer(1, 4)))

GAS_TOU_PRICE_MATRIX = content(some("TOUPrice", GAS_TOU_PRICE, 1, 4))

GAS_PRICE_ELEMENTS = content(
    one("CurrencyUnits", one_of("GBP", "ECB")),
    one("StandingCharge", UNSIGNED_INT),
    either(one("BlockTariff", GAS_BLOCK_PRICE_MATRIX), one("TOUTariff", GAS_TOU_PRICE_MATRIX)),
)

PRICE_PRIMARY = content(
    either(
        one("ElectricityPriceElements", ELEC_PRICE_ELEMENTS_PRIMARY),
        one("GasPriceElements", GAS_PRICE_ELEMENTS),
    )
)

TARIFF_PRIMARY_ELEMENT = content(
    maybe("ExecutionDateTime", DATE_TIME),
    either(
        one("ElecTariffElements", ELEC_TARIFF_ELEMENTS),
        one("GasTariffElements", GAS_TARIFF_ELEMENTS),
    ),
    one("PriceElements", PRICE_PRIMARY),
)

ELEC_PROFILE_SCHEDULE_SECONDARY = content(
    one("StartTime", TIME), one("TOUTariffAction", integer(1, 4))
)

ELEC_DAY_PROFILE_SECONDARY = content(
    one("DayName", ELEC_DAY_NAME), some("ProfileSchedule", ELEC_PROFILE_SCHEDULE_SECONDARY, 1, 48)
)

ELEC_DAY_PROFILES_SECONDARY = content(some("DayProfile", ELEC_DAY_PROFILE_SECONDARY, 1, 16))

ELEC_SEASON_SECONDARY = content(
    one("SeasonName", text(0, 8)),
    one("SeasonStartDate", DATE_WITH_WILDCARDS),
    one("ReferencedWeekName", ELEC_WEEK_NAME),
)

ELEC_SEASONS_SECONDARY = content(some("Season", ELEC_SEASON_SECONDARY, 1, 4))

ELEC_SWITCHING_TABLE_SECONDARY = content(
    one("DayProfiles", ELEC_DAY_PROFILES_SECONDARY),
    one("WeekProfiles", ELEC_WEEK_PROFILES),
    one("Seasons", ELEC_SEASONS_SECONDARY),
)

ELEC_SPECIAL_DAY_SECONDARY = content(
    one("Date", DATE_WITH_WILDCARDS), one("ReferencedDayName", ELEC_DAY_NAME)
)

ELEC_SPECIAL_DAYS_SECONDARY = content(some("SpecialDay", ELEC_SPECIAL_DAY_SECONDARY, 0, 50))

ELEC_SECONDARY_TOU_PRICE = text_with(SHORT, Attribute("index", integer(1, 4)))

PRICE_SECONDARY = content(
    one("PriceScale", PRICE_SCALE), some("ElectricityPriceElement", ELEC_SECONDARY_TOU_PRICE, 1, 4)
)

TARIFF_SECONDARY_ELEMENT = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("SwitchingTable", ELEC_SWITCHING_TABLE_SECONDARY),
    one("SpecialDays", ELEC_SPECIAL_DAYS_SECONDARY),
    one("PriceElements", PRICE_SECONDARY),
)

UPDATE_PRICE_PRIMARY_ELEMENT = content(
    maybe("ExecutionDateTime", DATE_TIME), one("PriceElements", PRICE_PRIMARY)
)

UPDATE_PRICE_SECONDARY_ELEMENT = content(
    maybe("ExecutionDateTime", DATE_TIME), one("PriceElements", PRICE_SECONDARY)
)

ADJUST_OR_RESET = content(either(one("AdjustMeterBalance", INT), one("ResetMeterBalance", EMPTY)))

UPDATE_METER_BALANCE = content(
    either(one("PrepaymentMode", ADJUST_OR_RESET), one("CreditMode", ADJUST_OR_RESET))
)

UPDATE_PAYMENT_MODE = content(
    maybe("ExecutionDateTime", DATE_TIME),
    either(
        one("Credit", EMPTY),
        one(
            "Prepayment",
            content(
                one("SuspendDebtDisabled", BOOLEAN),
                one("SuspendDebtEmergency", BOOLEAN),
                one("DisablementThreshold", INT),
            ),
        ),
    ),
)

ELEMENTS: tuple[Element, ...] = (
    one("UpdateImportTariffPrimaryElement", TARIFF_PRIMARY_ELEMENT),
    one("UpdateImportTariffSecondaryElement", TARIFF_SECONDARY_ELEMENT),
    one("UpdatePricePrimaryElement", UPDATE_PRICE_PRIMARY_ELEMENT),
    one("UpdatePriceSecondaryElement", UPDATE_PRICE_SECONDARY_ELEMENT),
    one("UpdateMeterBalance", UPDATE_METER_BALANCE),
    one("UpdatePaymentMode", UPDATE_PAYMENT_MODE),
    one("ResetTariffBlockCounterMatrix", EMPTY),
)
