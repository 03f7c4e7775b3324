"""Program data: numbers with units, words, switches, lists."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.virtual.scpi.errors import RemoteProgramError
from rigs.virtual.scpi.parameters import (
    Choice,
    Integer,
    Nothing,
    Number,
    NumberList,
    Parameter,
    Switch,
    number_answer,
    read_elements,
    suffixes,
)

VOLTS = Number(unit="V", minimum=Decimal(0), maximum=Decimal(300), default=Decimal(230))
HERTZ = Number(unit="HZ", minimum=Decimal(0), maximum=Decimal("1E9"), default=Decimal(50))
SECONDS = Number(unit="S", minimum=Decimal(0), maximum=Decimal("1E9"), default=Decimal(1))
AMPS = Number(unit="A", minimum=Decimal(0), maximum=Decimal(100), default=Decimal(1))
COUNT = Number(minimum=Decimal(1), maximum=Decimal("9.9E37"), default=Decimal(1))

BIG = Decimal("1E+9")
NUMBERS = st.decimals(
    min_value=-BIG, max_value=BIG, allow_nan=False, allow_infinity=False, places=9
)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (VOLTS, "230", "230"),
        (VOLTS, "230V", "230"),
        (VOLTS, "230 V", "230"),
        (VOLTS, "230v", "230"),
        (VOLTS, "0.23KV", "230"),
        (VOLTS, "230E3 MV", "230"),
        (VOLTS, "+2.3e2", "230"),
        (VOLTS, "2.3 E +2", "230"),
        (VOLTS, ".5", "0.5"),
        (VOLTS, "5.", "5"),
        (VOLTS, "#HFF", "255"),
        (VOLTS, "#B101", "5"),
        (VOLTS, "#Q17", "15"),
        (VOLTS, "MIN", "0"),
        (VOLTS, "maximum", "300"),
        (VOLTS, "DEF", "230"),
        (HERTZ, "50HZ", "50"),
        (HERTZ, "1MHZ", "1000000"),
        (HERTZ, "1MAHZ", "1000000"),
        (SECONDS, "2S", "2"),
        (SECONDS, "100MS", "0.1"),
        (SECONDS, "50us", "0.00005"),
        (AMPS, "5MA", "0.005"),
        (COUNT, "INF", "9.9E37"),
    ],
)
def test_numbers_come_in_the_base_unit(parameter: Number, text: str, value: str) -> None:
    assert parameter.read([text]) == Decimal(value)


@pytest.mark.parametrize(
    ("parameter", "elements", "number"),
    [
        (VOLTS, [], -109),
        (VOLTS, ["1", "2"], -108),
        (Nothing(), ["1"], -108),
        (VOLTS, ["HELLO"], -104),
        (VOLTS, ['"230"'], -104),
        (VOLTS, ["#HXY"], -104),
        (VOLTS, ["2.3.0"], -121),
        (VOLTS, ["1E40000"], -123),
        (VOLTS, ["1E" + "9" * 50], -123),
        (VOLTS, ["1" * 256], -124),
        (VOLTS, ["50HZ"], -131),
        (COUNT, ["5S"], -138),
        (VOLTS, ["300.001"], -222),
        (VOLTS, ["-1"], -222),
        (VOLTS, ["INF"], -222),
        (Integer(maximum=255), ["256"], -222),
        (Integer(maximum=255), ["-1"], -222),
        (Switch(), ["MAYBE"], -224),
        (Switch(), ['"ON"'], -104),
        (Choice(words=("FIXed", "LIST")), ["PULSe"], -224),
        (Choice(words=("FIXed", "LIST")), ["1"], -104),
        (NumberList(number=VOLTS, max_length=2), ["1", "2", "3"], -223),
        (NumberList(number=VOLTS, max_length=2), ["1", "301"], -222),
        (NumberList(number=VOLTS, max_length=2), [], -109),
    ],
)
def test_what_a_parameter_does_not_take_has_its_number(
    parameter: Parameter[object], elements: list[str], number: int
) -> None:
    with pytest.raises(RemoteProgramError, match=str(number)):
        read_elements(parameter, elements)


@pytest.mark.parametrize(
    ("text", "value"), [("ON", True), ("off", False), ("1", True), ("0", False), ("0.4", False)]
)
def test_a_switch_takes_words_and_numbers(text: str, value: bool) -> None:
    assert Switch().read([text]) is value


@pytest.mark.parametrize("text", ["FIX", "fixed", "FIXED"])
def test_a_choice_is_answered_in_short_form(text: str) -> None:
    assert Choice(words=("FIXed", "LIST")).read([text]) == "FIX"


def test_a_register_rounds_what_it_gets() -> None:
    assert Integer(maximum=255).read(["31.6"]) == 32
    assert Integer(maximum=255).read(["255.4"]) == 255
    assert Integer(maximum=255).read(["MAX"]) == 255


@given(NUMBERS)
def test_an_answer_read_back_is_the_same_number(value: Decimal) -> None:
    wide = Number(minimum=-BIG, maximum=BIG, default=Decimal(0))
    assert wide.read([number_answer(value)]) == value


@given(NUMBERS)
def test_answers_have_the_form_of_nr3(value: Decimal) -> None:
    assert re.fullmatch(r"[+-]\d\.\d+E[+-]\d+", number_answer(value))


@given(NUMBERS, st.sampled_from(["V", "HZ", "S", "A", "W"]), st.data())
def test_a_suffix_is_a_power_of_ten(value: Decimal, unit: str, data: st.DataObject) -> None:
    suffix, power = data.draw(st.sampled_from(sorted(suffixes(unit).items())))
    parameter = Number(
        unit=unit, minimum=Decimal("-1E30"), maximum=Decimal("1E30"), default=Decimal(0)
    )
    assert parameter.read([f"{value:f} {suffix}"]) == value.scaleb(power)
