"""hardwareModuleName (RFC 4108 5): how a certificate or request names a device."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import core
from cryptography import x509
from cryptography.x509 import ObjectIdentifier

from assay.gbcs.certificates.profile import HARDWARE_MODULE_NAME
from assay.gbcs.identifiers import Eui64


class _HardwareModuleName(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    _fields = [("hw_type", core.ObjectIdentifier), ("hw_serial_num", core.OctetString)]  # noqa: RUF012


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareModule:
    """A type of hardware, and the EUI-64 of one device as its serial number."""

    hardware_type: ObjectIdentifier
    device_id: Eui64

    def to_der(self) -> bytes:
        encoded: bytes = _HardwareModuleName(
            {"hw_type": self.hardware_type.dotted_string, "hw_serial_num": bytes(self.device_id)}
        ).dump()
        return encoded

    def to_alternative_name(self) -> x509.SubjectAlternativeName:
        return x509.SubjectAlternativeName([x509.OtherName(HARDWARE_MODULE_NAME, self.to_der())])

    @classmethod
    def from_other_name(cls, type_id: str, der: bytes) -> HardwareModule:
        """ValueError says what is wrong with the otherName."""
        if type_id != HARDWARE_MODULE_NAME.dotted_string:
            raise ValueError(f"otherName: expected hardwareModuleName, got {type_id}")
        try:
            name = _HardwareModuleName.load(der, strict=True)
            hardware_type = ObjectIdentifier(name["hw_type"].dotted)
            serial: bytes = name["hw_serial_num"].native
        except (TypeError, IndexError, AttributeError) as error:  # asn1crypto on cut octets
            raise ValueError(f"hardwareModuleName is not readable: {error}") from error
        if len(serial) != 8:
            raise ValueError(f"hwSerialNum: expected 8 octets, got {len(serial)}")
        return cls(hardware_type=hardware_type, device_id=Eui64(serial))
