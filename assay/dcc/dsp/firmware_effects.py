"""What the DCC learns of a device's firmware: versions read, images activated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from assay.dcc.dsp.effect import Effect
from assay.dcc.dsp.estate import Estate
from assay.duis.requests import Request
from assay.gbcs import payload
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.dlms.access import Response
from assay.gbcs.dlms.data import Tag
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import GbzPayload
from assay.gbcs.identifiers import Eui64

_VERSION_SIZE = 4


def runs(estate: Estate, device_id: Eui64, version: str, at: datetime) -> str | None:
    """The device says which version it runs: the inventory follows, and the products list is
    asked again. None where nothing is new."""
    device = estate.inventory.find(device_id)
    if device is None:
        return None
    known = device.firmware_version
    if known == version:
        return None
    if device.device_type.has_status:
        estate.inventory.enter(replace(device, firmware_version=version))
        estate.measure(device_id, at)
    return f"{device_id}: firmware {version}, {known or 'none'} was known"


def version_heard(estate: Estate, request: Request, response: Message, at: datetime) -> str | None:
    """11.2, and 11.3 where the image was activated at once."""
    version = version_in(response)
    return runs(estate, request.request_id.target, version, at) if version is not None else None


def version_in(message: Message) -> str | None:
    """The firmware version that a response or alert states, in hex; None where it states none."""
    try:
        _, typed = payload.decode(message)
    except GbcsError:
        return None
    for kind, read in _READERS.items():
        if isinstance(typed, kind):
            return read(typed)
    return None


def _of_dlms(typed: Any) -> str | None:
    octets = [
        item.data.value
        for item in typed.items
        if item.data.tag == Tag.OCTET_STRING and len(item.data.value) == _VERSION_SIZE
    ]
    return octets[0].hex().upper() if octets else None


def _of_gbz(typed: Any) -> str | None:
    for component in typed.components:
        content = component.payload if isinstance(component.payload, Mapping) else {}
        for attribute in content.get("attributes", ()):
            value = attribute.get("value")
            if isinstance(value, Mapping) and "octets" in value:
                return str(value["octets"]).upper()
    return None


def _of_asn1(typed: Any) -> str | None:
    value = typed.value
    outcome = value.get("outcome", value) if isinstance(value, Mapping) else {}
    version = outcome.get("firmware_version") if isinstance(outcome, Mapping) else None
    return version.upper() if isinstance(version, str) else None


_READERS: Mapping[type, Callable[[Any], str | None]] = {
    Response: _of_dlms,
    GbzPayload: _of_gbz,
    Asn1Payload: _of_asn1,
}

FIRMWARE_EFFECTS: Mapping[str, Effect] = {"11.2": version_heard, "11.3": version_heard}
