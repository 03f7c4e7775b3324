"""A home's virtual radio, put together: the ether, a coordinator, and a radio for each device.

The certificates of its devices are issued by an authority of its own; they are test certificates,
and only this home trusts them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel, NetworkParameters
from rigs.devices.gsme import GasMeter
from rigs.devices.han import HanDevice
from rigs.devices.hand_held import HandHeldTerminal
from rigs.radio_link import RadioLink
from rigs.smart_energy_hub import RadioPort, SmartEnergyHub
from rigs.virtual.ether import Ether, Path, Position
from rigs.virtual.radio_device import RadioDevice, RadioSettings
from rigs.virtual.stack.coordinator import RadioCoordinator
from rigs.zigbee.implicit_certificates import TestAuthority

HUB = "hub"
CHANNEL = Channel(number=20)
DISTANCE_M = 5.0
LINGER = timedelta(milliseconds=250)
"""A meter that is awake asks its mailbox every ten seconds; polls beyond the answer bring nothing
and cost most of a run's time."""
_AUTHORITY = Eui64(bytes(7) + b"\x01")


class RadioHome:
    """`link` goes into the hub in the place of its own. `port` is made on the ether where none is
    given. Hook: `settings_of` the radio in a device.
    """

    def __init__(
        self,
        clock: Clock,
        hub_id: Eui64,
        *,
        seed: int = 0,
        channel: Channel = CHANNEL,
        ether: Ether | None = None,
        port: RadioPort | None = None,
    ) -> None:
        self._clock = clock
        self.ether = ether if ether is not None else Ether(clock, seed=seed)
        if port is None:
            port = RadioCoordinator(clock, self.ether.node(HUB), hub_id)
        self.port = port
        self.authority = TestAuthority(_AUTHORITY)
        key = hashlib.sha256(b"network key" + hub_id + seed.to_bytes(8, "big")).digest()[:16]
        self.parameters = NetworkParameters(
            extended_pan_id=hub_id,
            pan_id=int.from_bytes(hub_id[-2:], "big") % 0xFFFE,
            channel=channel,
            network_key=key,
        )
        identity = self.authority.issue(hub_id, valid_from=clock.now())
        self.smart_energy = SmartEnergyHub(clock, port, identity)
        self.settings_of: Callable[[HanDevice], RadioSettings] = lambda device: RadioSettings(
            sleeps=isinstance(device, GasMeter), channels=(self.parameters.channel,), linger=LINGER
        )
        self.link = RadioLink(clock, port, self.smart_energy, self._radio_of, self.parameters)

    def path(self, device_id: Eui64) -> Path:
        """Between the hub's antenna and a device's."""
        return self.ether.path(HUB, str(device_id))

    def _radio_of(self, device: HanDevice) -> RadioDevice | None:
        if isinstance(device, HandHeldTerminal):
            return None
        name = str(device.device_id)
        self.ether.remove(name)  # of another device of that name, which this one replaces
        node = self.ether.node(name, Position(DISTANCE_M))
        identity = self.authority.issue(device.device_id, valid_from=self._clock.now())
        return RadioDevice(self._clock, node, device.device_id, identity, self.settings_of(device))
