"""Climate chambers: the capability `Chamber` for two languages."""

from rigs.drivers.chamber.espec import EspecChamber
from rigs.drivers.chamber.settling import ClimateLimits
from rigs.drivers.chamber.simserv import SimservChamber

__all__ = ["ClimateLimits", "EspecChamber", "SimservChamber"]
