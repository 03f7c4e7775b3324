"""Element content to nested mappings and back, led by the content model.

Children must come in schema order. Whoever calls adds the outer part of the path to a
ViolationError and makes the error of it that fits the direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from assay.duis.lexical import ViolationError, quote, read_text, write_text
from assay.duis.schema.model import (
    NAMESPACE,
    Choice,
    ComplexType,
    Element,
    Group,
    Kind,
    Particle,
    SimpleType,
)
from assay.duis.values import TEXT_KEY, Value

_PREFIX = f"{{{NAMESPACE}}}"
_BLANKS = " \t\r\n"


def local_name(tag: str) -> str:
    """The name alone inside the DUIS namespace; with its namespace outside of it."""
    return tag.removeprefix(_PREFIX)


# Reading


def read_value(node: etree._Element, type_: SimpleType | ComplexType) -> Value:
    if isinstance(type_, SimpleType):
        if len(node) or node.keys():
            _refuse_attributes(node, ())
            return read_text(type_, _only_text(node))
        return read_text(type_, node.text or "")
    if type_.is_empty:
        _refuse_attributes(node, ())
        read_children(node, ())
        return None
    values = _read_attributes(node, type_)
    if type_.text is not None:
        values[TEXT_KEY] = read_text(type_.text, _only_text(node))
        return values
    values.update(read_children(node, type_.particles))
    return values


def read_children(node: etree._Element, particles: Sequence[Particle]) -> dict[str, Value]:
    return _Children(node).read(particles)


class _Children:
    """The children of one element and how far they have been read."""

    def __init__(self, node: etree._Element) -> None:
        self._nodes = list(node)
        self._names: list[str | None] = [child.tag.removeprefix(_PREFIX) for child in self._nodes]
        self._names.append(None)  # the end
        self._position = 0
        self._refuse_text(node)

    def read(self, particles: Sequence[Particle]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for particle in particles:
            if isinstance(particle, Element):  # most are: spare them the detour
                self._read_element(particle, values)
            else:
                self._read_particle(particle, values)
        if self._next() is not None:
            raise ViolationError("no further element", self._next_words())
        return values

    def _refuse_text(self, node: etree._Element) -> None:
        for text in [node.text, *[child.tail for child in self._nodes]]:
            if text is not None and text.strip(_BLANKS):
                raise ViolationError("elements only", f"text {quote(text.strip(_BLANKS))}")

    def _next(self) -> str | None:
        return self._names[self._position]

    def _next_words(self) -> str:
        name = self._next()
        return "the end" if name is None else f"element {name}"

    def _read_particle(self, particle: Particle, values: dict[str, Value]) -> None:
        if isinstance(particle, Element):
            self._read_element(particle, values)
        elif isinstance(particle, Choice):
            self._read_choice(particle, values)
        else:
            self._read_group(particle, values)

    def _read_element(self, element: Element, values: dict[str, Value]) -> None:
        name = element.name
        if element.high != 1:
            self._read_repeated(element, values)
        elif self._names[self._position] == name:
            values[name] = self._read_child(element, name)
        elif element.low:
            raise ViolationError(_wanted(element), self._next_words())

    def _read_repeated(self, element: Element, values: dict[str, Value]) -> None:
        read: list[Value] = []
        while self._next() == element.name and len(read) != element.high:
            read.append(self._read_child(element, f"{element.name}[{len(read) + 1}]"))
        if len(read) < element.low:
            raise ViolationError(_wanted(element), self._next_words())
        if read:
            values[element.name] = tuple(read)

    def _read_child(self, element: Element, place: str) -> Value:
        try:
            value = read_value(self._nodes[self._position], element.type)
        except ViolationError as violation:
            violation.inside(place)
            raise
        self._position += 1
        return value

    def _read_choice(self, choice: Choice, values: dict[str, Value]) -> None:
        option = choice.by_first.get(self._next() or "")
        if option is not None:
            self._read_particle(option, values)
        elif not choice.optional:
            raise ViolationError(_one_element_of(choice.by_first), self._next_words())

    def _read_group(self, group: Group, values: dict[str, Value]) -> None:
        if group.low == 0 and self._next() not in group.first:
            return
        for particle in group.particles:
            self._read_particle(particle, values)


def _read_attributes(node: etree._Element, type_: ComplexType) -> dict[str, Value]:
    _refuse_attributes(node, [attribute.name for attribute in type_.attributes])
    values: dict[str, Value] = {}
    for attribute in type_.attributes:
        text = node.get(attribute.name)
        if text is None:
            raise ViolationError(f"attribute {attribute.name}", "none")
        try:
            values[f"@{attribute.name}"] = read_text(attribute.type, text)
        except ViolationError as violation:
            violation.inside(f"@{attribute.name}")
            raise
    return values


def _refuse_attributes(node: etree._Element, allowed: Sequence[str]) -> None:
    for name in node.keys():  # noqa: SIM118 (an element iterates over its children)
        if name not in allowed:
            raise ViolationError("no such attribute", f"attribute {name!r}")


def _only_text(node: etree._Element) -> str:
    if len(node):
        raise ViolationError("text only", f"element {local_name(node[0].tag)}")
    return node.text or ""


# Writing


def write_element(name: str, type_: SimpleType | ComplexType, value: Value, out: list[str]) -> None:
    """Append the element as canonical text, without white space between elements."""
    if isinstance(type_, SimpleType):
        text = write_text(type_, value)
        if type_.kind is Kind.STRING:  # no other kind has a character to escape
            text = escape(text)
        out.append(f"<sr:{name}>{text}</sr:{name}>")
        return
    if type_.is_empty and value in (None, {}):
        out.append(f"<sr:{name}></sr:{name}>")
        return
    if not isinstance(value, (dict, Mapping)):  # nearly always a dict, which is told faster
        raise ViolationError("a mapping", f"{type(value).__name__} {quote(str(value))}")
    out.append(f"<sr:{name}")
    written = _write_attributes(type_, value, out)
    out.append(">")
    if type_.text is not None:
        out.append(escape(write_text(type_.text, _given(value, TEXT_KEY))))
        written.add(TEXT_KEY)
    for particle in type_.particles:
        if isinstance(particle, Element):  # most are: spare them the detour
            _write_occurrences(particle, value, out, written)
        else:
            _write_particle(particle, value, out, written)
    if not value.keys() <= written:
        first = next(key for key in value if key not in written)
        raise ViolationError("only what the schema has here", first)
    out.append(f"</sr:{name}>")


def _given(value: Mapping[str, Value], key: str) -> Value:
    if key not in value:
        raise ViolationError(key, "none")
    return value[key]


def _write_attributes(type_: ComplexType, value: Mapping[str, Value], out: list[str]) -> set[str]:
    written: set[str] = set()
    for attribute in type_.attributes:
        key = f"@{attribute.name}"
        given = _given(value, key)
        try:
            text = write_text(attribute.type, given)
        except ViolationError as violation:
            violation.inside(key)
            raise
        out.append(f' {attribute.name}="{escape_attribute(text)}"')
        written.add(key)
    return written


def _write_particle(
    particle: Particle, value: Mapping[str, Value], out: list[str], written: set[str]
) -> None:
    if isinstance(particle, Element):
        _write_occurrences(particle, value, out, written)
    elif isinstance(particle, Choice):
        _write_choice(particle, value, out, written)
    elif particle.low or any(name in value for name in particle.first):
        for part in particle.particles:
            _write_particle(part, value, out, written)


def _write_choice(
    choice: Choice, value: Mapping[str, Value], out: list[str], written: set[str]
) -> None:
    given = value.keys() & choice.by_first.keys()
    options = {id(choice.by_first[name]): choice.by_first[name] for name in given}
    if len(options) > 1:
        seen = [name for name in choice.by_first if name in given]
        raise ViolationError(_one_element_of(choice.by_first), " and ".join(seen))
    for option in options.values():
        _write_particle(option, value, out, written)
    if not options and not choice.optional:
        raise ViolationError(_one_element_of(choice.by_first), "none of them")


def _write_occurrences(
    element: Element, value: Mapping[str, Value], out: list[str], written: set[str]
) -> None:
    written.add(element.name)
    if not element.repeats:
        if element.name in value:
            _write_child(element, element.name, value[element.name], out)
        elif element.low:
            raise ViolationError(_wanted(element), "none")
        return
    items = value.get(element.name, ())
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise ViolationError(_wanted(element), f"{type(items).__name__} in place of a tuple")
    if len(items) < element.low or (element.high is not None and len(items) > element.high):
        raise ViolationError(_wanted(element), f"{len(items)} of them")
    for number, item in enumerate(items, 1):
        _write_child(element, f"{element.name}[{number}]", item, out)


def _write_child(element: Element, place: str, value: Value, out: list[str]) -> None:
    try:
        write_element(element.name, element.type, value, out)
    except ViolationError as violation:
        violation.inside(place)
        raise


def escape(text: str) -> str:
    """Text as canonical XML has it."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")
    )


def escape_attribute(text: str) -> str:
    """Attribute value as canonical XML has it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return escaped.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


# What errors say


def _wanted(element: Element) -> str:
    if not element.repeats:
        return f"element {element.name}"
    most = "any number" if element.high is None else str(element.high)
    return f"{element.low} to {most} of element {element.name}"


def _one_element_of(names: Iterable[str]) -> str:
    known = list(names)
    shown = ", ".join(known[:10])
    more = f" and {len(known) - 10} more" if len(known) > 10 else ""
    return f"one element of {shown}{more}"
