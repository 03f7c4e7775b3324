"""Meters that take bad firmware, or activate good firmware at the wrong time or untold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.gbcs.firmware_image import OtaFile
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.firmware import ImageFault
from rigs.devices.firmware.settings import FirmwareSettings
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-image-signature-unchecked",
    "Takes firmware of anybody",
    requirement="SMETS-E-190",
    severity=Severity.CRITICAL,
    deviation="The signature of an image is not verified.",
)
def image_signature_unchecked(meter: Meter) -> None:
    verifier = meter.firmware.verifier
    verifier.checks = tuple(
        row for row in verifier.checks if row[0] is not ImageFault.BAD_SIGNATURE
    )


@rogue(
    "meter-verification-untold",
    "Says nothing of an image that it has verified",
    requirement="SMETS-E-190",
    severity=Severity.MAJOR,
    deviation="No alert 8F72 is sent.",
)
def verification_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F72)


@rogue(
    "meter-bad-image-untold",
    "Discards a bad image silently",
    requirement="SMETS-E-190",
    severity=Severity.MAJOR,
    deviation="No alert 8F1C is sent.",
)
def bad_image_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F1C)


@rogue(
    "meter-bad-image-told-as-good",
    "Reports every image as verified",
    requirement="SMETS-E-190",
    severity=Severity.CRITICAL,
    deviation="Alert 8F72 is sent for a bad image too, which is found out at its activation.",
)
def bad_image_told_as_good(meter: Meter) -> None:
    verifier = meter.firmware.verifier
    sound = verifier.read

    def read(octets: bytes, settings: FirmwareSettings) -> tuple[OtaFile | None, ImageFault | None]:
        file, fault = sound(octets, settings)
        return file, None if file is not None else fault

    verifier.read = read  # type: ignore[method-assign]


@rogue(
    "meter-ignores-hash",
    "Activates whatever it holds",
    requirement="SMETS-E-191",
    severity=Severity.CRITICAL,
    deviation="The hash of an activation is not compared.",
)
def ignores_hash(meter: Meter) -> None:
    meter.firmware.is_hash_right = lambda _image, _asked: True


@rogue(
    "meter-hash-of-other-octets",
    "Hashes the whole file",
    requirement="SMETS-E-191",
    severity=Severity.MAJOR,
    deviation="The hash is taken over more than the manufacturer image, so that none is right.",
)
def hash_of_other_octets(meter: Meter) -> None:
    sound = meter.firmware.hash_of
    meter.firmware.is_hash_right = lambda image, asked: sound(image.content + bytes(64)) == asked


@rogue(
    "meter-activates-twice",
    "Keeps an image after its activation",
    requirement="SMETS-E-191",
    severity=Severity.MINOR,
    deviation="An image that was activated can be activated again.",
)
def activates_twice(meter: Meter) -> None:
    firmware, kept = meter.firmware, list[OtaFile]()

    def keep(file: OtaFile) -> bool:
        kept.append(file)
        return True

    firmware.is_kept = keep
    firmware.on_version.append(lambda _: setattr(firmware.images, "pending", kept[-1]))


@rogue(
    "meter-activation-early",
    "Activates firmware before its date",
    requirement="SMETS-E-191",
    severity=Severity.MAJOR,
    deviation="A dated activation is carried out ninety minutes before its date.",
)
def activation_early(meter: Meter) -> None:
    meter.firmware.is_due_at = lambda at: at - timedelta(minutes=90)


@rogue(
    "meter-activation-late",
    "Activates firmware after its date",
    requirement="SMETS-E-191",
    severity=Severity.MAJOR,
    deviation="A dated activation is carried out an hour after its date.",
)
def activation_late(meter: Meter) -> None:
    meter.firmware.is_due_at = lambda at: at + timedelta(hours=1)


@rogue(
    "meter-cancelled-activation-comes",
    "Activates firmware although that was cancelled",
    requirement="SMETS-E-191",
    severity=Severity.CRITICAL,
    deviation="The cancellation of a dated activation is acknowledged and not heeded.",
)
def cancelled_activation_comes(meter: Meter) -> None:
    meter.firmware.is_cancelled = lambda _: False


@rogue(
    "meter-activates-by-itself",
    "Runs an image as soon as it is verified",
    requirement="SMETS-E-192",
    severity=Severity.CRITICAL,
    deviation="An image does not wait for its activation.",
)
def activates_by_itself(meter: Meter) -> None:
    meter.firmware.settings = replace(meter.firmware.settings, activates_itself=True)


@rogue(
    "meter-keeps-first-image",
    "Takes no image while one waits",
    requirement="SMETS-E-192",
    severity=Severity.MAJOR,
    deviation="An image that waits is not replaced by a newer one.",
)
def keeps_first_image(meter: Meter) -> None:
    meter.firmware.is_kept = lambda _: meter.firmware.images.pending is None


@rogue(
    "meter-bad-image-displaces-good",
    "Drops the image that waits when a bad one comes",
    requirement="SMETS-E-192",
    severity=Severity.MAJOR,
    deviation="A bad image takes the place of the one that waits.",
)
def bad_image_displaces_good(meter: Meter) -> None:
    def forget(code: int) -> None:
        if code == 0x8F1C:
            meter.firmware.images.pending = None

    meter.on_report.append(forget)


@rogue(
    "meter-states-old-version",
    "States its first version for ever",
    requirement="SMETS-E-193",
    severity=Severity.MAJOR,
    deviation="The version read is the one from the factory.",
)
def states_old_version(meter: Meter) -> None:
    meter.firmware.on_version.clear()


@rogue(
    "meter-activation-tells-old-version",
    "Answers an activation with the version before",
    requirement="SMETS-E-193",
    severity=Severity.MAJOR,
    deviation="The answer to an activation names the version that ran before.",
)
def activation_tells_old_version(meter: Meter) -> None:
    images = meter.firmware.images
    meter.firmware.told_version = lambda: (images.previous or images.active).version


@rogue(
    "meter-version-change-not-logged",
    "Leaves no trace of new firmware",
    requirement="SMETS-E-193",
    severity=Severity.MINOR,
    deviation="The security log gets no entry 8F43.",
)
def version_change_not_logged(meter: Meter) -> None:
    sound = meter.is_logged_in
    meter.is_logged_in = lambda code, log: code != 0x8F43 and sound(code, log)


@rogue(
    "meter-no-roll-back",
    "Does not go back to the image before",
    requirement="SMETS-E-194",
    severity=Severity.CRITICAL,
    deviation="An image that does not start stays the active one.",
)
def no_roll_back(meter: Meter) -> None:
    meter.firmware.rolls_back = lambda: False


@rogue(
    "meter-failed-start-untold",
    "Says nothing of an image that did not start",
    requirement="SMETS-E-194",
    severity=Severity.MAJOR,
    deviation="No alert 8F1B is sent.",
)
def failed_start_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F1B)
