"""What the virtual sources of each family refuse, and with which error, as the real ones do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rigs.virtual.ac6800 import BUFFER_AGE
from rigs.virtual.chroma import RESET_TAKES
from rigs.virtual.sources import SOURCES, VirtualSource
from tests.rigs.instruments.benches import START, Premises

MILLISECOND = timedelta(milliseconds=1)


def made(premises: Premises, model: str) -> VirtualSource:
    return SOURCES[model](premises.clock, premises.supply, premises.load)


def said(source: VirtualSource, *messages: str) -> list[str]:
    heard: list[str] = []
    for message in messages:
        source.instrument.handle(message, heard.append)
    return [each for each in heard if each]


def errors(source: VirtualSource, *messages: str) -> list[int]:
    said(source, *messages)
    found = []
    while number := int(said(source, "SYST:ERR?")[0].partition(",")[0]):
        found.append(number)
    return found


LIST_61504 = (
    "LIST:VOLT:AC:STAR 230,0",
    "LIST:VOLT:AC:END 230,0",
    "LIST:FREQ:STAR 50,50",
    "LIST:FREQ:END 50,50",
    "LIST:DWEL 100,50",
)
ON_61504 = ("VOLT:RANG 300", "VOLT:AC 230", "FREQ 50", "OUTP ON")
STEP_LE = "PROG:EDIT 1,0,50HZ,0,0V,0,0V,0.05S"


@pytest.mark.parametrize(
    ("model", "messages", "numbers"),
    [
        # every family: grammar
        ("61504", ["VOLTA 1"], [-113]),
        ("61504", ["FREQ fast"], [-104]),
        ("PCR4000LE", ["VOLT 301"], [-222]),
        ("PCR4000LE", ["FREQuency 50;VOLTage 230"], []),
        ("AC6804B", ["LIST:VOLT 1,2"], [-113]),
        ("AC6804B", ["VOLT:MODE LIST"], [-113]),
        ("AC6804B", ["VOLT:RANG 310;FREQ 50"], [-113]),
        ("AC6804B", ["VOLT:RANG 310;:VOLT:LEV 230;:FREQ 50"], []),
        # ranges
        ("AC6804B", ["VOLT 230"], [-222]),
        ("5001iX", ["VOLT 230"], [-222]),
        ("5001iX", ["VOLT:RANG 300", "VOLT 230"], []),
        ("5001iX", ["OUTP ON", "VOLT:RANG 300"], [-221]),
        ("5001iX", ["LIST:VOLT 230,0"], [-222]),
        # lists of the 6811B family
        ("6843A", ["VOLT:MODE LIST", "LIST:VOLT 1,2,3;DWEL 1,2", "INIT:IMM"], [-226]),
        ("6843A", ["VOLT:MODE LIST", "LIST:VOLT 1,2;DWEL 1", "INIT:IMM"], []),
        ("6843A", ["LIST:VOLT " + ",".join(["1"] * 101)], [-223]),
        ("6843A", ["TRIG:SYNC:PHAS 400"], [-222]),
        ("6843A", ["SYNC:SOUR PHAS;PHAS 90"], []),
        # Chroma
        ("61504", ["VOLT:RANG 300", "VOLT:LIM:AC 240", "VOLT:AC 241"], [-222]),
        ("61504", ["TRIG ON"], [-221]),
        ("61504", ["OUTP:MODE LIST", "LIST:DWEL 1,2", "TRIG ON"], [-226]),
        ("61504", [*ON_61504, *LIST_61504, "OUTP:MODE LIST", "TRIG ON", "LIST:DWEL 1"], [-221]),
        ("61504", [*ON_61504, *LIST_61504, "OUTP:MODE LIST", "TRIG ON", "TRIG ON"], [-213]),
        # Kikusui
        ("PCR4000LE", ["PROG:EDIT 1,0,50HZ,0,0V"], [-109]),
        ("PCR4000LE", ["PROG:EDIT 601,0,50HZ,0,0V,0,0V,1S"], [-222]),
        ("PCR4000LE", ["PROG:EDIT 1,0,50V,0,0V,0,0V,1S"], [-131]),
        ("PCR4000LE", ["PROG:STEP:END 2", "INIT:SEQ5"], [-221]),
        ("PCR4000LE", [STEP_LE, "INIT:SEQ5", STEP_LE], [-221]),
        ("PCR4000LE", [STEP_LE, "INIT:SEQ5", "INIT:SEQ5"], [-213]),
        ("PCR1000MA", [STEP_LE], [-113]),
        ("PCR1000MA", ["VOLT 1" + " " * 128], [-363]),
    ],
)
def test_what_is_wrong_has_its_number(
    premises: Premises, model: str, messages: list[str], numbers: list[int]
) -> None:
    assert errors(made(premises, model), *messages) == numbers


def test_a_chroma_list_holds_its_last_point_until_the_mode_is_fixed(premises: Premises) -> None:
    source = made(premises, "61504")
    said(source, *ON_61504, *LIST_61504, "OUTP:MODE LIST", "TRIG ON")
    assert said(source, "TRIG:STATE?") == ["RUNNING"]
    premises.clock.advance(timedelta(seconds=1))
    assert said(source, "TRIG:STATE?") == ["OFF"]
    assert premises.supply.volts == 0
    said(source, "OUTP:MODE FIXED")
    assert premises.supply.volts == 230
    assert [change.at - START for change in source.log[:2]] == [timedelta(0), 100 * MILLISECOND]


def test_a_chroma_list_may_count_in_cycles(premises: Premises) -> None:
    source = made(premises, "61504")
    said(source, *ON_61504, *LIST_61504, "LIST:BASE CYCLE", "OUTP:MODE LIST", "TRIG ON")
    premises.clock.advance(timedelta(minutes=1))
    assert source.log[-1].at == START + 100 * timedelta(milliseconds=20)


def test_a_chroma_does_not_listen_after_a_reset(premises: Premises) -> None:
    source = made(premises, "61504")
    heard: list[str] = []
    said(source, *ON_61504)
    source.instrument.handle("*RST;*IDN?", heard.append)
    assert premises.supply.volts == 0
    premises.clock.advance(RESET_TAKES - MILLISECOND)
    assert heard == []
    premises.clock.advance(MILLISECOND)
    assert heard == ["Chroma ATE,61504,SIMULATED,1.20"]


def test_a_program_stays_at_its_last_step(premises: Premises) -> None:
    source = made(premises, "PCR4000LE")
    said(source, "VOLT 230", "FREQ 50", "OUTP ON", STEP_LE, "INIT:SEQ5")
    assert said(source, "PROG:EXEC?") == ["RUN"]
    premises.clock.advance(timedelta(seconds=1))
    assert said(source, "PROG:EXEC?;:VOLT?") == ["STOP;+0.0E+0"]


def test_a_program_may_wait_for_its_trigger(premises: Premises) -> None:
    source = made(premises, "PCR4000LE")
    said(source, "VOLT 230", "OUTP ON", STEP_LE, "TRIG:SEQ5:SOUR BUS", "INIT:SEQ5")
    premises.clock.advance(timedelta(seconds=1))
    assert premises.supply.volts == 230
    said(source, "TRIG:SEQ5")
    assert premises.supply.volts == 0


def test_a_measured_value_is_as_old_as_the_buffer(premises: Premises) -> None:
    source = made(premises, "AC6804B")
    said(source, "VOLT:RANG 310;:VOLT 230;:OUTP ON")
    premises.clock.advance(BUFFER_AGE)
    said(source, "VOLT 207")
    assert said(source, "MEAS:VOLT:AC?") == ["+2.30E+2"]
    premises.clock.advance(BUFFER_AGE)
    assert said(source, "MEAS:VOLT:AC?") == ["+2.07E+2"]


def test_a_slew_that_takes_longer_than_its_point_is_cut_off(premises: Premises) -> None:
    source = made(premises, "6843A")
    said(
        source,
        "VOLT 200;FREQ 50;OUTP ON",
        "VOLT:MODE LIST;SLEW:MODE LIST",
        "LIST:VOLT 100;VOLT:SLEW 10;:LIST:DWEL 2",
        "INIT:IMM",
        "TRIG",
    )
    premises.clock.advance(timedelta(seconds=2) - MILLISECOND)
    assert abs(premises.supply.volts - 180) <= Decimal("0.2")
    premises.clock.advance(MILLISECOND)
    assert premises.supply.volts == 200


def test_a_wave_that_waits_for_its_phase_can_be_aborted(premises: Premises) -> None:
    source = made(premises, "6843A")
    said(source, "VOLT 230;FREQ 50;OUTP ON", "VOLT:MODE LIST", "LIST:VOLT 0;DWEL 1")
    premises.clock.advance(MILLISECOND)
    said(source, "TRIG:SYNC:SOUR PHAS;PHAS 180", "INIT:IMM", "TRIG", "ABOR")
    premises.clock.advance(timedelta(seconds=5))
    assert [change.volts for change in source.log] == [230]
