"""Services 2.x: prepayment configuration, top-ups, debt."""

from __future__ import annotations

from assay.duis.schema.common import (
    DATE_WITH_WILDCARDS,
    DAYS_OF_WEEK_APPLICABILITY,
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
    together,
)
from assay.duis.schema.simple_types import (
    DATE,
    DATE_TIME,
    INT,
    SHORT,
    TIME,
    UNSIGNED_INT,
    UNSIGNED_SHORT,
    integer,
    one_of,
    text,
)

ELEC_SPECIAL_DAYS_PREPAYMENT = content(
    some(
        "SpecialDay",
        content(one("Date", DATE_WITH_WILDCARDS), attributes=(Attribute("index", integer(1, 20)),)),
        0,
        20,
    )
)

SPECIAL_DAY_APPLICABILITY = content(one("SpecialDayID", integer(1, 20)))

SPECIAL_DAYS_APPLICABILITY = content(
    some("SpecialDayApplicability", SPECIAL_DAY_APPLICABILITY, 0, 20)
)

SCHEDULE_DATES_AND_TIME_WITHOUT_WILDCARDS = content(
    one("SwitchTime", TIME), one("StartDate", DATE), one("EndDate", DATE)
)

ELECTRICITY_NON_DISABLEMENT_SCHEDULE = content(
    one("NonDisablementScript", one_of("START", "STOP")),
    one("SpecialDaysApplicability", SPECIAL_DAYS_APPLICABILITY),
    one("DaysOfWeekApplicability", DAYS_OF_WEEK_APPLICABILITY),
    one("ScheduleDatesAndTime", SCHEDULE_DATES_AND_TIME_WITHOUT_WILDCARDS),
)

ELECTRICITY_NON_DISABLEMENT_CALENDAR = content(
    one("ElectricitySpecialDays", ELEC_SPECIAL_DAYS_PREPAYMENT),
    some("ElectricityNonDisablementSchedule", ELECTRICITY_NON_DISABLEMENT_SCHEDULE, 1, 22),
)

UPDATE_PREPAY_CONFIG_ELEC = content(
    one("DebtRecoveryRateCap", UNSIGNED_SHORT),
    one("EmergencyCreditLimit", INT),
    one("EmergencyCreditThreshold", INT),
    one("LowCreditThreshold", INT),
    one("ElectricityNonDisablementCalendar", ELECTRICITY_NON_DISABLEMENT_CALENDAR),
    one("MaxMeterBalance", INT),
    one("MaxCreditThreshold", INT),
)

GAS_NON_DISABLEMENT_TIME_START_ACTION = content(
    one("StartTime", TIME), one("NonDisablementAction", one_of("START", "STOP"))
)

GAS_DAY_NAME_NON_DISABLEMENT = integer(1, 5)

GAS_NON_DISABLEMENT_DAY_PROFILE = content(
    some("TimeStartAction", GAS_NON_DISABLEMENT_TIME_START_ACTION, 1, 3),
    one("GasDayName", GAS_DAY_NAME_NON_DISABLEMENT),
)

GAS_NON_DISABLEMENT_DAY_PROFILES = content(
    some("GasNonDisablementDayProfile", GAS_NON_DISABLEMENT_DAY_PROFILE, 1, 5)
)

GAS_REFERENCED_DAY_NAME_NON_DISABLEMENT = text_with(
    GAS_DAY_NAME_NON_DISABLEMENT, Attribute("index", integer(1, 7))
)

WEEK_PROFILE_GAS_NON_DISABLEMENT = content(
    one("WeekName", GAS_WEEK_NAME),
    some("ReferencedDayName", GAS_REFERENCED_DAY_NAME_NON_DISABLEMENT, 7, 7),
)

GAS_WEEK_PROFILES_NON_DISABLEMENT = content(
    some("WeekProfile", WEEK_PROFILE_GAS_NON_DISABLEMENT, 1, 2)
)

GAS_WEEK_NAME_NON_DISABLEMENT = integer(1, 2)

GAS_SEASON_NON_DISABLEMENT = content(
    one("SeasonStartDate", GAS_DATE_WITH_WILDCARDS),
    one("ReferencedWeekName", GAS_WEEK_NAME_NON_DISABLEMENT),
)

GAS_SEASONS_NON_DISABLEMENT = content(some("Season", GAS_SEASON_NON_DISABLEMENT, 1, 3))

GAS_SPECIAL_DAY_NON_DISABLEMENT = content(
    one("Date", GAS_DATE_WITH_WILDCARDS), one("ReferencedDayName", GAS_DAY_NAME_NON_DISABLEMENT)
)

GAS_SPECIAL_DAYS_NON_DISABLEMENT = content(
    some("SpecialDay", GAS_SPECIAL_DAY_NON_DISABLEMENT, 0, 20)
)

GAS_NON_DISABLEMENT_CALENDAR = content(
    one("DayProfiles", GAS_NON_DISABLEMENT_DAY_PROFILES),
    one("WeekProfiles", GAS_WEEK_PROFILES_NON_DISABLEMENT),
    one("SeasonProfiles", GAS_SEASONS_NON_DISABLEMENT),
    one("SpecialDays", GAS_SPECIAL_DAYS_NON_DISABLEMENT),
)

UPDATE_PREPAY_CONFIG_GAS = content(
    one("DebtRecoveryRateCap", INT),
    one("EmergencyCreditLimit", UNSIGNED_INT),
    one("EmergencyCreditThreshold", UNSIGNED_INT),
    one("LowCreditThreshold", UNSIGNED_INT),
    one("GasNonDisablementCalendar", GAS_NON_DISABLEMENT_CALENDAR),
    one("MaxMeterBalance", UNSIGNED_INT),
    one("MaxCreditThreshold", UNSIGNED_INT),
)

UPDATE_PREPAY_CONFIGURATION = content(
    maybe("ExecutionDateTime", DATE_TIME),
    either(
        one("UpdatePrepayConfigElectricity", UPDATE_PREPAY_CONFIG_ELEC),
        one("UpdatePrepayConfigGas", UPDATE_PREPAY_CONFIG_GAS),
    ),
)

TOP_UP_DEVICE = content(one("UTRN", text(20, 20, pattern=r"[0-9]{20}")))

ELEC_DEBT_RECOVERY = content(
    one("DebtRecoveryRate", SHORT),
    one("DebtRecoveryRatePriceScale", PRICE_SCALE),
    one("DebtRecoveryRatePeriod", one_of("HOURLY", "DAILY")),
)

GAS_DEBT_RECOVERY = content(
    one("DebtRecoveryRate", INT), one("DebtRecoveryRatePeriod", one_of("HOURLY", "DAILY"))
)

UPDATE_DEBT = content(
    one("TimeDebtRegister1", INT),
    one("TimeDebtRegister2", INT),
    one("PaymentDebtRegister", INT),
    one("DebtRecoveryPerPayment", integer(0, 10000)),
    either(
        together(
            one("ElecDebtRecovery1", ELEC_DEBT_RECOVERY),
            one("ElecDebtRecovery2", ELEC_DEBT_RECOVERY),
        ),
        together(
            one("GasDebtRecovery1", GAS_DEBT_RECOVERY), one("GasDebtRecovery2", GAS_DEBT_RECOVERY)
        ),
    ),
)

ELEMENTS: tuple[Element, ...] = (
    one("UpdatePrepayConfiguration", UPDATE_PREPAY_CONFIGURATION),
    one("TopUpDevice", TOP_UP_DEVICE),
    one("UpdateDebt", UPDATE_DEBT),
    one("ActivateEmergencyCredit", EMPTY),
)
