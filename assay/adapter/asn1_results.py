"""Whether a device did what an ASN.1 command asked: a result per part, 0 for success.

Responses to reads of credentials are left out: that a role is not held is an answer too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assay.gbcs.asn1.codec import Asn1Payload

_FAILED = 1
_ACTIVATION = 0x0012
_UPDATES: Mapping[str, int] = {
    "supplierBySupplier": 0x0102,
    "networkOperatorByNetworkOperator": 0x0103,
    "accessControlBrokerByACB": 0x0104,
    "wanProviderByWanProvider": 0x0105,
    "transCoSByTransCoS": 0x0106,
    "supplierByTransCoS": 0x0107,
    "loadControllerByLoadController": 0x0125,
    "loadControllerBySupplier": 0x0126,
}
"""Mode of a replacement -> its message code."""


def results_of(typed: Asn1Payload) -> tuple[int, ...]:
    """Empty for a type that reports no success."""
    read = _READERS.get(typed.type_name)
    return tuple(0 if good else _FAILED for good in read(typed.value)) if read is not None else ()


def dated_of(typed: Asn1Payload) -> tuple[int, int] | None:
    """Message code and counter of the dated command that an alert reports on."""
    value = typed.value
    if typed.type_name == "ActivateFirmwareAlert":
        return _ACTIVATION, value["originator_counter"]
    if typed.type_name == "UpdateSecurityCredentialsAlert":
        outcome = value["outcome"]
        code = _UPDATES.get(outcome["mode"])
        return (code, outcome["authorising_counter"]) if code is not None else None
    return None


def _word(value: Any) -> Iterable[bool]:
    return (value == "success",)


def _result(value: Any) -> Iterable[bool]:
    return _word(value["result"])


def _cells(value: Any) -> Iterable[bool]:
    """Nothing yet, where the update was taken on for later."""
    outcome = value.get("outcome")
    return (
        [] if outcome is None else [one["status"] == "success" for one in outcome["replacements"]]
    )


def _activation(value: Any) -> Iterable[bool]:
    return _result(value["outcome"]) if "outcome" in value else ()


def _holds(name: str) -> Callable[[Any], Iterable[bool]]:
    return lambda value: (name in value,)


_READERS: Mapping[str, Callable[[Any], Iterable[bool]]] = {
    "UpdateSecurityCredentialsResponse": _cells,
    "UpdateSecurityCredentialsAlert": _cells,
    "IssueSecurityCredentialsResponse": _holds("request"),
    "UpdateDeviceCertificateResponse": _word,
    "ProvideDeviceCertificateResponse": _holds("certificate"),
    "JoinDeviceResponse": _word,
    "UnjoinDeviceResponse": _word,
    "ActivateFirmwareResponse": _activation,
    "ActivateFirmwareAlert": _activation,
    "ReadDeviceLogResponse": _result,
    "ReadFirmwareVersionResponse": _result,
    "SetClockResponse": lambda value: (value["time_status"] != "invalid",),
    "RestoreDeviceLogResponse": lambda value: [
        one["join_response_code"] == "success" for one in value["outcomes"]
    ],
}
