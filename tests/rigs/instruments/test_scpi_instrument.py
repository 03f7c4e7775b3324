"""The core of an instrument: common commands, status, error queue, held messages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.capabilities import Identity
from rigs.virtual.scpi import Instrument, Number, Setting, Switch, action
from rigs.virtual.scpi.errors import ErrorQueue

ZERO = Decimal(0)


class Lamp:
    """Enough of an instrument to have settings and an overlapped operation."""

    def __init__(self) -> None:
        number = Number(unit="V", minimum=ZERO, maximum=Decimal(300), default=ZERO)
        self.volts = Setting("[SOURce:]VOLTage[:LEVel]", number, ZERO)
        self.on = Setting("OUTPut[:STATe]", Switch(), False)
        self.answers: list[str] = []
        self.instrument = Instrument(
            identity=Identity(maker="Assay", model="Lamp", serial="1", firmware="0"),
            rows=[
                self.volts.row(lambda: None),
                self.on.row(lambda: None),
                action("INITiate", lambda: self.instrument.begin_operation()),
            ],
            reset=self.restore,
        )

    def restore(self) -> None:
        self.volts.restore()
        self.on.restore()

    def ask(self, message: str) -> str:
        """The answer, or "(held)" while there is none."""
        before = len(self.answers)
        self.instrument.handle(message, self.answers.append)
        return self.answers[-1] if len(self.answers) > before else "(held)"


@pytest.fixture
def lamp() -> Lamp:
    lamp = Lamp()
    lamp.ask("*ESR?")  # power-on has been seen
    return lamp


@given(
    st.decimals(min_value=0, max_value=300, places=3),
    st.sampled_from(["VOLT", "volt:level", "SOUR:VOLT:LEV", ":Source:Voltage"]),
)
def test_a_setting_is_answered_as_it_was_set(value: Decimal, header: str) -> None:
    answer = Lamp().ask(f"{header} {value};:VOLT?")
    assert Decimal(answer) == value


def test_limits_are_asked_with_the_query(lamp: Lamp) -> None:
    assert lamp.ask("VOLT 7;VOLT? MIN;VOLT? MAX;VOLT?") == "+0.0E+0;+3.00E+2;+7.0E+0"


def test_reset_restores_settings_and_leaves_the_error_queue(lamp: Lamp) -> None:
    lamp.ask("VOLT 230;OUTP ON;NONSENSE;*RST")
    assert lamp.ask("VOLT?;OUTP?;SYST:ERR?") == '+0.0E+0;0;-113,"Undefined header"'


def test_identity_and_version_are_answered(lamp: Lamp) -> None:
    assert lamp.ask("*IDN?") == "Assay,Lamp,1,0"
    assert lamp.ask("SYST:VERS?") == "1999.0"
    assert lamp.ask("*TST?") == "0"


def test_a_fresh_instrument_says_that_it_was_powered_on() -> None:
    assert Lamp().ask("*ESR?;*ESR?") == "128;0"


@pytest.mark.parametrize(
    ("message", "entry", "event"),
    [
        ("NONSENSE", '-113,"Undefined header"', 32),
        ("VOLT", '-109,"Missing parameter"', 32),
        ("VOLT 1,2", '-108,"Parameter not allowed"', 32),
        ("*CLS 1", '-108,"Parameter not allowed"', 32),
        ("OUTP? MAX", '-108,"Parameter not allowed"', 32),
        ("VOLT HELLO", '-104,"Data type error"', 32),
        ("VOLT 301", '-222,"Data out of range"', 16),
        ("INIT?", '-113,"Undefined header"', 32),
    ],
)
def test_an_error_is_in_the_queue_and_in_the_event_register(
    lamp: Lamp, message: str, entry: str, event: int
) -> None:
    assert lamp.ask(f"{message};:SYST:ERR?;*ESR?;:SYST:ERR?") == f'{entry};{event};+0,"No error"'


def test_a_refused_value_changes_nothing(lamp: Lamp) -> None:
    assert lamp.ask("VOLT 230;VOLT 999;VOLT?") == "+2.30E+2"


def test_a_query_behind_an_identity_is_not_answered(lamp: Lamp) -> None:
    assert lamp.ask("*IDN?;*TST?") == "Assay,Lamp,1,0"
    assert lamp.ask("SYST:ERR?").startswith("-440")


def test_the_newest_entry_of_a_full_queue_becomes_overflow() -> None:
    queue = ErrorQueue(capacity=3)
    for number in (-113, -222, -104, -108, -109):
        queue.put(number)
    assert [queue.take() for _ in range(4)] == [
        '-113,"Undefined header"',
        '-222,"Data out of range"',
        '-350,"Queue overflow"',
        '+0,"No error"',
    ]


@given(st.lists(st.sampled_from([-113, -222, -104]), max_size=60))
def test_errors_come_out_as_they_went_in(numbers: list[int]) -> None:
    queue = ErrorQueue(capacity=60)
    for number in numbers:
        queue.put(number)
    assert [int(queue.take().split(",")[0]) for _ in numbers] == numbers
    assert len(queue) == 0


def test_clearing_empties_queue_and_events(lamp: Lamp) -> None:
    assert lamp.ask("NONSENSE;*CLS;SYST:ERR:COUN?;*ESR?") == "0;0"


def test_the_status_byte_sums_up_what_is_enabled(lamp: Lamp) -> None:
    assert lamp.ask("*STB?") == "0"
    assert lamp.ask("NONSENSE;*STB?") == "4"
    assert lamp.ask("*ESE 32;*STB?") == "36"
    assert lamp.ask("*SRE 255;*SRE?;*STB?") == "191;116"


def test_a_condition_becomes_an_event_when_it_rises(lamp: Lamp) -> None:
    lamp.instrument.questionable.set_condition(2, is_set=True)
    lamp.instrument.questionable.set_condition(2, is_set=False)
    assert lamp.ask("STAT:QUES:ENAB 2;:STAT:QUES:COND?;*STB?") == "0;24"
    assert lamp.ask("STAT:QUES?;:STAT:QUES:EVEN?;ENAB?") == "2;0;2"


def test_transition_filters_choose_the_edge(lamp: Lamp) -> None:
    lamp.ask("STAT:OPER:PTR 0;NTR 8")
    lamp.instrument.operation.set_condition(8, is_set=True)
    assert lamp.ask("STAT:OPER?") == "0"
    lamp.instrument.operation.set_condition(8, is_set=False)
    assert lamp.ask("STAT:OPER?;:STAT:PRES;:STAT:OPER:PTR?;NTR?") == "8;32767;0"


def test_without_operation_completion_is_at_once(lamp: Lamp) -> None:
    assert lamp.ask("*OPC?;*WAI;*OPC;*ESR?") == "1;1"


def test_completion_is_reported_when_the_operation_is_over(lamp: Lamp) -> None:
    assert lamp.ask("INIT;*OPC;*ESR?") == "0"
    lamp.instrument.end_operation()
    assert lamp.ask("*ESR?") == "1"


def test_a_message_waits_at_opc_until_the_operation_is_over(lamp: Lamp) -> None:
    assert lamp.ask("VOLT 5;INIT;*OPC?;:VOLT 9;VOLT?") == "(held)"
    assert lamp.ask("VOLT?") == "+5.0E+0"
    lamp.instrument.end_operation()
    assert lamp.answers[-1] == "1;+9.0E+0"


def test_a_cancelled_message_is_not_gone_on_with(lamp: Lamp) -> None:
    held = lamp.instrument.handle("INIT;*WAI;:VOLT 9", lamp.answers.append)
    held.cancel()
    lamp.instrument.end_operation()
    assert lamp.ask("VOLT?") == "+0.0E+0"


def test_clearing_forgets_a_completion_that_is_awaited(lamp: Lamp) -> None:
    lamp.ask("INIT;*OPC;*CLS")
    lamp.instrument.end_operation()
    assert lamp.ask("*ESR?") == "0"
