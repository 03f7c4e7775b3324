"""DC supplies that the drivers know: channels, ratings, commands and codes, as tables.

`recalled` names what nobody has read in the manual that `manual` names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rigs.capabilities import DcLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class DcCommands:
    """Messages in the supply's language; braces are filled with channel, volts and amperes."""

    level: tuple[str, ...]
    output_on: str
    output_off: str
    output_query: str
    measure_query: str
    """Answers volts, amperes and whatever else, separated by commas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DcModel:
    """What the driver must know about one model."""

    commands: DcCommands
    channels: Mapping[int, DcLimits]
    manual: str
    recalled: tuple[str, ...] = ()


def _channels(*volts_and_amps: tuple[int, int]) -> Mapping[int, DcLimits]:
    return {
        number: DcLimits(max_volts=Decimal(volts), max_amps=Decimal(amps))
        for number, (volts, amps) in enumerate(volts_and_amps, start=1)
    }


_RIGOL = DcCommands(
    level=("APPL CH{channel},{volts},{amps}",),
    output_on="OUTP CH{channel},ON",
    output_off="OUTP CH{channel},OFF",
    output_query="OUTP? CH{channel}",
    measure_query="MEAS:ALL? CH{channel}",
)


def _rigol(*volts_and_amps: tuple[int, int]) -> DcModel:
    return DcModel(
        commands=_RIGOL,
        channels=_channels(*volts_and_amps),
        manual="DP800 Programming Guide",
        recalled=("channels", "that SYST:ERR? may stand behind a command in one message"),
    )


# The third channel of DP831 is negative and is left out: nothing here has a use for one.
DC_MODELS: Mapping[str, DcModel] = {
    "DP811A": _rigol((40, 5)),
    "DP821A": _rigol((60, 1), (8, 10)),
    "DP831A": _rigol((8, 5), (30, 2)),
    "DP832": _rigol((30, 3), (30, 3), (5, 3)),
    "DP832A": _rigol((30, 3), (30, 3), (5, 3)),
}

# The name of a Genesys says what it gives: GEN100-15 is 100 V, 15 A.
_GENESYS = re.compile(r"GENH?(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")

# Recalled: what a Genesys answers in place of OK.
GENESYS_CODES: Mapping[str, str] = {
    "C01": "illegal command or query",
    "C02": "missing parameter",
    "C03": "illegal parameter",
    "C04": "checksum error",
    "C05": "setting out of range",
    "E01": "voltage above what the over-voltage protection allows",
    "E02": "voltage below what the under-voltage limit allows",
    "E04": "over-voltage protection below what the voltage allows",
    "E06": "under-voltage limit above what the voltage allows",
    "E07": "output on while a fault is latched",
}

# Recalled: bits of the fault register that STT? gives as FR, but for the one that says that
# the output was switched off.
GENESYS_FAULTS: Mapping[int, str] = {
    1 << 1: "mains failure",
    1 << 2: "over-temperature",
    1 << 3: "foldback",
    1 << 4: "over-voltage",
    1 << 5: "shut off",
    1 << 7: "not enabled",
}


def genesys_limits(model: str) -> DcLimits | None:
    """What a Genesys of this name gives; None where the name is none."""
    name = _GENESYS.fullmatch(model)
    if name is None:
        return None
    return DcLimits(max_volts=Decimal(name[1]), max_amps=Decimal(name[2]))
