"""One command of a use case, with what the national set answers to it where it has an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assay.gbcs import catalogue, messages
from assay.gbcs.authority import SIGNED, SIGNED_AND_MACED, Protection, permitted_roles, protections
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from rigs.devices.device_type import DeviceType
from rigs.devices.security import CELLS, MODES
from tests.rigs.devices.premises_kit import items, profile_items
from tests.rigs.use_cases.whole_premises import IDENTIFIERS, WholePremises

ROLES: Mapping[str, Role] = {
    "30000001": Role.RECOVERY,
    "30000002": Role.ACCESS_CONTROL_BROKER,
    "30000004": Role.TRANSITIONAL_COS,
    "30000007": Role.WAN_PROVIDER,
    "30010000": Role.SUPPLIER,
    "30010008": Role.LOAD_CONTROLLER,
    "30020000": Role.NETWORK_OPERATOR,
}
"""By the end of the national party's identifier."""
OWN_NAME = "own"
_OWN_FORMS = (0x0104, 0x0108, 0x0109)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`national` is the response of the set, None for a command of our own."""

    name: str
    code: int
    role: Role
    payload: bytes
    supplementary: Eui64 | None = None
    certificate: bytes | None = None
    counter: int | None = None
    is_signed_alone: bool = False
    national: Message | None = None

    def octets(self, premises: WholePremises, kind: DeviceType) -> bytes:
        plain = premises.command(
            self.code,
            self.role,
            IDENTIFIERS[kind],
            self.payload,
            counter=self.counter,
            supplementary=self.supplementary,
            certificate=self.certificate,
        )
        return premises.protect(plain, self.role, self._form(kind))

    def _form(self, kind: DeviceType) -> Protection:
        row = catalogue.use_case(self.code)
        assert row is not None
        if self.is_signed_alone:
            return SIGNED
        # No table says of the replacements whether they are critical; a hub wants the broker's
        # signed too.
        is_of_hub = self.code == 0x0104 and kind is DeviceType.CHF
        if is_of_hub or (self.code in MODES and self.code not in _OWN_FORMS):
            return SIGNED_AND_MACED
        return protections(row)[0]


def asker(code: int, kind: DeviceType) -> Role:
    """A party that may send this and that the device knows; its supplier before its broker."""
    row = catalogue.use_case(code)
    assert row is not None
    allowed = permitted_roles(row) & {cell.role for cell in CELLS[kind]}
    preferred = [role for role in (Role.SUPPLIER, Role.ACCESS_CONTROL_BROKER) if role in allowed]
    return preferred[0] if preferred else min(allowed)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A national command and its response."""

    name: str
    command: Message
    response: Message

    def attempt(self, kind: DeviceType) -> Attempt:
        """The same payload from the same kind of party, to a device of this type."""
        command = self.command
        is_there = command.recipient == IDENTIFIERS[kind]
        role = ROLES[command.originator.hex()[-8:]]
        is_known = role in {cell.role for cell in CELLS[kind]}
        return Attempt(
            name=self.name,
            code=command.message_code,
            role=role if is_known else asker(command.message_code, kind),
            payload=command.payload,
            supplementary=command.other.supplementary_party,
            certificate=command.other.certificate,
            is_signed_alone=bool(command.signature) and command.mac is None,
            national=self.response if is_there and "_ERROR" not in self.name else None,
        )


@cache
def exchanges(shared: Path) -> Mapping[int, tuple[Exchange, ...]]:
    """By message code, what the set has: command and response."""
    found: dict[int, list[Exchange]] = {}
    for path in sorted((shared / "rtds" / "messages").glob("*/*_COMMAND_GBCS.HEX")):
        answer = path.with_name(path.name.replace("_COMMAND_", "_RESPONSE_"))
        if not answer.exists():
            continue
        command, response = _message(path), _message(answer)
        name = path.name.removesuffix("_COMMAND_GBCS.HEX")
        found.setdefault(command.message_code, []).append(Exchange(name, command, response))
    return {code: tuple(row) for code, row in found.items()}


@cache
def national_alerts(shared: Path) -> Mapping[int, tuple[Message, ...]]:
    """By message code."""
    found: dict[int, list[Message]] = {}
    for path in sorted((shared / "rtds" / "messages").glob("*/*_ALERT_GBCS.HEX")):
        alert = _message(path)
        found.setdefault(alert.message_code, []).append(alert)
    return {code: tuple(row) for code, row in found.items()}


def _message(path: Path) -> Message:
    return parse(bytes.fromhex("".join(path.read_text().split())))


def successes(national: Sequence[Exchange], kind: DeviceType) -> list[Attempt]:
    """Of the set for this type of device; else for another; else a command that failed there."""
    good = [one for one in national if "_ERROR" not in one.name]
    own = [one for one in good if one.command.recipient == IDENTIFIERS[kind]]
    chosen = own or good[:1] or list(national[:1])
    return [one.attempt(kind) for one in chosen]


def errors(national: Sequence[Exchange], kind: DeviceType) -> list[Exchange]:
    return [
        one
        for one in national
        if "_ERROR" in one.name and one.command.recipient == IDENTIFIERS[kind]
    ]


def reading(premises: WholePremises, code: int, role: Role) -> Attempt:
    """The items of a DLMS use case that only reads, with no data; logs from first to last."""
    counter = premises.next_counter()
    asked = profile_items(code, 0, 0xFFFFFFFF)
    payload = messages.dlms_command_payload(counter, asked)
    return Attempt(name=OWN_NAME, code=code, role=role, payload=payload)


def writing(premises: WholePremises, code: int, role: Role, *data: Data, **given: int) -> Attempt:
    """The items of a DLMS use case with these data."""
    counter = given.get("counter", premises.next_counter())
    payload = messages.dlms_command_payload(counter, items(code, data))
    return Attempt(name=OWN_NAME, code=code, role=role, payload=payload, counter=counter)
