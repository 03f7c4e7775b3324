"""Signature, key derivation, MAC and encryption of GBCS (digest section 3).

All sums are on P-256, SHA-256 and AES-128-GCM with static key pairs; a key is derived
per message from the pair's shared secret and the grouping header.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from assay.gbcs.envelope import MAC_SIZE, SIGNATURE_SIZE, Message
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PrivateKey, PublicKey

_ECDSA = ec.ECDSA(hashes.SHA256())
_ALGORITHM_ID = bytes.fromhex("60857406080300")
_KDF_ROUND = bytes.fromhex("00000001")
_MAC_AAD_HEAD = bytes.fromhex("110000000000")
ENCRYPTION = 4
"""Takes the place of CRA in the key derivation of encrypted data (digest 3.2)."""
CIPHERED_HEAD = bytes.fromhex("3100000000")
_CIPHER_AAD = b"\x31"


def sign(message: Message, key: PrivateKey) -> Message:
    """The message with its signature field filled."""
    r, s = decode_dss_signature(key.sign(message.to_be_signed(), _ECDSA))
    return message.with_signature(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def is_signature_valid(message: Message, key: PublicKey) -> bool:
    """Whether the 64-octet signature verifies; False also for a message that has none."""
    signature = message.signature
    if signature is None or len(signature) != SIGNATURE_SIZE:
        return False
    der = encode_dss_signature(
        int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    )
    try:
        key.verify(der, message.to_be_signed(), _ECDSA)
    except InvalidSignature:
        return False
    return True


def derive_key(
    secret: bytes, originator: bytes, kind: int, counter: int, recipient: bytes
) -> bytes:
    """16 octets; `kind` is the CRA for a MAC, ENCRYPTION for data (digest 3.2).

    Not cached: a counter is used once. The costly part, `secret`, is kept by the key store.
    """
    transaction = bytes((9, kind)) + counter.to_bytes(8, "big")
    parts = (_KDF_ROUND, secret, _ALGORITHM_ID, originator, transaction, recipient)
    return hashlib.sha256(b"".join(parts)).digest()[:16]


def _iv(originator: bytes) -> bytes:
    return originator + b"\x00\x00\x00\x00"


def compute_mac(message: Message, secret: bytes) -> bytes:
    """First 12 octets of the GCM tag over the whole signing block (digest 3.3)."""
    key = derive_key(secret, message.originator, message.cra, message.counter, message.recipient)
    aad = _MAC_AAD_HEAD + message.signing_block()
    return AESGCM(key).encrypt(_iv(message.originator), b"", aad)[:MAC_SIZE]


def add_mac(message: Message, secret: bytes) -> Message:
    return message.with_mac(compute_mac(message, secret))


def is_mac_valid(message: Message, secret: bytes) -> bool:
    return message.mac is not None and compute_mac(message, secret) == message.mac


def encrypt(
    plain: bytes, secret: bytes, originator: Eui64, counter: int, recipient: Eui64
) -> bytes:
    """The blob of digest 3.4: head, ciphertext, 12-octet tag. `originator` is the device."""
    key = derive_key(secret, originator, ENCRYPTION, counter, recipient)
    sealed = AESGCM(key).encrypt(_iv(originator), plain, _CIPHER_AAD)
    return CIPHERED_HEAD + sealed[:-16] + sealed[-16:-4]


def decrypt(
    blob: bytes, secret: bytes, originator: Eui64, counter: int, recipient: Eui64
) -> bytes | None:
    """The plain octets, or None where the tag does not verify."""
    if not blob.startswith(CIPHERED_HEAD) or len(blob) < len(CIPHERED_HEAD) + MAC_SIZE:
        raise EncodeError("encrypted data", "31 00000000, ciphertext, 12-octet tag", blob[:5].hex())
    key = derive_key(secret, originator, ENCRYPTION, counter, recipient)
    tag = blob[-MAC_SIZE:]
    opener = Cipher(AES(key), GCM(_iv(originator), tag, min_tag_length=MAC_SIZE)).decryptor()
    opener.authenticate_additional_data(_CIPHER_AAD)
    try:
        return opener.update(blob[len(CIPHERED_HEAD) : -MAC_SIZE]) + opener.finalize()
    except InvalidTag:
        return None
