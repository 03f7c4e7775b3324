"""Logs and counters of the meter, read over the wire."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import parsers, then

from assay.gbcs.envelope import parse
from assay.verdicts import BenchFault, require
from fixtures.bench import Bench
from steps.words import duration


@then(
    parsers.re(
        r"the (?P<name>Event|Security|PowerEvent) log has an entry (?P<code>[0-9A-F]{4})"
        r" of the last (?P<span>[\w ]+)"
    )
)
def log_has_entry(bench: Bench, name: str, code: str, span: str, requirement: str) -> None:
    age = duration(span if span[0].isdigit() else f"1 {span}")
    since = bench.clock.now() - age
    entries = bench.users.log(name)
    found = [f"{entry:04X} at {at:%H:%M:%S}" for at, entry in entries]
    for own in bench.codes_of(code):
        recent = any(entry == int(own, 16) and at >= since for at, entry in entries)
        require(recent, requirement, f"{own} in the {name} log since {since:%H:%M:%S}", found)


@then(
    parsers.re(
        r"the (?P<name>Event|Security|PowerEvent) log holds (?P<count>\d+|no) entr(?:y|ies)"
        r"(?: (?P<code>[0-9A-F]{4}))?"
    )
)
def log_holds(bench: Bench, name: str, count: str, code: str | None, requirement: str) -> None:
    codes = [entry for _, entry in bench.users.log(name)]
    wanted = 0 if count == "no" else int(count)
    if code is None:
        require(len(codes) == wanted, requirement, f"{wanted} entries", f"{len(codes)}")
        return
    for own in bench.codes_of(code):
        seen = codes.count(int(own, 16))
        require(seen == wanted, requirement, f"{wanted} entries {own}", f"{seen}")


@then(
    parsers.re(r"the newest entry of the (?P<name>Event|Security|PowerEvent) log is (?P<code>\w+)")
)
def newest_is(bench: Bench, name: str, code: str, requirement: str) -> None:
    entries = bench.users.log(name)
    seen = f"{entries[-1][1]:04X}" if entries else "none"
    wanted = bench.codes_of(code)
    require(seen in wanted, requirement, f"{' or '.join(wanted)} as the newest entry", seen)


@then(
    parsers.re(
        r"the (?P<name>Event|Security|PowerEvent) log has no entry (?P<code>[0-9A-F]{4})"
        r" of the last (?P<span>[\w ]+)"
    )
)
def log_has_no_entry(bench: Bench, name: str, code: str, span: str, requirement: str) -> None:
    since = bench.clock.now() - duration(span if span[0].isdigit() else f"1 {span}")
    unwanted = [int(own, 16) for own in bench.codes_of(code)]
    found = [at for at, entry in bench.users.log(name) if entry in unwanted and at >= since]
    require(not found, requirement, f"no {code} in the {name} log since {since:%H:%M:%S}", found)


@then("the security log read up to its newest entry holds that entry")
def log_holds_last(bench: Bench) -> None:
    entries = bench.users.security_log()
    if not entries:
        raise BenchFault("expected an entry in the security log, found none")
    newest = max(at for at, _ in entries)
    period = {"StartDateTime": newest - timedelta(days=1), "EndDateTime": newest}
    bounded = bench.users.log("Security", ReadLogPeriod=period)
    wanted = [entry for entry in entries if entry[0] == newest]
    missing = [entry for entry in wanted if entry not in bounded]
    require(not missing, "SMETS-E-028", f"the entry of {newest}", "it is not returned")


@then("the supplier's counter among the credentials is that of the request")
def counter_is_of_request(bench: Bench) -> None:
    wanted = bench.users.exchange.request_id.counter
    seen = bench.users.supplier_counter()
    require(seen == wanted, "GBCS-9.2-COUNTER-READ", f"counter {wanted}", seen)


@then("the counter of the request is greater than the one before")
def request_counter_rises(bench: Bench) -> None:
    exchanges = bench.users.user(bench.users.sent_by).exchanges[-2:]
    before, now = (exchange.request_id.counter for exchange in exchanges)
    require(now > before, "DUIS-1-COUNTER", f"more than {before}", now)


@then(parsers.re(r"the newest entry of the voltage log is less than (?P<span>[\w ]+) old"))
def newest_entry_is_young(bench: Bench, span: str) -> None:
    for phase in bench.users.network_data()["phases"]:
        at, _ = phase["voltage_log"][-1]
        age = bench.clock.now() - at
        require(timedelta(0) <= age < duration(span), "SMETS-E-080", f"less than {span} old", age)


@then(parsers.re(r"nothing of the meter crosses the WAN within (?P<span>[\w ]+)"))
def nothing_of_the_meter(bench: Bench, span: str) -> None:
    bench.clock.advance(duration(span))
    messages = [parse(seen.octets) for seen in bench.traffic[bench.adversary.sent_at :]]
    seen = [f"{m.message_code:04X}" for m in messages if m.originator == bench.meter_id]
    require(not seen, "SMETS-C-002", "no message of the meter", seen)
