"""What is said to an instrument to make it safe, as data that outlives the process that knew it.

A driver makes it when it knows its instrument. It is kept in the lease of the instrument, so
that the watchdog, or the next runner, can say it without the driver.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Octets to send, and what has to come back.

    An answer ends with `end`, or has `length` octets; with neither none is awaited. `expects` is
    a regular expression that is found in it. `pause_s` is what has to pass before the next.
    """

    send: bytes
    end: bytes = b""
    length: int = 0
    expects: str = ""
    pause_s: float = 0.0

    def is_met_by(self, answer: bytes) -> bool:
        return re.search(self.expects.encode("ascii"), answer) is not None

    @property
    def awaits_answer(self) -> bool:
        return bool(self.end or self.length)

    def to_json(self) -> dict[str, Any]:
        return {
            "send": self.send.decode("latin-1"),
            "end": self.end.decode("latin-1"),
            "length": self.length,
            "expects": self.expects,
            "pause_s": self.pause_s,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Exchange:
        return cls(
            send=fields["send"].encode("latin-1"),
            end=fields["end"].encode("latin-1"),
            length=fields["length"],
            expects=fields["expects"],
            pause_s=fields["pause_s"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeDialogue:
    """How one instrument is made safe, and how it says that it is.

    `verifies` says whether the last answers show the state of the output, or only that the
    command was taken. Over HTTP what is sent is the path. The line's settings are those of a
    serial one.
    """

    address: str
    exchanges: tuple[Exchange, ...]
    verifies: bool
    baud: int = 9600
    data_bits: int = 8
    parity: str = "none"
    stop_bits: int = 1

    def to_json(self) -> dict[str, Any]:
        return {
            "address": self.address,
            "exchanges": [each.to_json() for each in self.exchanges],
            "verifies": self.verifies,
            "baud": self.baud,
            "data_bits": self.data_bits,
            "parity": self.parity,
            "stop_bits": self.stop_bits,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> SafeDialogue:
        exchanges = tuple(Exchange.from_json(each) for each in fields["exchanges"])
        return cls(**{**fields, "exchanges": exchanges})


def scpi_dialogue(
    address: str, off: tuple[str, ...], question: str, answer: str, *, end: str = "\n", **line: Any
) -> SafeDialogue:
    """Commands without an answer, then a question whose answer says that the output is off."""
    terminator = end.encode("ascii")
    exchanges = [Exchange(send=each.encode("ascii") + terminator) for each in off]
    asked = Exchange(
        send=question.encode("ascii") + terminator, end=terminator, expects=rf"^\s*({answer})\s*$"
    )
    return SafeDialogue(address=address, exchanges=(*exchanges, asked), verifies=True, **line)
