"""What the rows of gas share: for which devices they stand, and conditions on nested elements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assay.dcc.transform.payloads import Payload
from assay.dcc.transform.row import Circumstances, Condition, Row
from assay.duis.values import Value

_VERSION = re.compile(r"\d+(\.\d+)*")
GSME = ("GSME",)
GPF = ("GPF",)
METER_AND_PROXY = ("GSME", "GPF")
"""A Gas Proxy Function answers reads for its meter, with the same Command."""


def rows(
    srv: str,
    message_code: int,
    payload: Payload,
    devices: tuple[str, ...] = GSME,
    when: Condition | None = None,
    **more: Any,
) -> tuple[Row, ...]:
    """The same row for each kind of device."""
    return tuple(
        Row(
            srv=srv,
            device_type=device,
            message_code=message_code,
            payload=payload,
            when=when,
            **more,
        )
        for device in devices
    )


def holds(*paths: str) -> Condition:
    """Elements stand at all of these places, with or without content."""
    return lambda circumstances: all(_is_there(circumstances.body, path) for path in paths)


def lacks(path: str) -> Condition:
    return lambda circumstances: not _is_there(circumstances.body, path)


def _is_there(content: Value, path: str) -> bool:
    for name in path.split("/"):
        if not isinstance(content, Mapping) or name not in content:
            return False
        content = content[name]
    return True


def is_before_gbcs(*version: int) -> Condition:
    """The version that the device is known to have is lower; an unknown one is the current."""

    def condition(circumstances: Circumstances) -> bool:
        known = _VERSION.match(circumstances.target.gbcs_version or "")
        return known is not None and tuple(map(int, known[0].split("."))) < version

    return condition
