"""Meters that obey parties that they should not, or do not obey those that they should."""

from __future__ import annotations

from typing import Any

from assay.gbcs.acceptance import Check, Refusal
from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.security.update import CredentialUpdate, Replacement
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-obeys-former-supplier",
    "Obeys a supplier that has lost it",
    requirement="SMETS-E-202",
    severity=Severity.CRITICAL,
    deviation="Commands of a party that was replaced are carried out, whoever signed them.",
)
def obeys_former_supplier(meter: Meter) -> None:
    former: set[Eui64] = set()
    sound = dict(meter.checks)

    def remember(_role: Role, old: Eui64, _new: Eui64) -> None:
        former.add(old)

    def originator(seen: Any) -> tuple[Refusal, str] | None:
        if seen.message.originator not in former:
            return sound["originator"](seen)
        seen.role = Role.SUPPLIER
        return None

    def signature(seen: Any) -> tuple[Refusal, str] | None:
        return None if seen.message.originator in former else sound["signature"](seen)

    lenient: dict[str, Check] = {"originator": originator, "signature": signature}
    meter.checks = tuple((name, lenient.get(name, check)) for name, check in meter.checks)
    meter.security.updates.on_replaced.append(remember)


@rogue(
    "meter-keeps-first-operator",
    "Keeps the first network operator for good",
    requirement="SMETS-E-200",
    severity=Severity.MAJOR,
    deviation="A replacement of the network operator's certificates fails.",
)
def keeps_first_operator(meter: Meter) -> None:
    sound = meter.security.updates.judge

    def judge(one: Replacement, update: CredentialUpdate) -> CredentialsStatus:
        is_operators = one.name is not None and one.name.role is Role.NETWORK_OPERATOR
        return CredentialsStatus.TRUST_ANCHOR_NOT_FOUND if is_operators else sound(one, update)

    meter.security.updates.judge = judge
