"""A device's firmware: images received, verified, activated (CS06), rolled back.

An image comes whole or in blocks, is verified when it is complete (8F72 or 8F1C, with its hash),
and waits for its activation: at once, or at a time that the command names, which an alert (00CA)
then reports. The stored image is hashed again before it runs. What a device knows otherwise
(registers, logs, credentials, calendars) is no part of an image, so nothing of it is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.envelope import Cra
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.firmware_image import OtaFile, image_hash
from assay.gbcs.identifiers import Eui64
from rigs.devices.agenda import Agenda
from rigs.devices.asn1_alerts import asn1_alert, asn1_time
from rigs.devices.dated import CARRIED_OUT, NOT_CARRIED_OUT, RANK
from rigs.devices.firmware.images import Image, ImageStore
from rigs.devices.firmware.reception import Reception
from rigs.devices.firmware.settings import FirmwareSettings
from rigs.devices.firmware.verification import ImageFault, ImageVerifier
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.power import RESOLUTION

ACTIVATE, READ_VERSION = 0x0012, 0x0129
VERIFIED, NOT_VERIFIED, NOT_VERIFIED_AT_POWER_ON = 0x8F72, 0x8F1C, 0x8F1B
VERSION_CHANGED, VERSION_TOLD = 0x8F43, 0x8F8B
DATED_MESSAGE_CODE, SELF_ACTIVATED_MESSAGE_CODE = 0x00CA, 0x012B
CANCELLED = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_SUCCESS, _NO_IMAGE, _MISMATCH, _FAILURE = (
    "success",
    "noImageHeld",
    "hashMismatch",
    "activationFailure",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """What one command asks for; `at` is None for now."""

    image_hash: bytes
    counter: int
    party: Eui64
    at: datetime | None


class Firmware:
    """Hooks: `verifier.checks` of what arrives, `is_kept` an image that verified, `hash_of` the
    stored image, `is_hash_right` at activation, `can_run` and `boots` (the hardware says no),
    `told_version` in the answer, `is_cancelled` by the date that says so, `is_intact` at power-on
    and `rolls_back` after it, `read_version` (CS08), `restart` for the time without metering,
    `is_due_at` for dated activations. `on_version` hears which version runs.
    """

    def __init__(self, device: GbcsDevice, agenda: Agenda, settings: FirmwareSettings) -> None:
        self._device = device
        self.settings = settings
        self.images = ImageStore(active=Image.from_factory(settings.version))
        self._waiting: Activation | None = None
        self.reception = Reception(self.images, self._received)
        self.verifier = ImageVerifier(device.credentials.anchors)
        self.hash_of: Callable[[bytes], bytes] = image_hash
        self.is_hash_right: Callable[[Image, bytes], bool] = lambda image, asked: (
            self.hash_of(image.content) == asked
        )
        self.can_run: Callable[[Image], bool] = lambda _: True
        self.is_intact: Callable[[Image], bool] = lambda image: (
            self.hash_of(image.content) == image.digest
        )
        self.boots: Callable[[Image], bool] = lambda image: image.is_startable
        self.rolls_back: Callable[[], bool] = self.images.roll_back
        self.read_version: Callable[[], bytes | None] = lambda: self.version
        self.is_due_at: Callable[[datetime], datetime] = lambda at: at
        self.told_version: Callable[[], bytes] = lambda: self.version
        self.is_kept: Callable[[OtaFile], bool] = lambda _: True
        self.is_cancelled: Callable[[Activation], bool] = lambda one: one.at == CANCELLED
        self.restart: Callable[[timedelta], None] = lambda _: self.power_on()
        self.on_version: list[Callable[[bytes], None]] = []
        self.last_fault: ImageFault | None = None
        self._duty = agenda.add(RANK, self._next_due, self._carry_out)
        device.serve(self.handlers)

    @property
    def version(self) -> bytes:
        """Four octets: that of the image which runs."""
        return self.images.active.version

    @property
    def pending(self) -> Activation | None:
        return self._waiting

    @property
    def handlers(self) -> Mapping[int, Callable[[Accepted], bytes]]:
        """CS06 unless it activates itself, CS08 where the settings say so."""
        handlers: dict[int, Callable[[Accepted], bytes]] = {}
        if not self.settings.activates_itself:
            handlers[ACTIVATE] = self.activate
        if self.settings.tells_version:
            handlers[READ_VERSION] = self.tell_version
        return handlers

    # Receiving.

    def receive_image(self, octets: bytes) -> None:
        """A whole OTA file."""
        self.reception.whole(octets)

    def receive_block(self, offset: int, block: bytes, total: int) -> int:
        """One block of an OTA file of `total` octets; the offset that is wanted next."""
        return self.reception.block(offset, block, total)

    @property
    def wanted_block(self) -> int | None:
        """Offset of the next block of the download under way; None where none is."""
        return self.reception.wanted_block

    @property
    def on_octets(self) -> list[Callable[[int], None]]:
        return self.reception.on_octets

    def _received(self, octets: bytes) -> None:
        file, fault = self.verifier.read(octets, self.settings)
        self.last_fault = fault
        if file is None or fault is not None:
            digest = image_hash(file.image.manufacturer_image if file is not None else octets)
            self._tell_verified(NOT_VERIFIED, digest)
            return
        if self.is_kept(file):
            self.images.pending = file
        self._tell_verified(VERIFIED, image_hash(file.image.manufacturer_image))
        if self.settings.activates_itself:
            self._activate_itself(file)

    def _tell_verified(self, code: int, digest: bytes) -> None:
        message_code = self.settings.alert_message_code
        if message_code is None:
            self._device.security_log.write(code)
            return
        self._device.report(code, octet_string(digest), message_code=message_code)

    # Activating.

    def activate(self, command: Accepted) -> bytes:
        """CS06. A date in the past is carried out at once, and reported as any other (inferred)."""
        value = codec.decode_message(command.message).value
        if value["originator_counter"] != command.message.counter:
            raise RemoteGbcsError(
                0,
                "originator counter",
                f"that of the header, {command.message.counter}",
                str(value["originator_counter"]),
            )
        time = value.get("execution_time")
        activation = Activation(
            image_hash=bytes.fromhex(value["image_hash"]),
            counter=command.message.counter,
            party=command.party,
            at=datetime.fromisoformat(time) if time is not None else None,
        )
        if activation.at is None:
            return _answer({"outcome": self._outcome(self._run(activation))})
        if self.is_cancelled(activation):
            self._waiting = None
        elif activation.at != CANCELLED:
            self._waiting = activation
        self._duty.changed()
        now = self._device.now()
        if activation.at <= now:
            self._device.after_answer(lambda: self._carry_out(now))
        return _answer({"accepted": None})

    def forget_activation(self) -> None:
        """The party behind the activation that waits has gone."""
        self._waiting = None
        self._duty.changed()

    def _run(self, activation: Activation) -> str:
        """The image must have been signed by the party that activates it, or by who it was then:
        it is verified once more with the key that is held now (inferred)."""
        file = self.images.pending
        if file is None:
            return _NO_IMAGE
        image = Image.of(file)
        if not self.is_hash_right(image, activation.image_hash):
            return _MISMATCH
        is_downgrade = image.version < self.version and not self.settings.allows_downgrade
        is_sound = self.verifier.fault_of(file, self.settings) is None
        if is_downgrade or not is_sound or not self.can_run(image):
            return _FAILURE
        self._change(image)
        return _SUCCESS

    def _change(self, image: Image) -> None:
        self.images.activate(image)
        self._version_changed()
        self._device.after_answer(lambda: self.restart(self.settings.downtime))

    def _version_changed(self) -> None:
        self._device.report(VERSION_CHANGED)
        for callback in self.on_version:
            callback(self.version)

    def _outcome(self, result: str) -> dict[str, Any]:
        return {"result": result, "firmware_version": self.told_version().hex()}

    # Dated ones.

    def _next_due(self, after: datetime) -> datetime | None:
        one = self._waiting
        if one is None or one.at is None:
            return None
        return max(self.is_due_at(one.at), after + RESOLUTION)

    def _carry_out(self, until: datetime) -> None:
        one = self._waiting
        if one is None or one.at is None or self.is_due_at(one.at) > until:
            return
        self._waiting = None
        result = self._run(one)
        value = {
            "execution_time": asn1_time(one.at),
            "originator_counter": one.counter,
            "outcome": self._outcome(result),
        }
        code = CARRIED_OUT if result == _SUCCESS else NOT_CARRIED_OUT
        self._tell(code, DATED_MESSAGE_CODE, value, one.party)
        self._device.finish()

    def _activate_itself(self, file: OtaFile) -> None:
        """The broker is told (CS09), for it answers for such a device."""
        image = Image.of(file)
        is_run = self.can_run(image)
        if is_run:
            self._change(image)
        value = {
            "time": asn1_time(self._device.now()),
            "firmware_version": self.version.hex(),
            "result": _SUCCESS if is_run else "failure",
        }
        self._tell(VERSION_TOLD, SELF_ACTIVATED_MESSAGE_CODE, value, None)
        self._device.finish()

    def _tell(
        self, code: int, message_code: int, value: dict[str, Any], party: Eui64 | None
    ) -> None:
        payload = codec.build(message_code, Cra.ALERT, {"alert_code": f"0x{code:04X}", **value})
        device_id = self._device.device_id
        self._device.alerts.send_message(
            code,
            lambda recipient, counter: asn1_alert(
                message_code, device_id, recipient, counter, payload
            ),
            party,
        )

    # Starting.

    def power_on(self) -> None:
        """The image is verified before it runs; a bad one gives way to the one before (E-194)."""
        image = self.images.active
        if self.is_intact(image) and self.boots(image):
            return
        self._device.report(NOT_VERIFIED_AT_POWER_ON)
        if self.rolls_back():
            self._version_changed()

    def tell_version(self, command: Accepted) -> bytes:
        """CS08."""
        codec.decode_message(command.message)
        version = self.read_version()
        value = {
            "firmware_version": (version or bytes(4)).hex(),
            "result": _SUCCESS if version is not None else "failure",
        }
        return codec.build(READ_VERSION, Cra.RESPONSE, value)


def _answer(value: dict[str, Any]) -> bytes:
    return codec.build(ACTIVATE, Cra.RESPONSE, value)
