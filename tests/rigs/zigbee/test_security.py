"""Hashes, keys from keys and install codes against published values and another library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.zigbee import security
from rigs.zigbee.fcs import frame_check, reflected_crc
from rigs.zigbee.install_code import InstallCode

PUBLISHED_CODE = bytes.fromhex("83FED3407A939723A5C639B26916D505")


def test_the_hash_of_one_octet_is_the_published_one() -> None:
    assert security.aes_mmo(b"\xc0").hex() == "ae3a102a28d43ee0d4a09e22788b206c"


def test_the_keyed_hash_is_the_published_one() -> None:
    key = bytes(range(0x40, 0x50))
    assert security.keyed_hash(key, b"\xc0").hex() == "4512807bf94cb3400f0e2c25fb76e999"


def test_the_published_install_code_gives_the_published_key() -> None:
    code = InstallCode(PUBLISHED_CODE)
    assert code.to_octets()[-2:].hex() == "c3b5"
    assert code.link_key().hex() == "66b6900981e1ee3ca4206b6b861c02bb"


@given(
    st.sampled_from([6, 8, 12, 16]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
)
def test_every_install_code_gives_the_key_that_another_library_makes(code: bytes) -> None:
    ours = InstallCode(code)
    theirs = pytest.importorskip("zigpy.util").convert_install_code(ours.to_octets())
    assert theirs is not None
    assert ours.link_key() == theirs.serialize()


def test_a_wrong_crc_is_refused() -> None:
    printed = InstallCode(PUBLISHED_CODE).to_octets()
    assert InstallCode.from_octets(printed).code == PUBLISHED_CODE
    with pytest.raises(ValueError, match="CRC"):
        InstallCode.from_octets(printed[:-1] + b"\x00")


def test_long_input_is_hashed_with_the_long_length_field() -> None:
    """From 2^13 octets on the length has four octets and two of padding after it."""
    short, long = security.aes_mmo(bytes(8191)), security.aes_mmo(bytes(8192))
    assert len(short) == len(long) == 16
    assert short != long


def test_the_checksums_have_their_published_check_values() -> None:
    """Of the digits 1 to 9: with initial value 0, and with all ones and final complement."""
    assert frame_check(b"123456789") == 0x2189
    assert reflected_crc(b"123456789", 0xFFFF) ^ 0xFFFF == 0x906E
