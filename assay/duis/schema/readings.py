"""Services 3.x, 4.x, 9.x, 14.x: what is shown on, read from or recorded by Devices."""

from __future__ import annotations

from assay.duis.schema.common import READ_LOG_FUTURE_DATABLE, READ_LOG_PERIOD
from assay.duis.schema.model import EMPTY, Element, content, maybe, one
from assay.duis.schema.simple_types import BASE64, DATE_TIME, one_of, text

DISPLAY_MESSAGE = content(
    maybe("ExecutionDateTime", DATE_TIME), one("SupplierMessage", text(1, 116, pattern=r"[ -~]+"))
)

RESTRICT_ACCESS_FOR_CHANGE_OF_TENANCY = content(
    maybe("ExecutionDateTime", DATE_TIME), one("RestrictionDateTime", DATE_TIME)
)

CLEAR_EVENT_LOG = content(maybe("ESMEEventLogType", one_of("ESME", "ALCS")))

UPDATE_SUPPLIER_NAME = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("SupplierName", text(0, 15, pattern=r"[ -~]+")),
    one("SupplierTelephoneNumber", text(0, 18, pattern=r"[0-9 ]+")),
)

READ_INSTANTANEOUS_IMPORT_REGISTERS = content(maybe("ExecutionDateTime", DATE_TIME))

READ_DATA_ON_DEMAND_OR_FUTURE_DATED = content(maybe("ExecutionDateTime", DATE_TIME))

READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("ReadLogPeriod", READ_LOG_PERIOD),
    maybe("KAPublicSecurityCredentials", BASE64),
)

ELEMENTS: tuple[Element, ...] = (
    one("DisplayMessage", DISPLAY_MESSAGE),
    one("RestrictAccessForChangeOfTenancy", RESTRICT_ACCESS_FOR_CHANGE_OF_TENANCY),
    one("ClearEventLog", CLEAR_EVENT_LOG),
    one("UpdateSupplierName", UPDATE_SUPPLIER_NAME),
    one("DisablePrivacyPIN", EMPTY),
    one("ReadInstantaneousImportRegisters", READ_INSTANTANEOUS_IMPORT_REGISTERS),
    one("ReadInstantaneousImportTOUMatrices", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadInstantaneousImportTOUWithBlocksMatrices", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadInstantaneousImportBlockCounters", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadInstantaneousExportRegisters", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadInstantaneousPrepayValues", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("RetrieveCoMOrTariffTriggeredBillingDataLog", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one(
        "RetrieveBillingCalendarTriggeredBillingDataLog",
        READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS,
    ),
    one("RetrieveBillingDataLogDebtPayments", READ_LOG_FUTURE_DATABLE),
    one("RetrieveBillingDataLogPrepaymentCredits", READ_LOG_FUTURE_DATABLE),
    one("RetrieveImportDailyReadLog", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one("RetrieveExportDailyReadLog", READ_LOG_FUTURE_DATABLE),
    one("ReadActiveImportProfileData", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one("ReadReactiveImportProfileData", READ_LOG_FUTURE_DATABLE),
    one("ReadExportProfileData", READ_LOG_FUTURE_DATABLE),
    one("ReadNetworkData", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one("ReadTariffPrimaryElement", EMPTY),
    one("ReadTariffSecondaryElement", EMPTY),
    one("ReadMaximumDemandImportRegisters", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadMaximumDemandExportRegisters", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadPrepaymentConfiguration", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadPrepaymentDailyReadLog", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one("ReadLoadLimitData", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("ReadActivePowerImport", EMPTY),
    one("RetrieveDailyConsumptionLog", READ_LOG_FUTURE_DATABLE_AND_URP_CREDENTIALS),
    one("ReadMeterBalance", READ_DATA_ON_DEMAND_OR_FUTURE_DATED),
    one("RequestCustomerIdentificationNumber", EMPTY),
    one("RecordNetworkDataGAS", EMPTY),
)
