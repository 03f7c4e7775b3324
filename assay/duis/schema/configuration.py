"""Services 6.x: configuration, clock, event logs, security credentials of Devices."""

from __future__ import annotations

from assay.duis.schema.common import (
    AUXILIARY_CONTROLLER_LEVEL,
    CERTIFICATION_PATH_CERTIFICATES,
    DATE_WITH_WILDCARDS,
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    DAYS_OF_WEEK_APPLICABILITY,
    FLOOR_SEQUENCE_NUMBER,
    IMPORT_MPXN,
    MONTH,
    MPAN,
    READ_LOG_PERIOD,
    REMOTE_PARTY_ROLE,
    SUB_GHZ_CONFIGURATION,
    SYNCHRONISE_CLOCK,
    YEAR,
)
from assay.duis.schema.model import EMPTY, Attribute, Element, content, either, maybe, one, some
from assay.duis.schema.simple_types import (
    BASE64,
    BOOLEAN,
    DATE_TIME,
    EUI,
    TIME,
    UNSIGNED_INT,
    UNSIGNED_SHORT,
    decimal,
    integer,
    one_of,
    text,
)

UPDATE_DEVICE_CONFIGURATION_LOAD_LIMITING_GENERAL_SETTINGS = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("LoadLimitPeriod", UNSIGNED_INT),
    one("LoadLimitPowerThreshold", UNSIGNED_INT),
    one("LoadLimitRestorationPeriod", UNSIGNED_INT),
    one("LoadLimitSupplyState", one_of("Disable", "Unchanged")),
)

UPDATE_DEVICE_CONFIGURATION_LOAD_LIMITING_COUNTER_RESET = content(
    maybe("ExecutionDateTime", DATE_TIME)
)

RMS_VOLTAGE_SETTINGS = content(
    one("RMSExtremeOverVoltageMeasurementPeriod", UNSIGNED_INT),
    one("RMSExtremeOverVoltageThreshold", UNSIGNED_INT),
    one("RMSExtremeUnderVoltageMeasurementPeriod", UNSIGNED_INT),
    one("RMSExtremeUnderVoltageThreshold", UNSIGNED_INT),
    one("RMSVoltageSagMeasurementPeriod", UNSIGNED_INT),
    one("RMSVoltageSagThreshold", UNSIGNED_INT),
    one("RMSVoltageSwellMeasurementPeriod", UNSIGNED_INT),
    one("RMSVoltageSwellThreshold", UNSIGNED_INT),
)

AVERAGE_RMS_VOLTAGE_SETTINGS = content(
    one("AverageRMSOverVoltageThreshold", UNSIGNED_INT),
    one("AverageRMSUnderVoltageThreshold", UNSIGNED_INT),
    one("AverageRMSVoltageMeasurementPeriod", UNSIGNED_INT),
)

POLY_PHASE_VOLTAGE_SETTINGS = content(
    one("Phase", integer(1, 3)), one("PhaseVoltageSettings", AVERAGE_RMS_VOLTAGE_SETTINGS)
)

UPDATE_DEVICE_CONFIGURATION_VOLTAGE = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("RMSVoltageSettings", RMS_VOLTAGE_SETTINGS),
    either(
        one("SinglePhaseVoltageSettings", AVERAGE_RMS_VOLTAGE_SETTINGS),
        some("PolyPhaseVoltageSettings", POLY_PHASE_VOLTAGE_SETTINGS, 3, 3),
    ),
    maybe("RMSVoltageCountersNotReset", EMPTY),
)

UPDATE_DEVICE_CONFIGURATION_GAS_CONVERSION = content(
    one("CalorificValue", decimal("0", "429496729.5", fraction_digits=1)),
    one("ConversionFactor", decimal("0", "42949.67295", fraction_digits=5)),
)

UPDATE_DEVICE_CONFIGURATION_GAS_FLOW = content(
    either(
        one("UncontrolledGasFlowRate", UNSIGNED_SHORT),
        one("UncontrolledGasFlowRateDecimal", decimal("0.0000", "6.5535", fraction_digits=4)),
    ),
    one("SupplyDepletionState", one_of("Unchanged", "Locked")),
    one("SupplyTamperState", one_of("Unchanged", "Locked")),
    one("StabilisationPeriod", integer(1, 255)),
    one("MeasurementPeriod", integer(1, 65535)),
)

BILLING_CALENDAR_DAY_OF_WEEK = integer(1, 7)

BILLING_CALENDAR_DAY_OF_MONTH = integer(1, 28)

BILLING_PERIOD_START_MONTH = integer(1, 12)

BILLING_CALENDAR_QSMY = content(
    one("DayOfMonth", BILLING_CALENDAR_DAY_OF_MONTH),
    one("BillingPeriodStartMonth", BILLING_PERIOD_START_MONTH),
)

ELECTRICITY_BILLING_CALENDAR = content(
    one("BillingTime", TIME),
    either(
        one("Daily", EMPTY),
        one("Weekly", BILLING_CALENDAR_DAY_OF_WEEK),
        one("Monthly", BILLING_CALENDAR_DAY_OF_MONTH),
        one("Quarterly", BILLING_CALENDAR_QSMY),
        one("SixMonthly", BILLING_CALENDAR_QSMY),
        one("Yearly", BILLING_CALENDAR_QSMY),
    ),
)

GAS_BILLING_CALENDAR = content(
    one("BillingPeriodStart", DATE_TIME),
    one("Periodicity", one_of("Daily", "Weekly", "Monthly", "Quarterly", "SixMonthly", "Yearly")),
)

BILLING_CALENDAR = content(
    either(
        one("ElectricityBillingCalendar", ELECTRICITY_BILLING_CALENDAR),
        one("GasBillingCalendar", GAS_BILLING_CALENDAR),
    )
)

UPDATE_DEVICE_CONFIGURATION_INSTANTANEOUS_POWER_THRESHOLD = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("LowMediumPowerThreshold", UNSIGNED_INT),
    one("MediumHighPowerThreshold", UNSIGNED_INT),
)

READ_EVENT_OR_SECURITY_LOG = content(
    one("ReadLogPeriod", READ_LOG_PERIOD),
    one(
        "LogToRead",
        one_of("Event", "ALCSEvent", "PowerEvent", "Security", "GSMEEvent", "GSMESecurity"),
    ),
)

ALCS_HCALCS_DESCRIPTION = content(
    one("SwitchDescription", text(0, 22, pattern=r"[ -~]+")),
    attributes=(Attribute("index", integer(1, 5)),),
)

UPDATE_DEVICE_CONFIGURATION_ALC_DESCRIPTIONS = content(
    either(some("ALCSHCALCSDescription", ALCS_HCALCS_DESCRIPTION, 1, 5))
)

ACTIVATE_DEACTIVATE_SWITCH = content(
    either(one("ActivateSwitch", EMPTY), one("DeactivateSwitch", EMPTY)),
    attributes=(Attribute("index", integer(1, 5)),),
)

SCHEDULE_DATES_AND_TIME = content(
    one("SwitchTime", TIME),
    one("StartDate", DATE_WITH_WILDCARDS),
    one("EndDate", DATE_WITH_WILDCARDS),
)

ALCS_HCALCS_CONNECTION_SCHEDULE = content(
    one("ActivateDeactivateSwitch", ACTIVATE_DEACTIVATE_SWITCH),
    some(
        "SpecialDaysApplicability", content(attributes=(Attribute("index", integer(1, 20)),)), 0, 20
    ),
    maybe("DaysOfWeekApplicability", DAYS_OF_WEEK_APPLICABILITY),
    one("ALCSScheduleDatesAndTime", SCHEDULE_DATES_AND_TIME),
)

ALCS_HCALCS_SPECIAL_DAYS = content(
    some(
        "ALCSHCALCSSpecialDay",
        content(
            one("Year", YEAR),
            one("Month", MONTH),
            one("DayOfMonth", DAY_OF_MONTH),
            one("DayOfWeek", DAY_OF_WEEK),
            attributes=(Attribute("index", integer(1, 20)),),
        ),
        0,
        20,
    )
)

SWITCH_TYPE_AND_ID = content(
    either(one("ALCS", EMPTY), one("HCALCS", EUI)), attributes=(Attribute("index", integer(1, 5)),)
)

UPDATE_DEVICE_CONFIGURATION_ALC_SCHEDULER = content(
    maybe("ExecutionDateTime", DATE_TIME),
    some("ALCSHCALCSConnectionSchedule", ALCS_HCALCS_CONNECTION_SCHEDULE, 1, 48),
    one("ALCSHCALCSSpecialDays", ALCS_HCALCS_SPECIAL_DAYS),
    some("SwitchTypeAndId", SWITCH_TYPE_AND_ID, 0, 5),
)

AUXILIARY_CONTROLLER_ACTION = content(
    one("CommandedStateLevel", AUXILIARY_CONTROLLER_LEVEL),
    maybe("InputFromControlledLoad", EMPTY),
    attributes=(Attribute("auxiliaryControllerN", integer(1, 5)),),
)

AUXILIARY_CONTROLLER_SCHEDULE = content(
    one("AuxiliaryControllerAction", AUXILIARY_CONTROLLER_ACTION),
    some(
        "SpecialDaysApplicability",
        content(attributes=(Attribute("identifier", integer(1, 20)),)),
        0,
        20,
    ),
    maybe("DaysOfWeekApplicability", DAYS_OF_WEEK_APPLICABILITY),
    one("AuxiliaryControllerSchedulePeriodAndTime", SCHEDULE_DATES_AND_TIME),
)

AUXILIARY_CONTROLLER_SPECIAL_DAY_DEFINITIONS = content(
    some(
        "AuxiliaryControllerSpecialDayDefinition",
        content(
            one("Year", YEAR),
            one("Month", MONTH),
            one("DayOfMonth", DAY_OF_MONTH),
            one("DayOfWeek", DAY_OF_WEEK),
            attributes=(Attribute("identifier", integer(1, 20)),),
        ),
        0,
        20,
    )
)

UPDATE_DEVICE_CONFIGURATION_AUXILIARY_CONTROLLER_SCHEDULER = content(
    maybe("ExecutionDateTime", DATE_TIME),
    some("AuxiliaryControllerSchedule", AUXILIARY_CONTROLLER_SCHEDULE, 0, 120),
    one("AuxiliaryControllerSpecialDayDefinitions", AUXILIARY_CONTROLLER_SPECIAL_DAY_DEFINITIONS),
)

SUPPLIER_OR_NETWORK_OPERATOR_CERTIFICATES_KRP = content(
    maybe("DigitalSigningCertificate", BASE64),
    maybe("KeyAgreementCertificate", BASE64),
    maybe("KeyAgreementTopUpCertificate", BASE64),
)

REPLACEMENT_CERTIFICATES_KRP = content(
    either(
        one("SupplierOrNetworkOperatorCertificates", SUPPLIER_OR_NETWORK_OPERATOR_CERTIFICATES_KRP)
    )
)

UPDATE_SECURITY_CREDENTIALS_KRP = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("RemotePartyRole", REMOTE_PARTY_ROLE),
    maybe("RemotePartyFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    maybe("RemotePartyPrepaymentTopUpFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    one("ReplacementCertificates", REPLACEMENT_CERTIFICATES_KRP),
    one("CertificationPathCertificates", CERTIFICATION_PATH_CERTIFICATES),
    one("ApplyTimeBasedCPVChecks", BOOLEAN),
)

UPDATE_SECURITY_CREDENTIALS_DEVICE = content(one("DeviceCertificate", BASE64))

CREDENTIAL_TYPE = one_of("Digital Signature", "Key Agreement")

ISSUE_SECURITY_CREDENTIALS = content(one("CredentialType", CREDENTIAL_TYPE))

MAXIMUM_DEMAND_TIME_PERIOD_SCHEDULE = content(one("StartTime", TIME), one("EndTime", TIME))

SET_MAXIMUM_DEMAND_CONFIGURABLE_TIME_PERIOD = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("MaximumDemandTimePeriodSchedule", MAXIMUM_DEMAND_TIME_PERIOD_SCHEDULE),
)

RESET_MAXIMUM_DEMAND_REGISTERS = content(
    maybe("ExecutionDateTime", DATE_TIME),
    maybe("MaxDemandActivePowerImportValue", EMPTY),
    maybe("MaxDemandActivePowerExportValue", EMPTY),
    maybe("MaxDemandConfigTimeActivePowerImportValue", EMPTY),
)

IMPORT_MPA_NS = content(one("ImportMPAN", MPAN), maybe("SecondaryImportMPAN", MPAN))

MPRN = text(1, 10)

SET_DEVICE_CONFIGURATION_IMPORT_MPXN = content(
    maybe("ExecutionDateTime", DATE_TIME),
    either(one("ImportMPANs", IMPORT_MPA_NS), one("ImportMPRN", MPRN)),
)

SET_DEVICE_CONFIGURATIN_EXPORT_MPAN = content(
    maybe("ExecutionDateTime", DATE_TIME), one("ExportMPAN", MPAN)
)

REPLACEMENT_CERTIFICATES_DCC_HANDOVER = content(
    one("DigitalSigningCertificate", BASE64),
    maybe("KeyAgreementCertificate", BASE64),
    maybe("KeyAgreementTopUpCertificate", BASE64),
)

REQUEST_HANDOVER_OF_DCC_CONTROLLED_DEVICE = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("RemotePartyRole", REMOTE_PARTY_ROLE),
    maybe("RemotePartyFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    maybe("RemotePartyPrepaymentTopUpFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    one("ReplacementCertificates", REPLACEMENT_CERTIFICATES_DCC_HANDOVER),
    one("CertificationPathCertificates", CERTIFICATION_PATH_CERTIFICATES),
    one("ApplyTimeBasedCPVChecks", BOOLEAN),
)

ENABLE_DISABLE_ALERT = one_of("Disable", "Enable")

SUPPLIER_ESME_COMMON = content(
    maybe("x810D", ENABLE_DISABLE_ALERT),
    maybe("x810E", ENABLE_DISABLE_ALERT),
    maybe("x8119", ENABLE_DISABLE_ALERT),
    maybe("x8145", ENABLE_DISABLE_ALERT),
    maybe("x8154", ENABLE_DISABLE_ALERT),
    maybe("x8155", ENABLE_DISABLE_ALERT),
    maybe("x8161", ENABLE_DISABLE_ALERT),
    maybe("x8162", ENABLE_DISABLE_ALERT),
    maybe("x8168", ENABLE_DISABLE_ALERT),
    maybe("x8183", ENABLE_DISABLE_ALERT),
    maybe("x81A0", ENABLE_DISABLE_ALERT),
    maybe("x81A1", ENABLE_DISABLE_ALERT),
    maybe("x81A2", ENABLE_DISABLE_ALERT),
    maybe("x81A3", ENABLE_DISABLE_ALERT),
    maybe("x81A4", ENABLE_DISABLE_ALERT),
    maybe("x81A5", ENABLE_DISABLE_ALERT),
    maybe("x81A6", ENABLE_DISABLE_ALERT),
    maybe("x81A7", ENABLE_DISABLE_ALERT),
    maybe("x81A8", ENABLE_DISABLE_ALERT),
    maybe("x81A9", ENABLE_DISABLE_ALERT),
    maybe("x81AA", ENABLE_DISABLE_ALERT),
    maybe("x81AB", ENABLE_DISABLE_ALERT),
    maybe("x81AC", ENABLE_DISABLE_ALERT),
    maybe("x81AD", ENABLE_DISABLE_ALERT),
    maybe("x81AE", ENABLE_DISABLE_ALERT),
    maybe("x81AF", ENABLE_DISABLE_ALERT),
    maybe("x81B0", ENABLE_DISABLE_ALERT),
    maybe("x81B1", ENABLE_DISABLE_ALERT),
    maybe("x81B2", ENABLE_DISABLE_ALERT),
    maybe("x81B3", ENABLE_DISABLE_ALERT),
    maybe("x81B8", ENABLE_DISABLE_ALERT),
    maybe("x81B9", ENABLE_DISABLE_ALERT),
    maybe("x81BA", ENABLE_DISABLE_ALERT),
    maybe("x81BB", ENABLE_DISABLE_ALERT),
    maybe("x81BC", ENABLE_DISABLE_ALERT),
    maybe("x81BD", ENABLE_DISABLE_ALERT),
    maybe("x81BE", ENABLE_DISABLE_ALERT),
    maybe("x81C0", ENABLE_DISABLE_ALERT),
    maybe("x81C1", ENABLE_DISABLE_ALERT),
    maybe("x81C4", ENABLE_DISABLE_ALERT),
    maybe("x81C5", ENABLE_DISABLE_ALERT),
    maybe("x81C6", ENABLE_DISABLE_ALERT),
)

SUPPLIER_ESME_POLY_PHASE = content(maybe("x81B7", ENABLE_DISABLE_ALERT))

ELECTRICITY_SUPPLIER_ALERTS = content(
    maybe("SupplierESMECommon", SUPPLIER_ESME_COMMON),
    maybe("SupplierESMEPolyPhase", SUPPLIER_ESME_POLY_PHASE),
)

NETWORK_OPERATOR_ESME_COMMON = content(
    maybe("x8014", ENABLE_DISABLE_ALERT), maybe("x8015", ENABLE_DISABLE_ALERT)
)

NETWORK_OPERATOR_ESME_SINGLE_PHASE = content(
    maybe("x8002", ENABLE_DISABLE_ALERT),
    maybe("x8006", ENABLE_DISABLE_ALERT),
    maybe("x8020", ENABLE_DISABLE_ALERT),
    maybe("x8024", ENABLE_DISABLE_ALERT),
    maybe("x8028", ENABLE_DISABLE_ALERT),
    maybe("x802C", ENABLE_DISABLE_ALERT),
    maybe("x8085", ENABLE_DISABLE_ALERT),
    maybe("x8089", ENABLE_DISABLE_ALERT),
    maybe("x808D", ENABLE_DISABLE_ALERT),
    maybe("x8091", ENABLE_DISABLE_ALERT),
    maybe("x8095", ENABLE_DISABLE_ALERT),
    maybe("x8099", ENABLE_DISABLE_ALERT),
    maybe("x8010", ENABLE_DISABLE_ALERT),
)

NETWORK_OPERATOR_ESME_POLY_PHASE = content(
    maybe("x8003", ENABLE_DISABLE_ALERT),
    maybe("x8004", ENABLE_DISABLE_ALERT),
    maybe("x8005", ENABLE_DISABLE_ALERT),
    maybe("x8007", ENABLE_DISABLE_ALERT),
    maybe("x8008", ENABLE_DISABLE_ALERT),
    maybe("x8009", ENABLE_DISABLE_ALERT),
    maybe("x8021", ENABLE_DISABLE_ALERT),
    maybe("x8022", ENABLE_DISABLE_ALERT),
    maybe("x8023", ENABLE_DISABLE_ALERT),
    maybe("x8025", ENABLE_DISABLE_ALERT),
    maybe("x8026", ENABLE_DISABLE_ALERT),
    maybe("x8027", ENABLE_DISABLE_ALERT),
    maybe("x8029", ENABLE_DISABLE_ALERT),
    maybe("x802A", ENABLE_DISABLE_ALERT),
    maybe("x802B", ENABLE_DISABLE_ALERT),
    maybe("x802D", ENABLE_DISABLE_ALERT),
    maybe("x802E", ENABLE_DISABLE_ALERT),
    maybe("x802F", ENABLE_DISABLE_ALERT),
    maybe("x8086", ENABLE_DISABLE_ALERT),
    maybe("x8087", ENABLE_DISABLE_ALERT),
    maybe("x8088", ENABLE_DISABLE_ALERT),
    maybe("x808A", ENABLE_DISABLE_ALERT),
    maybe("x808B", ENABLE_DISABLE_ALERT),
    maybe("x808C", ENABLE_DISABLE_ALERT),
    maybe("x808E", ENABLE_DISABLE_ALERT),
    maybe("x808F", ENABLE_DISABLE_ALERT),
    maybe("x8090", ENABLE_DISABLE_ALERT),
    maybe("x8092", ENABLE_DISABLE_ALERT),
    maybe("x8093", ENABLE_DISABLE_ALERT),
    maybe("x8094", ENABLE_DISABLE_ALERT),
    maybe("x8096", ENABLE_DISABLE_ALERT),
    maybe("x8097", ENABLE_DISABLE_ALERT),
    maybe("x8098", ENABLE_DISABLE_ALERT),
    maybe("x809A", ENABLE_DISABLE_ALERT),
    maybe("x809B", ENABLE_DISABLE_ALERT),
    maybe("x809C", ENABLE_DISABLE_ALERT),
    maybe("x8011", ENABLE_DISABLE_ALERT),
    maybe("x8016", ENABLE_DISABLE_ALERT),
    maybe("x8013", ENABLE_DISABLE_ALERT),
)

ELECTRICITY_NETWORK_OPERATOR_ALERTS = content(
    maybe("NetworkOperatorESMECommon", NETWORK_OPERATOR_ESME_COMMON),
    either(
        maybe("NetworkOperatorESMESinglePhase", NETWORK_OPERATOR_ESME_SINGLE_PHASE),
        maybe("NetworkOperatorESMEPolyPhase", NETWORK_OPERATOR_ESME_POLY_PHASE),
    ),
)

SUPPLIER_GSME = content(
    maybe("x810D", ENABLE_DISABLE_ALERT),
    maybe("x810E", ENABLE_DISABLE_ALERT),
    maybe("x8119", ENABLE_DISABLE_ALERT),
    maybe("x8145", ENABLE_DISABLE_ALERT),
    maybe("x8154", ENABLE_DISABLE_ALERT),
    maybe("x8155", ENABLE_DISABLE_ALERT),
    maybe("x8168", ENABLE_DISABLE_ALERT),
    maybe("x8183", ENABLE_DISABLE_ALERT),
    maybe("x8184", ENABLE_DISABLE_ALERT),
    maybe("x81A1", ENABLE_DISABLE_ALERT),
    maybe("x81A4", ENABLE_DISABLE_ALERT),
    maybe("x81A5", ENABLE_DISABLE_ALERT),
    maybe("x81A6", ENABLE_DISABLE_ALERT),
    maybe("x81A7", ENABLE_DISABLE_ALERT),
    maybe("x81A8", ENABLE_DISABLE_ALERT),
    maybe("x81A9", ENABLE_DISABLE_ALERT),
    maybe("x81AA", ENABLE_DISABLE_ALERT),
    maybe("x81AB", ENABLE_DISABLE_ALERT),
    maybe("x81AC", ENABLE_DISABLE_ALERT),
    maybe("x81AD", ENABLE_DISABLE_ALERT),
    maybe("x81AE", ENABLE_DISABLE_ALERT),
    maybe("x81AF", ENABLE_DISABLE_ALERT),
    maybe("x81B0", ENABLE_DISABLE_ALERT),
    maybe("x81B1", ENABLE_DISABLE_ALERT),
    maybe("x81B2", ENABLE_DISABLE_ALERT),
    maybe("x81B3", ENABLE_DISABLE_ALERT),
    maybe("x81B4", ENABLE_DISABLE_ALERT),
    maybe("x81B5", ENABLE_DISABLE_ALERT),
    maybe("x81B6", ENABLE_DISABLE_ALERT),
    maybe("x81B9", ENABLE_DISABLE_ALERT),
    maybe("x81BA", ENABLE_DISABLE_ALERT),
    maybe("x81BC", ENABLE_DISABLE_ALERT),
    maybe("x81BD", ENABLE_DISABLE_ALERT),
    maybe("x81BE", ENABLE_DISABLE_ALERT),
    maybe("x81BF", ENABLE_DISABLE_ALERT),
    maybe("x81C0", ENABLE_DISABLE_ALERT),
    maybe("x81C2", ENABLE_DISABLE_ALERT),
    maybe("x81C3", ENABLE_DISABLE_ALERT),
    maybe("x81C4", ENABLE_DISABLE_ALERT),
    maybe("x81C5", ENABLE_DISABLE_ALERT),
)

WANHAN_EVENT_LOG_ALARM = content(
    one("WANAlert", ENABLE_DISABLE_ALERT),
    one("HANAlert", ENABLE_DISABLE_ALERT),
    one("EventLog", ENABLE_DISABLE_ALERT),
    one("Alarm", ENABLE_DISABLE_ALERT),
)

SUPPLIER_GSME_ALERTS_EVENTS = content(
    maybe("x810D", WANHAN_EVENT_LOG_ALARM),
    maybe("x810E", WANHAN_EVENT_LOG_ALARM),
    maybe("x8119", WANHAN_EVENT_LOG_ALARM),
    maybe("x8145", WANHAN_EVENT_LOG_ALARM),
    maybe("x8154", WANHAN_EVENT_LOG_ALARM),
    maybe("x8155", WANHAN_EVENT_LOG_ALARM),
    maybe("x8161", WANHAN_EVENT_LOG_ALARM),
    maybe("x8162", WANHAN_EVENT_LOG_ALARM),
    maybe("x8168", WANHAN_EVENT_LOG_ALARM),
    maybe("x8183", WANHAN_EVENT_LOG_ALARM),
    maybe("x8184", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A0", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A1", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A4", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A5", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A6", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A7", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A8", WANHAN_EVENT_LOG_ALARM),
    maybe("x81A9", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AA", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AB", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AC", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AD", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AE", WANHAN_EVENT_LOG_ALARM),
    maybe("x81AF", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B0", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B1", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B2", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B3", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B4", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B5", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B6", WANHAN_EVENT_LOG_ALARM),
    maybe("x81B9", WANHAN_EVENT_LOG_ALARM),
    maybe("x81BA", WANHAN_EVENT_LOG_ALARM),
    maybe("x81BC", WANHAN_EVENT_LOG_ALARM),
    maybe("x81BD", WANHAN_EVENT_LOG_ALARM),
    maybe("x81BE", WANHAN_EVENT_LOG_ALARM),
    maybe("x81BF", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C0", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C2", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C3", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C4", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C5", WANHAN_EVENT_LOG_ALARM),
    maybe("x81C6", WANHAN_EVENT_LOG_ALARM),
)

CONFIGURE_ALERT_BEHAVIOUR = content(
    either(
        one("ElectricitySupplierAlerts", ELECTRICITY_SUPPLIER_ALERTS),
        one("ElectricitySupplierHANAlertSettings", ELECTRICITY_SUPPLIER_ALERTS),
        one("ElectricitySupplierAlarmSettings", ELECTRICITY_SUPPLIER_ALERTS),
        one("ElectricitySupplierLoggingSettings", ELECTRICITY_SUPPLIER_ALERTS),
        one("ElectricityNetworkOperatorAlerts", ELECTRICITY_NETWORK_OPERATOR_ALERTS),
        one("ElectricityNetworkOperatorLoggingSettings", ELECTRICITY_NETWORK_OPERATOR_ALERTS),
        one("GasSupplierAlerts", SUPPLIER_GSME),
        one("GasSupplierAlertEventSettings", SUPPLIER_GSME_ALERTS_EVENTS),
    )
)

REPLACEMENT_CERTIFICATES_COS = content(
    one("DigitalSigningCertificate", BASE64),
    maybe("KeyAgreementCertificate", BASE64),
    maybe("KeyAgreementTopUpCertificate", BASE64),
)

UPDATE_SECURITY_CREDENTIALS_COS = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("SupplierFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    maybe("SupplierPrepaymentTopUpFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    one("SupplierReplacementCertificates", REPLACEMENT_CERTIFICATES_COS),
    one("CertificationPathCertificates", CERTIFICATION_PATH_CERTIFICATES),
    one("ApplyTimeBasedCPVChecks", BOOLEAN),
    one("ImportMPxN", IMPORT_MPXN),
)

RETRIEVE_DEVICE_SECURITY_CREDENTIALS_KRP = content(some("RemotePartyRole", REMOTE_PARTY_ROLE, 1, 7))

RETRIEVE_DEVICE_SECURITY_CREDENTIALS_DEVICE = content(one("CredentialType", CREDENTIAL_TYPE))

SET_ELECTRICITY_SUPPLY_TAMPER_STATE = content(
    one("SupplyTamperState", one_of("Locked", "Unchanged"))
)

UPDATE_DEVICE_CONFIGURATION_DAILY_RESETTING_OF_TARIFF_BLOCK_COUNTER_MATRIX = content(
    one("DailyTariffBlockCounterMatrixReset", BOOLEAN)
)

UPDATE_DEVICE_CONFIGURATION_RMS_VOLTAGE_CR = content(maybe("ExecutionDateTime", DATE_TIME))

READ_CHF_SUB_GHZ_CHANNEL_LOG = content(one("ReadLogPeriod", READ_LOG_PERIOD))

ELEMENTS: tuple[Element, ...] = (
    one("ReadDeviceConfigurationVoltage", EMPTY),
    one("ReadDeviceConfigurationRandomisation", EMPTY),
    one("ReadDeviceConfigurationBillingCalendar", EMPTY),
    one("ReadDeviceConfigurationIdentityExcMPxN", EMPTY),
    one("ReadDeviceConfigurationInstantaneousPowerThresholds", EMPTY),
    one("ReadDeviceConfigurationMPxN", EMPTY),
    one("ReadDeviceConfigurationGas", EMPTY),
    one("ReadDeviceConfigurationPaymentMode", EMPTY),
    one("ReadDeviceConfigurationEventAndAlertBehaviours", EMPTY),
    one(
        "UpdateDeviceConfigurationLoadLimitingGeneralSettings",
        UPDATE_DEVICE_CONFIGURATION_LOAD_LIMITING_GENERAL_SETTINGS,
    ),
    one(
        "UpdateDeviceConfigurationLoadLimitingCounterReset",
        UPDATE_DEVICE_CONFIGURATION_LOAD_LIMITING_COUNTER_RESET,
    ),
    one("UpdateDeviceConfigurationVoltage", UPDATE_DEVICE_CONFIGURATION_VOLTAGE),
    one("UpdateDeviceConfigurationGasConversion", UPDATE_DEVICE_CONFIGURATION_GAS_CONVERSION),
    one("UpdateDeviceConfigurationGasFlow", UPDATE_DEVICE_CONFIGURATION_GAS_FLOW),
    one("UpdateDeviceConfigurationBillingCalendar", BILLING_CALENDAR),
    one("SynchroniseClock", SYNCHRONISE_CLOCK),
    one(
        "UpdateDeviceConfigurationInstantaneousPowerThreshold",
        UPDATE_DEVICE_CONFIGURATION_INSTANTANEOUS_POWER_THRESHOLD,
    ),
    one("ReadEventOrSecurityLog", READ_EVENT_OR_SECURITY_LOG),
    one("UpdateDeviceConfigurationALCDescriptions", UPDATE_DEVICE_CONFIGURATION_ALC_DESCRIPTIONS),
    one("UpdateDeviceConfigurationALCScheduler", UPDATE_DEVICE_CONFIGURATION_ALC_SCHEDULER),
    one(
        "UpdateDeviceConfigurationAuxiliaryControllerScheduler",
        UPDATE_DEVICE_CONFIGURATION_AUXILIARY_CONTROLLER_SCHEDULER,
    ),
    one("UpdateSecurityCredentialsKRP", UPDATE_SECURITY_CREDENTIALS_KRP),
    one("UpdateSecurityCredentialsDevice", UPDATE_SECURITY_CREDENTIALS_DEVICE),
    one("IssueSecurityCredentials", ISSUE_SECURITY_CREDENTIALS),
    one("SetMaximumDemandConfigurableTimePeriod", SET_MAXIMUM_DEMAND_CONFIGURABLE_TIME_PERIOD),
    one("ResetMaximumDemandRegisters", RESET_MAXIMUM_DEMAND_REGISTERS),
    one("SetDeviceConfigurationImportMPxN", SET_DEVICE_CONFIGURATION_IMPORT_MPXN),
    one("SetDeviceConfigurationExportMPAN", SET_DEVICE_CONFIGURATIN_EXPORT_MPAN),
    one("RequestHandoverOfDCCControlledDevice", REQUEST_HANDOVER_OF_DCC_CONTROLLED_DEVICE),
    one("ConfigureAlertBehaviour", CONFIGURE_ALERT_BEHAVIOUR),
    one("UpdateSecurityCredentialsCoS", UPDATE_SECURITY_CREDENTIALS_COS),
    one("RetrieveDeviceSecurityCredentialsKRP", RETRIEVE_DEVICE_SECURITY_CREDENTIALS_KRP),
    one("RetrieveDeviceSecurityCredentialsDevice", RETRIEVE_DEVICE_SECURITY_CREDENTIALS_DEVICE),
    one("SetElectricitySupplyTamperState", SET_ELECTRICITY_SUPPLY_TAMPER_STATE),
    one(
        "UpdateDeviceConfigurationDailyResettingOfTariffBlockCounterMatrix",
        UPDATE_DEVICE_CONFIGURATION_DAILY_RESETTING_OF_TARIFF_BLOCK_COUNTER_MATRIX,
    ),
    one(
        "UpdateDeviceConfigurationRMSVoltageCounterReset",
        UPDATE_DEVICE_CONFIGURATION_RMS_VOLTAGE_CR,
    ),
    one("SetCHFSubGHzConfiguration", SUB_GHZ_CONFIGURATION),
    one("RequestCHFSubGHzChannelScan", EMPTY),
    one("ReadCHFSubGHzConfiguration", EMPTY),
    one("ReadCHFSubGHzChannel", EMPTY),
    one("ReadCHFSubGHzChannelLog", READ_CHF_SUB_GHZ_CHANNEL_LOG),
)
