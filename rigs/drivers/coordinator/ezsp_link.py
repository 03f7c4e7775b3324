"""bellows' EZSP, with two things taken from it: the bench's clock, and blocks of long messages.

bellows knows no bench clock, so every command holds it until its answer is there. And bellows joins
blocks itself, acknowledges them in tasks of its own and breaks from EZSP 14 on (rigs digest 1,
finding 8), so messages are taken from the frames before it sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import bellows.config
import bellows.ezsp
import bellows.types

from assay.clock import Clock

INCOMING_MESSAGE = 0x0045


class Link(Protocol):
    """Who is told of the link; bellows' word for it is the application."""

    def connection_lost(self, reason: BaseException | None) -> None: ...


class BenchEzsp(bellows.ezsp.EZSP):  # type: ignore[misc]
    """`on_incoming` gets the fields of each message or block, as bellows read them."""

    def __init__(
        self,
        path: str,
        clock: Clock,
        application: Link,
        on_incoming: Callable[[dict[str, Any]], None],
    ) -> None:
        super().__init__(
            {
                bellows.config.CONF_DEVICE_PATH: path,
                bellows.config.CONF_DEVICE_BAUDRATE: 115200,
                "flow_control": None,
            },
            application,
        )
        self._clock = clock
        self._on_incoming = on_incoming

    @property
    def is_tcp_serial_port(self) -> bool:
        """False also for sockets: bellows waits 2 s for a reset by itself on each of its own."""
        return False

    def frame_received(self, data: bytes) -> None:
        fields = self._incoming_fields(data)
        if fields is None:
            super().frame_received(data)
        else:
            self._on_incoming(fields)

    def _incoming_fields(self, data: bytes) -> dict[str, Any] | None:
        if self._protocol is None or self._protocol.VERSION < 8 or len(data) < 5:
            return None
        _, number, rest = self._protocol._ezsp_frame_rx(data)
        if number != INCOMING_MESSAGE:
            return None
        _, _, schema = self._protocol.COMMANDS["incomingMessageHandler"]
        try:
            fields, _ = bellows.types.deserialize_dict(rest, schema)
        except ValueError:
            return None  # bellows says so in its log
        return dict(fields)

    def _switch_protocol_version(self, version: int) -> None:
        super()._switch_protocol_version(version)
        self._hold_time_in(self._protocol)

    def _hold_time_in(self, protocol: Any) -> None:
        command = protocol.command

        async def held(name: str, *given: Any, **fields: Any) -> Any:
            with self._clock.exchange():
                return await command(name, *given, **fields)

        protocol.command = held
