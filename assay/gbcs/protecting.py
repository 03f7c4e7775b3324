"""Protect a message again with keys that are held: encrypt, sign, MAC, each where it is asked for.

Which pair of keys a MAC and encrypted data take follows from the message (digest 2, 3), for
every party and form: known users, parties that the broker names with counter and certificate,
the broker itself, devices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assay.gbcs import ciphered, inspection, payload, protection
from assay.gbcs.envelope import Message
from assay.gbcs.errors import EncodeError
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage


def encrypt(message: Message, plain: Sequence[dict[str, Any]], keys: KeyStore) -> Message:
    """The message with each of its encrypted parts made from typed plain data.

    `plain` is what `inspection.describe` lists: `{"index": n, "plain": typed}`.

    Raises:
        EncodeError: an encrypted part without plain data or the other way round, data that
            have no encoding, or a key that is not held.
    """
    kind, typed = payload.decode(message)
    places = [blob.index for blob in ciphered.find_blobs(kind, typed)]
    given = {row["index"]: row["plain"] for row in plain}
    if sorted(given) != places:
        raise EncodeError("plain", f"data for the encrypted parts {places}", sorted(given))
    secret = inspection.encryption_secret(message, keys)
    if secret is None:
        raise EncodeError("encryption", "the keys of device and reader", _parties(message))
    recipient, counter = inspection.encryption_parties(message)
    for index in places:
        octets = ciphered.plain_octets(kind, typed, index, given[index])
        blob = protection.encrypt(octets, secret, message.originator, counter, recipient)
        typed = ciphered.with_blob(kind, typed, index, blob)
    return replace(message, payload=payload.codec(kind).encode(typed))


def sign(message: Message, keys: KeyStore) -> Message:
    """Signed by its originator; a Pre-Command becomes the Command that its user sends.

    EncodeError where the originator's key is not held.
    """
    key = keys.private(KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE))
    if key is None:
        raise EncodeError("signature", "the originator's key", message.originator)
    return protection.sign(message, key)


def add_mac(message: Message, keys: KeyStore) -> Message:
    """MACed with the first pair of its kind whose key is held: EncodeError without one."""
    for one, other in inspection.mac_pairs(message, keys):
        agreement = KeyUsage.KEY_AGREEMENT
        secret = keys.shared_secret(KeyName(one, agreement), KeyName(other, agreement))
        if secret is not None:
            return protection.add_mac(message, secret)
    raise EncodeError("MAC", "key agreement keys of its two ends", _parties(message))


def _parties(message: Message) -> str:
    return f"{message.originator} and {message.recipient}"
