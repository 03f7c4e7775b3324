"""5.1 to 5.3 as the DSP answers them, after all checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assay.dcc.dsp.answers import ACKNOWLEDGED, SUCCESS
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.non_device import Answer
from assay.dcc.dsp.schedules import MAX_SCHEDULES, Schedules
from assay.duis.responses import Acknowledgement, DccOnlyResponse
from assay.duis.values import TEXT_KEY, Content

NONE_TO_READ, NONE_TO_DELETE = "W050201", "W050301"


@dataclass(frozen=True, slots=True)
class ScheduleRequests:
    schedules: Schedules

    def handlers(self) -> Mapping[str, Callable[[Examination], Answer]]:
        return {"5.1": self.create, "5.2": self.read, "5.3": self.delete}

    def create(self, examination: Examination) -> Answer:
        schedule = self.schedules.create(examination.user.eui, examination.body)
        content = {TEXT_KEY: schedule.schedule_id}
        return SUCCESS, DccOnlyResponse(srv="5.1", element="DSPScheduleID", content=content)

    def read(self, examination: Examination) -> Answer:
        book = self.schedules.schedules
        found = book.selected(examination.user.eui, examination.body)[:MAX_SCHEDULES]
        if not found:
            return NONE_TO_READ, Acknowledgement(srv="5.2")
        entries: tuple[Content, ...] = tuple(
            {"DSPScheduleID": schedule.schedule_id, "DSPScheduleDetails": schedule.details}
            for schedule in found
        )
        return SUCCESS, DccOnlyResponse(
            srv="5.2", element="DSPSchedulesRead", content={"DSPSchedules": entries}
        )

    def delete(self, examination: Examination) -> Answer:
        found = self.schedules.schedules.selected(examination.user.eui, examination.body)
        self.schedules.delete(found)
        return ACKNOWLEDGED if found else NONE_TO_DELETE, Acknowledgement(srv="5.3")
