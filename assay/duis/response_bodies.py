"""The bodies that a Response can have, one class for each form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from assay.duis.values import Content, freeze_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """ResponseMessage without further content: I99, or an error."""

    srv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResponse:
    """What the Device answered."""

    srv: str
    gbcs_payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreCommand:
    """What Transform made of a critical Service Request."""

    srv: str
    gbcs_version: str
    gbcs_payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalCommand:
    """A Command for local delivery (command variants 2, 3, 6, 7)."""

    srv: str
    gbcs_payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DspScheduledMessage:
    """What the Device answered to a Command of a DSP schedule."""

    srv: str
    gbcs_payload: bytes
    dsp_schedule_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureDatedDeviceAlert:
    """Outcome of one instruction of a Command that was future dated at the Device."""

    srv: str
    alert_code: bytes  # 8F66 done, 8F67 failed
    gbcs_payload: bytes
    instruction_number: int
    total_command_instructions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DccOnlyResponse:
    """Data of the DCC itself: `element` is DSPInventory, DSPSchedulesRead, DSPWANMatrix, ...

    A value without inner elements (DSPScheduleID) stands in `content` under "#text".
    """

    srv: str
    element: str
    content: Content

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", freeze_content(self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAlert:
    """An alert of a Device; the code is that of the GBCS message, two octets."""

    alert_code: bytes
    gbcs_payload: bytes
    throttled_alert_sequence_id: int | None = None
    throttled_alert_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DccAlert:
    """An alert of the DCC: code, and one of the alert bodies by element name."""

    code: str
    element: str
    content: Content
    throttled_alert_sequence_id: int | None = None
    throttled_alert_count: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", freeze_content(self.content))


ResponseBody: TypeAlias = (
    Acknowledgement
    | ServiceResponse
    | PreCommand
    | LocalCommand
    | DspScheduledMessage
    | FutureDatedDeviceAlert
    | DccOnlyResponse
    | DeviceAlert
    | DccAlert
)
