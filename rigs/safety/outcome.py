"""What became of the attempt to make one instrument safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeOutcome:
    """`is_verified`: the instrument itself said so, or has nothing that could be dangerous."""

    name: str
    address: str
    is_safe: bool
    is_verified: bool
    seconds: float
    detail: str = ""

    @property
    def words(self) -> str:
        if not self.is_safe:
            return f"{self.name} at {self.address}: NOT KNOWN TO BE SAFE: {self.detail}"
        seen = "seen" if self.is_verified else "commanded, not read back"
        return f"{self.name} at {self.address}: safe ({seen}, {self.seconds * 1000:.0f} ms)"

    def to_json(self) -> Mapping[str, Any]:
        return asdict(self)
