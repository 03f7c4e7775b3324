"""What became of an image that the hub was to pass on: CCS08, to the broker, who sent it."""

from __future__ import annotations

from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from rigs.devices.asn1_alerts import asn1_alert, asn1_time
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.hub.images import TransferResult

MESSAGE_CODE = 0x0128
NOT_TRANSFERRED, TRANSFERRED = 0x8F89, 0x8F8A


def tell_transfer(
    hub: GbcsDevice, device_id: Eui64, version: bytes, result: TransferResult
) -> None:
    code = TRANSFERRED if result is TransferResult.SUCCESS else NOT_TRANSFERRED
    value = {
        "alert_code": f"0x{code:04X}",
        "time": asn1_time(hub.now()),
        "device_id": device_id.hyphenated,
        "firmware_version": version.hex(),
        "result": result.value,
    }
    payload = codec.build(MESSAGE_CODE, Cra.ALERT, value)
    hub.alerts.send_message(
        code,
        lambda party, counter: asn1_alert(MESSAGE_CODE, hub.device_id, party, counter, payload),
        hub.credentials.party(Role.ACCESS_CONTROL_BROKER),
    )
