"""Messages that are longer than a tunnel's transfer: split where they go in, joined where they come
out (general block transfer, GBCS digest 10.3).

Segments carry no acknowledgements of their own here: below them each is acknowledged by the APS
layer, and whatever is lost costs the whole message, which its sender repeats.
"""

from __future__ import annotations

from datetime import datetime

from assay.gbcs import segments
from assay.gbcs.block_transfer import Receiver
from assay.gbcs.errors import GbcsError
from rigs.zigbee.gbcs_tunnel import Put
from rigs.zigbee.smart_energy.tunneling import MAX_TRANSFER_SIZE


def transfers_of(octets: bytes) -> tuple[bytes, ...]:
    """What goes through the tunnel: PUT with the message, or with one segment each."""
    whole = Put(message=octets).to_octets()
    if len(whole) <= MAX_TRANSFER_SIZE:
        return (whole,)
    try:
        pieces = segments.split(octets)
    except GbcsError:
        return (whole,)  # no GBCS message: the other end says that it is too long
    return tuple(Put(message=each.to_octets()).to_octets() for each in pieces)


class Joining:
    """One end's memory of segments that wait for the others."""

    def __init__(self) -> None:
        self._receiver = Receiver()

    def take(self, octets: bytes, now: datetime) -> bytes | None:
        """The whole message; None where it is not complete, or was no sound segment."""
        if not segments.is_segment(octets):
            return octets
        try:
            segment = segments.parse_segment(octets)
            if segment.is_acknowledgement:
                return None
            return self._receiver.receive(segment, now).message
        except GbcsError:
            return None
