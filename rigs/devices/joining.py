"""Joining and unjoining devices that are no hubs (CS03, CS04), and reading with whom (CS07).

Joining comes in three methods. A meter and its display or auxiliary controller (A) and a gas
meter and a display (C) agree on keys with each other; where one side only serves what it has
(B), nothing is agreed. The message code decides which methods a command may name, the pair of
device types which of them there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateKind, CertificateUsage
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from rigs.devices.credentials import read_certificate
from rigs.devices.device_type import DeviceType
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.peers import DeviceLog, Peer

JOINED, NOT_JOINED, UNJOINED, NOT_UNJOINED = 0x8F49, 0x8F48, 0x8F4B, 0x8F4A
JOIN_A_OF_METER, JOIN_A_OF_OTHERS, JOIN_B, JOIN_C = 0x000D, 0x00AB, 0x000E, 0x00AF
UNJOIN_A_OR_C, UNJOIN_B, READ = 0x000F, 0x0010, 0x0013

METHODS: Mapping[int, str] = {
    JOIN_A_OF_METER: "methodAInitiator",
    JOIN_A_OF_OTHERS: "methodAResponder",
    JOIN_B: "methodB",
    JOIN_C: "methodC",
}
"""Message code -> the method and role that a command under it names."""

_ESME, _GSME, _GPF = DeviceType.ESME, DeviceType.GSME, DeviceType.GPF
_PPMID, _HCALCS, _TYPE_2 = DeviceType.PPMID, DeviceType.HCALCS, DeviceType.TYPE_2

PAIRS: Mapping[DeviceType, Mapping[int, tuple[DeviceType, ...]]] = {
    _ESME: {JOIN_A_OF_METER: (_HCALCS, _PPMID), JOIN_B: (_TYPE_2,)},
    _GSME: {JOIN_B: (_GPF,), JOIN_C: (_PPMID,)},
    _GPF: {JOIN_B: (_GSME, _PPMID, _TYPE_2)},
    _PPMID: {JOIN_A_OF_OTHERS: (_ESME,), JOIN_C: (_GSME,)},
    _HCALCS: {JOIN_A_OF_OTHERS: (_ESME,)},
}
"""Own type -> message code -> whom it joins. Inferred but for the pairs of national messages: ESME
with HCALCS, HCALCS and PPMID with ESME, GSME and PPMID with each other, GSME with GPF. No text
says how a SAPC is joined to anything."""


class Joins:
    """The handlers. Hooks: `agree` is the key agreement with the partner, which gives a response
    code where it fails; `is_written` whether the log takes an entry, `is_readable` whether it can
    be read; `unjoin_partner` what else goes with an entry.
    """

    def __init__(self, device: GbcsDevice, device_type: DeviceType, log: DeviceLog) -> None:
        self._device = device
        self._pairs = PAIRS.get(device_type, {})
        self.log = log
        self.agree: Callable[[Peer], str | None] = lambda _: None
        self.is_written: Callable[[Peer], bool] = lambda _: True
        self.is_removed: Callable[[Eui64], bool] = lambda _: True
        self.is_readable: Callable[[], bool] = lambda: True
        self.judge_certificate: Callable[[int, Peer], bool] = _has_right_certificate

    @property
    def handlers(self) -> Mapping[int, Callable[[Accepted], bytes]]:
        """None for a type of device that joins nothing."""
        if not self._pairs:
            return {}
        is_paired = self._pairs.keys() - {JOIN_B}
        unjoins = [UNJOIN_A_OR_C] if is_paired else []
        unjoins += [UNJOIN_B] if JOIN_B in self._pairs else []
        return {
            **dict.fromkeys(self._pairs, self.join),
            **dict.fromkeys(unjoins, self.unjoin),
            READ: self.read,
        }

    def join(self, command: Accepted) -> bytes:
        """CS03A1, CS03A2, CS03B, CS03C."""
        code = command.use_case.code
        value = codec.decode_message(command.message).value
        result = self._join(code, value)
        self._device.report(JOINED if result == "success" else NOT_JOINED)
        return codec.build(code, Cra.RESPONSE, result)

    def unjoin(self, command: Accepted) -> bytes:
        """CS04AC, CS04B."""
        device_id = Eui64.from_text(codec.decode_message(command.message).value)
        result = self._unjoin(device_id)
        self._device.report(UNJOINED if result == "success" else NOT_UNJOINED)
        return codec.build(command.use_case.code, Cra.RESPONSE, result)

    def read(self, command: Accepted) -> bytes:
        """CS07."""
        codec.decode_message(command.message)
        if not self.is_readable():
            return codec.build(READ, Cra.RESPONSE, {"result": "readFailure"})
        entries = [
            {"device_id": peer.device_id.hyphenated, "device_type": peer.device_type.value}
            for peer in self.log.peers
        ]
        return codec.build(READ, Cra.RESPONSE, {"result": "success", "entries": entries})

    def _join(self, code: int, value: Any) -> str:
        method = value["method_and_role"]
        if method != METHODS[code]:
            return (
                "invalidMessageCodeForJoinMethodAndRole"
                if method in METHODS.values()
                else "invalidJoinMethodAndRole"
            )
        device_type = next((one for one in DeviceType if one == value["device_type"]), None)
        if device_type is None or device_type not in self._pairs[code]:
            return "invalidJoinMethodAndRole"
        form = value.get("certificate")
        peer = Peer(
            device_id=Eui64.from_text(value["device_id"]),
            device_type=device_type,
            certificate=read_certificate(bytes.fromhex(form["der"])) if form is not None else None,
        )
        if (code == JOIN_C) != (form is not None) or not self.judge_certificate(code, peer):
            return "invalidOrMissingCertificate"
        return self._enter(peer)

    def _enter(self, peer: Peer) -> str:
        """Joining once more is success and agrees on new keys (inferred)."""
        known = self.log.find(peer.device_id)
        if known is not None and known.device_type is not peer.device_type:
            return "incompatibleWithExistingEntry"
        if known is None and not self.log.has_room_for(peer.device_type):
            return "deviceLogFull"
        failure = self.agree(peer)
        if failure is not None:
            return failure
        if not self.is_written(peer):
            return "writeFailure"
        self.log.enter(peer)
        if peer.certificate is not None:
            self._device.credentials.know_peer(peer.device_id, peer.certificate.public_key)
        return "success"

    def _unjoin(self, device_id: Eui64) -> str:
        if self.log.find(device_id) is None:
            return "notInDeviceLog"
        if not self.is_removed(device_id):
            return "otherFailure"
        self.log.remove(device_id)
        self._device.credentials.forget_peer(device_id)
        return "success"


def _has_right_certificate(code: int, peer: Peer) -> bool:
    """Method C: of the other device itself, for key agreement; there is none in the others."""
    if code != JOIN_C:
        return True
    certificate = peer.certificate
    return (
        certificate is not None
        and certificate.kind is CertificateKind.DEVICE
        and certificate.eui == peer.device_id
        and certificate.usage is CertificateUsage.KEY_AGREEMENT
    )
