"""How long services took, against their target response times: measured, never enforced.

Targets are those of SEC Appendix E as far as they are known: 30 s on demand, 5,600 s for the
profile of 4.8.1, 24 h for what is scheduled or dated (duis.md 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from assay.dcc.dsp.commands import Errand

_ON_DEMAND: Mapping[str, timedelta] = {
    "4.1.1": timedelta(seconds=30),
    "4.4.3": timedelta(seconds=30),
    "4.6.1": timedelta(seconds=30),
    "4.8.1": timedelta(seconds=5600),
}
_OTHERWISE = timedelta(seconds=30)
"""Of a variant whose own target is not known (inferred)."""
_SECOND_CLASS = timedelta(hours=24)


def target_time(srv: str, errand: Errand) -> timedelta | None:
    """None for local delivery: the DCC does not carry it."""
    if errand is Errand.LOCAL:
        return None
    if errand is not Errand.ON_DEMAND:
        return _SECOND_CLASS
    return _ON_DEMAND.get(srv, _OTHERWISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """Of one variant in one mode, since the DCC was started."""

    answered: int = 0
    within_target: int = 0
    failed: int = 0
    longest: timedelta = timedelta(0)
    total: timedelta = timedelta(0)


@dataclass(slots=True)
class ServiceLevels:
    measured: dict[tuple[str, Errand], ServiceLevel] = field(default_factory=dict)

    def answered(self, srv: str, errand: Errand, taken: timedelta) -> str | None:
        """Count one; in words how it stands to the target, None where there is none."""
        target = target_time(srv, errand)
        if target is None:
            return None
        before = self.measured.get((srv, errand), ServiceLevel())
        self.measured[srv, errand] = ServiceLevel(
            answered=before.answered + 1,
            within_target=before.within_target + (taken <= target),
            failed=before.failed,
            longest=max(before.longest, taken),
            total=before.total + taken,
        )
        verdict = "within" if taken <= target else "beyond"
        seconds = f"{taken.total_seconds():.1f} s"
        return f"answered after {seconds}, {verdict} {target.total_seconds():.0f} s"

    def failed(self, srv: str, errand: Errand) -> None:
        before = self.measured.get((srv, errand), ServiceLevel())
        self.measured[srv, errand] = ServiceLevel(
            answered=before.answered,
            within_target=before.within_target,
            failed=before.failed + 1,
            longest=before.longest,
            total=before.total,
        )
