"""What a gas meter does about each event: log it, alert WAN or HAN, raise an alarm (GCS20).

0x81xx can be configured; 0x8Fxx can't (E-175). Defaults are those of the national answer to
GCS20r, which may be one maker's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rigs.devices.alerts import ALERTS
from rigs.devices.gbz_objects import INVALID_VALUE, NOT_FOUND, GbzError

Json = Any
LOG_BITS, WAN_ALERT, HAN_ALERT, ALARM = 0x07, 0x08, 0x10, 0x40
_CONFIGURABLE = 0x81
_EVERY_EVENT = 0x81FF
_LOGGED, _LOGGED_AND_SENT, _EVERYWHERE = 0x03, 0x0B, 0x1B

DEFAULTS: Mapping[int, int] = {
    0x810D: 0x18,
    0x810E: 0x08,
    0x8119: 0x18,
    **dict.fromkeys((0x8145, 0x8154, 0x8155, 0x8161, 0x8162), _LOGGED),
    0x8168: 0x10,
    **dict.fromkeys((0x8183, 0x8184, 0x81A1), _LOGGED_AND_SENT),
    **dict.fromkeys(range(0x81A4, 0x81AA), _LOGGED_AND_SENT),
    **dict.fromkeys((0x81AA, 0x81AB), _EVERYWHERE),
    **dict.fromkeys(range(0x81AC, 0x81B7), _LOGGED_AND_SENT),
    **dict.fromkeys((0x81B9, 0x81BA, 0x81BC), _LOGGED_AND_SENT),
    **dict.fromkeys(range(0x81BD, 0x81C1), _LOGGED_AND_SENT),
    **dict.fromkeys((0x81C2, 0x81C3), _LOGGED_AND_SENT),
    0x81C4: _EVERYWHERE,
    0x81C5: _LOGGED_AND_SENT,
    0x81A0: _LOGGED_AND_SENT,
    0x81C6: _LOGGED,
}


class EventBehaviours:
    """By code; what is not configurable is logged and sent."""

    def __init__(self) -> None:
        self._configured = dict(DEFAULTS)

    def is_logged(self, code: int) -> bool:
        return not _is_configurable(code) or bool(self._configured.get(code, 0) & LOG_BITS)

    def is_told(self, code: int) -> bool:
        """Whether it goes to the WAN; what can't be configured goes where the alert table says."""
        if _is_configurable(code):
            return bool(self._configured.get(code, 0) & WAN_ALERT)
        return ALERTS[code].is_sent

    def set(self, codes: Iterable[int], configuration: int) -> None:
        """All of them or none.

        Raises:
            GbzError: a code that this meter does not know, or that is not the supplier's.
        """
        wanted = list(codes)
        if not wanted or any(code not in self._configured for code in wanted):
            raise GbzError(INVALID_VALUE)
        self._configured.update(dict.fromkeys(wanted, configuration))

    def report(self, code: int) -> list[Json]:
        """Of one event, or of all for 0x81FF; GbzError where there is no such event."""
        codes = list(self._configured) if code == _EVERY_EVENT else [code]
        if any(one not in self._configured for one in codes):
            raise GbzError(NOT_FOUND)
        return [
            {"event_id": f"0x{one:04X}", "configuration": self._configured[one]} for one in codes
        ]


def _is_configurable(code: int) -> bool:
    return code >> 8 == _CONFIGURABLE
