"""Program messages and headers: what is a spelling, and where a relative header lands."""

from __future__ import annotations

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.virtual.scpi.commands import CommandTable, action, question
from rigs.virtual.scpi.errors import RemoteProgramError
from rigs.virtual.scpi.headers import spellings
from rigs.virtual.scpi.messages import Unit, read_units, split

VOLTAGE = "[SOURce:]VOLTage[:LEVel][:IMMediate][:AMPLitude]"
NODES = (("SOUR", "SOURCE"), ("VOLT", "VOLTAGE"), ("LEV", "LEVEL"), ("IMM", "IMMEDIATE"))


def headers(message: str) -> list[str]:
    units = list(read_units(message))
    assert all(isinstance(unit, Unit) for unit in units), units
    return [unit.header for unit in units if isinstance(unit, Unit)]


def errors(message: str) -> list[int]:
    return [unit.number for unit in read_units(message) if isinstance(unit, RemoteProgramError)]


def test_short_and_long_forms_with_and_without_optional_nodes_are_all_spellings() -> None:
    optional = [("", *forms) for forms in (*NODES[:1], *NODES[2:], ("AMPL", "AMPLITUDE"))]
    source, level, immediate, amplitude = optional
    expected = {
        ":".join(filter(None, nodes))
        for nodes in product(source, NODES[1], level, immediate, amplitude)
    }
    assert spellings(VOLTAGE) == expected


@pytest.mark.parametrize("length", range(1, 8))
def test_nothing_between_the_short_and_the_long_form_is_a_spelling(length: int) -> None:
    word = "VOLTAGE"[:length]
    assert (word in spellings(VOLTAGE)) == (word in ("VOLT", "VOLTAGE"))


@given(st.sampled_from(sorted(spellings(VOLTAGE))), st.lists(st.booleans(), min_size=40))
def test_case_never_matters(spelling: str, lower: list[bool]) -> None:
    mixed = "".join(
        letter.lower() if is_lower else letter
        for letter, is_lower in zip(spelling, lower, strict=False)
    )
    assert headers(f"{mixed} 230") == [spelling]


@pytest.mark.parametrize(
    ("message", "resolved"),
    [
        ("VOLT 240;FREQ 50", ["VOLT", "FREQ"]),
        ("SOUR:VOLT 240;FREQ 50", ["SOUR:VOLT", "SOUR:FREQ"]),
        ("LIST:VOLT 1;FREQ 2;DWEL 3", ["LIST:VOLT", "LIST:FREQ", "LIST:DWEL"]),
        ("LIST:VOLT 1;:FREQ 50", ["LIST:VOLT", "FREQ"]),
        ("LIST:VOLT 1;*CLS;FREQ 2", ["LIST:VOLT", "*CLS", "LIST:FREQ"]),
        ("VOLT:LEV 1;PROT:LEV 2;LEV 3", ["VOLT:LEV", "VOLT:PROT:LEV", "VOLT:PROT:LEV"]),
        (":VOLT 1;:SYST:ERR?;VERS?", ["VOLT", "SYST:ERR", "SYST:VERS"]),
    ],
)
def test_a_header_starts_from_the_path_of_the_one_before(message: str, resolved: list[str]) -> None:
    assert headers(message) == resolved


def test_a_bad_parameter_does_not_undo_the_path() -> None:
    assert [
        unit.header for unit in read_units("OUTP:PROT:DEL ,;STAT ON") if isinstance(unit, Unit)
    ] == ["OUTP:PROT:STAT"]


def test_separators_inside_strings_separate_nothing() -> None:
    (unit,) = read_units('DISP:TEXT \'volts; "hertz", amps\',"it ""is""; so"')
    assert isinstance(unit, Unit)
    assert unit.elements == ("'volts; \"hertz\", amps'", '"it ""is""; so"')


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("VOLT%AGE 1", -101),
        ("VOLT::LEV 1", -102),
        ("?VOLT", -102),
        ("*:CLS", -102),
        ("VOLT 1,,2", -109),
        ("VOLT ,", -109),
        ("INTERMINABLEMNEMONIC 1", -112),
        ("DISP:TEXT 'open", -151),
    ],
)
def test_what_cannot_be_read_is_named(message: str, number: int) -> None:
    assert errors(message) == [number]


def test_units_around_a_broken_one_are_read() -> None:
    broken = list(read_units("VOLT 1;FR!EQ 50;OUTP?"))
    assert [type(unit) for unit in broken] == [Unit, RemoteProgramError, Unit]


@pytest.mark.parametrize("message", ["", " ", ";", " ; ;\r"])
def test_an_empty_message_has_no_units(message: str) -> None:
    assert list(read_units(message)) == []


@given(st.text(alphabet=string.printable + "\x00\x1b"))
def test_any_ascii_line_is_read_as_units_or_errors(line: str) -> None:
    for unit in read_units(line.replace("\n", "")):
        assert isinstance(unit, Unit | RemoteProgramError)


@given(st.lists(st.text(alphabet='ab ;"'), min_size=1))
def test_splitting_and_joining_is_the_identity(parts: list[str]) -> None:
    text = ";".join(parts)
    assert ";".join(split(text, ";")) == text


@pytest.mark.parametrize(
    ("header", "number"), [("VOLT", None), ("VOLT1", None), ("VOLT2", -114), ("VOLTA", -113)]
)
def test_a_suffix_of_one_is_none_and_others_are_out_of_range(
    header: str, number: int | None
) -> None:
    table = CommandTable([action("VOLTage", lambda: None)])
    if number is None:
        table.run(header)(())
        return
    with pytest.raises(RemoteProgramError) as refusal:
        table.run(header)
    assert refusal.value.number == number


def test_two_rows_cannot_claim_one_spelling() -> None:
    with pytest.raises(ValueError, match="VOLT:LEV"):
        CommandTable([question("VOLTage:LEVel", str), question("VOLT[:LEVel]", str)])


@pytest.mark.parametrize("pattern", ["VOLT[:LEV", "VOLT]", "VOLT:[lev]"])
def test_a_pattern_that_is_none_is_our_own_mistake(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        spellings(pattern)
