"""What a third party can say of one message: parsed, round trip, signature, MAC, decryption.

Which key pair protects what is the table of GBCS digest section 2: a command's MAC is
always the access control broker's with the device, whoever the originator is; a response's
or alert's is the device's with the recipient; signatures are the originator's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_der_x509_certificate

from assay.gbcs import catalogue, ciphered, json_form, payload, protection
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage

_HAN_ONLY = frozenset((0x0090, 0x009B))
"""PPMID to GSME: both sides' own keys, no broker (PCS01, PCS02)."""


class Check(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    ABSENT = "absent"
    NO_KEY = "no-key"


class Decryption(StrEnum):
    YES = "yes"
    NO = "no"
    ABSENT = "absent"
    NO_KEY = "no-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The words of `assay gbcs verify` for one message; `problem` says why where it failed."""

    parsed: bool
    use_case: str | None = None
    message_code: int | None = None
    roundtrip: bool = False
    signature: Check = Check.ABSENT
    mac: Check = Check.ABSENT
    decrypted: Decryption = Decryption.ABSENT
    problem: str | None = None

    @property
    def is_sound(self) -> bool:
        """No failure; a missing key is none."""
        return (
            self.parsed
            and self.roundtrip
            and self.signature is not Check.INVALID
            and self.mac is not Check.INVALID
            and self.decrypted is not Decryption.NO
        )


def inspect(octets: bytes, keys: KeyStore) -> Inspection:
    """Never raises for the peer's octets: what is wrong with them is in the result."""
    try:
        message = parse(octets)
        form = json_form.to_json(message)
    except GbcsError as error:
        return Inspection(parsed=False, problem=str(error))
    same = json_form.from_json(form).to_octets() == octets
    return Inspection(
        parsed=True,
        use_case=form["use_case"],
        message_code=message.message_code,
        roundtrip=same,
        signature=check_signature(message, keys),
        mac=check_mac(message, keys),
        decrypted=check_decryption(message, keys),
        problem=None if same else "typed decode and re-encode differ",
    )


def check_signature(message: Message, keys: KeyStore) -> Check:
    if not message.signature:
        return Check.ABSENT
    key = keys.public(KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE))
    if key is None:
        return Check.NO_KEY
    return Check.VALID if protection.is_signature_valid(message, key) else Check.INVALID


def check_mac(message: Message, keys: KeyStore) -> Check:
    if message.mac is None:
        return Check.ABSENT
    secrets = [s for s in (_pair(keys, *pair) for pair in _mac_pairs(message, keys)) if s]
    if not secrets:
        return Check.NO_KEY
    valid = any(protection.is_mac_valid(message, secret) for secret in secrets)
    return Check.VALID if valid else Check.INVALID


def _mac_pairs(message: Message, keys: KeyStore) -> list[tuple[Eui64, Eui64]]:
    if message.message_code in _HAN_ONLY or message.cra is not Cra.COMMAND:
        return [(message.originator, message.recipient)]
    return [(broker, message.recipient) for broker in keys.brokers()]


def _pair(keys: KeyStore, one: Eui64, other: Eui64) -> bytes | None:
    usage = KeyUsage.KEY_AGREEMENT
    return keys.shared_secret(KeyName(one, usage), KeyName(other, usage))


def check_decryption(message: Message, keys: KeyStore) -> Decryption:
    blobs = _blobs(message)
    if not blobs:
        return Decryption.ABSENT
    secret = encryption_secret(message, keys)
    if secret is None:
        return Decryption.NO_KEY
    opened = all(_open(message, secret, blob.octets) is not None for blob in blobs)
    return Decryption.YES if opened else Decryption.NO


def _blobs(message: Message) -> list[ciphered.Blob]:
    kind, typed = payload.decode(message)
    return ciphered.find_blobs(kind, typed)


def encryption_parties(message: Message) -> tuple[Eui64, int]:
    """Recipient and counter of the data key: the supplementary ones where present (digest 3.2)."""
    other = message.other
    if other.supplementary_party is None:
        return message.recipient, message.counter
    counter = other.supplementary_originator_counter
    return other.supplementary_party, message.counter if counter is None else counter


def encryption_secret(message: Message, keys: KeyStore) -> bytes | None:
    recipient, _ = encryption_parties(message)
    return _pair(keys, message.originator, recipient)


def _open(message: Message, secret: bytes, blob: bytes) -> bytes | None:
    recipient, counter = encryption_parties(message)
    return protection.decrypt(blob, secret, message.originator, counter, recipient)


def decrypted_blobs(message: Message, keys: KeyStore) -> list[dict[str, Any]]:
    """Each encrypted part in plain, typed; empty without keys or without encrypted parts."""
    secret = encryption_secret(message, keys) if _blobs(message) else None
    if secret is None:
        return []
    kind = payload.kind_of(message)
    found = []
    for blob in _blobs(message):
        plain = _open(message, secret, blob.octets)
        if plain is not None:
            view = ciphered.describe_plain(kind, message, blob.index, plain)
            found.append({"index": blob.index, "plain": view})
    return found


def describe(octets: bytes, keys: KeyStore | None = None) -> dict[str, Any]:
    """The JSON of `assay gbcs decode`: typed message, and with keys the checks and plain data.

    Raises:
        RemoteGbcsError: octets that are no GBCS message.
    """
    message = parse(octets)
    form = json_form.to_json(message)
    if keys is None:
        return form
    form["checks"] = {
        "signature": check_signature(message, keys).value,
        "mac": check_mac(message, keys).value,
        "decrypted": check_decryption(message, keys).value,
    }
    plain = decrypted_blobs(message, keys)
    if plain:
        form["plain"] = plain
    return form


def certificate_key(der: bytes) -> ec.EllipticCurvePublicKey | None:
    """The P-256 key of a certificate carried in a command; None where it holds another kind."""
    key = load_der_x509_certificate(der).public_key()
    return key if isinstance(key, ec.EllipticCurvePublicKey) else None


def use_case_name(message: Message) -> str:
    row = catalogue.use_case(message.message_code)
    return row.name if row is not None else f"0x{message.message_code:04X}"
