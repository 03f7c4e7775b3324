"""Every use case of one device driven once well and once wrong: what came of it, in words.

What went otherwise than it should stands in `problems`, the rest is the evidence for a cell of the
document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

from assay.gbcs.catalogue import UseCase, use_cases
from assay.gbcs.dlms.access import Request, Response, decode_payload
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.trust_anchors import Role
from fixtures.use_cases.columns import COMMAND, OF_ONE_VARIANT, Column
from fixtures.use_cases.evidence import ANOTHER_VARIANT, SENT, SILENCE, Shown
from rigs.devices.device_type import DeviceType
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.payment import Mode
from tests.rigs.gsme.gas_kit import gbz, zcl
from tests.rigs.use_cases import wrong
from tests.rigs.use_cases.alert_causes import CAUSES
from tests.rigs.use_cases.answers import faults, header, is_alert_alike, language, unlike
from tests.rigs.use_cases.attempts import (
    OWN_NAME,
    Attempt,
    Exchange,
    errors,
    exchanges,
    national_alerts,
    successes,
)
from tests.rigs.use_cases.own_commands import OWN
from tests.rigs.use_cases.whole_premises import IDENTIFIERS, WholePremises

_FIRST_UPDATE, _LAST_UPDATE = 0x0100, 0x0126

NOT_CARRIED_OUT: Mapping[str, str] = {
    "ECS46c_6.14.2_CANCELLATION_ALL_OPTIONALS_SUCCESS": "its fifth controller is a switch",
    "ECS46c_6.14.2_FUTURE_DATED_ALL_OPTIONALS_ERROR": "its fifth controller is a switch",
    "ECS47Reset_7.8_SUCCESS": "its fifth controller is a switch",
}
"""National commands that the device under test answers with a failure; the fifth controller of
this bench is proportional."""
NOT_COMPARED: Mapping[str, str] = {
    "GCS17_4.8.1_NOT_FOUND": "its date lies before this meter's life, whose profile is full",
    "GCS18_4.10_SUCCESS": "its dates lie before this meter's life",
    "GCS61_4.17_SUCCESS": "its dates lie before this meter's life",
}
"""National answers with what was found at a date that the device under test does not remember; with
a device of that time `tests/rigs/gsme/test_structure_of_answers.py` compares them."""
FAILING: Mapping[int, tuple[str, str, Callable[[], Any]]] = {
    0x0013: ("security.joins", "is_readable", lambda: False),
    0x0129: ("firmware", "read_version", lambda: None),
}
"""Reads that fail with the hardware alone: the part, its hook, and what fails."""


class Demonstration:
    """`national` and `alerts`: by message code, what the set has."""

    def __init__(
        self,
        column: Column,
        national: Mapping[int, tuple[Exchange, ...]],
        alerts: Mapping[int, tuple[Message, ...]],
    ) -> None:
        self.column, self.national, self.alerts = column, national, alerts
        self.shown: dict[int, Shown] = {}
        self.problems: list[str] = []
        self.kind = DeviceType(column.device_type)
        self.premises = WholePremises(MeterVariant(self.column.variant or "A"))
        self.device = self.premises.devices[self.kind]

    def run(self) -> None:
        for cause, codes in CAUSES.get(self.kind, ()):
            self.premises.dsp.arrived.clear()
            cause(self.premises, self.kind)
            for code in codes:
                self._hear(use_cases()[code], cause.__name__)
        for code in sorted(self.device.handlers):
            row = use_cases()[code]
            if row.category == COMMAND:
                self._show(row)

    def _hear(self, row: UseCase, name: str) -> None:
        """An alert of this message code has come; it has the national structure."""
        own = self.device.device_id
        heard = [
            one
            for one in self.premises.told(Cra.ALERT)
            if one.message_code == row.code and one.originator == own
        ]
        if not heard:
            self.problems.append(f"{self.column.title}: {row.code:04X} {row.name} after {name}")
            return
        national = [one for one in self.alerts.get(row.code, ()) if is_alert_alike(heard[0], one)]
        self.shown[row.code] = Shown(success=SENT, compared=len(national))
        if self.alerts.get(row.code) and not national:
            self.problems.append(f"{self.column.title}: {row.code:04X} unlike the national alerts")

    def _show(self, row: UseCase) -> None:
        self.shown[row.code] = Shown()
        if self._is_of_another_variant(row):
            self._show_undefined(row)
            return
        prepare = PREPARED.get(row.code)
        if prepare is not None:
            prepare(self.premises)
        good, bad = self._pair(row)
        for attempt in good:
            self._carry_out(row, attempt)
            self._trust_again(row)
        self._fail(row, good[0], bad)
        self._trust_again(row)
        for exchange in errors(self.national.get(row.code, ()), self.kind):
            if language(row) == "dlms" and exchange.name not in NOT_CARRIED_OUT:
                self._fail_as(row, exchange)

    def _is_of_another_variant(self, row: UseCase) -> bool:
        variant = OF_ONE_VARIANT.get(row.code, self.column.variant)
        return self.kind is DeviceType.ESME and variant != self.column.variant

    def _pair(self, row: UseCase) -> tuple[list[Attempt], Attempt | None]:
        make = OWN.get(row.code)
        if make is not None:
            good, bad = make(self.premises, self.kind, row.code)
            return [good], bad
        national = [
            one
            for one in successes(self.national.get(row.code, ()), self.kind)
            if one.name not in NOT_CARRIED_OUT
        ]
        return national, None

    def _ask(self, attempt: Attempt) -> Message | None:
        return self.premises.answer(attempt.octets(self.premises, self.kind))

    def _carry_out(self, row: UseCase, attempt: Attempt) -> None:
        answer = self._ask(attempt)
        if answer is None:
            self._note(row, attempt, "no answer")
            return
        found = faults(row, answer, self.premises.opened)
        if found:
            self._note(row, attempt, f"answered with {found[0]}")
            return
        self._tell(row, success="own" if attempt.name == OWN_NAME else "national")
        nationals = self._nationals(row, attempt)
        if not nationals or attempt.name in NOT_COMPARED:
            return
        if unlike(row, answer, nationals):
            self._note(row, attempt, "its answer has not the national structure")
        elif attempt.national is not None and header(answer) != header(attempt.national):
            self._note(row, attempt, "its answer has not the national header")
        else:
            self._tell(row, compared=self.shown[row.code].compared + len(nationals))

    def _nationals(self, row: UseCase, attempt: Attempt) -> list[Message]:
        """The answer of the set to the same command; to any of the use case for one of our own,
        and for a component of GBZ, which may be answered with any that the set has."""
        good = [one for one in self.national.get(row.code, ()) if "_ERROR" not in one.name]
        if language(row) == "gbz" and self._is_of_proxy_or_own(good):
            return [one.response for one in good]
        if attempt.name == OWN_NAME:
            return [one.response for one in good]
        return [attempt.national] if attempt.national is not None else []

    def _is_of_proxy_or_own(self, good: list[Exchange]) -> bool:
        return any(one.command.recipient == IDENTIFIERS[self.kind] for one in good)

    def _fail(self, row: UseCase, good: Attempt, bad: Attempt | None) -> None:
        attempt = bad or wrong.with_a_foreign_item(good, self.premises, self.kind)
        if attempt is None and row.code in FAILING:
            self._fail_with_hardware(row, good)
            return
        if attempt is None:
            self._be_refused(row, good)
            return
        answer = self._ask(attempt)
        found = faults(row, answer, self.premises.opened) if answer is not None else []
        if found:
            self._tell(row, error=found[0])
        else:
            self._note(row, attempt, "no error")

    def _fail_with_hardware(self, row: UseCase, good: Attempt) -> None:
        path, hook, fail = FAILING[row.code]
        part = attrgetter(path)(self.device)
        sound = getattr(part, hook)
        setattr(part, hook, fail)
        answer = self._ask(good)
        setattr(part, hook, sound)
        found = faults(row, answer, self.premises.opened) if answer is not None else []
        self._tell(row, error=found[0] if found else "")

    def _be_refused(self, row: UseCase, good: Attempt) -> None:
        """The use case knows no error: with a wrong MAC there is no answer, and a log entry."""
        before = len(self.device.security_log.entries)
        octets = wrong.spoilt(good.octets(self.premises, self.kind))
        if self.premises.answer(octets) is not None:
            self._note(row, good, "answered with a wrong MAC")
        elif len(self.device.security_log.entries) == before:
            self._note(row, good, "refused without an entry in the log")
        else:
            self._tell(row, error=SILENCE)

    def _fail_as(self, row: UseCase, exchange: Exchange) -> None:
        """What failed in the national answer is made to fail here; the results are the same."""
        expected = decode_payload(exchange.response.payload)
        request = decode_payload(exchange.command.payload)
        assert isinstance(request, Request) and isinstance(expected, Response)
        at = next(n for n, item in enumerate(expected.items) if item.result == FAILED)
        item = request.items[at]
        place = (item.op, item.class_id, str(item.obis), item.attribute)
        try:
            sound = self.device.objects.access(*place)
        except KeyError:
            self._note(row, exchange.attempt(self.kind), "an item that the device lacks")
            return
        self.device.objects.put(*place, _fail)
        try:
            answer = self._ask(exchange.attempt(self.kind))
        finally:
            self.device.objects.put(*place, sound)
        seen = decode_payload(answer.payload) if answer is not None else None
        results = [one[:2] for one in seen.items] if isinstance(seen, Response) else []
        if results == [one[:2] for one in expected.items]:
            self._tell(row, errors_compared=self.shown[row.code].errors_compared + 1)
        else:
            self._note(row, exchange.attempt(self.kind), "not the national results of an error")

    def _show_undefined(self, row: UseCase) -> None:
        attempts, _ = self._pair(row)
        answer = self._ask(attempts[0])
        found = faults(row, answer, self.premises.opened) if answer is not None else []
        if found[:1] != ["OBJECT_UNDEFINED"]:
            self._note(row, attempts[0], f"of another variant, answered with {found[:1]}")
        self._tell(row, success=ANOTHER_VARIANT, error=found[0] if found else "")

    def _trust_again(self, row: UseCase) -> None:
        if _FIRST_UPDATE <= row.code <= _LAST_UPDATE and language(row) == "asn1":
            self.premises.trust_again(self.kind)

    def _tell(self, row: UseCase, **what: Any) -> None:
        self.shown[row.code] = replace(self.shown[row.code], **what)

    def _note(self, row: UseCase, attempt: Attempt, what: str) -> None:
        self.problems.append(
            f"{self.column.title}: {row.code:04X} {row.name}, {attempt.name}: {what}"
        )


def _fail(_: Call) -> Data:
    raise ItemError(FAILED)


# What must have happened before some use cases can be carried out.


def _short_of_electricity(premises: WholePremises) -> None:
    account, now = premises.meter.payment.account, premises.meter.now()
    account.set_mode(
        Mode.PREPAYMENT,
        now,
        emergency_credit_limit=Decimal(1_000_000),
        emergency_credit_threshold=Decimal(500_000),
        disablement_threshold=Decimal(0),
    )
    account.adjust_balance(-account.meter_balance, now)


def _offer_gas_on_credit(premises: WholePremises) -> None:
    balance = 1 << 30
    setup = zcl(
        "EmergencyCreditSetup", issuer_event_id=0, start_time=0, limit=balance, threshold=balance
    )
    mode = zcl(
        "ChangePaymentMode",
        provider_id=0,
        issuer_event_id=0,
        implementation_time=0,
        payment_control=3223,
        cut_off=0,
    )
    for code, component in ((0x006D, mode), (0x006F, setup)):
        command = Attempt(name=OWN_NAME, code=code, role=Role.SUPPLIER, payload=gbz(component))
        answer = premises.answer(command.octets(premises, DeviceType.GSME))
        assert answer is not None
        assert faults(use_cases()[code], answer, premises.opened) == []


PREPARED: Mapping[int, Callable[[WholePremises], None]] = {
    0x0020: _short_of_electricity,
    0x0070: _offer_gas_on_credit,
}


def demonstrate(column: Column, shared: Path) -> Demonstration:
    """`shared`: where the national messages are."""
    found = Demonstration(column, exchanges(shared), national_alerts(shared))
    found.run()
    return found
