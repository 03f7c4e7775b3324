"""The pages in a real browser: Chromium with a user's certificate clicks through them.

Debian's Chromium is used, driven by Playwright; screenshots land in `ASSAY_SCREENSHOTS`, if set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from assay.dcc.inventory import Property
from assay.dcc.inventory.duties import Duty
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.dccki import Dccki
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import BROKER, METER, MPAN, OTHER_SUPPLIER, START, SUPPLIER
from tests.dcc.self_service.test_pages import NOT_YET
from tests.dcc.server_bench import ServerBench

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def bench(keys: BenchKeys, dccki: Dccki) -> Iterator[ServerBench]:
    bench = ServerBench(keys, dccki, coverage=(NOT_YET,))
    place = Property(uprn=77, post_code="AB1 2CD", address_identifier="17")
    bench.on_loop(lambda: bench.alter_meter(place=place, duty=Duty.of("ESME", START)))
    yield bench
    bench.stop()


@pytest.fixture
def open_as(browser: Browser, bench: ServerBench) -> Iterator[Callable[[Eui64], Page]]:
    """The first page as a user sees it; browsers let go of their connections before the bench."""
    contexts: list[BrowserContext] = []

    def open_page(user: Eui64) -> Page:
        context = context_of(browser, bench, user)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{bench.dcc.base_url}/ssi/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def context_of(browser: Browser, bench: ServerBench, user: Eui64) -> BrowserContext:
    assert bench.dccki is not None
    files = bench.dccki.user(user, f"of {user}")
    return browser.new_context(
        ignore_https_errors=True,  # the browser does not know the bench's own root
        client_certificates=[
            {
                "origin": bench.dcc.base_url,
                "certPath": files.certificate,
                "keyPath": files.key,
            }
        ],
        viewport={"width": 1200, "height": 900},
    )


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("ASSAY_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def follow(page: Page, link: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=link).click()


def test_a_supplier_looks_up_a_place_raises_an_incident_and_runs_a_report(
    open_as: Callable[[Eui64], Page],
) -> None:
    page = open_as(SUPPLIER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Service status")
    expect(page.get_by_text(SUPPLIER.hyphenated)).to_be_visible()
    keep(page, "home")

    follow(page, "Coverage")
    page.get_by_label("Post code").fill("AB1 2CD")
    page.get_by_role("button", name="Show coverage").click()
    expect(page.get_by_role("cell", name="expected 2027-01-01")).to_be_visible()
    keep(page, "coverage")

    follow(page, "Inventory")
    page.get_by_label("Search by").select_option("MPxN")
    page.get_by_label("Value").fill(MPAN)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("cell", name=METER.hyphenated)).to_be_visible()
    expect(page.get_by_role("cell", name="Commissioned", exact=True)).to_be_visible()
    keep(page, "inventory")

    follow(page, "Incidents")
    page.get_by_label("Summary").fill("The meter does not answer")
    page.get_by_label("Description").fill("Since noon.")
    page.get_by_role("button", name="Raise").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("INC000001")
    page.get_by_label("Note").fill("It answers again.")
    page.get_by_label("Status").select_option("Closed")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("definition").filter(has_text="Closed")).to_be_visible()
    keep(page, "incident")
    follow(page, "Incidents")
    expect(page.get_by_role("link", name="INC000001")).to_be_visible()
    keep(page, "incidents")

    follow(page, "Reports")
    page.get_by_role("link", name="Devices with credentials").click()
    page.get_by_label("From").fill("2026-03-01")
    page.get_by_label("To").fill("2026-03-31")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("cell", name=METER.hyphenated)).to_be_visible()
    keep(page, "report")


def test_a_mistake_is_said_beside_the_form_that_still_holds_it(
    open_as: Callable[[Eui64], Page],
) -> None:
    page = open_as(SUPPLIER)
    follow(page, "Inventory")
    page.get_by_label("Value").fill("12")
    page.get_by_label("Search by").select_option("MPxN")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("alert")).to_contain_text("13 digits of an MPAN")
    expect(page.get_by_label("Value")).to_have_value("12")
    keep(page, "mistake")


def test_another_supplier_sees_the_identity_of_the_meter_alone(
    open_as: Callable[[Eui64], Page],
) -> None:
    page = open_as(OTHER_SUPPLIER)
    page.goto(f"{page.url}inventory?by=MPxN&value={MPAN}")
    expect(page.get_by_role("cell", name=METER.hyphenated)).to_be_visible()
    expect(page.get_by_role("cell", name="not yours").first).to_be_visible()


def test_the_service_desk_works_on_an_incident(
    browser: Browser, bench: ServerBench, open_as: Callable[[Eui64], Page]
) -> None:
    page = open_as(SUPPLIER)
    follow(page, "Incidents")
    page.get_by_label("Summary").fill("No answer since noon")
    page.get_by_label("Description").fill("The meter answers nothing.")
    page.get_by_role("button", name="Raise").click()
    desk = context_of(browser, bench, BROKER)
    try:
        page = desk.new_page()
        page.goto(f"{bench.dcc.base_url}/ssi/desk")
        expect(page.get_by_role("cell", name="No answer since noon")).to_be_visible()
        keep(page, "desk")
        page.get_by_role("link", name="INC000001").click()
        page.get_by_label("Note").fill("We look into it.")
        page.get_by_label("Status").select_option("In progress")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("DCC: In progress")).to_be_visible()
        keep(page, "desk_incident")
    finally:
        desk.close()
