"""The trace of a supply as a picture: what the bench did to the meter, against bench time.

Same values, same bytes: no time of drawing, no version of a library in the file, so that a
plot can be drawn again from the evidence and compared.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

_VOLTS, _AMPS, _LIMIT, _EVENT, _ALERT = "#1f4e9c", "#2b6a2f", "#8a5a00", "#444444", "#a3123a"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same letters on every machine
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#d8d8d8",
    "axes.axisbelow": True,
    "svg.hashsalt": "assay",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WIDTH_IN, _PANEL_IN, _ROW_IN, _FRAME_IN = 10.0, 3.1, 0.235, 1.15
_LISTED_MARKS = 12  # more of them would push the trace off the page

# Longest span, form of a tick, most ticks: a label must be whole, not the rest of a neighbour's.
_TICKS: tuple[tuple[timedelta, str, int], ...] = (
    (timedelta(seconds=8), "milliseconds", 6),
    (timedelta(minutes=20), "%H:%M:%S", 8),
    (timedelta(hours=30), "%H:%M", 9),
    (timedelta(days=4), "%d %b %H:%M", 7),
    (timedelta.max, "%d %b %Y", 7),
)


Sample = tuple[datetime, Decimal]
"""A value read or set, and its time; it holds until the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A limit that the meter must watch, in volts."""

    label: str
    volts: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that happened: a stimulus or an event of the bench, or an alert of the device."""

    at: datetime
    label: str
    kind: Literal["event", "alert"] = "event"


def supply_trace(
    *,
    title: str,
    volts: Sequence[Sample],
    amps: Sequence[Sample] = (),
    thresholds: Sequence[Threshold] = (),
    marks: Sequence[Mark] = (),
) -> bytes:
    """A PNG of 1,000 pixels width. ValueError without a voltage or with a naive time."""
    if not volts:
        raise ValueError("a supply trace needs at least one voltage")
    times = [at for at, _ in (*volts, *amps)] + [mark.at for mark in marks]
    if any(at.tzinfo is None for at in times):
        raise ValueError("the times of a supply trace need a zone")
    span = _span(times)
    ordered = sorted(marks, key=lambda mark: mark.at)
    with mpl.rc_context(STYLE):
        figure, panels = _panels(2 if amps else 1, len(ordered), right=0.81 if thresholds else 0.97)
        figure.suptitle(title, x=0.02, ha="left", fontsize=13, fontweight="bold")
        _draw(panels[0], volts, span, unit="V", name="Supply voltage", colour=_VOLTS)
        _draw_thresholds(panels[0], thresholds, [float(value) for _, value in volts])
        if amps:
            _draw(panels[1], amps, span, unit="A", name="Load current", colour=_AMPS)
        _draw_marks(panels, ordered)
        _label_time(panels[-1], span)
        _list_marks(figure, ordered)
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _span(times: Sequence[datetime]) -> tuple[datetime, datetime]:
    """First and last moment of the picture, with a little room on both sides."""
    first, last = min(times).astimezone(UTC), max(times).astimezone(UTC)
    room = max((last - first) * 0.04, timedelta(milliseconds=20))
    return first - room, last + room


def _panels(count: int, marks: int, *, right: float) -> tuple[Figure, list[Axes]]:
    rows = min(marks, _LISTED_MARKS + 1)
    listing = (rows + 1) * _ROW_IN if rows else 0.0
    height = _FRAME_IN + count * _PANEL_IN + listing
    figure = Figure(figsize=(_WIDTH_IN, height), dpi=100)
    axes = figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0]
    figure.subplots_adjust(
        left=0.075,
        right=right,
        top=1 - 0.62 / height,
        bottom=(0.62 + listing) / height,
        hspace=0.14,
    )
    return figure, list(axes)


def _draw(
    panel: Axes,
    samples: Sequence[Sample],
    span: tuple[datetime, datetime],
    *,
    unit: str,
    name: str,
    colour: str,
) -> None:
    ordered = sorted(samples, key=lambda sample: sample[0])
    times = [_days(at) for at, _ in ordered]
    values = [float(value) for _, value in ordered]
    panel.step(
        [*times, _days(span[1])], [*values, values[-1]], where="post", color=colour, linewidth=2
    )
    panel.plot(times, values, linestyle="", marker="o", markersize=3.5, color=colour)
    panel.set_ylabel(f"{name} ({unit})")
    panel.set_xlim(_days(span[0]), _days(span[1]))
    _scale(panel, [0.0, *values])


def _scale(panel: Axes, values: Sequence[float]) -> None:
    """Room below the trace, and more above it for the flags of the marks."""
    low, high = min(values), max(values)
    height = high - low or 1.0
    panel.set_ylim(low - 0.05 * height, high + 0.22 * height)


def _draw_thresholds(panel: Axes, thresholds: Sequence[Threshold], values: Sequence[float]) -> None:
    """Lines at their value; the labels on the right keep a distance from one another.

    A trace that stays near its thresholds is shown from them up, not from zero: the volt
    between "on the limit" and "over it" must be visible.
    """
    if not thresholds:
        return
    ordered = sorted(thresholds, key=lambda threshold: threshold.volts)
    limits = [float(threshold.volts) for threshold in ordered]
    near = min(values) > 0.6 * min(limits)
    _scale(panel, [*limits, *values] if near else [0.0, *limits, *values])
    low, high = panel.get_ylim()
    pitch, label_at = (high - low) * 0.072, float("-inf")
    for threshold in ordered:
        value = float(threshold.volts)
        label_at = max(value, label_at + pitch)
        panel.axhline(value, color=_LIMIT, linewidth=1.2, linestyle=(0, (5, 3)))
        panel.annotate(
            f"{threshold.label} {threshold.volts} V",
            xy=(1.0, value),
            xytext=(1.015, label_at),
            xycoords=("axes fraction", "data"),
            textcoords=("axes fraction", "data"),
            va="center",
            fontsize=9.5,
            color=_LIMIT,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": _LIMIT, "linewidth": 0.8, "relpos": (0, 0.5)},
        )


def _draw_marks(panels: Sequence[Axes], marks: Sequence[Mark]) -> None:
    """Numbered flags at the top for those that are listed; neighbours at different heights."""
    first, last = panels[0].get_xlim()
    taken: list[float] = [float("-inf")] * 3
    unlisted = [_days(mark.at) for mark in marks[_LISTED_MARKS:]]
    for panel in panels:
        panel.vlines(
            unlisted, 0, 1, transform=panel.get_xaxis_transform(), color=_EVENT, linewidth=0.5
        )
    for number, mark in enumerate(marks[:_LISTED_MARKS], start=1):
        when = _days(mark.at)
        place = (when - first) / (last - first)
        row = next((r for r, used in enumerate(taken) if place - used > 0.03), len(taken) - 1)
        taken[row] = place
        alert = mark.kind == "alert"
        colour = _ALERT if alert else _EVENT
        for panel in panels:
            panel.axvline(when, color=colour, linewidth=1, linestyle="-" if alert else ":")
        panels[0].annotate(
            str(number),
            xy=(when, 1.0 - row * 0.085),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="center",
            fontsize=9,
            fontweight="bold",
            color="white",
            bbox={
                "boxstyle": "round,pad=0.28" if alert else "square,pad=0.28",
                "facecolor": colour,
                "edgecolor": "white",
            },
            annotation_clip=False,
        )


def _label_time(panel: Axes, span: tuple[datetime, datetime]) -> None:
    width = span[1] - span[0]
    _, form, ticks = next(row for row in _TICKS if width <= row[0])
    locator = AutoDateLocator(tz=UTC, minticks=3, maxticks=ticks)  # type: ignore[no-untyped-call]
    panel.xaxis.set_major_locator(locator)
    panel.xaxis.set_major_formatter(
        FuncFormatter(lambda days, _: _tick(_EPOCH + timedelta(days=days), form))
    )
    first, last = f"{span[0]:%d %B %Y}", f"{span[1]:%d %B %Y}"
    panel.set_xlabel(f"Bench time (UTC), {first if first == last else f'{first} to {last}'}")


def _tick(at: datetime, form: str) -> str:
    return at.isoformat(timespec=form)[11:23] if form == "milliseconds" else at.strftime(form)


def _days(at: datetime) -> float:
    """The number on matplotlib's axis of time."""
    return (at - _EPOCH) / timedelta(days=1)


def _list_marks(figure: Figure, marks: Sequence[Mark]) -> None:
    height = figure.get_figheight()
    listed = marks[:_LISTED_MARKS]
    top = (min(len(marks), _LISTED_MARKS + 1) + 0.35) * _ROW_IN
    for row, mark in enumerate(listed):
        figure.text(
            0.075,
            (top - row * _ROW_IN) / height,
            f"{row + 1:>2}   {_clock_time(mark.at)}   {mark.kind}: {mark.label}",
            fontsize=10,
            va="top",
            color=_ALERT if mark.kind == "alert" else _EVENT,
        )
    if len(marks) > len(listed):
        figure.text(
            0.075,
            (top - len(listed) * _ROW_IN) / height,
            f"and {len(marks) - len(listed)} more, on the timeline",
            fontsize=10,
            va="top",
            color=_EVENT,
        )


def _clock_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(sep=" ", timespec="milliseconds").replace("+00:00", "")
