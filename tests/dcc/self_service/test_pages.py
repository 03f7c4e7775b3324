"""The pages over TLS: who looks is who shows a certificate, and sees what is theirs."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from assay.dcc.coverage import Coverage
from assay.dcc.inventory import Property
from assay.dcc.inventory.duties import Duty
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.dccki import Dccki
from assay.dcc.self_service.incidents import IncidentStatus
from tests.dcc.parties import METER, MPAN, OPERATOR, OTHER_SUPPLIER, START, SUPPLIER
from tests.dcc.server_bench import Answer, ServerBench

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOT_YET = Coverage(
    post_code="AB1 2CD",
    region="South",
    available=False,
    anticipated=date(2027, 1, 1),
    technology="Cellular",
    likelihood="Low",
)
INCIDENT = {
    "category": "Other",
    "summary": "A <b>bold</b> summary",
    "text": "It fails & fails.",
    "device": METER.hyphenated,
}


@pytest.fixture
def bench(keys: BenchKeys, dccki: Dccki) -> Iterator[ServerBench]:
    bench = ServerBench(keys, dccki, coverage=(NOT_YET,))
    yield bench
    bench.stop()


def tls(bench: ServerBench, user: object = SUPPLIER) -> ssl.SSLContext:
    assert bench.dccki is not None
    return bench.dccki.client_ssl_context(user, f"of {user}")  # type: ignore[arg-type]


def get(bench: ServerBench, path: str, user: object = SUPPLIER, **query: str) -> Answer:
    address = f"/ssi{path}" + (f"?{urlencode(query)}" if query else "")
    return bench.post(b"", path=address, tls=tls(bench, user), headers={}, method="GET")


def send(
    bench: ServerBench, path: str, form: dict[str, str], *, origin: str | None = None
) -> Answer:
    headers = FORM | {"Origin": origin if origin is not None else bench.dcc.base_url}
    body = urlencode(form).encode()
    return bench.post(body, path=f"/ssi{path}", tls=tls(bench), headers=headers)


def test_the_first_page_shows_the_user_and_the_status_of_the_service(bench: ServerBench) -> None:
    page = get(bench, "/")
    assert page.status == 200
    text = page.body.decode()
    assert SUPPLIER.hyphenated in text
    assert "2026-03-01 12:00:00 UTC" in text


def test_only_suppliers_are_told_how_to_order_hubs(bench: ServerBench) -> None:
    assert b"Communications Hubs" in get(bench, "/").body
    assert b"Communications Hubs" not in get(bench, "/", OPERATOR).body


def test_a_client_that_is_no_user_is_refused(bench: ServerBench) -> None:
    assert get(bench, "/", METER).status == 403


def test_nobody_acts_as_another_user_of_another_connection(bench: ServerBench) -> None:
    assert get(bench, "/", OPERATOR, **{"as": SUPPLIER.hyphenated}).status == 403


def test_coverage_says_when_the_network_comes_and_which_hub_to_install(
    bench: ServerBench,
) -> None:
    text = get(bench, "/coverage", post_code="ab1 2cd").body.decode()
    assert "expected 2027-01-01" in text
    assert "cellular" in text


def test_a_wrong_field_comes_back_with_what_to_enter(bench: ServerBench) -> None:
    page = get(bench, "/coverage", post_code="", uprn="12x")
    assert page.status == 422
    assert b"1 to 12 digits" in page.body


SEARCHES = [
    {"by": "MPxN", "value": MPAN},
    {"by": "device", "value": METER.hyphenated},
    {"by": "UPRN", "value": "77"},
    {"by": "post code", "value": "AB1 2CD"},
    {"by": "address", "value": "17", "post_code": "AB1 2CD"},
]


@pytest.mark.parametrize("search", SEARCHES, ids=[search["by"] for search in SEARCHES])
def test_the_inventory_is_searched_by_each_key(bench: ServerBench, search: dict[str, str]) -> None:
    place = Property(uprn=77, post_code="AB1 2CD", address_identifier="17")
    bench.on_loop(lambda: bench.alter_meter(place=place))
    text = get(bench, "/inventory", **search).body.decode()
    assert METER.hyphenated in text
    assert "Commissioned" in text


def test_a_user_without_a_registration_sees_the_identity_alone(bench: ServerBench) -> None:
    text = get(bench, "/inventory", OTHER_SUPPLIER, by="MPxN", value=MPAN).body.decode()
    assert METER.hyphenated in text
    assert "not yours" in text
    assert "Commissioned" not in text


@pytest.mark.parametrize(
    ("search", "remedy"),
    [
        ({"by": "MPxN", "value": "12"}, "13 digits"),
        ({"by": "device", "value": "meter"}, "16 hex digits"),
        ({"by": "address", "value": "17"}, "Enter both"),
        ({"by": "colour", "value": "red"}, "Choose one of"),
    ],
)
def test_a_search_that_makes_no_sense_says_what_would(
    bench: ServerBench, search: dict[str, str], remedy: str
) -> None:
    page = get(bench, "/inventory", **search)
    assert (page.status, remedy in page.body.decode()) == (422, True)


def test_an_incident_is_raised_tracked_and_closed(bench: ServerBench) -> None:
    page = send(bench, "/incidents", INCIDENT)
    text = page.body.decode()
    assert page.status == 200  # after the redirection to it
    assert "INC000001" in text
    assert "A &lt;b&gt;bold&lt;/b&gt; summary" in text
    page = send(bench, "/incidents/INC000001", {"text": "Solved.", "status": "Closed"})
    assert b"Closed" in page.body
    (incident,) = bench.dcc.incidents.of_user(SUPPLIER)
    assert incident.status is IncidentStatus.CLOSED


def test_another_user_does_not_find_the_incident(bench: ServerBench) -> None:
    send(bench, "/incidents", INCIDENT)
    assert get(bench, "/incidents/INC000001", OPERATOR).status == 404
    assert b"INC000001" not in get(bench, "/incidents", OPERATOR).body


def test_what_was_typed_survives_a_mistake(bench: ServerBench) -> None:
    page = send(bench, "/incidents", INCIDENT | {"device": "meter 7"})
    assert page.status == 422
    assert b"It fails &amp; fails." in page.body
    assert bench.dcc.incidents.of_user(SUPPLIER) == ()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_form_of_another_site_is_refused(bench: ServerBench, origin: str) -> None:
    assert send(bench, "/incidents", INCIDENT, origin=origin).status == 403
    assert bench.dcc.incidents.of_user(SUPPLIER) == ()


def test_a_form_without_end_is_refused(bench: ServerBench) -> None:
    assert send(bench, "/incidents", INCIDENT | {"text": "x" * 70_000}).status == 413


def test_what_is_owed_after_commissioning_is_reported_to_the_registered(
    bench: ServerBench,
) -> None:
    duty = Duty.of("ESME", START - timedelta(days=5))
    bench.on_loop(lambda: bench.alter_meter(duty=duty))
    period = {"from": "2026-03-01", "to": "2026-03-31"}
    assert METER.hyphenated.encode() in get(bench, "/reports/duties", **period).body
    stranger = get(bench, "/reports/duties", OTHER_SUPPLIER, **period)
    assert METER.hyphenated.encode() not in stranger.body


def test_a_report_comes_as_csv_too(bench: ServerBench) -> None:
    page = get(bench, "/reports/inventory", format="csv")
    assert page.body.decode() == (
        "Type,Status,Number\r\nCHF,Commissioned,1\r\nESME,Commissioned,1\r\n"
    )


def test_a_period_that_ends_before_it_begins_is_refused(bench: ServerBench) -> None:
    page = get(bench, "/reports/requests", **{"from": "2026-03-02", "to": "2026-03-01"})
    assert page.status == 422


def test_requests_are_counted_by_variant_and_answer(bench: ServerBench) -> None:
    bench.on_loop(lambda: bench.note_request(SUPPLIER, "7.4 CV1", "I99"))
    text = get(bench, "/reports/requests").body.decode()
    assert "7.4 CV1" in text
    assert "7.4 CV1" not in get(bench, "/reports/requests", OPERATOR).body.decode()


def test_pages_run_no_script_and_are_framed_by_nobody(bench: ServerBench) -> None:
    answer = get(bench, "/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_spreadsheet_takes_no_cell_for_a_formula(bench: ServerBench) -> None:
    bench.on_loop(lambda: bench.note_request(SUPPLIER, "=1+1", "I99"))
    assert b"'=1+1" in get(bench, "/reports/requests", format="csv").body


def test_the_meter_is_left_as_it_was(bench: ServerBench) -> None:
    before = bench.dcc.inventory[METER]
    for path in ("/", "/coverage", "/inventory", "/incidents", "/reports", "/questions"):
        assert get(bench, path).status == 200
    assert bench.dcc.inventory[METER] == replace(before)
