"""GBCS conformance of a body of traffic: pure checks, each a row, each with its findings.

Works on whatever was captured: the WAN of a bench, or a folder of messages. A finding
names the message (by use case, CRA and counter), what was expected and what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assay.gbcs import catalogue, ciphered, inspection, json_form, payload
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Notification, Request, Response, decode_payload, invoke_id
from assay.gbcs.dlms.data import Tag
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.inspection import Check
from assay.gbcs.keys import KeyStore

ALERT_TIME_TOLERANCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One message as it was seen, and when (None in a folder of messages)."""

    octets: bytes
    at: datetime | None = None


@dataclass(slots=True)
class Traffic:
    """Messages in the order seen, decoded where they can be."""

    keys: KeyStore
    observed: list[Observed]
    messages: list[tuple[Observed, Message]] = field(default_factory=list)
    undecodable: list[tuple[Observed, str]] = field(default_factory=list)

    @classmethod
    def of(cls, observed: Iterable[Observed], keys: KeyStore) -> Traffic:
        traffic = cls(keys, list(observed))
        for seen in traffic.observed:
            try:
                traffic.messages.append((seen, parse(seen.octets)))
            except GbcsError as error:
                traffic.undecodable.append((seen, str(error)))
        return traffic

    def of_kind(self, *kinds: Cra) -> list[Message]:
        return [message for _, message in self.messages if message.cra in kinds]

    def from_devices(self) -> list[Message]:
        return self.of_kind(Cra.RESPONSE, Cra.ALERT)

    def pairs(self) -> list[tuple[Message, Message]]:
        """Each response with the command that it answers; those without one are left out."""
        commands = {(m.recipient, m.counter, m.message_code): m for m in self.of_kind(Cra.COMMAND)}
        found = []
        for answer in self.of_kind(Cra.RESPONSE):
            command = commands.get((answer.originator, answer.counter, answer.message_code))
            if command is not None:
                found.append((command, answer))
        return found


def name_of(message: Message) -> str:
    return f"{inspection.use_case_name(message)} {message.cra.name.lower()} {message.counter}"


def _finding(message: Message, what: str, expected: object, seen: object) -> str:
    return f"{name_of(message)}: {what}: expected {expected}, seen {seen}"


def round_trip(traffic: Traffic) -> list[str]:
    findings = [f"{seen.octets[:24].hex()}...: {why}" for seen, why in traffic.undecodable]
    for seen, message in traffic.messages:
        try:
            again = json_form.from_json(json_form.to_json(message)).to_octets()
        except GbcsError as error:
            findings.append(f"{name_of(message)}: {error}")
            continue
        if again != seen.octets:
            findings.append(_finding(message, "octets", seen.octets.hex(), again.hex()))
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
        findings += [_finding(answer, *row) for row in rows if row[1] != row[2]]
    return findings


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
            findings.append(_finding(message, "header", words[wanted], seen))
    return findings


def protection_of_type(traffic: Traffic) -> list[str]:
    """Signature, MAC or both by message type (digest 2)."""
    findings = []
    for message in traffic.from_devices():
        row = catalogue.use_case(message.message_code)
        if row is None or not isinstance(row.critical, bool):
            continue
        wanted = (row.is_critical, not row.is_critical)
        seen = (bool(message.signature), message.mac is not None)
        if wanted != seen:
            findings.append(_finding(message, "signed, MACed", wanted, seen))
    return findings


def authentic(traffic: Traffic) -> list[str]:
    findings = []
    for message in traffic.from_devices():
        signature = inspection.check_signature(message, traffic.keys)
        mac = inspection.check_mac(message, traffic.keys)
        for what, seen in (("signature", signature), ("MAC", mac)):
            if seen not in (Check.VALID, Check.ABSENT):
                findings.append(_finding(message, what, "valid", seen.value))
    return findings


def privacy(traffic: Traffic) -> list[str]:
    """Use cases flagged as encrypted return encrypted data, which opens for its reader."""
    findings = []
    for message in traffic.from_devices():
        row = catalogue.use_case(message.message_code)
        kind = message.cra.name.lower()
        if row is None or kind not in row.encrypted or not _succeeded(message):
            continue
        kind, typed = payload.decode(message)
        blobs = ciphered.find_blobs(kind, typed)
        if not blobs:
            findings.append(_finding(message, "sensitive data", "encrypted data", "plain data"))
        elif inspection.check_decryption(message, traffic.keys) is inspection.Decryption.NO:
            findings.append(_finding(message, "encrypted data", "data that opens", "it does not"))
    return findings


def _succeeded(message: Message) -> bool:
    _, typed = payload.decode(message)
    return not isinstance(typed, Response) or all(item.result == 0 for item in typed.items)


def invoke_ids(traffic: Traffic) -> list[str]:
    findings = []
    for message in traffic.from_devices():
        if payload.kind_of(message) != "dlms":
            continue
        seen, wanted = decode_payload(message.payload).invoke_id, invoke_id(message.counter)
        if seen != wanted:
            findings.append(_finding(message, "invoke id", f"{wanted:08X}", f"{seen:08X}"))
    return findings


def one_result_each(traffic: Traffic) -> list[str]:
    findings = []
    for command, answer in traffic.pairs():
        if payload.kind_of(command) != "dlms":
            continue
        asked, given = decode_payload(command.payload), decode_payload(answer.payload)
        if not isinstance(asked, Request) or not isinstance(given, Response):
            findings.append(_finding(answer, "payload", "an access response", type(given).__name__))
            continue
        wanted = [item.op.answered_as for item in asked.items]
        seen = [item.op for item in given.items]
        if wanted != seen:
            findings.append(_finding(answer, "items", wanted, seen))
    return findings


def break_on_error(traffic: Traffic) -> list[str]:
    """After the first failing item every later one is other-reason, with null data (digest 4.3)."""
    findings = []
    for answer in traffic.of_kind(Cra.RESPONSE):
        if payload.kind_of(answer) != "dlms":
            continue
        typed = decode_payload(answer.payload)
        if not isinstance(typed, Response):
            continue
        results = [item.result for item in typed.items]
        first = next((at for at, result in enumerate(results) if result != 0), None)
        if first is not None and any(result != 250 for result in results[first + 1 :]):
            findings.append(_finding(answer, "results after the first failure", "250", results))
    return findings


def alert_counters(traffic: Traffic) -> list[str]:
    """Each device's own counter rises from alert to alert (digest 1.6)."""
    findings: list[str] = []
    last: dict[Eui64, int] = {}
    for alert in traffic.of_kind(Cra.ALERT):
        before = last.get(alert.originator)
        if before is not None and alert.counter <= before:
            findings.append(_finding(alert, "counter", f"more than {before}", alert.counter))
        last[alert.originator] = alert.counter
    return findings


def alert_payloads(traffic: Traffic) -> list[str]:
    """structure{code, time, ...} with a known code, and a time near the arrival (digest 4.4)."""
    findings = []
    for seen, alert in traffic.messages:
        if alert.cra is not Cra.ALERT or payload.kind_of(alert) != "dlms":
            continue
        typed = decode_payload(alert.payload)
        if not isinstance(typed, Notification) or typed.body.tag != Tag.STRUCTURE:
            findings.append(_finding(alert, "payload", "a structure", type(typed).__name__))
            continue
        code, stamp = typed.body.value[0], typed.body.value[1]
        if code.value not in catalogue.alert_codes():
            findings.append(_finding(alert, "alert code", "a known one", code.value))
        at = DateTime(stamp.value).as_utc()
        if seen.at is not None and (at is None or abs(at - seen.at) > ALERT_TIME_TOLERANCE):
            findings.append(_finding(alert, "time", f"within 10 s of {seen.at}", at))
    return findings


CHECKS: Mapping[str, Callable[[Traffic], list[str]]] = {
    "round trip": round_trip,
    "echo": echo,
    "header time": header_time,
    "protection of type": protection_of_type,
    "authentic": authentic,
    "privacy": privacy,
    "invoke id": invoke_ids,
    "one result each": one_result_each,
    "break on error": break_on_error,
    "alert counters": alert_counters,
    "alert payloads": alert_payloads,
}
