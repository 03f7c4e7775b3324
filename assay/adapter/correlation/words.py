"""Values in words: DLMS data, ZCL fields, ASN.1 values, and values of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from assay.adapter.correlation.expected import Chosen, Listed, Node, OneOf, Parts, Want
from assay.gbcs.dlms.data import Data, Tag

_LONGEST = 100


def of_value(value: object) -> str:
    """What the Pre-Command has."""
    text = _of_data(value) if isinstance(value, Data) else _plain(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text)} characters)"


def of_node(node: Node) -> str:
    """What was asked."""
    if isinstance(node, Want):
        return _of_want(node)
    if isinstance(node, OneOf):
        return " or ".join(map(of_node, node.options))
    if isinstance(node, Chosen):
        return of_value(node.known) if node.known is not None else node.expected
    if isinstance(node, Listed):
        return f"{len(node.items)} entries{_source(node.path)}"
    if isinstance(node, Parts):
        return f"the fields {', '.join(name for name, _ in node.members)}"
    return "the value"


def _of_want(node: Want) -> str:
    value = of_value(node.value)
    if not node.path:
        return f"{value} (always)"
    asked = _plain(node.asked)
    return f"{asked} ({node.path})" if asked == value else f"{asked} ({node.path}), thus {value}"


def _source(path: str) -> str:
    return f" ({path})" if path else ""


def _of_data(data: Data) -> str:
    name = Tag(data.tag).name.lower().replace("_", "-")
    if isinstance(data.value, tuple):
        return f"{name} of {len(data.value)}"
    return name if data.value is None else f"{name} {_plain(data.value)}"


def _plain(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        return value.hex().upper() or "no octets"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_plain(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{len(value)} entries"
    return str(value)
