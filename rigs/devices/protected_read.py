"""Class 30: reading sensitive attributes, returned encrypted for the party that asked.

The key comes from the grouping header, never from the identifiers inside the payload
(GBCS digest 4.7). For a party that the device does not know the broker asks, naming it and
bringing its certificate; the data are then encrypted for that party (3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import Data, Tag, array, enum, octet_string, structure
from assay.gbcs.dlms.encoding import encode
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import Access, Call, ItemError

ENCRYPTION_COUNTER = b"\x04"
_AUTHENTICATED_AND_ENCRYPTED = 2
_AGREED_KEY = structure(enum(2), structure(octet_string(b"\x02"), octet_string(b"")))

Attribute = tuple[int, str, int]
"""Class, OBIS code as text, attribute."""
Buffer = Callable[[int, int], Data]
"""The entries of a log from one second since 2000 to another, both included."""
EncryptFor = Callable[[Eui64, int, bytes], bytes | None]
"""Party, counter, plain octets -> the blob of GBCS digest 3.4."""
Name = tuple[int, bytes, int]
_NO_LOGS: Mapping[Attribute, Buffer] = MappingProxyType({})
_START_OF_TIME, _END_OF_TIME = 0, (1 << 32) - 1
_BY_DATE = 1


def protected_read(
    attributes: Mapping[Attribute, Callable[[], Data]],
    encrypt_for: EncryptFor,
    logs: Mapping[Attribute, Buffer] = _NO_LOGS,
) -> Access:
    """The method of one class 30 object, which gives these attributes and no others.

    `logs` are read by date, the others are not.
    """
    plain_table = {_name(*attribute): read for attribute, read in attributes.items()}
    log_table = {_name(*attribute): read for attribute, read in logs.items()}

    def value(name: Name, restriction: Data) -> Data:
        if name in log_table:
            return log_table[name](*_range(restriction))
        if name not in plain_table:
            raise ItemError(Result.OBJECT_UNDEFINED)
        if restriction.value[:1] != (enum(0),):
            # Restriction by date belongs to logs; what this object holds is instantaneous.
            raise ItemError(Result.OTHER_REASON)
        return plain_table[name]()

    def read(call: Call) -> Data:
        command, message = call.command, call.command.message
        plain = encode(structure(*(value(*one) for one in _requested(call.data))))
        counter = command.originator_counter
        blob = encrypt_for(command.party, message.counter if counter is None else counter, plain)
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


def _name(class_id: int, obis: str, index: int) -> Name:
    return class_id, bytes(Obis.from_text(obis)), index


def _requested(data: Data) -> list[tuple[Name, Data]]:
    if data.tag != Tag.STRUCTURE or len(data.value) != 2:
        raise ItemError(Result.TYPE_UNMATCHED)
    objects, protection = data.value
    if objects.tag != Tag.ARRAY or protection.tag != Tag.ARRAY or len(protection.value) != 1:
        raise ItemError(Result.TYPE_UNMATCHED)
    return [_object_name(entry) for entry in objects.value]


def _object_name(entry: Data) -> tuple[Name, Data]:
    tags = (Tag.LONG_UNSIGNED, Tag.OCTET_STRING, Tag.INTEGER, Tag.LONG_UNSIGNED, Tag.STRUCTURE)
    if entry.tag != Tag.STRUCTURE or tuple(part.tag for part in entry.value) != tags:
        raise ItemError(Result.TYPE_UNMATCHED)
    class_id, obis, attribute, _index, restriction = entry.value
    return (class_id.value, obis.value, attribute.value), restriction


def _range(restriction: Data) -> tuple[int, int]:
    """First and last second since 2000. All, where nothing is restricted (inferred)."""
    kind, *values = restriction.value
    if kind == enum(0):
        return _START_OF_TIME, _END_OF_TIME
    if kind != enum(_BY_DATE) or len(values) != 1 or values[0].tag != Tag.STRUCTURE:
        raise ItemError(Result.TYPE_UNMATCHED)
    dates = values[0].value
    if len(dates) != 2 or any(date.tag != Tag.OCTET_STRING for date in dates):
        raise ItemError(Result.TYPE_UNMATCHED)
    first, last = (date.value for date in dates)
    return _seconds(first, _START_OF_TIME), _seconds(last, _END_OF_TIME)


def _seconds(octets: bytes, unbounded: int) -> int:
    """Of a date; one with wildcards bounds nothing (inferred: start and end of time)."""
    if len(octets) != 12:
        raise ItemError(Result.TYPE_UNMATCHED)
    at = DateTime(octets).as_utc()
    if at is None:
        return unbounded
    return min(max(seconds_since_2000(at), _START_OF_TIME), _END_OF_TIME)
