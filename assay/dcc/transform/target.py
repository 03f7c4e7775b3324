"""What the transformation must know of the device that a request is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

DEVICE_TYPES = frozenset(
    ("ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "SAPC", "IHD", "CAD"),
)
_ENTRY_KEYS = frozenset(("type", "variant", "gbcs_version"))
_POLYPHASE = "C"
_TWIN = "B"
_VERSION = re.compile(r"(\d+)(\.\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`esme_variant` is the inventory's, such as A, BD or C; None where it is not known.

    `gbcs_version`, such as 4.3, decides where an older version had another use case.
    """

    device_type: str
    esme_variant: str | None = None
    gbcs_version: str | None = None

    @classmethod
    def from_entry(cls, entry: str | Mapping[str, Any]) -> Self:
        """An entry of a devices file: the type alone, or a table with variant and GBCS version.

        ValueError names the key that is wrong.
        """
        table = {"type": entry} if isinstance(entry, str) else dict(entry)
        unknown = set(table) - _ENTRY_KEYS
        if unknown:
            expected = ", ".join(sorted(_ENTRY_KEYS))
            raise ValueError(f"device: expected {expected}, found {', '.join(unknown)}")
        device_type, variant = table.get("type"), table.get("variant")
        version = table.get("gbcs_version")
        if device_type not in DEVICE_TYPES:
            expected = ", ".join(sorted(DEVICE_TYPES))
            raise ValueError(f"device type: expected one of {expected}, found {device_type!r}")
        if variant is not None and not isinstance(variant, str):
            raise ValueError(f"device variant: expected letters such as AD, found {variant!r}")
        if version is not None and not (isinstance(version, str) and _VERSION.fullmatch(version)):
            raise ValueError(f"device gbcs_version: expected text such as 4.3, found {version!r}")
        return cls(device_type=device_type, esme_variant=variant, gbcs_version=version)

    @property
    def is_polyphase(self) -> bool:
        """SMETS2 variant C; without a variant a meter counts as single phase."""
        return self.esme_variant is not None and self.esme_variant.startswith(_POLYPHASE)

    @property
    def may_have_secondary_element(self) -> bool:
        """SMETS2 variant B (twin element); so may a meter of which the variant is not known.

        Inferred: nothing says what a request without a known variant means. The DCC always
        knows it; a devices file that leaves it out describes the national test meter, most of
        whose payment mode commands are for twin elements.
        """
        return self.esme_variant is None or self.esme_variant.startswith(_TWIN)

    @property
    def is_of_first_gbcs(self) -> bool:
        """Whether it takes the use cases that later versions replaced (ECS08 by ECS08a, ...).

        Inferred: the tables of version 4 have the new ones only; that version 2 replaced them
        is not in any text found. Without a version a device counts as a current one.
        """
        return self._major_version is not None and self._major_version <= 1

    @property
    def is_of_fourth_gbcs(self) -> bool:
        """Whether the tables of version 4, the only ones found, are known to be this device's."""
        return self._major_version is not None and self._major_version >= 4

    @property
    def _major_version(self) -> int | None:
        version = _VERSION.match(self.gbcs_version or "")
        return int(version[1]) if version is not None else None

    def __str__(self) -> str:
        return f"{self.device_type} variant {self.esme_variant or 'unknown'}"
