"""RequestID and ResponseID: originator, target and counter as one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from assay.gbcs.identifiers import Eui64

MAX_COUNTER = 2**64 - 1

_GROUPS = r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}"
_TEXT = re.compile(rf"({_GROUPS}):({_GROUPS}):(0|[1-9][0-9]{{0,19}})")


@dataclass(frozen=True, slots=True)
class MessageId:
    """`originator:target:counter`; the counter has no leading zeros (schema RequestIDType).

    A ResponseID has the same shape with the two parties swapped.
    """

    originator: Eui64
    target: Eui64
    counter: int

    def __post_init__(self) -> None:
        if not 0 <= self.counter <= MAX_COUNTER:
            raise ValueError(f"a counter is 0..{MAX_COUNTER}, got {self.counter}")

    @classmethod
    def from_text(cls, text: str) -> Self:
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"an identifier is EUI-64:EUI-64:counter, got {text!r}")
        originator, target, counter = match.groups()
        return cls(_eui64(originator), _eui64(target), int(counter))

    def answered(self) -> Self:
        """The identifier of the answer to this message: parties swapped, same counter."""
        return type(self)(self.target, self.originator, self.counter)

    def __str__(self) -> str:
        return f"{self.originator.hyphenated}:{self.target.hyphenated}:{self.counter}"


def _eui64(groups: str) -> Eui64:
    """Of eight hyphenated groups, which the pattern has seen to."""
    return Eui64(bytes.fromhex(groups.replace("-", "")))


RequestId = MessageId
ResponseId = MessageId
