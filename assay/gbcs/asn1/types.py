"""The ASN.1 types of GBCS payloads, as the digest's section 6 tells them.

Field names are ours (words of the standard in snake case); value names are the standard's.
The encoding of keyCertSign and the type of the contingency key are inferred, as no
national vector holds them as fields of a command.
"""

from __future__ import annotations

from asn1crypto import core, csr, x509

from assay.gbcs.asn1.declare import (
    OPTIONAL,
    Declared,
    choice,
    enumerated,
    implicit,
    integer,
    octets,
    sequence,
    sequence_of,
)

Certificate = x509.Certificate
CertificationRequest = csr.CertificationRequest

Counter = core.Integer
Nothing = core.Null
Time = core.GeneralizedTime
AlertCode = integer("AlertCode", {})
EntityIdentifier = octets("EntityIdentifier", 8)
SubjectIdentifier = octets("SubjectIdentifier")
KeyIdentifier = octets("KeyIdentifier")
FirmwareVersion = octets("FirmwareVersion", 4)
ImageHash = octets("ImageHash", 32)
SymmetricKey = octets("SymmetricKey")

KEY_USAGE_BITS = {"1": "digitalSignature", "00001": "keyAgreement", "000001": "keyCertSign"}
KeyUsage = type("KeyUsage", (core.BitString,), {})

RemotePartyRole = integer(
    "RemotePartyRole",
    {
        0: "root",
        1: "recovery",
        2: "supplier",
        3: "networkOperator",
        4: "accessControlBroker",
        5: "transitionalCoS",
        6: "wanProvider",
        7: "issuingAuthority",
        8: "loadController",
        127: "other",
    },
)
CellUsage = integer("CellUsage", {0: "management", 1: "prePaymentTopUp"})
DeviceType = integer(
    "DeviceType",
    {0: "GSME", 1: "ESME", 2: "CHF", 3: "GPF", 4: "HCALCS", 5: "PPMID", 6: "type2"},
)
ReplacementMode = integer(
    "ReplacementMode",
    {
        0: "rootBySupplier",
        1: "rootByWanProvider",
        2: "supplierBySupplier",
        3: "networkOperatorByNetworkOperator",
        4: "accessControlBrokerByACB",
        5: "wanProviderByWanProvider",
        6: "transCoSByTransCoS",
        7: "supplierByTransCoS",
        8: "anyExceptAbnormalRootByRecovery",
        9: "anyByContingency",
        10: "loadControllerByLoadController",
        11: "loadControllerBySupplier",
    },
)
CredentialsStatus = enumerated(
    "CredentialsStatus",
    {
        0: "success",
        5: "badCertificate",
        10: "noTrustAnchor",
        17: "insufficientMemory",
        25: "trustAnchorNotFound",
        30: "resourcesBusy",
        127: "other",
    },
)
JoinResponseCode = integer(
    "JoinResponseCode",
    {
        0: "success",
        1: "invalidMessageCodeForJoinMethodAndRole",
        2: "invalidJoinMethodAndRole",
        3: "incompatibleWithExistingEntry",
        4: "deviceLogFull",
        5: "writeFailure",
        6: "noResources",
        7: "unknownIssuer",
        8: "unsupportedSuite",
        9: "badMessage",
        10: "badKeyConfirm",
        11: "invalidOrMissingCertificate",
        12: "noPartnerLinkKeyReceived",
        13: "noCBKEResponse",
    },
)

Cell = sequence(
    "Cell",
    ("role", RemotePartyRole),
    ("key_usage", KeyUsage),
    ("cell_usage", CellUsage, OPTIONAL),
)
DeviceLogEntry = sequence(
    "DeviceLogEntry", ("device_id", EntityIdentifier), ("device_type", DeviceType)
)
DeviceLogEntries = sequence_of("DeviceLogEntries", DeviceLogEntry)
SpecialistCounters = sequence_of(
    "SpecialistCounters",
    sequence(
        "SpecialistCounter",
        ("usage", integer("SpecialistUsage", {0: "prepaymentTopUp"})),
        ("counter", Counter),
    ),
)
CounterChanges = sequence_of(
    "CounterChanges",
    sequence(
        "CounterChange",
        ("role", RemotePartyRole),
        ("floor_counter", Counter),
        ("specialist_floor_counters", SpecialistCounters, OPTIONAL),
    ),
)

_CELL_CREDENTIALS = sequence(
    "CellCredentials",
    ("key_usage", KeyUsage),
    ("cell_usage", CellUsage, OPTIONAL),
    ("subject_id", SubjectIdentifier),
    ("subject_key_id", KeyIdentifier),
)
_ROLE_CREDENTIALS = sequence(
    "RoleCredentials",
    ("role", RemotePartyRole),
    ("status", CredentialsStatus),
    ("counter", Counter, OPTIONAL),
    ("cells", sequence_of("CellsCredentials", _CELL_CREDENTIALS), OPTIONAL),
)
_UPDATE_CONTROL = sequence(
    "UpdateControl",
    ("mode", ReplacementMode),
    ("plaintext_symmetric_key", SymmetricKey, implicit(0, optional=True)),
    (
        "time_based_path_checks",
        integer("TimeBasedPathChecks", {0: "apply", 1: "disapply"}),
        implicit(1, optional=True),
    ),
    ("authorising_cell", Cell, implicit(2, optional=True)),
    ("authorising_counter", Counter, implicit(3)),
    ("new_floor_counter", Counter, implicit(4, optional=True)),
    ("new_specialist_floor_counters", SpecialistCounters, implicit(5, optional=True)),
    ("other_counter_changes", CounterChanges, implicit(6, optional=True)),
)
_REPLACEMENT = sequence("Replacement", ("certificate", Certificate), ("target_cell", Cell))
_REPLACEMENT_OUTCOME = sequence(
    "ReplacementOutcome",
    ("cell", Cell),
    ("status", CredentialsStatus),
    ("existing_subject_id", SubjectIdentifier),
    ("existing_subject_key_id", KeyIdentifier),
    ("replacing_subject_id", SubjectIdentifier),
    ("replacing_subject_key_id", KeyIdentifier),
)
_UPDATE_OUTCOME = sequence(
    "UpdateOutcome",
    ("authorising_counter", Counter),
    ("mode", ReplacementMode),
    ("counter_changes", CounterChanges),
    ("replacements", sequence_of("ReplacementOutcomes", _REPLACEMENT_OUTCOME)),
)
_ACTIVATION_OUTCOME = sequence(
    "ActivationOutcome",
    (
        "result",
        integer(
            "ActivationResult",
            {0: "success", 1: "noImageHeld", 2: "hashMismatch", 3: "activationFailure"},
        ),
    ),
    ("firmware_version", FirmwareVersion),
)

TYPES: dict[str, Declared] = {
    "ProvideSecurityCredentialsCommand": sequence(
        "ProvideSecurityCredentialsCommand",
        ("authorising_cell", Cell),
        ("roles", sequence_of("Roles", RemotePartyRole)),
    ),
    "ProvideSecurityCredentialsResponse": sequence_of(
        "ProvideSecurityCredentialsResponse", _ROLE_CREDENTIALS
    ),
    "UpdateSecurityCredentialsCommand": sequence(
        "UpdateSecurityCredentialsCommand",
        ("control", _UPDATE_CONTROL),
        ("replacements", sequence_of("Replacements", _REPLACEMENT)),
        ("path_certificates", sequence_of("PathCertificates", Certificate)),
        ("execution_time", Time, OPTIONAL),
    ),
    "UpdateSecurityCredentialsResponse": sequence(
        "UpdateSecurityCredentialsResponse",
        ("accepted", Nothing),
        ("outcome", _UPDATE_OUTCOME, OPTIONAL),
    ),
    "UpdateSecurityCredentialsAlert": sequence(
        "UpdateSecurityCredentialsAlert",
        ("alert_code", AlertCode),
        ("execution_time", Time),
        ("outcome", _UPDATE_OUTCOME),
    ),
    "IssueSecurityCredentialsCommand": sequence(
        "IssueSecurityCredentialsCommand", ("key_usage", KeyUsage)
    ),
    "IssueSecurityCredentialsResponse": choice(
        "IssueSecurityCredentialsResponse",
        ("request", CertificationRequest),
        (
            "failure",
            integer(
                "IssueFailure",
                {1: "invalidKeyUsage", 2: "keyPairGenerationFailed", 3: "crProductionFailed"},
            ),
        ),
    ),
    "UpdateDeviceCertificateCommand": Certificate,
    "UpdateDeviceCertificateResponse": integer(
        "UpdateDeviceCertificateResponse",
        {
            0: "success",
            1: "invalidCertificate",
            2: "wrongDeviceIdentity",
            3: "invalidKeyUsage",
            4: "noCorrespondingKeyPairGenerated",
            5: "wrongPublicKey",
            6: "certificateStorageFailed",
            7: "privateKeyChangeFailed",
        },
    ),
    "ProvideDeviceCertificateCommand": sequence(
        "ProvideDeviceCertificateCommand", ("key_usage", KeyUsage)
    ),
    "ProvideDeviceCertificateResponse": choice(
        "ProvideDeviceCertificateResponse",
        ("certificate", Certificate),
        (
            "failure",
            integer(
                "RetrievalFailure",
                {1: "invalidKeyUsage", 2: "noCertificateHeld", 3: "certificateRetrievalFailure"},
            ),
        ),
    ),
    "JoinDeviceCommand": sequence(
        "JoinDeviceCommand",
        (
            "method_and_role",
            integer(
                "JoinMethodAndRole",
                {0: "methodAInitiator", 1: "methodAResponder", 2: "methodB", 3: "methodC"},
            ),
        ),
        ("device_id", EntityIdentifier),
        ("device_type", DeviceType),
        ("certificate", Certificate, OPTIONAL),
    ),
    "JoinDeviceResponse": JoinResponseCode,
    "UnjoinDeviceCommand": EntityIdentifier,
    "UnjoinDeviceResponse": integer(
        "UnjoinDeviceResponse", {0: "success", 1: "notInDeviceLog", 2: "otherFailure"}
    ),
    "ActivateFirmwareCommand": sequence(
        "ActivateFirmwareCommand",
        ("image_hash", ImageHash),
        ("originator_counter", Counter),
        ("execution_time", Time, OPTIONAL),
    ),
    "ActivateFirmwareResponse": choice(
        "ActivateFirmwareResponse", ("accepted", Nothing), ("outcome", _ACTIVATION_OUTCOME)
    ),
    "ActivateFirmwareAlert": sequence(
        "ActivateFirmwareAlert",
        ("alert_code", AlertCode),
        ("execution_time", Time),
        ("originator_counter", Counter),
        ("outcome", _ACTIVATION_OUTCOME),
    ),
    "ReadDeviceLogCommand": Nothing,
    "ReadDeviceLogResponse": sequence(
        "ReadDeviceLogResponse",
        ("result", integer("ReadDeviceLogResult", {0: "success", 1: "readFailure"})),
        ("entries", DeviceLogEntries, OPTIONAL),
    ),
    "ReadFirmwareVersionCommand": Nothing,
    "ReadFirmwareVersionResponse": sequence(
        "ReadFirmwareVersionResponse",
        ("firmware_version", FirmwareVersion),
        ("result", integer("ReadFirmwareVersionResult", {0: "success", 1: "failure"})),
    ),
    "FirmwareActivationAlert": sequence(
        "FirmwareActivationAlert",
        ("alert_code", AlertCode),
        ("time", Time),
        ("firmware_version", FirmwareVersion),
        ("result", integer("FirmwareActivationResult", {0: "success", 1: "failure"})),
    ),
    "FirmwareTransferAlert": sequence(
        "FirmwareTransferAlert",
        ("alert_code", AlertCode),
        ("time", Time),
        ("device_id", EntityIdentifier),
        ("firmware_version", FirmwareVersion),
        (
            "result",
            integer(
                "FirmwareTransferResult",
                {
                    0: "success",
                    1: "imageDiscarded",
                    2: "hardwareVersionMismatch",
                    3: "fileTransferFailure",
                },
            ),
        ),
    ),
    "SetClockCommand": sequence(
        "SetClockCommand", ("validity_start", Time), ("validity_end", Time)
    ),
    "SetClockResponse": sequence(
        "SetClockResponse",
        ("device_time", Time),
        ("time_status", integer("TimeStatus", {0: "reliable", 1: "invalid", 2: "unreliable"})),
    ),
    "RestoreDeviceLogCommand": sequence("RestoreDeviceLogCommand", ("entries", DeviceLogEntries)),
    "RestoreDeviceLogResponse": sequence(
        "RestoreDeviceLogResponse",
        (
            "outcomes",
            sequence_of(
                "RestoreOutcomes",
                sequence(
                    "RestoreOutcome",
                    ("entry", DeviceLogEntry),
                    ("join_response_code", JoinResponseCode),
                ),
            ),
        ),
    ),
    "BackupDeviceLogAlert": sequence(
        "BackupDeviceLogAlert",
        ("alert_code", AlertCode),
        ("backup_time", Time),
        ("entries", DeviceLogEntries),
    ),
}
