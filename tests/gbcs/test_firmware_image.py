"""Firmware images: the header octet for octet, the signature, the hash, exact errors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.firmware_image import (
    HEADER_SIZE,
    OtaFile,
    OtaHeader,
    UpgradeImage,
    image_hash,
    is_signature_valid,
    parse,
    parse_upgrade_image,
    sign,
)

KEY = ec.derive_private_key(7, ec.SECP256R1())
HEADER = OtaHeader(
    manufacturer_code=0x1A2B,
    image_type=0x3C4D,
    file_version=0x01020304,
    text=b"esme 1.2.3",
    minimum_hardware=0x0005,
    maximum_hardware=0x0106,
)
IMAGE = UpgradeImage(manufacturer_image=b"\xfe" * 34, signature=bytes(range(64)))
FILE = OtaFile(header=HEADER, image=IMAGE)
WORD = st.integers(0, 0xFFFF)
HEADERS = st.builds(
    OtaHeader,
    manufacturer_code=WORD,
    image_type=WORD,
    file_version=st.integers(0, 2**32 - 1),
    text=st.binary(max_size=32).map(lambda octets: octets.rstrip(b"\x00")),
    minimum_hardware=st.integers(0, 0x0FFF),
    maximum_hardware=st.integers(0x0FFF, 0xFFFF),
)
IMAGES = st.builds(
    UpgradeImage,
    manufacturer_image=st.binary(min_size=1, max_size=200),
    force_replace=st.booleans(),
    signature=st.binary(min_size=64, max_size=64),
)


def test_the_header_is_little_endian_and_sixty_octets_long() -> None:
    expected = (
        "1ef1ee0b"
        "0001"
        "3c00"
        "0400"
        "2b1a"
        "4d3c"
        "04030201"
        "0200" + b"esme 1.2.3".hex().ljust(64, "0") + "a0000000"
        "0500"
        "0601"
    )
    assert HEADER.to_octets(100).hex() == expected
    assert len(HEADER.to_octets(100)) == HEADER_SIZE


def test_the_upgrade_image_ends_with_force_replace_and_the_signature() -> None:
    octets = replace(IMAGE, force_replace=True).to_octets()
    assert octets == b"\xfe" * 34 + b"\x01\x40" + bytes(range(64))


@given(HEADERS, IMAGES)
def test_a_file_reads_back_as_what_was_written(header: OtaHeader, image: UpgradeImage) -> None:
    file = OtaFile(header=header, image=image)
    assert parse(file.to_octets()) == file


@given(HEADERS, IMAGES, st.data())
def test_cut_or_longer_files_are_refused(
    header: OtaHeader, image: UpgradeImage, data: st.DataObject
) -> None:
    octets = OtaFile(header=header, image=image).to_octets()
    cut = octets[: data.draw(st.integers(0, len(octets) - 1))]
    for wrong in (cut, octets + b"\x00"):
        with pytest.raises(RemoteLengthError):
            parse(wrong)


@pytest.mark.parametrize(
    ("offset", "field"),
    [
        (0, "file identifier"),
        (5, "header version"),
        (6, "header length"),
        (8, "field control"),
        (18, "stack version"),
        (52, "total image size"),
        (HEADER_SIZE + 34, "force replace"),
        (HEADER_SIZE + 35, "length of signature"),
    ],
)
def test_each_fixed_field_is_checked_by_name(offset: int, field: str) -> None:
    octets = bytearray(FILE.to_octets())
    octets[offset] ^= 0x82
    with pytest.raises(RemoteGbcsError) as refused:
        parse(bytes(octets))
    assert refused.value.field == field
    assert refused.value.offset in (offset, offset - 1)


def test_hardware_bounds_the_wrong_way_round_are_refused_both_ways() -> None:
    with pytest.raises(EncodeError, match="hardware versions"):
        replace(HEADER, minimum_hardware=0x0107).to_octets(100)
    octets = bytearray(FILE.to_octets())
    octets[57] = 0xFF
    with pytest.raises(RemoteGbcsError, match="at octet 56, hardware versions"):
        parse(bytes(octets))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("manufacturer_code", 0x10000),
        ("image_type", -1),
        ("file_version", 1 << 32),
        ("maximum_hardware", 0x10000),
        ("text", b"x" * 33),
    ],
)
def test_a_header_field_without_room_is_our_fault(field: str, value: int | bytes) -> None:
    header = replace(HEADER, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(EncodeError):
        header.to_octets(100)


def test_a_signature_of_another_size_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="64 octets"):
        replace(IMAGE, signature=bytes(63)).to_octets()


def test_the_signature_covers_the_manufacturer_image_and_nothing_else() -> None:
    image = sign(b"firmware", KEY)
    public = KEY.public_key()
    assert is_signature_valid(image, public)
    assert is_signature_valid(replace(image, force_replace=True), public)
    assert not is_signature_valid(replace(image, manufacturer_image=b"firmwarE"), public)
    assert not is_signature_valid(image, ec.derive_private_key(8, ec.SECP256R1()).public_key())


def test_a_signature_of_zeros_is_invalid_and_no_error() -> None:
    assert not is_signature_valid(replace(IMAGE, signature=bytes(64)), KEY.public_key())


def test_a_signed_file_verifies_after_the_journey() -> None:
    file = OtaFile(header=HEADER, image=sign(b"firmware", KEY))
    assert is_signature_valid(parse(file.to_octets()).image, KEY.public_key())


def test_the_hash_is_that_of_the_manufacturer_image() -> None:
    assert image_hash(b"firmware") == hashlib.sha256(b"firmware").digest()


def test_a_stored_upgrade_image_is_read_without_its_header() -> None:
    assert parse_upgrade_image(IMAGE.to_octets()) == IMAGE


def test_the_version_that_a_device_reports_is_the_file_version() -> None:
    assert HEADER.firmware_version == bytes.fromhex("01020304")
