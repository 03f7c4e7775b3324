"""GBCS checks over the traffic that crossed the WAN in this scenario."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from assay.gbcs.conformance import CHECKS, Traffic
from assay.verdicts import BenchFault, NonConformity
from fixtures.bench import Bench

PHRASES = {
    "every message of the devices decodes and re-encodes to the same octets": (
        "round trip",
        "GBCS-1.2-GROUPING-HEADER",
    ),
    "every response swaps the parties and echoes counter, message code and supplementary fields": (
        "echo",
        "GBCS-1.6-ECHO",
    ),
    "no command is answered by two different responses": ("one answer each", "GBCS-1.6-ECHO"),
    "the header time is present exactly where the use case asks for it": (
        "header time",
        "GBCS-1.4-DATE-TIME",
    ),
    "every message has the protection of its type": (
        "protection of type",
        "GBCS-2-CRITICAL-RESPONSE",
    ),
    "every signature and every MAC of the devices verifies": ("authentic", "GBCS-3.3-MAC"),
    "sensitive data is encrypted and opens for its reader": ("privacy", "GBCS-2-PRIVACY"),
    "every DLMS payload carries the low 24 bits of its counter": (
        "invoke id",
        "GBCS-4.1-INVOKE-ID",
    ),
    "every DLMS response has one result for each item of its command": (
        "one result each",
        "GBCS-4.3-ONE-RESULT-EACH",
    ),
    "the counters of each device's alerts rise": ("alert counters", "GBCS-1.6-ALERT-COUNTER"),
    "every alert carries a known code and a time within 10 seconds of its arrival": (
        "alert payloads",
        "GBCS-9.4-ALERT-CODE",
    ),
}
"""Phrase -> check of `assay.gbcs.conformance`, and the requirement that it decides."""


@given("one request of each kind has been answered")
def one_of_each(bench: Bench) -> None:
    bench.users.send_one_of_each()


@given("alerts have been provoked")
def provoke_alerts(bench: Bench) -> None:
    bench.provoke_alerts()


@then(parsers.re("(?P<phrase>" + "|".join(PHRASES) + ")"))
def traffic_conforms(bench: Bench, phrase: str) -> None:
    name, requirement = PHRASES[phrase]
    traffic = Traffic.of(bench.traffic, bench.keys)
    if len(traffic.from_devices()) < 10:
        raise BenchFault(f"expected traffic of ten messages, captured {len(traffic.messages)}")
    findings = CHECKS[name].find(traffic)
    if findings:
        raise NonConformity(requirement, phrase, "; ".join(findings[:3]))
