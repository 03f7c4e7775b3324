"""The Response as a whole, with the bodies of responses and alerts.

SMETS1 is out of scope: SMETS1ResponseMessage and S1SPAlertDSP are left out.
"""

from __future__ import annotations

from assay.duis.schema.common import (
    DEVICE_MANUFACTURER,
    DEVICE_MODEL,
    DEVICE_TYPE,
    DSP_SCHEDULE,
    ESME_VARIANT,
    FIRMWARE_VERSION,
    FLOOR_SEQUENCE_NUMBER,
    IMPORT_MPXN,
    METER_MPXNS,
    MPAN,
    PROPERTY_FILTER,
    REMOTE_PARTY_ROLE,
    REQUEST_WAN_MATRIX,
    SCHEDULE_ID,
    SMETS_CHTS_VERSION,
    SUB_GHZ_CONFIGURATION,
    UPRN,
)
from assay.duis.schema.model import (
    EMPTY,
    at_most_one,
    content,
    either,
    maybe,
    maybe_together,
    one,
    some,
    together,
)
from assay.duis.schema.simple_types import (
    BASE64,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DCC_ALERT_CODE,
    EUI,
    HEX,
    INTEGER,
    MESSAGE_ID,
    RESPONSE_CODE,
    SERVICE_REFERENCE,
    SERVICE_REFERENCE_VARIANT,
    STRING,
    UNSIGNED_INT,
    UNSIGNED_SHORT,
    eui_list,
    integer,
    one_of,
    one_of_octets,
    one_of_words,
    text,
)

CIN_MESSAGE = content(
    one("GBCSPayload", BASE64), one("CustomerIdentificationNumber", text(4, 4, pattern=r"[0-9]{4}"))
)

DEVICE_STATUS = one_of_words(
    "Pending Whitelisted InstalledNotCommissioned Commissioned Decommissioned "
    "Withdrawn Suspended Recovery Recovered"
)

FIRMWARE_VERSION_STATUS = one_of("Active", "Cancelled", "Expired", "Withdrawn")

CPL_STATUS = one_of("Active", "Cancelled", "Expired", "Withdrawn")

CSP_REGION = one_of(
    "North", "Central", "South", "4G North", "4G Central", "4G South", "Unknown", "SMETS1"
)

CONNECTIVITY = one_of("Cellular", "Virtual")

DEVICE = content(
    one("DeviceID", EUI),
    one("DeviceType", DEVICE_TYPE),
    maybe("DeviceStatus", DEVICE_STATUS),
    one("DeviceManufacturer", DEVICE_MANUFACTURER),
    one("DeviceModel", DEVICE_MODEL),
    maybe("SMETSCHTSVersion", SMETS_CHTS_VERSION),
    maybe("DeviceFirmwareVersion", FIRMWARE_VERSION),
    maybe("DeviceFirmwareVersionStatus", FIRMWARE_VERSION_STATUS),
    maybe("CPLStatus", CPL_STATUS),
    maybe("DateCommissioned", DATE),
    maybe("ImportMPxN", IMPORT_MPXN),
    maybe("SecondaryImportMPAN", MPAN),
    maybe("ExportMPAN", MPAN),
    maybe("ESMEVariant", ESME_VARIANT),
    maybe("UPRN", UPRN),
    maybe("PropertyFilter", PROPERTY_FILTER),
    maybe("CSPRegion", CSP_REGION),
    maybe("DeviceGBCSVersion", STRING),
    maybe("HANVariant", STRING),
    maybe("S1SP", STRING),
    maybe("Connectivity", CONNECTIVITY),
)

DSP_INVENTORY = content(some("Device", DEVICE, 1, 17))

DSP_OPT_IN = content(
    one("DeviceID", EUI),
    maybe("DSPBrokerSecurityCredentialsDigitalSigning", BASE64),
    one("DSPBrokerSecurityCredentialsKeyAgreement", BASE64),
)

DSP_SCHEDULES = content(one("DSPScheduleID", SCHEDULE_ID), one("DSPScheduleDetails", DSP_SCHEDULE))

DSP_SCHEDULES_READ = content(some("DSPSchedules", DSP_SCHEDULES, 1, 99))

DSP_SCHEDULED_MESSAGE = content(one("GBCSPayload", BASE64), one("DSPScheduleID", SCHEDULE_ID))

DEVICE_ID_LIST = eui_list()

DSP_UPDATE_FIRMWARE_WARNING = content(
    maybe("InvalidDeviceIDList", DEVICE_ID_LIST),
    maybe("NotCommissionedDeviceIDList", DEVICE_ID_LIST),
    maybe("NotApplicableFirmwareDeviceIDList", DEVICE_ID_LIST),
    maybe("OtherRequestInProgressList", DEVICE_ID_LIST),
    maybe("InvalidGBCSVersionList", DEVICE_ID_LIST),
)

DSP_UPDATE_PPMID_FIRMWARE_WARNING = content(
    maybe("InvalidDeviceIDList", DEVICE_ID_LIST),
    maybe("NotCommissionedDeviceIDList", DEVICE_ID_LIST),
    maybe("NotApplicableFirmwareDeviceIDList", DEVICE_ID_LIST),
    maybe("OtherRequestInProgressList", DEVICE_ID_LIST),
    maybe("InvalidGBCSVersionList", DEVICE_ID_LIST),
)

WAN_TECHNOLOGY_TYPE = text(1, 30)

DSPWAN_MATRIX_RESPONSE = content(
    one("CSPRegion", CSP_REGION),
    one("CSPRegionResponseCode", RESPONSE_CODE),
    maybe_together(
        one("CoverageAvailability", BOOLEAN),
        maybe("AnticipatedCoverageDate", DATE),
        one("WANTechnology", WAN_TECHNOLOGY_TYPE),
        one("ConnectivityLikelihood", one_of("High", "Medium", "Low")),
        maybe("AuxiliaryEquipmentRequired", text(0, 50)),
        maybe("AdditionalInformation", text(0, 250)),
    ),
)

DSPWAN_MATRIX = content(
    one("Request", REQUEST_WAN_MATRIX),
    some("DSPWANMatrixResponse", DSPWAN_MATRIX_RESPONSE, 1, None),
)

FUTURE_DATED_DEVICE_ALERT_MESSAGE = content(
    one("FutureDatedAlertCode", one_of_octets("8F66", "8F67")),
    one("GBCSPayload", BASE64),
    one("InstructionNumber", UNSIGNED_SHORT),
    one("TotalCommandInstructions", UNSIGNED_SHORT),
)

LOCAL_COMMAND = content(one("GBCSPayload", BASE64))

PRE_COMMAND = content(one("GBCSVersion", STRING), one("GBCSPayload", BASE64))

RESPONSE_MESSAGE = content(
    one("ServiceReference", SERVICE_REFERENCE),
    one("ServiceReferenceVariant", SERVICE_REFERENCE_VARIANT),
    at_most_one(
        one("CINMessage", CIN_MESSAGE),
        one("DSPInventory", DSP_INVENTORY),
        one("DSPOptIn", DSP_OPT_IN),
        one("DSPSchedulesRead", DSP_SCHEDULES_READ),
        one("DSPScheduledMessage", DSP_SCHEDULED_MESSAGE),
        one("DSPScheduleID", SCHEDULE_ID),
        one("DSPUpdateFirmwareWarning", DSP_UPDATE_FIRMWARE_WARNING),
        one("DSPUpdatePPMIDFirmwareWarning", DSP_UPDATE_PPMID_FIRMWARE_WARNING),
        one("DSPWANMatrix", DSPWAN_MATRIX),
        one("FutureDatedDeviceAlertMessage", FUTURE_DATED_DEVICE_ALERT_MESSAGE),
        one("GBCSPayload", BASE64),
        one("LocalCommand", LOCAL_COMMAND),
        one("PreCommand", PRE_COMMAND),
    ),
)

DEVICE_ALERT_MESSAGE = content(
    one("AlertCode", HEX),
    maybe("ThrottledAlertSequenceId", UNSIGNED_INT),
    maybe("ThrottledAlertCount", UNSIGNED_INT),
    one("GBCSPayload", BASE64),
)

POWER_OUTAGE_EVENT = content(
    one("CommsHubDeviceID", EUI), one("StartDateTime", DATE_TIME), one("MPxN", IMPORT_MPXN)
)

METER_IDENTITY = content(one("MeterMPxNs", METER_MPXNS), maybe("ESMEVariant", ESME_VARIANT))

ASSOCIATED_TYPE1_DEVICE = content(one("DeviceID", EUI), one("DeviceType", DEVICE_TYPE))

METER_DECOMMISSIONING_OR_WITHDRAWAL = content(
    one("MeterDecommissionOrWithdrawal", METER_MPXNS),
    some("AssociatedType1Device", ASSOCIATED_TYPE1_DEVICE, 0, 7),
)

RECOVERY_COMPLETE_ACB_CREDENTIALS = content(
    some(
        "SupplierCertificateType",
        one_of("DigitalSigning", "KeyAgreement", "KeyAgreementTopUp"),
        1,
        3,
    ),
    some("NetworkOperatorCertificateType", one_of("DigitalSigning", "KeyAgreement"), 0, 2),
)

DEVICE_STATUS_CHANGE = content(
    either(
        one("MeterIdentity", METER_IDENTITY),
        one("MeterDecommissioningOrWithdrawal", METER_DECOMMISSIONING_OR_WITHDRAWAL),
        one("DeviceRemovedFromInventory", EMPTY),
        one("CHFDecommissioning", EMPTY),
        one("DeviceSuspended", EMPTY),
        one("DeviceRestored", EMPTY),
        one("RecoveryCompleteACBCredentials", RECOVERY_COMPLETE_ACB_CREDENTIALS),
        one("RecoveryComplete", EMPTY),
    )
)

DEVICE_STATUS_CHANGE_EVENT = content(
    one("DeviceID", EUI), one("DeviceStatusChange", DEVICE_STATUS_CHANGE)
)

DSP_SCHEDULE_REMOVAL = content(one("DeviceID", EUI), one("DSPScheduleID", SCHEDULE_ID))

COMMAND_FAILURE = content(
    one("CommandRequestID", MESSAGE_ID), maybe("DSPScheduleID", SCHEDULE_ID), one("DeviceID", EUI)
)

FIRMWARE_DISTRIBUTION_FAILURE = content(
    one("UpdateFirmwareRequestID", MESSAGE_ID), one("MeterIDs", DEVICE_ID_LIST)
)

UPDATE_HAN_DEVICE_LOG_RESULT = content(one("UpdateHANDeviceLogServiceRequestID", MESSAGE_ID))

DEVICE_CHANGE_OF_SUPPLIER = content(
    one("DeviceID", EUI), one("DeviceType", DEVICE_TYPE), one("MPxNs", METER_MPXNS)
)

CHANGE_OF_SUPPLIER = content(
    either(
        together(
            one("ChangeOfSupplierServiceRequestID", MESSAGE_ID), maybe("ECoSErrorCode", text(3, 3))
        ),
        one("DeviceChangeOfSupplier", DEVICE_CHANGE_OF_SUPPLIER),
    )
)

CHFGPF_DEVICE_I_DS = content(
    one("OldCHFDeviceID", EUI),
    one("NewCHFDeviceID", EUI),
    one("OldGPFDeviceID", EUI),
    one("NewGPFDeviceID", EUI),
)

DEVICE_LOG_RESTORED = content(
    one("RestoredDate", DATE),
    either(one("CHFDeviceLog", CHFGPF_DEVICE_I_DS), one("GPFDeviceLog", CHFGPF_DEVICE_I_DS)),
)

PPMID_FIRMWARE_UPGRADE_ALERT = content(
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("ActivateImageResultCode", one_of("ActivationSuccess", "ActivationFailure")),
)

PPMID_ALERT = content(
    one("DeviceID", EUI),
    one("DeviceAlertCode", HEX),
    maybe("Timestamp", DATE_TIME),
    maybe("PPMIDFirmwareUpgradeAlert", PPMID_FIRMWARE_UPGRADE_ALERT),
)

REMOTE_PARTY_SEQ_NUMBER_CHANGE = content(
    one("RemotePartyFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    maybe("RemotePartyPrepaymentTopUpFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
)

CERTIFICATES = content(
    one("CertificateType", one_of("DigitalSigning", "KeyAgreement", "KeyAgreementTopUp")),
    one("CertificateHash", BASE64),
)

SECURITY_CREDENTIALS_UPDATED = content(
    one("DeviceID", EUI),
    one("RemotePartyRole", REMOTE_PARTY_ROLE),
    maybe("RemotePartySeqNumberChange", REMOTE_PARTY_SEQ_NUMBER_CHANGE),
    some("Certificates", CERTIFICATES, 1, 3),
)

PPMID_REMOVAL = content(one("PPMIDDeviceID", EUI), one("CHFDeviceID", EUI))

AD_BREACH = content(
    one("RequestID", MESSAGE_ID),
    one("QuarantineEventRef", integer(-99_999_999_999_999_999_999, 99_999_999_999_999_999_999)),
)

QUARANTINED_REQUEST = content(
    either(
        one("ADUserThresholdBreach", AD_BREACH),
        one("ADDCCThresholdBreach", AD_BREACH),
        one("ADAttributeLimitsBreach", AD_BREACH),
    )
)

FIRMWARE_VERSION_MISMATCH = content(
    one("DeviceID", EUI),
    one("DeviceType", DEVICE_TYPE),
    one("FirmwareVersionSMI", FIRMWARE_VERSION),
    one("FirmwareVersionDevice", FIRMWARE_VERSION),
)

LIMITED_DUTY_CYCLE_ACTION_TAKEN = content(one("DeviceIDToSuspend", EUI))

OPERATING_LOWER_BAND_SUB_GHZ_CHANNEL = content(
    either(
        one("Channel0", EMPTY),
        one("Channel1", EMPTY),
        one("Channel2", EMPTY),
        one("Channel3", EMPTY),
        one("Channel4", EMPTY),
        one("Channel5", EMPTY),
        one("Channel6", EMPTY),
        one("Channel7", EMPTY),
        one("Channel8", EMPTY),
        one("Channel9", EMPTY),
        one("Channel10", EMPTY),
        one("Channel11", EMPTY),
        one("Channel12", EMPTY),
        one("Channel13", EMPTY),
        one("Channel14", EMPTY),
        one("Channel15", EMPTY),
        one("Channel16", EMPTY),
        one("Channel17", EMPTY),
        one("Channel18", EMPTY),
        one("Channel19", EMPTY),
        one("Channel20", EMPTY),
        one("Channel21", EMPTY),
        one("Channel22", EMPTY),
        one("Channel23", EMPTY),
        one("Channel24", EMPTY),
        one("Channel25", EMPTY),
        one("Channel26", EMPTY),
        one("Channel27", EMPTY),
        one("Channel28", EMPTY),
        one("Channel29", EMPTY),
        one("Channel30", EMPTY),
        one("Channel31", EMPTY),
        one("Channel32", EMPTY),
        one("Channel33", EMPTY),
        one("Channel34", EMPTY),
        one("Channel35", EMPTY),
        one("Channel36", EMPTY),
        one("Channel37", EMPTY),
        one("Channel38", EMPTY),
        one("Channel39", EMPTY),
        one("Channel40", EMPTY),
        one("Channel41", EMPTY),
        one("Channel42", EMPTY),
        one("Channel43", EMPTY),
        one("Channel44", EMPTY),
        one("Channel45", EMPTY),
        one("Channel46", EMPTY),
        one("Channel47", EMPTY),
        one("Channel48", EMPTY),
        one("Channel49", EMPTY),
        one("Channel50", EMPTY),
        one("Channel51", EMPTY),
        one("Channel52", EMPTY),
        one("Channel53", EMPTY),
        one("Channel54", EMPTY),
        one("Channel55", EMPTY),
        one("Channel56", EMPTY),
        one("Channel57", EMPTY),
        one("Channel58", EMPTY),
        one("Channel59", EMPTY),
        one("Channel60", EMPTY),
        one("Channel61", EMPTY),
    )
)

OPERATING_UPPER_BAND_SUB_GHZ_CHANNEL = content(
    either(
        one("Channel0", EMPTY),
        one("Channel1", EMPTY),
        one("Channel2", EMPTY),
        one("Channel3", EMPTY),
        one("Channel4", EMPTY),
        one("Channel5", EMPTY),
        one("Channel6", EMPTY),
        one("Channel7", EMPTY),
        one("Channel8", EMPTY),
        one("Channel9", EMPTY),
        one("Channel10", EMPTY),
        one("Channel11", EMPTY),
        one("Channel12", EMPTY),
        one("Channel13", EMPTY),
        one("Channel14", EMPTY),
        one("Channel15", EMPTY),
        one("Channel16", EMPTY),
        one("Channel17", EMPTY),
        one("Channel18", EMPTY),
        one("Channel19", EMPTY),
        one("Channel20", EMPTY),
        one("Channel21", EMPTY),
        one("Channel22", EMPTY),
        one("Channel23", EMPTY),
        one("Channel24", EMPTY),
        one("Channel25", EMPTY),
        one("Channel26", EMPTY),
    )
)

OPERATING_SUB_GHZ_CHANNEL = content(
    either(
        one("OperatingLowerBandSubGHzChannel", OPERATING_LOWER_BAND_SUB_GHZ_CHANNEL),
        one("OperatingUpperBandSubGHzChannel", OPERATING_UPPER_BAND_SUB_GHZ_CHANNEL),
    )
)

SCAN_TRIGGER = one_of(
    "RemotePartyCommand",
    "GSMERequest",
    "GSMEMissedItsCurfew",
    "GSMEMissingForTheLastDay",
    "CHDetectedMessageFailureProblems",
    "CHDetectedMessageRetryProblems",
    "SubGHzNon-GSMEDeviceRequest",
    "SMHANFormation",
)

SUB_GHZ_CHANNEL_CHANGED = content(
    one("OperatingSubGHzChannel", OPERATING_SUB_GHZ_CHANNEL), one("ScanTrigger", SCAN_TRIGGER)
)

SUB_GHZ_CHANNEL_SCAN_REQUEST_ASSESSMENT_OUTCOME = content(
    one(
        "StatusCode",
        one_of(
            "ScanRequestAccepted",
            "HHTConnected",
            "DutyCycleUsageIsTooHigh",
            "JoiningIsCurrentlyPermitted",
            "GSMEOTADistributionUnderway",
            "TooManyScansToday",
            "TooManyCommandsToday",
            "TooManyScansThisWeek",
        ),
    ),
    one("ScanTrigger", SCAN_TRIGGER),
)

CRA_FLAG = one_of("Command", "Response", "Alert")

MESSAGE_DISCARDED = content(one("RequestID", MESSAGE_ID), one("CRAFlag", CRA_FLAG))

DEVICE_NOT_JOINED_SUB_GHZ_SMHAN = content(one("DeviceID", EUI), maybe("DeviceType", DEVICE_TYPE))

DUAL_BAND_CH_ALERT = content(
    one("CHFDeviceID", EUI),
    one("DeviceAlertCode", HEX),
    maybe("GBCSHexadecimalMessageCode", HEX),
    at_most_one(
        one("LimitedDutyCycleActionTaken", LIMITED_DUTY_CYCLE_ACTION_TAKEN),
        one("SubGHzChannelChanged", SUB_GHZ_CHANNEL_CHANGED),
        one(
            "SubGHzChannelScanRequestAssessmentOutcome",
            SUB_GHZ_CHANNEL_SCAN_REQUEST_ASSESSMENT_OUTCOME,
        ),
        one("SubGHzConfigurationChanged", SUB_GHZ_CONFIGURATION),
        one("MessageDiscardedDueToDutyCycleManagement", MESSAGE_DISCARDED),
        one("NoMoreSubGHzDeviceCapacity", DEVICE_NOT_JOINED_SUB_GHZ_SMHAN),
    ),
)

SMETS1_CH_FIRMWARE_NOTIFICATION = content(
    one("DeviceID", EUI),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("FirmwareVersionUpdateStatus", one_of("UpdateRequested", "ActivationSuccessful")),
)

ALCS_HCALCS_CONFIGURATION_CHANGE = content(
    one("ESMEDeviceID", EUI), maybe("ESMEVariant", ESME_VARIANT), maybe("DeviceGBCSVersion", STRING)
)

FIRMWARE_UPGRADE_REQUESTED = content(
    one("DeviceType", DEVICE_TYPE),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("DeviceList", DEVICE_ID_LIST),
)

CSP_FIRMWARE_DELIVERY_STATUS = content(
    one("UpdateFirmwareRequestID", MESSAGE_ID),
    one("CommsHubDeviceID", EUI),
    one("TargetDeviceID", EUI),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("TimeStamp", DATE_TIME),
    one("CommsHubTransferStatus", one_of("Success", "Failure")),
)

FIRMWARE_TRANSFER_ALERT = content(
    maybe("UpdateFirmwareRequestID", MESSAGE_ID),
    one("OtherDeviceID", EUI),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one(
        "TransferResponseCode",
        one_of(
            "FileTransferSuccess",
            "FirmwareImageDiscarded",
            "HardwareVersionMismatch",
            "FileTransferFailure",
        ),
    ),
)

COMMS_HUB_ALERT = content(
    one("CommsHubDeviceID", EUI),
    one("AlertCode", HEX),
    maybe("TimeStamp", DATE_TIME),
    maybe("FirmwareTransferAlert", FIRMWARE_TRANSFER_ALERT),
)

ECOS_ALERT = content(
    one("AlertID", MESSAGE_ID),
    maybe("RequestID", MESSAGE_ID),
    one("ECoSAlertCode", STRING),
    one("DeviceID", EUI),
    maybe("AdditionalInformation", STRING),
)

COMMS_HUB_FIRMWARE_ACTIVATION = content(
    one("DeviceID", EUI), one("FirmwareVersion", FIRMWARE_VERSION)
)

COS_CERTIFICATE_ALERT = content(one("DeviceID", EUI), maybe("CertificateSerialNumber", INTEGER))

DCC_ALERT_VERSION_MISMATCH = content(
    one("DCCAlertCode", STRING), maybe("DeviceID", EUI), maybe("RequestID", MESSAGE_ID)
)

SERVICE_RESPONSE_VERSION_MISMATCH = content(
    one("RequestID", MESSAGE_ID),
    one("ServiceReference", STRING),
    one("ServiceReferenceVariant", STRING),
    one("ServiceRequestDUISVersion", STRING),
)

DUIS_VERSION_MISMATCH = content(
    either(
        one("DCCAlertVersionMismatch", DCC_ALERT_VERSION_MISMATCH),
        one("ServiceResponseVersionMismatch", SERVICE_RESPONSE_VERSION_MISMATCH),
    ),
    one("ServiceUserDUISVersion", STRING),
)

DCC_ALERT = content(
    either(
        one("PowerOutageEvent", POWER_OUTAGE_EVENT),
        one("DeviceStatusChangeEvent", DEVICE_STATUS_CHANGE_EVENT),
        one("DSPScheduleRemoval", DSP_SCHEDULE_REMOVAL),
        one("CommandFailure", COMMAND_FAILURE),
        one("FirmwareDistributionFailure", FIRMWARE_DISTRIBUTION_FAILURE),
        one("UpdateHANDeviceLogResult", UPDATE_HAN_DEVICE_LOG_RESULT),
        one("ChangeOfSupplier", CHANGE_OF_SUPPLIER),
        one("DeviceLogRestored", DEVICE_LOG_RESTORED),
        one("PPMIDAlert", PPMID_ALERT),
        one("SecurityCredentialsUpdated", SECURITY_CREDENTIALS_UPDATED),
        one("PPMIDRemoval", PPMID_REMOVAL),
        one("QuarantinedRequest", QUARANTINED_REQUEST),
        one("FirmwareVersionMismatch", FIRMWARE_VERSION_MISMATCH),
        one("DualBandCHAlert", DUAL_BAND_CH_ALERT),
        one("SMETS1CHFirmwareNotification", SMETS1_CH_FIRMWARE_NOTIFICATION),
        one("ALCSHCALCSConfigurationChange", ALCS_HCALCS_CONFIGURATION_CHANGE),
        one("FirmwareUpgradeRequested", FIRMWARE_UPGRADE_REQUESTED),
        one("CSPFirmwareDeliveryStatus", CSP_FIRMWARE_DELIVERY_STATUS),
        one("CommsHubAlert", COMMS_HUB_ALERT),
        one("ECoSAlert", ECOS_ALERT),
        one("CommsHubFirmwareActivation", COMMS_HUB_FIRMWARE_ACTIVATION),
        one("CoSCertificateAlert", COS_CERTIFICATE_ALERT),
        one("DUISVersionMismatch", DUIS_VERSION_MISMATCH),
    )
)

DCC_ALERT_MESSAGE = content(
    one("DCCAlertCode", DCC_ALERT_CODE),
    maybe("ThrottledAlertSequenceId", UNSIGNED_INT),
    maybe("ThrottledAlertCount", UNSIGNED_INT),
    one("DCCAlert", DCC_ALERT),
)

RESPONSE = content(
    one(
        "Header",
        content(
            maybe("RequestID", MESSAGE_ID),
            maybe("ResponseID", MESSAGE_ID),
            one("ResponseCode", RESPONSE_CODE),
            one("ResponseDateTime", DATE_TIME),
        ),
    ),
    one(
        "Body",
        content(
            either(
                one("ResponseMessage", RESPONSE_MESSAGE),
                one("DeviceAlertMessage", DEVICE_ALERT_MESSAGE),
                one("DCCAlertMessage", DCC_ALERT_MESSAGE),
            )
        ),
    ),
)
