"""An active scan: a beacon request on each channel, and the beacons that it brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assay.clock import Clock
from rigs.capabilities.radio import Channel
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard, MacLayer
from rigs.zigbee import mac
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS, Beacon, BeaconRequest

LISTEN = timedelta(milliseconds=138)
"""On each channel: scan duration 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A network that answered, from which address, and how well it was heard."""

    channel: Channel
    pan: int
    address: int
    beacon: Beacon
    strength_dbm: float


class Scan:
    """One scan; `on_done` gets what was found, the strongest first."""

    def __init__(
        self,
        clock: Clock,
        link: MacLayer,
        channels: Sequence[Channel],
        on_done: Callable[[tuple[Found, ...]], None],
    ) -> None:
        self._clock = clock
        self._link = link
        self._left = list(channels)
        self._on_done = on_done
        self._found: list[Found] = []
        self._alarm = Alarm(clock, self._next)
        self._next()

    def stop(self) -> None:
        self._alarm.cancel()
        self._left.clear()

    def take(self, frame: MacFrame, heard: Heard) -> None:
        """A beacon, perhaps."""
        if frame.kind is not MacKind.BEACON or not isinstance(frame.source, int):
            return
        try:
            beacon = Beacon.from_octets(frame.payload)
        except RemoteRadioError:
            return
        assert frame.source_pan is not None
        self._found.append(
            Found(
                channel=heard.channel,
                pan=frame.source_pan,
                address=frame.source,
                beacon=beacon,
                strength_dbm=heard.strength_dbm,
            )
        )

    def _next(self) -> None:
        if not self._left:
            self._on_done(tuple(sorted(self._found, key=lambda one: -one.strength_dbm)))
            return
        self._link.forget()
        self._link.node.channel = self._left.pop(0)
        self._link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=mac.BROADCAST_PAN,
                destination=mac.BROADCAST,
                payload=MAC_COMMANDS.build(BeaconRequest()),
            )
        )
        self._alarm.set(self._clock.now() + LISTEN)
