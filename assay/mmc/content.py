"""A response or alert opened: decoded, its protection checked, its encrypted parts readable.

Everything cryptographic happens here, once; the rows behind see plain typed values and know
nothing of keys. A key that is missing is no error: `is_sealed` says that the data stay shut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assay.gbcs import catalogue, ciphered, inspection, payload, protection
from assay.gbcs.dlms.access import ItemResult, Response
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload, components_of
from assay.gbcs.gbz.zcl import decode_zcl_payload
from assay.gbcs.inspection import Check
from assay.gbcs.keys import KeyStore
from assay.mmc.errors import NoMmcForm, RemoteMmcError, RemoteProtectionError

ItemKey = tuple[str, int]
"""OBIS code as text, attribute or method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`kind` is dlms, gbz or asn1. `components` are those of a GBZ message, the decrypted
    ones with their typed fields; `plain` the decrypted data of a DLMS message, in order;
    `blobs` the encrypted parts as they came."""

    message: Message
    kind: str
    typed: Any
    signature: Check
    mac: Check
    blobs: tuple[ciphered.Blob, ...] = ()
    is_sealed: bool = False
    plain: tuple[Data, ...] = ()
    components: tuple[Component, ...] = ()
    is_via_broker: bool = False

    @property
    def code(self) -> int:
        return self.message.message_code

    @property
    def is_alert(self) -> bool:
        return self.message.cra is Cra.ALERT

    @property
    def results(self) -> Sequence[ItemResult]:
        return self.typed.items if isinstance(self.typed, Response) else ()


def open_message(octets: bytes, keys: KeyStore | None) -> Content:
    """Decode, check signature and MAC, decrypt.

    Raises:
        NoMmcForm: a command, which the MMC schema does not know.
        RemoteMmcError: octets that are no GBCS message.
        RemoteProtectionError: a signature, MAC or ciphertext that does not verify.
    """
    try:
        message = parse(octets)
        kind, typed = payload.decode(message)
    except GbcsError as error:
        raise RemoteMmcError("GBCS message", "a response or an alert", error) from error
    if message.cra is Cra.COMMAND:
        raise NoMmcForm(
            f"message {message.message_code:04X}: MMC holds responses and alerts of devices, "
            "this is a command"
        )
    signature, mac = _check(message, keys)
    blobs = tuple(ciphered.find_blobs(kind, typed))
    opened = None if keys is None or not blobs else _decrypt(message, blobs, keys)
    is_sealed = bool(blobs) and opened is None
    try:
        plain = tuple(map(decode_whole, opened or ())) if kind == "dlms" else ()
        components = _components(typed, blobs, opened) if kind == "gbz" else ()
    except GbcsError as error:
        raise RemoteMmcError("decrypted data", "what the use case asks", error) from error
    return Content(
        message=message,
        kind=kind,
        typed=typed,
        signature=signature,
        mac=mac,
        blobs=blobs,
        is_sealed=is_sealed,
        plain=plain,
        components=components,
        is_via_broker=message.other.supplementary_party is not None
        or (keys is not None and message.recipient in keys.brokers()),
    )


def _check(message: Message, keys: KeyStore | None) -> tuple[Check, Check]:
    if keys is None:
        signature = Check.NO_KEY if message.signature else Check.ABSENT
        return signature, Check.ABSENT if message.mac is None else Check.NO_KEY
    signature = inspection.check_signature(message, keys)
    mac = inspection.check_mac(message, keys)
    if Check.INVALID in (signature, mac) or signature is mac is Check.ABSENT:
        raise RemoteProtectionError(
            f"message {message.message_code:04X} of {message.originator}",
            "a valid signature or MAC",
            f"signature {signature.value}, MAC {mac.value}",
        )
    return signature, mac


def _decrypt(
    message: Message, blobs: Sequence[ciphered.Blob], keys: KeyStore
) -> list[bytes] | None:
    secret = inspection.encryption_secret(message, keys)
    if secret is None:
        return None
    recipient, counter = inspection.encryption_parties(message)
    opened = []
    for blob in blobs:
        plain = protection.decrypt(blob.octets, secret, message.originator, counter, recipient)
        if plain is None:
            raise RemoteProtectionError(
                f"encrypted part {blob.index} of {message.originator}",
                "data that authenticate",
                "a tag that does not verify",
            )
        opened.append(plain)
    return opened


def _components(
    typed: GbzPayload | GbzAlert, blobs: Sequence[ciphered.Blob], opened: list[bytes] | None
) -> tuple[Component, ...]:
    components = list(components_of(typed))
    for blob, plain in zip(blobs, opened or (), strict=False):
        shut = components[blob.index]
        fields = decode_zcl_payload(
            shut.cluster,
            shut.direction,
            shut.command,
            plain,
            is_profile_wide=shut.is_profile_wide,
        )
        components[blob.index] = shut._replace(payload=fields)
    return tuple(components)


@lru_cache(maxsize=512)
def _item_keys(code: int) -> tuple[ItemKey, ...]:
    return tuple((str(item.obis), item.attribute) for item in catalogue.dlms_command(code))


def items_of(content: Content) -> Mapping[ItemKey, Data]:
    """The data of a DLMS response that succeeded, by what the command asked for.

    A response does not name its objects: they are those of the command, in its order. Null
    stands for an object without a value, which is as good as none.

    Raises:
        RemoteMmcError: another number of items than the command has.
    """
    keys = _item_keys(content.code)
    results = content.results
    if len(keys) != len(results):
        raise RemoteMmcError(f"response {content.code:04X}", f"{len(keys)} items", len(results))
    return {
        key: data
        for key, (_, result, data) in zip(keys, results, strict=True)
        if result == 0 and data.tag != Tag.NULL
    }
