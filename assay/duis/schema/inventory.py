"""Services 8.x and 12.x: commissioning, joining, inventory, device logs, hubs, WAN matrix."""

from __future__ import annotations

from assay.duis.schema.common import (
    CERTIFICATION_PATH_CERTIFICATES,
    DEVICE_MANUFACTURER,
    DEVICE_MODEL,
    DEVICE_TYPE,
    ESME_VARIANT,
    FIRMWARE_VERSION,
    FLOOR_SEQUENCE_NUMBER,
    IMPORT_MPXN,
    METER_MPXNS,
    MPAN,
    PROPERTY_FILTER,
    REQUEST_WAN_MATRIX,
    SMETS_CHTS_VERSION,
    SYNCHRONISE_CLOCK,
    UPRN,
)
from assay.duis.schema.model import EMPTY, Element, content, either, maybe, one
from assay.duis.schema.simple_types import (
    BASE64,
    BOOLEAN,
    DATE,
    DATE_TIME,
    EUI,
    MESSAGE_ID,
    integer,
    octets,
    one_of,
    text,
)

READ_INVENTORY = content(
    either(
        one("UPRN", UPRN),
        one("DeviceID", EUI),
        one("MPxN", IMPORT_MPXN),
        one("PropertyFilter", PROPERTY_FILTER),
    )
)

DECOMMISSION_DEVICE = content(one("DeviceID", EUI))

UPDATE_DEVICE_STATUS_EXCEPT_CH = one_of("Pending", "InstalledNotCommissioned")

UPDATE_DEVICE_STATUS_CH = one_of("Commissioned", "Withdrawn", "InstalledNotCommissioned")

UPDATE_DEVICE_DETAILS = content(
    maybe("DeviceManufacturer", DEVICE_MANUFACTURER),
    maybe("DeviceModel", DEVICE_MODEL),
    maybe("SMETSCHTSVersion", SMETS_CHTS_VERSION),
    maybe("FirmwareVersion", FIRMWARE_VERSION),
    maybe("ESMEVariant", ESME_VARIANT),
)

UPDATE_MPXN = content(
    either(
        one("ImportMPxN", IMPORT_MPXN),
        one("SecondaryImportMPAN", text(13, 13)),
        one("ExportMPAN", text(13, 13)),
    )
)

UPDATE_INVENTORY = content(
    one("DeviceID", EUI),
    either(
        one("UpdateDeviceStatusExceptCH", UPDATE_DEVICE_STATUS_EXCEPT_CH),
        one("UpdateDeviceStatusCH", UPDATE_DEVICE_STATUS_CH),
        one("UpdateDeviceDetails", UPDATE_DEVICE_DETAILS),
        one("DeleteDevice", EMPTY),
        one("UpdateMPxN", UPDATE_MPXN),
    ),
)

REPLACEMENT_CERTIFICATES_ACB = content(
    maybe("DigitalSigningCertificate", BASE64), one("KeyAgreementCertificate", BASE64)
)

SERVICE_OPT_OUT = content(
    one("ExecutionDateTime", DATE_TIME),
    one("ACBFloorSeqNumber", FLOOR_SEQUENCE_NUMBER),
    one("ReplacementCertificates", REPLACEMENT_CERTIFICATES_ACB),
    one("CertificationPathCertificates", CERTIFICATION_PATH_CERTIFICATES),
    one("ApplyTimeBasedCPVChecks", BOOLEAN),
)

SERVICE_OPT_IN = content(
    one("DeviceID", EUI),
    one("DeviceType", DEVICE_TYPE),
    one("MPxNs", METER_MPXNS),
    one("OptInDate", DATE),
)

JOIN_OR_UNJOIN_DEVICE = content(one("OtherDeviceID", EUI))

READ_DEVICE_LOG = content(
    maybe("ExecutionDateTime", DATE_TIME), maybe("ReadSecurityDetails", EMPTY)
)

ADD_DEVICE_TO_CHF_WHITELIST = content(
    one("JoinTimePeriod", integer(1, 3600)),
    one("InstallCode", octets(6, 16)),
    maybe("ImportMPxN", IMPORT_MPXN),
    maybe("SecondaryImportMPAN", MPAN),
    maybe("ExportMPAN", MPAN),
)

UPDATE_HAN_DEVICE_LOG = content(
    maybe("ExecutionDateTime", DATE_TIME),
    one("DeviceID", EUI),
    one("RequestType", one_of("Add", "Remove")),
    maybe("AddDeviceToCHFWhitelist", ADD_DEVICE_TO_CHF_WHITELIST),
)

RESTORE_HAN_DEVICE_LOG = content(one("OldCHFID", EUI))

RESTORE_GPF_DEVICE_LOG = content(one("OldGPFID", EUI))

RETURN_LOCAL_COMMAND_RESPONSE = content(
    maybe("OriginalRequestID", MESSAGE_ID), one("DeviceGBCSResponse", BASE64)
)

CHF_INSTALL_TYPE = one_of("New CHF Install", "Replacement CHF Install", "CHF Install - no SM WAN")

USER_REF_ID = text(0, 25)

MPXN = text(1, 13)

GIS_DATA = text(0, 25)

CHF_LOCATION = one_of(
    "Outside Premises", "Indoors on external wall", "Deep indoors", "Basement or Cellar"
)

CHF_INSTALL_SUCCESS_SMWAN = content(
    one("DeviceID", EUI),
    one("CHFInstallType", CHF_INSTALL_TYPE),
    maybe("InstallDateTime", DATE_TIME),
    maybe("UserRefID", USER_REF_ID),
    one("MPxN", MPXN),
    maybe("GISData", GIS_DATA),
    one("AerialInstall", BOOLEAN),
    one("CHFLocation", CHF_LOCATION),
    maybe("AdditionalInformation", text(0, 200)),
)

PREMISE_TYPE = one_of(
    "Detached / Semi Detached",
    "Terraced",
    "Low Rise Apartment (MDU <= 5 floors)",
    "High Rise Apartment (MDU > 5 floors)",
)

CHF_INSTALL_SUCCESS_NO_SMWAN = content(
    one("DeviceID", EUI),
    one("CHFInstallType", CHF_INSTALL_TYPE),
    maybe("InstallDateTime", DATE_TIME),
    maybe("UserRefID", USER_REF_ID),
    one("MPxN", MPXN),
    maybe("GISData", GIS_DATA),
    one("AerialInstall", BOOLEAN),
    one("CHFLocation", CHF_LOCATION),
    one("PremiseType", PREMISE_TYPE),
    one("MetalObstructionCheck", BOOLEAN),
    one("ConnectivityObstructionCheck", BOOLEAN),
    one("SharedObstructionCheck", BOOLEAN),
    maybe("AdditionalInformation", text(0, 200)),
)

CHF_FAULT_RETURN_TYPE = one_of(
    "Fault identified prior to installation", "Fault identified post installation"
)

INCIDENT_REFERENCE = text(0, 15)

CHF_CONNECTION_METHOD = one_of("Hot-shoe", "Cradle", "ESME")

CHF_FAULT_REASON = one_of(
    "Damaged case",
    "Damaged Connector",
    "Illegal interference or missing seals",
    "Environmental conditions exceeded",
    "SM WAN Fault",
    "SMHAN Interface Fault",
    "LED Fault",
    "Aerial fault",
    "Manufacturing defect",
)

CHF_FAULT_RETURN = content(
    one("DeviceID", EUI),
    one("CHFFaultReturnType", CHF_FAULT_RETURN_TYPE),
    maybe("UserRefDateTime", DATE_TIME),
    maybe("UserRefID", USER_REF_ID),
    one("OtherDeviceID", EUI),
    maybe("IncidentReference", INCIDENT_REFERENCE),
    one("CHFConnectionMethod", CHF_CONNECTION_METHOD),
    one("CHFFaultReason", CHF_FAULT_REASON),
    maybe("AdditionalInformation", text(0, 200)),
)

CHF_NO_FAULT_RETURN_TYPE = one_of(
    "No Fault Return (general)",
    "No Fault Return (non-dom opt out)",
    "No Fault Return (dual supplier HAN variant replacement)",
    "No Fault Return (SM WAN variant replacement requested by DCC)",
    "Lost or Stolen Hub",
)

CHF_NO_FAULT_RETURN = content(
    one("DeviceID", EUI),
    one("CHFNoFaultReturnType", CHF_NO_FAULT_RETURN_TYPE),
    maybe("UserRefDateTime", DATE_TIME),
    maybe("UserRefID", USER_REF_ID),
    maybe("IncidentReference", INCIDENT_REFERENCE),
    maybe("AdditionalInformation", text(0, 200)),
)

DEVICE_PRENOTIFICATION = content(
    one("DeviceID", EUI),
    one("DeviceManufacturer", DEVICE_MANUFACTURER),
    one("DeviceModel", DEVICE_MODEL),
    one("DeviceType", DEVICE_TYPE),
    maybe("SMETSCHTSVersion", SMETS_CHTS_VERSION),
    maybe("FirmwareVersion", FIRMWARE_VERSION),
    maybe("ESMEVariant", ESME_VARIANT),
    maybe("AssociatedGPFDeviceID", EUI),
)

ELEMENTS: tuple[Element, ...] = (
    one("CommissionDeviceSynchroniseClock", SYNCHRONISE_CLOCK),
    one("ReadInventory", READ_INVENTORY),
    one("DecommissionDevice", DECOMMISSION_DEVICE),
    one("UpdateInventory", UPDATE_INVENTORY),
    one("ServiceOptOut", SERVICE_OPT_OUT),
    one("ServiceOptIn", SERVICE_OPT_IN),
    one("JoinServiceCritical", JOIN_OR_UNJOIN_DEVICE),
    one("JoinServiceNonCritical", JOIN_OR_UNJOIN_DEVICE),
    one("UnjoinServiceCritical", JOIN_OR_UNJOIN_DEVICE),
    one("UnjoinServiceNonCritical", JOIN_OR_UNJOIN_DEVICE),
    one("ReadDeviceLog", READ_DEVICE_LOG),
    one("UpdateHANDeviceLog", UPDATE_HAN_DEVICE_LOG),
    one("RestoreHANDeviceLog", RESTORE_HAN_DEVICE_LOG),
    one("RestoreGPFDeviceLog", RESTORE_GPF_DEVICE_LOG),
    one("ReturnLocalCommandResponse", RETURN_LOCAL_COMMAND_RESPONSE),
    one("CHFInstallSuccessSMWAN", CHF_INSTALL_SUCCESS_SMWAN),
    one("CHFInstallSuccessNoSMWAN", CHF_INSTALL_SUCCESS_NO_SMWAN),
    one("CHFFaultReturn", CHF_FAULT_RETURN),
    one("CHFNoFaultReturn", CHF_NO_FAULT_RETURN),
    one("RequestWANMatrix", REQUEST_WAN_MATRIX),
    one("DevicePrenotification", DEVICE_PRENOTIFICATION),
)
