"""`dcc.toml`, the file of `assay dcc serve`: what has no place on a command line.

Every value has a default, that of the reference DCC; a time is in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt

from assay.declarations.model import Declaration, expected
from assay.declarations.plan import Role

_EUI64 = re.compile(r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}")
_URL = re.compile(r"(?:https?|file)://\S+")
_VARIANT = re.compile(r"\d+(?:\.\d+){1,2}")
_ALERT = re.compile(r"N\d{1,2}|AD1")


def _check(pattern: re.Pattern[str], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if pattern.fullmatch(value) is None:
            raise expected(what)
        return value

    return AfterValidator(check)


Party = Annotated[str, _check(_EUI64, "an EUI-64 like 90-B3-D5-1F-30-01-00-00")]
Url = Annotated[str, _check(_URL, "an address that begins with http://, https:// or file://")]
Variant = Annotated[str, _check(_VARIANT, "a service reference variant like 8.5")]
AlertCode = Annotated[str, _check(_ALERT, "the code of a DCC alert like N7")]
Seconds = Annotated[StrictInt, Field(ge=1, le=400 * 86_400)]


class Times(Declaration):
    """How long the DCC waits for devices and users. Absent: the reference DCC's own."""

    response_time: Seconds | None = None
    response_time_asleep: Seconds | None = None
    late_response_time: Seconds | None = None
    local_response_time: Seconds | None = None
    dated_horizon: Seconds | None = None
    device_dated_grace: Seconds | None = None
    sequence_window: Seconds | None = None
    join_grace: Seconds | None = None
    delivery_interval: Seconds | None = None
    delivery_period: Seconds | None = None
    firmware_period: Seconds | None = None


class DccFile(Declaration):
    """`opened`: variants that roles beyond the service request matrix may use."""

    receive: Mapping[Party, Url] = Field(default_factory=dict)
    times: Times = Times()
    opened: Mapping[Variant, tuple[Role, ...]] = Field(default_factory=dict)
    command_retries: Annotated[StrictInt, Field(ge=0, le=10)] | None = None
    quarantine_alert_code: AlertCode | None = None
    registration_at: time = time(6)
    """UTC."""
