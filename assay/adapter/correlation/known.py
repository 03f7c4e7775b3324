"""What a user may know beside the request, of the things that the DCC fills in.

Three things in critical Pre-Commands come from the DCC and not from the request. Without
these facts Correlate judges them by rule; with them, octet for octet.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All optional. `issuer_event_id`: seconds since 2000 that mark GBZ components;
    `other_device_type` and `other_device_certificate` (DER): of the Device to be joined."""

    issuer_event_id: int | None = None
    other_device_type: str | None = None
    other_device_certificate: bytes | None = None


NOTHING_KNOWN = Known()
OTHER_DEVICE_TYPES = ("ESME", "HCALCS", "PPMID")
"""Those that a critical join can name."""
