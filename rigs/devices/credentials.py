"""A device's own key pairs and certificates, its trust anchor cells, and the keys they hold.

Private keys never leave the device: it hands out certificate requests and takes the
certificates that come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.certificates import CertificateUsage, CertificateView, build_device_request
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role, TrustAnchors

_CERTIFICATE_USAGES: Mapping[KeyUsage, CertificateUsage] = {
    KeyUsage.DIGITAL_SIGNATURE: CertificateUsage.DIGITAL_SIGNATURE,
    KeyUsage.KEY_AGREEMENT: CertificateUsage.KEY_AGREEMENT,
}
_KEY_USAGES = {certified: usage for usage, certified in _CERTIFICATE_USAGES.items()}
_CELL_USAGES: Mapping[CellKey, KeyUsage] = {
    CellKey.SIGNATURE: KeyUsage.DIGITAL_SIGNATURE,
    CellKey.AGREEMENT: KeyUsage.KEY_AGREEMENT,
    CellKey.TOP_UP: KeyUsage.PREPAYMENT_TOP_UP,
}
_NO_EUI = Eui64(bytes(8))
"""Root cells report a zero identifier (GBCS digest 6)."""


class DeviceCredentials:
    """Keys and cells of one device. Counters live in `anchors`."""

    def __init__(self, device_id: Eui64) -> None:
        self.device_id = device_id
        self.anchors = TrustAnchors()
        self.keys = KeyStore()
        self.certificates: dict[KeyUsage, CertificateView] = {}
        self._private: dict[KeyUsage, PrivateKey] = {}
        for usage in _CERTIFICATE_USAGES:
            key = ec.generate_private_key(ec.SECP256R1())
            self._private[usage] = key
            self.keys.add_private(KeyName(device_id, usage), key)

    def requests(self) -> dict[KeyUsage, bytes]:
        """A PKCS#10 request (DER) for each key pair."""
        return {
            usage: build_device_request(
                self._private[usage], device_id=self.device_id, usage=certificate_usage
            )
            for usage, certificate_usage in _CERTIFICATE_USAGES.items()
        }

    def install(
        self,
        certificates: Iterable[CertificateView],
        anchors: Mapping[CellName, CertificateView],
    ) -> None:
        """Take the device's own certificates, and fill the cells.

        Raises:
            ValueError: a certificate that is not for this device or not for its key.
        """
        for certificate in certificates:
            self._take(certificate)
        for name, certificate in anchors.items():
            self.place(name, certificate)

    def place(self, name: CellName, certificate: CertificateView) -> None:
        """Fill one cell with a party's certificate."""
        eui = certificate.eui if certificate.eui is not None else _NO_EUI
        identifier = certificate.key_identifier
        if identifier is None:
            raise ValueError(f"certificate of {eui} for {name} has no key identifier")
        cell = Cell(eui=eui, public_key=certificate.public_key, subject_key_identifier=identifier)
        self.anchors.place(name, cell)
        self.keys.add_public(KeyName(eui, _CELL_USAGES[name.key]), certificate.public_key)

    @property
    def signing_key(self) -> PrivateKey:
        return self._private[KeyUsage.DIGITAL_SIGNATURE]

    def party(self, role: Role) -> Eui64 | None:
        """Whose credentials are held in a role; None where its cells are empty."""
        held = self.anchors.holds(role)
        return held[0][1].eui if held else None

    def secret_with(self, party: Eui64) -> bytes | None:
        """What the device shares with a party (32 octets); None without that party's key."""
        usage = KeyUsage.KEY_AGREEMENT
        return self.keys.shared_secret(KeyName(self.device_id, usage), KeyName(party, usage))

    def _take(self, certificate: CertificateView) -> None:
        usage = _KEY_USAGES.get(certificate.usage)
        if usage is None:
            raise ValueError(f"a device holds no {certificate.usage} key")
        own = self._private[usage].public_key().public_numbers()
        if certificate.eui != self.device_id or certificate.public_key.public_numbers() != own:
            raise ValueError(
                f"expected a certificate of {self.device_id} for its {usage} key, "
                f"got one of {certificate.eui}"
            )
        self.certificates[usage] = certificate
