"""What no public text fixes about the DCC, in one place, so that a bench can set it.

All values are inferred unless a source is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DccSettings:
    """Times, retries, versions and bounds.

    A device has `response_time` before a Command is sent again, and again before the requester
    is alerted; for `late_response_time` after that a response is still forwarded. `join_grace`
    is what the report of a join in the last second needs. The two delivery times are the book's
    of 2015 (duis.md 4).
    """

    response_time: timedelta = timedelta(seconds=30)
    command_retries: int = 1
    late_response_time: timedelta = timedelta(hours=24)
    join_grace: timedelta = timedelta(seconds=10)
    delivery_interval: timedelta = timedelta(minutes=5)
    delivery_period: timedelta = timedelta(days=2)
    gbcs_version: str = "4.3"
    schema_versions: tuple[str, ...] = ("5.4",)
    remembered_pre_commands: int = 10_000
    audit_entries: int = 100_000
    audit_octets: int = 1 << 28
