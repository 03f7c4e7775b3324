"""What every model of a user's file has in common, and how its errors are told.

The error of a person who writes a file is a PlanError: file, line and key, what was expected
and what was seen, one line for each problem.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from assay.declarations.toml_lines import KeyPath, key_lines, line_of
from assay.verdicts import PlanError

SECRET = "secret_reference"  # error type whose input must never be printed


class Declaration(BaseModel):
    """Immutable, and closed: a key that the model does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=Declaration)


def expected(what: str) -> PydanticCustomError:
    """The error to raise in a validator; `what` goes on after the word *expected*."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def parse_declaration(model: type[M], name: str, octets: bytes) -> M:
    """Read one file's content. PlanError naming `name`, line and key of each problem."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        raise PlanError(f"{name}:{line}: expected UTF-8 text, seen other octets") from None
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError(_syntax(name, str(error))) from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = key_lines(text)
        problems = [_problem(model, name, lines, content, e) for e in error.errors()]
        raise PlanError("\n".join(dict.fromkeys(problems))) from None


def _syntax(name: str, message: str) -> str:
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    place = f"{name}:{found[1]}" if found is not None and found[1] else name
    reason = message if found is None else message[: found.start()]
    return f"{place}: expected TOML: {reason}"


def _problem(
    model: type[Declaration],
    name: str,
    lines: Mapping[KeyPath, int],
    content: dict[str, Any],
    error: ErrorDetails,
) -> str:
    path = _path_in(content, error["loc"])
    place = f"{name}:{line_of(lines, path)}: {_dotted(path) or 'the file'}"
    if error["type"] == "extra_forbidden":
        known = sorted(_keys_at(model, path[:-1]))
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{place}: unknown key; expected one of {', '.join(known)}{hint}"
    if error["type"] == "missing":
        return f"{place}: expected this key, seen none"
    return f"{place}: expected {_expectation(error)}, seen {_seen(error)}"


def _path_in(content: object, location: tuple[str | int, ...]) -> KeyPath:
    """The location without the parts that name branches of a model instead of keys."""
    path: KeyPath = ()
    here: Any = content
    for position, part in enumerate(location, start=1):
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            is_missing_key = position == len(location) and isinstance(here, dict)
            if not is_missing_key:
                continue
        path += (part,)
    return path


def _dotted(path: KeyPath) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _keys_at(model: type[BaseModel], path: KeyPath) -> Iterator[str]:
    here: type[BaseModel] | None = model
    for part in path:
        if here is not None and part in here.model_fields:
            here = _model_in(here.model_fields[str(part)].annotation)
    if here is not None:
        yield from here.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for inner in get_args(annotation) if (m := _model_in(inner))), None)


def _expectation(error: ErrorDetails) -> str:
    message = error["msg"]
    for prefix in ("Input should be ", "Value error, ", "Assertion failed, "):
        message = message.removeprefix(prefix)
    return message[:1].lower() + message[1:] if message[:2].istitle() else message


def _seen(error: ErrorDetails) -> str:
    if error["type"] == SECRET:
        return "a value that is not shown here"
    value = error["input"]
    match value:
        case str():
            return f'"{value}"'
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list() | tuple():
            return "an array"
        case date() | datetime() | time():
            return value.isoformat()
    return str(value)
