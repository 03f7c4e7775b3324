"""What a wire to an attenuator is: one command, one answer."""

from __future__ import annotations

from typing import Protocol

from rigs.drivers.errors import RemoteInstrumentError

MAX_ANSWER = 4096


class CommandLink(Protocol):
    """One command, one answer."""

    @property
    def where(self) -> str: ...

    def ask(self, command: str) -> str: ...

    def close(self) -> None: ...


class TellingLink(CommandLink, Protocol):
    """Some commands have no answer."""

    def tell(self, command: str) -> None: ...


def text_of(octets: bytes, where: str, asked: str) -> str:
    if not octets.isascii():
        raise RemoteInstrumentError(
            f"{where}: expected ASCII text in answer to {asked!r}, got {octets!r}"
        )
    return octets.decode("ascii").strip()
