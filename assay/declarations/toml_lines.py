"""Where each key of a TOML document stands, for error messages that name the line.

tomllib gives values without positions. This walks a document that tomllib has accepted, so it
need not find errors, only keys: it knows tables, arrays of tables, dotted keys, inline tables
and arrays, and steps over everything else.
"""

from __future__ import annotations

from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

_BARE_END = frozenset(",]}#\n")


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """The line (from 1) of each key and array element of a valid TOML document."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of the key, or of the nearest key above it; 1 for the document itself."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._arrays: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        while self._to_next_token():
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        path: KeyPath = ()
        for part in self._key():
            if path in self._arrays:
                path += (self._arrays[path] - 1,)
            path += (part,)
            self._mark(path)
        if brackets == 2:
            index = self._arrays.get(path, 0)
            self._arrays[path] = index + 1
            path += (index,)
            self._mark(path)
        elif path in self._arrays:
            path += (self._arrays[path] - 1,)
        self._at += brackets
        return path

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        path = table
        for part in self._key():
            path += (part,)
            self._mark(path, start)
        self._at += 1  # the equals sign
        self._value(path)

    def _key(self) -> list[str]:
        """A dotted key; stops in front of the equals sign or closing bracket."""
        parts: list[str] = []
        while True:
            self._blanks()
            parts.append(self._key_part())
            self._blanks()
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _key_part(self) -> str:
        start = self._at
        if self._text[start] in "\"'":
            self._string()
            return self._text[start + 1 : self._at - 1]
        while self._text[self._at].isalnum() or self._text[self._at] in "_-":
            self._at += 1
        return self._text[start : self._at]

    def _value(self, path: KeyPath) -> None:
        self._to_next_token()
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            while self._at < len(self._text) and self._text[self._at] not in _BARE_END:
                self._at += 1

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while self._to_next_token() and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._mark((*path, index))
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._to_next_token() and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1

    def _string(self) -> None:
        quote = self._text[self._at]
        mark = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        self._at += len(mark)
        while not self._text.startswith(mark, self._at):
            escaped = quote == '"' and self._text[self._at] == "\\"
            self._at += 2 if escaped else 1
        self._at += len(mark)
        while len(mark) == 3 and self._text.startswith(quote, self._at):
            self._at += 1  # quotes that belong to the content, right before the closing three

    def _to_next_token(self) -> bool:
        while self._at < len(self._text):
            if self._text[self._at].isspace():
                self._at += 1
            elif self._text[self._at] == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            else:
                return True
        return False

    def _blanks(self) -> None:
        while self._text[self._at] in " \t":
            self._at += 1

    def _mark(self, path: KeyPath, at: int | None = None) -> None:
        offset = self._at if at is None else at
        self.lines.setdefault(path, self._text.count("\n", 0, offset) + 1)
