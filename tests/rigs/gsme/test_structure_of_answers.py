"""What meter and proxy answer has the structure that the national test messages have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assay.gbcs import catalogue, messages, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload, decode_message
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.gbz_objects import GbzCall, GbzError, GbzTable, Reply
from rigs.devices.gsme.use_cases import FROM_DISPLAY, OF_METER, OF_PROXY
from tests.rigs.devices.premises_kit import BROKER, SUPPLIER, parties
from tests.rigs.gsme.gas_kit import GAS_METER, NAMES, PROXY, GasPremises
from tests.rigs.gsme.life import live_in_prepayment

TIMES = datetime(2014, 12, 28, 22, tzinfo=UTC)
"""Before the dates that the national commands ask for."""
SET_CLOCK, RESTORE = 0x007F, 0x008C
ASN1 = (SET_CLOCK, RESTORE)


PROFILE_READ = (0x0078, 0x0702, 0x08)
PROFILE_ANSWER = (0x0702, 0x19, 0x07, True, None, "value")
"""GCS17 has no successful answer in the set; its frame is that of the table of components."""


def octets(path: Path) -> bytes:
    return bytes.fromhex("".join(path.read_text().split()))


@pytest.fixture(scope="module")
def commands(shared: Path) -> dict[str, tuple[Message, Message]]:
    """Name -> command and response, of every use case of gas that the set has."""
    wanted = OF_METER.keys() | OF_PROXY.keys() | set(ASN1)
    found = {}
    for path in sorted((shared / "rtds" / "messages").glob("*/*_COMMAND_GBCS.HEX")):
        command = parse(octets(path))
        response = path.with_name(path.name.replace("_COMMAND_", "_RESPONSE_"))
        is_gas = command.recipient in (GAS_METER, PROXY)
        if is_gas and command.message_code in wanted and response.exists():
            name = path.name.removesuffix("_COMMAND_GBCS.HEX")
            found[name] = (command, parse(octets(response)))
    return found


@pytest.fixture(scope="module")
def lived_in() -> GasPremises:
    premises = GasPremises.joined(TIMES)
    live_in_prepayment(premises)
    premises.flow.request(Decimal("0.8"))
    premises.pass_time(4 * 86400)
    return premises


def fields(payload: Any) -> Any:
    """Names of fields all the way down; lists by the shape of their elements."""
    if isinstance(payload, dict):
        return {key: fields(value) for key, value in payload.items() if key != "name"}
    if isinstance(payload, list):
        return sorted({str(fields(one)) for one in payload})
    return "value"


def kind(component: Component) -> tuple[Any, ...]:
    """What of a component does not depend on values."""
    payload = component.payload
    attributes: Any = None
    if isinstance(payload, dict) and "attributes" in payload and component.is_profile_wide:
        attributes = tuple((one["attribute"], one.get("type")) for one in payload["attributes"])
        payload = None
    return (
        component.cluster,
        component.frame_control,
        component.command,
        component.blob is not None,
        attributes,
        str(fields(payload)),
    )


def replay(premises: GasPremises, command: Message) -> Message:
    """The same payload, from our supplier or broker to our device."""
    row = catalogue.use_case(command.message_code)
    assert row is not None
    role = SUPPLIER if command.originator == NAMES[SUPPLIER] else BROKER
    counter = premises.next_counter()
    if counter << 32 and row.name == "CS01b":
        counter <<= 32
    message = messages.command(
        message_code=command.message_code,
        originator=NAMES[role],
        recipient=command.recipient,
        counter=counter,
        payload=command.payload,
        supplementary=(
            (command.other.supplementary_party, counter)
            if command.other.supplementary_party is not None
            else None
        ),
        certificate=command.other.certificate,
    )
    if row.is_critical:
        message = protection.sign(message, parties().keys[CellName(role, CellKey.SIGNATURE)])
    secret = premises.secret(NAMES[BROKER], command.recipient)
    answer = premises.answer(protection.add_mac(message, secret).to_octets())
    assert answer is not None
    return answer


def test_every_use_case_of_gas_that_the_set_has_is_answered_with_the_national_structure(
    lived_in: GasPremises, commands: dict[str, tuple[Message, Message]]
) -> None:
    problems = []
    seen: dict[tuple[int, int, int], set[tuple[Any, ...]]] = {}
    for command, response in commands.values():
        for asked, kinds in national(command, response):
            seen.setdefault((command.message_code, *asked), set()).update(kinds)
    seen[PROFILE_READ].add(PROFILE_ANSWER)
    for name, (command, expected) in commands.items():
        if command.message_code in ASN1 or "ERROR" in name:
            continue
        answer = replay(lived_in, command)
        if header(answer) != header(expected):
            problems.append((name, header(answer), header(expected)))
        for asked, kinds in national(command, answer):
            missing = kinds - seen[command.message_code, *asked]
            problems.extend((name, asked, one) for one in missing)
    assert problems == []


def national(
    command: Message, response: Message
) -> list[tuple[tuple[int, int], set[tuple[Any, ...]]]]:
    """For each component that was asked for: which kinds of components answer it."""
    if command.message_code in ASN1:
        return []
    asked, answered = decode_message(command), decode_message(response)
    assert isinstance(asked, GbzPayload) and isinstance(answered, GbzPayload)
    return [
        (
            (one.cluster, one.command),
            {kind(reply) for reply in answered.components if reply.sequence == one.sequence},
        )
        for one in asked.components
    ]


def header(answer: Message) -> tuple[Any, ...]:
    return (
        answer.cra,
        answer.message_code,
        len(answer.signature or b""),
        answer.mac is not None,
        answer.date_time is not None,
        answer.other.supplementary_party is not None,
    )


def test_the_set_covers_most_use_cases_of_gas(
    commands: dict[str, tuple[Message, Message]],
) -> None:
    """A table that lost its rows would pass the test above."""
    covered = {command.message_code for command, _ in commands.values()}
    expected = OF_METER.keys() | OF_PROXY.keys()
    assert {f"{code:04X}" for code in expected - covered} <= {"0071", "00C2"}
    assert covered.isdisjoint(FROM_DISPLAY)


def test_a_component_that_fails_is_answered_as_in_the_national_error(
    commands: dict[str, tuple[Message, Message]],
) -> None:
    """What failed there is made to fail here; everything before and after it is compared."""
    problems: list[tuple[str, Any, Any]] = []
    for name, (command, expected) in commands.items():
        if "ERROR" not in name or command.message_code in ASN1 or name.startswith(OWN_ERRORS):
            continue
        premises = GasPremises.joined(TIMES)
        device = premises.meter if command.recipient == GAS_METER else premises.proxy
        live_in_prepayment(premises)
        premises.flow.request(Decimal("0.8"))
        premises.pass_time(3 * 86400)
        fail_as(device.gbz, command, expected)
        ours, theirs = outcomes(replay(premises, command)), outcomes(expected)
        if command.message_code not in LOGS and ours != theirs:
            problems.append((name, ours, theirs))
        if command.message_code in LOGS and ours[-1] != theirs[-1]:
            problems.append((name, ours[-1], theirs[-1]))
    assert problems == []


OWN_ERRORS = ("CS01b", "CS11", "GCS16b", "GCS15b")
"""Errors of another kind, which other tests are about."""
LOGS = frozenset((0x0076, 0x0077))


def fail_as(table: GbzTable, command: Message, expected: Message) -> None:
    """The first component of the national answer with a hardware failure fails here too."""

    def fail(*_: Any) -> Any:
        raise GbzError

    asked, answered = decode_message(command), decode_message(expected)
    assert isinstance(asked, GbzPayload) and isinstance(answered, GbzPayload)
    for reply in answered.components:
        payload = reply.payload or {}
        if payload.get("status") == "hardwareFailure":
            one = next(one for one in asked.components if one.sequence == reply.sequence)
            earlier = [
                (other.cluster, other.command) for other in asked.components[: reply.sequence]
            ].count((one.cluster, one.command))
            fail_after(table, one, earlier)
            return
        for form in payload.get("attributes", ()) if reply.is_profile_wide else ():
            if form["status"] == "hardwareFailure":
                table.put_attribute(reply.cluster, int(form["attribute"], 16), "uint8", fail)
                return
    (hidden,) = (one for one in answered.components if one.blob is not None)
    first = asked.components[hidden.sequence].payload["attributes"][0]
    table.put_attribute(hidden.cluster, int(first["attribute"], 16), "uint8", fail)


def fail_after(table: GbzTable, one: Component, calls: int) -> None:
    """The command of this component fails, but for so many calls before."""
    act, left = table.command(one.cluster, one.direction, one.command), [True] * calls

    def perform(call: GbzCall) -> Iterable[Reply] | None:
        if not left:
            raise GbzError
        left.pop()
        return act(call)

    table.put_command(one.cluster, one.direction, one.command, perform)


def outcomes(answer: Message) -> list[tuple[Any, ...]]:
    payload = decode_message(answer)
    assert isinstance(payload, GbzPayload)
    found = []
    for one in payload.components:
        form = one.payload or {}
        statuses = [str(form.get("status"))]
        if one.is_profile_wide and "attributes" in form:
            statuses = [one["status"] for one in form["attributes"]]
        command = form.get("command")
        found.append((one.cluster, one.frame_control, one.sequence, one.command, command, statuses))
    return found


@pytest.mark.parametrize("code", ASN1)
def test_an_asn1_answer_has_the_structure_of_the_national_one(
    lived_in: GasPremises, commands: dict[str, tuple[Message, Message]], code: int
) -> None:
    command, expected = next(pair for pair in commands.values() if pair[0].message_code == code)
    answer = replay(lived_in, command)
    assert header(answer) == header(expected)
    ours, theirs = (codec.decode_message(one).value for one in (answer, expected))
    assert fields(ours) == fields(theirs)


def test_a_refusal_alert_has_the_structure_of_the_national_one(shared: Path) -> None:
    premises = GasPremises.joined()
    command = premises.command(0x0081, b"\x01\x09\x01", role=Role.NETWORK_OPERATOR)
    premises.send(command)
    premises.to_next_wake()
    (path,) = (shared / "rtds/messages").glob("*/GCA-ZigBee_NA_8F30_ALERT_GBCS.HEX")
    expected = parse(octets(path))
    found = [parse(one) for _, one in premises.dsp.arrived]
    (alert,) = (one for one in found if one.cra is Cra.ALERT)
    assert header(alert) == header(expected)
    ours, theirs = decode_message(alert), decode_message(expected)
    assert isinstance(ours, GbzAlert) and isinstance(theirs, GbzAlert)
    assert ours._replace(time=0) == theirs._replace(time=0)
