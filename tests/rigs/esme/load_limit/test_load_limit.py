"""Load limiting, to the microsecond (E-110 to E-117; ECS27, ECS28a, ECS28b)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, boolean, double_long_unsigned, integer, octet_string
from rigs.devices.esme import SupplyState
from rigs.devices.power import RESOLUTION
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

READ, CONFIGURE, RESET_COUNTER = 0x0042, 0x0043, 0x0044
THRESHOLD, PERIOD, RESTORATION = 6900, 300, 30


def configure(
    premises: Premises, *, disables: bool = True, when: bytes = NOW, threshold: int = THRESHOLD
) -> list[int]:
    values = (
        boolean(disables),
        double_long_unsigned(threshold),
        double_long_unsigned(PERIOD),
        double_long_unsigned(RESTORATION),
        *[octet_string(when)] * 4,
    )
    return [item.result for item in premises.ask(CONFIGURE, SUPPLIER, values).items]


def read(premises: Premises) -> list[Data]:
    return [item.data for item in premises.ask(READ, SUPPLIER).items]


def draw(premises: Premises, watts: int | str) -> None:
    premises.load.request(Decimal(watts))


@pytest.fixture
def limited(premises: Premises) -> Premises:
    assert configure(premises) == [Result.SUCCESS] * 8
    return premises


def test_as_delivered_nothing_is_limited(premises: Premises) -> None:
    draw(premises, 100_000)
    premises.pass_time(7200)
    assert premises.meter.load_limit.counter == 0
    assert premises.contactor.closed


def test_the_settings_and_the_counter_are_read_back(limited: Premises) -> None:
    assert [data.value for data in read(limited)[:2]] == [0xFF, 0]
    assert [data.value for data in read(limited)[3:]] == [THRESHOLD, PERIOD, RESTORATION]


def test_the_supply_opens_once_the_period_is_exceeded_and_not_before(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.clock.advance(timedelta(seconds=PERIOD))
    assert limited.contactor.closed
    limited.clock.advance(RESOLUTION)
    assert not limited.contactor.closed
    assert limited.meter.supply.state is SupplyState.ARMED


def test_the_threshold_itself_is_not_above_it(limited: Premises) -> None:
    draw(limited, THRESHOLD)
    limited.pass_time(10 * PERIOD)
    assert limited.meter.load_limit.counter == 0


def test_a_dip_of_a_second_starts_the_period_anew(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.pass_time(PERIOD - 1)
    draw(limited, THRESHOLD - 1)
    limited.pass_time(1)
    draw(limited, THRESHOLD + 1)
    limited.pass_time(PERIOD)
    assert limited.contactor.closed
    limited.clock.advance(RESOLUTION)
    assert not limited.contactor.closed


def test_opening_is_told_and_counted_and_restored_by_itself(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.clock.advance(timedelta(seconds=PERIOD) + RESOLUTION)
    draw(limited, 100)
    limited.clock.advance(timedelta(seconds=RESTORATION) - RESOLUTION)
    assert not limited.contactor.closed
    limited.clock.advance(RESOLUTION)
    assert limited.contactor.closed
    assert limited.meter.supply.state is SupplyState.ENABLED
    limited.pass_time(5)
    assert limited.alert_codes() == [0x8F01, 0x8F33, 0x8F34, 0x8F34]
    assert read(limited)[1].value == 1
    assert 0x8F01 in limited.meter.event_log.codes()


def test_unchanged_only_says_so(premises: Premises) -> None:
    configure(premises, disables=False)
    draw(premises, THRESHOLD + 1)
    premises.pass_time(10 * PERIOD)
    assert premises.contactor.closed
    assert premises.alert_codes() == [0x8F01]


def test_a_user_reconnects_while_armed_and_nothing_is_restored_later(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.clock.advance(timedelta(seconds=PERIOD) + RESOLUTION)
    draw(limited, 100)
    limited.pass_time(10)
    limited.meter.press_button()
    assert limited.contactor.closed
    limited.pass_time(60)
    assert 0x8F34 not in limited.alert_codes()


def test_a_supplier_who_disables_ends_the_restoration(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.clock.advance(timedelta(seconds=PERIOD) + RESOLUTION)
    limited.meter.supply.disable()
    limited.pass_time(10 * RESTORATION)
    assert limited.meter.supply.state is SupplyState.DISABLED


def test_the_restoration_goes_on_through_an_outage(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.clock.advance(timedelta(seconds=PERIOD) + RESOLUTION)
    draw(limited, 100)
    limited.interrupt(200)
    limited.pass_time(1)
    assert limited.contactor.closed


def test_the_counter_is_reset_and_refuses_another_parameter(limited: Premises) -> None:
    draw(limited, THRESHOLD + 1)
    limited.pass_time(PERIOD + 1)
    refused = limited.ask(RESET_COUNTER, SUPPLIER, (integer(1),))
    assert refused.items[0].result == Result.OTHER_REASON
    assert read(limited)[1].value == 1
    assert limited.ask(RESET_COUNTER, SUPPLIER, (integer(0),)).items[0].result == Result.SUCCESS
    assert read(limited)[1].value == 0


def test_a_dated_configuration_is_carried_out_item_by_item(premises: Premises) -> None:
    premises.set_clock()
    when = premises.clock.now() + timedelta(hours=1)
    configure(premises, when=DateTime.at(when).octets)
    assert read(premises)[3].value == 0xFFFFFFFF
    premises.pass_time(3700)
    assert read(premises)[3].value == THRESHOLD
    assert premises.alert_codes().count(0x8F66) == 4


def test_a_cancelled_configuration_never_comes(premises: Premises) -> None:
    premises.set_clock()
    when = premises.clock.now() + timedelta(hours=1)
    configure(premises, when=DateTime.at(when).octets)
    configure(premises, when=NEVER, threshold=1)
    premises.pass_time(7200)
    assert read(premises)[3].value == 0xFFFFFFFF
    assert 0x8F66 not in premises.alert_codes()


def test_a_value_of_the_wrong_type_stops_the_command(premises: Premises) -> None:
    values = (boolean(True), integer(5), *[double_long_unsigned(1)] * 2, *[octet_string(NOW)] * 4)
    results = [item.result for item in premises.ask(CONFIGURE, SUPPLIER, values).items]
    assert results == [Result.SUCCESS, Result.TYPE_UNMATCHED, *[Result.OTHER_REASON] * 6]
