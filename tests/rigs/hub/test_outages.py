"""When a hub reports a loss of power, and when it cannot any more (C-003)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rigs.devices import HubConfiguration
from rigs.devices.hub import WAN_MODELS, WanVariant
from rigs.devices.hub.last_gasp import HOLD_UP
from tests.rigs.devices.premises_kit import HUB, Premises


@pytest.mark.parametrize(
    ("minutes", "seconds", "reported"),
    [
        (3, 175, False),
        (3, 179, False),
        (3, 181, True),
        (13, 181, False),
        (13, 779, False),
        (13, 781, True),
    ],
)
def test_a_loss_is_reported_once_it_lasted(
    premises: Premises, minutes: int, seconds: int, reported: bool
) -> None:
    premises.hub.last_gasp_after = timedelta(minutes=minutes)
    premises.interrupt(seconds)
    premises.pass_time(5)
    assert len(premises.dsp.power_losses) == reported


def test_after_long_losses_in_a_row_nothing_is_left_for_a_last_gasp(premises: Premises) -> None:
    for _ in range(5):
        premises.interrupt(200)
        premises.pass_time(5)
    assert len(premises.dsp.power_losses) == 4


def test_a_charged_store_reports_again(premises: Premises) -> None:
    for _ in range(5):
        premises.interrupt(200)
        premises.pass_time(5)
    premises.pass_time(HOLD_UP.total_seconds())
    premises.interrupt(200)
    premises.pass_time(5)
    assert len(premises.dsp.power_losses) == 5


def test_every_variant_can_hold_out_until_its_report() -> None:
    for variant in WanVariant:
        configuration = HubConfiguration.of_variant(HUB, variant)
        assert timedelta(minutes=3) <= configuration.last_gasp_after <= timedelta(minutes=13)
        assert configuration.last_gasp_after == WAN_MODELS[variant].last_gasp_after < HOLD_UP


def test_a_report_sooner_than_a_loss_is_noticed_is_refused() -> None:
    with pytest.raises(ValueError, match="bridged"):
        HubConfiguration(device_id=HUB, last_gasp_after=timedelta(0))
