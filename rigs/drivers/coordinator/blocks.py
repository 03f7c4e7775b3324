"""Long messages as EmberZNet's hosts send and get them: block numbers in the group field.

The stick carries one block at a time and repeats it until it is acknowledged; splitting, windows
and joining are the host's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import ApsMessage
from rigs.zigbee import fragments
from rigs.zigbee.aps import ApsFrame, Fragment, FragmentKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fragments import Pace, Receiver

ENCRYPTION: Final = 0x0020
RETRY: Final = 0x0040
ROUTE_DISCOVERY: Final = 0x0100
FRAGMENT: Final = 0x8000
"""APS options (rigs digest 3.3)."""

PROTECTION_SIZE = 9
"""Auxiliary header without extended nonce (5) and integrity code (4)."""

BLOCK_HEADER_SIZE = 2
WHOLE_WINDOW: Final = 0xFF00
"""The high octet of a block's acknowledgement: all blocks of the window from the named one on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One frame for the stick. `group` is a block number, 0 in a message that fits."""

    options: int
    group: int
    payload: bytes


def blocks_of(message: ApsMessage, largest_payload: int) -> tuple[Block, ...]:
    """`largest_payload` is the stick's, without protection. ValueError for too long a message."""
    options = RETRY | ROUTE_DISCOVERY | ENCRYPTION * message.is_encrypted
    room = largest_payload - PROTECTION_SIZE * message.is_encrypted
    if len(message.payload) <= room:
        return (Block(options=options, group=0, payload=message.payload),)
    whole = ApsFrame(payload=message.payload, ack_request=True)
    return tuple(
        Block(options=options | FRAGMENT, group=_group(frame), payload=frame.payload)
        for frame in fragments.split(whole, room - BLOCK_HEADER_SIZE)
    )


def windows(blocks: tuple[Block, ...], size: int) -> tuple[tuple[Block, ...], ...]:
    return tuple(blocks[start : start + size] for start in range(0, len(blocks), size))


def _group(frame: ApsFrame) -> int:
    assert frame.extended is not None
    is_first = frame.extended.kind is FragmentKind.FIRST
    return frame.extended.block << 8 if is_first else frame.extended.block


class Joiner:
    """Joins incoming blocks of many devices; each message once, however often its blocks come.

    A block is waited for as long as a sleeping device may take to send it.
    """

    def __init__(self, patience: timedelta = timedelta(seconds=40)) -> None:
        self._receiver = Receiver(Pace(ack_wait=patience, retries=0))

    def join(
        self, message: ApsMessage, group: int, sequence: int, now: datetime
    ) -> ApsMessage | None:
        """The whole message when its last block has come; None for a block that fits nowhere."""
        index, count = group & 0xFF, group >> 8
        kind = FragmentKind.REST if index else FragmentKind.FIRST
        frame = ApsFrame(
            counter=sequence,
            destination_endpoint=message.destination_endpoint,
            source_endpoint=message.source_endpoint,
            cluster=message.cluster,
            profile=message.profile,
            payload=message.payload,
            extended=Fragment(kind=kind, block=index or count),
        )
        try:
            whole = self._receiver.receive(_sender(message.peer), frame, now).message
        except RemoteRadioError:
            return None
        return None if whole is None else replace(message, payload=whole.payload)


def _sender(peer: Eui64) -> bytes:
    return bytes(peer)
