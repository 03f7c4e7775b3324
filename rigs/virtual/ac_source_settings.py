"""What a source of the 6811B family can be set to: ratings and settings, as tables.

The command set follows the AC Power Solutions programming guide (rigs.md 2.3). Ratings,
limits of the lists, slew rates and reset values are recalled, not read: they decide what the
virtual source refuses, never what a device is judged by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rigs.virtual.output_stage import ZERO, Rating
from rigs.virtual.ranges import RangedNumber, VoltageRange
from rigs.virtual.scpi import INFINITY, Choice, Number, NumberList, Setting, Switch

MAX_POINTS = 100  # rigs.md 2.3


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRating(Rating):
    """What distinguishes the models of the family; `ranges` is empty where there is one only."""

    maker: str = "Agilent Technologies"
    ranges: tuple[Decimal, ...] = ()
    ends_at_last_point: bool = False


def _california(max_amps: Decimal, max_volt_amperes: Decimal) -> SourceRating:
    return SourceRating(
        maker="CALIFORNIA INSTRUMENTS",
        ranges=(Decimal(150), Decimal(300)),
        ends_at_last_point=True,  # inferred: no manual was read
        max_amps=max_amps,
        max_volt_amperes=max_volt_amperes,
    )


# Recalled from the data sheets.
RATINGS: Mapping[str, SourceRating] = {
    "6811B": SourceRating(max_amps=Decimal("3.25"), max_volt_amperes=Decimal(375)),
    "6812B": SourceRating(max_amps=Decimal("6.5"), max_volt_amperes=Decimal(750)),
    "6813B": SourceRating(max_amps=Decimal(13), max_volt_amperes=Decimal(1750)),
    "6843A": SourceRating(max_amps=Decimal(16), max_volt_amperes=Decimal(4800)),
    "4500Ls": _california(Decimal(15), Decimal(4500)),
    "5001iX": _california(Decimal("18.5"), Decimal(5000)),
    "MX45-1": _california(Decimal(150), Decimal(45_000)),
}


class SourceSettings:
    """Every setting of the source; their values are typed, their rows come from here."""

    def __init__(self, rating: SourceRating) -> None:
        self.range = VoltageRange(rating.ranges or (rating.max_volts,))
        volts = RangedNumber(
            unit="V",
            minimum=ZERO,
            maximum=rating.max_volts,
            default=ZERO,
            ceiling=lambda: self.range.value,
        )
        hertz = Number(
            unit="HZ", minimum=rating.min_hertz, maximum=rating.max_hertz, default=Decimal(60)
        )
        amps = Number(unit="A", minimum=ZERO, maximum=rating.max_amps, default=rating.max_amps)
        peak = Number(unit="V", minimum=ZERO, maximum=Decimal(500), default=Decimal(500))
        dwell = Number(
            unit="S",
            minimum=Decimal("0.0003"),
            maximum=Decimal("429496"),
            default=Decimal(1),
        )
        rounds = Number(minimum=Decimal(1), maximum=INFINITY, default=Decimal(1))
        modes = Choice(words=("FIXed", "LIST"))
        slew = Number(minimum=ZERO, maximum=INFINITY, default=INFINITY)
        slews = NumberList(number=slew, max_length=MAX_POINTS)
        degrees = Number(minimum=Decimal(-360), maximum=Decimal(360), default=ZERO)

        self.volts = Setting(
            "[SOURce:]VOLTage[:LEVel][:IMMediate][:AMPLitude]", volts, volts.default
        )
        self.volts_mode = Setting("[SOURce:]VOLTage:MODE", modes, "FIX")
        self.peak_protection = Setting("[SOURce:]VOLTage:PROTection[:LEVel]", peak, peak.default)
        self.hertz = Setting("[SOURce:]FREQuency[:CW][:IMMediate]", hertz, hertz.default)
        self.hertz_mode = Setting("[SOURce:]FREQuency:MODE", modes, "FIX")
        self.amps_limit = Setting(
            "[SOURce:]CURRent[:LEVel][:IMMediate][:AMPLitude]", amps, amps.default
        )
        self.amps_protection = Setting("[SOURce:]CURRent:PROTection:STATe", Switch(), False)
        self.output = Setting("OUTPut[:STATe]", Switch(), False)
        self.volts_slew_mode = Setting("[SOURce:]VOLTage:SLEW:MODE", modes, "FIX")
        self.hertz_slew_mode = Setting("[SOURce:]FREQuency:SLEW:MODE", modes, "FIX")
        self.list_volts_slew = Setting("[SOURce:]LIST:VOLTage:SLEW[:LEVel]", slews, (slew.default,))
        self.list_hertz_slew = Setting(
            "[SOURce:]LIST:FREQuency:SLEW[:LEVel]", slews, (slew.default,)
        )
        self.start_source = Setting(
            "[TRIGger:]SYNChronize:SOURce", Choice(words=("IMMediate", "PHASe")), "IMM"
        )
        self.start_degrees = Setting("[TRIGger:]SYNChronize:PHASe", degrees, ZERO)
        self.list_volts = Setting(
            "[SOURce:]LIST:VOLTage[:LEVel]",
            NumberList(number=volts, max_length=MAX_POINTS),
            (volts.default,),
        )
        self.list_hertz = Setting(
            "[SOURce:]LIST:FREQuency[:LEVel]",
            NumberList(number=hertz, max_length=MAX_POINTS),
            (hertz.default,),
        )
        self.list_dwell = Setting(
            "[SOURce:]LIST:DWELl",
            NumberList(number=dwell, max_length=MAX_POINTS),
            (dwell.default,),
        )
        self.list_rounds = Setting("[SOURce:]LIST:COUNt", rounds, rounds.default)
        self.list_step = Setting("[SOURce:]LIST:STEP", Choice(words=("AUTO", "ONCE")), "AUTO")
        self.trigger_source = Setting(
            "TRIGger[:SEQuence1]:SOURce", Choice(words=("BUS", "IMMediate")), "BUS"
        )

    def each(self) -> tuple[Setting[Any], ...]:
        return tuple(each for each in vars(self).values() if isinstance(each, Setting))
