"""Joining and unjoining two devices: 8.7 and 8.8 (CS03A1, CS03A2, CS03B, CS03C, CS04).

The request names the other device by its identifier only; of what type it is, the DCC's
inventory knows, and it decides method, role and message code (gbcs.md 6, CS03). The first
partner of each kind of device in the table is taken where the type is not known.
A device without credentials of users (PPMID) gets its Command from the broker, which signs
it where the use case is critical.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.dcc.transform.errors import RecordMissingError
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Asn1
from assay.dcc.transform.row import Circumstances, Condition, Origin, Row
from assay.duis.values import field
from assay.gbcs.identifiers import Eui64

Json = Any
_METHOD_A_OF_METER = 0x000D
_METHOD_A_OF_OTHERS = 0x00AB
_METHOD_B = 0x000E
_METHOD_C = 0x00AF
_UNJOIN_A_OR_C = 0x000F
_UNJOIN_B = 0x0010
_TYPE_2 = "type2"
_TYPE_2_DEVICES = frozenset(("IHD", "CAD"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One kind of pair: the target's side of it. Method C brings the other's certificate."""

    srv: str
    device_type: str
    other: str
    message_code: int
    method_and_role: str
    is_inferred: bool = False

    def value(self, frame: Frame) -> dict[str, Json]:
        other = field(frame.body, "OtherDeviceID", Eui64)
        value: dict[str, Json] = {
            "method_and_role": self.method_and_role,
            "device_id": other.hyphenated,
            "device_type": self.other,
        }
        if self.message_code != _METHOD_C:
            return value
        known = frame.records.other_device
        if known is None or known.certificate is None:
            raise RecordMissingError(self.srv, f"the key-agreement certificate of {other}")
        return value | {"certificate": {"der": known.certificate.hex()}}


JOINS: tuple[Join, ...] = (
    Join(
        srv="8.7.1",
        device_type="ESME",
        other="HCALCS",
        message_code=_METHOD_A_OF_METER,
        method_and_role="methodAInitiator",
    ),
    Join(
        srv="8.7.1",
        device_type="ESME",
        other="PPMID",
        message_code=_METHOD_A_OF_METER,
        method_and_role="methodAInitiator",
        is_inferred=True,
    ),
    Join(
        srv="8.7.1",
        device_type="HCALCS",
        other="ESME",
        message_code=_METHOD_A_OF_OTHERS,
        method_and_role="methodAResponder",
    ),
    Join(
        srv="8.7.1",
        device_type="GSME",
        other="PPMID",
        message_code=_METHOD_C,
        method_and_role="methodC",
    ),
    Join(
        srv="8.7.2",
        device_type="PPMID",
        other="ESME",
        message_code=_METHOD_A_OF_OTHERS,
        method_and_role="methodAResponder",
    ),
    Join(
        srv="8.7.2",
        device_type="PPMID",
        other="GSME",
        message_code=_METHOD_C,
        method_and_role="methodC",
    ),
    Join(
        srv="8.7.2",
        device_type="GSME",
        other="GPF",
        message_code=_METHOD_B,
        method_and_role="methodB",
    ),
    Join(
        srv="8.7.2",
        device_type="ESME",
        other=_TYPE_2,
        message_code=_METHOD_B,
        method_and_role="methodB",
        is_inferred=True,
    ),
    Join(
        srv="8.7.2",
        device_type="GPF",
        other=_TYPE_2,
        message_code=_METHOD_B,
        method_and_role="methodB",
        is_inferred=True,
    ),
    Join(
        srv="8.7.2",
        device_type="GPF",
        other="PPMID",
        message_code=_METHOD_B,
        method_and_role="methodB",
        is_inferred=True,
    ),
)
"""The first pair of a variant and kind of device is assumed for an unknown other device.

Inferred: type 2 devices and the PPMID join the Gas Proxy Function, and type 2 devices the
electricity meter, without a key of their own for the pair (the national backup of a Gas
Proxy Function's log, GCS62, holds such entries; their join is open to other users, who
can be served by the broker only). No text says how a SAPC is joined to anything.
"""


def _is_assumed(join: Join) -> bool:
    first = next(j for j in JOINS if (j.srv, j.device_type) == (join.srv, join.device_type))
    return first is join


def _other_is(join: Join) -> Condition:
    is_assumed = _is_assumed(join)

    def holds(circumstances: Circumstances) -> bool:
        other = circumstances.records.other_device
        if other is None or other.device_type is None:
            return is_assumed
        device_type = _TYPE_2 if other.device_type in _TYPE_2_DEVICES else other.device_type
        return device_type == join.other

    return holds


def _join_row(join: Join) -> Row:
    is_served = join.device_type == "PPMID"
    return Row(
        srv=join.srv,
        device_type=join.device_type,
        message_code=join.message_code,
        payload=Asn1(value=join.value),
        when=_other_is(join),
        origin=Origin.BROKER_FOR_PARTY if is_served else Origin.PARTY,
        dcc_signs=is_served,
        is_inferred=join.is_inferred,
    )


def _other_device(frame: Frame) -> Json:
    return field(frame.body, "OtherDeviceID", Eui64).hyphenated


_UNJOIN = Asn1(value=_other_device)


def _unjoin(srv: str, device_type: str, message_code: int, *, is_inferred: bool = False) -> Row:
    is_served = device_type == "PPMID"
    return Row(
        srv=srv,
        device_type=device_type,
        message_code=message_code,
        payload=_UNJOIN,
        origin=Origin.BROKER_FOR_PARTY if is_served else Origin.PARTY,
        dcc_signs=is_served,
        is_inferred=is_inferred,
    )


ROWS: tuple[Row, ...] = (
    *map(_join_row, JOINS),
    _unjoin("8.8.1", "ESME", _UNJOIN_A_OR_C),
    _unjoin("8.8.1", "GSME", _UNJOIN_A_OR_C, is_inferred=True),
    _unjoin("8.8.1", "HCALCS", _UNJOIN_A_OR_C, is_inferred=True),
    _unjoin("8.8.2", "PPMID", _UNJOIN_A_OR_C),
    _unjoin("8.8.2", "GSME", _UNJOIN_B),
    _unjoin("8.8.2", "ESME", _UNJOIN_B, is_inferred=True),
    _unjoin("8.8.2", "GPF", _UNJOIN_B, is_inferred=True),
)
