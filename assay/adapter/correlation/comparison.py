"""The tree of what must be there against the decoded payload: every leaf, in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assay.adapter.correlation.difference import Difference
from assay.adapter.correlation.expected import (
    Asn1Value,
    Cases,
    Chosen,
    ComponentRow,
    Derived,
    DlmsItems,
    Expected,
    GbzComponents,
    ItemRow,
    Listed,
    Node,
    OneOf,
    Parts,
    Want,
)
from assay.adapter.correlation.words import of_node, of_value
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.dlms.access import Item, Op, invoke_id
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import NULL, Data, Tag
from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz.components import Component, GbzPayload
from assay.gbcs.payload import decode

_ABSENT = object()


def compare_payload(expected: Expected, message: Message) -> list[Difference]:
    """Every difference between what must be there and the payload of a Pre-Command."""
    try:
        _, payload = decode(message)
    except RemoteGbcsError as error:
        return [Difference(where="payload", asked="one that decodes", seen=str(error))]
    comparison = _Comparison()
    if isinstance(expected, DlmsItems) and isinstance(payload, AccessRequest):
        comparison.items(expected, payload, message.counter)
    elif isinstance(expected, GbzComponents) and isinstance(payload, GbzPayload):
        comparison.components(expected, payload)
    elif isinstance(expected, Asn1Value) and isinstance(payload, Asn1Payload):
        comparison.asn1(expected, payload)
    else:
        comparison.add("payload", type(expected).__name__, type(payload).__name__)
    return comparison.found


class _Comparison:
    """What was found so far, and the values that the DCC chose."""

    __slots__ = ("_chosen", "found")

    def __init__(self) -> None:
        self.found: list[Difference] = []
        self._chosen: dict[str, object] = {}

    def add(self, where: str, asked: str, seen: str) -> None:
        self.found.append(Difference(where=where, asked=asked, seen=seen))

    def items(self, expected: DlmsItems, payload: AccessRequest, counter: int) -> None:
        if payload.invoke_id != invoke_id(counter):
            self.add("invoke id", f"{invoke_id(counter):08X}", f"{payload.invoke_id:08X}")
        for number, row in enumerate(expected.rows, 1):
            where = f"item {number}, {row.name}"
            if number > len(payload.items):
                self.add(where, _of_row(row), "no such item")
                continue
            self._item(row, payload.items[number - 1], where)
        for number, item in enumerate(payload.items[len(expected.rows) :], len(expected.rows) + 1):
            self.add(f"item {number}", "no further item", _of_item(item))

    def _item(self, row: ItemRow, item: Item, where: str) -> None:
        if (row.op, row.class_id, row.obis, row.attribute) != item[:4]:
            self.add(where, _of_row(row), _of_item(item))
            return
        if item.selector or item.selection is not NULL:
            self.add(where, "no selection", f"selector {item.selector}")
        self.node(row.data, item.data, where)

    def components(self, expected: GbzComponents, payload: GbzPayload) -> None:
        for number, row in enumerate(expected.rows, 1):
            where = f"component {number}, {row.name}"
            if number > len(payload.components):
                self.add(where, row.name, "no such component")
                continue
            self._component(row, payload.components[number - 1], number - 1, where)
        rest = payload.components[len(expected.rows) :]
        for number, component in enumerate(rest, len(expected.rows) + 1):
            self.add(f"component {number}", "no further component", _of_component(component))

    def _component(self, row: ComponentRow, seen: Component, sequence: int, where: str) -> None:
        wanted = (row.cluster, row.frame_control, row.command)
        if wanted != (seen.cluster, seen.frame_control, seen.command) or seen.blob is not None:
            self.add(
                where,
                "cluster {:04X}, frame {:02X}, command {:02X}".format(*wanted),
                _of_component(seen),
            )
            return
        if seen.sequence != sequence:
            self.add(f"{where}, transaction sequence", str(sequence), str(seen.sequence))
        self.node(row.from_date_time, seen.from_date_time, f"{where}, From Date Time")
        self.node(row.fields, seen.payload, where)

    def asn1(self, expected: Asn1Value, payload: Asn1Payload) -> None:
        if payload.length_widths:
            widths = ", ".join(payload.length_widths)
            self.add("payload", "lengths in shortest form", f"longer ones at {widths}")
        self.node(expected.node, payload.value, payload.type_name)

    def node(self, node: Node, seen: object, where: str) -> None:
        kind = type(node)
        if kind is Want:
            if node[0] != seen:
                self.add(where, of_node(node), of_value(seen))
        elif isinstance(node, Parts):
            self._parts(node, seen, where)
        elif isinstance(node, Listed):
            self._listed(node, seen, where)
        elif isinstance(node, OneOf):
            self._one_of(node, seen, where)
        elif isinstance(node, Chosen):
            self._chosen_value(node, seen, where)
        elif isinstance(node, Derived):
            inside = seen.get(node.key) if isinstance(seen, Mapping) else None
            self.node(node.node, inside, f"{where}, {node.key}")
        elif isinstance(node, Cases):
            for case in node.nodes:
                self.node(case, seen, where)

    def _parts(self, node: Parts, seen: object, where: str) -> None:
        if isinstance(seen, Mapping):
            self._fields(node, seen, where)
            return
        members = _sequence(seen, Tag.STRUCTURE)
        if members is None or len(members) != len(node.members):
            self.add(where, of_node(node), of_value(seen))
            return
        for (name, member), value in zip(node.members, members, strict=True):
            self.node(member, value, f"{where}, {name}")

    def _fields(self, node: Parts, seen: Mapping[str, object], where: str) -> None:
        names = {name for name, _ in node.members}
        for name in sorted(seen.keys() - names):
            self.add(f"{where}, {name}", "no such field", of_value(seen[name]))
        for name, member in node.members:
            value = seen.get(name, _ABSENT)
            if value is _ABSENT:
                self.add(f"{where}, {name}", of_node(member), "no such field")
            else:
                self.node(member, value, f"{where}, {name}")

    def _listed(self, node: Listed, seen: object, where: str) -> None:
        items = _sequence(seen, Tag.ARRAY)
        if items is None or len(items) != len(node.items):
            self.add(where, of_node(node), of_value(seen))
            return
        for number, (item, value) in enumerate(zip(node.items, items, strict=True), 1):
            self.node(item, value, f"{where}[{number}]")

    def _one_of(self, node: OneOf, seen: object, where: str) -> None:
        trials: list[list[Difference]] = []
        for option in node.options:
            trial = _Comparison()
            trial.node(option, seen, where)
            if not trial.found:
                return
            trials.append(trial.found)
        if all(isinstance(option, Want) for option in node.options):
            self.add(where, of_node(node), of_value(seen))
            return
        fewest: list[Difference] = min(trials, key=len)
        self.found += fewest

    def _chosen_value(self, node: Chosen, seen: object, where: str) -> None:
        first = self._chosen.setdefault(node.what, seen)
        if node.known is not None and seen != node.known:
            self.add(where, of_value(node.known), of_value(seen))
        elif node.known is None and not node.accepts(seen):
            self.add(where, node.expected, of_value(seen))
        elif seen != first:
            self.add(where, f"{of_value(first)}, as before in this message", of_value(seen))


def _sequence(seen: object, tag: Tag) -> Sequence[object] | None:
    if isinstance(seen, Data):
        return seen.value if seen.tag == tag else None
    return seen if isinstance(seen, list | tuple) else None


def _of_row(row: ItemRow) -> str:
    return f"{_word(row.op)} of {row.class_id} {row.obis} {row.attribute}"


def _of_item(item: Item) -> str:
    return f"{_word(item.op)} of {item.class_id} {item.obis} {item.attribute}"


def _of_component(component: Component) -> str:
    sealed = ", encrypted" if component.blob is not None else ""
    return (
        f"cluster {component.cluster:04X}, frame {component.frame_control:02X}, "
        f"command {component.command:02X}{sealed}"
    )


def _word(op: Op) -> str:
    return op.name.lower().replace("_", "-")
