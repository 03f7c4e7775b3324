"""Each immediate command and its outcome in the event log, with its message code.

A command whose date is still to come is not logged by this: its own alert reports it.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.gbcs.acceptance import Accepted
from assay.gbcs.dlms.access import Response, Result, decode_payload

CARRIED_OUT = 0x8154
NOT_CARRIED_OUT = 0x8155
_RESPONSE_TAG = 0xDA


class CommandLog:
    """`write` takes the event code and the message code (two octets) of the command.

    `is_waiting` tells by its counter whether a command waits for its date. Hook: `code` decides
    between the two events.
    """

    def __init__(
        self, write: Callable[[int, bytes], None], is_waiting: Callable[[int], bool]
    ) -> None:
        self._write = write
        self._is_waiting = is_waiting
        self.code: Callable[[bytes], int] = _code

    def record(self, command: Accepted, payload: bytes) -> None:
        if not self._is_waiting(command.message.counter):
            self._write(self.code(payload), command.use_case.code.to_bytes(2, "big"))


def _code(payload: bytes) -> int:
    """ASN.1 responses name their outcome each in its own way; they count as carried out."""
    if payload[:1] != bytes([_RESPONSE_TAG]):
        return CARRIED_OUT
    response = decode_payload(payload)
    done = isinstance(response, Response) and all(
        item.result == Result.SUCCESS for item in response.items
    )
    return CARRIED_OUT if done else NOT_CARRIED_OUT
