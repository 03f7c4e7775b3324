"""Checks of payloads: encryption, items and components answered, break on error, alerts."""

from __future__ import annotations

from datetime import datetime, timedelta

from assay.gbcs import catalogue, ciphered, inspection, payload
from assay.gbcs.conformance.traffic import Traffic, finding
from assay.gbcs.date_time import EPOCH, DateTime
from assay.gbcs.dlms.access import Notification, Request, Response, decode_payload, invoke_id
from assay.gbcs.dlms.data import Tag
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload

OTHER_REASON = 250
SUCCESS_NAME = "success"
ALERT_TIME_TOLERANCE = timedelta(seconds=10)


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
            findings.append(finding(message, "sensitive data", "encrypted data", "plain data"))
        elif inspection.check_decryption(message, traffic.keys) is inspection.Decryption.NO:
            findings.append(finding(message, "encrypted data", "data that opens", "it does not"))
    return findings


def _succeeded(message: Message) -> bool:
    """Nothing in it failed: only then must the data be there, and be encrypted."""
    _, typed = payload.decode(message)
    if isinstance(typed, Response):
        return all(item.result == 0 for item in typed.items)
    if isinstance(typed, GbzPayload):
        return all(status_of(component) == SUCCESS_NAME for component in typed.components)
    return True


def status_of(component: Component) -> str:
    """The first status that is no success, of what a component reports; data are a success."""
    fields = component.payload
    if component.blob is not None or not component.is_profile_wide or not isinstance(fields, dict):
        return SUCCESS_NAME
    statuses = [fields.get("status")] + [row["status"] for row in fields.get("attributes", ())]
    return next((s for s in statuses if s not in (None, SUCCESS_NAME)), SUCCESS_NAME)


def invoke_ids(traffic: Traffic) -> list[str]:
    findings = []
    for message in traffic.from_devices():
        if payload.kind_of(message) != "dlms":
            continue
        seen, wanted = decode_payload(message.payload).invoke_id, invoke_id(message.counter)
        if seen != wanted:
            findings.append(finding(message, "invoke id", f"{wanted:08X}", f"{seen:08X}"))
    return findings


def one_result_each(traffic: Traffic) -> list[str]:
    """One DLMS result for each item of the command; GBZ components answer its sequences."""
    findings = []
    for command, answer in traffic.pairs():
        asked, given = payload.decode(command)[1], payload.decode(answer)[1]
        if isinstance(asked, Request):
            if not isinstance(given, Response):
                seen = type(given).__name__
                findings.append(finding(answer, "payload", "an access response", seen))
                continue
            wanted = [item.op.answered_as for item in asked.items]
            results = [item.op for item in given.items]
            if wanted != results:
                findings.append(finding(answer, "items", wanted, results))
        elif isinstance(asked, GbzPayload) and isinstance(given, GbzPayload):
            wanted_numbers = {component.sequence for component in asked.components}
            numbers = {component.sequence for component in given.components}
            if wanted_numbers != numbers:
                findings.append(finding(answer, "sequences", wanted_numbers, numbers))
    return findings


def break_on_error(traffic: Traffic) -> list[str]:
    """After the first failure nothing more is done: other-reason with null data in every later
    DLMS item (digest 4.3), Default Response 01 in every later GBZ component; that there is
    nothing in the period asked for is no failure (digest 5.2)."""
    findings = []
    for answer in traffic.of_kind(Cra.RESPONSE):
        _, typed = payload.decode(answer)
        if isinstance(typed, Response):
            results: list[object] = [item.result for item in typed.items]
            harmless: tuple[object, ...] = (0,)
            afterwards: object = OTHER_REASON
        elif isinstance(typed, GbzPayload):
            results = [status_of(component) for component in typed.components]
            harmless, afterwards = (SUCCESS_NAME, "notFound"), "failure"
        else:
            continue
        first = next((at for at, result in enumerate(results) if result not in harmless), None)
        if first is not None and any(result != afterwards for result in results[first + 1 :]):
            findings.append(finding(answer, "results after the first failure", afterwards, results))
    return findings


def alert_payloads(traffic: Traffic) -> list[str]:
    """A known code and a time near the arrival, in DLMS as structure{code, time, ...}."""
    findings = []
    for seen, alert in traffic.messages:
        if alert.cra is not Cra.ALERT:
            continue
        _, typed = payload.decode(alert)
        if isinstance(typed, GbzAlert):
            code = typed.code
            at: datetime | None = EPOCH + timedelta(seconds=typed.time)
        elif isinstance(typed, Notification):
            if typed.body.tag != Tag.STRUCTURE:
                findings.append(finding(alert, "payload", "a structure", typed.body.tag))
                continue
            code = typed.body.value[0].value
            at = DateTime(typed.body.value[1].value).as_utc()
        else:
            continue
        if code not in catalogue.alert_codes():
            findings.append(finding(alert, "alert code", "a known one", code))
        if seen.at is not None and (at is None or abs(at - seen.at) > ALERT_TIME_TOLERANCE):
            findings.append(finding(alert, "time", f"within 10 s of {seen.at}", at))
    return findings
