"""The virtual source behind its command table, without any transport."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rigs.virtual.ac_source import (
    CURRENT_LIMITED,
    OVER_CURRENT,
    OVER_VOLTAGE,
    SWEEPING,
    WAITING_FOR_TRIGGER,
    VirtualAcSource,
)
from tests.rigs.instruments.benches import START, Premises

NO_ERROR = '+0,"No error"'
MAINS = "VOLT 230;FREQ 50;OUTP ON"
DIP = "VOLT:MODE LIST;:LIST:VOLT 0,207,253;DWEL 50MS,1S,0.2"


@pytest.fixture
def source(premises: Premises) -> VirtualAcSource:
    return VirtualAcSource(premises.clock, premises.supply, premises.load)


def ask(source: VirtualAcSource, message: str) -> str:
    answers: list[str] = []
    source.instrument.handle(message, answers.append)
    return answers[0]


def number(source: VirtualAcSource, query: str) -> Decimal:
    return Decimal(ask(source, query))


def seconds(value: str) -> timedelta:
    return timedelta(microseconds=int(Decimal(value) * 1_000_000))


def test_nothing_is_at_the_terminals_until_the_output_is_on(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, "VOLT 230;FREQ 50")
    assert premises.supply.volts == 0
    ask(source, "OUTP ON")
    assert [premises.supply.volts, premises.supply.hertz] == [230, 50]
    ask(source, "OUTP OFF")
    assert [premises.supply.volts, premises.supply.hertz] == [0, 0]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("VOLT 301", -222),
        ("FREQ 20", -222),
        ("VOLT:MODE PULS", -224),
        ("INIT", -221),
        ("TRIG", -211),
        ("*TRG", -211),
        ("VOLT:MODE LIST;:LIST:VOLT 1,2,3;DWEL 1,2;:INIT", -226),
        (f"{DIP};:INIT;INIT", -213),
        (f"{DIP};:INIT;:TRIG;TRIG", -211),
        (f"{DIP};:TRIG:SOUR IMM;:INIT;*TRG", -211),
        ("LIST:DWEL 100US", -222),
        ("LIST:VOLT " + ",".join(["1"] * 101), -223),
    ],
)
def test_what_makes_no_sense_is_an_error(source: VirtualAcSource, message: str, error: int) -> None:
    ask(source, message)
    assert ask(source, "SYST:ERR?;ERR?").startswith(f"{error},")


def test_an_interruption_of_50_ms_is_50_ms_in_the_log(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};:VOLT:MODE LIST;:LIST:VOLT 0;DWEL 50MS;:INIT;:TRIG")
    premises.clock.advance(timedelta(hours=1))
    on, cut, back = source.log
    assert [change.volts for change in (on, cut, back)] == [230, 0, 230]
    assert back.at - cut.at == timedelta(milliseconds=50)


def test_the_measurement_follows_the_wave(source: VirtualAcSource, premises: Premises) -> None:
    ask(source, f"{MAINS};{':' + DIP};:INIT;:TRIG")
    seen = []
    for wait in ("0", "0.049999", "0.000001", "0.999999", "0.000001", "0.2"):
        premises.clock.advance(seconds(wait))
        seen.append(number(source, "MEAS:VOLT:AC?"))
    assert seen == [0, 0, 207, 207, 253, 230]


def test_frequency_is_swept_with_the_voltage_at_its_immediate_level(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};:FREQ:MODE LIST;:LIST:FREQ 47,52;DWEL 1;:INIT;:TRIG")
    assert ask(source, "MEAS:FREQ?;VOLT:AC?") == "+4.7E+1;+2.30E+2"
    premises.clock.advance(seconds("1.5"))
    assert number(source, "MEAS:FREQ?") == 52
    premises.clock.advance(seconds("1"))
    assert number(source, "MEAS:FREQ?") == 50


def test_a_list_is_repeated_as_often_as_counted(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};{':' + DIP};COUN 3;:INIT;:TRIG")
    premises.clock.advance(timedelta(minutes=1))
    assert [change.volts for change in source.log] == [230, *[0, 207, 253] * 3, 230]
    assert source.log[-1].at == START + 3 * seconds("1.25")


def test_a_stepped_list_waits_for_a_trigger_before_each_point(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};{':' + DIP};STEP ONCE;:INIT")
    seen = []
    for _ in range(3):
        ask(source, "*TRG")
        premises.clock.advance(timedelta(seconds=10))
        seen.append(number(source, "MEAS:VOLT:AC?"))
    assert seen == [0, 207, 230]
    assert ask(source, "SYST:ERR?") == NO_ERROR


def test_abort_returns_to_the_immediate_level(source: VirtualAcSource, premises: Premises) -> None:
    ask(source, f"{MAINS};{':' + DIP};COUN INF;:INIT;:TRIG")
    premises.clock.advance(timedelta(hours=1))
    ask(source, "ABOR")
    changes = len(source.log)
    premises.clock.advance(timedelta(hours=1))
    assert [number(source, "MEAS:VOLT:AC?"), len(source.log)] == [230, changes]


def test_reset_stops_everything(source: VirtualAcSource, premises: Premises) -> None:
    ask(source, f"{MAINS};{':' + DIP};:INIT;:TRIG;*RST")
    premises.clock.advance(timedelta(hours=1))
    assert [change.volts for change in source.log] == [230, 0, 0]  # on, dip, off at 0 Hz
    assert ask(source, "VOLT?;FREQ?;OUTP?;VOLT:MODE?") == "+0.0E+0;+6.0E+1;0;FIX"


def test_the_operation_register_says_where_the_transient_is(
    source: VirtualAcSource, premises: Premises
) -> None:
    seen = []
    for message in (MAINS, f":{DIP}", "INIT", "TRIG"):
        ask(source, message)
        seen.append(number(source, "STAT:OPER:COND?"))
    premises.clock.advance(timedelta(minutes=1))
    seen.append(number(source, "STAT:OPER:COND?"))
    assert seen == [0, 0, WAITING_FOR_TRIGGER, SWEEPING, 0]


def test_completion_is_the_end_of_the_transient(
    source: VirtualAcSource, premises: Premises
) -> None:
    answers: list[str] = []
    source.instrument.handle(f"{MAINS};{':' + DIP};:INIT;:TRIG;*OPC?", answers.append)
    premises.clock.advance(seconds("1.249999"))
    assert answers == []
    premises.clock.advance(seconds("0.000001"))
    assert answers == ["1"]


def test_the_measured_current_is_the_current_of_the_load(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, MAINS)
    premises.load.request(Decimal(2300))
    assert ask(source, "MEAS:CURR:AC?;:MEAS:POW:AC?") == "+1.0E+1;+2.300E+3"
    premises.contactor.open()
    assert ask(source, "MEAS:CURR:AC?;:MEAS:POW:AC:REAL?") == "+0.0E+0;+0.0E+0"


def test_over_current_latches_until_it_is_cleared(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};:CURR 5;CURR:PROT:STAT ON")
    premises.load.request(Decimal(2000))
    assert number(source, "STAT:QUES:COND?") == OVER_CURRENT
    premises.load.request(Decimal(0))
    assert premises.supply.volts == 0
    ask(source, "OUTP:PROT:CLE")
    assert [premises.supply.volts, number(source, "STAT:QUES:COND?")] == [230, 0]
    assert number(source, "STAT:QUES?") == OVER_CURRENT


def test_a_load_above_the_current_limit_pulls_the_voltage_down(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"{MAINS};:CURR 5")
    premises.load.request(Decimal(2000))
    assert [premises.supply.volts, premises.load.watts] == [0, 0]
    assert number(source, "STAT:QUES:COND?") == CURRENT_LIMITED
    premises.contactor.open()
    assert [premises.supply.volts, number(source, "STAT:QUES:COND?")] == [230, 0]


def test_a_small_source_cannot_feed_a_house(premises: Premises) -> None:
    small = VirtualAcSource(premises.clock, premises.supply, premises.load, model="6811B")
    ask(small, MAINS)
    premises.load.request(Decimal(376))
    assert premises.supply.volts == 0
    premises.load.request(Decimal(375))
    assert premises.supply.volts == 230


def test_peak_protection_cuts_what_it_must_not_let_out(
    source: VirtualAcSource, premises: Premises
) -> None:
    ask(source, f"VOLT:PROT 350;:{MAINS}")
    assert premises.supply.volts == 230
    ask(source, "VOLT 253")
    assert [premises.supply.volts, number(source, "STAT:QUES:COND?")] == [0, OVER_VOLTAGE]


def test_list_lengths_can_be_asked(source: VirtualAcSource) -> None:
    assert ask(source, f"{DIP};VOLT:POIN?;:LIST:FREQ:POIN?;:LIST:DWEL?") == (
        "3;1;+5.0E-2,+1.0E+0,+2.0E-1"
    )
