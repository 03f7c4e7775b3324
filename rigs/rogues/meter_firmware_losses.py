"""Meters that lose settings, energy or the image itself with new firmware or in an outage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.firmware_image import OtaFile
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.tariff import Tariff
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


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
