"""Status words of the schema for what devices answer: DLMS results, ZCL and ASN.1 statuses.

The words are the schema's; the numbers beside those that no national vector shows are
recalled from DLMS and ZCL. A number without a word gets the schema's "not known" one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from assay.gbcs.dlms.access import ItemResult, Op
from assay.gbcs.gbz import tables
from assay.gbcs.gbz.components import Component
from assay.gbcs.gbz.zcl import DEFAULT_RESPONSE, READ_ATTRIBUTES_RESPONSE, status_code
from assay.mmc.nodes import Hex, Node

_COMMON = {
    0: "success",
    1: "hardware-fault",
    2: "temporary-failure",
    3: "read-write-denied",
    4: "object-undefined",
    9: "object-class-inconsistent",
    11: "object-unavailable",
    12: "type-unmatched",
    13: "scope-of-access-violated",
    14: "data-block-unavailable",
    250: "other-reason",
}
DATA_ACCESS_RESULTS = _COMMON | {
    15: "long-get-aborted",
    16: "no-long-get-in-progress",
    17: "long-set-aborted",
    18: "no-long-set-in-progress",
    19: "data-block-number-invalid",
}
ACTION_RESULTS = _COMMON | {15: "long-action-aborted", 16: "no-long-action-in-progress"}
_UNKNOWN_RESULT = "response-code-not-known"

ZCL_STATUSES = {
    0x00: "SUCCESS",
    0x01: "FAILURE",
    0x7E: "NOT_AUTHORIZED",
    0x7F: "RESERVED_FIELD_NOT_ZERO",
    0x80: "MALFORMED_COMMAND",
    0x81: "UNSUP_CLUSTER_COMMAND",
    0x82: "UNSUP_GENERAL_COMMAND",
    0x83: "UNSUP_MANUF_CLUSTER_COMMAND",
    0x84: "UNSUP_MANUF_GENERAL_COMMAND",
    0x85: "INVALID_FIELD",
    0x86: "UNSUPPORTED_ATTRIBUTE",
    0x87: "INVALID_VALUE",
    0x88: "READ_ONLY",
    0x89: "INSUFFICIENT_SPACE",
    0x8A: "DUPLICATE_EXISTS",
    0x8B: "NOT_FOUND",
    0x8C: "UNREPORTABLE_ATTRIBUTE",
    0x8D: "INVALID_DATA_TYPE",
    0x8E: "INVALID_SELECTOR",
    0x8F: "WRITE_ONLY",
    0x90: "INCONSISTENT_STARTUP_STATE",
    0x91: "DEFINED_OUT_OF_BAND",
    0x92: "INCONSISTENT",
    0x93: "ACTION_DENIED",
    0x94: "TIMEOUT",
    0x95: "ABORT",
    0x96: "INVALID_IMAGE",
    0x97: "WAIT_FOR_DATA",
    0x98: "NO_IMAGE_AVAILABLE",
    0x99: "REQUIRE_MORE_IMAGE",
    0xC0: "HARDWARE_FAILURE",
    0xC1: "SOFTWARE_FAILURE",
    0xC2: "CALIBRATION_ERROR",
}
_UNKNOWN_STATUS = "RESPONSE_CODE_NOT_KNOWN"
NOT_FOUND = 0x8B
_FINE = (0x00, NOT_FOUND)
"""Nothing in the period asked for is an answer, not a failure (digest 5.2)."""

CREDENTIALS = {
    "success": 0,
    "badCertificate": 5,
    "noTrustAnchor": 10,
    "insufficientMemory": 17,
    "trustAnchorNotFound": 25,
    "resourcesBusy": 30,
    "other": 127,
}
JOIN = {
    "success": (0, "success"),
    "invalidMessageCodeForJoinMethodAndRole": (1, "invalidMessageCodeForJoinMethodAndRole"),
    "invalidJoinMethodAndRole": (2, "invalidJoinMethodAndRole"),
    "incompatibleWithExistingEntry": (3, "incompatibleWithExistingEntry"),
    "deviceLogFull": (4, "deviceLogFull"),
    "writeFailure": (5, "writeFailure"),
    "noResources": (6, "keyAgreementNoResources"),
    "unknownIssuer": (7, "keyAgreementUnknownIssuer"),
    "unsupportedSuite": (8, "keyAgreementUnsupportedSuite"),
    "badMessage": (9, "keyAgreementBadMessage"),
    "badKeyConfirm": (10, "keyAgreementBadKeyConfirm"),
    "invalidOrMissingCertificate": (11, "invalidOrMissingCertificate"),
    "noPartnerLinkKeyReceived": (12, "noPartnerLinkKeyReceived"),
    "noCBKEResponse": (13, "noCBKEResponse"),
}
"""Value name of the payload -> number and the schema's word."""
UNJOIN = {
    "success": (0, "success"),
    "notInDeviceLog": (1, "otherDeviceNotInDeviceLog"),
    "otherFailure": (2, "otherFailure"),
}


def _by_order(*names: str, first: int = 0) -> dict[str, tuple[int, str]]:
    return {name: (index, name) for index, name in enumerate(names, first)}


ISSUE = _by_order("invalidKeyUsage", "keyPairGenerationFailed", "crProductionFailed", first=1) | {
    "crProductionFailed": (3, "cRProductionFailed")
}
RETRIEVAL = _by_order(
    "invalidKeyUsage", "noCertificateHeld", "certificateRetrievalFailure", first=1
)
DEVICE_CERTIFICATE = _by_order(
    "success",
    "invalidCertificate",
    "wrongDeviceIdentity",
    "invalidKeyUsage",
    "noCorrespondingKeyPairGenerated",
    "wrongPublicKey",
    "certificateStorageFailed",
    "privateKeyChangeFailed",
)
ACTIVATION = _by_order("success", "noImageHeld", "hashMismatch", "activationFailure")
CLOCK = _by_order("reliable", "invalid", "unreliable")
CREDENTIALS_STATUS = {name: (code, name) for name, code in CREDENTIALS.items()}

AsnTable = dict[str, tuple[int, str]]


def asn1_status(name: str, table: AsnTable, value: str | int) -> Node:
    """A StatusASN1 element; a number that the type has no name for stays a number."""
    known = table.get(value) if isinstance(value, str) else None
    code, word = known or (value if isinstance(value, int) else -1, "notKnown")
    return Node(name, (Node("ASN1Status", word),), (("ResponseCode", code),))


def cosem_debug(results: Iterable[ItemResult]) -> Node:
    """Every item of a DLMS response, numbered from 1."""
    return Node("COSEMDebug", tuple(_cosem_responses(results)))


def _cosem_responses(results: Iterable[ItemResult]) -> Iterator[Node]:
    for position, (op, result, _) in enumerate(results, 1):
        if op is Op.ACTION:
            word = Node("ActionResult", ACTION_RESULTS.get(result, _UNKNOWN_RESULT))
        else:
            word = Node("DataAccessResult", DATA_ACCESS_RESULTS.get(result, _UNKNOWN_RESULT))
        attributes = (("ResponseCode", result), ("Position", position))
        yield Node("COSEMResponse", (word,), attributes, is_many=True)


def zigbee_debug(components: Iterable[Component]) -> Node:
    """A cluster response per component; a command that carries data did what was asked."""
    return Node("ZIGBEEDebug", tuple(map(_cluster_response, components)))


def _cluster_response(component: Component) -> Node:
    cluster = component.cluster
    name = tables.cluster_names().get(cluster, "Unknown")
    head = Node("ClusterName", name, (("id", f"0x{cluster:04X}"),))
    inside = (head, *_zigbee_responses(component))
    return Node("ZIGBEEClusterResponse", inside, is_many=True)


def _zigbee_responses(component: Component) -> Iterator[Node]:
    fields = component.payload
    if _is_attributes_response(component) and fields is not None and fields["attributes"]:
        for form in fields["attributes"]:
            yield Node(
                "ZIGBEEDataResponse",
                (Node("AttributeID", form["attribute"]), _zcl_status(status_code(form["status"]))),
                is_many=True,
            )
        return
    is_default = component.is_profile_wide and component.command == DEFAULT_RESPONSE
    command = fields["command"] if is_default else f"0x{component.command:02X}"
    status = status_code(fields["status"]) if is_default else 0
    inside = (Node("CommandID", command), _zcl_status(status)._replace(is_many=True))
    yield Node("ZIGBEECommandResponse", inside, is_many=True)


def _is_attributes_response(component: Component) -> bool:
    return component.is_profile_wide and component.command == READ_ATTRIBUTES_RESPONSE


def _zcl_status(code: int) -> Node:
    word = Node("ZCLStatus", ZCL_STATUSES.get(code, _UNKNOWN_STATUS))
    return Node("Status", (word,), (("ResponseCode", Hex((code,))),))


def succeeded(component: Component) -> bool:
    """Whether a component reports no error."""
    fields = component.payload
    if fields is None:
        return True
    if component.is_profile_wide:
        forms = fields["attributes"] if _is_attributes_response(component) else (fields,)
        return all(status_code(form["status"]) in _FINE for form in forms)
    check = _OWN_RESULTS.get((component.cluster, component.command))
    return check is None or check(fields)


_ACCEPTED_TOP_UPS = (0x00, 0x10, 0x11, 0x12)


def _is_topped_up(fields: dict[str, Any]) -> bool:
    return bool(fields["result_type"] in _ACCEPTED_TOP_UPS)


def _is_cleared(fields: dict[str, Any]) -> bool:
    return bool(fields["cleared"])


_OWN_RESULTS: dict[tuple[int, int], Callable[[dict[str, Any]], bool]] = {
    (0x0705, 0x03): _is_topped_up,
    (0x0709, 0x02): _is_cleared,
}
"""ConsumerTopUpResponse and ClearEventLogResponse carry their result in a field of their own."""
