"""Services 5.x: schedules that the DSP keeps."""

from __future__ import annotations

from assay.duis.schema.common import DSP_SCHEDULE, SCHEDULE_ID
from assay.duis.schema.model import Element, content, either, one
from assay.duis.schema.simple_types import EUI

READ_SCHEDULE = content(either(one("DSPScheduleID", SCHEDULE_ID), one("DeviceID", EUI)))

DELETE_SCHEDULE = content(either(one("DSPScheduleID", SCHEDULE_ID), one("DeviceID", EUI)))

ELEMENTS: tuple[Element, ...] = (
    one("CreateSchedule", DSP_SCHEDULE),
    one("ReadSchedule", READ_SCHEDULE),
    one("DeleteSchedule", DELETE_SCHEDULE),
)
