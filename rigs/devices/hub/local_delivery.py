"""Commands that an installer's terminal hands to the hub, and the way back for their responses.

A response goes to the terminal that brought its command and to nobody else; alerts go over the WAN
as ever (T-102, inferred).
"""

from __future__ import annotations

from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64


class LocalDelivery:
    """Which commands came by a terminal, until they are answered."""

    def __init__(self) -> None:
        self._brought: dict[tuple[Eui64, int, int], Eui64] = {}

    def take(self, terminal: Eui64, message: Message) -> bool:
        """Whether it is a command, whose response is for this terminal from now on."""
        if message.cra is not Cra.COMMAND:
            return False
        key = (message.originator, message.counter, message.message_code)
        self._brought[key] = terminal
        return True

    def terminal_of(self, message: Message) -> Eui64 | None:
        """Who is to get this message of a device; None for one that is for others."""
        if message.cra is not Cra.RESPONSE:
            return None
        return self._brought.pop((message.recipient, message.counter, message.message_code), None)


def message_in(octets: bytes) -> Message | None:
    """None for what is no message; the hub carries it all the same."""
    try:
        return parse(octets)
    except RemoteGbcsError:
        return None
