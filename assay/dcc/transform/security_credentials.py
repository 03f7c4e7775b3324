"""The payloads of CS02a to CS02g: credentials read, replaced, issued (gbcs.md 6, duis.md 12).

One table says per replacement mode who authorises, whose cells are replaced and where the
floor of the counters goes: for the authorising role itself beside the mode, for another
role among the other changes. Optional parts are left out as the request leaves them out;
time-based checks of the path are named only where they are not to be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assay.dcc.transform.asn1_values import certificate, execution_time, is_cancellation
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Asn1
from assay.duis.values import Content, Value, field, find
from assay.gbcs.errors import EncodeError

Json = Any
_SIGNATURE = {"key_usage": "digitalSignature"}
_AGREEMENT = {"key_usage": "keyAgreement"}
_TOP_UP = {"key_usage": "keyAgreement", "cell_usage": "prePaymentTopUp"}
_CELLS = (
    ("DigitalSigningCertificate", _SIGNATURE),
    ("KeyAgreementCertificate", _AGREEMENT),
    ("KeyAgreementTopUpCertificate", _TOP_UP),
)
_SUPPLIER = "supplier"

ROLES = MappingProxyType(
    {
        "ACB": "accessControlBroker",
        "NetworkOperator": "networkOperator",
        "Recovery": "recovery",
        "Root": "root",
        "Supplier": _SUPPLIER,
        "TransCoS": "transitionalCoS",
        "LoadController": "loadController",
    }
)
"""Names of remote party roles in DUIS and in GBCS."""

KEY_USAGES = MappingProxyType(
    {"Digital Signature": "digitalSignature", "Key Agreement": "keyAgreement"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """One mode of CS02b or CS02g, and where the request says what.

    `authorising` None: the Command names no authorising cell (broker by broker, but for hubs).
    `is_dated_by_device`: its ExecutionDateTime goes into the Command; the DSP keeps it otherwise.
    `cancels_without_floors`: so the only national cancellation of this mode.
    """

    mode: str
    authorising: str | None
    replaced: str
    certificates: str
    floor: str
    top_up_floor: str | None = None
    is_dated_by_device: bool = False
    cancels_without_floors: bool = False

    def value(self, frame: Frame) -> dict[str, Json]:
        """The Command; EncodeError for a certificate or floor that this role cannot have."""
        value: dict[str, Json] = {
            "control": self._control(frame),
            "replacements": self._replacements(frame),
            "path_certificates": [
                {"der": der.hex()} for der in _certificates(frame.body) if isinstance(der, bytes)
            ],
        }
        return value | execution_time(frame) if self.is_dated_by_device else value

    def _control(self, frame: Frame) -> dict[str, Json]:
        control: dict[str, Json] = {"mode": self.mode, "authorising_counter": frame.counter}
        if self.authorising is not None:
            control["authorising_cell"] = {"role": self.authorising, **_SIGNATURE}
        if not field(frame.body, "ApplyTimeBasedCPVChecks", bool):
            control["time_based_path_checks"] = "disapply"
        if self.cancels_without_floors and is_cancellation(frame):
            return control
        return control | self._floors(frame.body)

    def _floors(self, body: Content) -> dict[str, Json]:
        floor = find(body, self.floor, int)
        top_up = find(body, self.top_up_floor, int) if self.top_up_floor is not None else None
        if top_up is not None and self.replaced != _SUPPLIER:
            raise EncodeError(str(self.top_up_floor), f"none for role {self.replaced}", top_up)
        specialist = (
            [{"usage": "prepaymentTopUp", "counter": top_up}] if top_up is not None else None
        )
        if self.authorising in (self.replaced, None):
            return _present(new_floor_counter=floor, new_specialist_floor_counters=specialist)
        if floor is None and specialist is None:
            return {}
        if floor is None:
            raise EncodeError(self.floor, f"a floor beside {self.top_up_floor}", "none")
        change = {"role": self.replaced, "floor_counter": floor}
        return {"other_counter_changes": [change | _present(specialist_floor_counters=specialist)]}

    def _replacements(self, frame: Frame) -> list[Json]:
        replacements = []
        for name, cell in _CELLS:
            der = certificate(frame.body, f"{self.certificates}/{name}")
            if der is None:
                continue
            if cell is _TOP_UP and self.replaced != _SUPPLIER:
                raise EncodeError(name, f"none for role {self.replaced}", "a certificate")
            replacements.append(
                {"certificate": der, "target_cell": {"role": self.replaced, **cell}}
            )
        if not replacements:
            raise EncodeError(self.certificates, "at least one certificate", "none")
        return replacements

    @property
    def payload(self) -> Asn1:
        return Asn1(value=self.value)


def _present(**fields: Json) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value is not None}


def _certificates(body: Content) -> tuple[Value, ...]:
    return field(body, "CertificationPathCertificates/Certificate", tuple)


def credentials_asked(frame: Frame) -> dict[str, Json]:
    """CS02a and CS02f, authorised by the broker's MAC."""
    return {
        "authorising_cell": {"role": "accessControlBroker", **_AGREEMENT},
        "roles": [ROLES[str(role)] for role in field(frame.body, "RemotePartyRole", tuple)],
    }


def key_usage_asked(frame: Frame) -> dict[str, Json]:
    """CS02c and CS02e."""
    return {"key_usage": KEY_USAGES[field(frame.body, "CredentialType", str)]}


def device_certificate(frame: Frame) -> Json:
    """CS02d: the certificate is the whole payload."""
    return {"der": field(frame.body, "DeviceCertificate", bytes).hex()}
