"""What remote parties chose about events: told, shared in the home, sounded, logged.

Only codes of the ranges 80 (network operator) and 81 (supplier) can be chosen; those of range 8F
are critical or of the security log and are never off (E-175). The choices about alerts and about
logging are separate (E-091, E-177). A code nobody chose about keeps to the alert table.

ECS25a and its kin carry 512 bits, a mask and the choices, in which bit n, the last being 0, is
code 80nn or 81nn; GCS20 sets code by code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from rigs.devices.alerts import ALERTS, LogName

SUPPLIER_RANGE = 0x81
NETWORK_RANGE = 0x80
SIZE = 256

_USUAL_LOG = {SUPPLIER_RANGE: LogName.EVENT, NETWORK_RANGE: LogName.POWER_EVENT}
_SHARED = frozenset((0x810D, 0x8119, 0x8168, 0x81AA, 0x81AB, 0x81C4))
"""What the national answer to ECS25r1 shares in the home; which are shared by default is inferred
from it."""


class Behaviour(StrEnum):
    """What can be chosen about an event."""

    WAN_ALERT = "alert to a remote party"
    HAN_SHARING = "shared with devices in the home"
    ALARM = "audible alarm"
    LOGGING = "entry in the event log or power event log"


class AlertSettings:
    """The choices of one device. Hooks: which codes can be chosen, what holds without a choice."""

    def __init__(self) -> None:
        self._choices: dict[tuple[Behaviour, int], bool] = {}
        self.can_be_chosen: Callable[[int], bool] = _can_be_chosen
        self.default: Callable[[Behaviour, int], bool] = _default

    def choose(self, behaviour: Behaviour, code: int, is_enabled: bool) -> None:
        """Has no effect on a code that cannot be chosen."""
        if self.can_be_chosen(code):
            self._choices[behaviour, code] = is_enabled

    def is_enabled(self, behaviour: Behaviour, code: int) -> bool:
        return self._choices.get((behaviour, code), self.default(behaviour, code))

    def is_turned_off(self, behaviour: Behaviour, code: int) -> bool:
        """By choice, whatever the default is."""
        return self._choices.get((behaviour, code)) is False

    def is_logged_in(self, code: int, log: LogName) -> bool:
        """Whether an event belongs into a log; the security log takes no choices."""
        if log is LogName.SECURITY or not self.can_be_chosen(code):
            return log in ALERTS[code].logs
        logs = tuple(name for name in ALERTS[code].logs if name is not LogName.SECURITY)
        return log in (logs or (_USUAL_LOG[code >> 8],)) and self.is_enabled(
            Behaviour.LOGGING, code
        )

    def write_bits(self, behaviour: Behaviour, high: int, bits: str) -> None:
        """Mask and choices of one range, as text of 512 binary digits; ValueError for others."""
        if len(bits) != 2 * SIZE:
            raise ValueError(f"mask and choices have {2 * SIZE} bits, got {len(bits)}")
        mask, choices = bits[:SIZE], bits[SIZE:]
        for code, is_chosen, choice in zip(_codes(high), mask, choices, strict=True):
            if is_chosen == "1":
                self.choose(behaviour, code, choice == "1")

    def read_bits(self, behaviour: Behaviour, high: int) -> str:
        return "".join("1" if self.is_enabled(behaviour, code) else "0" for code in _codes(high))


def _codes(high: int) -> Iterable[int]:
    """In the order of the bits: the highest code comes first."""
    return range(high << 8 | 0xFF, (high << 8) - 1, -1)


def _can_be_chosen(code: int) -> bool:
    return code in ALERTS and code >> 8 in (SUPPLIER_RANGE, NETWORK_RANGE)


def _default(behaviour: Behaviour, code: int) -> bool:
    if code not in ALERTS:
        return False
    match behaviour:
        case Behaviour.WAN_ALERT:
            return ALERTS[code].is_sent
        case Behaviour.HAN_SHARING:
            return code in _SHARED
        case Behaviour.ALARM:
            return False
        case Behaviour.LOGGING:
            return bool(ALERTS[code].logs)
