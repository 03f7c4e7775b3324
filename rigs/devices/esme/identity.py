"""What a meter is, and which metering points it is registered at."""

from __future__ import annotations

from rigs.devices.esme.configuration import MeterConfiguration

MPAN_SIZE = 13
NO_NUMBER = b"0"
"""Digits of a number that nobody has written yet (this bench's choice)."""


class MeterIdentity:
    """Constants of the make, and the numbers that suppliers write (ECS39a, ECS39b).

    The import number of a twin-element meter is that of its first element, and after it the
    second's where that has one (DUIS leaves it open).
    """

    def __init__(self, configuration: MeterConfiguration) -> None:
        self.device_id = configuration.device_id
        self.variant = configuration.variant
        self.manufacturer = configuration.manufacturer
        self.model = configuration.model
        self.import_mpans = NO_NUMBER * MPAN_SIZE
        self.export_mpan = NO_NUMBER * MPAN_SIZE

    @property
    def import_sizes(self) -> tuple[int, ...]:
        """Octets that the import number may have."""
        return (MPAN_SIZE, 2 * MPAN_SIZE) if self.variant.is_twin else (MPAN_SIZE,)
