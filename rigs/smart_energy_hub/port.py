"""What the hub needs of a coordinator, in callbacks, as everything on the state thread is.

The coordinator on the ether has this face by itself; a radio stick's driver, which is asyncio, gets
it from an adapter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters


class RadioPort(Protocol):
    """Calls return at once. What is heard comes through the two lists of callbacks."""

    @property
    def eui(self) -> Eui64: ...

    @property
    def on_message(self) -> list[Callable[[ApsMessage], None]]: ...

    @property
    def on_joined(self) -> list[Callable[[Eui64], None]]:
        """A device holds the network key, and has said so."""

    def form(self, parameters: NetworkParameters) -> None: ...

    def silence(self) -> None:
        """Radio off."""

    def resume(self) -> None:
        """Radio on, in the network that was formed."""

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None: ...

    def set_link_key(self, device: Eui64, link_key: bytes) -> None: ...

    def send(self, message: ApsMessage, on_done: Callable[[Delivery], None]) -> None: ...

    def dismiss(self, device: Eui64) -> None: ...
