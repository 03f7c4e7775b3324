"""The curve of suite 2: its group laws, and an outside implementation as the judge."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigs.zigbee import sect283k1
from rigs.zigbee.sect283k1 import BASE, ORDER, M, Point, RemotePointError, add, double, multiply

ELEMENTS = st.integers(0, (1 << M) - 1)
SCALARS = st.integers(1, ORDER - 1)


def by_doubling(scalar: int, point: Point) -> Point | None:
    total = None
    for bit in f"{scalar:b}":
        total = double(total)
        if bit == "1":
            total = add(total, point)
    return total


@given(ELEMENTS, ELEMENTS, ELEMENTS)
def test_the_field_is_commutative_and_distributive(a: int, b: int, c: int) -> None:
    product = sect283k1.multiply_in_field
    assert product(a, b) == product(b, a)
    assert product(a, b ^ c) == product(a, b) ^ product(a, c)
    assert sect283k1.square(a) == product(a, a)


@given(ELEMENTS.filter(bool))
def test_an_element_times_its_inverse_is_one(a: int) -> None:
    assert sect283k1.multiply_in_field(a, sect283k1.invert(a)) == 1


def test_the_base_point_is_on_the_curve_and_has_the_order_of_the_subgroup() -> None:
    assert sect283k1.is_on_curve(BASE)
    assert multiply(ORDER, BASE) is None
    assert by_doubling(ORDER, BASE) is None


@settings(max_examples=5, deadline=None)
@given(SCALARS)
def test_multiplying_is_adding_many_times(scalar: int) -> None:
    assert multiply(scalar, BASE) == by_doubling(scalar, BASE)


@pytest.mark.parametrize("scalar", [0, 1, 2, 3, 4, 7, 65_537, ORDER - 1, ORDER + 1])
def test_small_scalars_and_those_at_the_order_are_no_exception(scalar: int) -> None:
    assert multiply(scalar, BASE) == by_doubling(scalar, BASE)


@settings(max_examples=5, deadline=None)
@given(SCALARS, SCALARS)
def test_scalars_may_be_added_before_or_after(a: int, b: int) -> None:
    assert multiply((a + b) % ORDER, BASE) == add(multiply(a, BASE), multiply(b, BASE))


@settings(max_examples=10, deadline=None)
@given(SCALARS)
def test_a_compressed_point_comes_back(scalar: int) -> None:
    point = multiply(scalar, BASE)
    assert point is not None
    assert Point.from_octets(point.to_octets()) == point


@pytest.mark.parametrize(
    "octets", [b"", bytes(37), b"\x04" + bytes(36), b"\x02" + bytes(36), b"\x02" + b"\xff" * 36]
)
def test_octets_that_are_no_point_are_the_peers_fault(octets: bytes) -> None:
    with pytest.raises(RemotePointError):
        Point.from_octets(octets)


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl command")


def openssl(*arguments: str) -> bytes:
    return subprocess.run(("openssl", *arguments), check=True, capture_output=True).stdout


def numbers_of(key: Path) -> tuple[int, Point]:
    """Private scalar and public point of a key that openssl made."""
    lines = openssl("ec", "-in", str(key), "-text", "-noout").decode().splitlines()
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if line.startswith(" "):
            fields[name] = fields.get(name, "") + line.strip().replace(":", "")
        else:
            name = line.split(":")[0]
    public = fields["pub"]
    assert public.startswith("04")
    size = 2 * sect283k1.FIELD_SIZE
    x, y = public[2 : 2 + size], public[2 + size :]
    return int(fields["priv"], 16), Point(int(x, 16), int(y, 16))


@needs_openssl
def test_openssl_comes_to_the_same_public_key_and_the_same_shared_secret(tmp_path: Path) -> None:
    keys = [tmp_path / name for name in ("one.pem", "other.pem")]
    for key in keys:
        openssl("ecparam", "-name", "sect283k1", "-genkey", "-noout", "-out", str(key))
    one, other = (numbers_of(key) for key in keys)
    assert multiply(one[0], BASE) == one[1]
    public = tmp_path / "public.pem"
    openssl("ec", "-in", str(keys[1]), "-pubout", "-out", str(public))
    theirs = openssl("pkeyutl", "-derive", "-inkey", str(keys[0]), "-peerkey", str(public))
    shared = multiply(one[0], other[1])
    assert shared is not None
    assert shared.x.to_bytes(sect283k1.FIELD_SIZE, "big") == theirs
