"""Measures the margin of a radio link: exchanges at one level of an attenuator after another.

Upwards in wide steps with a few exchanges until half of them fail; through the fall in narrow
steps with many; then more at the two levels that say most about the target, until its interval
is as narrow as was asked for; at last up until the link is lost and down until it is back
(protocol.md 6.2). With equal steps and numbers it is the plain sweep of that clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assay.verdicts import HarnessError
from rigs.capabilities.radio import Attenuator, Band
from rigs.link_margin.binomial import upper_bound
from rigs.link_margin.budget import FixedLosses, resolution
from rigs.link_margin.curve import TOP_DB, Crossing, Curve
from rigs.link_margin.result import DeliveryStep, Estimate, MarginResult
from rigs.link_margin.shape import Count, logit_of

_MOST_AT_ONCE = 200
_CLEAR_OF_THE_FALL_DB = 10
_SURE = Decimal("0.99")

Exchange = Callable[[], bool]
"""One command and its response; True where the response came in time."""


class LinkStaysLostError(HarnessError):
    """The device did not come back at the level at which the measurement had begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginPlan:
    """`half_width` (dB) is where the search may stop, `most_exchanges` where it must.

    A link counts as lost when `lost_after` exchanges in a row fail, and as back when one of as
    many succeeds.
    """

    target: Decimal = Decimal("0.95")
    confidence: Decimal = Decimal("0.95")
    start: Decimal = Decimal(0)
    wide_step: Decimal = Decimal(5)
    wide_exchanges: int = 10
    narrow_step: Decimal = Decimal(1)
    narrow_exchanges: int = 30
    half_width: Decimal = Decimal("0.5")
    most_exchanges: int = 3000
    lost_after: int = 10
    measures_rejoin: bool = True
    further_targets: tuple[Decimal, ...] = (Decimal("0.99"), Decimal("0.90"))
    """Packet error rates of 1 % and 10 %."""


def plain_sweep(start: Decimal = Decimal(0)) -> MarginPlan:
    """One decibel and a hundred exchanges a step, from end to end (protocol.md 6.2)."""
    return MarginPlan(
        start=start,
        wide_step=Decimal(1),
        wide_exchanges=100,
        narrow_exchanges=100,
        half_width=Decimal("0.5"),
    )


@dataclass(slots=True, kw_only=True)
class MarginProcedure:
    """`settle` lets a device notice a level: time for it to rejoin, on the bench's clock.

    `losses` are those of the path without the attenuator; the step of the attenuator is added.
    """

    attenuator: Attenuator
    exchange: Exchange
    band: Band
    plan: MarginPlan = field(default_factory=MarginPlan)
    channel: int = 1
    settle: Callable[[], None] = lambda: None
    losses: FixedLosses = field(default_factory=FixedLosses)
    _counts: dict[Decimal, tuple[int, int]] = field(default_factory=dict, init=False)
    _failed_in_a_row: int = field(default=0, init=False)

    def measure(self) -> MarginResult:
        """LinkStaysLostError where the device does not return at the first level."""
        plan = self.plan
        self._counts.clear()
        self._failed_in_a_row = 0
        lost = rejoined = None
        try:
            bottom = self._ascend()
            if bottom is not None:
                self._walk_down_the_fall(bottom)
                self._narrow()
            if plan.measures_rejoin and self._is_met(plan.target):
                lost, rejoined = self._lose_and_find()
        finally:
            self._go_to(self.plan.start)
        return self._result(lost, rejoined)

    def _ascend(self) -> Decimal | None:
        """The last level before half of the exchanges fail; None where the attenuator does not
        bring that about, or where the target is missed from the start."""
        plan = self.plan
        before = plan.start
        self._run(before, plan.narrow_exchanges)
        if not self._is_met(plan.target):
            return None
        for level in self._levels(plan.start + plan.wide_step, plan.wide_step):
            delivered = self._run(level, plan.wide_exchanges)
            if 2 * delivered <= plan.wide_exchanges:
                return before
            before = level
        return None

    def _walk_down_the_fall(self, bottom: Decimal) -> None:
        """From the last good level until next to nothing is delivered."""
        plan = self.plan
        for level in self._levels(bottom, plan.narrow_step):
            delivered = self._run(level, plan.narrow_exchanges)
            if 10 * delivered <= plan.narrow_exchanges:
                return

    def _narrow(self) -> None:
        """More exchanges where the target and where one half are met.

        Two levels place and tilt a curve; at these two an exchange says most of the target. An
        interval narrows with the root of the exchanges, which says how many are missing.
        """
        plan = self.plan
        offset = logit_of(float(plan.target))
        while (left := plan.most_exchanges - self._attempted()) > 0:
            if not self._is_met(plan.target):
                return
            crossing = self._crossing(plan.target)
            excess = (crossing.high - crossing.low) / 2 / float(plan.half_width)
            if excess <= 1:
                return
            missing = round((excess**2 - 1) * self._attempted() / 2)
            each = max(plan.narrow_exchanges, min(missing, _MOST_AT_ONCE, left // 2))
            levels = [crossing.level, crossing.level + offset / crossing.steepness]
            if crossing.loss:  # nor may what is lost at the top be taken for a fall
                levels.append(max(crossing.level - _CLEAR_OF_THE_FALL_DB, 0))
            for level in levels:
                self._run(self._settable(level), each)

    def _lose_and_find(self) -> tuple[Decimal | None, Decimal | None]:
        """The first level at which nothing comes through, and the first on the way back at which
        something does. What is exchanged here belongs to no step: the state of the device does."""
        plan = self.plan
        self._ensure_link()
        start = max((x for x in self._counts if self._delivers(x)), default=plan.start)
        lost = next(
            (x for x in self._levels(start, plan.narrow_step) if not self._comes_through(x)), None
        )
        if lost is None:
            return None, None
        level = lost
        while level > plan.start:
            level = max(level - plan.narrow_step, plan.start)
            self._go_to(level)
            self.settle()
            if self._comes_through(level):
                self._failed_in_a_row = 0
                return lost, level
        return lost, None

    def _comes_through(self, level: Decimal) -> bool:
        self._go_to(level)
        return any(self.exchange() for _ in range(self.plan.lost_after))

    def _delivers(self, level: Decimal) -> bool:
        delivered, attempted = self._counts[level]
        return 2 * delivered > attempted

    def _run(self, level: Decimal, exchanges: int) -> int:
        """Count some exchanges at a level that the device has reached with its link alive."""
        self._ensure_link()
        actual = self._go_to(level)
        delivered = 0
        for _ in range(exchanges):
            if self.exchange():
                delivered += 1
                self._failed_in_a_row = 0
            else:
                self._failed_in_a_row += 1
        before = self._counts.get(actual, (0, 0))
        self._counts[actual] = before[0] + delivered, before[1] + exchanges
        return delivered

    def _ensure_link(self) -> None:
        """A device whose link is gone fails at any level: let it come back at the first one."""
        plan = self.plan
        if self._failed_in_a_row < plan.lost_after or not self._counts:
            return
        self._go_to(plan.start)
        for _ in range(plan.lost_after):
            self.settle()
            if self.exchange():
                self._failed_in_a_row = 0
                return
        if not self._delivers(min(self._counts)):
            return  # it never had a link there
        raise LinkStaysLostError(
            f"{self.band.value}: no exchange in {plan.lost_after} succeeded at {plan.start} dB "
            "after the link had been lost"
        )

    def _go_to(self, level: Decimal) -> Decimal:
        return self.attenuator.set_attenuation(level, self.channel)

    def _levels(self, start: Decimal, step: Decimal) -> Iterator[Decimal]:
        """From start to the greatest that the attenuator has."""
        greatest = self.attenuator.range().maximum
        level = start
        while level <= greatest:
            yield level
            level += step

    def _settable(self, level: float) -> Decimal:
        limits = self.attenuator.range()
        return min(max(Decimal(level), self.plan.start, limits.minimum), limits.maximum)

    def _attempted(self) -> int:
        return sum(attempted for _, attempted in self._counts.values())

    def _crossing(self, target: Decimal) -> Crossing:
        counts = [Count(float(x), *self._counts[x]) for x in sorted(self._counts)]
        return Curve(counts).crossing(float(target), float(self.plan.confidence))

    def _is_met(self, target: Decimal) -> bool:
        """Whether the target may be met where there is little attenuation."""
        fallen = [x for x in self._counts if not self._delivers(x)]
        most = min(fallen, default=max(self._counts)) - TOP_DB
        top = [self._counts[x] for x in self._counts if x <= max(most, self.plan.start)]
        delivered, attempted = (sum(column) for column in zip(*top, strict=True))
        return upper_bound(delivered, attempted, _SURE) >= target

    def _result(self, lost: Decimal | None, rejoined: Decimal | None) -> MarginResult:
        plan = self.plan
        steps = tuple(
            DeliveryStep(decibels=x, delivered=self._counts[x][0], attempted=self._counts[x][1])
            for x in sorted(self._counts)
        )
        has_fall = any(2 * step.delivered <= step.attempted for step in steps)

        def estimates(targets: Iterable[Decimal]) -> list[tuple[Decimal, Estimate]]:
            met = [x for x in targets if has_fall and self._is_met(x)]
            return [(x, Estimate.of(self._crossing(x))) for x in met]

        margins = estimates([plan.target])
        return MarginResult(
            band=self.band,
            target=plan.target,
            confidence=plan.confidence,
            steps=steps,
            margin=margins[0][1] if margins else None,
            others=tuple(estimates(plan.further_targets)),
            is_beyond_range=not has_fall and self._is_met(plan.target),
            lost=lost,
            rejoined=rejoined,
            losses=self.losses.with_component(resolution(self.attenuator.range().step)),
        )
