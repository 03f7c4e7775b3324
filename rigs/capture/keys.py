"""The key file of a capture: what opens its frames, in the words of Wireshark.

The lines are those of Wireshark's `zigbee_pc_keys`, so an outsider opens the capture with the
file as it is. It stands beside the capture, never in it: evidence can be handed on without keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assay.gbcs.identifiers import Eui64

NETWORK, LINK = "nwk", "link"
FILE_NAME = "zigbee_pc_keys"

_LINE = re.compile(r'"([0-9A-Fa-f:]+)","(Normal|Reverse)","([^"]*)"')


@dataclass(frozen=True, slots=True)
class LabelledKey:
    """A key and what it is: `nwk`, or `link` and perhaps whose."""

    label: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys that open a capture."""

    keys: tuple[LabelledKey, ...] = ()

    @classmethod
    def of(
        cls, network: Iterable[bytes], link: Iterable[bytes] | dict[Eui64, bytes] = ()
    ) -> KeyRing:
        if isinstance(link, dict):
            links = [LabelledKey(f"{LINK} {device}", key) for device, key in link.items()]
        else:
            links = [LabelledKey(LINK, key) for key in link]
        return cls((*(LabelledKey(NETWORK, key) for key in network), *links))

    def network_keys(self) -> Iterator[LabelledKey]:
        """Those that are not said to be link keys."""
        return (key for key in self.keys if not key.label.startswith(LINK))

    def link_keys(self) -> Iterator[LabelledKey]:
        return (key for key in self.keys if not key.label.startswith(NETWORK))

    def to_text(self) -> str:
        return "".join(f'"{key.key.hex(":")}","Normal","{key.label}"\n' for key in self.keys)

    @classmethod
    def from_text(cls, text: str, source: str = "keys") -> KeyRing:
        """ValueError with the line's number for a line that is none of Wireshark's."""
        found = []
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            match = _LINE.fullmatch(line)
            octets = bytes.fromhex(match[1].replace(":", "")) if match else b""
            if match is None or len(octets) != 16:
                raise ValueError(
                    f'{source}:{number}: expected "16 octets","Normal","label", got a line that '
                    "is not so"
                )
            key = octets if match[2] == "Normal" else octets[::-1]
            found.append(LabelledKey(match[3], key))
        return cls(tuple(found))

    @classmethod
    def read(cls, path: Path) -> KeyRing:
        return cls.from_text(path.read_text("utf-8"), str(path))
