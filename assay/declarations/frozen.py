"""The declarations of a run, frozen into its folder and read back from there.

What is certified is what was declared when the run began, so the job, a resumed run and the
reports all read these copies, never the originals. Each copy is checked against its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assay.declarations.bench import Bench
from assay.declarations.declared import Declared
from assay.declarations.device import Device
from assay.declarations.model import Declaration, parse_declaration
from assay.declarations.plan import Plan
from assay.verdicts import PlanError

FILE_NAME = "declarations.json"

M = TypeVar("M", bound=Declaration)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """Everything that defines a run; `rogue` is the planted fault, if one is wanted."""

    bench: Declared[Bench]
    device: Declared[Device]
    plan: Declared[Plan]
    rogue: str | None = None


def freeze(folder: Path, declarations: Declarations) -> None:
    """Copy the files, octet for octet, and note sources and hashes beside them."""
    index: dict[str, Any] = {"rogue": declarations.rogue}
    declared: tuple[tuple[str, Declared[Declaration]], ...] = (
        ("bench", declarations.bench),
        ("device", declarations.device),
        ("plan", declarations.plan),
    )
    for kind, each in declared:
        (folder / f"{kind}.toml").write_bytes(each.octets)
        index[kind] = {
            "file": f"{kind}.toml",
            "source": each.source,
            "sha256": each.sha256,
        }
    (folder / FILE_NAME).write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


def read_frozen(folder: Path) -> Declarations:
    """The declarations of the run in this folder. PlanError if a copy was altered or is gone."""
    try:
        index = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror
        raise PlanError(f"{folder}: expected a run folder with {FILE_NAME}: {reason}") from None
    except json.JSONDecodeError as error:
        raise PlanError(f"{folder / FILE_NAME}: expected JSON: {error}") from None
    return Declarations(
        bench=_thaw(Bench, folder, index["bench"]),
        device=_thaw(Device, folder, index["device"]),
        plan=_thaw(Plan, folder, index["plan"]),
        rogue=index["rogue"],
    )


def _thaw(model: type[M], folder: Path, entry: dict[str, str]) -> Declared[M]:
    copy = folder / entry["file"]
    try:
        octets = copy.read_bytes()
    except OSError as error:
        raise PlanError(f"{copy}: expected a readable file, seen: {error.strerror}") from None
    seen = hashlib.sha256(octets).hexdigest()
    if seen != entry["sha256"]:
        raise PlanError(f"{copy}: expected SHA-256 {entry['sha256']}, seen {seen}")
    value = parse_declaration(model, str(copy), octets)
    return Declared(value=value, source=entry["source"], octets=octets)
