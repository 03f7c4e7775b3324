"""The tariff of a gas meter: registers, blocks, dates and calendars."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from assay.gbcs.date_time import seconds_since_2000
from tests.rigs.gsme.gas_kit import GasPremises, statuses
from tests.rigs.gsme.life import tariff


def test_volume_goes_to_the_time_of_use_in_force(premises: GasPremises) -> None:
    assert set(statuses(premises.ask(0x006B, *tariff(tier=3)))) == {"success"}
    before = premises.meter.tier_litres()
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    after = premises.meter.tier_litres()
    assert [now - then for now, then in zip(after, before, strict=True)] == [0, 0, 1000, 0]


def test_blocks_fill_one_after_the_other(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff(is_block=True, thresholds=(1000, 2500, 3000)))
    premises.flow.request(Decimal(1))
    premises.pass_time(4 * 3600)
    assert premises.meter.block_litres() == (1000, 1500, 500, 1000)


def test_a_dated_tariff_comes_into_force_then_and_each_dated_part_is_reported(
    premises: GasPremises,
) -> None:
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=6))
    assert set(statuses(premises.ask(0x006B, *tariff(start=start)))) == {"success"}
    assert premises.meter.tariff.prices.tiers == [0, 0, 0, 0]
    premises.pass_time(7 * 3600)
    assert premises.meter.tariff.prices.tiers == [9600, 10200, 10750, 11000]
    done = [alert.executed for alert in premises.alerts(0x8F66)]
    assert sorted((one.cluster, one.command) for one in done if one is not None) == [
        (0x0700, 4),
        (0x0700, 5),
        (0x0707, 0),
        (0x0707, 4),
    ]


def test_a_dated_tariff_that_is_taken_back_never_comes(premises: GasPremises) -> None:
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=6))
    premises.ask(0x006B, *tariff(start=start))
    premises.ask(0x006B, *tariff(start=0xFFFFFFFE))
    premises.pass_time(7 * 3600)
    assert premises.meter.tariff.prices.tiers == [0, 0, 0, 0]
    assert premises.alerts(0x8F66) == []


def test_a_calendar_with_a_bad_part_changes_nothing(premises: GasPremises) -> None:
    """G-028: all parts of a calendar or none."""
    premises.ask(0x006B, *tariff(tier=2))
    before = premises.meter.tariff.calendar_store.published
    bad = tariff(tier=4)
    bad[1] = bad[1]._replace(
        payload={
            **bad[1].payload,
            "entry_count": 2,
            "entries": [{"start_min": 0, "tier_or_flag": 4}, {"start_min": 60, "tier_or_flag": 1}],
        }
    )
    answers = premises.ask(0x006B, *bad)
    assert statuses(answers)[:3] == ["success", "insufficientSpace", "failure"]
    assert premises.meter.tariff.calendar_store.published == before


def test_a_change_of_tariff_leaves_one_snapshot(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff())
    assert len(premises.meter.snapshots.registers.of_cause(8)) == 1
