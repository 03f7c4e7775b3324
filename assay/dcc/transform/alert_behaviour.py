"""Which alerts and events an electricity meter sends, shows, sounds or logs (ECS25a to ECS25b3).

A setting is 512 bits: a mask of 256 and the settings of 256, where bit n (the last is 0) stands
for code 0x81nn of suppliers or 0x80nn of network operators (gbcs.md 9.4). A code that the
request leaves out is not in the mask, so the meter keeps its setting. Codes of polyphase meters
go along whatever the meter is, as the request says.
"""

from __future__ import annotations

from assay.dcc.transform.calendar_values import content
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.gbcs.dlms.data import Data, Tag

_CODES = range(255, -1, -1)
"""In the order of the bits: the highest code comes first."""


def alert_settings(element: str) -> Source:
    """The settings that this element holds, in groups by kind of meter."""

    def source(frame: Frame) -> Data:
        settings = {
            _low_octet(code): setting == "Enable"
            for group in content(frame.body[element]).values()
            for code, setting in content(group).items()
        }
        mask = "".join("1" if code in settings else "0" for code in _CODES)
        enabled = "".join("1" if settings.get(code, False) else "0" for code in _CODES)
        return Data(Tag.BIT_STRING, mask + enabled)

    return source


def _low_octet(element: str) -> int:
    """ "x810D" -> 0x0D."""
    return int(element[-2:], 16)
