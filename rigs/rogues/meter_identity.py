"""Meters that are not what they say."""

from __future__ import annotations

from assay.gbcs.dlms.access import Obis, Op
from assay.gbcs.dlms.data import octet_string
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_VARIANT = "0-0:96.1.2.255"
_VARIANT_NAME = bytes(Obis.from_text(_VARIANT))
_REQUIREMENT = "SMETS-E-034"


@rogue(
    "meter-variant-writable",
    "Lets its variant be written",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="The variant is set by whoever may send a command, under any use case.",
)
def variant_writable(meter: Meter) -> None:
    def write(call: Call) -> None:
        meter.objects.put(Op.GET, 1, _VARIANT, 2, lambda _: call.data)

    sound = meter.objects.belongs
    meter.objects.belongs = lambda call: bytes(call.item.obis) == _VARIANT_NAME or sound(call)
    meter.objects.put(Op.SET, 1, _VARIANT, 2, write)


@rogue(
    "meter-variant-always-single",
    "Calls every meter a single-element one",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="The variant is read as A.",
)
def variant_always_single(meter: Meter) -> None:
    meter.objects.put(Op.GET, 1, _VARIANT, 2, lambda _: octet_string(b"A"))


@rogue(
    "meter-variant-of-next-type",
    "States the next letter",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="A single-element meter states B.",
)
def variant_of_next_type(meter: Meter) -> None:
    letter = chr(ord(meter.variant) + 1)
    meter.objects.put(Op.GET, 1, _VARIANT, 2, lambda _: octet_string(letter.encode()))
