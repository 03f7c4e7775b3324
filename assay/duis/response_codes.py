"""The response codes of the DCC, with how far each meaning can be trusted.

Only 19 of the 194 codes of the schema have a meaning in public text. Codes of unknown meaning
are accepted from a peer and never raised by us. A code of a service is its letter, two digits
each for group, number and item: E080405 is item 05 of service 8.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assay.duis.confidence import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCode:
    """`title` and `meaning` are None where no public text gives them."""

    code: str
    confidence: Confidence
    title: str | None = None
    meaning: str | None = None

    @property
    def severity(self) -> str:
        return {"I": "information", "W": "warning", "E": "error"}[self.code[0]]

    @property
    def is_success(self) -> bool:
        """Also with a warning the request was accepted."""
        return self.code[0] != "E"

    @property
    def service_reference(self) -> str | None:
        """The service that a six-digit code belongs to."""
        if len(self.code) != 7:
            return None
        return f"{int(self.code[1:3])}.{int(self.code[3:5])}"

    @property
    def may_be_raised(self) -> bool:
        return self.title is not None

    @property
    def provenance(self) -> str:
        """Where the meaning comes from; where nobody gives one, where the code comes from."""
        return _OTHER_SOURCES.get(self.code, _SOURCES[self.confidence])


_SOURCES: Mapping[Confidence, str] = {
    Confidence.HIGH: "a public summary of the response codes of the DCC",
    Confidence.MEDIUM: "a public summary of the response codes of the DCC, cut off there",
    Confidence.LOW: "the shape of the code and domain knowledge; not checked against the DUIS text",
    Confidence.UNKNOWN: "an enumeration of the DUIS XML schema V5.4, without a meaning",
}
_OTHER_SOURCES: Mapping[str, str] = {
    "E65": "seen once in public test data, as the refusal of an 11.2 request; no meaning given",
    "E120201": "the summary of a modification of the SEC, DP316",
    "W110101": "a body type of the DUIS XML schema V5.4; that it goes with this code is inferred",
    "W110401": "a body type of the DUIS XML schema V5.4; that it goes with this code is inferred",
}


def _known(code: str, confidence: Confidence, title: str, meaning: str | None) -> ResponseCode:
    return ResponseCode(code=code, confidence=confidence, title=title, meaning=meaning)


# High and medium: a public summary of the response codes, and schema body types. Low: concluded
# from the shape of the code and from domain knowledge, not checked against the DUIS text.
_KNOWN = (
    _known(
        "I0",
        Confidence.HIGH,
        "Success",
        (
            "Request had a successful outcome. Device responses, alerts, Transform responses "
            "and non-device responses with data."
        ),
    ),
    _known(
        "I99",
        Confidence.HIGH,
        "Acknowledgement",
        (
            "Request for a Device accepted, passed access control and queued; also the "
            "success code of a non-device request that returns no data."
        ),
    ),
    _known(
        "E1",
        Confidence.HIGH,
        "Authorisation: invalid User / User Role",
        "Originator EUI and role are not a valid SEC party / role combination.",
    ),
    _known(
        "E2",
        Confidence.HIGH,
        "Authorisation: role not allowed this Service Reference",
        "Role is not in the eligible-roles list of the SRV.",
    ),
    _known(
        "E3",
        Confidence.HIGH,
        "Authorisation: User status",
        "User is not live/suspended for that service.",
    ),
    _known(
        "E4",
        Confidence.HIGH,
        "Authorisation: User / role not responsible for Device",
        (
            "User not the registered (or otherwise permitted) party for the Device at the "
            "required date-time."
        ),
    ),
    _known(
        "E5",
        Confidence.HIGH,
        "Authorisation: Device status",
        "SMI status of the Device incompatible with the SRV.",
    ),
    _known(
        "E11",
        Confidence.HIGH,
        "Validation: SRV / device type mismatch",
        "SRV not applicable to the target device type.",
    ),
    _known(
        "E12",
        Confidence.HIGH,
        "Validation: request / Command Variant mismatch",
        "Command Variant not applicable to the request type.",
    ),
    _known(
        "E13",
        Confidence.HIGH,
        "Validation: wrong web service",
        (
            "Request type not valid for the URL it was posted to (e.g. non-device request on "
            "Transform)."
        ),
    ),
    _known(
        "E17",
        Confidence.HIGH,
        "Authorisation: local command not available",
        (
            "Role / device status combination does not permit a command for local delivery "
            "(CV 2,3,6,7)."
        ),
    ),
    _known(
        "E19",
        Confidence.HIGH,
        "Authorisation: Device does not exist",
        "Device ID not in the inventory.",
    ),
    _known(
        "E20",
        Confidence.HIGH,
        "Communications: cannot reach Device",
        (
            "DCC systems cannot establish communication with the Device (asynchronous, "
            "accompanies DCC Alert N12-type failure)."
        ),
    ),
    _known(
        "E21",
        Confidence.HIGH,
        "Communications: no response",
        "No response from the Device for an On Demand or Future Dated command.",
    ),
    _known(
        "E30",
        Confidence.MEDIUM,
        "Time-out: Future Dated command",
        "DCC systems timed out a Future Dated command.",
    ),
    _known(
        "E31",
        Confidence.LOW,
        "Time-out: second class (probably DSP scheduled command)",
        "Time-out of a scheduled command.",
    ),
    _known("E40", Confidence.LOW, "Sequencing: preceding request failed or unknown", None),
    _known("E41", Confidence.LOW, "Sequencing: time-out waiting for preceding request", None),
    _known("E42", Confidence.LOW, "Sequencing: invalid sequence header combination", None),
    _known(
        "E43",
        Confidence.LOW,
        "Sequencing: more than one request names the same preceding request",
        None,
    ),
    _known("E44", Confidence.LOW, "Sequencing: preceding request not found", None),
    _known("E45", Confidence.LOW, "Sequencing: sequence too long (>99)", None),
    _known("E48", Confidence.LOW, "Validation: message format / mandatory data", None),
    _known("E49", Confidence.LOW, "Validation: digital signature / certificate", None),
    _known("E50", Confidence.LOW, "Validation: RequestID counter not unique / replay", None),
    _known("E100", Confidence.LOW, "General DCC Systems failure", None),
    _known(
        "W050201",
        Confidence.LOW,
        "schedule read/delete warning",
        "No or partial match of schedules for the supplied Device / schedule ID.",
    ),
    _known(
        "W050301",
        Confidence.LOW,
        "schedule read/delete warning",
        "No or partial match of schedules for the supplied Device / schedule ID.",
    ),
    _known("W081401", Confidence.LOW, "8.14 recorded with warning", None),
    _known(
        "W110101",
        Confidence.HIGH,
        "11.1 accepted for some devices only",
        (
            "Body carries DSPUpdateFirmwareWarning listing rejected device IDs by reason "
            "(invalid, not commissioned, firmware not applicable, other request in progress, "
            "invalid GBCS version)."
        ),
    ),
    _known(
        "W110401",
        Confidence.HIGH,
        "11.4 accepted for some devices only",
        "Body carries DSPUpdatePPMIDFirmwareWarning, same shape as 11.1.",
    ),
    _known(
        "E120201",
        Confidence.MEDIUM,
        "12.2: Device ID clash",
        (
            "Per SEC draft proposal DP316 this code is also what DCC returns today if CHF and "
            "associated GPF identifiers in a pre-notification are equal, although its "
            "description does not cover it."
        ),
    ),
)

# E65 was seen once as the refusal of an 11.2 request, for a reason that nobody states; E1000 and
# up belong to SMETS1 as far as their numbers tell.
_UNKNOWN = """
    E46 E47 E51 E52 E53 E54 E55 E56 E57 E58 E59 E60 E61 E62 E63 E64 E65 E66 E67 E68 E69 E70
    E71 E1000 E1001 E1003 E1004 E1006 E1007 E1008 E1010 E1011 E010101 E010102 E010201
    E030301 E030302 E040101 E041701 E050101 E050102 E050103 E050105 E050107 E050108 E050109
    E050110 E050111 E050112 E050201 E050202 E050301 E050302 E060501 E060502 E060701 E060801
    E060802 E060803 E061301 E061304 E061305 E061501 E061504 E061505 E061506 E061507 E061508
    E061509 E061801 E061802 E061803 E062101 E062102 E062103 E062105 E062201 E062202 E062203
    E062301 E062302 E062303 E062304 E062305 E062306 E062401 E062402 E062403 E062801 E062802
    E062803 E080201 E080202 E080301 E080302 E080405 E080406 E080407 E080408 E080409 E080410
    E080411 E080412 E080413 E080414 E080415 E080501 E080502 E080503 E080601 E080602 E080604
    E080606 E080607 E080702 E080721 E080722 E080723 E080801 E080821 E080822 E080901 E080902
    E080903 E081101 E081102 E081104 E081105 E081106 E081107 E081108 E081109 E081110 E081111
    E081202 E081204 E081205 E081221 E081222 E081223 E081301 E081302 E081303 E081401 E081402
    E081405 E081406 E110101 E110102 E110103 E110105 E110106 E110401 E110402 E110403 E110405
    E120101 E120102 E120103 E120203 E120204 E120207
"""


def _table() -> dict[str, ResponseCode]:
    unknown = (ResponseCode(code=c, confidence=Confidence.UNKNOWN) for c in _UNKNOWN.split())
    return {row.code: row for row in (*_KNOWN, *unknown)}


RESPONSE_CODES: Mapping[str, ResponseCode] = MappingProxyType(_table())
