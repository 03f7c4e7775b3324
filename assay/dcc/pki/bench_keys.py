"""Keys and certificates of a bench, made at its start: parties, DCC and devices.

Everything goes through certificate requests and the SMKI's own checks, so that what
stands in a device's trust anchor cells is what the SMKI would have issued.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.hierarchy import NewKey, SmkiProfile, new_p256_key
from assay.dcc.pki.origin import DerivedKeys
from assay.dcc.pki.subscribers import Subscriber
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    RemotePartyRole,
    build_device_request,
    build_organisation_request,
)
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage

DCC = "DCC"
MANUFACTURER = "Manufacturer"

RECOVERY = Eui64.from_text("90-B3-D5-1F-30-00-00-01")
ACCESS_CONTROL_BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
TRANSITIONAL_COS = Eui64.from_text("90-B3-D5-1F-30-00-00-04")
WAN_PROVIDER = Eui64.from_text("90-B3-D5-1F-30-00-00-07")

_DS = KeyUsage.DIGITAL_SIGNATURE
_KA = KeyUsage.KEY_AGREEMENT
_TOP_UP = KeyUsage.PREPAYMENT_TOP_UP

_CERTIFICATE_USAGES = {
    _DS: CertificateUsage.DIGITAL_SIGNATURE,
    _KA: CertificateUsage.KEY_AGREEMENT,
    _TOP_UP: CertificateUsage.KEY_AGREEMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation of the bench: its EUI-64, and the (role, usage) pairs it needs keys for."""

    name: str
    eui: Eui64
    needs: tuple[tuple[int, KeyUsage], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A private key and its certificate."""

    private_key: ec.EllipticCurvePrivateKey
    certificate: CertificateView
    usage: KeyUsage

    @property
    def eui(self) -> Eui64:
        eui = self.certificate.eui
        if eui is None:
            raise ValueError(f"{self.certificate.subject} is an authority and has no EUI-64")
        return eui

    @property
    def role(self) -> int | None:
        return self.certificate.role

    @property
    def name(self) -> KeyName:
        return KeyName(self.eui, self.usage)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCredentials:
    """The two key pairs of a device."""

    signing: Credential
    agreement: Credential


def import_supplier(eui: Eui64, name: str) -> Party:
    role = RemotePartyRole.SUPPLIER
    needs = ((role, _DS), (role, _KA), (role, _TOP_UP), (RemotePartyRole.XML_SIGNING, _DS))
    return Party(name=name, eui=eui, needs=needs)


def network_operator(eui: Eui64, name: str) -> Party:
    role = RemotePartyRole.NETWORK_OPERATOR
    needs = ((role, _DS), (role, _KA), (RemotePartyRole.XML_SIGNING, _DS))
    return Party(name=name, eui=eui, needs=needs)


def load_controller(eui: Eui64, name: str) -> Party:
    role = RemotePartyRole.LOAD_CONTROLLER
    needs = ((role, _DS), (role, _KA), (RemotePartyRole.XML_SIGNING, _DS))
    return Party(name=name, eui=eui, needs=needs)


def dcc_parties(
    *,
    recovery: Eui64 = RECOVERY,
    access_control_broker: Eui64 = ACCESS_CONTROL_BROKER,
    transitional_cos: Eui64 = TRANSITIONAL_COS,
    wan_provider: Eui64 = WAN_PROVIDER,
) -> tuple[Party, ...]:
    """The roles that the DCC itself plays; the DSP signs XML under the broker's EUI-64."""
    broker = RemotePartyRole.ACCESS_CONTROL_BROKER
    return (
        Party(name=DCC, eui=recovery, needs=((RemotePartyRole.RECOVERY, _DS),)),
        Party(
            name=DCC,
            eui=access_control_broker,
            needs=((broker, _DS), (broker, _KA), (RemotePartyRole.DSP_XML_SIGNING, _DS)),
        ),
        Party(name=DCC, eui=transitional_cos, needs=((RemotePartyRole.TRANSITIONAL_COS, _DS),)),
        Party(name=DCC, eui=wan_provider, needs=((RemotePartyRole.WAN_PROVIDER, _DS),)),
    )


def set_up(
    now: datetime,
    parties: Sequence[Party],
    devices: Iterable[Eui64] = (),
    *,
    profile: SmkiProfile | None = None,
    derived: DerivedKeys | None = None,
) -> BenchKeys:
    """Make the SMKI, register the parties, and give every party and device its certificates.

    `derived` makes the same keys under the same serials again; random ones without it.
    """
    if derived is None:
        keys = BenchKeys(Smki(now=now, profile=profile))
    else:
        smki = Smki(
            now=now,
            profile=profile,
            new_key=derived.new_key,
            random_octets=derived.random_octets,
        )
        keys = BenchKeys(smki, derived.new_key)
    for subscriber in _subscribers(parties):
        keys.smki.register(subscriber)
    for party in parties:
        keys.add_party(party, now)
    for device_id in devices:
        keys.add_device(device_id, now)
    return keys


class BenchKeys:
    """Private keys of one bench, and the SMKI that certified them."""

    def __init__(self, smki: Smki, new_key: NewKey = new_p256_key) -> None:
        self.smki = smki
        self._new_key = new_key
        self._parties: dict[tuple[Eui64, int, KeyUsage], Credential] = {}
        self._devices: dict[Eui64, DeviceCredentials] = {}

    @property
    def organisation_root(self) -> CertificateView:
        return self.smki.hierarchy.organisation_root.certificate

    @property
    def organisation_issuing(self) -> CertificateView:
        return self.smki.hierarchy.organisation_issuing.certificate

    @property
    def device_root(self) -> CertificateView:
        return self.smki.hierarchy.device_root.certificate

    def add_party(self, party: Party, now: datetime) -> tuple[Credential, ...]:
        """Its name must be registered as a subscriber for these roles."""
        return tuple(self._certify_party(party, role, usage, now) for role, usage in party.needs)

    def add_device(self, device_id: Eui64, now: datetime) -> DeviceCredentials:
        credentials = DeviceCredentials(
            signing=self._certify_device(device_id, _DS, now),
            agreement=self._certify_device(device_id, _KA, now),
        )
        self._devices[device_id] = credentials
        return credentials

    def credential(self, eui: Eui64, role: int, usage: KeyUsage = _DS) -> Credential:
        """KeyError names what the bench was not set up with."""
        try:
            return self._parties[eui, role, usage]
        except KeyError:
            raise KeyError(f"no {usage} key of {eui} in role {role:02X} on this bench") from None

    def credentials(self) -> tuple[Credential, ...]:
        return tuple(self._parties.values())

    def device(self, device_id: Eui64) -> DeviceCredentials:
        try:
            return self._devices[device_id]
        except KeyError:
            raise KeyError(f"no keys were made for device {device_id}") from None

    def adopt(self, credential: Credential, now: datetime) -> None:
        """Believe the certificate, and where the bench has a key for its party, role and usage
        use this one instead."""
        self.smki.pin(credential.certificate, now=now)
        role = credential.role
        if role is not None and (credential.eui, role, credential.usage) in self._parties:
            self._parties[credential.eui, role, credential.usage] = credential

    def issue_device(self, der: bytes, now: datetime) -> CertificateView:
        """For a device that keeps its private keys: its request, by way of its manufacturer."""
        return self.smki.issue_device(der, by=MANUFACTURER, now=now)

    def find_certificate(self, issuer: str, serial: int) -> CertificateView | None:
        return self.smki.repository.find_certificate(issuer, serial)

    def find_x509(self, issuer: str, serial: int) -> x509.Certificate | None:
        """Fits `assay.duis.signature.FindCertificate`."""
        return self.smki.repository.find_x509(issuer, serial)

    def fill(self, store: KeyStore, private_of: Collection[Eui64] = ()) -> None:
        """Public keys of everyone; private ones of those named. XML signing keys stay out.

        A key store knows an EUI-64 and a usage, so the XML signing key, which shares
        both with the GBCS signing key of its owner, has no place in it.
        """
        for credential in (*self._parties.values(), *self._device_credentials()):
            if credential.role in (RemotePartyRole.XML_SIGNING, RemotePartyRole.DSP_XML_SIGNING):
                continue
            if credential.eui in private_of:
                store.add_private(credential.name, credential.private_key)
            else:
                store.add_public(credential.name, credential.certificate.public_key)
            if credential.role == RemotePartyRole.ACCESS_CONTROL_BROKER:
                store.add_broker(credential.eui)

    def _device_credentials(self) -> Iterable[Credential]:
        for device in self._devices.values():
            yield from (device.signing, device.agreement)

    def _certify_party(self, party: Party, role: int, usage: KeyUsage, now: datetime) -> Credential:
        key = self._new_key()
        der = build_organisation_request(
            key, eui=party.eui, role=role, usage=_CERTIFICATE_USAGES[usage]
        )
        certificate = self.smki.issue_organisation(
            der, by=party.name, now=now, top_up=usage is _TOP_UP
        )
        credential = Credential(private_key=key, certificate=certificate, usage=usage)
        self._parties[party.eui, role, usage] = credential
        return credential

    def _certify_device(self, device_id: Eui64, usage: KeyUsage, now: datetime) -> Credential:
        key = self._new_key()
        der = build_device_request(key, device_id=device_id, usage=_CERTIFICATE_USAGES[usage])
        certificate = self.issue_device(der, now)
        return Credential(private_key=key, certificate=certificate, usage=usage)


def _subscribers(parties: Sequence[Party]) -> Iterable[Subscriber]:
    """One subscriber per name, and a manufacturer who may ask for any device."""
    for name in dict.fromkeys(party.name for party in parties):
        own = [party for party in parties if party.name == name]
        roles = frozenset(int(role) for party in own for role, _ in party.needs)
        is_supplier = RemotePartyRole.SUPPLIER in roles
        yield Subscriber(
            name=name,
            euis=frozenset(party.eui for party in own),
            roles=roles,
            device_blocks=(b"",) if is_supplier or name == DCC else (),
            may_use_ad_hoc=is_supplier or name == DCC,
        )
    yield Subscriber(name=MANUFACTURER, euis=frozenset(), roles=frozenset(), device_blocks=(b"",))
