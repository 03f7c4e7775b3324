"""Delivery over attenuation as a picture: counts with their bounds, the fit, and the margin."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.figure import Figure

from reports.plots import STYLE

_WIDTH, _HEIGHT, _DPI = 10.0, 4.5, 100
_COUNTED, _FITTED, _MARGIN = "#1f4e79", "#7f7f7f", "#b03a2e"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLevel:
    """One level (dB) with the proportion that was delivered and its bounds."""

    decibels: float
    proportion: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginMark:
    """Where the target is met (dB), with the ends of the interval."""

    target: float
    decibels: float
    low: float
    high: float


def delivery_curve(
    *,
    title: str,
    levels: Sequence[CountedLevel],
    fit: Sequence[tuple[float, float]] = (),
    margin: MarginMark | None = None,
) -> bytes:
    """A PNG of 1,000 pixels width. ValueError without a level."""
    if not levels:
        raise ValueError("a delivery curve needs at least one level")
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH, _HEIGHT), dpi=_DPI)
        panel = figure.add_subplot()
        figure.suptitle(title, x=0.02, ha="left", fontsize=13, fontweight="bold")
        panel.errorbar(
            [each.decibels for each in levels],
            [100 * each.proportion for each in levels],
            yerr=[
                [100 * (each.proportion - each.low) for each in levels],
                [100 * (each.high - each.proportion) for each in levels],
            ],
            fmt="o",
            color=_COUNTED,
            label="counted, with bounds",
        )
        if fit:
            panel.plot(
                [level for level, _ in fit],
                [100 * chance for _, chance in fit],
                color=_FITTED,
                label="fitted",
            )
        if margin is not None:
            panel.axvspan(margin.low, margin.high, color=_MARGIN, alpha=0.15)
            panel.axvline(
                margin.decibels, color=_MARGIN, label=f"{100 * margin.target:g} % delivered"
            )
        panel.set_xlabel("attenuation in dB")
        panel.set_ylabel("delivered in %")
        panel.set_ylim(-3, 103)
        panel.legend(loc="lower left")
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
