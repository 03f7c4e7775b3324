"""What one frame says, as a line that a person reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assay.gbcs.gbz import tables
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.identifiers import Eui64
from rigs.capture.decoded import Decoded, Layer
from rigs.zigbee import gbcs_tunnel
from rigs.zigbee.aps import ApsKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.mac import Address, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS
from rigs.zigbee.nwk import NwkKind
from rigs.zigbee.nwk_commands import NWK_COMMANDS
from rigs.zigbee.smart_energy.clusters import PROFILE, cluster_name
from rigs.zigbee.zcl import ZclFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One frame on the timeline; `at` is the bench's time. `use_case` where a message ended."""

    number: int
    at: datetime
    source: str
    destination: str
    layer: Layer
    title: str
    keys: tuple[str, ...] = ()
    use_case: str | None = None
    direction: str | None = None
    counter: int | None = None
    message: bytes | None = None

    def to_json(self) -> dict[str, Any]:
        form: dict[str, Any] = {
            "frame": self.number,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "source": self.source,
            "destination": self.destination,
            "layer": self.layer.name,
            "title": self.title,
            "keys": list(self.keys),
        }
        if self.message is not None:
            form |= {
                "use_case": self.use_case,
                "direction": self.direction,
                "counter": self.counter,
                "message": self.message.hex().upper(),
            }
        return form

    def __str__(self) -> str:
        clock = self.at.strftime("%H:%M:%S.%f")[:-3]
        return f"{self.number:6} {clock} {self.source} > {self.destination}  {self.title}"


def entry(frame: Decoded, at: datetime, names: dict[int, Eui64]) -> Entry:
    """`names` are the EUI-64s of the short addresses that are known so far."""
    source, destination = _ends(frame)
    content = frame.gbcs
    message = content.message if content is not None else None
    return Entry(
        number=frame.number,
        at=at,
        source=_name(source, names),
        destination=_name(destination, names),
        layer=frame.reached,
        title=_title(frame),
        keys=tuple(key for key in (frame.network_key, frame.link_key) if key is not None),
        use_case=content.use_case if content is not None else None,
        direction=message.cra.name.lower() if message is not None else None,
        counter=message.counter if message is not None else None,
        message=content.octets if content is not None else None,
    )


def _ends(frame: Decoded) -> tuple[Address | None, Address | None]:
    if frame.nwk is not None and frame.nwk.kind is not NwkKind.INTER_PAN:
        return frame.nwk.source, frame.nwk.destination
    if frame.mac is not None:
        return frame.mac.source, frame.mac.destination
    return None, None


def _name(address: Address | None, names: dict[int, Eui64]) -> str:
    if address is None:
        return "-"
    if isinstance(address, Eui64):
        return str(address)
    known = names.get(address)
    return f"{address:04X}" if known is None else str(known)


def _title(frame: Decoded) -> str:
    text = _WORDS[frame.reached](frame)
    if frame.problem is None:
        return text
    return f"{text} [{'closed' if frame.is_closed else frame.problem}]"


def _mac_words(frame: Decoded) -> str:
    mac = frame.mac
    assert mac is not None
    if mac.kind is MacKind.COMMAND:
        return f"MAC {_command_words(MAC_COMMANDS.parse, mac.payload)}"
    return f"MAC {mac.kind.name.lower()}"


def _nwk_words(frame: Decoded) -> str:
    assert frame.nwk is not None
    if frame.nwk.kind is NwkKind.COMMAND and not frame.nwk.is_sealed:
        return f"NWK {_command_words(NWK_COMMANDS.parse, frame.nwk.payload)}"
    return f"NWK {frame.nwk.kind.name.lower()}"


def _command_words(parse: Callable[[bytes], object], octets: bytes) -> str:
    try:
        return type(parse(octets)).__name__
    except RemoteRadioError as error:
        return f"command [{error}]"


def _aps_words(frame: Decoded) -> str:
    assert frame.aps is not None
    if frame.command is not None:
        return f"APS {type(frame.command).__name__}"
    words = f"APS {frame.aps.kind.name.lower()}"
    if frame.aps.kind is ApsKind.COMMAND:
        return words
    if frame.aps.profile == PROFILE:
        words += f" {cluster_name(frame.aps.cluster)}"
    return words if frame.aps.extended is None else f"{words}, block"


def _zcl_words(frame: Decoded) -> str:
    assert frame.aps is not None and frame.zcl is not None
    cluster = cluster_name(frame.aps.cluster)
    if frame.command is not None:
        return f"{cluster} {type(frame.command).__name__}"
    return f"{cluster} {_zcl_command(frame.aps.cluster, frame.zcl)}"


_GENERAL = {
    0x00: "ReadAttributes",
    0x01: "ReadAttributesResponse",
    0x02: "WriteAttributes",
    0x04: "WriteAttributesResponse",
    0x06: "ConfigureReporting",
    0x07: "ConfigureReportingResponse",
    0x0A: "ReportAttributes",
    0x0B: "DefaultResponse",
}


def _zcl_command(cluster: int, said: ZclFrame) -> str:
    if said.is_general:
        return _GENERAL.get(said.command, f"general command {said.command:02X}")
    way = Direction.SERVER_TO_CLIENT if said.is_to_client else Direction.CLIENT_TO_SERVER
    row = tables.command_rows().get((cluster, way, said.command))
    return row["name"] if row is not None else f"command {said.command:02X}"


_TUNNEL_WORDS = {
    gbcs_tunnel.Get: "GET",
    gbcs_tunnel.GetResponse: "GET-RESPONSE",
    gbcs_tunnel.Put: "PUT",
}


def _tunnel_words(frame: Decoded) -> str:
    words = _TUNNEL_WORDS[type(frame.tunnelled)] if frame.tunnelled is not None else "tunnel"
    if isinstance(frame.tunnelled, gbcs_tunnel.GetResponse) and not frame.tunnelled.message:
        words += " without message"
    return words if frame.segment is None else f"{words}, segment {frame.segment.number}"


def _gbcs_words(frame: Decoded) -> str:
    content = frame.gbcs
    assert content is not None
    words = f"{_tunnel_words(frame)} {content.use_case}"
    if content.message is None:
        return words
    return f"{words} {content.message.cra.name.lower()}"


_WORDS: dict[Layer, Callable[[Decoded], str]] = {
    Layer.PHYSICAL: lambda frame: "damaged" if not frame.frame.is_intact else "no ZigBee frame",
    Layer.MAC: _mac_words,
    Layer.NWK: _nwk_words,
    Layer.APS: _aps_words,
    Layer.ZCL: _zcl_words,
    Layer.TUNNEL: _tunnel_words,
    Layer.GBCS: _gbcs_words,
}
