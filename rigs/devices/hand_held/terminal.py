"""A hand-held terminal: it presents itself to a hub, then hands over Commands and takes responses.

Within an hour of the hub's power-on it scans, agrees on keys with the hub that the installer
picks, and gives its install code and identifier; the hub takes it into its log and lets it join
(T-101). From then on it brings Commands that were made ready for the home area network, and takes
the responses to them (T-102). Alerts go by the WAN as ever. It runs on a battery that lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from rigs.devices.han import HanLink
from rigs.devices.hub.formation import Beacon


class TerminalHub(Protocol):
    """What a terminal sees of a hub."""

    @property
    def link(self) -> HanLink: ...

    def beacon(self) -> Beacon | None: ...

    def admit_hand_held(self, device_id: Eui64, install_code: bytes) -> bytes | None: ...

    def is_linked(self, device_id: Eui64, link_key: bytes) -> bool: ...

    def dismiss_hand_held(self, device_id: Eui64) -> None: ...


class HandHeldTerminal:
    """`on_response` is called with each response that came for a Command of this terminal."""

    def __init__(self, device_id: Eui64, install_code: bytes) -> None:
        self._device_id = device_id
        self.install_code = install_code
        self._hub: TerminalHub | None = None
        self._link_key: bytes | None = None
        self.responses: list[bytes] = []
        self.on_response: list[Callable[[Message], None]] = []

    @property
    def device_id(self) -> Eui64:
        return self._device_id

    @property
    def is_joined(self) -> bool:
        hub, key = self._hub, self._link_key
        return hub is not None and key is not None and hub.is_linked(self._device_id, key)

    @staticmethod
    def scan(hubs: Iterable[TerminalHub]) -> tuple[Beacon, ...]:
        """Of every hub in range, for the installer to pick the address that is printed on one."""
        heard = (hub.beacon() for hub in hubs)
        return tuple(beacon for beacon in heard if beacon is not None)

    def connect(self, hub: TerminalHub) -> bool:
        """Whether the hub let it in; it does so in the hour from its power-on (T-103)."""
        if self.is_joined and self._hub is hub:
            return True
        self._hub = hub
        self._link_key = hub.admit_hand_held(self._device_id, self.install_code)
        if self._link_key is None:
            return False
        hub.link.attach(self)
        return True

    def leave(self) -> None:
        """The installer is done; nothing of the terminal stays at the hub (T-104)."""
        if self._hub is not None and self.is_joined:
            self._hub.dismiss_hand_held(self._device_id)
        self._link_key = None

    def hand_over(self, command: bytes) -> bool:
        """Give a Command to the hub; whether there is a hub to give it to."""
        if self._hub is None or not self.is_joined:
            return False
        self._hub.link.up(self._device_id, command)
        return True

    def response_to(self, command: bytes) -> bytes | None:
        """What came for a Command; None before, and for what no response belongs to."""
        asked = parse(command)
        for octets in self.responses:
            answer = parse(octets)
            if (answer.recipient, answer.counter) == (asked.originator, asked.counter):
                return octets
        return None

    def receive(self, octets: bytes) -> None:
        try:
            message = parse(octets)
        except RemoteGbcsError:
            return
        if message.cra is not Cra.RESPONSE:
            return
        self.responses.append(octets)
        for callback in self.on_response:
            callback(message)

    def link_changed(self) -> None:
        """It stays where the installer has put it."""
