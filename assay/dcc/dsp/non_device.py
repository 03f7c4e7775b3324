"""Requests that the DCC answers itself: a table of variant and deed, after all checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.dcc.dsp.answers import ACKNOWLEDGED, SUCCESS
from assay.dcc.dsp.examination import Examination
from assay.dcc.inventory import Device, DeviceType
from assay.dcc.inventory.queries import matching, to_content
from assay.duis.responses import Acknowledgement, DccOnlyResponse, ResponseBody
from assay.duis.values import field, find
from assay.gbcs.identifiers import Eui64

Answer = tuple[str, ResponseBody]
"""Response code and body: I0 with data, I99 without (duis.md 4)."""


def _read_inventory(examination: Examination) -> Answer:
    devices = matching(examination.books.inventory, examination.body)
    body = DccOnlyResponse(srv="8.2", element="DSPInventory", content=to_content(devices))
    return SUCCESS, body


def _pre_notify(examination: Examination) -> Answer:
    body = examination.body
    device_type = DeviceType(field(body, "DeviceType", str))
    device = Device(
        device_id=field(body, "DeviceID", Eui64),
        device_type=device_type,
        manufacturer=field(body, "DeviceManufacturer", str),
        model=field(body, "DeviceModel", str),
        smets_chts_version=find(body, "SMETSCHTSVersion", str),
        firmware_version=find(body, "FirmwareVersion", str),
        esme_variant=find(body, "ESMEVariant", str),
        gas_proxy=find(body, "AssociatedGPFDeviceID", Eui64),
        notified_by=examination.user.eui,
    )
    examination.books.inventory.pre_notify(device, examination.at)
    return ACKNOWLEDGED, Acknowledgement(srv="12.2")


HANDLERS: Mapping[str, Callable[[Examination], Answer]] = {
    "8.2": _read_inventory,
    "12.2": _pre_notify,
}
