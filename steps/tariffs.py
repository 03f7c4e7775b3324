"""Tariffs that are set as a whole, by name."""

from __future__ import annotations

from pytest_bdd import given, parsers, when

from fixtures.bench import Bench
from fixtures.tariff_bodies import block_tariff_body, largest_tariff_body

_TARIFFS = {"with blocks": block_tariff_body, "of the largest size": largest_tariff_body}


@given(parsers.re(r"the (?P<user>[a-z ]+?) has set a tariff (?P<which>with blocks|of the .+ size)"))
@when(parsers.re(r"the (?P<user>[a-z ]+?) sets a tariff (?P<which>with blocks|of the .+ size)"))
def set_tariff(bench: Bench, user: str, which: str, requirement: str) -> None:
    """1.1.1, answered with success."""
    bench.users.send(user, "1.1.1", _TARIFFS[which]())
    bench.users.require_success(requirement)
