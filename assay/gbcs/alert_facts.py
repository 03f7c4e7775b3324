"""What an alert says, in words: its code, its time, and what its extra octets hold.

For the reader of `decode` and of reports; the typed payload alone is what encodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from assay.gbcs import catalogue
from assay.gbcs.date_time import EPOCH, DateTime
from assay.gbcs.dlms.access import Notification, Obis
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import GbzAlert
from assay.gbcs.identifiers import Eui64

Facts = dict[str, Any]


class _Layout(NamedTuple):
    """Consecutive fields of one octet-string: name, octets, what they mean."""

    fields: tuple[tuple[str, int, Callable[[bytes], Any]], ...]

    def read(self, octets: bytes) -> Facts | None:
        """None where the sizes don't fit: the octets stay what the payload shows."""
        if len(octets) != sum(size for _, size, _ in self.fields):
            return None
        facts, at = {}, 0
        for name, size, meaning in self.fields:
            facts[name] = meaning(octets[at : at + size])
            at += size
        return facts


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "big")


def _code(octets: bytes) -> str:
    row = catalogue.use_case(_number(octets))
    return f"0x{octets.hex().upper()}" + (f" {row.name}" if row is not None else "")


def _eui(octets: bytes) -> str:
    return Eui64(octets).hyphenated


def _time(octets: bytes) -> str:
    when = DateTime(octets).as_utc()
    return when.isoformat() if when is not None else octets.hex()


_COMMAND = (("message_code", 2, _code), ("counter", 8, _number))
_DEVICE = _Layout((("device", 8, _eui),))
_EXTRAS: dict[int, tuple[_Layout, ...]] = {
    0x0067: (_Layout((("outage_start", 12, _time),)), _Layout((("outage_end", 12, _time),))),
    0x00CC: (
        _Layout(
            (
                *_COMMAND,
                ("class", 2, _number),
                ("object", 6, lambda octets: str(Obis(octets))),
                ("attribute_or_method", 1, _number),
            )
        ),
    ),
    0x00CE: (_Layout((("image_sha256", 32, bytes.hex),)),),
    0x00F0: (_Layout((("integrity_issue", 2, _number),)),),
    0x0110: (_DEVICE,),
    0x0114: (
        _Layout(
            (
                ("discarded_originator", 8, _eui),
                ("discarded_recipient", 8, _eui),
                ("discarded_cra", 1, _number),
                ("discarded_counter", 8, _number),
            )
        ),
    ),
    0x0115: (_DEVICE,),
    0x0120: (_Layout(_COMMAND),),
}
"""By message code, the octet-strings after code and time in their order (digest 4.4)."""


def facts_of(message: Message, typed: Any) -> Facts | None:
    """None for what is no DLMS or GBZ alert; ASN.1 alerts name their fields themselves."""
    if isinstance(typed, GbzAlert):
        return _named(typed.code) | {"time": (EPOCH + timedelta(seconds=typed.time)).isoformat()}
    if not isinstance(typed, Notification) or typed.body.tag != Tag.STRUCTURE:
        return None
    members: Sequence[Data] = typed.body.value
    if len(members) < 2 or not isinstance(members[0].value, int):
        return None
    facts = _named(members[0].value)
    stamp = members[1].value
    if isinstance(stamp, bytes) and len(stamp) == 12:
        facts["time"] = _time(stamp)
    layouts = _EXTRAS.get(message.message_code, ())
    for layout, member in zip(layouts, members[2:], strict=False):
        read = layout.read(member.value) if isinstance(member.value, bytes) else None
        facts |= read or {}
    return facts


def _named(code: int) -> Facts:
    row = catalogue.alert_codes().get(code)
    return {"code": f"0x{code:04X}", "meaning": row.meaning if row is not None else None}
