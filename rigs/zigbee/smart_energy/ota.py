"""The OTA Upgrade cluster (0x0019): how a device fetches an image in blocks.

Recalled from the ZigBee Cluster Library; an outside dissector agrees with the layouts (see the
tests). Fields that a control octet or a status announces are None where they are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.commands import U8, U32, CommandSet, OwnForm, Row, Wire
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little

SUCCESS, NOT_AUTHORISED, ABORT, INVALID_IMAGE = 0x00, 0x7E, 0x95, 0x96
WAIT_FOR_DATA, NO_IMAGE_AVAILABLE, REQUIRE_MORE_IMAGE = 0x97, 0x98, 0x99
ON_COMMAND = 0xFFFFFFFF
"""An upgrade time that means: wait until you are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Whose image, of which type, in which version."""

    manufacturer: int
    kind: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryNextImage:
    image: Image
    hardware: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextImage:
    """There is one, of so many octets."""

    image: Image
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNextImage:
    status: int = NO_IMAGE_AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageBlockRequest:
    image: Image
    offset: int
    max_size: int
    requester: Eui64 | None = None
    min_period_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageBlock:
    image: Image
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Ask again later: both times in seconds of ZigBee's epoch, or a span from zero."""

    now: int
    again_at: int
    min_period_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBlock:
    status: int = ABORT


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeEnd:
    """The device has it all (success), or has thrown it away."""

    status: int
    image: Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """When to activate: both times as in `Wait`, or ON_COMMAND."""

    image: Image
    now: int
    at: int


def _read_image(reader: Octets, _: str = "") -> Image:
    return Image(
        manufacturer=reader.u16("manufacturer"),
        kind=reader.u16("image type"),
        version=reader.u32("file version"),
    )


def _write_image(image: Image, _: str = "") -> bytes:
    return (
        little(image.manufacturer, 2, "manufacturer")
        + little(image.kind, 2, "image type")
        + little(image.version, 4, "file version")
    )


_IMAGE = Wire(_read_image, _write_image)
_HAS_HARDWARE, _HAS_REQUESTER, _HAS_PERIOD = 0x01, 0x01, 0x02


def _write_query(query: QueryNextImage) -> bytes:
    control = _HAS_HARDWARE * (query.hardware is not None)
    octets = bytes((control,)) + _write_image(query.image)
    return octets if query.hardware is None else octets + little(query.hardware, 2, "hardware")


def _read_query(reader: Octets) -> QueryNextImage:
    control = _control(reader, _HAS_HARDWARE)
    image = _read_image(reader)
    return QueryNextImage(image=image, hardware=reader.u16("hardware") if control else None)


def _write_next(answer: NextImage | NoNextImage) -> bytes:
    if isinstance(answer, NoNextImage):
        return _refusal(answer.status)
    return bytes((SUCCESS,)) + _write_image(answer.image) + little(answer.size, 4, "image size")


def _read_next(reader: Octets) -> NextImage | NoNextImage:
    status = reader.u8("status")
    if status != SUCCESS:
        return NoNextImage(status=status)
    return NextImage(image=_read_image(reader), size=reader.u32("image size"))


def _write_request(request: ImageBlockRequest) -> bytes:
    control = _HAS_REQUESTER * (request.requester is not None)
    control |= _HAS_PERIOD * (request.min_period_ms is not None)
    octets = bytes((control,)) + _write_image(request.image)
    octets += little(request.offset, 4, "offset") + little(request.max_size, 1, "largest block")
    if request.requester is not None:
        octets += eui_octets(request.requester)
    if request.min_period_ms is not None:
        octets += little(request.min_period_ms, 2, "shortest period")
    return octets


def _read_request(reader: Octets) -> ImageBlockRequest:
    control = _control(reader, _HAS_REQUESTER | _HAS_PERIOD)
    return ImageBlockRequest(
        image=_read_image(reader),
        offset=reader.u32("offset"),
        max_size=reader.u8("largest block"),
        requester=reader.eui64("requester") if control & _HAS_REQUESTER else None,
        min_period_ms=reader.u16("shortest period") if control & _HAS_PERIOD else None,
    )


def _write_block(answer: ImageBlock | Wait | NoBlock) -> bytes:
    if isinstance(answer, NoBlock):
        return _refusal(answer.status)
    if isinstance(answer, Wait):
        return (
            bytes((WAIT_FOR_DATA,))
            + little(answer.now, 4, "now")
            + little(answer.again_at, 4, "time of the next request")
            + little(answer.min_period_ms, 2, "shortest period")
        )
    head = bytes((SUCCESS,)) + _write_image(answer.image) + little(answer.offset, 4, "offset")
    return head + little(len(answer.data), 1, "block size") + answer.data


def _read_block(reader: Octets) -> ImageBlock | Wait | NoBlock:
    status = reader.u8("status")
    if status == WAIT_FOR_DATA:
        return Wait(
            now=reader.u32("now"),
            again_at=reader.u32("time of the next request"),
            min_period_ms=reader.u16("shortest period"),
        )
    if status != SUCCESS:
        return NoBlock(status=status)
    image, offset = _read_image(reader), reader.u32("offset")
    return ImageBlock(image=image, offset=offset, data=reader.sized("block"))


def _refusal(status: int) -> bytes:
    if status in (SUCCESS, WAIT_FOR_DATA):
        raise ValueError(f"status {status:02X} needs more than itself")
    return little(status, 1, "status")


def _control(reader: Octets, known: int) -> int:
    control = reader.u8("field control")
    if control & ~known:
        raise RemoteRadioError("field control", f"bits of {known:02X}", f"{control:02X}")
    return control


TO_SERVER = CommandSet(
    "OTA client",
    {
        0x01: OwnForm((QueryNextImage,), _write_query, _read_query),
        0x03: OwnForm((ImageBlockRequest,), _write_request, _read_request),
        0x06: Row(UpgradeEnd, (("status", U8), ("image", _IMAGE))),
    },
)
TO_CLIENT = CommandSet(
    "OTA server",
    {
        0x02: OwnForm((NextImage, NoNextImage), _write_next, _read_next),
        0x05: OwnForm((ImageBlock, Wait, NoBlock), _write_block, _read_block),
        0x07: Row(Upgrade, (("image", _IMAGE), ("now", U32), ("at", U32))),
    },
)
