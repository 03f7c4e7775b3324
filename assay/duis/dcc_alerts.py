"""The alerts of the DCC itself, with how far each meaning can be trusted.

Codes and bodies are the schema's; which body goes with which code is known by group from
a published list of 2015, the meaning inside a group often not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assay.duis.confidence import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DccAlertCode:
    """`element` is the body that goes with the code; None where that is not established.

    `meaning` is None where only the group is known; such an alert is never raised by us.
    """

    code: str
    confidence: Confidence
    element: str | None = None
    meaning: str | None = None
    recipients: tuple[str, ...] = ()

    @property
    def may_be_raised(self) -> bool:
        return self.meaning is not None and self.element is not None

    @property
    def provenance(self) -> str:
        """Where code, body and meaning come from."""
        if self.element is None:
            return _SCHEMA
        if self.code in _FROM_DOMAIN_KNOWLEDGE:
            return f"{_SCHEMA}; meaning: domain knowledge, not checked against the DUIS text"
        group = f"{_SCHEMA}; group of the code: a published list of 2015"
        if self.meaning is None:
            return f"{group}; which member of it means what is not established"
        return f"{group}; meaning: {_MEANINGS[self.confidence]}"


_SCHEMA = "DUIS XML schema V5.4"
_FROM_DOMAIN_KNOWLEDGE = ("N42", "N43")
_MEANINGS: Mapping[Confidence, str] = {
    Confidence.HIGH: "told code by code there",
    Confidence.MEDIUM: "follows from the group and the names of the schema",
    Confidence.LOW: "domain knowledge, not checked against the DUIS text",
    Confidence.INFERRED: "inferred from the order inside the group",
}


def _alert(
    code: str,
    element: str,
    confidence: Confidence,
    meaning: str | None,
    *recipients: str,
) -> DccAlertCode:
    return DccAlertCode(
        code=code,
        confidence=confidence,
        element=element,
        meaning=meaning,
        recipients=recipients,
    )


_KNOWN = (
    _alert(
        "AD1",
        "PowerOutageEvent",
        Confidence.HIGH,
        "Power lost at a communications hub for about 3 minutes or more",
        "IS",
        "ED",
    ),
    _alert("N1", "DeviceStatusChangeEvent", Confidence.LOW, None, "responsible parties"),
    _alert(
        "N2",
        "DeviceStatusChangeEvent",
        Confidence.LOW,
        "Device decommissioned or withdrawn",
        "responsible parties",
    ),
    _alert(
        "N3",
        "CommandFailure",
        Confidence.MEDIUM,
        ("Command failure: authorisation/eligibility lost before a held or scheduled request ran"),
        "original requester",
    ),
    _alert("N4", "DSPScheduleRemoval", Confidence.LOW, None, "schedule owner"),
    _alert("N5", "DSPScheduleRemoval", Confidence.LOW, None, "schedule owner"),
    _alert("N6", "DSPScheduleRemoval", Confidence.LOW, None, "schedule owner"),
    _alert(
        "N7",
        "CommandFailure",
        Confidence.MEDIUM,
        "Held future-dated (DSP) request cancelled, e.g. Device withdrawn or decommissioned",
        "original requester",
    ),
    _alert(
        "N8",
        "DeviceStatusChangeEvent",
        Confidence.LOW,
        "Device status change (probably removed from inventory)",
        "responsible parties",
    ),
    _alert(
        "N9",
        "DeviceStatusChangeEvent",
        Confidence.LOW,
        "Device status change (probably communications hub decommissioned)",
        "responsible parties",
    ),
    _alert(
        "N10",
        "CommandFailure",
        Confidence.HIGH,
        (
            "Device-dated (future dated on Device) command: no outcome alert received after "
            "the execution time"
        ),
        "original requester",
    ),
    _alert(
        "N11",
        "CommandFailure",
        Confidence.HIGH,
        "DSP-dated command failed at/after its execution time",
        "original requester",
    ),
    _alert(
        "N12",
        "CommandFailure",
        Confidence.HIGH,
        "Command could not be delivered to the Device after DCC retries",
        "original requester",
    ),
    _alert(
        "N13",
        "CommandFailure",
        Confidence.HIGH,
        "Command delivered but no Response received after DCC retries",
        "original requester",
    ),
    _alert(
        "N14",
        "CommandFailure",
        Confidence.HIGH,
        "Sequenced request not sent because the preceding request failed",
        "original requester",
    ),
    _alert(
        "N15",
        "CommandFailure",
        Confidence.HIGH,
        "Sequenced request out of order / predecessor not received in time",
        "original requester",
    ),
    _alert(
        "N16",
        "DeviceStatusChangeEvent",
        Confidence.MEDIUM,
        "Device identity confirmation (Meter commissioned; carries MPxNs and ESME variant)",
        "IS",
        "ES",
        "GS",
        "ED",
        "GT",
    ),
    _alert(
        "N17",
        "DSPScheduleRemoval",
        Confidence.INFERRED,
        "DSP schedule removed (decommission of Device with an active schedule)",
        "schedule owner",
    ),
    _alert("N18", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert("N19", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert("N20", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert("N21", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert("N22", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert("N23", "FirmwareDistributionFailure", Confidence.MEDIUM, None, "requesting supplier"),
    _alert(
        "N24",
        "UpdateHANDeviceLogResult",
        Confidence.INFERRED,
        "8.11 Add succeeded: Device joined and communicating",
        "requester of 8.11",
    ),
    _alert(
        "N25",
        "UpdateHANDeviceLogResult",
        Confidence.INFERRED,
        "8.11 Add not confirmed: join window lapsed / failed",
        "requester of 8.11",
    ),
    _alert(
        "N26",
        "ChangeOfSupplier",
        Confidence.INFERRED,
        "6.23 failed: sender is not (or no longer) the registered supplier",
        "requester of 6.23",
    ),
    _alert(
        "N27",
        "ChangeOfSupplier",
        Confidence.INFERRED,
        "Supplier credentials replaced: notice to the losing supplier",
        "losing supplier",
    ),
    _alert(
        "N28",
        "DeviceStatusChangeEvent",
        Confidence.MEDIUM,
        "Device suspended",
        "responsible parties",
    ),
    _alert(
        "N29",
        "DeviceStatusChangeEvent",
        Confidence.MEDIUM,
        "Device restored from suspension",
        "responsible parties",
    ),
    _alert(
        "N30",
        "DeviceLogRestored",
        Confidence.INFERRED,
        "CHF device log restored (8.12.1)",
        "IS",
        "GS",
    ),
    _alert(
        "N31",
        "DeviceLogRestored",
        Confidence.INFERRED,
        "GPF device log restored (8.12.2)",
        "IS",
        "GS",
    ),
    _alert("N33", "CommandFailure", Confidence.LOW, None, "original requester"),
    _alert("N34", "CommandFailure", Confidence.LOW, None, "original requester"),
    _alert("N35", "CommandFailure", Confidence.LOW, None, "original requester"),
    _alert("N36", "CommandFailure", Confidence.LOW, None, "original requester"),
    _alert(
        "N37",
        "DSPScheduleRemoval",
        Confidence.MEDIUM,
        "DSP schedule removed on opt-out/withdrawal",
        "schedule owner",
    ),
    _alert("N38", "CommandFailure", Confidence.LOW, None, "original requester"),
    _alert("N39", "PPMIDAlert", Confidence.HIGH, "PPMID alert forwarded by DCC", "IS", "GS"),
    _alert(
        "N42",
        "SecurityCredentialsUpdated",
        Confidence.MEDIUM,
        "Security credentials on the Device were updated (6.15.1, 6.21, 6.23 outcome)",
        "parties named in the credentials",
    ),
    _alert(
        "N43",
        "PPMIDRemoval",
        Confidence.MEDIUM,
        "PPMID removed from a communications hub",
        "responsible suppliers",
    ),
    _alert(
        "N999",
        "DUISVersionMismatch",
        Confidence.HIGH,
        ("An alert or response exists that cannot be expressed in the DUIS version this User runs"),
        "the User on the older version",
    ),
)

_UNKNOWN = """
    N40 N41 N44 N45 N46 N47 N48 N49 N50 N51 N52 N53 N54 N55 N56 N57 N58 N59 N60 N61 N62 N63
    N64 N65
"""


def _table() -> dict[str, DccAlertCode]:
    unknown = (DccAlertCode(code=c, confidence=Confidence.UNKNOWN) for c in _UNKNOWN.split())
    return {row.code: row for row in (*_KNOWN, *unknown)}


DCC_ALERTS: Mapping[str, DccAlertCode] = MappingProxyType(_table())
