"""The images a device holds: the one it runs, the one before, one that waits, one that arrives."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.gbcs.firmware_image import OtaFile, image_hash

BROKEN_AT_START = b"test image that does not start"
"""How the content of a maker's test image begins that passes every check before its activation,
and fails the one at power-on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """`content` is the manufacturer image, `digest` the hash it had when it was stored."""

    version: bytes
    content: bytes
    digest: bytes

    @property
    def is_startable(self) -> bool:
        return not self.content.startswith(BROKEN_AT_START)

    @classmethod
    def of(cls, file: OtaFile) -> Image:
        content = file.image.manufacturer_image
        return cls(
            version=file.header.firmware_version, content=content, digest=image_hash(content)
        )

    @classmethod
    def from_factory(cls, version: bytes) -> Image:
        """What a device leaves the factory with; its content is of no interest but to its hash."""
        content = b"factory image " + version.hex().encode("ascii")
        return cls(version=version, content=content, digest=image_hash(content))


@dataclass(slots=True)
class Download:
    """The octets of one OTA file, in order; `total` is what its sender announces."""

    total: int
    received: bytearray = field(default_factory=bytearray)

    @property
    def wanted(self) -> int:
        """Offset of the next block."""
        return len(self.received)

    @property
    def is_complete(self) -> bool:
        return len(self.received) >= self.total


@dataclass(slots=True, kw_only=True)
class ImageStore:
    """Survives every loss of power. One active and one pending image (E-192); the one that was
    active before stays for a roll-back."""

    active: Image
    previous: Image | None = None
    pending: OtaFile | None = None
    download: Download | None = None

    def activate(self, image: Image) -> None:
        self.previous, self.active, self.pending = self.active, image, None

    def roll_back(self) -> bool:
        """False without an image to go back to."""
        if self.previous is None:
            return False
        self.active, self.previous = self.previous, None
        return True
