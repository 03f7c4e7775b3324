"""The contingency key, which no device can read until somebody sends the key to its wrapping.

The root credential carries it, encrypted with a symmetric key; a command by contingency brings
that key in plain. The wrapping is AES key wrap with padding (RFC 5649) of the public key as
SubjectPublicKeyInfo: recalled from RFC 5934, no national message holds one.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap_with_padding,
    aes_key_wrap_with_padding,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.keys import PublicKey
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.security.update import COMMAND_TYPE


def wrap(key: PublicKey, symmetric_key: bytes) -> bytes:
    """What `DeviceCredentials.wrapped_contingency_key` holds; 16, 24 or 32 octets of key."""
    plain = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return aes_key_wrap_with_padding(symmetric_key, plain)


def unwrap(wrapped: bytes, symmetric_key: bytes) -> PublicKey | None:
    """None where the symmetric key is not the one."""
    try:
        key = load_der_public_key(aes_key_unwrap_with_padding(symmetric_key, wrapped))
    except (InvalidUnwrap, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, ec.EllipticCurvePublicKey) else None


class ContingencyKey:
    """Hook: `unwrap`."""

    def __init__(self, credentials: DeviceCredentials) -> None:
        self._credentials = credentials
        self.unwrap: Callable[[bytes, bytes], PublicKey | None] = unwrap

    def of(self, message: Message) -> PublicKey | None:
        """The key that the command must be signed with; None where it opens nothing."""
        wrapped = self._credentials.wrapped_contingency_key
        try:
            control = codec.decode(COMMAND_TYPE, message.payload).value["control"]
        except RemoteGbcsError:
            return None
        symmetric_key = control.get("plaintext_symmetric_key")
        if wrapped is None or symmetric_key is None:
            return None
        return self.unwrap(wrapped, bytes.fromhex(symmetric_key))
