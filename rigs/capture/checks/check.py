"""What every check is: it looks at frames in order, and says at the end what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rigs.capture.decoded import Decoded
from rigs.capture.findings import Check, Finding


class FrameCheck(Protocol):
    """Kept by the pipeline; sees each frame once."""

    def look(self, frame: Decoded) -> Iterator[Finding]: ...

    def finish(self) -> Iterator[Finding]:
        """After the last frame."""


def finding(check: Check, frame: Decoded, subject: str, detail: str) -> Finding:
    return Finding(
        check=check, at=frame.frame.at, number=frame.number, subject=subject, detail=detail
    )


def sender(frame: Decoded) -> str:
    """Who sent it, as exactly as the frame tells."""
    if frame.nwk is not None:
        security = frame.nwk.security
        if security is not None and security.source is not None:
            return str(security.source)
        return f"{frame.nwk.source:04X}"
    if frame.mac is not None and frame.mac.source is not None:
        source = frame.mac.source
        return f"{source:04X}" if isinstance(source, int) else str(source)
    return "unknown sender"
