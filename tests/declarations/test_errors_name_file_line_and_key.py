"""A person who writes a file gets told where it is wrong, what was expected and what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.declarations import read_bench, read_device, read_plan
from assay.verdicts import PlanError

BENCH = """\
name = "north"
evidence_level = "SIM"

[limits]
max_volts = 300
max_hertz = 65

[clock]
kind = "simulated"
start = 2026-01-05T00:00:00Z

[hub]
variant = "single_band"

[dcc]
kind = "embedded"

[instruments.supply]
kind = "ac_source"
driver = "scpi_ac_source"
model = "any"
address = "virtual"
serial = "1"
calibration = "virtual"
"""

DEVICE = """\
type = "ESME"
variant = "A"
manufacturer = "Maker"
model = "M1"
device_id = "00-DB-12-34-56-78-90-A0"
install_code = "env:INSTALL_CODE"

[firmware]
version = "01020304"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

[versions]
smets = "5.2"
gbcs = "4.3"
"""

PLAN = """\
name = "one scheme"
schemes = ["uept"]

[baseline]
smets = "5.2"
gbcs = "4.3"
duis = "5.4"
"""


def error_of_bench(tmp_path: Path, text: str) -> str:
    file = tmp_path / "bench.toml"
    file.write_text(text)
    with pytest.raises(PlanError) as caught:
        read_bench(file)
    return str(caught.value).replace(str(file), "bench.toml")


def error_of_device(tmp_path: Path, text: str) -> str:
    file = tmp_path / "device.toml"
    file.write_text(text)
    with pytest.raises(PlanError) as caught:
        read_device(file)
    return str(caught.value).replace(str(file), "device.toml")


def error_of_plan(tmp_path: Path, text: str) -> str:
    file = tmp_path / "plan.toml"
    file.write_text(text)
    with pytest.raises(PlanError) as caught:
        read_plan(file)
    return str(caught.value).replace(str(file), "plan.toml")


def test_the_files_of_these_tests_are_good_as_they_stand(tmp_path: Path) -> None:
    for name, text in (("bench", BENCH), ("device", DEVICE), ("plan", PLAN)):
        (tmp_path / f"{name}.toml").write_text(text)
    assert read_bench(tmp_path / "bench.toml").value.name == "north"
    assert read_device(tmp_path / "device.toml").value.variant == "A"
    assert read_plan(tmp_path / "plan.toml").value.schemes == ("uept",)


def test_an_unknown_key_is_an_error_with_its_line_and_a_hint(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace("max_hertz = 65", "max_herz = 65"))
    assert "bench.toml:6: limits.max_herz: unknown key" in message
    assert "did you mean max_hertz?" in message


def test_a_missing_key_points_at_its_table(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace('serial = "1"\n', ""))
    assert message == "bench.toml:18: instruments.supply.serial: expected this key, seen none"


def test_a_wrong_word_is_told_with_the_right_ones(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace('"ac_source"', '"ac-source"'))
    assert message.startswith("bench.toml:19: instruments.supply.kind: expected 'ac_source', ")
    assert message.endswith('seen "ac-source"')


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = BENCH.replace("max_volts = 300", "max_volts = -1").replace(
        '"single_band"', '"triple_band"'
    )
    lines = error_of_bench(tmp_path, text).splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["bench.toml:5", "bench.toml:13"]


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace("max_volts = 300", "max_volts = = 300"))
    assert message.startswith("bench.toml:5: expected TOML")


def test_octets_that_are_not_text_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "bench.toml"
    file.write_bytes(b'name = "north"\nseed = "\xff"\n')
    with pytest.raises(PlanError, match=r"bench\.toml:2: expected UTF-8"):
        read_bench(file)


def test_a_file_that_is_not_there_is_a_plan_error(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="readable file"):
        read_plan(tmp_path / "nothing.toml")


@pytest.mark.parametrize("value", ['"DEADBEEF00112233"', "1234567812345678", '"file:"'])
def test_an_install_code_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, value: str
) -> None:
    message = error_of_device(tmp_path, DEVICE.replace('"env:INSTALL_CODE"', value))
    assert "device.toml:6: install_code: expected" in message
    assert value.strip('"') not in message.replace("file:PATH", "")


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    text = BENCH.replace('kind = "embedded"', 'kind = "external"\nendpoint = "https://me:pass@dcc"')
    message = error_of_bench(tmp_path, text)
    assert "bench.toml:17: dcc.endpoint" in message
    assert "pass@" not in message


def test_an_electricity_meter_needs_a_variant_of_the_schema(tmp_path: Path) -> None:
    message = error_of_device(tmp_path, DEVICE.replace('variant = "A"', 'variant = "Z"'))
    assert message.startswith("device.toml:2: variant: expected one of A, B, C, AD")
    assert "variant" in error_of_device(tmp_path, DEVICE.replace('variant = "A"\n', ""))


def test_only_an_electricity_meter_has_a_variant(tmp_path: Path) -> None:
    message = error_of_device(tmp_path, DEVICE.replace('type = "ESME"', 'type = "GSME"'))
    assert message == 'device.toml:2: variant: expected no variant for a GSME, seen "A"'


def test_a_selector_that_is_no_selector_is_named_by_its_own_line(tmp_path: Path) -> None:
    text = PLAN + '\n[selection]\ninclude = [\n  "srv:7.2",\n  "service:7.3",\n]\n'
    message = error_of_plan(tmp_path, text)
    assert message.startswith("plan.toml:12: selection.include[1]: expected KIND:PATTERN")


def test_a_billing_value_is_never_decided_by_the_relaxed_rule(tmp_path: Path) -> None:
    message = error_of_plan(tmp_path, PLAN + '\n[decision_rules]\nenergy = "relaxed"\n')
    assert message.startswith("plan.toml:10: decision_rules.energy: expected a rule")


@pytest.mark.parametrize("count", ["0", "-5", "1.5", '"100"', "true"])
def test_a_count_of_cycles_is_a_whole_number_from_one(tmp_path: Path, count: str) -> None:
    text = PLAN + f"\n[repetitions.accelerated_life]\ncontactor_pairs = {count}\n"
    assert "plan.toml:10: repetitions.accelerated_life.contactor_pairs" in error_of_plan(
        tmp_path, text
    )


def test_hardware_evidence_refuses_simulated_time(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace('"SIM"', '"HIL"'))
    assert 'bench.toml:8: clock: expected kind = "wall" on evidence level HIL' in message


def test_hardware_evidence_refuses_virtual_instruments(tmp_path: Path) -> None:
    text = BENCH.replace('"SIM"', '"HIL"').replace(
        'kind = "simulated"\nstart = 2026-01-05T00:00:00Z', 'kind = "wall"'
    )
    message = error_of_bench(tmp_path, text)
    assert "instruments: expected no virtual instrument" in message
    assert "supply" in message


def test_a_real_instrument_needs_its_calibration(tmp_path: Path) -> None:
    text = BENCH.replace('address = "virtual"', 'address = "TCPIP0::10.0.0.9::5025::SOCKET"')
    message = error_of_bench(tmp_path, text)
    assert "bench.toml:24: instruments.supply.calibration: expected a table with due" in message


def test_a_simulated_clock_starts_at_a_time_with_a_zone(tmp_path: Path) -> None:
    message = error_of_bench(tmp_path, BENCH.replace("00:00:00Z", "00:00:00"))
    assert message.startswith("bench.toml:10: clock.start: expected a time with its zone")
