"""Event and alert codes of a gas meter, and the use cases whose answers carry the clock's state."""

from __future__ import annotations

from collections.abc import Mapping

CLOCK_ADJUSTED = 0x8145
CARRIED_OUT, NOT_CARRIED_OUT = 0x8154, 0x8155
INPUT_ACTIONED, INPUT_NOT_ACTIONED = 0x8161, 0x8162
JOINED = 0x8183
UNCONTROLLED_FLOW = 0x81BF
LOCKED_BY_TAMPER = 0x81BE
CLOCK_OUTSIDE_WINDOW = 0x81C6
CLOCK_DIFFERENCE = 0x8F0C
POWER_LOSS = 0x8F1D
LOW_BATTERY = 0x8F1F
ARMED = 0x8F32
LOG_CLEARED = 0x8F52
COMMISSIONED = 0x8F69
BATTERY_RESET = 0x8F82
BILLING_DATA_UPDATED = 0x8F0A
VALVE_FAILURE: Mapping[bool, int] = {True: 0x81BD, False: 0x81C0}
"""Did not open, did not close."""

COVERS: Mapping[str, tuple[int, int | None]] = {
    "battery cover": (0x8F73, 0x81A1),
    "meter cover": (0x8F74, 0x81B9),
    "magnet": (0x8F75, 0x81BC),
    "tilt": (0x81C3, 0x81C2),
}
"""Code when it is opened (or there), and when it is closed (or gone)."""
OTHER_COVER: tuple[int, int | None] = (0x8F3F, None)

INSTANTANEOUS = frozenset((0x0074, 0x0075, 0x00B6, 0x00B8, 0x012A))
"""GCS13a, GCS14, GCS13c, GCS13b, GCS60a."""
