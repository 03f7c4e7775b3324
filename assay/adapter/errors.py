"""Errors of the DCC User.

* AdapterError
  - CorrelationError         the Pre-Command does not mean what was asked: nothing was signed
  - SupplyCheckError         the supply-sensitive check says no: nothing was sent
  - RemoteTransportError     the DCC's web service cannot be reached, or does not speak DUIS
  - RemoteDeviceError        a device message whose protection or content does not hold
"""

from __future__ import annotations


class AdapterError(Exception):
    """Root; never raised itself."""


class CorrelationError(AdapterError):
    """The Pre-Command differs from the request; `differences` say where."""

    def __init__(self, srv: str, differences: tuple[str, ...]) -> None:
        super().__init__(
            f"Pre-Command for {srv} differs from the request: {'; '.join(differences)}"
        )
        self.srv = srv
        self.differences = differences


class SupplyCheckError(AdapterError):
    """The supply-sensitive check of a request did not pass."""


class RemoteTransportError(AdapterError):
    """What came back over HTTP is no DUIS answer."""


class RemoteDeviceError(AdapterError):
    """A device's message that cannot be relied on."""
