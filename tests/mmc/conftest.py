"""The schema and the national messages, for whoever has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from assay.cli.key_folder import key_store
from assay.gbcs.keys import KeyStore
from assay.mmc import MmcDocument

Check = Callable[[MmcDocument], list[str]]


@pytest.fixture(scope="session")
def mmc_schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "reference" / "duis" / "lxml" / "mmc.xsd"))


@pytest.fixture(scope="session")
def faults(mmc_schema: etree.XMLSchema) -> Check:
    """What the schema finds wrong with a document."""

    def check(document: MmcDocument) -> list[str]:
        mmc_schema.validate(etree.fromstring(document.to_xml()))
        return [entry.message for entry in mmc_schema.error_log]  # type: ignore[attr-defined]

    return check


@pytest.fixture(scope="session")
def keys(shared: Path) -> KeyStore:
    found = key_store(shared / "rtds" / "keys")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def answers(shared: Path) -> dict[str, bytes]:
    """Responses and alerts of the reference set, by scenario name."""
    return {
        path.name.removesuffix("_GBCS.HEX"): bytes.fromhex("".join(path.read_text().split()))
        for path in sorted((shared / "rtds" / "messages").glob("*/*_GBCS.HEX"))
        if "_RESPONSE" in path.name or "_ALERT" in path.name
    }
