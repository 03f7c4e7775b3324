"""How the line to an instrument is set: the driver's own way, but for what the file says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assay.declarations.instrument import Transport
from rigs.drivers.visa import LineSettings

_ENDS = {"LF": "\n", "CR": "\r", "CRLF": "\r\n"}


def line_settings(transport: Transport, usual: LineSettings) -> LineSettings:
    """What the bench file leaves out stays as the language or the driver has it."""
    declared: dict[str, Any] = {
        "end": None if transport.termination is None else _ENDS[transport.termination],
        "baud_rate": transport.baud,
        "data_bits": transport.data_bits,
        "parity": transport.parity,
        "stop_bits": transport.stop_bits,
    }
    return replace(usual, **{name: value for name, value in declared.items() if value is not None})


def serial_line(settings: LineSettings) -> dict[str, Any]:
    """The same for a dialogue that is held without VISA."""
    return {
        "baud": settings.baud_rate,
        "data_bits": settings.data_bits,
        "parity": settings.parity,
        "stop_bits": settings.stop_bits,
    }
