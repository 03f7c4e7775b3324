"""What no public text fixes about the DCC, in one place, so that a bench can set it.

All values are inferred unless a source is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from assay.duis.catalogue import UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class DccSettings:
    """Times, retries, versions and bounds.

    A device has `response_time` before a Command is sent again, and again before the requester
    is alerted, a gas meter `response_time_asleep`, since it fetches its Commands when it wakes
    (inferred); for `late_response_time` after that a response is still forwarded. `join_grace`
    is what the report of a join in the last second needs. The two delivery times are the book's
    of 2015 (duis.md 4). For `local_response_time` 8.13 may return the response to a Command
    that was handed over for local delivery. A firmware image that nobody reports on is given up
    after `firmware_period`; `gbcs_versions` are those for which the DCC takes images.
    `dated_horizon` is how far ahead the DSP holds a request; `device_dated_grace` how long after
    its time a device may tell the outcome; `sequence_window` how long a request of a sequence
    waits for the one before it to come. `quarantine_alert_code` is the DCC alert that tells of
    quarantine, which no public text names: None sends none (`anomaly.alerting`).
    `opened` are variants that a bench opens to roles beyond the matrix, such as the opt out and
    opt in that the matrix opens to nobody. `alerts_carry_failure_codes`: an alert of a failure
    has its response code (E20 and so on) in the place of I0 (`dsp.alert_codes`). `alerts_since`
    is from which DUIS version on there is an alert, by its code: a user of an older one gets
    N999 instead; no public text fills it.
    """

    response_time: timedelta = timedelta(seconds=30)
    response_time_asleep: timedelta = timedelta(minutes=35)
    command_retries: int = 1
    late_response_time: timedelta = timedelta(hours=24)
    local_response_time: timedelta = timedelta(days=30)
    dated_horizon: timedelta = timedelta(days=30)
    device_dated_grace: timedelta = timedelta(hours=24)
    sequence_window: timedelta = timedelta(hours=24)
    join_grace: timedelta = timedelta(seconds=10)
    delivery_interval: timedelta = timedelta(minutes=5)
    delivery_period: timedelta = timedelta(days=2)
    firmware_period: timedelta = timedelta(days=7)
    quarantine_alert_code: str | None = None
    alerts_carry_failure_codes: bool = False
    alerts_since: Mapping[str, str] = field(default_factory=dict)
    opened: Mapping[str, frozenset[UserRole]] = field(default_factory=dict)
    gbcs_version: str = "4.3"
    gbcs_versions: tuple[str, ...] = ("3.2", "4.0", "4.1", "4.2", "4.3", "4.4")
    schema_versions: tuple[str, ...] = ("5.4",)
    remembered_pre_commands: int = 10_000
    audit_entries: int = 100_000
    audit_octets: int = 1 << 28

    def is_alert_beyond(self, code: str, version: str) -> bool:
        """Whether a user of this DUIS version cannot be told by this alert."""
        since = self.alerts_since.get(code)
        return since is not None and _number(version) < _number(since)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
