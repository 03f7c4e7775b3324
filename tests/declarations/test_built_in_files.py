"""What runs with no file at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assay.declarations import built_in_bench, built_in_plan, read_bench, read_device, read_plan
from assay.verdicts import PlanError


def test_the_built_in_bench_claims_no_more_than_simulation() -> None:
    bench = read_bench().value
    assert bench.evidence_level == "SIM"
    assert bench.clock.kind == "simulated"
    assert bench.dcc.kind == "embedded"
    assert all(instrument.is_virtual for instrument in bench.instruments.values())


def test_the_bench_with_radio_is_the_other_one_with_a_stick_and_a_sniffer() -> None:
    plain, radio = read_bench().value, built_in_bench("emu").value
    assert radio.evidence_level == "EMU"
    assert radio.is_virtual
    assert set(radio.instruments) - set(plain.instruments) == {"radio", "sniffer"}
    assert radio.limits == plain.limits and radio.clock == plain.clock


def test_a_built_in_bench_that_is_not_there_is_named() -> None:
    with pytest.raises(PlanError, match=r"benches/other\.toml"):
        built_in_bench("other")


def test_the_built_in_device_is_a_single_element_electricity_meter() -> None:
    device = read_device().value
    assert (device.type, device.variant) == ("ESME", "A")
    assert not device.claims("boost_function")


def test_the_built_in_plan_wears_each_family_a_hundred_times() -> None:
    life = read_plan().value.repetitions.accelerated_life
    assert (life.supply_interruptions, life.contactor_pairs) == (100, 100)


def test_the_long_plan_wears_each_family_a_thousand_times() -> None:
    plan = built_in_plan("accelerated_life_1000").value
    life = plan.repetitions.accelerated_life
    assert plan.schemes == ("accelerated_life",)
    assert (life.supply_interruptions, life.contactor_pairs) == (1000, 1000)


def test_firmware_goes_to_fifty_meters_or_to_a_thousand() -> None:
    plans = (read_plan().value, built_in_plan("firmware_1000").value)
    assert [plan.repetitions.end_to_end.firmware_meters for plan in plans] == [50, 1000]


def test_a_plan_that_does_not_travel_with_the_harness_is_a_plan_error() -> None:
    with pytest.raises(PlanError, match=r"no plans/nothing\.toml"):
        built_in_plan("nothing")


def test_the_plan_in_the_documentation_is_the_one_that_travels() -> None:
    shown = Path(__file__).parents[2] / "docs" / "reference" / "accelerated_life_1000.toml"
    assert shown.read_bytes() == built_in_plan("accelerated_life_1000").octets


def test_ceilings_are_exact_decimals(tmp_path: Path) -> None:
    file = tmp_path / "bench.toml"
    file.write_bytes(read_bench().octets.replace(b"max_volts = 300", b"max_volts = 253.1"))
    assert read_bench(file).value.ceiling() == (Decimal("253.1"), Decimal(65))


def test_an_instrument_is_overdue_on_the_day_after_its_due_date(tmp_path: Path) -> None:
    text = read_bench().octets.decode()
    text = text.replace(
        'serial = "SIM-0001"\ncalibration = "virtual"',
        'serial = "1"\ncalibration = { due = 2027-03-31, certificate = "UKAS 0001/27" }',
    )
    file = tmp_path / "bench.toml"
    file.write_text(text)
    bench = read_bench(file).value
    assert bench.overdue_on(date(2027, 3, 31)) == []
    assert bench.overdue_on(date(2027, 4, 1)) == ["supply"]
