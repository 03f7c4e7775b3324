"""A meter changes hands between two suppliers."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench


@given(parsers.re(r"the (?P<user>[a-z ]+) has been registered for the meter"))
@when(parsers.re(r"the (?P<user>[a-z ]+) is registered for the meter"))
def register(bench: Bench, user: str) -> None:
    bench.change_of_supplier.register(user)


@given(parsers.re(r"the (?P<user>[a-z ]+) has taken over the meter"))
@when(parsers.re(r"the (?P<user>[a-z ]+) takes over the meter"))
def take_over(bench: Bench, user: str, requirement: str) -> None:
    """6.23, carried out."""
    ask_to_take_over(bench, user)
    bench.users.require_success(requirement)


@when(parsers.re(r"the (?P<user>[a-z ]+) asks to take over the meter"))
def ask_to_take_over(bench: Bench, user: str) -> None:
    bench.users.send(user, "6.23", bench.change_of_supplier.body(user))


@then(parsers.re(r"the meter holds the credentials of the (?P<user>[a-z ]+) as its supplier"))
def holds(bench: Bench, user: str, requirement: str) -> None:
    """6.24.1, asked by that user."""
    wanted = bench.users.user(user).identity.eui
    roles = bench.users.read(user, "6.24.1").values["payload"]["value"]
    held = {
        cell["subject_id"]
        for role in roles
        if role["role"] == "supplier"
        for cell in role.get("cells", ())
    }
    require(wanted.hyphenated in held, requirement, f"credentials of {wanted}", held)
