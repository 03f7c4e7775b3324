"""Firmware: versions read and images activated, 11.2 and 11.3 (ECS52, CS08, CS06).

11.1 and 11.4 distribute images and become no Command of their own. The version of a gas
meter is read by GCS38, whose row stands with those of the gas devices.
"""

from __future__ import annotations

from typing import Any

from assay.dcc.transform.asn1_values import execution_time
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Asn1, Dlms
from assay.dcc.transform.row import Origin, Row
from assay.duis.values import field

_READ = Dlms()
_READ_OF_OTHERS = Asn1(value=lambda _: None)


def _activation(frame: Frame) -> dict[str, Any]:
    """CS06: the counter is that of the message's header (gbcs.md 1.6)."""
    return {
        "image_hash": field(frame.body, "FirmwareHash", bytes).hex(),
        "originator_counter": frame.counter,
        **execution_time(frame),
    }


def _activate(device_type: str, *, is_inferred: bool = True) -> Row:
    return Row(
        srv="11.3",
        device_type=device_type,
        message_code=0x0012,
        payload=Asn1(value=_activation),
        is_inferred=is_inferred,
    )


def _read(device_type: str, message_code: int, origin: Origin, *, is_inferred: bool = False) -> Row:
    return Row(
        srv="11.2",
        device_type=device_type,
        message_code=message_code,
        payload=_READ if message_code == 0x0059 else _READ_OF_OTHERS,
        origin=origin,
        is_inferred=is_inferred,
    )


ROWS: tuple[Row, ...] = (
    _read("ESME", 0x0059, Origin.PARTY),
    _read("SAPC", 0x0059, Origin.PARTY, is_inferred=True),
    _read("CHF", 0x0059, Origin.BROKER_FOR_PARTY),
    _read("PPMID", 0x0129, Origin.BROKER_FOR_PARTY),
    _read("HCALCS", 0x0129, Origin.BROKER_FOR_PARTY),
    _activate("ESME", is_inferred=False),
    _activate("GSME"),
    _activate("HCALCS"),
    _activate("SAPC"),
)
