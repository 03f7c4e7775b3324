"""Checks that one service alone has: a table of variant and question.

Most six-digit codes have no public meaning and are never raised; where none fits, the
generic code of the same kind stands in (inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assay.dcc.access import ADDABLE_STATUSES
from assay.dcc.dsp.check import Refusal
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.lifecycle_checks import LIFECYCLE_CHECKS
from assay.dcc.dsp.mode_checks import check_local_response
from assay.dcc.dsp.schedule_checks import check_schedule
from assay.dcc.inventory.queries import matching
from assay.duis.values import field
from assay.gbcs.identifiers import Eui64


def _inventory_query(examination: Examination) -> Refusal | None:
    if matching(examination.books.inventory, examination.body):
        return None
    return Refusal("E19", "no device in the inventory matches the query")


def _hub_log(examination: Examination) -> Refusal | None:
    body = examination.body
    device_id = field(body, "DeviceID", Eui64)
    device = examination.books.inventory.find(device_id)
    if device is None:
        return Refusal("E19", f"device {device_id} is not in the inventory")
    is_add = field(body, "RequestType", str) == "Add"
    if is_add and "AddDeviceToCHFWhitelist" not in body:
        return Refusal("E48", "AddDeviceToCHFWhitelist: expected with RequestType Add, seen none")
    if is_add and device.status is not None and device.status not in ADDABLE_STATUSES:
        return Refusal("E5", f"status of the device to add: {device.status}")
    return None


_CHECKS: Mapping[str, Callable[[Examination], Refusal | None]] = {
    **LIFECYCLE_CHECKS,
    "5.1": check_schedule,
    "8.2": _inventory_query,
    "8.11": _hub_log,
    "8.13": check_local_response,
}


def check_specific(examination: Examination) -> Refusal | None:
    check = _CHECKS.get(examination.received.srv)
    return check(examination) if check is not None else None
