"""Which ASN.1 type a message carries: a table of message code and direction.

Kept apart from the types so that looking a code up loads no ASN.1 library.
"""

from __future__ import annotations

from assay.gbcs.envelope import Cra

_NAMES: dict[tuple[int, ...], dict[Cra, str]] = {
    (0x0008, 0x011B): {
        Cra.COMMAND: "ProvideSecurityCredentialsCommand",
        Cra.RESPONSE: "ProvideSecurityCredentialsResponse",
    },
    (*range(0x0100, 0x010A), 0x0125, 0x0126): {
        Cra.COMMAND: "UpdateSecurityCredentialsCommand",
        Cra.RESPONSE: "UpdateSecurityCredentialsResponse",
    },
    (0x00CB, 0x0124): {Cra.ALERT: "UpdateSecurityCredentialsAlert"},
    (0x000A,): {
        Cra.COMMAND: "IssueSecurityCredentialsCommand",
        Cra.RESPONSE: "IssueSecurityCredentialsResponse",
    },
    (0x000B,): {
        Cra.COMMAND: "UpdateDeviceCertificateCommand",
        Cra.RESPONSE: "UpdateDeviceCertificateResponse",
    },
    (0x000C,): {
        Cra.COMMAND: "ProvideDeviceCertificateCommand",
        Cra.RESPONSE: "ProvideDeviceCertificateResponse",
    },
    (0x000D, 0x000E, 0x00AB, 0x00AF): {
        Cra.COMMAND: "JoinDeviceCommand",
        Cra.RESPONSE: "JoinDeviceResponse",
    },
    (0x000F, 0x0010): {Cra.COMMAND: "UnjoinDeviceCommand", Cra.RESPONSE: "UnjoinDeviceResponse"},
    (0x0012,): {Cra.COMMAND: "ActivateFirmwareCommand", Cra.RESPONSE: "ActivateFirmwareResponse"},
    (0x00CA,): {Cra.ALERT: "ActivateFirmwareAlert"},
    (0x0013,): {Cra.COMMAND: "ReadDeviceLogCommand", Cra.RESPONSE: "ReadDeviceLogResponse"},
    (0x0129,): {
        Cra.COMMAND: "ReadFirmwareVersionCommand",
        Cra.RESPONSE: "ReadFirmwareVersionResponse",
    },
    (0x012B,): {Cra.ALERT: "FirmwareActivationAlert"},
    (0x0128,): {Cra.ALERT: "FirmwareTransferAlert"},
    (0x007F,): {Cra.COMMAND: "SetClockCommand", Cra.RESPONSE: "SetClockResponse"},
    (0x008C,): {Cra.COMMAND: "RestoreDeviceLogCommand", Cra.RESPONSE: "RestoreDeviceLogResponse"},
    (0x00B2,): {Cra.ALERT: "BackupDeviceLogAlert"},
}

TYPE_NAMES: dict[tuple[int, Cra], str] = {
    (code, cra): name
    for codes, directions in _NAMES.items()
    for code in codes
    for cra, name in directions.items()
}
"""(message code, CRA) -> type name."""
MESSAGE_CODES: frozenset[int] = frozenset(code for code, _ in TYPE_NAMES)
