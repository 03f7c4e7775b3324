"""What a virtual reference standard measures, and the binary language of one."""

from rigs.virtual.reference.binary import VirtualBinaryStandard
from rigs.virtual.reference.standard import Standard

__all__ = ["Standard", "VirtualBinaryStandard"]
