"""How a device protects what it sends: signature, MAC, and encryption of sensitive data.

Each step is an attribute, so that a rogue can do one of them wrongly.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs import protection
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage, PrivateKey
from rigs.devices.credentials import DeviceCredentials


class Seal:
    """Signs critical messages and MACs the others, never both (GBCS digest 2)."""

    def __init__(self, credentials: DeviceCredentials) -> None:
        self._credentials = credentials
        self.signing_key: PrivateKey = credentials.signing_key
        credentials.on_new_key.append(self._follow)
        self.sign: Callable[[Message, PrivateKey], Message] = protection.sign
        self.add_mac: Callable[[Message, bytes], Message] = protection.add_mac
        self.encrypt: Callable[[bytes, bytes, Eui64, int, Eui64], bytes] = protection.encrypt

    def protect(self, message: Message, *, critical: bool) -> Message | None:
        """None where no key of the recipient is held: there is nobody to send it to."""
        if critical:
            return self.sign(message, self.signing_key)
        secret = self._credentials.secret_with(message.recipient)
        return self.add_mac(message, secret) if secret is not None else None

    def encrypt_for(self, party: Eui64, counter: int, plain: bytes) -> bytes | None:
        """The blob of GBCS digest 3.4; None without a key of the party."""
        secret = self._credentials.secret_with(party)
        if secret is None:
            return None
        return self.encrypt(plain, secret, self._credentials.device_id, counter, party)

    def _follow(self, usage: KeyUsage) -> None:
        if usage is KeyUsage.DIGITAL_SIGNATURE:
            self.signing_key = self._credentials.signing_key
