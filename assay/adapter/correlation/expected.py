"""What a Pre-Command's payload must hold: a tree whose leaves say where their value is from.

The same nodes serve all three kinds of payload: a `Parts` is a DLMS structure, the fields of a
ZCL command or an ASN.1 sequence; a `Listed` is an array, a repeated part or a SEQUENCE OF.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias, Union

from assay.gbcs.dlms.access import Obis, Op
from assay.gbcs.dlms.data import NULL


class Want(NamedTuple):
    """A leaf: the value as the codec gives it. `path` names the request's leaf or leaves,
    `asked` is what stands there; both are empty for a constant of the use case."""

    value: object
    path: str = ""
    asked: object = None


class Parts(NamedTuple):
    """Named members, all of them and in this order."""

    members: tuple[tuple[str, Node], ...]


class Listed(NamedTuple):
    items: tuple[Node, ...]
    path: str = ""


class OneOf(NamedTuple):
    """Encodings that the sources allow for one meaning; the comment beside it says why."""

    options: tuple[Node, ...]


class Chosen(NamedTuple):
    """What the DCC chooses and the request does not say: one value wherever `what` stands.

    `known` is that value where the caller has it from elsewhere; else `accepts` judges it.
    """

    what: str
    expected: str
    accepts: Callable[[object], bool]
    known: object = None


class Derived(NamedTuple):
    """Only this key counts: the codec works the others out of it."""

    key: str
    node: Node


class Cases(NamedTuple):
    """A member judged by several nodes, each on its own part of it."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Union[Want, Parts, Listed, OneOf, Chosen, Derived, Cases]  # noqa: UP007


class ItemRow(NamedTuple):
    """One item of a DLMS access request."""

    name: str
    op: Op
    class_id: int
    obis: Obis
    attribute: int
    data: Node = Want(NULL)


class ComponentRow(NamedTuple):
    """One component of a GBZ payload; its place gives the transaction sequence number."""

    name: str
    cluster: int
    frame_control: int
    command: int
    fields: Node
    from_date_time: Want = Want(None)


class DlmsItems(NamedTuple):
    rows: tuple[ItemRow, ...]


class GbzComponents(NamedTuple):
    rows: tuple[ComponentRow, ...]


class Asn1Value(NamedTuple):
    node: Node


Expected: TypeAlias = DlmsItems | GbzComponents | Asn1Value


def parts(**members: Node) -> Parts:
    return Parts(tuple(members.items()))
