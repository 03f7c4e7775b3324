"""Types of content that several services share."""

from __future__ import annotations

from assay.duis.schema.model import EMPTY, content, either, maybe, one, some
from assay.duis.schema.simple_types import (
    BASE64,
    DATE,
    DATE_TIME,
    EUI,
    TIME,
    decimal,
    integer,
    one_of,
    one_of_words,
    text,
)

YEAR = content(either(one("SpecifiedYear", integer(2014, 9999)), one("NonSpecifiedYear", EMPTY)))

MONTH = content(either(one("SpecifiedMonth", integer(1, 12)), one("NonSpecifiedMonth", EMPTY)))

DAY_OF_MONTH = content(
    either(
        one("SpecifiedDayOfMonth", integer(1, 31)),
        one("LastDayOfMonth", EMPTY),
        one("SecondLastDayOfMonth", EMPTY),
        one("NonSpecifiedDayOfMonth", EMPTY),
    )
)

DAY_OF_WEEK = content(
    either(one("SpecifiedDayOfWeek", integer(1, 7)), one("NonSpecifiedDayOfWeek", EMPTY))
)

DATE_WITH_WILDCARDS = content(
    one("Year", YEAR),
    one("Month", MONTH),
    one("DayOfMonth", DAY_OF_MONTH),
    one("DayOfWeek", DAY_OF_WEEK),
)

GAS_WEEK_NAME = integer(1, 2)

GAS_YEAR_WITH_WILDCARDS = content(
    either(one("SpecifiedYear", integer(2014, 9999)), one("NonSpecifiedYear", EMPTY))
)

GAS_MONTH_WITH_WILDCARDS = content(
    either(one("SpecifiedMonth", integer(1, 12)), one("NonSpecifiedMonth", EMPTY))
)

GAS_DAY_OF_MONTH_WITH_WILDCARDS = content(
    either(one("SpecifiedDayOfMonth", integer(1, 31)), one("GasNonSpecifiedDayOfMonth", EMPTY))
)

GAS_DAY_OF_WEEK_WITH_WILDCARDS = content(
    either(one("SpecifiedDayOfWeek", integer(1, 7)), one("NonSpecifiedDayOfWeek", EMPTY))
)

GAS_DATE_WITH_WILDCARDS = content(
    one("GasYearWithWildcards", GAS_YEAR_WITH_WILDCARDS),
    one("GasMonthWithWildcards", GAS_MONTH_WITH_WILDCARDS),
    one("GasDayOfMonthWithWildcards", GAS_DAY_OF_MONTH_WITH_WILDCARDS),
    one("GasDayOfWeekWithWildcards", GAS_DAY_OF_WEEK_WITH_WILDCARDS),
)

PRICE_SCALE = integer(-128, 127)

DAY_OF_WEEK_APPLICABILITY = content(
    one(
        "DayOfWeekID",
        one_of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    )
)

DAYS_OF_WEEK_APPLICABILITY = content(
    some("DayOfWeekApplicability", DAY_OF_WEEK_APPLICABILITY, 0, 7)
)

READ_LOG_PERIOD = content(one("StartDateTime", DATE_TIME), one("EndDateTime", DATE_TIME))

READ_LOG_FUTURE_DATABLE = content(
    maybe("ExecutionDateTime", DATE_TIME), one("ReadLogPeriod", READ_LOG_PERIOD)
)

SCHEDULE_FREQUENCY = one_of("Daily", "Weekly", "Monthly", "Quarterly", "Half-Yearly", "Yearly")

DSP_SCHEDULED_SERVICE_REFERENCE = one_of_words("4.2 4.6 4.8 4.10 4.12 4.14 4.15 4.16 4.17 14.1")

DSP_SCHEDULED_SERVICE_REFERENCE_VARIANT = one_of_words(
    "4.2 4.6.1 4.6.2 4.8.1 4.8.2 4.8.3 4.10 4.12.1 4.12.2 4.14 4.15 4.16 4.17 14.1"
)

LOG_PERIOD_OFFSET = integer(-400, 0)

READ_LOG_PERIOD_OFFSET = content(
    one("StartDateOffset", LOG_PERIOD_OFFSET),
    one("StartTime", TIME),
    one("EndDateOffset", LOG_PERIOD_OFFSET),
    one("EndTime", TIME),
)

DSP_SCHEDULE = content(
    one("ScheduleFrequency", SCHEDULE_FREQUENCY),
    one("ScheduleStartDate", DATE),
    maybe("ScheduleEndDate", DATE),
    maybe("ScheduleExecutionStartTime", TIME),
    maybe("KAPublicSecurityCredential", BASE64),
    one("DSPScheduledServiceReference", DSP_SCHEDULED_SERVICE_REFERENCE),
    one("DSPScheduledServiceReferenceVariant", DSP_SCHEDULED_SERVICE_REFERENCE_VARIANT),
    one("DeviceID", EUI),
    either(
        one("DSPRetrieveImportDailyReadLog", READ_LOG_PERIOD_OFFSET),
        one("DSPRetrieveExportDailyReadLog", READ_LOG_PERIOD_OFFSET),
        one("DSPReadActiveImportProfileData", READ_LOG_PERIOD_OFFSET),
        one("DSPReadReactiveImportProfileData", READ_LOG_PERIOD_OFFSET),
        one("DSPReadExportProfileData", READ_LOG_PERIOD_OFFSET),
        one("DSPReadNetworkData", READ_LOG_PERIOD_OFFSET),
        one("DSPReadMaximumDemandImportRegisters", EMPTY),
        one("DSPReadMaximumDemandExportRegisters", EMPTY),
        one("DSPReadPrepaymentDailyReadLog", READ_LOG_PERIOD_OFFSET),
        one("DSPReadLoadLimitData", EMPTY),
        one("DSPReadActivePowerImport", EMPTY),
        one("DSPRetrieveDailyConsumptionLog", READ_LOG_PERIOD_OFFSET),
        one("DSPRecordNetworkDataGAS", EMPTY),
        one("DSPReadInstantaneousExportRegisters", EMPTY),
    ),
)

SCHEDULE_ID = integer(0, 1_000_000_000_000)

TOLERANCE_PERIOD = integer(0, 86400)

SYNCHRONISE_CLOCK = content(
    one("CurrentDateTime", DATE_TIME), one("TolerancePeriod", TOLERANCE_PERIOD)
)

AUXILIARY_CONTROLLER_LEVEL = integer(0, 100)

REMOTE_PARTY_ROLE = one_of(
    "ACB", "NetworkOperator", "Recovery", "Root", "Supplier", "TransCoS", "LoadController"
)

FLOOR_SEQUENCE_NUMBER = integer(0, 2**63 - 1)

CERTIFICATION_PATH_CERTIFICATES = content(some("Certificate", BASE64, 1, 3))

MPAN = text(13, 13)

IMPORT_MPXN = text(1, 13)

CHANNELS_0_TO_26 = content(
    maybe("Channel0", EMPTY),
    maybe("Channel1", EMPTY),
    maybe("Channel2", EMPTY),
    maybe("Channel3", EMPTY),
    maybe("Channel4", EMPTY),
    maybe("Channel5", EMPTY),
    maybe("Channel6", EMPTY),
    maybe("Channel7", EMPTY),
    maybe("Channel8", EMPTY),
    maybe("Channel9", EMPTY),
    maybe("Channel10", EMPTY),
    maybe("Channel11", EMPTY),
    maybe("Channel12", EMPTY),
    maybe("Channel13", EMPTY),
    maybe("Channel14", EMPTY),
    maybe("Channel15", EMPTY),
    maybe("Channel16", EMPTY),
    maybe("Channel17", EMPTY),
    maybe("Channel18", EMPTY),
    maybe("Channel19", EMPTY),
    maybe("Channel20", EMPTY),
    maybe("Channel21", EMPTY),
    maybe("Channel22", EMPTY),
    maybe("Channel23", EMPTY),
    maybe("Channel24", EMPTY),
    maybe("Channel25", EMPTY),
    maybe("Channel26", EMPTY),
)

CHANNELS_27_TO_34 = content(
    maybe("Channel27", EMPTY),
    maybe("Channel28", EMPTY),
    maybe("Channel29", EMPTY),
    maybe("Channel30", EMPTY),
    maybe("Channel31", EMPTY),
    maybe("Channel32", EMPTY),
    maybe("Channel33", EMPTY),
    maybe("Channel34", EMPTY),
)

CHANNELS_35_TO_61 = content(
    maybe("Channel35", EMPTY),
    maybe("Channel36", EMPTY),
    maybe("Channel37", EMPTY),
    maybe("Channel38", EMPTY),
    maybe("Channel39", EMPTY),
    maybe("Channel40", EMPTY),
    maybe("Channel41", EMPTY),
    maybe("Channel42", EMPTY),
    maybe("Channel43", EMPTY),
    maybe("Channel44", EMPTY),
    maybe("Channel45", EMPTY),
    maybe("Channel46", EMPTY),
    maybe("Channel47", EMPTY),
    maybe("Channel48", EMPTY),
    maybe("Channel49", EMPTY),
    maybe("Channel50", EMPTY),
    maybe("Channel51", EMPTY),
    maybe("Channel52", EMPTY),
    maybe("Channel53", EMPTY),
    maybe("Channel54", EMPTY),
    maybe("Channel55", EMPTY),
    maybe("Channel56", EMPTY),
    maybe("Channel57", EMPTY),
    maybe("Channel58", EMPTY),
    maybe("Channel59", EMPTY),
    maybe("Channel60", EMPTY),
    maybe("Channel61", EMPTY),
)

SUB_GHZ_CONFIGURATION = content(
    one("LowerBandSubGHzChannels0To26", CHANNELS_0_TO_26),
    one("LowerBandSubGHzChannels27To34", CHANNELS_27_TO_34),
    one("LowerBandSubGHzChannels35To61", CHANNELS_35_TO_61),
    one("UpperBandSubGHzChannels0To26", CHANNELS_0_TO_26),
    one("NormalLimitedDutyCycleThreshold", decimal("0.5", "2.0", fraction_digits=1)),
    one("LimitedCriticalDutyCycleThreshold", decimal(above="1.5", below="2.5", fraction_digits=1)),
    one("MaximumSubGHzChannelChangesPerWeek", integer(1, 7)),
    one("GSMECurfew", integer(2, 65535)),
    one("ChannelQuieterThreshold", integer(1, 255)),
    one("ChannelNoisierThreshold", integer(0, 20)),
    one("NonGSMEPoorCommsPercentageThreshold", decimal("1.00", "100.00", fraction_digits=2)),
    one("NonGSMEPoorCommsMeasurementPeriods", integer(50, 150)),
    one("LocalCHNoiseMeasurementPeriod", integer(61, 65535)),
    one("LocalCHFailurePercentage", decimal("1.00", "100.00", fraction_digits=2)),
    one("LocalCHRetryPercentage", decimal("1.00", "100.00", fraction_digits=2)),
)

UPRN = integer(1, 999_999_999_999)

POST_CODE = text(6, 8)

ADDRESS_IDENTIFIER = text(0, 30)

PROPERTY_FILTER = content(one("PostCode", POST_CODE), one("AddressIdentifier", ADDRESS_IDENTIFIER))

DEVICE_MANUFACTURER = text(0, 30)

DEVICE_MODEL = text(0, 30)

SMETS_CHTS_VERSION = text(1, 20)

FIRMWARE_VERSION = text(1, 8)

ESME_VARIANT = one_of_words(
    "A B C AD BD CD ADE BDE CDE ADF BDF CDF ADEF BDEF CDEF ADG ADEG AF BF CF AEF BEF CEF AG AEG"
)

DEVICE_TYPE = one_of("ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "IHD", "CAD")

METER_MPXNS = content(
    one("ImportMPxN", IMPORT_MPXN),
    maybe("SecondaryImportMPAN", text(13, 13)),
    maybe("ExportMPAN", text(13, 13)),
)

PARTIAL_ADDRESS = content(one("PostCode", POST_CODE), one("AddressIdentifier", ADDRESS_IDENTIFIER))

REQUEST_WAN_MATRIX = content(either(one("UPRN", UPRN), one("PartialAddress", PARTIAL_ADDRESS)))
