"""The DCC's side of incidents: every user's, for the DCC's own certificate alone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.dccki import Dccki
from tests.dcc.parties import BROKER, SUPPLIER
from tests.dcc.self_service.test_pages import FORM, INCIDENT, get, send, tls
from tests.dcc.server_bench import Answer, ServerBench


@pytest.fixture
def bench(keys: BenchKeys, dccki: Dccki) -> Iterator[ServerBench]:
    bench = ServerBench(keys, dccki)
    yield bench
    bench.stop()


def seen(bench: ServerBench, path: str = "", **query: str) -> Answer:
    return get(bench, f"/desk{path}", BROKER, **query)


def moved(bench: ServerBench, name: str, text: str, status: str, origin: str = "") -> Answer:
    headers = FORM | {"Origin": origin or bench.dcc.base_url}
    body = urlencode({"text": text, "status": status}).encode()
    context = tls(bench, BROKER)
    return bench.post(body, path=f"/ssi/desk/{name}", tls=context, headers=headers)


def test_an_incident_of_a_user_is_on_the_desk(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    page = seen(bench).body.decode()
    assert "INC000001" in page
    assert "A &lt;b&gt;bold&lt;/b&gt; summary" in page
    assert b"INC000001" in seen(bench, status="Open").body
    assert b"INC000001" not in seen(bench, status="Resolved").body


def test_what_the_desk_does_is_seen_by_the_user(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    moved(bench, "INC000001", "We look into it.", "In progress")
    moved(bench, "INC000001", "Hub replaced.", "Resolved")
    page = get(bench, "/incidents/INC000001").body.decode()
    assert "We look into it." in page
    assert "Hub replaced." in page
    assert "Resolved" in page


@pytest.mark.parametrize("status", ["Closed", "Lost"])
def test_the_desk_moves_an_incident_only_where_it_may(bench: ServerBench, status: str) -> None:
    send(bench, "/incidents", INCIDENT)
    answer = moved(bench, "INC000001", "Done with it.", status)
    assert answer.status == 422
    assert b"Choose" in answer.body
    assert [entry.text for entry in bench.dcc.incidents.all()[0].entries] == [INCIDENT["text"]]


def test_a_note_wants_words(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    assert moved(bench, "INC000001", "  ", "In progress").status == 422


def test_nobody_else_sees_the_desk(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    for path in ("/desk", "/desk/INC000001"):
        assert get(bench, path, SUPPLIER).status == 403


def test_a_form_of_another_page_counts_for_nothing(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    answer = moved(bench, "INC000001", "Ours.", "In progress", "https://elsewhere.example")
    assert answer.status == 403


def test_an_incident_that_does_not_exist_is_not_found(bench: ServerBench) -> None:
    assert seen(bench, "/INC000099").status == 404


def test_a_status_that_is_none_is_told(bench: ServerBench) -> None:
    assert seen(bench, status="Lost").status == 422
