"""What a laboratory writes about an instrument: line, ceilings, calibrated ranges, interlock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assay.declarations import Bench, read_bench
from assay.verdicts import PlanError

BENCH = """\
name = "north"
evidence_level = "HIL"

[limits]
max_volts = 253
max_hertz = 65
max_celsius = 60

[clock]
kind = "wall"

[hub]
variant = "single_band"

[dcc]
kind = "embedded"

[instruments.supply]
kind = "ac_source"
driver = "scpi_ac_source"
model = "6813B"
address = "TCPIP0::10.0.0.9::5025::SOCKET"
serial = "1"

[instruments.supply.limits]
max_volts = 260
max_amps = 5

[instruments.supply.calibration]
due = 2027-03-31
certificate = "0001/26"
laboratory = "UKAS 0001"

[[instruments.supply.calibration.ranges]]
quantity = "voltage"
unit = "V"
from = 0
to = 300
uncertainty = 0.05
percent = 0.02

[[instruments.supply.calibration.ranges]]
quantity = "frequency"
unit = "Hz"
from = 45
to = 65
uncertainty = 0.001
due = 2026-12-31
certificate = "0002/26"

[instruments.board]
kind = "relays"
driver = "modbus_relays"
model = "any"
address = "ASRL/dev/ttyUSB0::INSTR"
serial = "2"
calibration = "none"
transport = { baud = 9600, parity = "even", unit = 3, timeout_s = 0.5 }
options = { coils_from = 16 }

[interlock]
instrument = "board"
channel = 2
"""


def bench(tmp_path: Path, text: str = BENCH) -> Bench:
    file = tmp_path / "bench.toml"
    file.write_text(text)
    return read_bench(file).value


def error(tmp_path: Path, old: str, new: str) -> str:
    assert old in BENCH
    with pytest.raises(PlanError) as caught:
        bench(tmp_path, BENCH.replace(old, new, 1))
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_the_tighter_ceiling_of_bench_and_instrument_holds(tmp_path: Path) -> None:
    ceilings = bench(tmp_path).ceilings_of("supply")
    assert (ceilings.max_volts, ceilings.max_amps) == (Decimal(253), Decimal(5))
    assert ceilings.max_celsius == Decimal(60)
    assert ceilings.max_watts is None


def test_an_uncertainty_is_a_part_of_the_reading_and_a_part_of_the_range(tmp_path: Path) -> None:
    record = bench(tmp_path).instruments["supply"].record
    assert record is not None
    volts = record.ranges[0]
    assert volts.covers("voltage", "V", Decimal(230))
    assert not volts.covers("voltage", "V", Decimal(301))
    assert volts.expanded_uncertainty(Decimal(230)) == Decimal("0.096")


def test_a_range_has_the_certificate_and_day_of_its_own_where_it_says_so(tmp_path: Path) -> None:
    record = bench(tmp_path).instruments["supply"].record
    assert record is not None
    volts, hertz = record.ranges
    assert record.certificate_of(volts) == "0001/26 (UKAS 0001)"
    assert record.certificate_of(hertz) == "0002/26 (UKAS 0001)"
    assert (record.due_of(volts), record.due_of(hertz)) == (date(2027, 3, 31), date(2026, 12, 31))


def test_an_instrument_is_overdue_when_its_last_range_is(tmp_path: Path) -> None:
    subject = bench(tmp_path)
    assert subject.overdue_on(date(2027, 1, 1)) == []
    assert subject.overdue_on(date(2027, 4, 1)) == ["supply"]


@pytest.mark.parametrize(
    ("old", "new", "key", "expectation"),
    [
        ("to = 300", "to = 0", "supply.calibration.ranges[0].to", "expected more than its start"),
        ("uncertainty = 0.05", "uncertainty = -1", "supply.calibration.ranges[0].uncertainty", ""),
        ("baud = 9600", 'baud = "fast"', "board.transport.baud", "expected a valid integer"),
        ("baud = 9600", "bauds = 9600", "board.transport.bauds", "unknown key"),
        ("max_amps = 5", "max_ampere = 5", "supply.limits.max_ampere", "unknown key"),
        ('address = "ASRL', 'address = "me:hush@ASRL', "board.address", "expected an address"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, key: str, expectation: str
) -> None:
    line = 1 + BENCH[: BENCH.index(old)].count("\n")
    message = error(tmp_path, old, new)
    assert message.startswith(f"bench.toml:{line}: instruments.{key}: {expectation}")
    assert "hush" not in message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('instrument = "board"', 'instrument = "supply"', "interlock: expected an instrument of"),
        ("channel = 2", "channel = 0", "interlock.channel: expected greater than"),
    ],
)
def test_an_interlock_is_an_input_of_a_board_of_this_bench(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problem in error(tmp_path, old, new)


def test_nothing_is_exact(tmp_path: Path) -> None:
    message = error(tmp_path, "uncertainty = 0.05\npercent = 0.02", "uncertainty = 0")
    assert "ranges[0].uncertainty: expected an uncertainty above 0" in message


def test_what_takes_measurements_is_calibrated(tmp_path: Path) -> None:
    text = BENCH.replace('kind = "relays"', 'kind = "pulse_counter"')
    text = text[: text.index("[interlock]")]
    with pytest.raises(PlanError, match="a pulse_counter takes measurements"):
        bench(tmp_path, text)
