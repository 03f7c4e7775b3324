"""The extensions of a certificate, read one by one; liberties go to whoever asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.certificates.errors import RemoteCertificateError
from assay.gbcs.certificates.hardware_module import HardwareModule
from assay.gbcs.certificates.profile import (
    CertificateKind,
    CertificateUsage,
    subject_key_identifier,
)
from assay.gbcs.identifiers import Eui64

_LEAF_USAGES = {
    frozenset({"digital_signature"}): CertificateUsage.DIGITAL_SIGNATURE,
    frozenset({"key_agreement"}): CertificateUsage.KEY_AGREEMENT,
    frozenset({"key_cert_sign", "crl_sign"}): CertificateUsage.CERTIFICATE_SIGNING,
}


_CRITICAL = frozenset(
    {"key_usage", "basic_constraints", "certificate_policies", "subject_alt_name"}
)
_NOT_CRITICAL = frozenset({"key_identifier", "authority_key_identifier"})


class Extensions:
    """`depart` is told of each departure from the profile; worse is RemoteCertificateError."""

    def __init__(self, tbs: asn1_x509.TbsCertificate, depart: Callable[[str], None]) -> None:
        self._depart = depart
        self._found = self._by_name(tbs)

    def _by_name(self, tbs: asn1_x509.TbsCertificate) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for extension in tbs["extensions"]:
            oid: str = extension["extn_id"].native
            if oid in found:
                raise RemoteCertificateError(f"extension {oid} stands twice")
            found[oid] = extension
            self._check_presence(oid, is_critical=bool(extension["critical"].native))
        return found

    def _check_presence(self, name: str, *, is_critical: bool) -> None:
        if name in _CRITICAL and not is_critical:
            self._depart(f"{name} is not critical")
        if name in _CRITICAL | _NOT_CRITICAL:
            return
        if is_critical:  # RFC 5280 4.2: whoever does not know it must not go on
            raise RemoteCertificateError(f"critical extension {name} is not in the profile")
        self._depart(f"extension {name} is not in the profile")

    def device_id(self) -> Eui64 | None:
        extension = self._found.get("subject_alt_name")
        if extension is None:
            return None
        names = list(extension["extn_value"].parsed)
        if len(names) != 1 or names[0].name != "other_name":
            raise RemoteCertificateError("subjectAltName: expected a single otherName")
        other_name = names[0].chosen
        value = other_name["value"].parsed.untag().dump()
        module = HardwareModule.from_other_name(other_name["type_id"].dotted, value)
        return module.device_id

    def usage(self) -> CertificateUsage:
        if "key_usage" not in self._found:
            raise RemoteCertificateError("keyUsage is missing")
        bits: frozenset[str] = frozenset(self._found["key_usage"]["extn_value"].parsed.native)
        usage = _LEAF_USAGES.get(bits)
        if usage is None:
            raise RemoteCertificateError(
                f"keyUsage: expected one of digitalSignature, keyAgreement, "
                f"keyCertSign with cRLSign; got {sorted(bits)}"
            )
        return usage

    def basic_constraints(self, usage: CertificateUsage) -> tuple[bool, int | None]:
        extension = self._found.get("basic_constraints")
        signs_certificates = usage is CertificateUsage.CERTIFICATE_SIGNING
        if extension is None:
            if signs_certificates:
                raise RemoteCertificateError("keyCertSign without basicConstraints")
            return False, None
        constraints = extension["extn_value"].parsed
        is_authority = bool(constraints["ca"].native)
        if is_authority != signs_certificates:
            raise RemoteCertificateError(f"basicConstraints cA {is_authority} with usage {usage}")
        if not is_authority:
            self._depart("a leaf carries basicConstraints")
        return is_authority, constraints["path_len_constraint"].native

    def key_identifier(self, public_key: ec.EllipticCurvePublicKey) -> bytes | None:
        extension = self._found.get("key_identifier")
        if extension is None:
            self._depart("subjectKeyIdentifier is missing")
            return None
        identifier: bytes = extension["extn_value"].parsed.native
        if identifier != subject_key_identifier(public_key):
            self._depart(
                f"subjectKeyIdentifier {identifier.hex()} is not derived from the public key"
            )
        return identifier

    def authority_key_identifier(self, kind: CertificateKind) -> bytes | None:
        extension = self._found.get("authority_key_identifier")
        if extension is None:
            if kind is not CertificateKind.ROOT:
                self._depart("authorityKeyIdentifier is missing")
            return None
        parsed = extension["extn_value"].parsed
        if parsed["authority_cert_issuer"].native is not None:
            self._depart("authorityKeyIdentifier names issuer and serial")
        identifier: bytes | None = parsed["key_identifier"].native
        return identifier

    def policies(self) -> tuple[str, ...]:
        extension = self._found.get("certificate_policies")
        if extension is None:
            self._depart("certificatePolicies is missing")
            return ()
        policies = tuple(p["policy_identifier"].dotted for p in extension["extn_value"].parsed)
        if len(policies) != 1:
            self._depart(f"expected one certificate policy, got {len(policies)}")
        return policies
