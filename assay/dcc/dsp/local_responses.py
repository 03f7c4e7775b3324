"""8.13: the response to a Command that the user delivered itself, by way of the user."""

from __future__ import annotations

from dataclasses import dataclass

from assay.dcc.dsp.answers import ACKNOWLEDGED
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.from_devices import FromDevices
from assay.dcc.dsp.non_device import Answer
from assay.duis.responses import Acknowledgement
from assay.duis.values import field

SRV = "8.13"


@dataclass(frozen=True, slots=True)
class LocalResponses:
    from_devices: FromDevices

    def take(self, examination: Examination) -> Answer:
        self.from_devices.returned(field(examination.body, "DeviceGBCSResponse", bytes))
        return ACKNOWLEDGED, Acknowledgement(srv=SRV)
