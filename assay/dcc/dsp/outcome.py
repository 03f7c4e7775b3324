"""Whether a device did what it was asked: read from the typed payload of its response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assay.gbcs import payload
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.dlms.access import Response
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import GbzPayload

SUCCESS = "success"
_NOT_FOUND = "notFound"
"""Of a GBZ component: nothing in that period, which is no failure (digest 5.2)."""
_TOP_UP_ACCEPTED = (0x00, 0x10, 0x11, 0x12)


def is_success(response: Message) -> bool:
    """Whether every part of the response says that it succeeded.

    A response of a form that is not known tells of no success. One that only accepts a future
    dated command has succeeded in nothing yet.
    """
    try:
        _, typed = payload.decode(response)
    except GbcsError:
        return False
    return _succeeded(typed)


def is_accepted(response: Message) -> bool:
    """Whether the response reports no failure: success, or a future dated command taken on."""
    value = asn1_value(response)
    if isinstance(value, Mapping) and "accepted" in value and "outcome" not in value:
        return True
    return is_success(response)


def asn1_value(response: Message) -> Any:
    """The typed value of an ASN.1 response; None where it has another payload."""
    try:
        _, typed = payload.decode(response)
    except GbcsError:
        return None
    return typed.value if isinstance(typed, Asn1Payload) else None


def _succeeded(typed: object) -> bool:
    if isinstance(typed, Response):
        return all(item.result == 0 for item in typed.items)
    if isinstance(typed, GbzPayload):
        return all(_component_succeeded(component.payload) for component in typed.components)
    if isinstance(typed, Asn1Payload):
        judge = _ASN1.get(typed.type_name)
        return judge is not None and judge(typed.value)
    return False


def _component_succeeded(content: Any) -> bool:
    """Encrypted components have no content here: the DCC cannot judge, and trusts the rest."""
    if not isinstance(content, Mapping):
        return True
    status = content.get("status")
    if isinstance(status, str) and status not in (SUCCESS, _NOT_FOUND):
        return False
    if content.get("result_type", 0) not in _TOP_UP_ACCEPTED or content.get("cleared") == 0:
        return False
    return all(
        attribute.get("status", SUCCESS) == SUCCESS
        for attribute in content.get("attributes", ())
        if isinstance(attribute, Mapping)
    )


def _is_word(value: Any) -> bool:
    return bool(value == SUCCESS)


def _result_is_success(value: Any) -> bool:
    return bool(value["result"] == SUCCESS)


def _credentials_replaced(value: Any) -> bool:
    outcome = value.get("outcome")
    return outcome is not None and all(
        replacement["status"] == SUCCESS for replacement in outcome["replacements"]
    )


def _firmware_activated(value: Any) -> bool:
    outcome = value.get("outcome")
    return outcome is not None and outcome["result"] == SUCCESS


_ASN1: Mapping[str, Callable[[Any], bool]] = {
    "JoinDeviceResponse": _is_word,
    "UnjoinDeviceResponse": _is_word,
    "UpdateDeviceCertificateResponse": _is_word,
    "UpdateSecurityCredentialsResponse": _credentials_replaced,
    "UpdateSecurityCredentialsAlert": _credentials_replaced,
    "ActivateFirmwareResponse": _firmware_activated,
    "ActivateFirmwareAlert": _firmware_activated,
    "ReadFirmwareVersionResponse": _result_is_success,
    "ReadDeviceLogResponse": _result_is_success,
    "FirmwareActivationAlert": _result_is_success,
    "FirmwareTransferAlert": _result_is_success,
    "RestoreDeviceLogResponse": lambda value: all(
        _is_word(outcome["join_response_code"]) for outcome in value["outcomes"]
    ),
    # An unreliable time is a time all the same; an invalid one is none (inferred).
    "SetClockResponse": lambda value: value["time_status"] != "invalid",
    "ProvideDeviceCertificateResponse": lambda value: "certificate" in value,
    "IssueSecurityCredentialsResponse": lambda value: "request" in value,
    "ProvideSecurityCredentialsResponse": lambda value: all(
        _is_word(role["status"]) for role in value
    ),
}
