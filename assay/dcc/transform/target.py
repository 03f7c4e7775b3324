"""What the transformation must know of the device that a request is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

DEVICE_TYPES = frozenset(
    ("ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "SAPC", "IHD", "CAD"),
)
_ENTRY_KEYS = frozenset(("type", "variant"))
_POLYPHASE = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`esme_variant` is the inventory's, such as A, BD or C; None where it is not known."""

    device_type: str
    esme_variant: str | None = None

    @classmethod
    def from_entry(cls, entry: str | Mapping[str, Any]) -> Self:
        """An entry of a devices file: the type alone, or a table of type and variant.

        ValueError names the key that is wrong.
        """
        table = {"type": entry} if isinstance(entry, str) else dict(entry)
        unknown = set(table) - _ENTRY_KEYS
        if unknown:
            raise ValueError(f"device: expected type and variant, found {', '.join(unknown)}")
        device_type, variant = table.get("type"), table.get("variant")
        if device_type not in DEVICE_TYPES:
            expected = ", ".join(sorted(DEVICE_TYPES))
            raise ValueError(f"device type: expected one of {expected}, found {device_type!r}")
        if variant is not None and not isinstance(variant, str):
            raise ValueError(f"device variant: expected letters such as AD, found {variant!r}")
        return cls(device_type=device_type, esme_variant=variant)

    @property
    def is_polyphase(self) -> bool:
        """SMETS2 variant C; without a variant a meter counts as single phase."""
        return self.esme_variant is not None and self.esme_variant.startswith(_POLYPHASE)

    def __str__(self) -> str:
        return f"{self.device_type} variant {self.esme_variant or 'unknown'}"
