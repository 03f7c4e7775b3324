"""The air of one bench, on the bench's clock and with a seed: the same run is lost alike twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assay.clock import Clock
from rigs.capabilities.radio import Band, Channel
from rigs.virtual.ether import budget
from rigs.virtual.ether.bands import PLANS
from rigs.virtual.ether.node import Heard, Interference, Node
from rigs.virtual.ether.paths import ORIGIN, Path, Position, distance_loss

ENERGY_OVER_SENSITIVITY_DB = 10.0
"""A channel counts as busy from so much over the sensitivity on (802.15.4's limit)."""
CARRIER_UNDER_SENSITIVITY_DB = 6.0
"""So weak a frame is still told from noise, though most of its like are lost (inferred)."""
_EAR_LOSS_DB = 40.0


@dataclass(slots=True, eq=False)
class _Transmission:
    sender: Node
    octets: bytes
    channel: Channel
    power_dbm: float
    start: datetime
    end: datetime
    overlaps: list[_Transmission] = field(default_factory=list)


class Ether:
    """`taps` get every frame, as a loss-free ear one metre from each sender would hear it.

    `collides`: whether frames that overlap disturb one another; without, each is on its own.
    """

    def __init__(self, clock: Clock, *, seed: int = 0, collides: bool = True) -> None:
        self._clock = clock
        self._random = random.Random(seed)
        self._nodes: dict[str, Node] = {}
        self._paths: dict[frozenset[str], Path] = {}
        self._on_air: list[_Transmission] = []
        self.collides = collides
        self.interference: list[Interference] = []
        self.taps: list[Callable[[Heard], None]] = []

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(self._nodes.values())

    def node(self, name: str, position: Position = ORIGIN) -> Node:
        """A new antenna; ValueError for a name that is taken."""
        if name in self._nodes:
            raise ValueError(f"there is a node {name} already")
        node = self._nodes[name] = Node(self, name, position)
        return node

    def remove(self, node: Node | str) -> None:
        """An antenna is taken away, if it is there; what is known of its paths stays."""
        self._nodes.pop(node if isinstance(node, str) else node.name, None)

    def path(self, one: Node | str, other: Node | str) -> Path:
        """What lies between two nodes (or a node and a source of interference), both ways."""
        names = frozenset(end if isinstance(end, str) else end.name for end in (one, other))
        if len(names) != 2:
            raise ValueError(f"a path has two ends, got {sorted(names)}")
        return self._paths.setdefault(names, Path())

    def loss(self, one: Node, other: Node, band: Band) -> float:
        """Decibels between two nodes."""
        return self._loss(one.name, one.position, other.name, other.position, band)

    def strength(self, sender: Node, receiver: Node, channel: Channel) -> float:
        """The level in dBm at which one hears the other."""
        return _power(sender, channel.band) - self.loss(sender, receiver, channel.band)

    def margin(self, sender: Node, receiver: Node, channel: Channel) -> float:
        """Decibels over what the receiver needs, with what disturbs it now."""
        needed = self._needed(receiver, channel, ())
        return self.strength(sender, receiver, channel) - needed

    def transmit(self, sender: Node, octets: bytes, after: timedelta) -> timedelta:
        """The time until the frame has ended. A node without a channel is a ValueError."""
        plan, channel = sender.plan, sender.channel
        if channel is None:
            raise ValueError(f"{sender.name} is on no channel")
        airtime = plan.airtime(len(octets))
        start = self._clock.now() + after
        sent = _Transmission(
            sender, octets, channel, _power(sender, channel.band), start, start + airtime
        )
        if channel.band is Band.SUB_GHZ:
            sender.duty.add(start, airtime)
        for other in self._on_air:
            if other.channel == channel and other.start < sent.end and start < other.end:
                other.overlaps.append(sent)
                sent.overlaps.append(other)
        self._on_air.append(sent)
        self._clock.call_at(sent.end, lambda: self._arrive(sent))
        return after + airtime

    def is_busy(self, node: Node) -> bool:
        """Clear channel assessment by carrier and by energy; a node that sends, or is about to
        acknowledge, has no time for another frame either."""
        channel, now = node.channel, self._clock.now()
        if channel is None:
            return False
        if any(one.sender is node for one in self._on_air):
            return True
        levels = [
            one.power_dbm - self.loss(one.sender, node, channel.band)
            for one in self._on_air
            if one.channel == channel and one.start <= now
        ]
        sensitivity = _sensitivity(node, channel.band)
        if levels and max(levels) >= sensitivity - CARRIER_UNDER_SENSITIVITY_DB:
            return True
        energy = budget.sum_dbm(self._interference_at(node, channel))
        return energy >= sensitivity + ENERGY_OVER_SENSITIVITY_DB

    def energy(self, node: Node, channel: Channel) -> float:
        """Noise and interference in dBm, as an energy scan of this node measures them."""
        levels = [PLANS[channel.band].noise_dbm, *self._interference_at(node, channel)]
        return budget.sum_dbm(levels)

    def _arrive(self, sent: _Transmission) -> None:
        self._on_air.remove(sent)
        at = self._clock.now()
        for tap in self.taps:
            tap(_heard(sent, at, sent.power_dbm - _EAR_LOSS_DB, budget.MAX_LINK_QUALITY))
        for node in tuple(self._nodes.values()):
            if node is sent.sender or node.channel != sent.channel or not node.is_listening:
                continue
            if self._is_deaf(node, sent):
                continue
            level = sent.power_dbm - self.loss(sent.sender, node, sent.channel.band)
            others = sent.overlaps if self.collides else ()
            margin = level - self._needed(node, sent.channel, others)
            if self._random.random() < budget.delivery_probability(margin):
                node.on_heard(_heard(sent, at, level, budget.link_quality(margin)))

    def _is_deaf(self, node: Node, sent: _Transmission) -> bool:
        """Nobody hears while it sends."""
        return any(other.sender is node for other in sent.overlaps)

    def _needed(self, receiver: Node, channel: Channel, others: Iterable[_Transmission]) -> float:
        levels = self._interference_at(receiver, channel)
        levels += [
            other.power_dbm - self.loss(other.sender, receiver, channel.band)
            for other in others
            if other.sender is not receiver
        ]
        needed = _sensitivity(receiver, channel.band)
        if not levels:
            return needed
        noise = PLANS[channel.band].noise_dbm
        return needed + budget.noise_rise_db(noise, budget.sum_dbm(levels))

    def _interference_at(self, node: Node, channel: Channel) -> list[float]:
        return [
            source.power_dbm
            - self._loss(source.name, source.position, node.name, node.position, channel.band)
            for source in self.interference
            if source.reaches(channel)
        ]

    def _loss(
        self, one: str, one_at: Position, other: str, other_at: Position, band: Band
    ) -> float:
        path = self._paths.get(frozenset((one, other)))
        if path is None:
            return distance_loss(one_at, other_at, band)
        return path.loss(one_at, other_at, band)


def _power(node: Node, band: Band) -> float:
    return node.power_dbm if node.power_dbm is not None else PLANS[band].transmit_dbm


def _sensitivity(node: Node, band: Band) -> float:
    own = node.sensitivity_dbm
    return own if own is not None else PLANS[band].sensitivity_dbm


def _heard(sent: _Transmission, at: datetime, level: float, quality: int) -> Heard:
    return Heard(
        at=at,
        octets=sent.octets,
        channel=sent.channel,
        sender=sent.sender.name,
        strength_dbm=level,
        link_quality=quality,
    )
