"""A declaration together with the octets it was read from, so that evidence can name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar

from assay.declarations.bench import Bench
from assay.declarations.dcc import DccFile
from assay.declarations.device import Device
from assay.declarations.model import Declaration, parse_declaration
from assay.declarations.plan import Plan
from assay.declarations.toml_lines import key_lines, line_of
from assay.verdicts import PlanError

M_co = TypeVar("M_co", bound=Declaration, covariant=True)
M = TypeVar("M", bound=Declaration)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Generic[M_co]):
    """`source` is the file as the user named it, or "built-in" and a name."""

    value: M_co
    source: str
    octets: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.octets).hexdigest()

    def line_of(self, *path: str | int) -> int:
        """Where this key stands in the file, or the nearest above it: for errors found later."""
        return line_of(key_lines(self.octets.decode("utf-8")), path)


def read_bench(path: Path | None = None) -> Declared[Bench]:
    """The bench file, or the built-in virtual bench. PlanError if it makes no sense."""
    return _read(Bench, path) if path is not None else _built_in(Bench, "bench.toml")


def parse_bench(name: str, octets: bytes) -> Bench:
    """A bench file that is not on disk yet. PlanError naming it, line and key if it is wrong."""
    return parse_declaration(Bench, name, octets)


def read_device(path: Path | None = None) -> Declared[Device]:
    """The device file, or the built-in golden virtual electricity meter."""
    return _read(Device, path) if path is not None else _built_in(Device, "device.toml")


def read_plan(path: Path | None = None) -> Declared[Plan]:
    """The plan file, or the built-in plan."""
    return _read(Plan, path) if path is not None else _built_in(Plan, "plan.toml")


_NO_MORE = "also = []"


def read_plan_with(also: Iterable[str]) -> Declared[Plan]:
    """The built-in plan, and these scenarios by id beside it."""
    built_in = read_plan(None)
    text = built_in.octets.decode("utf-8")
    if text.count(_NO_MORE) != 1:
        raise PlanError(f"{built_in.source}: expected one line {_NO_MORE!r}")
    named = json.dumps([f"scenario:{each}" for each in also])
    octets = text.replace(_NO_MORE, f"also = {named}").encode("utf-8")
    source = f"{built_in.source} and what is declared to catch the planted fault"
    return Declared(value=parse_declaration(Plan, source, octets), source=source, octets=octets)


def read_dcc(path: Path | None = None) -> Declared[DccFile]:
    """The settings of a DCC that is served, or its defaults."""
    if path is None:
        return Declared(value=DccFile(), source="built-in dcc", octets=b"")
    return _read(DccFile, path)


def built_in_bench(name: str) -> Declared[Bench]:
    """Another bench that travels with the harness, such as `emu`."""
    return _built_in(Bench, f"benches/{name}.toml")


def built_in_plan(name: str) -> Declared[Plan]:
    """Another plan that travels with the harness, such as `accelerated_life_1000`."""
    return _built_in(Plan, f"plans/{name}.toml")


def _read(model: type[M], path: Path) -> Declared[M]:
    try:
        octets = path.read_bytes()
    except OSError as error:
        raise PlanError(f"{path}: expected a readable file, seen: {error.strerror}") from None
    value = parse_declaration(model, str(path), octets)
    return Declared(value=value, source=str(path), octets=octets)


def _built_in(model: type[M], name: str) -> Declared[M]:
    file = files("assay.declarations") / "builtin" / name
    if not file.is_file():
        raise PlanError(f"expected a built-in file, seen no {name}")
    octets = file.read_bytes()
    source = f"built-in {name}"
    return Declared(value=parse_declaration(model, source, octets), source=source, octets=octets)
