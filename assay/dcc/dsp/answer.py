"""The form of a synchronous answer to a request that the DCC answers itself."""

from __future__ import annotations

from collections.abc import Callable

from assay.dcc.dsp.answers import ACKNOWLEDGED
from assay.dcc.dsp.examination import Examination
from assay.duis.responses import Acknowledgement, ResponseBody

Answer = tuple[str, ResponseBody]
"""Response code and body: I0 with data, I99 without, a warning (duis.md 4)."""

Handler = Callable[[Examination], Answer]


def acknowledged(examination: Examination) -> Answer:
    return ACKNOWLEDGED, Acknowledgement(srv=examination.received.srv)
