"""What passes between a scenario and a driver: ceilings, permission, traceability."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from assay.declarations.bench import Calibration, Ceilings
from assay.verdicts import BenchFault, InstrumentOutOfCalibration, LimitExceeded
from rigs.capabilities import Identity, Reading, Step, Traceability
from rigs.safety.gate import Gate
from rigs.safety.permission import Permission

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOMEBODYS = Identity(maker="M", model="X", serial="1", firmware="1")
CALIBRATION = Calibration.model_validate(
    {
        "due": date(2027, 1, 1),
        "certificate": "C1",
        "laboratory": "UKAS 0001",
        "ranges": [
            {"quantity": "voltage", "unit": "V", "from": 0, "to": 150, "uncertainty": "0.02"},
            {"quantity": "voltage", "unit": "V", "from": 0, "to": 300, "uncertainty": "0.06"},
            {
                "quantity": "current",
                "unit": "A",
                "from": 0,
                "to": 10,
                "percent": 1,
                "due": date(2026, 3, 1),
            },
        ],
    }
)


class Recorder:
    """Somebody else's driver: it knows nothing of ceilings and does what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.reads = ("voltage", "V", Decimal(230))

    def set_steady(self, volts: Decimal, hertz: Decimal) -> None:
        self.told.append(f"{volts} V {hertz} Hz")

    def play(self, steps: list[Step]) -> None:
        self.told.append(f"{len(steps)} steps")

    def set_climate(self, temperature: Decimal, humidity: Decimal | None = None) -> None:
        self.told.append(f"{temperature} C {humidity}")

    def output(self, on: bool) -> None:
        self.told.append("on" if on else "off")

    def measure(self) -> Reading:
        return self.measure_volts()

    def measure_volts(self) -> Reading:
        quantity, unit, value = self.reads
        return Reading(quantity=quantity, value=value, unit=unit, at=NOON, instrument=SOMEBODYS)


def gate(
    driver: Recorder, permission: Permission | None = None, calibration: Calibration | None = None
) -> Recorder:
    ceilings = Ceilings(
        max_volts=Decimal(253),
        max_amps=Decimal(5),
        max_celsius=Decimal(60),
        min_celsius=Decimal(-20),
    )
    return Gate(
        "one",
        driver,
        ceilings=ceilings,
        record=calibration,
        today=lambda: date(2026, 3, 2),
        permission=permission or Permission(),
    ).through


DIP = Step(volts=Decimal(0), hertz=Decimal(50), duration=timedelta(seconds=1))
SURGE = Step(volts=Decimal(254), hertz=Decimal(50), duration=timedelta(seconds=1))


@pytest.mark.parametrize(
    ("method", "arguments", "named"),
    [
        ("set_steady", (Decimal("253.1"), Decimal(50)), {}),
        ("set_steady", (), {"hertz": Decimal(50), "volts": Decimal(400)}),
        ("play", ([DIP, SURGE],), {}),
        ("set_climate", (Decimal("60.5"),), {}),
        ("set_climate", (Decimal(-21),), {}),
    ],
)
def test_nothing_beyond_a_ceiling_reaches_a_driver(
    method: str, arguments: tuple[object, ...], named: dict[str, object]
) -> None:
    driver = Recorder()
    with pytest.raises(LimitExceeded, match="of the bench file"):
        getattr(gate(driver), method)(*arguments, **named)
    assert driver.told == []


def test_what_lies_at_a_ceiling_passes() -> None:
    driver = Recorder()
    gate(driver).set_steady(Decimal(253), Decimal(1000))
    gate(driver).play([DIP])
    gate(driver).set_climate(Decimal(-20))
    assert driver.told == ["253 V 1000 Hz", "1 steps", "-20 C None"]


def test_while_the_bench_may_not_be_live_only_what_is_harmless_passes() -> None:
    driver, permission = Recorder(), Permission()
    permission.withdraw("the interlock opened")
    with pytest.raises(BenchFault, match="one: output refused: the interlock opened"):
        gate(driver, permission).output(True)
    with pytest.raises(BenchFault, match="refused"):
        gate(driver, permission).set_steady(Decimal(1), Decimal(50))
    gate(driver, permission).output(False)
    gate(driver, permission).measure_volts()
    assert driver.told == ["off"]


def test_the_permission_of_the_whole_is_that_of_the_part() -> None:
    whole = Permission()
    part = Permission(whole)
    whole.withdraw("the watchdog is gone")
    assert part.refusal == "the watchdog is gone"


def test_a_reading_cites_its_narrowest_range_and_the_certificate() -> None:
    driver = Recorder()
    driver.reads = ("voltage", "V", Decimal(120))
    assert gate(driver, calibration=CALIBRATION).measure_volts().traceability == Traceability(
        range="voltage 0 to 150 V",
        uncertainty=Decimal("0.02"),
        certificate="C1 (UKAS 0001)",
        due=date(2027, 1, 1),
    )


@pytest.mark.parametrize(
    ("reads", "problem"),
    [
        (("voltage", "V", Decimal(301)), "lies in no calibrated range"),
        (("power", "W", Decimal(3)), "lies in no calibrated range"),
        (("current", "A", Decimal(3)), "calibration of this range was due 2026-03-01"),
    ],
)
def test_a_reading_that_rests_on_nothing_does_not_leave(
    reads: tuple[str, str, Decimal], problem: str
) -> None:
    driver = Recorder()
    driver.reads = reads
    with pytest.raises(InstrumentOutOfCalibration, match=problem):
        gate(driver, calibration=CALIBRATION).measure_volts()


def test_a_current_beyond_its_ceiling_is_found_as_soon_as_it_is_seen() -> None:
    driver = Recorder()
    driver.reads = ("current", "A", Decimal("5.1"))
    with pytest.raises(LimitExceeded, match=r"measured 5\.1 A"):
        gate(driver).measure_volts()
