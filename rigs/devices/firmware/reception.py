"""How an OTA file comes to a device: whole, or in blocks that may be lost and asked for again."""

from __future__ import annotations

from collections.abc import Callable

from rigs.devices.firmware.images import Download, ImageStore


class Reception:
    """`deliver` gets a file when its last octet is there. `on_octets` hears how much arrives."""

    def __init__(self, images: ImageStore, deliver: Callable[[bytes], None]) -> None:
        self._images = images
        self._deliver = deliver
        self.on_octets: list[Callable[[int], None]] = []

    @property
    def wanted_block(self) -> int | None:
        """Offset of the next block of the download under way; None where none is."""
        download = self._images.download
        return download.wanted if download is not None else None

    def whole(self, octets: bytes) -> None:
        self._count(len(octets))
        self._images.download = None
        self._deliver(octets)

    def block(self, offset: int, block: bytes, total: int) -> int:
        """One block of a file of `total` octets; the offset that is wanted next.

        Whoever sends goes on from there: after a block that was lost, and after the device's
        power was. A block at offset 0 begins a new file.
        """
        self._count(len(block))
        download = self._images.download
        if download is None or download.total != total or offset == 0:
            download = self._images.download = Download(total)
        if offset == download.wanted:
            download.received += block
        if not download.is_complete:
            return download.wanted
        self._images.download = None
        self._deliver(bytes(download.received))
        return total

    def _count(self, size: int) -> None:
        for callback in self.on_octets:
            callback(size)
