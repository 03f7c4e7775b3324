"""What a third party can say of one message: parsed, round trip, signature, MAC, decryption.

Which key pair protects what is the table of GBCS digest section 2: a command's MAC is
always the access control broker's with the device, whoever the originator is; a response's
or alert's is the device's with the recipient; signatures are the originator's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assay.gbcs import catalogue, ciphered, json_form, payload, protection
from assay.gbcs.envelope import MAC_SIZE, Cra, Message, parse
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
        kind, typed = payload.decode(message)
        form = json_form.typed_to_json(message, kind, typed)
        same = json_form.from_json(form).to_octets() == octets
    except GbcsError as error:
        return Inspection(parsed=False, problem=str(error))
    return Inspection(
        parsed=True,
        use_case=form["use_case"],
        message_code=message.message_code,
        roundtrip=same,
        signature=check_signature(message, keys),
        mac=check_mac(message, keys),
        decrypted=_judge(_open_all(message, ciphered.find_blobs(kind, typed), keys)),
        problem=None if same else "typed decode and re-encode differ",
    )


def check_signature(message: Message, keys: KeyStore) -> Check:
    if not message.signature:
        return Check.ABSENT
    key = keys.public(KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE))
    if key is None:
        return _without_key(keys, message.originator)
    return Check.VALID if protection.is_signature_valid(message, key) else Check.INVALID


def check_mac(message: Message, keys: KeyStore) -> Check:
    if message.mac is None:
        return Check.ABSENT
    verdict = _without_key(keys, message.originator, message.recipient)
    for one, other in mac_pairs(message, keys):
        secret = _pair(keys, one, other)
        if secret is None:
            continue
        if protection.is_mac_valid(message, secret):
            return Check.VALID
        verdict = Check.INVALID
    return verdict


def _without_key(keys: KeyStore, *parties: Eui64) -> Check:
    """A party that nobody knows authenticates nothing; of a known one a key may be missing."""
    return Check.INVALID if any(map(keys.is_stranger, parties)) else Check.NO_KEY


def mac_pairs(message: Message, keys: KeyStore) -> list[tuple[Eui64, Eui64]]:
    if message.message_code in _HAN_ONLY or message.cra is not Cra.COMMAND:
        return [(message.originator, message.recipient)]
    return [(broker, message.recipient) for broker in keys.brokers()]


def _pair(keys: KeyStore, one: Eui64, other: Eui64) -> bytes | None:
    usage = KeyUsage.KEY_AGREEMENT
    return keys.shared_secret(KeyName(one, usage), KeyName(other, usage))


def check_decryption(message: Message, keys: KeyStore) -> Decryption:
    """Raises RemoteGbcsError for a payload that is none of its kind."""
    return _judge(_open_all(message, ciphered.find_blobs(*payload.decode(message)), keys))


_Opened = list[tuple[ciphered.Blob, bytes | None]]
"""Each encrypted part with its plain octets; None where the tag does not verify."""


def _judge(opened: _Opened | None) -> Decryption:
    if opened is None:
        return Decryption.NO_KEY
    if not opened:
        return Decryption.ABSENT
    return Decryption.NO if any(plain is None for _, plain in opened) else Decryption.YES


def _open_all(message: Message, blobs: list[ciphered.Blob], keys: KeyStore) -> _Opened | None:
    """None where the key of the parties is not held."""
    if not blobs:
        return []
    secret = encryption_secret(message, keys)
    if secret is None:
        return None
    return [(blob, _open(message, secret, blob.octets)) for blob in blobs]


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
    if len(blob) < _SMALLEST_BLOB:
        return None
    recipient, counter = encryption_parties(message)
    return protection.decrypt(blob, secret, message.originator, counter, recipient)


_SMALLEST_BLOB = len(protection.CIPHERED_HEAD) + MAC_SIZE


def _describe_plain(message: Message, kind: str, opened: _Opened | None) -> list[dict[str, Any]]:
    return [
        {"index": blob.index, "plain": ciphered.describe_plain(kind, message, blob.index, plain)}
        for blob, plain in opened or ()
        if plain is not None
    ]


def describe(octets: bytes, keys: KeyStore | None = None) -> dict[str, Any]:
    """The JSON of `assay gbcs decode`: typed message, and with keys the checks and plain data.

    Raises:
        RemoteGbcsError: octets that are no GBCS message.
    """
    message = parse(octets)
    kind, typed = payload.decode(message)
    form = json_form.typed_to_json(message, kind, typed)
    if message.cra is Cra.ALERT:
        from assay.gbcs import alert_facts  # only alerts are to cost its imports

        form["alert"] = alert_facts.facts_of(message, typed)
    if keys is None:
        return form
    opened = _open_all(message, ciphered.find_blobs(kind, typed), keys)
    form["checks"] = {
        "signature": check_signature(message, keys).value,
        "mac": check_mac(message, keys).value,
        "decrypted": _judge(opened).value,
    }
    plain = _describe_plain(message, kind, opened)
    if plain:
        form["plain"] = plain
    return form


def use_case_name(message: Message) -> str:
    row = catalogue.use_case(message.message_code)
    return row.name if row is not None else f"0x{message.message_code:04X}"
