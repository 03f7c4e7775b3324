"""The WAN asks the hub's own link how long a message travels, and loses what the link loses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assay.clock import SimulatedClock
from assay.wan import InProcessWan, WanLink
from tests.rigs.devices.premises_kit import HUB


class FixedLink:
    """Takes a second for each octet, and loses messages that are longer than its limit."""

    def __init__(self, limit: int = 100) -> None:
        self._limit = limit

    def travel(self, octets: int) -> timedelta | None:
        return timedelta(seconds=octets) if octets <= self._limit else None


class Hub:
    def __init__(self, clock: SimulatedClock, link: WanLink | None) -> None:
        self.wan_link = link
        self.arrived: list[datetime] = []
        self._clock = clock

    @property
    def hub_id(self) -> bytes:
        return HUB

    def message_down(self, device_id: bytes, message: bytes) -> None:
        assert device_id == HUB and set(message) == {0}
        self.arrived.append(self._clock.now())


def carried(link: WanLink | None, message: bytes) -> list[timedelta]:
    clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
    wan, hub, begin = InProcessWan(clock), Hub(clock, link), clock.now()
    wan.attach_hub(hub)
    wan.send_down(HUB, HUB, message)
    clock.advance(timedelta(minutes=1))
    return [at - begin for at in hub.arrived]


def test_a_hub_without_a_link_is_reached_in_the_time_of_the_wan() -> None:
    assert carried(None, bytes(7)) == [timedelta(milliseconds=400)]


def test_a_link_has_its_own_time() -> None:
    assert carried(FixedLink(), bytes(7)) == [timedelta(seconds=7)]


def test_what_a_link_loses_does_not_arrive() -> None:
    assert carried(FixedLink(limit=6), bytes(7)) == []
