"""The capability `Coordinator` on a radio stick with EmberZNet 7.4, real or virtual.

`EmberStick` is the asyncio face, `EmberCoordinator` the blocking one, `StickPort` the one in
callbacks that the Smart Energy hub has.
"""

from rigs.drivers.coordinator.driver import EmberCoordinator
from rigs.drivers.coordinator.port import StickPort
from rigs.drivers.coordinator.stick import EmberStick

__all__ = ["EmberCoordinator", "EmberStick", "StickPort"]
