"""The request's body, leaf by leaf, remembering which leaves a row has read.

A leaf that no row reads is one that the Pre-Command cannot hold: it is a difference. A
request's body is frozen (`duis.values.freeze`), so an element with children is a
MappingProxyType and a repeated one a tuple: asking for the abstract types costs far more.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from assay.adapter.correlation.errors import NotAskedError, NotCarriedError
from assay.duis.values import TEXT_KEY, Content

T = TypeVar("T")
_MISSING = object()


class Leaf(NamedTuple):
    """A value of the request and where it stands: "PriceElements/TOUPrice[2]/@index"."""

    value: object
    path: str


class Asked:
    """One element of the request's body, and the paths read so far in all of it."""

    __slots__ = ("_content", "_read", "path")

    def __init__(self, content: Content, path: str = "", read: set[str] | None = None) -> None:
        self._content = content
        self._read: set[str] = set() if read is None else read
        self.path = path

    def has(self, path: str) -> bool:
        """Whether the element is there; one without content is thereby read."""
        found, where = self._find(path)
        if found is None:
            self._read.add(where)
        return found is not _MISSING

    def leaf(self, path: str, kind: type[T]) -> tuple[T, str]:
        """(value, full path); NotAskedError where it is absent."""
        found, where = self._find(path)
        if found is _MISSING:
            raise NotAskedError(where)
        if not isinstance(found, kind):
            raise TypeError(f"{where}: expected {kind.__name__}, seen {type(found).__name__}")
        self._read.add(where)
        return found, where

    def value(self, path: str, kind: type[T]) -> T:
        return self.leaf(path, kind)[0]

    def text(self, kind: type[T]) -> tuple[T, str]:
        """Of an element with attributes."""
        return self.leaf(TEXT_KEY, kind)

    def at(self, path: str) -> Asked:
        """The element with children at a path; NotAskedError where it is absent."""
        found, where = self._find(path)
        if not isinstance(found, MappingProxyType):
            raise NotAskedError(where)
        return Asked(found, f"{where}/", self._read)

    def each(self, path: str) -> list[Asked]:
        """The elements with children that occur repeatedly; none where there is none."""
        found, where = self._find(path)
        if found is _MISSING:
            return []
        return [
            Asked(_mapping(item), f"{where}[{number}]/", self._read)
            for number, item in enumerate(_sequence(found), 1)
        ]

    def leaves(self, path: str) -> list[Leaf]:
        """The values of an element that occurs repeatedly."""
        found, where = self._find(path)
        if found is _MISSING:
            return []
        rows = [Leaf(item, f"{where}[{at}]") for at, item in enumerate(_sequence(found), 1)]
        self._read.update(row.path for row in rows)
        return rows

    def by_index(self, path: str, attribute: str = "@index") -> dict[int, Asked]:
        """Repeated elements by their index attribute, in its order.

        Raises:
            NotCarriedError: two have the same index, and a place holds only one.
        """
        found: dict[int, Asked] = {}
        for element in self.each(path):
            index, where = element.leaf(attribute, int)
            if index in found:
                raise NotCarriedError(where, f"index {index} again", "one of each index")
            found[index] = element
        return dict(sorted(found.items()))

    def without_gaps(self, path: str, count: int | None = None) -> list[Asked]:
        """The same where the place alone tells the index: 1, 2, 3 without a gap."""
        found = self.by_index(path)
        wanted = len(found) if count is None else count
        if list(found) != list(range(1, wanted + 1)):
            seen = ", ".join(map(str, found)) or "none"
            raise NotCarriedError(f"{self.path}{path}", f"indexes {seen}", f"1 to {wanted}")
        return list(found.values())

    def unread(self) -> Iterator[Leaf]:
        """The leaves that nothing has read."""
        for leaf in _leaves(self._content, self.path):
            if leaf.path not in self._read:
                yield leaf

    def _find(self, path: str) -> tuple[object, str]:
        found: object = self._content
        for name in path.split("/"):
            if not isinstance(found, MappingProxyType) or name not in found:
                return _MISSING, self.path + path
            found = found[name]
        return found, self.path + path


def _mapping(found: object) -> Content:
    if isinstance(found, MappingProxyType):
        return found
    raise TypeError(f"expected an element with children, seen {type(found).__name__}")


def _sequence(found: object) -> tuple[object, ...]:
    if isinstance(found, tuple):
        return found
    raise TypeError(f"expected repeated elements, seen {type(found).__name__}")


def _leaves(content: object, path: str) -> Iterator[Leaf]:
    if isinstance(content, MappingProxyType):
        for name, value in content.items():
            if isinstance(value, MappingProxyType):
                yield from _leaves(value, f"{path}{name}/")
            elif isinstance(value, tuple):
                for number, item in enumerate(value, 1):
                    yield from _item_leaves(item, f"{path}{name}[{number}]")
            else:
                yield Leaf(value, f"{path}{name}")


def _item_leaves(item: object, path: str) -> Iterator[Leaf]:
    if isinstance(item, MappingProxyType):
        yield from _leaves(item, f"{path}/")
    else:
        yield Leaf(item, path)
