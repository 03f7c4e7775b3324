"""A device's own key pairs and certificates, its trust anchor cells, and the keys they hold.

Private keys never leave the device: it hands out certificate requests and takes the
certificates that come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    RemoteCertificateError,
    build_device_request,
)
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey, PublicKey
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
    """Keys and cells of one device. Counters live in `anchors`.

    Hooks: `is_cell_emptied` and `is_key_kept` are what a sound device never does with a cell that
    is replaced; `on_new_key` is called when an own key pair has taken the place of another.
    """

    def __init__(self, device_id: Eui64) -> None:
        self.device_id = device_id
        self.anchors = TrustAnchors()
        self.keys = KeyStore()
        self.certificates: dict[KeyUsage, CertificateView] = {}
        self.wrapped_contingency_key: bytes | None = None
        self.is_cell_emptied: Callable[[CellName], bool] = lambda _: False
        self.is_key_kept: Callable[[CellName], bool] = lambda _: False
        self.on_new_key: list[Callable[[KeyUsage], None]] = []
        self._private: dict[KeyUsage, PrivateKey] = {}
        self._peers: dict[Eui64, PublicKey] = {}
        for usage in _CERTIFICATE_USAGES:
            key = ec.generate_private_key(ec.SECP256R1())
            self._private[usage] = key
            self.keys.add_private(KeyName(device_id, usage), key)

    def requests(self) -> dict[KeyUsage, bytes]:
        """A PKCS#10 request (DER) for each key pair."""
        return {usage: self.request_for(usage, self._private[usage]) for usage in self._private}

    def request_for(self, usage: KeyUsage, key: PrivateKey) -> bytes:
        """PKCS#10 (DER) for a key pair of this device."""
        certificate_usage = _CERTIFICATE_USAGES[usage]
        return build_device_request(key, device_id=self.device_id, usage=certificate_usage)

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
        cell = cell_of(certificate)
        self.anchors.place(name, cell)
        self.keys.add_public(KeyName(cell.eui, _CELL_USAGES[name.key]), cell.public_key)

    def replace(self, cells: Mapping[CellName, Cell]) -> None:
        """Put these into cells that are filled, all at once; what they held is believed no more.

        Raises:
            ValueError: a cell that the device does not have.
        """
        unknown = [name for name in cells if name not in self.anchors.cells]
        if unknown:
            raise ValueError(f"expected cells that the device has, got {unknown}")
        for name, cell in cells.items():
            if self.is_cell_emptied(name):
                del self.anchors.cells[name]
            elif not self.is_key_kept(name):
                self.anchors.place(name, cell)
        self._collect_keys()

    def know_peer(self, device_id: Eui64, key: PublicKey) -> None:
        """The key agreement key of a device that this one is joined with."""
        self._peers[device_id] = key
        self.keys.add_public(KeyName(device_id, KeyUsage.KEY_AGREEMENT), key)

    def forget_peer(self, device_id: Eui64) -> None:
        if self._peers.pop(device_id, None) is not None:
            self._collect_keys()

    def adopt(self, certificate: CertificateView, key: PrivateKey) -> None:
        """Use a new key pair of the device's own, with its certificate, from now on.

        Raises:
            ValueError: a certificate that is not for this device or not for this key.
        """
        usage = self._check(certificate, key)
        self._private[usage] = key
        self.certificates[usage] = certificate
        self.keys.add_private(KeyName(self.device_id, usage), key)
        for callback in self.on_new_key:
            callback(usage)

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

    def _collect_keys(self) -> None:
        """The store anew, from own keys, cells and peers, so that nobody else's is left."""
        self.keys = KeyStore()
        for usage, key in self._private.items():
            self.keys.add_private(KeyName(self.device_id, usage), key)
        for device_id, peer_key in self._peers.items():
            self.keys.add_public(KeyName(device_id, KeyUsage.KEY_AGREEMENT), peer_key)
        # The broker's own cell last: while it stands in others' cells too, this one decides.
        for name in sorted(self.anchors.cells, key=lambda name: (_is_of_broker(name), name.role)):
            cell = self.anchors.cells[name]
            self.keys.add_public(KeyName(cell.eui, _CELL_USAGES[name.key]), cell.public_key)

    def _take(self, certificate: CertificateView) -> None:
        usage = _KEY_USAGES.get(certificate.usage)
        key = self._private.get(usage) if usage is not None else None
        self.certificates[self._check(certificate, key)] = certificate

    def _check(self, certificate: CertificateView, key: PrivateKey | None) -> KeyUsage:
        usage = _KEY_USAGES.get(certificate.usage)
        if usage is None or key is None:
            raise ValueError(f"a device holds no {certificate.usage} key")
        own = key.public_key().public_numbers()
        if certificate.eui != self.device_id or certificate.public_key.public_numbers() != own:
            raise ValueError(
                f"expected a certificate of {self.device_id} for its {usage} key, "
                f"got one of {certificate.eui}"
            )
        return usage


def cell_of(certificate: CertificateView) -> Cell:
    """What a cell keeps of a certificate; ValueError for one without key identifier."""
    eui = certificate.eui if certificate.eui is not None else _NO_EUI
    identifier = certificate.key_identifier
    if identifier is None:
        raise ValueError(f"certificate of {eui} has no key identifier")
    return Cell(eui=eui, public_key=certificate.public_key, subject_key_identifier=identifier)


def read_certificate(der: bytes) -> CertificateView | None:
    """None for octets that are no SMKI certificate."""
    try:
        return CertificateView.from_der(der)
    except RemoteCertificateError:
        return None


def _is_of_broker(name: CellName) -> bool:
    return name.role is Role.ACCESS_CONTROL_BROKER
