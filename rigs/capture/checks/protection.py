"""Whether each frame is protected as Smart Energy wants, and opens with the keys that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rigs.capture.checks.check import finding, sender
from rigs.capture.decoded import Decoded
from rigs.capture.findings import Check, Finding
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.nwk import NwkKind
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy.clusters import cluster_name, needs_link_key

_REJOINING = frozenset((0x06, 0x07))
"""NWK commands that may travel in clear: rejoin request and response of a trust centre rejoin."""


class Protection:
    """Security levels: network key, link key, and the level that travels (always zero)."""

    def look(self, frame: Decoded) -> Iterator[Finding]:
        for detail in self._faults(frame):
            yield finding(Check.UNPROTECTED, frame, sender(frame), detail)

    def finish(self) -> Iterator[Finding]:
        return iter(())

    def _faults(self, frame: Decoded) -> Iterator[str]:
        below, above = frame.nwk, frame.aps
        if below is None:
            return
        if not below.is_secured and not self._may_be_clear(frame):
            yield "NWK frame without the network key"
        for layer in (below, above):
            if layer is not None and layer.security is not None and layer.security.level:
                yield f"level {layer.security.level} in the security control, 0 is sent"
        if above is not None and not above.is_secured and needs_link_key(above):
            yield f"{cluster_name(above.cluster)} without the link key"
        if above is not None and _key_kind(above) is KeyKind.NETWORK:
            yield "APS frame under the network key"

    def _may_be_clear(self, frame: Decoded) -> bool:
        below, above = frame.nwk, frame.aps
        assert below is not None
        if below.kind is NwkKind.COMMAND:
            return bool(below.payload) and below.payload[0] in _REJOINING
        if below.kind is NwkKind.INTER_PAN:
            return True
        # who is joining has no network key yet: it is handed out under a link key
        return above is not None and above.kind is ApsKind.COMMAND and above.is_secured


def _key_kind(frame: ApsFrame) -> KeyKind | None:
    return frame.security.key_kind if frame.security is not None else None


class OpensWithKnownKeys:
    """A frame that no known key opens. Without any keys nothing is expected to open."""

    def __init__(self, has_keys: Callable[[], bool]) -> None:
        self._has_keys = has_keys

    def look(self, frame: Decoded) -> Iterator[Finding]:
        if frame.is_closed and self._has_keys():
            told = f"{frame.reached.name} layer: {frame.problem}"
            yield finding(Check.CLOSED, frame, sender(frame), told)

    def finish(self) -> Iterator[Finding]:
        return iter(())
