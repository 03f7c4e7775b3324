"""Parse: what devices answer, as MMC documents (V5.4) and as typed values.

`parse_mmc(octets, keys)` decodes a GBCS response or alert, checks its protection, decrypts
what is encrypted for the caller, and names its values as the Message Mapping Catalogue does.
The schema itself is not part of this; facts of it are rows here.
"""

from __future__ import annotations

from assay.mmc.document import SCHEMA_VERSION, MmcDocument, parse_mmc
from assay.mmc.errors import MmcError, NoMmcForm, RemoteMmcError, RemoteProtectionError

__all__ = [
    "SCHEMA_VERSION",
    "MmcDocument",
    "MmcError",
    "NoMmcForm",
    "RemoteMmcError",
    "RemoteProtectionError",
    "parse_mmc",
]
