"""Encrypted parts of payloads: where they are, and what their plain octets say.

GBZ encrypts whole ZCL payloads of components; DLMS returns protected attributes through
class 30 as structure{array, octet-string} in a response item, or as the last two members of
an alert's structure (digest 3.4, 4.7, 5.1). Decrypting is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assay.gbcs.dlms import json_form
from assay.gbcs.dlms.access import Notification, Response
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.dlms.encoding import encode
from assay.gbcs.envelope import Message

Json = Any
HEAD = bytes.fromhex("3100000000")


@dataclass(frozen=True, slots=True)
class Blob:
    """`index`: of the response item (DLMS), of the alert structure's member (DLMS alert), or
    of the component (GBZ), counted from 0."""

    index: int
    octets: bytes


def find_blobs(kind: str, payload: Any) -> list[Blob]:
    """The encrypted parts of a typed payload, in their order; ASN.1 has none."""
    if kind == "gbz":
        from assay.gbcs.gbz.components import encrypted_blobs

        return [Blob(index, octets) for index, octets in encrypted_blobs(payload)]
    if isinstance(payload, Response):
        return _in_items(item.data for item in payload.items)
    if isinstance(payload, Notification):
        return _in_alert(payload.body)
    return []


def _in_items(items: Iterable[Data]) -> list[Blob]:
    found = []
    for index, data in enumerate(items):
        if data.tag == Tag.STRUCTURE and len(data.value) == 2 and _is_protected(*data.value):
            found.append(Blob(index, data.value[1].value))
    return found


def _in_alert(body: Data) -> list[Blob]:
    if body.tag != Tag.STRUCTURE:
        return []
    members = body.value
    return [
        Blob(index, members[index].value)
        for index in range(1, len(members))
        if _is_protected(members[index - 1], members[index])
    ]


def _is_protected(protection: Data, octets: Data) -> bool:
    return (
        protection.tag == Tag.ARRAY
        and octets.tag == Tag.OCTET_STRING
        and octets.value.startswith(HEAD)
    )


def describe_plain(kind: str, message: Message, index: int, plain: bytes) -> Json:
    """The typed JSON of decrypted octets; `index` is that of their `Blob`.

    Raises:
        RemoteGbcsError: plain octets that are not what their place asks for.
    """
    if kind == "gbz":
        from assay.gbcs.gbz.components import describe_component

        return describe_component(message, index, plain)
    return json_form.data_to_json(decode_whole(plain))


def plain_octets(kind: str, payload: Any, index: int, plain: Json) -> bytes:
    """The octets to encrypt, from the typed JSON that `describe_plain` gives for the same place.

    Raises:
        EncodeError: data that have no encoding there.
    """
    if kind != "gbz":
        return encode(json_form.data_from_json(plain))
    from assay.gbcs.gbz.components import components_of
    from assay.gbcs.gbz.zcl import encode_zcl_payload

    component = components_of(payload)[index]
    return encode_zcl_payload(
        component.cluster,
        component.direction,
        component.command,
        plain,
        is_profile_wide=component.is_profile_wide,
    )


def with_blob(kind: str, payload: Any, index: int, blob: bytes) -> Any:
    """The typed payload with other encrypted octets at the place of a `Blob`."""
    if kind == "gbz":
        from assay.gbcs.gbz.components import with_component_blob

        return with_component_blob(payload, index, blob)
    octets = Data(Tag.OCTET_STRING, blob)
    if isinstance(payload, Response):
        item = payload.items[index]
        data = item.data._replace(value=(item.data.value[0], octets))
        return payload._replace(items=_replaced(payload.items, index, item._replace(data=data)))
    body = payload.body
    return payload._replace(body=body._replace(value=_replaced(body.value, index, octets)))


def _replaced(items: tuple[Any, ...], index: int, item: Any) -> tuple[Any, ...]:
    return (*items[:index], item, *items[index + 1 :])
