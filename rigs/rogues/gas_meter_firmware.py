"""Gas meters that take bad firmware, lose good firmware, or lose themselves with it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from rigs.devices.firmware import ImageFault
from rigs.devices.gsme import GasMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR = Severity.CRITICAL, Severity.MAJOR


@rogue(
    "gas-meter-image-signature-unchecked",
    "Takes firmware of anybody",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="The signature of an image is not verified.",
)
def image_signature_unchecked(meter: Meter) -> None:
    verifier = meter.firmware.verifier
    verifier.checks = tuple(
        row for row in verifier.checks if row[0] is not ImageFault.BAD_SIGNATURE
    )


@rogue(
    "gas-meter-verification-untold",
    "Says nothing of an image that it has verified",
    requirement="SMETS-G-018",
    severity=_MAJOR,
    deviation="No alert 8F72.",
)
def verification_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F72)


@rogue(
    "gas-meter-blind-while-it-verifies",
    "Measures nothing while it verifies an image",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="For an hour from the last octet of an image on no flow is counted.",
)
def blind_while_it_verifies(meter: Meter) -> None:
    sound, until = meter.register.measure, [meter.now()]
    meter.register.measure = lambda: Decimal(0) if meter.now() < until[0] else sound()

    def begin(_octets: int) -> None:
        until[0] = meter.now() + timedelta(hours=1)
        meter.litres()

    meter.firmware.on_octets.append(begin)


@rogue(
    "gas-meter-runs-no-image",
    "Keeps its old firmware",
    requirement="SMETS-G-018",
    severity=_MAJOR,
    deviation="An activation fails, also with a sound image.",
)
def runs_no_image(meter: Meter) -> None:
    meter.firmware.can_run = lambda _: False


@rogue(
    "gas-meter-register-lost-with-its-firmware",
    "Starts its register anew with new firmware",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="From an activation on the register counts from zero.",
)
def register_lost_with_its_firmware(meter: Meter) -> None:
    sound = meter.register.volume

    def begin(_version: bytes) -> None:
        lost = sound(meter.clock.bench_time(meter.now()))
        meter.register.volume = lambda at: sound(at) - lost  # type: ignore[method-assign]

    meter.firmware.on_version.append(begin)
