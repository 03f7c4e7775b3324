"""Every key of a TOML document is found on the line where it stands."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assay.declarations.toml_lines import KeyPath, key_lines, line_of

DOCUMENT = '''\
# a comment = not a key
title = "a = b" # another = comment
a.b.c = 1
text = """
looks = "like a key"
\\""" and ends with a quote""""
literal = \'\'\'
[not.a.table]
\'\'\'
list = [ "x", # first = comment
  "y", [1, 2],
  { deep = 1, er.est = "}" } ]

[table."quoted.key"]
inline = { one = 1, two = { three = "]" } }

[[row]]
id = 1
[row.sub]
x = 1
[[row]]
id = 2
sub.x = 2
'''


def test_all_forms_of_keys_are_found() -> None:
    lines = key_lines(DOCUMENT)
    expected: dict[KeyPath, int] = {
        ("title",): 2,
        ("a", "b", "c"): 3,
        ("text",): 4,
        ("literal",): 7,
        ("list", 0): 10,
        ("list", 1): 11,
        ("list", 3, "er", "est"): 12,
        ("table", "quoted.key"): 14,
        ("table", "quoted.key", "inline", "two", "three"): 15,
        ("row", 0, "id"): 18,
        ("row", 0, "sub", "x"): 20,
        ("row", 1, "id"): 22,
        ("row", 1, "sub", "x"): 23,
    }
    assert {path: lines.get(path) for path in expected} == expected


def test_no_key_is_invented() -> None:
    assert set(key_lines(DOCUMENT)) == set(paths_of(tomllib.loads(DOCUMENT)))


def test_an_absent_key_is_at_the_line_of_its_table() -> None:
    lines = key_lines(DOCUMENT)
    assert line_of(lines, ("row", 1, "absent")) == 21
    assert line_of(lines, ("absent",)) == 1


def paths_of(value: Any, above: KeyPath = ()) -> list[KeyPath]:
    children: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return [
        path for key, inner in children for path in ((*above, key), *paths_of(inner, (*above, key)))
    ]


keys = st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True)
# tomllib and our scanner both see what these print as TOML: JSON strings are basic strings.
scalars = st.one_of(
    st.integers(-10, 10).map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
)
arrays = st.lists(scalars, max_size=3).map(lambda parts: "[\n" + ",\n".join(parts) + "\n]")
tables = st.dictionaries(keys, st.one_of(scalars, arrays), max_size=4)


@given(st.dictionaries(keys, tables, max_size=4))
def test_the_scanner_and_tomllib_see_the_same_keys(document: dict[str, dict[str, str]]) -> None:
    text = "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in pairs.items())
        for name, pairs in document.items()
    )
    lines = key_lines(text)
    assert set(lines) == set(paths_of(tomllib.loads(text)))
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in text.splitlines()[line - 1]
