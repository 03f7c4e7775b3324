"""Billing: the days on which periods end, who may read what is told, payments one after another."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import given, parsers, then

from assay.mmc import parse_mmc
from assay.verdicts import NonConformity, require
from fixtures.bench import Bench
from fixtures.bodies import body_of

_HOUR = timedelta(hours=1)
_SUPPLIER = "import supplier"


@given(parsers.re(r"(?P<count>\d+) changes of tariff, an hour apart"))
def changes_of_tariff(bench: Bench, count: str, requirement: str) -> None:
    for _ in range(int(count)):
        bench.clock.advance(_HOUR)
        bench.users.send(_SUPPLIER, "1.1.1", body_of("1.1.1", bench.clock.now()))
        bench.users.require_success(requirement)


@given(
    parsers.re(r"\d+ top-ups of (?P<least>\d+) to (?P<most>\d+) pounds, an hour apart"),
)
def top_up_again_and_again(bench: Bench, least: str, most: str, requirement: str) -> None:
    for pounds in range(int(least), int(most) + 1):
        bench.clock.advance(_HOUR)
        bench.prepayment.sell(Decimal(pounds))
        bench.prepayment.send(bench.prepayment.code())
        bench.users.require_success(requirement)


@then(parsers.re(r"alert 8F0A (?P<how>opens|does not open) with the key of the (?P<user>[a-z ]+)"))
def alert_opens(bench: Bench, how: str, user: str, requirement: str) -> None:
    """Its payload is what is sealed: the rest of an alert is in clear."""
    alerts = bench.users.device_alerts(_SUPPLIER, 0x8F0A)
    if not alerts or alerts[-1].device is None:
        raise NonConformity(requirement, "an alert 8F0A", "none")
    document = parse_mmc(alerts[-1].device.octets, bench.users.user(user).keys)
    is_open = not document.is_sealed
    require(is_open is (how == "opens"), requirement, f"{how} for the {user}", f"open: {is_open}")
