"""The requirement catalogue: what is expected of a subject, and how we know.

Every expectation has a provenance. A row that rests on anything less than a verified vector or
a published text is advisory: its FAIL is a FAIL, but certificate and gate leave it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assay.declarations.model import Declaration, parse_declaration
from assay.declarations.references import Text
from assay.verdicts import PlanError

Provenance = Literal["verified vector", "published text", "maker manual", "inferred", "recalled"]
Severity = Literal["critical", "major", "minor"]

MANDATORY: frozenset[str] = frozenset({"verified vector", "published text"})

RequirementId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9.]+)+$")]


class Requirement(Declaration):
    """One row. `clause` is missing where no text that we read names one; `not_shown_here` says
    why no scenario of the virtual bench can hold a device against it.
    """

    id: RequirementId
    title: Text
    document: Text
    clause: Text | None = None
    statement: Text
    limit: Text | None = None
    provenance: Provenance
    severity: Severity
    note: Text | None = None
    not_shown_here: Text | None = None

    @property
    def advisory(self) -> bool:
        return self.provenance not in MANDATORY

    @property
    def reference(self) -> str:
        """Document and clause, as a report quotes them."""
        return self.document if self.clause is None else f"{self.document} {self.clause}"


class _Rows(Declaration):
    requirement: Annotated[tuple[Requirement, ...], Field(min_length=1)]


class Catalogue:
    """Requirements by their id, in the order of the catalogue's files."""

    def __init__(self, rows: Iterable[Requirement]) -> None:
        by_id: dict[str, Requirement] = {}
        for row in rows:
            if row.id in by_id:
                raise PlanError(f"the requirement {row.id} is in the catalogue twice")
            by_id[row.id] = row
        self._by_id: Mapping[str, Requirement] = MappingProxyType(by_id)

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __getitem__(self, identifier: str) -> Requirement:
        """The row, or a KeyError that names the id."""
        return self._by_id[identifier]

    def is_advisory(self, identifiers: Iterable[str]) -> bool:
        """Whether an expectation on these requirements rests on an advisory one."""
        return any(self._by_id[each].advisory for each in identifiers)


@cache
def read_catalogue() -> Catalogue:
    """The catalogue that travels with this version of the harness."""
    folder = files("assay.declarations") / "builtin" / "requirements"
    rows: list[Requirement] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            rows += parse_declaration(_Rows, file.name, file.read_bytes()).requirement
    return Catalogue(rows)
