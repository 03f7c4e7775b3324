"""The life of a gas meter as a picture: what its battery gave to what, and how long users waited.

Same values, same bytes, as with every plot of the evidence.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

import matplotlib as mpl
from matplotlib.figure import Figure

from reports.plots import STYLE

_CHARGE, _LATENCY = "#2b6a2f", "#1f4e9c"
_SIZE_IN = (10.0, 4.2)
_MINUTE = timedelta(minutes=1)
_LONGEST_MIN = 35


def battery_and_latency(*, charges: Mapping[str, Decimal], latencies: Sequence[timedelta]) -> bytes:
    """A PNG of 1,000 pixels width: mAh by service, answers by minutes of waiting.

    ValueError without an answer.
    """
    if not latencies:
        raise ValueError("a distribution of latencies needs at least one answer")
    ordered = sorted(charges.items(), key=lambda pair: pair[1])
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=_SIZE_IN, dpi=100)
        left, right = figure.subplots(1, 2)
        figure.subplots_adjust(left=0.13, right=0.97, top=0.86, bottom=0.15, wspace=0.22)
        left.barh([name for name, _ in ordered], [float(mah) for _, mah in ordered], color=_CHARGE)
        left.set_title("Charge by service", loc="left")
        left.set_xlabel("mAh")
        minutes = [span / _MINUTE for span in latencies]
        right.hist(minutes, bins=list(range(_LONGEST_MIN + 1)), color=_LATENCY)
        right.set_title("Time to an answer", loc="left")
        right.set_xlabel("minutes")
        right.set_ylabel("answers")
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
