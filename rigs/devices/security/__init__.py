"""Trust on devices: cells and their replacement, own keys, joining, refusals.

How a device plugs it in, at the end of its constructor:

    self.agenda = Agenda(clock, own_clock)
    self.security = Security(self, DeviceType.PPMID, self.agenda)
    self.firmware = Firmware(self, self.agenda, FirmwareSettings(version=...))
"""

from rigs.devices.security.cells import CELLS, MODES, ReplacementMode, update_codes
from rigs.devices.security.security import Security
from rigs.devices.security.update import CredentialUpdate, UpdateOutcome

__all__ = [
    "CELLS",
    "MODES",
    "CredentialUpdate",
    "ReplacementMode",
    "Security",
    "UpdateOutcome",
    "update_codes",
]
