"""A device's handler of credential updates: all cells of a command change, or none does.

At once, or at a time that the command names: then the response accepts, and an alert with the
outcome follows (00CB, 0124; 8F66 done, 8F67 not). What is checked is checked when it is carried
out. That a certificate without a good path keeps the whole old set is inferred (E-203); so is
that after an update all cells of a role are one party's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.certificates import CertificateKind
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role
from rigs.devices.agenda import Agenda
from rigs.devices.asn1_alerts import asn1_alert, asn1_time
from rigs.devices.credentials import cell_of
from rigs.devices.dated import CARRIED_OUT, NOT_CARRIED_OUT, RANK
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.power import RESOLUTION
from rigs.devices.security.path import Path
from rigs.devices.security.update import (
    CellOutcome,
    CredentialUpdate,
    Floor,
    Replacement,
    UpdateOutcome,
)

UPDATED = 0x8F70
LOAD_CONTROL_CODES = frozenset((0x0125, 0x0126))
ALERT_MESSAGE_CODE, LOAD_CONTROL_ALERT_MESSAGE_CODE = 0x00CB, 0x0124
_ROOT = CellName(Role.ROOT, CellKey.SIGNATURE)
OnReplaced = Callable[[Role, Eui64, Eui64], None]
"""(role, who held it, who holds it now): a party lost its place on the device."""


class CredentialUpdates:
    """Hooks: `judge` gives the status of one replacement, `mixed_roles` those that may not be
    replaced as asked, `is_committed` says whether an outcome changes cells, `is_replaced` whether
    this cell does, `apply_floor` what a floor does, `is_due_at` when a dated one is carried out,
    `is_dropped` whether a cancellation takes one away.
    """

    def __init__(self, device: GbcsDevice, agenda: Agenda) -> None:
        self._device = device
        self._credentials = device.credentials
        self._waiting: dict[int, CredentialUpdate] = {}
        self.judge: Callable[[Replacement, CredentialUpdate], CredentialsStatus] = self._judge
        self.mixed_roles: Callable[[CredentialUpdate], frozenset[Role]] = self._mixed_roles
        self.is_committed: Callable[[UpdateOutcome], bool] = lambda outcome: outcome.is_success
        self.is_replaced: Callable[[CellName], bool] = lambda _: True
        self.apply_floor: Callable[[Floor], None] = self._apply_floor
        self.is_due_at: Callable[[datetime], datetime] = lambda at: at
        self.is_dropped: Callable[[CredentialUpdate], bool] = lambda _: True
        self.on_replaced: list[OnReplaced] = []
        self._duty = agenda.add(RANK, self._next_due, self._carry_out)

    @property
    def pending(self) -> tuple[CredentialUpdate, ...]:
        return tuple(self._waiting.values())

    def answer(self, command: Accepted) -> bytes:
        """The handler of every mode. A date in the past is carried out at once, and reported as
        any other (inferred)."""
        update = CredentialUpdate.of(command, self._credentials.anchors)
        if update.is_cancellation:
            if self.is_dropped(update):
                self._waiting.pop(update.message_code, None)
            self._duty.changed()
            return _response(update.message_code, None)
        if update.at is None:
            return _response(update.message_code, self.carry_out(update))
        now = self._device.now()
        self._waiting[update.message_code] = update
        self._duty.changed()
        if update.at <= now:
            self._device.after_answer(lambda: self._carry_out(now))
        return _response(update.message_code, None)

    def carry_out(self, update: CredentialUpdate) -> UpdateOutcome:
        outcome = UpdateOutcome(update=update, cells=tuple(self._outcomes(update)))
        if self.is_committed(outcome):
            self._commit(outcome)
        return outcome

    # What is checked.

    def _outcomes(self, update: CredentialUpdate) -> Iterator[CellOutcome]:
        cells = self._credentials.anchors.cells
        mixed = self.mixed_roles(update)
        for one in update.replacements:
            name, status = one.name, self.judge(one, update)
            if name is not None and name.role in mixed and status is CredentialsStatus.SUCCESS:
                status = CredentialsStatus.OTHER
            before = cells.get(name) if name is not None else None
            yield CellOutcome(replacement=one, status=status, before=before)

    def _judge(self, one: Replacement, update: CredentialUpdate) -> CredentialsStatus:
        cells = self._credentials.anchors.cells
        if one.name is None or one.name not in cells:
            return CredentialsStatus.TRUST_ANCHOR_NOT_FOUND
        if one.name.role not in update.mode.targets or _is_named_twice(one, update):
            return CredentialsStatus.OTHER
        if one.certificate is None:
            return CredentialsStatus.BAD_CERTIFICATE
        path = Path(
            root=cells.get(_ROOT),
            authorities=update.authorities,
            at=self._device.now() if update.is_time_checked else None,
            believes_new_root=update.mode.authorising is Role.ROOT,
        )
        new_root = None if one.name.role is Role.ROOT else _new_root(path, update)
        return (replace(path, root=new_root) if new_root else path).status(
            one.name, one.certificate
        )

    def _mixed_roles(self, update: CredentialUpdate) -> frozenset[Role]:
        """Roles whose cells would be of two parties, were all of the command carried out."""
        after = dict(self._credentials.anchors.cells)
        for one in update.replacements:
            certificate = one.certificate
            if one.name not in after or certificate is None or certificate.key_identifier is None:
                continue
            if certificate.kind is CertificateKind.ORGANISATION:
                after[one.name] = cell_of(certificate)
        parties: dict[Role, set[Eui64]] = {}
        for name, cell in after.items():
            parties.setdefault(name.role, set()).add(cell.eui)
        return frozenset(role for role, euis in parties.items() if len(euis) > 1)

    # What changes.

    def _commit(self, outcome: UpdateOutcome) -> None:
        cells = {
            cell.replacement.name: cell_of(cell.replacement.certificate)
            for cell in outcome.cells
            if cell.status is CredentialsStatus.SUCCESS
            and cell.replacement.name is not None
            and cell.replacement.certificate is not None
            and self.is_replaced(cell.replacement.name)
        }
        before = {name.role: self._credentials.party(name.role) for name in cells}
        self._credentials.replace(cells)
        for floor in outcome.update.floors:
            self.apply_floor(floor)
        self._device.report(UPDATED)
        for role, old in before.items():
            new = self._credentials.party(role)
            if old is not None and new is not None and old != new:
                self._party_changed(role, old, new)

    def _apply_floor(self, floor: Floor) -> None:
        """A floor becomes the stored counter, lower or higher (E-201)."""
        anchors = self._credentials.anchors
        role = next((name.role for name in anchors.cells if name.role == floor.role), None)
        if role is None:
            return
        if floor.counter is not None:
            anchors.counters[role] = floor.counter
        if floor.prepayment is not None and role is Role.SUPPLIER:
            anchors.prepayment_counter = floor.prepayment

    def _party_changed(self, role: Role, old: Eui64, new: Eui64) -> None:
        """What the party that has gone had dated is not carried out any more (inferred)."""
        self._waiting = {
            code: one
            for code, one in self._waiting.items()
            if one.mode.authorising is not role or one.party != old
        }
        self._duty.changed()
        for callback in self.on_replaced:
            callback(role, old, new)

    # Dated ones.

    def _next_due(self, after: datetime) -> datetime | None:
        dues = (
            max(self.is_due_at(one.at), after + RESOLUTION)
            for one in self._waiting.values()
            if one.at is not None
        )
        return min(dues, default=None)

    def _carry_out(self, until: datetime) -> None:
        for code, one in tuple(self._waiting.items()):
            if one.at is None or self.is_due_at(one.at) > until or code not in self._waiting:
                continue
            del self._waiting[code]
            outcome = self.carry_out(one)
            self._tell(outcome, one.at)

    def _tell(self, outcome: UpdateOutcome, at: datetime) -> None:
        update = outcome.update
        code = CARRIED_OUT if outcome.is_success else NOT_CARRIED_OUT
        is_load_control = update.message_code in LOAD_CONTROL_CODES
        message_code = LOAD_CONTROL_ALERT_MESSAGE_CODE if is_load_control else ALERT_MESSAGE_CODE
        payload = codec.build(
            message_code,
            Cra.ALERT,
            {
                "alert_code": f"0x{code:04X}",
                "execution_time": asn1_time(at),
                "outcome": outcome.value(),
            },
        )
        self._device.alerts.send_message(
            code,
            lambda recipient, counter: asn1_alert(
                message_code, self._device.device_id, recipient, counter, payload
            ),
            update.party,
        )


def _response(message_code: int, outcome: UpdateOutcome | None) -> bytes:
    value: dict[str, Any] = {"accepted": None}
    if outcome is not None:
        value["outcome"] = outcome.value()
    return codec.build(message_code, Cra.RESPONSE, value)


def _new_root(path: Path, update: CredentialUpdate) -> Cell | None:
    """A root that the same command brings, if it is believed: the others may hang on it."""
    for one in update.replacements:
        if one.name != _ROOT or one.certificate is None:
            continue
        if path.status(_ROOT, one.certificate) is CredentialsStatus.SUCCESS:
            return cell_of(one.certificate)
    return None


def _is_named_twice(one: Replacement, update: CredentialUpdate) -> bool:
    return sum(other.name == one.name for other in update.replacements) > 1
