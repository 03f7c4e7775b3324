"""The MMC document as a tree of named, typed values; XML and plain dicts are written from it.

One tree gives both, so the XML can never say something else than the values. Content is a
number, a text, a time, octets, or the nodes inside; None stands for an empty element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from lxml import etree

NAMESPACE = "http://www.dccinterface.co.uk/ResponseAndAlert"
_TAG = f"{{{NAMESPACE}}}"


class Hex(bytes):
    """Octets written as xs:hexBinary."""


class Base64(bytes):
    """Octets written as xs:base64Binary."""


Content = Any
"""None, bool, int, Decimal, str, datetime (UTC), date, time, Hex, Base64 or nodes (a tuple)."""


class Node(NamedTuple):
    """`is_many`: the schema lets this element stand more than once, so values list it."""

    name: str
    content: Content = None
    attributes: tuple[tuple[str, Content], ...] = ()
    is_many: bool = False


def _date_time_text(value: datetime) -> str:
    return f"{value.isoformat()[:19]}.00Z"


def _base64_text(value: Base64) -> str:
    from base64 import b64encode

    return b64encode(value).decode("ascii")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lambda value: "true" if value else "false",
    Decimal: lambda value: f"{value:f}",
    datetime: _date_time_text,
    date: lambda value: f"{value.isoformat()}Z",
    time: lambda value: f"{value.isoformat()[:8]}.{value.microsecond // 10_000:02d}Z",
    Hex: lambda value: value.hex().upper(),
    Base64: _base64_text,
}
"""Lexical forms. Times are UTC and carry hundredths, 00 where the device gives none."""


def text_of(value: Content) -> str:
    """KeyError for a type that has no lexical form."""
    return _TEXTS[type(value)](value)


def to_element(root: Node) -> etree._Element:
    element = etree.Element(_TAG + root.name, nsmap={"ra": NAMESPACE})
    _fill(element, root)
    return element


def _fill(element: etree._Element, node: Node) -> None:
    _, content, attributes, _ = node
    for name, value in attributes:
        element.set(name, text_of(value))
    if content is None:
        return
    if type(content) is not tuple:
        element.text = text_of(content)
        return
    for child in content:
        _fill(etree.SubElement(element, _TAG + child.name), child)


def values_of(nodes: Iterable[Node]) -> dict[str, Any]:
    """Nested dicts; elements that may repeat are lists, whatever their number.

    An element with attributes is a dict of them, its content under "value" where it is
    simple. An empty element is True: its presence is what it says.
    """
    values: dict[str, Any] = {}
    for node in nodes:
        if node.is_many:
            values.setdefault(node.name, []).append(_value_of(node))
        else:
            values[node.name] = _value_of(node)
    return values


def _value_of(node: Node) -> Any:
    content = node.content
    value: Any
    if type(content) is tuple:
        value = values_of(content)
    elif content is None:
        value = {} if node.attributes else True
    elif node.attributes:
        value = {"value": content}
    else:
        return content
    if node.attributes:
        value.update(node.attributes)
    return value
