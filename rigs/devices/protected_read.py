"""Class 30: reading sensitive attributes, returned encrypted for the party that asked.

The key comes from the grouping header, never from the identifiers inside the payload
(GBCS digest 4.7). Parties that the device does not know are not served: no use case of
this device lets the broker ask for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import Data, Tag, array, encode, enum, octet_string, structure
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import Access, Call, ItemError

ENCRYPTION_COUNTER = b"\x04"
_AUTHENTICATED_AND_ENCRYPTED = 2
_AGREED_KEY = structure(enum(2), structure(octet_string(b"\x02"), octet_string(b"")))

Attribute = tuple[int, str, int]
"""Class, OBIS code as text, attribute."""
EncryptFor = Callable[[Eui64, int, bytes], bytes | None]


def protected_read(
    attributes: Mapping[Attribute, Callable[[], Data]], encrypt_for: EncryptFor
) -> Access:
    """The method of one class 30 object, which gives these attributes and no others."""
    table = {
        (class_id, bytes(Obis.from_text(obis)), index): read
        for (class_id, obis, index), read in attributes.items()
    }

    def read(call: Call) -> Data:
        message = call.command.message
        names = _requested(call.data)
        if not set(names) <= set(table):
            raise ItemError(Result.OBJECT_UNDEFINED)
        plain = encode(structure(*(table[name]() for name in names)))
        blob = encrypt_for(message.originator, message.counter, plain)
        if blob is None:
            raise ItemError(Result.OTHER_REASON)
        parties = protection_parameters(message.counter, message.recipient, message.originator)
        return structure(array(parties), octet_string(blob))

    return read


def protection_parameters(counter: int, sender: Eui64, receiver: Eui64) -> Data:
    """structure{ enum 2, structure{ 04 and counter, sender, receiver, empty, agreed key } }."""
    transaction = ENCRYPTION_COUNTER + counter.to_bytes(8, "big")
    return structure(
        enum(_AUTHENTICATED_AND_ENCRYPTED),
        structure(
            octet_string(transaction),
            octet_string(sender),
            octet_string(receiver),
            octet_string(b""),
            _AGREED_KEY,
        ),
    )


def _requested(data: Data) -> list[tuple[int, bytes, int]]:
    if data.tag != Tag.STRUCTURE or len(data.value) != 2:
        raise ItemError(Result.TYPE_UNMATCHED)
    objects, protection = data.value
    if objects.tag != Tag.ARRAY or protection.tag != Tag.ARRAY or len(protection.value) != 1:
        raise ItemError(Result.TYPE_UNMATCHED)
    return [_object_name(entry) for entry in objects.value]


def _object_name(entry: Data) -> tuple[int, bytes, int]:
    tags = (Tag.LONG_UNSIGNED, Tag.OCTET_STRING, Tag.INTEGER, Tag.LONG_UNSIGNED, Tag.STRUCTURE)
    if entry.tag != Tag.STRUCTURE or tuple(part.tag for part in entry.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    class_id, obis, attribute, _index, restriction = entry.value
    if restriction.value[:1] != (enum(0),):
        # Restriction by date belongs to logs; what this object holds is instantaneous.
        raise ItemError(Result.OTHER_REASON)
    return class_id.value, obis.value, attribute.value
