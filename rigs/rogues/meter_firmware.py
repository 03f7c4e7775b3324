"""Meters that take bad firmware, lose good firmware, or lose themselves with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.firmware_image import OtaFile
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.firmware import ImageFault
from rigs.devices.firmware.settings import FirmwareSettings
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.tariff import Tariff
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
hub_rogue = planter(Subject.HUB)


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


@rogue(
    "meter-firmware-resets-register",
    "New firmware begins with a new register",
    requirement="SMETS-E-195",
    severity=Severity.CRITICAL,
    deviation="The import register starts from zero after an activation.",
)
def firmware_resets_register(meter: Meter) -> None:
    def reset(_: bytes) -> None:
        meter.register.on_power_up = lambda _energy: Decimal(0)

    meter.firmware.on_version.append(reset)


@rogue(
    "meter-firmware-forgets-tariff",
    "New firmware forgets the tariff",
    requirement="SMETS-E-195",
    severity=Severity.CRITICAL,
    deviation="No tariff is active after an activation.",
)
def firmware_forgets_tariff(meter: Meter) -> None:
    def forget(_: bytes) -> None:
        meter.tariffs.primary.operation.tariffs.active = Tariff()

    meter.firmware.on_version.append(forget)


@rogue(
    "meter-firmware-empties-cell",
    "New firmware forgets a party",
    requirement="SMETS-E-195",
    severity=Severity.CRITICAL,
    deviation="The network operator's cells are empty after an activation.",
)
def firmware_empties_cell(meter: Meter) -> None:
    anchors = meter.credentials.anchors

    def empty(_: bytes) -> None:
        for name in [name for name in anchors.cells if name.role.name == "NETWORK_OPERATOR"]:
            del anchors.cells[name]

    meter.firmware.on_version.append(empty)


@rogue(
    "meter-firmware-clears-log",
    "New firmware begins with an empty log",
    requirement="SMETS-E-195",
    severity=Severity.MAJOR,
    deviation="The security log is empty after an activation.",
)
def firmware_clears_log(meter: Meter) -> None:
    meter.firmware.on_version.append(lambda _: meter.security_log.clear())


@rogue(
    "meter-firmware-enables-supply",
    "New firmware enables the supply",
    requirement="SMETS-E-195",
    severity=Severity.CRITICAL,
    deviation="A supply that was disabled is enabled by an activation.",
)
def firmware_enables_supply(meter: Meter) -> None:
    def enable(_: bytes) -> None:
        meter.supply.enable()

    meter.firmware.on_version.append(enable)


@rogue(
    "meter-image-lost-in-outage",
    "Forgets an image that waits when the power goes",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="After a loss of power no image is held.",
)
def image_lost_in_outage(meter: Meter) -> None:
    def forget(_: datetime) -> None:
        meter.firmware.images.pending = None

    meter.power.on_lost.append(forget)


@rogue(
    "meter-activation-lost-in-outage",
    "Forgets a dated activation when the power goes",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="After a loss of power no activation waits.",
)
def activation_lost_in_outage(meter: Meter) -> None:
    meter.power.on_lost.append(lambda _: meter.firmware.forget_activation())


@rogue(
    "meter-missed-activation-dropped",
    "Drops an activation whose date it slept through",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="An activation whose date fell into a loss of power is never carried out.",
)
def missed_activation_dropped(meter: Meter) -> None:
    def drop(_since: datetime | None, _at: datetime) -> None:
        waiting = meter.firmware.pending
        if waiting is not None and waiting.at is not None and waiting.at <= meter.now():
            meter.firmware.forget_activation()

    meter.power.on_restored.insert(0, drop)


@rogue(
    "meter-outage-reverts-firmware",
    "Goes back to the firmware before when the power goes",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="After a loss of power the image before the active one runs.",
)
def outage_reverts_firmware(meter: Meter) -> None:
    def revert(since: datetime | None, _at: datetime) -> None:
        if since is not None and meter.firmware.images.roll_back():
            meter.firmware_version = meter.firmware.version

    meter.power.on_restored.append(revert)


@rogue(
    "meter-downgrade-misreported",
    "Refuses an older version, and says that it runs it",
    requirement="SMETS-E-197",
    severity=Severity.MAJOR,
    deviation="An older version is not activated, and the version read is that of the image.",
)
def downgrade_misreported(meter: Meter) -> None:
    firmware = meter.firmware
    firmware.settings = replace(firmware.settings, allows_downgrade=False)

    def keep(file: OtaFile) -> bool:
        if file.header.firmware_version < firmware.version:
            meter.firmware_version = file.header.firmware_version
        return True

    firmware.is_kept = keep


@rogue(
    "meter-long-without-metering",
    "Does not meter for five minutes while new firmware starts",
    requirement="SMETS-E-198",
    severity=Severity.MAJOR,
    deviation="Energy of the five minutes after an activation is not counted.",
)
def long_without_metering(meter: Meter) -> None:
    meter.firmware.settings = replace(meter.firmware.settings, downtime=timedelta(minutes=5))


@hub_rogue(
    "hub-forgets-image-in-outage",
    "Forgets the image that it copies when the power goes",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="An image that is being copied to a meter is lost with the power.",
)
def hub_forgets_image_in_outage(hub: Hub) -> None:
    hub.power.on_lost.append(lambda _: hub.images.forget())


@hub_rogue(
    "hub-silent-about-images",
    "Does not tell what became of an image",
    requirement="SMETS-C-009",
    severity=Severity.MAJOR,
    deviation="No alert 8F89 or 8F8A is sent.",
)
def hub_silent_about_images(hub: Hub) -> None:
    hub.images.tell = lambda _device, _version, _result: None
