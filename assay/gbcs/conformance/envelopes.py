"""Checks of the envelope: identity of octets, echo, counters, time, protection."""

from __future__ import annotations

from assay.gbcs import catalogue, inspection, json_form
from assay.gbcs.conformance.traffic import Traffic, finding, name_of
from assay.gbcs.envelope import Cra
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.inspection import Check

_BROKER_BY_BROKER = 0x0104
"""CS02b ACB-by-ACB: its command has a MAC alone, its response is signed (digest 2)."""


def round_trip(traffic: Traffic) -> list[str]:
    findings = [f"{seen.octets[:24].hex()}...: {why}" for seen, why in traffic.undecodable]
    for seen, message in traffic.messages:
        try:
            again = json_form.from_json(json_form.to_json(message)).to_octets()
        except GbcsError as error:
            findings.append(f"{name_of(message)}: {error}")
            continue
        if again != seen.octets:
            findings.append(finding(message, "octets", seen.octets.hex(), again.hex()))
    return findings


def echo(traffic: Traffic) -> list[str]:
    """Parties swapped, counter, code and supplementary fields echoed (digest 1.6)."""
    answered = {id(answer) for _, answer in traffic.pairs()}
    findings = [
        f"{name_of(answer)}: answers no command that was sent"
        for answer in traffic.of_kind(Cra.RESPONSE)
        if id(answer) not in answered and traffic.of_kind(Cra.COMMAND)
    ]
    for command, answer in traffic.pairs():
        rows = (
            ("originator", command.recipient, answer.originator),
            ("recipient", command.originator, answer.recipient),
            (
                "supplementary party",
                command.other.supplementary_party,
                answer.other.supplementary_party,
            ),
            (
                "supplementary counter",
                command.other.supplementary_counter,
                answer.other.supplementary_counter,
            ),
        )
        findings += [finding(answer, *row) for row in rows if row[1] != row[2]]
    return findings


def one_answer_each(traffic: Traffic) -> list[str]:
    """No command is answered twice; what is repeated octet for octet was only carried again."""
    answers: dict[tuple[Eui64, Eui64, int, int], set[bytes]] = {}
    for seen, message in traffic.messages:
        if message.cra is Cra.RESPONSE:
            key = (message.originator, message.recipient, message.counter, message.message_code)
            answers.setdefault(key, set()).add(seen.octets)
    return [
        f"{code:04X} of {device} to counter {counter}: expected one response, seen {len(found)}"
        for (device, _, counter, code), found in answers.items()
        if len(found) > 1
    ]


def header_time(traffic: Traffic) -> list[str]:
    """Present exactly where the use case asks for it (digest 1.4)."""
    findings = []
    for message in (m for _, m in traffic.messages):
        row = catalogue.use_case(message.message_code)
        if row is None or (row.response_date_time is None and message.cra is Cra.RESPONSE):
            continue
        wanted = message.cra is Cra.RESPONSE and row.response_date_time is True
        if wanted is not (message.date_time is not None):
            words = {True: "a time", False: "no time"}
            seen = words[message.date_time is not None]
            findings.append(finding(message, "header", words[wanted], seen))
    return findings


def protection_of_type(traffic: Traffic) -> list[str]:
    """Signature, MAC or both by message type (digest 2)."""
    findings = []
    for message in traffic.from_devices():
        row = catalogue.use_case(message.message_code)
        if row is None or not isinstance(row.critical, bool):
            continue
        signed = row.is_critical or message.message_code == _BROKER_BY_BROKER
        wanted = (signed, not signed)
        seen = (bool(message.signature), message.mac is not None)
        if wanted != seen:
            findings.append(finding(message, "signed, MACed", wanted, seen))
    return findings


def authentic(traffic: Traffic) -> list[str]:
    findings = []
    for message in traffic.from_devices():
        signature = inspection.check_signature(message, traffic.keys)
        mac = inspection.check_mac(message, traffic.keys)
        for what, seen in (("signature", signature), ("MAC", mac)):
            if seen not in (Check.VALID, Check.ABSENT):
                findings.append(finding(message, what, "valid", seen.value))
    return findings


def alert_counters(traffic: Traffic) -> list[str]:
    """Each device's own counter rises from alert to alert (digest 1.6)."""
    findings: list[str] = []
    last: dict[Eui64, int] = {}
    for alert in traffic.of_kind(Cra.ALERT):
        before = last.get(alert.originator)
        if before is not None and alert.counter <= before:
            findings.append(finding(alert, "counter", f"more than {before}", alert.counter))
        last[alert.originator] = alert.counter
    return findings
