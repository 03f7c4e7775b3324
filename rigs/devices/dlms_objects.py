"""The DLMS objects of a device as a table: what each access does, and how a request is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assay.gbcs import catalogue
from assay.gbcs.acceptance import Accepted
from assay.gbcs.dlms.access import Item, ItemResult, Obis, Op, Request, Result
from assay.gbcs.dlms.data import NULL, Data

FAILED = Result.HARDWARE_FAULT
"""What the national vectors show for an item that the device could not carry out."""
NOT_EXECUTED = Result.OTHER_REASON
"""Reported for every item after one that failed (GBCS digest 4.3)."""


class ItemError(Exception):
    """An item that cannot be carried out; the response reports `result` for it."""

    def __init__(self, result: Result) -> None:
        super().__init__(f"item refused with {result.name}")
        self.result = result


@dataclass(frozen=True, slots=True)
class Call:
    """One item of a command that was accepted."""

    item: Item
    command: Accepted

    @property
    def data(self) -> Data:
        return self.item.data

    def value(self, tag: int) -> int | bytes:
        """The value given, if it has the type that the object takes."""
        if self.item.data.tag != tag:
            raise ItemError(Result.TYPE_UNMATCHED)
        given: int | bytes = self.item.data.value
        return given

    def number(self, tag: int) -> int:
        given = self.value(tag)
        if not isinstance(given, int):
            raise ItemError(Result.TYPE_UNMATCHED)
        return given


Access = Callable[[Call], Data | None]
Row = tuple[Op, int, str, int, Access]
"""Operation, class, OBIS code as text, attribute or method, and what it does."""
Perform = Callable[[Item], ItemResult]
RunItems = Callable[[Perform, tuple[Item, ...]], tuple[ItemResult, ...]]


class ObjectTable:
    """All that can be read, written and called on one device. Hook: `belongs` says which items a
    command may bring."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.belongs: Callable[[Call], bool] = belongs_to_use_case
        self._rows: dict[tuple[Op, int, bytes, int], Access] = {}
        self._objects: set[tuple[int, bytes]] = set()
        for op, class_id, obis, index, access in rows:
            self.put(op, class_id, obis, index, access)

    def put(self, op: Op, class_id: int, obis: str, index: int, access: Access) -> None:
        """Add a row, or replace the one that is there."""
        name = bytes(Obis.from_text(obis))
        self._rows[op, class_id, name, index] = access
        self._objects.add((class_id, name))

    def access(self, op: Op, class_id: int, obis: str, index: int) -> Access:
        """The row that is there; KeyError without one."""
        return self._rows[op, class_id, bytes(Obis.from_text(obis)), index]

    def perform(self, call: Call) -> Data:
        """Raises ItemError for what the device does not have or does not do."""
        item = call.item
        if not self.belongs(call):
            raise ItemError(Result.SCOPE_OF_ACCESS_VIOLATED)
        access = self._rows.get((item.op, item.class_id, bytes(item.obis), item.attribute))
        if access is not None:
            result = access(call)
            return NULL if result is None else result
        known = (item.class_id, bytes(item.obis)) in self._objects
        raise ItemError(Result.READ_WRITE_DENIED if known else Result.OBJECT_UNDEFINED)

    def run(
        self, command: Accepted, request: Request, run_items: RunItems
    ) -> tuple[ItemResult, ...]:
        def perform(item: Item) -> ItemResult:
            try:
                return ItemResult(
                    item.op.answered_as, Result.SUCCESS, self.perform(Call(item, command))
                )
            except ItemError as error:
                return ItemResult(item.op.answered_as, error.result)

        return run_items(perform, request.items)


def belongs_to_use_case(call: Call) -> bool:
    """Whether the command's own use case has such an item.

    A message code carries the authority (who may send it, whether it is critical), so an item
    of another use case under it would be a way round. That it is answered with
    scope-of-access-violated is inferred.
    """
    item = call.item
    return any(
        (item.op, item.class_id, bytes(item.obis), item.attribute)
        == (row.op, row.class_id, bytes(row.obis), row.attribute)
        for form in catalogue.dlms_forms(call.command.use_case.code)
        for row in form
    )


def stop_at_first_failure(perform: Perform, items: tuple[Item, ...]) -> tuple[ItemResult, ...]:
    """Every item after the first that fails is reported and not executed (GBCS digest 4.3)."""
    results: list[ItemResult] = []
    failed = False
    for item in items:
        if failed:
            results.append(ItemResult(item.op.answered_as, NOT_EXECUTED))
            continue
        results.append(perform(item))
        failed = results[-1].result != Result.SUCCESS
    return tuple(results)
