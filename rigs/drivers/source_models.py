"""AC sources that the driver knows: commands, ability and protections, one row each.

The command set of the 6811B family is that of the AC Power Solutions programming guide
(rigs.md 2.3); abilities and status bits are recalled, confirm them against the manual.
Models whose commands are known in part only have no row: the driver refuses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCommands:
    """Messages in the source's language; braces are filled with numbers in base units."""

    steady: tuple[str, ...]
    output_on: str
    output_off: str
    output_query: str
    stop: str
    arm: tuple[tuple[str, ...], ...]  # one message each; {volts} {hertz} {seconds} are lists
    start: tuple[str, ...]
    volts_query: str
    hertz_query: str
    amps_query: str
    protection_query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceModel:
    """What the driver must know about one model."""

    commands: SourceCommands
    max_volts: Decimal
    max_hertz: Decimal
    min_step: timedelta
    max_steps: int
    protections: Mapping[int, str]  # bits of the protection query, and what they mean


# The long way to the trigger subsystem (SEQ1, IMM spelled out) is valid whether or not the
# firmware lets these nodes be left out.
_AGILENT = SourceCommands(
    steady=("VOLT {volts}", "FREQ {hertz}"),
    output_on="OUTP ON",
    output_off="OUTP OFF",
    output_query="OUTP?",
    stop="ABOR",
    arm=(
        ("VOLT:MODE LIST", "FREQ:MODE LIST", "LIST:COUN 1", "LIST:STEP AUTO", "TRIG:SOUR BUS"),
        ("LIST:VOLT {volts}",),
        ("LIST:FREQ {hertz}",),
        ("LIST:DWEL {seconds}",),
    ),
    start=("INIT:IMM:SEQ1", "TRIG:SEQ1:IMM"),
    volts_query="MEAS:VOLT:AC?",
    hertz_query="MEAS:FREQ?",
    amps_query="MEAS:CURR:AC?",
    protection_query="STAT:QUES:COND?",
)

_FAMILY_6811B = SourceModel(
    commands=_AGILENT,
    max_volts=Decimal(300),
    max_hertz=Decimal(1000),
    min_step=timedelta(microseconds=300),
    max_steps=100,
    protections={1 << 0: "over-voltage", 1 << 1: "over-current", 1 << 12: "current limit"},
)

# The guide covers 6811B to 6843A and the C models; those listed share its single-phase part.
MODELS: Mapping[str, SourceModel] = dict.fromkeys(
    ("6811B", "6812B", "6813B", "6843A", "6811C", "6812C", "6813C"), _FAMILY_6811B
)
