"""How a group of commands is written: a method for each, named after its row in the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rigs.virtual.ncp.command_table import COMMANDS

Handler = Callable[..., tuple[Any, ...]]
_Method = TypeVar("_Method", bound=Callable[..., tuple[Any, ...]])
_NAME = "_answers_command"


def answers(name: str) -> Callable[[_Method], _Method]:
    """The method takes the request's fields by name and gives those of the answer in order."""
    if name not in COMMANDS:
        raise ValueError(f"{name} is no row of the command table")

    def mark(method: _Method) -> _Method:
        setattr(method, _NAME, name)
        return method

    return mark


def handlers_of(group: object) -> dict[str, Handler]:
    methods = (getattr(group, attribute) for attribute in dir(type(group)))
    return {getattr(method, _NAME): method for method in methods if hasattr(method, _NAME)}
