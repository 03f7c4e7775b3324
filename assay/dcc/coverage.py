"""Where the SM WAN reaches: what 12.1 and the self-service interface answer for an address.

The file is a CSV of our own form::

    post_code,uprn,region,available,anticipated,technology,likelihood,auxiliary_equipment,note
    AB1 2CD,,North,true,,Long range radio,High,,
    AB1,,North,false,2027-01-01,Long range radio,Low,T3 aerial,

`post_code` is a whole post code, or its first part for all that begin with it; `uprn` names one
property and wins. `region`: the schema's CSPRegion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assay.dcc.csv_table import read_table

COLUMNS = (
    "post_code",
    "uprn",
    "region",
    "available",
    "anticipated",
    "technology",
    "likelihood",
    "auxiliary_equipment",
    "note",
)
REGIONS = ("North", "Central", "South", "4G North", "4G Central", "4G South")
LIKELIHOODS = ("High", "Medium", "Low")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One region's answer for a place. `uprn` None: for the whole post code (or part)."""

    post_code: str
    uprn: int | None = None
    region: str
    available: bool
    technology: str
    likelihood: str
    anticipated: date | None = None
    auxiliary_equipment: str | None = None
    note: str | None = None


class CoverageMap:
    """Answers by place; several regions may answer for one."""

    def __init__(self, rows: Iterable[Coverage] = ()) -> None:
        self._by_uprn: dict[int, list[Coverage]] = {}
        self._by_post_code: dict[str, list[Coverage]] = {}
        for row in rows:
            if row.uprn is not None:
                self._by_uprn.setdefault(row.uprn, []).append(row)
            else:
                self._by_post_code.setdefault(_folded(row.post_code), []).append(row)

    @classmethod
    def from_file(cls, path: Path) -> CoverageMap:
        """TableError names the line that is wrong."""
        return cls(read_table(path, COLUMNS, _coverage))

    def at_uprn(self, uprn: int) -> tuple[Coverage, ...]:
        return tuple(self._by_uprn.get(uprn, ()))

    def at_post_code(self, post_code: str) -> tuple[Coverage, ...]:
        """Of the whole post code; failing that of the longest part that is known."""
        folded = _folded(post_code)
        for length in range(len(folded), 0, -1):
            found = self._by_post_code.get(folded[:length])
            if found is not None:
                return tuple(found)
        return ()


def _folded(post_code: str) -> str:
    return post_code.replace(" ", "").upper()


def _coverage(cells: Mapping[str, str]) -> Coverage:
    for name, allowed in (
        ("region", REGIONS),
        ("available", tuple(_BOOLEANS)),
        ("likelihood", LIKELIHOODS),
    ):
        if cells[name] not in allowed:
            raise ValueError(f"{name}: one of {', '.join(allowed)} expected, {cells[name]!r} seen")
    if not cells["technology"]:
        raise ValueError("technology: 1 to 30 characters expected, nothing seen")
    return Coverage(
        post_code=cells["post_code"],
        uprn=int(cells["uprn"]) if cells["uprn"] else None,
        region=cells["region"],
        available=_BOOLEANS[cells["available"]],
        technology=cells["technology"],
        likelihood=cells["likelihood"],
        anticipated=date.fromisoformat(cells["anticipated"]) if cells["anticipated"] else None,
        auxiliary_equipment=cells["auxiliary_equipment"] or None,
        note=cells["note"] or None,
    )
