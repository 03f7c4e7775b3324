"""The logs of a gas meter: days, network data, billing periods."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from assay.gbcs.date_time import seconds_since_2000
from rigs.devices.gsme.battery import Use
from tests.rigs.devices.premises_kit import BROKER
from tests.rigs.gsme.gas_kit import GasPremises, statuses, zcl
from tests.rigs.gsme.life import billing
from tests.rigs.gsme.supply_kit import EVENT


def test_a_day_ends_with_a_snapshot_of_the_registers(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.25"))
    premises.pass_time(3 * 86400)
    now = premises.clock.now()
    wanted = {
        "earliest_start": seconds_since_2000(now - timedelta(days=2)),
        "latest_end": seconds_since_2000(now),
        "cause": 1,
    }
    first, second, none = premises.ask(
        0x0077, *(zcl("GetSnapshot", **wanted, offset=offset) for offset in range(3))
    )
    assert second.payload["summation"] - first.payload["summation"] == 6000
    assert (first.payload["time"], second.payload["time"]) == (
        "2026-03-03T00:00:00Z",
        "2026-03-04T00:00:00Z",
    )
    assert none.payload["status"] == "notFound"


def test_network_data_are_41_samples_of_six_minutes(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.1"))
    (started,) = premises.ask(
        0x0080,
        zcl(
            "StartSampling",
            issuer_event_id=EVENT,
            start_time=0,
            sample_type=0,
            interval=360,
            max_samples=41,
        ),
        role=BROKER,
    )
    assert started.payload == {"sample_id": 2}
    premises.pass_time(5 * 3600)
    (found,) = premises.ask(
        0x0079, zcl("GetSampledData", sample_id=2, earliest_time=1, sample_type=0, samples=41)
    )
    assert found.payload["sample_count"] == 41
    assert set(found.payload["samples"]) == {10}
    assert premises.meter.battery.uses[Use.SAMPLE] == 41


def test_each_end_of_a_billing_period_is_in_the_log_once(premises: GasPremises) -> None:
    premises.flow.request(Decimal("0.1"))
    assert statuses(premises.ask(0x00D8, *billing(premises))) == ["success", "success"]
    premises.pass_time(3 * 86400)
    entries = premises.meter.snapshots.registers.of_cause(2)
    assert [after.at - before.at for before, after in pairwise(entries)] == [timedelta(days=1)] * (
        len(entries) - 1
    )
    assert len(entries) == 3
