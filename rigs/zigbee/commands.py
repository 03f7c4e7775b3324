"""Commands of a layer as rows: an identifier, a class, and the fields in the order of the wire.

MAC, NWK and APS commands and the clusters of ZCL are all one octet of identifier and fields; so
a layer's command set is a table of dataclasses, and reading and writing are done once, here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little


@dataclass(frozen=True, slots=True)
class Wire:
    """How one field travels."""

    read: Callable[[Octets, str], Any]
    write: Callable[[Any, str], bytes]


def _fixed(size: int) -> Wire:
    return Wire(lambda reader, field: reader.take(size, field), _exactly(size))


def _exactly(size: int) -> Callable[[bytes, str], bytes]:
    def write(value: bytes, field: str) -> bytes:
        if len(value) != size:
            raise ValueError(f"{field}: expected {size} octets, given {len(value)}")
        return bytes(value)

    return write


def _write_sized(value: bytes, field: str) -> bytes:
    return little(len(value), 1, f"length of {field}") + value


def _read_flag(reader: Octets, field: str) -> bool:
    value = reader.u8(field)
    if value > 1:
        raise RemoteRadioError(field, "0 or 1", value)
    return bool(value)


U8: Final = Wire(Octets.u8, lambda value, field: little(value, 1, field))
U16: Final = Wire(Octets.u16, lambda value, field: little(value, 2, field))
U24: Final = Wire(Octets.u24, lambda value, field: little(value, 3, field))
U32: Final = Wire(Octets.u32, lambda value, field: little(value, 4, field))
U48: Final = Wire(
    lambda reader, field: int.from_bytes(reader.take(6, field), "little"),
    lambda value, field: little(value, 6, field),
)
FLAG: Final = Wire(_read_flag, lambda value, _: bytes((bool(value),)))
EUI: Final = Wire(Octets.eui64, lambda value, _: eui_octets(Eui64(value)))
KEY: Final = _fixed(16)
SIZED: Final = Wire(Octets.sized, _write_sized)
"""An octet string: a length of one octet, then the octets."""
REST: Final = Wire(lambda reader, _: reader.rest(), lambda value, _: bytes(value))
"""Everything up to the end; last field only."""


def fixed(size: int) -> Wire:
    """Exactly `size` octets."""
    return _fixed(size)


class CommandRow(Protocol):
    """How the commands of one identifier are written and read."""

    @property
    def kinds(self) -> tuple[type[Any], ...]: ...

    @property
    def write(self) -> Callable[[Any], bytes]: ...

    @property
    def read(self) -> Callable[[Octets], Any]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One command: its class, made by keyword, and how each of its fields travels, in order."""

    kind: type[Any]
    fields: tuple[tuple[str, Wire], ...] = ()

    @property
    def kinds(self) -> tuple[type[Any], ...]:
        return (self.kind,)

    def write(self, command: Any) -> bytes:
        return b"".join(wire.write(getattr(command, name), name) for name, wire in self.fields)

    def read(self, reader: Octets) -> Any:
        return self.kind(**{name: wire.read(reader, name) for name, wire in self.fields})


@dataclass(frozen=True, slots=True)
class OwnForm:
    """Commands whose fields depend on one another, each written and read as one piece."""

    kinds: tuple[type[Any], ...]
    write: Callable[[Any], bytes]
    read: Callable[[Octets], Any]


@dataclass(frozen=True, slots=True)
class CommandSet:
    """The commands of one layer, by identifier."""

    layer: str
    rows: Mapping[int, CommandRow]

    def identifier(self, command: object) -> int:
        for identifier, row in self.rows.items():
            if type(command) in row.kinds:
                return identifier
        raise ValueError(f"{type(command).__name__} is no {self.layer} command")

    def build(self, command: object) -> bytes:
        """Identifier and fields."""
        identifier = self.identifier(command)
        return bytes((identifier,)) + self.rows[identifier].write(command)

    def parse(self, octets: bytes) -> Any:
        """The command, or RemoteRadioError for an unknown one and for octets too few or many."""
        reader = Octets(octets)
        return self.parse_fields(reader.u8(f"{self.layer} command"), reader)

    def parse_fields(self, identifier: int, reader: Octets) -> Any:
        row = self.rows.get(identifier)
        if row is None:
            known = ", ".join(f"{known:02X}" for known in sorted(self.rows))
            raise RemoteRadioError(f"{self.layer} command", f"one of {known}", f"{identifier:02X}")
        command = row.read(reader)
        reader.finish(f"{self.layer} command {type(command).__name__}")
        return command
