"""Top-up codes: the published and national codes, the check digit, the fields, the MAC."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_pem_x509_certificate
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import top_up
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.top_up import Flaw, TopUp, Unit

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
GAS_METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
SECRET = bytes.fromhex("5c00001ae96494fedfd740c4679d346e913d89b978beeff76577be69c92bf3ce")
"""Supplier's prepayment key with the meter's, as the digest's example prints it."""
PUBLISHED = "73946144332040217315"
PUBLISHED_COUNTER = 3 << 32
COUNTERS = st.integers(0, 2**32 - 1).map(lambda half: half << 32)
VALUES = st.integers(0, top_up.MAX_VALUE)


def code_of(
    *,
    secret: bytes = SECRET,
    meter: Eui64 = METER,
    counter: int = PUBLISHED_COUNTER,
    value: int = 10,
    unit: Unit = Unit.POUNDS,
) -> str:
    return top_up.create(
        secret=secret, supplier=SUPPLIER, meter=meter, counter=counter, value=value, unit=unit
    )


def flawless(code: str) -> TopUp:
    seen = top_up.read(code)
    assert isinstance(seen, TopUp)
    return seen


def with_check_digit(number: int) -> str:
    digits = f"{number:019d}"
    return digits + top_up.check_digit(digits)


def is_authentic(code: str, *, meter: Eui64 = METER, counter: int, secret: bytes = SECRET) -> bool:
    return top_up.is_authentic(
        flawless(code), secret=secret, supplier=SUPPLIER, meter=meter, counter=counter
    )


def test_the_published_code_is_made_from_its_inputs() -> None:
    assert code_of() == PUBLISHED


def test_the_published_code_says_ten_pounds() -> None:
    seen = flawless(PUBLISHED)
    assert (seen.counter_tail, seen.unit, seen.value, seen.pence) == (3, Unit.POUNDS, 10, 1000)


def test_the_published_code_is_authentic_for_its_meter_and_counter_only() -> None:
    assert is_authentic(PUBLISHED, counter=PUBLISHED_COUNTER)
    assert not is_authentic(PUBLISHED, counter=PUBLISHED_COUNTER + (1024 << 32))
    assert not is_authentic(PUBLISHED, counter=PUBLISHED_COUNTER + 1)
    assert not is_authentic(PUBLISHED, counter=PUBLISHED_COUNTER, meter=GAS_METER)


@given(st.binary(min_size=32, max_size=32), COUNTERS, VALUES, st.sampled_from(Unit))
def test_a_code_reads_back_as_what_it_was_made_from(
    secret: bytes, counter: int, value: int, unit: Unit
) -> None:
    code = code_of(secret=secret, counter=counter, value=value, unit=unit)
    seen = flawless(code)
    assert (seen.value, seen.unit) == (value, unit)
    assert seen.counter_tail == (counter >> 32) % 1024
    assert is_authentic(code, counter=counter, secret=secret)
    assert code[:2] in {"73", "74", "75"}


@given(st.integers(0, 19), st.integers(1, 9))
def test_the_check_digit_catches_each_wrong_digit(position: int, change: int) -> None:
    digit = (int(PUBLISHED[position]) + change) % 10
    wrong = PUBLISHED[:position] + str(digit) + PUBLISHED[position + 1 :]
    assert top_up.read(wrong) is Flaw.CHECK_DIGIT


@given(COUNTERS, VALUES, st.integers(0, 17))
def test_the_check_digit_catches_swapped_neighbours(counter: int, value: int, at: int) -> None:
    code = code_of(counter=counter, value=value)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        assert top_up.read(swapped) is Flaw.CHECK_DIGIT


@pytest.mark.parametrize("text", ["", "7" * 19, "7" * 21, PUBLISHED[:-1] + "x", "٧" * 20])
def test_anything_but_twenty_digits_is_no_code(text: str) -> None:
    assert top_up.read(text) is Flaw.NOT_TWENTY_DIGITS


@pytest.mark.parametrize("number", [0, 0x669D529B714A0000 - 1, 0x669D529B714A0000 + (1 << 57)])
def test_numbers_outside_the_token_class_are_no_top_ups(number: int) -> None:
    assert top_up.read(with_check_digit(number)) is Flaw.NOT_A_TOP_UP


@pytest.mark.parametrize("value_class", [2, 3])
def test_a_value_class_without_a_meaning_is_refused(value_class: int) -> None:
    number = 0x669D529B714A0000 + (value_class << 45)
    assert top_up.read(with_check_digit(number)) is Flaw.UNKNOWN_UNIT


@pytest.mark.parametrize("counter", [1, (3 << 32) + 1, -1, 1 << 64])
def test_a_counter_with_a_low_half_or_beyond_64_bits_makes_no_code(counter: int) -> None:
    with pytest.raises(EncodeError, match="low 32 zero"):
        code_of(counter=counter)


@pytest.mark.parametrize("value", [-1, 8192])
def test_a_value_beyond_13_bits_makes_no_code(value: int) -> None:
    with pytest.raises(EncodeError, match="0 to 8191"):
        code_of(value=value)


def national_secret(shared: Path, meter: Eui64) -> bytes:
    keys = shared / "rtds" / "keys"
    private = int((keys / f"{SUPPLIER.hex()}-pp-ka.key").read_text(), 16)
    public = load_pem_x509_certificate((keys / f"{meter.hex()}-ka.pem").read_bytes()).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return ec.derive_private_key(private, ec.SECP256R1()).exchange(ec.ECDH(), public)


def national_message(shared: Path, name: str) -> Message:
    (path,) = (shared / "rtds" / "messages").glob(f"2.2_*/{name}_COMMAND_GBCS.HEX")
    return parse(bytes.fromhex(path.read_text()))


def digits_in(message: Message) -> str:
    """The twenty digits end the DLMS item, and the ZCL command alike."""
    code = message.payload[-20:].decode("ascii")
    assert code.isdigit()
    return code


@pytest.mark.parametrize(
    ("name", "meter"), [("CS01a_2.2_SUCCESS", METER), ("CS01b_2.2_SUCCESS", GAS_METER)]
)
def test_the_national_codes_are_authentic_and_made_again(
    shared: Path, name: str, meter: Eui64
) -> None:
    message, secret = national_message(shared, name), national_secret(shared, meter)
    code = digits_in(message)
    seen = flawless(code)
    assert is_authentic(code, meter=meter, counter=message.counter, secret=secret)
    again = code_of(
        secret=secret, meter=meter, counter=message.counter, value=seen.value, unit=seen.unit
    )
    assert again == code


def test_the_secret_of_the_national_keys_is_that_of_the_example(shared: Path) -> None:
    assert national_secret(shared, METER) == SECRET


def test_the_national_bad_code_is_refused_for_its_check_digit(shared: Path) -> None:
    message = national_message(shared, "CS01b_2.2_ERROR")
    assert top_up.read(digits_in(message)) is Flaw.CHECK_DIGIT
