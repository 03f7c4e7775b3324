"""The binary Koblitz curve of Smart Energy's second cryptographic suite, on plain integers.

The library that does the rest of the cryptography has no binary curves (from its version 47 on)
and never gave away their points. A field element is an integer whose bits are coefficients. Points
are multiplied by an expansion to the base of the Frobenius map (Solinas): squaring costs little,
and nothing is doubled. Not in constant time: for benches with test keys, never for a product.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

M = 283
"""Degree of the field; its polynomial is x^283 + x^12 + x^7 + x^5 + 1."""
ORDER = 0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE9AE2ED07577265DFF7F94451E061E163C61
COFACTOR = 4
FIELD_SIZE = 36
POINT_SIZE = 1 + FIELD_SIZE
"""Of a compressed point, in octets."""

_MASK = (1 << M) - 1
_POLYNOMIAL = (1 << M) | (1 << 12) | (1 << 7) | (1 << 5) | 1


class RemotePointError(Exception):
    """The peer sent octets that are no point of the curve."""


@dataclass(frozen=True, slots=True)
class Point:
    """On y^2 + xy = x^3 + 1, in affine coordinates."""

    x: int
    y: int

    def to_octets(self) -> bytes:
        """Compressed: 02 or 03, then x, big endian (SEC 1, 2.3.3)."""
        parity = multiply_in_field(self.y, invert(self.x)) & 1 if self.x else 0
        return bytes((2 | parity,)) + self.x.to_bytes(FIELD_SIZE, "big")

    @classmethod
    def from_octets(cls, octets: bytes) -> Point:
        """Raises RemotePointError."""
        if len(octets) != POINT_SIZE or octets[0] not in (2, 3):
            raise RemotePointError(f"expected a compressed point, got {octets.hex()}")
        x = int.from_bytes(octets[1:], "big")
        if not 0 < x <= _MASK:
            raise RemotePointError(f"no point of the main subgroup has this x: {x:x}")
        return cls(x, multiply_in_field(x, _root_of_quadratic(x, octets[0] & 1)))


BASE = Point(
    0x0503213F78CA44883F1A3B8162F188E553CD265F23C1567A16876913B0C2AC2458492836,
    0x01CCDA380F1C9E318D90F95D07E5426FE87E45C0E8184698E45962364E34116177DD2259,
)


def multiply_in_field(a: int, b: int) -> int:
    """By windows of four bits."""
    two, four, eight = b << 1, b << 2, b << 3
    three = two ^ b
    low = (0, b, two, three, four, four ^ b, four ^ two, four ^ three)
    table = low + tuple(one ^ eight for one in low)
    product = 0
    for digit in f"{a:x}":
        product = (product << 4) ^ table[int(digit, 16)]
    return _reduce(product)


def square(a: int) -> int:
    # The bits of a, read as digits to the base 4: a zero comes between any two.
    return _reduce(int(f"{a:b}", 4))


def invert(a: int) -> int:
    """By Euclid. ZeroDivisionError for 0."""
    if not a:
        raise ZeroDivisionError("0 has no inverse")
    u, v, g, h = a, _POLYNOMIAL, 1, 0
    while u != 1:
        shift = u.bit_length() - v.bit_length()
        if shift < 0:
            u, v, g, h, shift = v, u, h, g, -shift
        u ^= v << shift
        g ^= h << shift
    return _reduce(g)


def is_on_curve(point: Point) -> bool:
    x, y = point.x, point.y
    return square(y) ^ multiply_in_field(x, y) == multiply_in_field(square(x), x) ^ 1


def negate(point: Point) -> Point:
    return Point(point.x, point.x ^ point.y)


def add(a: Point | None, b: Point | None) -> Point | None:
    """None is the point at infinity."""
    if a is None or b is None:
        return a or b
    if a.x == b.x:
        return double(a) if a.y == b.y else None
    slope = multiply_in_field(a.y ^ b.y, invert(a.x ^ b.x))
    x = square(slope) ^ slope ^ a.x ^ b.x
    return Point(x, multiply_in_field(slope, a.x ^ x) ^ x ^ a.y)


def double(a: Point | None) -> Point | None:
    if a is None or not a.x:
        return None
    slope = a.x ^ multiply_in_field(a.y, invert(a.x))
    x = square(slope) ^ slope
    return Point(x, square(a.x) ^ multiply_in_field(slope ^ 1, x))


def multiply(scalar: int, point: Point | None) -> Point | None:
    """`scalar` times the point.

    A scalar of more than half the field's bits is first shortened, which holds only for points of
    the main subgroup: double one that a peer sent twice (the cofactor) before.
    """
    if scalar < 0:
        raise ValueError(f"expected a scalar that is not negative, got {scalar}")
    if point is None or not point.x:
        return point if point is not None and scalar & 1 else None
    # In coordinates x = X/Z, y = Y/Z^2 (Lopez, Dahab), Z = 0 at infinity.
    x, y, z = 1, 0, 0
    minus = negate(point)
    for digit in reversed(tuple(_digits(*_shortened(scalar)))):
        x, y, z = square(x), square(y), square(z)
        if digit:
            x, y, z = _add_affine(x, y, z, point if digit > 0 else minus)
    if not z:
        return None
    over_z = invert(z)
    return Point(multiply_in_field(x, over_z), multiply_in_field(y, square(over_z)))


def random_scalar() -> int:
    """From 1 to the order less 1."""
    return 1 + secrets.randbelow(ORDER - 1)


def _add_affine(x: int, y: int, z: int, other: Point) -> tuple[int, int, int]:
    if not z:
        return other.x, other.y, 1
    a = multiply_in_field(other.y, square(z)) ^ y
    b = multiply_in_field(other.x, z) ^ x
    if not b:
        if a:
            return 1, 0, 0
        twice = double(other)
        return (twice.x, twice.y, 1) if twice is not None else (1, 0, 0)
    c = multiply_in_field(z, b)
    new_z = square(c)
    e = multiply_in_field(a, c)
    new_x = square(a) ^ multiply_in_field(square(b), c) ^ e
    f = new_x ^ multiply_in_field(other.x, new_z)
    g = multiply_in_field(other.x ^ other.y, square(new_z))
    return new_x, multiply_in_field(e ^ new_z, f) ^ g, new_z


def _reduce(a: int) -> int:
    while (high := a >> M) != 0:
        a = (a & _MASK) ^ high ^ (high << 5) ^ (high << 7) ^ (high << 12)
    return a


def _root_of_quadratic(x: int, parity: int) -> int:
    """z with z^2 + z = x + 1/x^2 and this last bit, by the half trace."""
    right = x ^ square(invert(x))
    half_trace = term = right
    for _ in range(M // 2):
        term = square(square(term))
        half_trace ^= term
    if square(half_trace) ^ half_trace != right:
        raise RemotePointError(f"no point of the curve has this x: {x:x}")
    return half_trace ^ (half_trace & 1) ^ parity


# Numbers u + v*tau, where tau is the Frobenius map: tau^2 = -tau - 2 on this curve.


def _annihilator() -> tuple[int, int]:
    """(tau^m - 1) / (tau - 1), which takes every point of the main subgroup to infinity."""
    total, power = (0, 0), (1, 0)
    for _ in range(M):
        total = total[0] + power[0], total[1] + power[1]
        power = -2 * power[1], power[0] - power[1]
    return total


_ANNIHILATOR = _annihilator()


def _shortened(scalar: int) -> tuple[int, int]:
    """The remainder of a scalar by the annihilator, whose norm is the order."""
    if scalar.bit_length() <= M // 2 + 1:
        return scalar, 0
    u, v = _ANNIHILATOR
    # The conjugate of u + v*tau is (u - v) - v*tau.
    q, r = _nearest(scalar * (u - v)), _nearest(-scalar * v)
    return scalar - (q * u - 2 * r * v), -(q * v + r * u - r * v)


def _nearest(numerator: int) -> int:
    return (2 * numerator + ORDER) // (2 * ORDER)


def _digits(u: int, v: int) -> Iterator[int]:
    """-1, 0 and 1, the least first; of two neighbours one is 0."""
    while u or v:
        digit = 0
        if u & 1:
            digit = 2 - ((u - 2 * v) % 4)
            u -= digit
        yield digit
        u, v = v - u // 2, -(u // 2)
