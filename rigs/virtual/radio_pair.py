"""Two radios on one channel that exchange a command and its response: a link, and nothing above.

What a link-margin measurement asks again and again. Both sides repeat a frame that is not
acknowledged, as 802.15.4 has it; the far one answers each command once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Heard, MacLayer, Node, delivery_probability
from rigs.virtual.ether.mac_layer import MAX_RETRIES
from rigs.zigbee import mac
from rigs.zigbee.mac import MacFrame

PAN = 0x5A5A
NEAR, FAR = 0x0000, 0x0001
OCTETS = 50
"""About as long as a short command in the tunnel with all its protection."""
TURNAROUND = timedelta(milliseconds=100)
"""Longer than four repetitions take, so that command and response never meet in the air."""
DEADLINE = timedelta(milliseconds=300)
"""The outcome is told then, whatever it is: until then the far side may still be repeating."""
_COUNTER_OCTETS = 4


class RadioPair:
    """On the loop thread. One exchange at a time."""

    def __init__(self, clock: Clock, near: Node, far: Node, channel: Channel, *, seed: int) -> None:
        self._clock = clock
        self._near = self._radio(near, channel, NEAR, seed)
        self._far = self._radio(far, channel, FAR, seed)
        self._near.on_frame = self._response
        self._far.on_frame = self._command
        self._counter = 0
        self._is_answered = False
        self._on_done: Callable[[bool], None] | None = None

    def exchange(self, on_done: Callable[[bool], None]) -> None:
        """`on_done` says whether the response came in time."""
        if self._on_done is not None:
            raise ValueError("an exchange is under way")
        self._on_done = on_done
        self._counter += 1
        self._is_answered = False
        self._clock.call_later(DEADLINE, self._finish)
        self._near.send(_frame(FAR, NEAR, self._counter))

    def _radio(self, node: Node, channel: Channel, address: int, seed: int) -> MacLayer:
        node.channel = channel
        layer = MacLayer(self._clock, node, Eui64(bytes([0xA5] * 7 + [address])), seed=seed)
        layer.pan, layer.address = PAN, address
        return layer

    def _command(self, frame: MacFrame, _heard: Heard) -> None:
        counter = _counter_of(frame)
        self._clock.call_later(TURNAROUND, lambda: self._far.send(_frame(NEAR, FAR, counter)))

    def _response(self, frame: MacFrame, _heard: Heard) -> None:
        if _counter_of(frame) == self._counter:
            self._is_answered = True

    def _finish(self) -> None:
        on_done, self._on_done = self._on_done, None
        assert on_done is not None  # set when this was put on the clock
        on_done(self._is_answered)


def chance_of_exchange(command_margin_db: float, response_margin_db: float) -> float:
    """That an exchange succeeds, for these margins at the far and at the near receiver.

    A frame arrives unless all its repetitions are lost; acknowledgements that are lost add
    repetitions of what has arrived, no more.
    """
    tries = MAX_RETRIES + 1
    chance = 1.0
    for margin in (command_margin_db, response_margin_db):
        chance *= 1 - (1 - delivery_probability(margin)) ** tries
    return chance


def _frame(destination: int, source: int, counter: int) -> MacFrame:
    payload = counter.to_bytes(_COUNTER_OCTETS, "little").ljust(OCTETS, b"\0")
    return mac.data(sequence=0, pan=PAN, destination=destination, source=source, payload=payload)


def _counter_of(frame: MacFrame) -> int:
    return int.from_bytes(frame.payload[:_COUNTER_OCTETS], "little")
