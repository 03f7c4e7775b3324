"""The supply-sensitive check: made and recorded before a request that may affect the supply.

Which requests are supply sensitive is the project's own table, by the Smart Energy Code's
definition (executing it could affect, directly or indirectly, the quantity supplied).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.identifiers import Eui64

SUPPLY_SENSITIVE: Mapping[str, str] = {
    "7.1": "enables the supply",
    "7.2": "disables the supply",
    "7.3": "arms the supply",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyCheck:
    """One check: for which request, when, what it found, and whether the request may go out."""

    srv: str
    target: Eui64
    at: datetime
    may_proceed: bool
    finding: str


MakeCheck = Callable[[str, Eui64], tuple[bool, str]]
"""(variant, device) -> may proceed, finding. A supplier puts its own process here."""


def bench_check(srv: str, target: Eui64) -> tuple[bool, str]:
    """On a bench nobody lives behind the meter; the finding says so."""
    return True, f"{srv} {SUPPLY_SENSITIVE[srv]} of {target}: a device under test, no consumer"
