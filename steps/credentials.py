"""Credentials: of parties on the meter, of the meter itself, and what its security log says."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.credentials import FAR_AHEAD
from steps.words import duration

_USER = r"the (?P<user>[a-z ]+?)"
_WHICH = r"its certificates on the meter by (?P<which>.+?)"
_KEY = r"(?P<usage>Digital Signature|Key Agreement)"
ROLES = {"supplier": "supplier", "network operator": "networkOperator"}


@when(parsers.re(rf"{_USER} replaces {_WHICH}"))
def replace(bench: Bench, user: str, which: str) -> None:
    bench.users.send(user, "6.15.1", bench.credentials.replacement(user, which))


@given(parsers.re(rf"{_USER} has replaced {_WHICH}"))
def has_replaced(bench: Bench, user: str, which: str, requirement: str) -> None:
    replace(bench, user, which)
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has dated the replacement of {_WHICH} in (?P<span>\d[\w ]*)"))
def has_dated(bench: Bench, user: str, which: str, span: str, requirement: str) -> None:
    at = bench.clock.now().replace(microsecond=0) + duration(span)
    body = {"ExecutionDateTime": at, **bench.credentials.replacement(user, which)}
    bench.users.send(user, "6.15.1", body)
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has cancelled the replacement of its certificates"))
def has_cancelled(bench: Bench, user: str, requirement: str) -> None:
    body = {"ExecutionDateTime": FAR_AHEAD, **bench.credentials.replacement(user, "the same ones")}
    bench.users.send(user, "6.15.1", body)
    bench.users.require_success(requirement)


@when(parsers.re(rf"{_USER} takes over the meter with counters from (?P<floor>\d+)"))
def take_over_with(bench: Bench, user: str, floor: str, requirement: str) -> None:
    bench.users.send(user, "6.23", bench.credentials.takeover(user, int(floor)))
    bench.users.require_success(requirement)


@given("the holders of the meter's cells have been noted")
def note_holders(bench: Bench) -> None:
    bench.note("holders", bench.credentials.holders("electricity distributor"))


@then("the holders of the meter's cells are what they were")
def same_holders(bench: Bench, requirement: str) -> None:
    seen = bench.credentials.holders("electricity distributor")
    bench.require_unchanged(requirement, "holders", seen)


@then(parsers.re(r"the meter (?P<how>holds|does not hold) the new certificate"))
def holds_new(bench: Bench, how: str, requirement: str) -> None:
    seen = bench.credentials.holds_new("electricity distributor")
    require(seen is (how == "holds"), requirement, f"it {how} the new certificate", seen)


@given("the counters of the meter have been noted")
def note_counters(bench: Bench) -> None:
    bench.note("counters of roles", bench.credentials.counters("electricity distributor"))


@then(parsers.re(r"the meter's counter of the (?P<role>supplier|network operator) is (?P<n>\d+)"))
def counter_is(bench: Bench, role: str, n: str, requirement: str) -> None:
    seen = bench.credentials.counters("electricity distributor").get(ROLES[role])
    require(seen == int(n), requirement, f"counter {n} of the {role}", seen)


@then(parsers.re(r"the meter's counter of the (?P<role>supplier|network operator) is what it was"))
def counter_is_unchanged(bench: Bench, role: str, requirement: str) -> None:
    before = bench.noted("counters of roles").get(ROLES[role])
    seen = bench.credentials.counters("electricity distributor").get(ROLES[role])
    require(seen == before, requirement, f"counter {before} of the {role}", seen)


# The meter's own keys.


@given(parsers.re(rf"the import supplier has had a new key made on the meter for {_KEY}"))
@when(parsers.re(rf"the import supplier has a new key made on the meter for {_KEY}"))
def make_key(bench: Bench, usage: str) -> None:
    bench.credentials.ask_for_key("import supplier", bench.meter_id, usage)


def give_certificate(bench: Bench) -> None:
    _give(bench, bench.credentials.certify())


@given("the import supplier has given the meter the certificate for its new key")
def has_given_certificate(bench: Bench, requirement: str) -> None:
    give_certificate(bench)
    bench.users.require_success(requirement)
    bench.clock.advance(timedelta(seconds=5))


@when("the import supplier gives the meter a certificate for a key that it did not ask for last")
def give_old_certificate(bench: Bench) -> None:
    old = bench.credentials.certify()
    make_key(bench, "Digital Signature")
    _give(bench, old)


@when("the import supplier gives the meter the certificate of another meter")
def give_certificate_of_another(bench: Bench) -> None:
    _give(bench, bench.credentials.of_another_meter())


@when("the import supplier gives the meter the certificate that it has")
def give_present_certificate(bench: Bench) -> None:
    held = bench.credentials.held("import supplier", bench.meter_id, "Digital Signature")
    _give(bench, held or b"")


def _give(bench: Bench, certificate: bytes) -> None:
    bench.users.send("import supplier", "6.15.2", {"DeviceCertificate": certificate})


@given(parsers.re(rf"the meter's certificate for {_KEY} has been read"))
def note_own(bench: Bench, usage: str) -> None:
    bench.note("own certificate", bench.credentials.held("import supplier", bench.meter_id, usage))


@then(parsers.re(rf"the meter's certificate for {_KEY} is (?P<what>the new one|what it was)"))
def own_is(bench: Bench, usage: str, what: str, requirement: str) -> None:
    seen = bench.credentials.held("import supplier", bench.meter_id, usage)
    is_new = what == "the new one"
    wanted = bench.credentials.issued_last if is_new else bench.noted("own certificate")
    require(seen == wanted, requirement, f"a certificate that is {what}", "another")


# The security log.


@given("the security log of the meter has been noted")
def note_log(bench: Bench) -> None:
    bench.note("security log", bench.users.security_log())


@then(parsers.re(r"the meter's security log has gained (?P<n>an|no) entry (?P<code>[0-9A-F]{4})"))
def log_has_gained(bench: Bench, n: str, code: str, requirement: str) -> None:
    before = bench.noted("security log")
    codes = [f"{entry[1]:04X}" for entry in bench.users.security_log() if entry not in before]
    require((code in codes) is (n == "an"), requirement, f"{n} entry {code}", codes or "none")


@then("the meter's security log still holds what was noted")
def log_still_holds(bench: Bench, requirement: str) -> None:
    seen = bench.users.security_log()
    missing = [entry for entry in bench.noted("security log") if entry not in seen]
    require(not missing, requirement, "every entry of before", f"without {missing}")
