"""AC sources that the driver knows: commands, ability and protections, one row each.

What differs between models stands here, as text to be filled in and as numbers; the driver
has no branch for a model. `recalled` names what nobody has read in the manual that `manual`
names (it is from memory or inferred): confirm that before such a source is relied on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

Messages = tuple[tuple[str, ...], ...]
"""Each message is one line of several units, whose errors are then told together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveCommands:
    """How a source is told a waveform that it plays by itself.

    Braces are filled with the columns of `rigs.drivers.waveforms`: with one value in `each`,
    which is sent once for every step, with all of them separated by commas elsewhere.
    """

    arm: Messages
    each: Messages = ()
    with_ramps: Messages = ()
    without_ramps: Messages = ()
    with_phase: Messages = ()
    without_phase: Messages = ()
    start: tuple[str, ...]
    busy: tuple[str, str] | None = None
    """A query and the answer of a source that is playing and would not refuse another start."""
    ends_at_last_step: bool = False
    """The source may stay at its last step, so the waveform is made to end at the steady level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCommands:
    """Messages in the source's language; braces are filled with numbers in base units."""

    steady: tuple[str, ...]
    output_on: str = "OUTP ON"
    output_off: str = "OUTP OFF"
    output_query: str = "OUTP?"
    level_queries: tuple[str, str] = ("VOLT?", "FREQ?")
    stop: tuple[str, ...] = ("ABOR",)
    volts_query: str = "MEAS:VOLT:AC?"
    hertz_query: str = "MEAS:FREQ?"
    amps_query: str = "MEAS:CURR:AC?"
    protection_query: str = "STAT:QUES:COND?"
    wave: WaveCommands | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceModel:
    """What the driver must know about one model. Without `wave` the abilities mean nothing."""

    commands: SourceCommands
    max_volts: Decimal
    max_hertz: Decimal
    min_step: timedelta = timedelta(0)
    max_step: timedelta = timedelta(0)
    max_steps: int = 0
    max_count: int = 1
    phase_control: bool = False
    ramps: bool = False
    protections: Mapping[int, str]  # bits of the protection query, and what they mean
    reset_takes: timedelta = timedelta(0)
    """How long after *RST the source does not listen."""
    measurement_lag: timedelta = timedelta(0)
    """How old a measured value may be."""
    manual: str
    recalled: tuple[str, ...] = ()


_PROTECTIONS = {1 << 0: "over-voltage", 1 << 1: "over-current", 1 << 12: "current limit"}
_NO_TIME = timedelta(0)

# The long way to the trigger subsystem (SEQ1, IMM spelled out) is valid whether or not the
# firmware lets these nodes be left out. rigs.md gives SYNC without the node before it.
_AGILENT_WAVE = WaveCommands(
    arm=(
        ("VOLT:MODE LIST", "FREQ:MODE LIST", "LIST:COUN {count}", "LIST:STEP AUTO"),
        ("TRIG:SOUR BUS",),
        ("LIST:VOLT {volts}",),
        ("LIST:FREQ {hertz}",),
        ("LIST:DWEL {seconds}",),
    ),
    with_ramps=(
        ("VOLT:SLEW:MODE LIST", "FREQ:SLEW:MODE LIST"),
        ("LIST:VOLT:SLEW {volts_slew}",),
        ("LIST:FREQ:SLEW {hertz_slew}",),
    ),
    without_ramps=(("VOLT:SLEW:MODE FIX", "FREQ:SLEW:MODE FIX"),),
    with_phase=(("TRIG:SYNC:SOUR PHAS", "TRIG:SYNC:PHAS {phase}"),),
    without_phase=(("TRIG:SYNC:SOUR IMM",),),
    start=("INIT:IMM:SEQ1", "TRIG:SEQ1:IMM"),
)

_AGILENT = SourceModel(
    commands=SourceCommands(steady=("VOLT {volts}", "FREQ {hertz}"), wave=_AGILENT_WAVE),
    max_volts=Decimal(300),
    max_hertz=Decimal(1000),
    min_step=timedelta(microseconds=300),
    max_step=timedelta(seconds=429_496),
    max_steps=100,
    max_count=200_000_000,
    phase_control=True,
    ramps=True,
    protections=_PROTECTIONS,
    manual="AC Power Solutions Programming Guide",
    recalled=(
        "max_volts",
        "max_hertz",
        "min_step",
        "max_step",
        "max_count",
        "ramps",
        "protections",
        "commands.wave.with_ramps",
        "commands.wave.without_ramps",
        "the node TRIG before SYNC",
    ),
)

_CALIFORNIA = SourceModel(
    commands=SourceCommands(
        steady=("VOLT:RANG 300", "VOLT {volts}", "FREQ {hertz}"),
        wave=WaveCommands(
            arm=_AGILENT_WAVE.arm,
            with_ramps=_AGILENT_WAVE.with_ramps,
            without_ramps=_AGILENT_WAVE.without_ramps,
            with_phase=_AGILENT_WAVE.with_phase,
            without_phase=_AGILENT_WAVE.without_phase,
            start=_AGILENT_WAVE.start,
            ends_at_last_step=True,
        ),
    ),
    max_volts=Decimal(300),
    max_hertz=Decimal(1000),
    min_step=timedelta(milliseconds=1),
    max_step=timedelta(seconds=90_000),
    max_steps=100,
    max_count=200_000_000,
    phase_control=True,
    ramps=True,
    protections=_PROTECTIONS,
    manual="Lx\\Ls and Sequoia programming manuals",
    recalled=(*_AGILENT.recalled, "VOLT:RANG 300", "commands.wave.ends_at_last_step"),
)

_CHROMA_STOP = ("TRIG OFF", "OUTP:MODE FIXED")

# Points have a start and an end each, so every ramp is at hand. What LIST:DEGR does to the
# voltage before a point has not been read, so there is no start at a phase.
_CHROMA = SourceModel(
    commands=SourceCommands(
        steady=(
            *_CHROMA_STOP,
            "VOLT:RANG 300",
            "VOLT:LIM:AC {ceiling}",
            "VOLT:AC {volts}",
            "FREQ {hertz}",
        ),
        level_queries=("VOLT:AC?", "FREQ?"),
        stop=_CHROMA_STOP,
        wave=WaveCommands(
            arm=(
                (*_CHROMA_STOP, "LIST:BASE TIME", "LIST:TRIG AUTO", "LIST:COUN {count}"),
                ("LIST:VOLT:AC:STAR {volts_from}",),
                ("LIST:VOLT:AC:END {volts}",),
                ("LIST:FREQ:STAR {hertz_from}",),
                ("LIST:FREQ:END {hertz}",),
                ("LIST:DWEL {milliseconds}",),
                ("OUTP:MODE LIST",),
            ),
            start=("TRIG ON",),
            busy=("TRIG:STATE?", "RUNNING"),
            ends_at_last_step=True,
        ),
    ),
    max_volts=Decimal(300),
    max_hertz=Decimal(1000),
    min_step=timedelta(microseconds=100),
    max_step=timedelta(hours=27),
    max_steps=100,
    max_count=65_535,
    ramps=True,
    protections=_PROTECTIONS,
    reset_takes=timedelta(seconds=7),
    manual="61500 series User's Manual",
    recalled=(
        "max_volts",
        "max_hertz",
        "min_step",
        "max_step",
        "max_steps",
        "max_count",
        "protections",
        "VOLT:RANG 300",
        "LIST:TRIG AUTO",
        "LIST:COUN",
        "milliseconds as the unit of LIST:DWEL",
        "commands.wave.ends_at_last_step",
    ),
)

_KIKUSUI_PLAIN = SourceModel(
    commands=SourceCommands(steady=("VOLT {volts}", "FREQ {hertz}")),
    max_volts=Decimal(300),
    max_hertz=Decimal(500),
    protections=_PROTECTIONS,
    manual="PCR-LE communication interface manual",
    recalled=("max_volts", "max_hertz", "protections", "stop"),
)

_KIKUSUI_PROGRAM = SourceModel(
    commands=SourceCommands(
        steady=("VOLT {volts}", "FREQ {hertz}"),
        wave=WaveCommands(
            arm=(
                ("PROG:STEP:STAR 1", "PROG:STEP:END {last}", "PROG:LOOP {count}"),
                ("TRIG:SEQ5:SOUR IMM",),
            ),
            each=(
                (
                    "PROG:EDIT {number},{hertz_ramp},{hertz}HZ,{volts_ramp},{volts}V,"
                    "0,0V,{seconds}S",
                ),
            ),
            start=("INIT:IMM:SEQ5",),
            busy=("PROG:EXEC?", "RUN"),
            ends_at_last_step=True,
        ),
    ),
    max_volts=Decimal(300),
    max_hertz=Decimal(500),
    min_step=timedelta(microseconds=100),
    max_step=timedelta(hours=999),
    max_steps=600,
    max_count=9998,
    ramps=True,
    protections=_PROTECTIONS,
    manual="PCR-LE communication interface manual",
    recalled=(
        *_KIKUSUI_PLAIN.recalled,
        "min_step",
        "max_step",
        "max_steps",
        "max_count",
        "what stands in PROG:EDIT between the volts and the time",
        "PROG:EXEC?",
        "TRIG:SEQ5:SOUR IMM, INIT:IMM:SEQ5",
        "commands.wave.ends_at_last_step",
    ),
)

_AC6800 = SourceModel(
    commands=SourceCommands(steady=("VOLT:RANG 310", "VOLT {volts}", "FREQ {hertz}")),
    max_volts=Decimal(310),
    max_hertz=Decimal(500),
    protections=_PROTECTIONS,
    measurement_lag=timedelta(milliseconds=200),
    manual="AC6800B Operating and Service Guide",
    recalled=("max_volts", "max_hertz", "protections", "VOLT:RANG 310", "measurement_lag"),
)

# The guide covers 6811B to 6843A and the C models; those listed share its single-phase part.
# How the models of the other makers spell themselves in *IDN? is recalled.
MODELS: Mapping[str, SourceModel] = {
    **dict.fromkeys(("6811B", "6812B", "6813B", "6843A", "6811C", "6812C", "6813C"), _AGILENT),
    **dict.fromkeys(
        ("3000Ls", "4500Ls", "6000Ls", "3000Lx", "4500Lx", "6000Lx", "3001iX", "5001iX", "MX45-1"),
        _CALIFORNIA,
    ),
    **dict.fromkeys(("61501", "61502", "61503", "61504", "61505"), _CHROMA),
    **dict.fromkeys(
        ("PCR500LE", "PCR1000LE", "PCR2000LE", "PCR3000LE", "PCR4000LE", "PCR6000LE"),
        _KIKUSUI_PROGRAM,
    ),
    **dict.fromkeys(
        ("PCR500LE2", "PCR1000LE2", "PCR2000LE2", "PCR500MA", "PCR1000MA", "PCR2000MA"),
        _KIKUSUI_PLAIN,
    ),
    **dict.fromkeys(("AC6801B", "AC6802B", "AC6803B", "AC6804B"), _AC6800),
}

# Recalled from the data sheets; they say only which procedure a source is too weak for.
MAX_AMPS: Mapping[str, Decimal] = {
    "6811B": Decimal("3.25"),
    "6812B": Decimal("6.5"),
    "6813B": Decimal(13),
    "6843A": Decimal(16),
    "4500Ls": Decimal(15),
    "5001iX": Decimal("18.5"),
    "MX45-1": Decimal(150),
}
