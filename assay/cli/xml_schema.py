"""Checks against an XML Schema that the user points at; the product ships none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.verdicts import PlanError

if TYPE_CHECKING:
    from lxml import etree


def read_schema(option: str, path: Path) -> etree.XMLSchema:
    """PlanError where the file is no XML Schema; its includes are looked up beside it."""
    from lxml import etree

    try:
        return etree.XMLSchema(etree.parse(path))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise PlanError(f"{option} {path}: expected an XML Schema: {error}") from error


def schema_problems(document: bytes, schema: etree.XMLSchema) -> list[str]:
    """What the schema says against a document, a line each. Nothing outside of it is loaded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    schema.validate(tree)
    log: Any = schema.error_log  # its stubs have no iterator
    return [f"line {entry.line}: {entry.message}" for entry in log]
