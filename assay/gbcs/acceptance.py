"""Whether a device accepts a command, as a pure function: one row per check, in order.

GBCS fixes the stages (identifiers and counter, signature, MAC, and all of these before
the payload is looked at); the order inside the stage is inferred (digest 9.1), as is
which refusal is logged under which code. A device refuses in silence: no response.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.gbcs import catalogue, protection
from assay.gbcs.authority import (
    BY_CONTINGENCY,
    SIGNED,
    Protection,
    permitted_roles,
    protections,
)
from assay.gbcs.catalogue import UseCase
from assay.gbcs.counters import Guard, guard_of
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PublicKey
from assay.gbcs.trust_anchors import CellKey, Role, TrustAnchors


class Refusal(StrEnum):
    """Why a command is refused."""

    MALFORMED = "no GBCS message"
    WRONG_RECIPIENT = "addressed to another device"
    NOT_A_COMMAND = "not a protected command"
    UNKNOWN_MESSAGE_CODE = "message code unknown to this device"
    UNKNOWN_ORIGINATOR = "no credentials held for the originator"
    ROLE_WITHOUT_AUTHORITY = "role without authority for the command"
    COUNTER_NOT_GREATER = "counter not greater than the stored one"
    WRONG_PROTECTION = "protection of the wrong kind"
    BAD_SIGNATURE = "signature does not verify"
    BAD_MAC = "MAC does not verify"

    @property
    def log_code(self) -> int:
        """The entry that it leaves in the security log."""
        return _CODES[self][0]

    @property
    def raises_alert(self) -> bool:
        return _CODES[self][1]


_CODES: Mapping[Refusal, tuple[int, bool]] = {
    Refusal.MALFORMED: (0x8F1E, False),
    Refusal.WRONG_RECIPIENT: (0x8F3E, True),
    Refusal.NOT_A_COMMAND: (0x8F1E, False),
    Refusal.UNKNOWN_MESSAGE_CODE: (0x8F1E, False),
    Refusal.UNKNOWN_ORIGINATOR: (0x8F3E, True),
    Refusal.ROLE_WITHOUT_AUTHORITY: (0x8F30, True),
    Refusal.COUNTER_NOT_GREATER: (0x8F53, False),
    Refusal.WRONG_PROTECTION: (0x8F3D, True),
    Refusal.BAD_SIGNATURE: (0x8F3D, True),
    Refusal.BAD_MAC: (0x8F3D, True),
}
"""Security-log code, and whether an alert goes out with it. The pairing of reason and code
is inferred from the codes' names (digest 9.1); the alerts are those that one maker's
tables show as always on, and 8F30 of the RTDS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """The device as acceptance sees it. `message_codes` are those its type knows.

    `contingency_key` unwraps the key that a command by contingency is signed with.
    """

    device_id: Eui64
    message_codes: frozenset[int]
    anchors: TrustAnchors
    keys: KeyStore
    contingency_key: Callable[[Message], PublicKey | None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """`party` is who commands (the supplementary party where the broker relays).

    `originator_counter` is what the device adds of its own where the answer is encrypted for a
    party that it does not know.
    """

    message: Message
    use_case: UseCase
    role: Role
    party: Eui64
    originator_counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    reason: Refusal
    message: Message | None
    detail: str


@dataclass(slots=True)
class _Examined:
    """What the checks before have established."""

    receiver: Receiver
    message: Message
    role: Role | None = None

    @property
    def use_case(self) -> UseCase:
        row = catalogue.use_case(self.message.message_code)
        if row is None:
            raise KeyError(self.message.message_code)
        return row

    @property
    def protection(self) -> Protection:
        message = self.message
        return Protection(signed=bool(message.signature), maced=message.mac is not None)


Check = Callable[[_Examined], tuple[Refusal, str] | None]


def _recipient(examined: _Examined) -> tuple[Refusal, str] | None:
    seen, own = examined.message.recipient, examined.receiver.device_id
    if seen == own:
        return None
    return Refusal.WRONG_RECIPIENT, f"recipient {seen}, this device is {own}"


def _is_command(examined: _Examined) -> tuple[Refusal, str] | None:
    if examined.message.cra is Cra.COMMAND and not examined.message.is_pre_command:
        return None
    return Refusal.NOT_A_COMMAND, f"{examined.message.cra.name} is no signed or MACed command"


def _message_code(examined: _Examined) -> tuple[Refusal, str] | None:
    code = examined.message.message_code
    if code in examined.receiver.message_codes and catalogue.use_case(code) is not None:
        return None
    return Refusal.UNKNOWN_MESSAGE_CODE, f"message code {code:04X}"


def _originator(examined: _Examined) -> tuple[Refusal, str] | None:
    if examined.message.message_code == BY_CONTINGENCY:
        # Nobody holds a cell for contingency: its key sits, wrapped, in the root's.
        examined.role = Role.ROOT
        return None
    originator = examined.message.originator
    roles = examined.receiver.anchors.roles_of(originator)
    if not roles:
        return Refusal.UNKNOWN_ORIGINATOR, f"no credentials of {originator} are held"
    permitted = permitted_roles(examined.use_case)
    examined.role = next((role for role in roles if role in permitted), roles[0])
    return None


def _authority(examined: _Examined) -> tuple[Refusal, str] | None:
    row = examined.use_case
    if examined.role in permitted_roles(row):
        return None
    seen = examined.role.name if examined.role is not None else "nobody"
    return Refusal.ROLE_WITHOUT_AUTHORITY, f"{row.name} from role {seen}"


def _counter(examined: _Examined) -> tuple[Refusal, str] | None:
    guard, anchors = guard_of(examined.use_case.code), examined.receiver.anchors
    if guard is Guard.NONE or examined.role is None:
        return None
    stored = (
        anchors.prepayment_counter
        if guard is Guard.PREPAYMENT
        else anchors.counters.get(examined.role, 0)
    )
    if examined.message.counter > stored:
        return None
    return Refusal.COUNTER_NOT_GREATER, f"counter {examined.message.counter}, stored {stored}"


def _protection(examined: _Examined) -> tuple[Refusal, str] | None:
    """No field present that should not be, none missing (digest 2)."""
    seen, allowed = examined.protection, protections(examined.use_case)
    if seen in allowed:
        return None
    expected = " or ".join(map(str, allowed))
    return Refusal.WRONG_PROTECTION, f"expected {expected}, seen {seen}"


def _signature(examined: _Examined) -> tuple[Refusal, str] | None:
    """Of the forms with a signature; which form it must be is another check's business."""
    forms = protections(examined.use_case)
    is_unsigned = not examined.protection.signed and any(not form.signed for form in forms)
    if is_unsigned or not any(form.signed for form in forms) or examined.role is None:
        return None
    key = _signing_key(examined, examined.role)
    if key is not None and protection.is_signature_valid(examined.message, key):
        return None
    return Refusal.BAD_SIGNATURE, f"signature of {examined.message.originator} does not verify"


def _signing_key(examined: _Examined, role: Role) -> PublicKey | None:
    if examined.message.message_code == BY_CONTINGENCY:
        return examined.receiver.contingency_key(examined.message)
    cell = examined.receiver.anchors.cell(role, CellKey.SIGNATURE)
    return cell.public_key if cell is not None else None


def _mac(examined: _Examined) -> tuple[Refusal, str] | None:
    if not examined.protection.maced and SIGNED in protections(examined.use_case):
        return None
    receiver, usage = examined.receiver, KeyUsage.KEY_AGREEMENT
    broker = receiver.anchors.cell(Role.ACCESS_CONTROL_BROKER, CellKey.AGREEMENT)
    secret = None
    if broker is not None:
        own = KeyName(receiver.device_id, usage)
        secret = receiver.keys.shared_secret(own, KeyName(broker.eui, usage))
    if secret is not None and protection.is_mac_valid(examined.message, secret):
        return None
    return Refusal.BAD_MAC, "MAC of the access control broker does not verify"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("recipient", _recipient),
    ("command", _is_command),
    ("message code", _message_code),
    ("originator", _originator),
    ("authority", _authority),
    ("counter", _counter),
    ("protection", _protection),
    ("signature", _signature),
    ("MAC", _mac),
)
"""Structure first, cheap before costly; a device hands in its own selection of these."""


def accept(
    octets: bytes, receiver: Receiver, checks: tuple[tuple[str, Check], ...] = CHECKS
) -> Accepted | Refused:
    """Decide on one command. Changes nothing: the caller stores the counter after success."""
    try:
        message = parse(octets)
    except RemoteGbcsError as error:
        return Refused(reason=Refusal.MALFORMED, message=None, detail=str(error))
    examined = _Examined(receiver, message)
    for _, check in checks:
        refusal = check(examined)
        if refusal is not None:
            return Refused(reason=refusal[0], message=message, detail=refusal[1])
    role = examined.role
    if role is None:
        return Refused(
            reason=Refusal.UNKNOWN_ORIGINATOR, message=message, detail="no role established"
        )
    party = message.other.supplementary_party or message.originator
    return Accepted(message=message, use_case=examined.use_case, role=role, party=party)
