"""What the tests of the DCC share: keys made once, a bench without sockets, the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from assay.dcc.pki.bench_keys import BenchKeys, dcc_parties, set_up
from assay.dcc.pki.dccki import Dccki
from assay.dcc.store import Store
from tests.dcc.bench import DspBench
from tests.dcc.databases import fresh_store, given_database
from tests.dcc.parties import HUB, KEYED_PARTIES, METER, PPMID, PROXY, START, hub, meter
from tests.dcc.server_bench import ServerBench


def make_keys() -> BenchKeys:
    return set_up(
        START, parties=[*dcc_parties(), *KEYED_PARTIES], devices=[METER, HUB, PROXY, PPMID]
    )


@pytest.fixture(scope="session")
def keys() -> BenchKeys:
    """For tests that revoke nothing."""
    return make_keys()


@pytest.fixture
def store() -> Iterator[Store]:
    """In memory; ASSAY_TEST_DATABASE runs the same tests on a database, such as `sqlite://`."""
    opened = fresh_store(given_database())
    yield opened
    opened.close()


@pytest.fixture
def bench(keys: BenchKeys, store: Store) -> DspBench:
    """A commissioned meter behind a commissioned hub."""
    bench = DspBench(keys=keys, store=store)
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    return bench


@pytest.fixture
def empty_bench(keys: BenchKeys) -> DspBench:
    """Premises that the DCC knows nothing of."""
    return DspBench(keys=keys)


@pytest.fixture(scope="session")
def duis_schema(shared: Path) -> etree.XMLSchema:
    """DUIS XML Schema V5.4 itself."""
    return etree.XMLSchema(etree.parse(shared / "reference/duis/lxml/duis.xsd"))


@pytest.fixture(scope="session")
def dccki(tmp_path_factory: pytest.TempPathFactory) -> Dccki:
    return Dccki(tmp_path_factory.mktemp("dccki"))


@pytest.fixture
def plain_server(keys: BenchKeys) -> Iterator[ServerBench]:
    """A DCC without TLS."""
    server = ServerBench(keys, None)
    yield server
    server.stop()


@pytest.fixture
def tls_server(keys: BenchKeys, dccki: Dccki) -> Iterator[ServerBench]:
    server = ServerBench(keys, dccki)
    yield server
    server.stop()
