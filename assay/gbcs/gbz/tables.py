"""The product's GBZ tables: clusters, commands, attributes, attribute types, statuses."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from assay.gbcs.gbz.layout import Layout, compile_layout


class Direction(StrEnum):
    CLIENT_TO_SERVER = "client-to-server"
    SERVER_TO_CLIENT = "server-to-client"


class AttributeType(NamedTuple):
    """`encoding` is a kind of `fields`; `grade` is verified, published or recalled."""

    code: int
    name: str
    encoding: str
    grade: str


def _table(name: str) -> Any:
    folder = resources.files("assay.gbcs").joinpath("tables")
    return json.loads(folder.joinpath(name).read_text("utf-8"))


@cache
def _commands() -> Any:
    return _table("gbz_commands.json")


@cache
def _attributes() -> Any:
    return _table("gbz_attributes.json")


@cache
def cluster_names() -> dict[int, str]:
    return {int(row["id"], 16): row["name"] for row in _commands()["clusters"]}


@cache
def command_rows() -> dict[tuple[int, Direction, int], dict[str, Any]]:
    """The rows as they stand in the table, which explains itself in its notes."""
    return {
        (int(row["cluster"], 16), Direction(row["direction"]), int(row["command"], 16)): row
        for row in _commands()["commands"]
    }


@lru_cache(maxsize=1024)
def command_layout(cluster: int, direction: Direction, command: int) -> Layout | None:
    """None for a command that GBCS does not use."""
    row = command_rows().get((cluster, direction, command))
    return None if row is None else compile_layout(row)


@cache
def command_by_name() -> dict[str, tuple[int, Direction, int]]:
    return {row["name"]: key for key, row in command_rows().items()}


@cache
def attribute_names() -> dict[tuple[int, int], str]:
    """(cluster, attribute id) -> name."""
    return {
        (int(row["cluster"], 16), int(row["id"], 16)): row["name"]
        for row in _attributes()["attributes"]
        if row["name"] is not None
    }


@cache
def attribute_types() -> dict[int, AttributeType]:
    return {
        int(row["code"], 16): AttributeType(
            int(row["code"], 16), row["name"], row["encoding"], row["grade"]
        )
        for row in _attributes()["types"]
    }


@cache
def attribute_types_by_name() -> dict[str, AttributeType]:
    return {kind.name: kind for kind in attribute_types().values()}


@cache
def status_names() -> dict[int, str]:
    return {int(row["code"], 16): row["name"] for row in _attributes()["statuses"]}


@cache
def statuses() -> dict[str, int]:
    return {name: code for code, name in status_names().items()}
