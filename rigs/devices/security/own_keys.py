"""A device's own keys: a new pair with its request (CS02c), its certificate (CS02d), read (CS02e).

The pair in use stays until the certificate of the new one has come; only the pair asked for last
counts. The response to the command that brings the certificate is still signed with the old key
(inferred: whoever verifies it cannot know yet that the new one is in use). A device does not hold
the root of its own certificates, so it checks no path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateView
from assay.gbcs.envelope import Cra
from assay.gbcs.keys import KeyUsage, PrivateKey
from rigs.devices.credentials import read_certificate
from rigs.devices.gbcs_device import GbcsDevice

ISSUE, UPDATE, PROVIDE = 0x000A, 0x000B, 0x000C
REPLACED: Mapping[KeyUsage, int] = {
    KeyUsage.DIGITAL_SIGNATURE: 0x8F4D,
    KeyUsage.KEY_AGREEMENT: 0x8F4F,
}
NOT_REPLACED: Mapping[KeyUsage, int] = {
    KeyUsage.DIGITAL_SIGNATURE: 0x8F4C,
    KeyUsage.KEY_AGREEMENT: 0x8F4E,
}
_USAGES: Mapping[str, KeyUsage] = {
    "digitalSignature": KeyUsage.DIGITAL_SIGNATURE,
    "keyAgreement": KeyUsage.KEY_AGREEMENT,
}
_SUCCESS = "success"
_INVALID_USAGE = "invalidKeyUsage"


class OwnKeys:
    """Hooks: `generate` and `request` may give None (the hardware fails), `store` and `change`
    may say no, `provide` gives the certificate, `judge` what is wrong with one that comes.
    """

    def __init__(self, device: GbcsDevice) -> None:
        self._device = device
        self._credentials = device.credentials
        self._pending: dict[KeyUsage, PrivateKey] = {}
        self.generate: Callable[[KeyUsage], PrivateKey | None] = lambda _: ec.generate_private_key(
            ec.SECP256R1()
        )
        self.request: Callable[[KeyUsage, PrivateKey], bytes | None] = self._credentials.request_for
        self.store: Callable[[CertificateView], bool] = lambda _: True
        self.change: Callable[[CertificateView, PrivateKey], bool] = self._change
        self.provide: Callable[[KeyUsage], CertificateView | None] = lambda usage: (
            self._credentials.certificates.get(usage)
        )
        self.judge: Callable[[Any], str] = self._judge

    @property
    def handlers(self) -> Mapping[int, Callable[[Accepted], bytes]]:
        return {ISSUE: self.issue, UPDATE: self.update, PROVIDE: self.give}

    @property
    def pending(self) -> Mapping[KeyUsage, PrivateKey]:
        """Key pairs that wait for their certificates."""
        return dict(self._pending)

    def issue(self, command: Accepted) -> bytes:
        """CS02c."""
        usage = _usage_asked(command)
        if usage is None:
            return _answer(ISSUE, {"failure": _INVALID_USAGE})
        key = self.generate(usage)
        if key is None:
            return _answer(ISSUE, {"failure": "keyPairGenerationFailed"})
        request = self.request(usage, key)
        if request is None:
            return _answer(ISSUE, {"failure": "crProductionFailed"})
        self._pending[usage] = key
        return _answer(ISSUE, {"request": {"der": request.hex()}})

    def update(self, command: Accepted) -> bytes:
        """CS02d."""
        value = codec.decode_message(command.message).value
        result = self.judge(value)
        usage = _usage_of(value)
        certificate = read_certificate(bytes.fromhex(value["der"]))
        if result == _SUCCESS and usage is not None and certificate is not None:
            result = self._take(usage, certificate)
        if usage is not None:
            self._device.report((REPLACED if result == _SUCCESS else NOT_REPLACED)[usage])
        return _answer(UPDATE, result)

    def give(self, command: Accepted) -> bytes:
        """CS02e."""
        usage = _usage_asked(command)
        if usage is None:
            return _answer(PROVIDE, {"failure": _INVALID_USAGE})
        if usage not in self._credentials.certificates:
            return _answer(PROVIDE, {"failure": "noCertificateHeld"})
        certificate = self.provide(usage)
        if certificate is None:
            return _answer(PROVIDE, {"failure": "certificateRetrievalFailure"})
        return _answer(PROVIDE, {"certificate": {"der": certificate.der.hex()}})

    def _judge(self, value: Any) -> str:
        """In the order of the codes: what the certificate says first, then whose key it is for.

        Its key usage is read from the octets, because a certificate for two usages is no SMKI
        certificate, and is answered with its own code in a national message.
        """
        view = value["view"]
        if view is None:
            return "invalidCertificate"
        if view.get("subject_id") != self._device.device_id.hyphenated:
            return "wrongDeviceIdentity"
        usage = _usage_of(value)
        if usage is None:
            return _INVALID_USAGE
        certificate = read_certificate(bytes.fromhex(value["der"]))
        if certificate is None:
            return "invalidCertificate"
        pending = self._pending.get(usage)
        if pending is None:
            return "noCorrespondingKeyPairGenerated"
        if certificate.public_key.public_numbers() != pending.public_key().public_numbers():
            return "wrongPublicKey"
        return _SUCCESS

    def _take(self, usage: KeyUsage, certificate: CertificateView) -> str:
        key = self._pending.get(usage)
        if not self.store(certificate):
            return "certificateStorageFailed"
        if key is None or not self.change(certificate, key):
            return "privateKeyChangeFailed"
        self._pending.pop(usage, None)
        return _SUCCESS

    def _change(self, certificate: CertificateView, key: PrivateKey) -> bool:
        self._device.after_answer(lambda: self._credentials.adopt(certificate, key))
        return True


def _usage_asked(command: Accepted) -> KeyUsage | None:
    return _USAGES.get(codec.decode_message(command.message).value["key_usage"])


def _usage_of(value: Any) -> KeyUsage | None:
    view = value["view"]
    return _USAGES.get(view.get("key_usage", "")) if view is not None else None


def _answer(message_code: int, value: Any) -> bytes:
    return codec.build(message_code, Cra.RESPONSE, value)
