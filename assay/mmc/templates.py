"""What rows are made of: a source in the message, a conversion, an element of the schema.

A template gives the nodes that its part of the message supports, and none where that part
is missing (an item that failed, a component that was not sent), since nearly all elements of
the schema are optional. A row is a tuple of templates in the order of the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from assay.gbcs.dlms.data import Data
from assay.mmc.content import Content, items_of
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node

Source = Callable[["Reading"], Any]
"""None where the message does not hold it."""
Template = Callable[["Reading"], Iterable[Node]]
Convert = Callable[[Any], Any]


class Reading:
    """One message while its row is applied; what several templates ask for is found once."""

    __slots__ = ("_attributes", "_items", "_payloads", "content")

    def __init__(self, content: Content) -> None:
        self.content = content
        self._items: Mapping[tuple[str, int], Data] | None = None
        self._attributes: dict[tuple[int, int], Any] | None = None
        self._payloads: dict[tuple[int, int], list[Any]] | None = None

    @property
    def items(self) -> Mapping[tuple[str, int], Data]:
        if self._items is None:
            self._items = items_of(self.content)
        return self._items

    @property
    def attributes(self) -> dict[tuple[int, int], Any]:
        """Values of the ZigBee attributes that were read, by cluster and id."""
        if self._attributes is None:
            self._attributes = {
                (component.cluster, int(form["attribute"], 16)): form["value"]
                for component in self.content.components
                if component.is_profile_wide and component.payload is not None
                for form in component.payload.get("attributes", ())
                if "value" in form
            }
        return self._attributes

    def payloads(self, cluster: int, command: int) -> list[Any]:
        """The typed fields of every cluster command of that kind, in the message's order."""
        if self._payloads is None:
            self._payloads = {}
            for component in self.content.components:
                if not component.is_profile_wide and component.payload is not None:
                    key = (component.cluster, component.command)
                    self._payloads.setdefault(key, []).append(component.payload)
        return self._payloads.get((cluster, command), [])


def item(obis: str, attribute: int = 2, *path: int) -> Source:
    """Data of a DLMS item, or of the member at `path` inside."""

    def find(reading: Reading) -> Data | None:
        found = reading.items.get((obis, attribute))
        return None if found is None else member(found, *path)

    return find


def member(data: Data, *path: int) -> Data:
    for index in path:
        data = parts(data)[index]
    return data


def parts(data: Data) -> Any:
    """The members of a structure or array (or the elements of a compact array)."""
    elements = getattr(data.value, "elements", data.value)
    if type(elements) is not tuple:
        raise RemoteMmcError("DLMS data", "a structure or an array", f"type {data.tag}")
    return elements


def attribute(cluster: int, number: int) -> Source:
    """The value of a ZigBee attribute."""
    return lambda reading: reading.attributes.get((cluster, number))


def field(cluster: int, command: int, name: str) -> Source:
    """A field of the first cluster command of that kind."""

    def find(reading: Reading) -> Any:
        payloads = reading.payloads(cluster, command)
        return payloads[0][name] if payloads else None

    return find


def leaf(name: str, source: Source, convert: Convert, **attributes: Any) -> Template:
    """An element of simple content; none where `convert` gives None."""
    fixed = tuple(attributes.items())

    def build(reading: Reading) -> Iterator[Node]:
        found = source(reading)
        if found is None:
            return
        value = convert(found)
        if value is not None:
            yield Node(name, value, fixed)

    return build


def group(name: str, *templates: Template, always: bool = False) -> Template:
    """An element of elements; where none is inside, none, unless the schema insists."""

    def build(reading: Reading) -> Iterator[Node]:
        inside = apply(templates, reading)
        if inside or always:
            yield Node(name, inside)

    return build


def nodes(source: Source, build: Callable[[Any], Iterable[Node]]) -> Template:
    """Elements that a function makes of what the source gives."""

    def make(reading: Reading) -> Iterable[Node]:
        found = source(reading)
        return () if found is None else build(found)

    return make


def apply(templates: Iterable[Template], reading: Reading) -> tuple[Node, ...]:
    return tuple([node for template in templates for node in template(reading)])
