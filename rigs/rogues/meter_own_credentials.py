"""Meters that change keys and certificates of their own wrongly."""

from __future__ import annotations

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.security.own_keys import UPDATE
from rigs.rogues.meter_credentials import unlogged
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-new-key-never-used",
    "Acknowledges a certificate for its new key and keeps the old key",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="The key pair in use is never changed.",
)
def new_key_never_used(meter: Meter) -> None:
    meter.security.own_keys.change = lambda _certificate, _key: True


@rogue(
    "meter-takes-any-own-certificate",
    "Answers success to any certificate for itself",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A certificate for its own key is not compared with the key, nor with its identity.",
)
def takes_any_own_certificate(meter: Meter) -> None:
    def succeed(command: Accepted) -> bytes:
        return codec.build(command.use_case.code, Cra.RESPONSE, "success")

    meter.serve({UPDATE: succeed})


@rogue(
    "meter-gives-first-certificate",
    "Gives its first certificate for ever",
    requirement="SMETS-E-200",
    severity=Severity.MAJOR,
    deviation="Its certificate read back is the one from the factory.",
)
def gives_first_certificate(meter: Meter) -> None:
    first = dict(meter.credentials.certificates)
    meter.security.own_keys.provide = first.get


@rogue(
    "meter-new-key-not-logged",
    "Leaves no trace of its new key",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F4D or 8F4F.",
)
def new_key_not_logged(meter: Meter) -> None:
    unlogged(meter, 0x8F4D, 0x8F4F)


@rogue(
    "meter-failed-key-not-logged",
    "Leaves no trace of a certificate that it refuses",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F4C or 8F4E.",
)
def failed_key_not_logged(meter: Meter) -> None:
    unlogged(meter, 0x8F4C, 0x8F4E)
