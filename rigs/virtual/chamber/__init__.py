"""Virtual climate chambers: one climate, two languages."""

from rigs.virtual.chamber.climate import VirtualClimate
from rigs.virtual.chamber.espec import VirtualEspec
from rigs.virtual.chamber.simserv import VirtualSimserv

__all__ = ["VirtualClimate", "VirtualEspec", "VirtualSimserv"]
