"""Everything that the stack emits is valid against the DUIS schema V5.4."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from fixtures.bench import Bench


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "reference/duis/lxml/duis.xsd")))


def test_every_document_of_an_installation_and_its_alerts_is_valid(
    bench: Bench, schema: etree.XMLSchema
) -> None:
    documents: list[tuple[str, bytes]] = []
    for user in bench.users.users.values():
        user.taps.append(
            lambda kind, title, octets: (
                documents.append((title, octets)) if kind != "gbcs" else None
            )
        )
    bench.installation.commission()
    bench.power.set_load(bench.power.volts * 8)
    bench.users.send_one_of_each()
    bench.provoke_alerts()
    bench.users.send("electricity distributor", "7.2", {})
    bench.power.lose_supply()
    bench.users.send("import supplier", "7.4", {})
    bench.clock.advance(timedelta(hours=1))
    for received in bench.users.all_received():
        documents.append((type(received.response.body).__name__, received.document))

    invalid = [
        f"{title}: {schema.error_log.last_error}"
        for title, document in documents
        if not schema.validate(etree.fromstring(document))
    ]
    kinds = {type(received.response.body).__name__ for received in bench.users.all_received()}
    assert invalid == []
    assert {"ServiceResponse", "DeviceAlert", "DccAlert"} <= kinds
    assert len(documents) > 60
