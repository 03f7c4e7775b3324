"""What a class 30 read returned: the protected attributes, decrypted."""

from __future__ import annotations

from assay.gbcs.dlms.data import Data
from assay.mmc.templates import Reading, Source, member, parts


def protected(*path: int) -> Source:
    """What the first protected attribute of a class 30 read holds, or a member inside."""

    def find(reading: Reading) -> Data | None:
        plain = reading.content.plain
        return member(plain[0], *path) if plain else None

    return find


def protected_member(index: int, *path: int) -> Source:
    """The same for a member that some meters do not have (twin element)."""

    def find(reading: Reading) -> Data | None:
        plain = reading.content.plain
        if not plain or index >= len(parts(member(plain[0], 0))):
            return None
        return member(plain[0], 0, index, *path)

    return find
