"""What one captured frame turned out to be, layer by layer, as far as it could be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from assay.gbcs import catalogue
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.segments import Segment
from rigs.capabilities.radio import CapturedFrame
from rigs.zigbee.aps import ApsFrame
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.gbcs_tunnel import Tunnelled
from rigs.zigbee.mac import MacFrame
from rigs.zigbee.nwk import NwkFrame
from rigs.zigbee.zcl import ZclFrame


class Layer(IntEnum):
    """How far a frame was read."""

    PHYSICAL = 0
    MAC = 1
    NWK = 2
    APS = 3
    ZCL = 4
    TUNNEL = 5
    GBCS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class GbcsContent:
    """A GBCS message, typed; or what the codec has against it."""

    octets: bytes
    message: Message | None = None
    kind: str | None = None
    typed: Any = None
    problem: GbcsError | None = None

    @property
    def use_case(self) -> str:
        if self.message is None:
            return "no GBCS message"
        row = catalogue.use_case(self.message.message_code)
        return row.name if row is not None else f"0x{self.message.message_code:04X}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """One frame. `network_key` and `link_key` are the labels of the keys that opened it.

    `problem` is why it was not read further, None where there was nothing more to read. The
    frame that completes a fragmented message carries `whole`, the joined APS frame.
    """

    number: int
    frame: CapturedFrame
    reached: Layer
    mac: MacFrame | None = None
    nwk: NwkFrame | None = None
    aps: ApsFrame | None = None
    whole: ApsFrame | None = None
    zcl: ZclFrame | None = None
    command: object | None = None
    tunnelled: Tunnelled | None = None
    segment: Segment | None = None
    gbcs: GbcsContent | None = None
    network_key: str | None = None
    link_key: str | None = None
    problem: RemoteRadioError | GbcsError | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it stayed shut for want of the right key."""
        return isinstance(self.problem, NotAuthentic)
