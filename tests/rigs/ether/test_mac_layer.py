"""Medium access: what is acknowledged, what is sent again, and what is given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Ether, MacLayer, Position, margin_for
from rigs.zigbee import mac
from rigs.zigbee.mac import MacFrame

START = datetime(2026, 1, 1, tzinfo=UTC)
PAN, ONE, TWO = 0x1234, 0x0001, 0x0002


class Pair:
    """Two stations of one network."""

    def __init__(self, seed: int = 0) -> None:
        self.clock = SimulatedClock(START)
        self.ether = Ether(self.clock, seed=seed)
        self.got: list[bytes] = []
        self.outcomes: list[bool] = []
        self.stations = []
        for address in (ONE, TWO):
            node = self.ether.node(str(address), Position(float(address)))
            node.channel = Channel(number=11)
            station = MacLayer(self.clock, node, Eui64(bytes(7) + bytes((address,))))
            station.pan, station.address = PAN, address
            self.stations.append(station)
        self.stations[1].on_frame = lambda frame, _: self.got.append(frame.payload)
        self.path = self.ether.path(*(station.node for station in self.stations))

    def send(self, payload: bytes, *, destination: int = TWO, pan: int = PAN) -> None:
        frame = MacFrame(
            kind=mac.MacKind.DATA,
            sequence=0,
            destination_pan=pan,
            destination=destination,
            source=ONE,
            payload=payload,
            ack_request=destination != mac.BROADCAST,
        )
        self.stations[0].send(frame, self.outcomes.append)

    def pass_time(self) -> None:
        self.clock.advance(timedelta(seconds=1))


def test_a_frame_is_acknowledged_and_the_sender_knows() -> None:
    pair = Pair()
    pair.send(b"one")
    pair.pass_time()
    assert (pair.got, pair.outcomes) == ([b"one"], [True])


def test_frames_go_out_in_order_one_at_a_time() -> None:
    pair = Pair()
    payloads = [bytes((number,)) for number in range(20)]
    for payload in payloads:
        pair.send(payload)
    pair.pass_time()
    assert pair.got == payloads
    assert pair.outcomes == [True] * 20


def test_a_frame_for_another_station_or_network_is_not_for_us() -> None:
    pair = Pair()
    pair.send(b"x", destination=0x7777)
    pair.send(b"x", pan=0x4321)
    pair.pass_time()
    assert (pair.got, pair.outcomes) == ([], [False, False])


def test_a_broadcast_is_heard_and_not_acknowledged() -> None:
    pair = Pair()
    pair.send(b"all", destination=mac.BROADCAST)
    pair.pass_time()
    assert (pair.got, pair.outcomes) == ([b"all"], [True])
    assert pair.stations[0].counts.sent == 1


def test_out_of_range_a_frame_is_tried_four_times() -> None:
    pair = Pair()
    pair.path.attenuation = Decimal(150)
    pair.send(b"lost")
    pair.pass_time()
    assert pair.outcomes == [False]
    assert (pair.stations[0].counts.sent, pair.stations[0].counts.failed) == (4, 1)


def test_a_frame_that_comes_twice_is_given_once() -> None:
    pair = Pair(seed=3)
    now = pair.ether.margin(pair.stations[0].node, pair.stations[1].node, Channel(number=11))
    pair.path.attenuation = Decimal(now - margin_for(0.7))
    payloads = [bytes((number,)) for number in range(100)]
    for payload in payloads:
        pair.send(payload)
    pair.clock.advance(timedelta(seconds=10))
    assert pair.stations[0].counts.retried > 20
    assert len(pair.got) == len(set(pair.got))
    # What the sender knows to be delivered has been delivered.
    delivered = [one for one, outcome in zip(payloads, pair.outcomes, strict=True) if outcome]
    assert set(delivered) <= set(pair.got)


def test_without_power_nothing_is_heard_or_sent() -> None:
    pair = Pair()
    pair.stations[1].is_powered = lambda: False
    pair.send(b"lost")
    pair.pass_time()
    assert (pair.got, pair.outcomes) == ([], [False])


def test_the_acknowledgement_of_a_data_request_says_whether_something_waits() -> None:
    pair = Pair()
    seen: list[MacFrame] = []
    pair.stations[0].on_frame = lambda frame, _: seen.append(frame)
    pair.stations[1].has_pending = lambda address: address == ONE
    pair.send(b"question")
    pair.pass_time()
    assert [frame.pending for frame in seen] == [True]
