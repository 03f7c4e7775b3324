"""The stand-alone auxiliary proportional controller (SAPC)."""

from rigs.devices.sapc.sapc import (
    StandAloneController,
    StandAloneControllerConfiguration,
)

__all__ = ["StandAloneController", "StandAloneControllerConfiguration"]
