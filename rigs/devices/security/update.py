"""Update Security Credentials (CS02b, CS02g) as a value: what a command asks for, and its outcome.

Reading separates what has no authority (nobody is answered) from what has no good certificate
(each cell is answered for): the mode, the authorising cell and the counter that the command
repeats belong to its authentication, the rest to its content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assay.gbcs.acceptance import Accepted, Refusal
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import CredentialsStatus, cell_name, role_of
from assay.gbcs.certificates import CertificateView
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role, TrustAnchors
from rigs.devices.credentials import read_certificate
from rigs.devices.gbcs_device import CommandRefusedError
from rigs.devices.security.cells import MODES, ReplacementMode
from rigs.devices.security.path import readable

Json = Any
CANCELLED = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
COMMAND_TYPE = "UpdateSecurityCredentialsCommand"
_NO_IDENTIFIER = bytes(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """`name` and `certificate` are None where the command names no such cell, holds no such thing.

    `form` is the cell as the command wrote it, to be written back.
    """

    form: Json
    name: CellName | None
    certificate: CertificateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A new stored counter of a role; `prepayment` that of its top-ups."""

    role: int
    counter: int | None
    prepayment: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialUpdate:
    """What one command asks for; `at` is None for now."""

    mode: ReplacementMode
    message_code: int
    counter: int
    party: Eui64
    is_time_checked: bool
    replacements: tuple[Replacement, ...]
    authorities: tuple[CertificateView, ...]
    floors: tuple[Floor, ...]
    at: datetime | None

    @classmethod
    def of(cls, command: Accepted, anchors: TrustAnchors) -> CredentialUpdate:
        """Raises:
        RemoteGbcsError: a payload that is none, or does not go with its header.
        CommandRefusedError: another than the named cell's party, or another's mode.
        """
        message = command.message
        value = codec.decode(COMMAND_TYPE, message.payload).value
        control, mode = value["control"], MODES[message.message_code]
        for field, expected, seen in (
            ("mode", mode.name, control["mode"]),
            ("authorising counter", message.counter, control["authorising_counter"]),
        ):
            if seen != expected:
                raise RemoteGbcsError(0, field, str(expected), str(seen))
        _check_authority(mode, control.get("authorising_cell"), command, anchors)
        return cls(
            mode=mode,
            message_code=message.message_code,
            counter=message.counter,
            party=message.originator,
            is_time_checked=control.get("time_based_path_checks") != "disapply",
            replacements=tuple(map(_replacement, value["replacements"])),
            authorities=readable(bytes.fromhex(one["der"]) for one in value["path_certificates"]),
            floors=tuple(_floors(mode, control)),
            at=_time(value.get("execution_time")),
        )

    @property
    def is_cancellation(self) -> bool:
        return self.at == CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOutcome:
    """What became of one replacement; `before` is what the cell held, None without a cell."""

    replacement: Replacement
    status: CredentialsStatus
    before: Cell | None

    def value(self) -> Json:
        after = self.replacement.certificate
        if self.status is not CredentialsStatus.SUCCESS or after is None:
            after_id, after_key = _identifiers(self.before)
        else:
            after_id, after_key = after.eui, after.key_identifier
        before_id, before_key = _identifiers(self.before)
        return {
            "cell": self.replacement.form,
            "status": self.status.value,
            "existing_subject_id": _text(before_id),
            "existing_subject_key_id": (before_key or _NO_IDENTIFIER).hex(),
            "replacing_subject_id": _text(after_id),
            "replacing_subject_key_id": (after_key or _NO_IDENTIFIER).hex(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateOutcome:
    """A status belongs to the certificate that was given. One that is no success means that no
    cell was changed at all, and no counter."""

    update: CredentialUpdate
    cells: tuple[CellOutcome, ...]

    @property
    def is_success(self) -> bool:
        return all(cell.status is CredentialsStatus.SUCCESS for cell in self.cells)

    def value(self) -> Json:
        """The ASN.1 outcome, as response and alert carry it."""
        return {
            "authorising_counter": self.update.counter,
            "mode": self.update.mode.name,
            "counter_changes": [_change(floor) for floor in self.update.floors],
            "replacements": [cell.value() for cell in self.cells],
        }


def _check_authority(
    mode: ReplacementMode, form: Json | None, command: Accepted, anchors: TrustAnchors
) -> None:
    """The cell that the command names holds the party whose signature was verified."""
    if not mode.names_cell and form is None:
        name: CellName | None = CellName(mode.authorising, CellKey.AGREEMENT)
    else:
        name = cell_name(form) if form is not None else None
    if command.role is not mode.authorising or name is None or name.role is not mode.authorising:
        raise CommandRefusedError(
            Refusal.ROLE_WITHOUT_AUTHORITY, f"{mode.name} authorised by {form} as {command.role!r}"
        )
    cell = anchors.cells.get(name)
    if name.role is Role.ROOT:
        return  # the contingency key, which acceptance has unwrapped and used
    if cell is None or cell.eui != command.message.originator:
        raise CommandRefusedError(
            Refusal.ROLE_WITHOUT_AUTHORITY, f"{name} does not hold {command.message.originator}"
        )


def _replacement(value: Json) -> Replacement:
    form = value["target_cell"]
    return Replacement(
        form=form,
        name=cell_name(form),
        certificate=read_certificate(bytes.fromhex(value["certificate"]["der"])),
    )


def _floors(mode: ReplacementMode, control: Mapping[str, Json]) -> list[Floor]:
    own, top_up = control.get("new_floor_counter"), control.get("new_specialist_floor_counters")
    floors = []
    if own is not None or top_up:
        floors.append(
            Floor(role=mode.authorising, counter=own, prepayment=_prepayment(top_up or ()))
        )
    for change in control.get("other_counter_changes", ()):
        floors.append(
            Floor(
                role=role_of(change["role"]),
                counter=change["floor_counter"],
                prepayment=_prepayment(change.get("specialist_floor_counters", ())),
            )
        )
    return floors


def _prepayment(changes: Json) -> int | None:
    return next((one["counter"] for one in changes if one["usage"] == "prepaymentTopUp"), None)


def _change(floor: Floor) -> Json:
    change: dict[str, Json] = {"role": floor.role, "floor_counter": floor.counter or 0}
    if floor.prepayment is not None:
        top_up = {"usage": "prepaymentTopUp", "counter": floor.prepayment}
        change["specialist_floor_counters"] = [top_up]
    return change


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None


def _identifiers(cell: Cell | None) -> tuple[Eui64 | None, bytes | None]:
    return (cell.eui, cell.subject_key_identifier) if cell is not None else (None, None)


def _text(eui: Eui64 | None) -> str:
    return (eui or Eui64(_NO_IDENTIFIER)).hyphenated
