"""A prepayment meter spends credit, disables and arms its supply, at the exact moment."""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.gbcs.dlms.data import Data, long_unsigned
from assay.gbcs.messages import GENERIC_CRITICAL_ALERT
from rigs.devices.esme.configuration import MeterConfiguration
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.payment import OpenQuestions, codes
from rigs.devices.tariff import Part, PriceMatrix, Rate, ThresholdMatrix
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises
from tests.rigs.esme.payment.payment_kit import (
    POUND,
    balance,
    millipence,
    prepaid,
    price,
    results,
    utrn,
)

HOUR = timedelta(hours=1)
DISABLE, ARM, ENABLE = 0x0050, 0x0051, 0x004F


@pytest.fixture
def spending(premises: Premises) -> Premises:
    """One pound of credit, 1 kW at 20 p/kWh: it lasts for five hours and a microsecond."""
    prepaid(premises, POUND)
    price(premises, 20)
    premises.load.request(Decimal(1000))
    return premises


def test_the_balance_falls_by_the_price_of_what_is_drawn(spending: Premises) -> None:
    spending.pass_time(3600)
    on_its_way = 10
    assert POUND - 20_000 - on_its_way < balance(spending) <= POUND - 20_000
    spending.meter.payment.settle()
    account = spending.meter.payment.account
    spent = millipence(POUND) - account.meter_balance
    assert spent == Decimal("0.2") * spending.meter.register.energy(spending.clock.now())


def test_the_supply_is_disabled_the_microsecond_that_credit_is_lacking(spending: Premises) -> None:
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(6 * 3600)
    assert moved == [5 * HOUR + timedelta(microseconds=1)]
    assert spending.meter.supply.state is SupplyState.DISABLED
    microsecond = Decimal("0.2") * 1000
    assert spending.meter.payment.account.meter_balance == -microsecond
    assert codes.INSUFFICIENT_CREDIT in spending.alert_codes()


def test_the_moment_follows_a_change_of_load(spending: Premises) -> None:
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(3600)
    spending.load.request(Decimal(4000))
    spending.pass_time(3 * 3600)
    assert moved == [2 * HOUR + timedelta(microseconds=1)]


def test_the_moment_follows_a_change_of_price(spending: Premises) -> None:
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(3600)
    price(spending, 80)
    spending.pass_time(3 * 3600)
    assert moved == [2 * HOUR + timedelta(microseconds=1)]


def test_a_top_up_arms_and_the_button_connects(spending: Premises) -> None:
    spending.pass_time(6 * 3600)
    assert spending.meter.payment.enter_top_up(utrn(spending, 3)).is_accepted
    assert spending.meter.supply.state is SupplyState.ARMED
    spending.pass_time(3)
    assert {0x8F32, codes.CREDIT_ADDED_LOCALLY} <= set(spending.alert_codes())
    spending.meter.press_button()
    spending.pass_time(60)
    assert spending.meter.supply.state is SupplyState.ENABLED
    assert spending.load.watts == 1000


def test_neither_button_nor_command_connects_without_credit(spending: Premises) -> None:
    spending.pass_time(6 * 3600)
    spending.meter.press_button()
    spending.pass_time(60)
    assert results(spending, ENABLE, _script(51)) == [1]
    assert results(spending, ARM, _script(54)) == [1]
    assert not spending.meter.payment.enable_supply()
    assert spending.meter.supply.state is SupplyState.DISABLED


def test_a_display_in_the_home_connects_an_armed_supply(spending: Premises) -> None:
    spending.pass_time(6 * 3600)
    spending.meter.payment.enter_top_up(utrn(spending, 3))
    assert spending.meter.payment.enable_supply()
    assert spending.meter.supply.state is SupplyState.ENABLED


def test_what_the_supplier_has_disabled_no_top_up_arms(spending: Premises) -> None:
    spending.ask(DISABLE, SUPPLIER, _script(52))
    spending.meter.payment.enter_top_up(utrn(spending, 3))
    assert spending.meter.supply.state is SupplyState.DISABLED


def test_a_switch_that_failed_to_open_stays_closed_when_credit_is_back(
    spending: Premises,
) -> None:
    actuate = spending.meter.supply.actuate
    spending.meter.supply.actuate = lambda _closed: None
    spending.pass_time(6 * 3600)
    spending.meter.supply.actuate = actuate
    spending.meter.payment.enter_top_up(utrn(spending, 3))
    assert spending.contactor.closed
    assert 0x81C0 in spending.alert_codes()


def test_nor_what_the_supplier_disables_once_more(spending: Premises) -> None:
    spending.pass_time(6 * 3600)
    assert results(spending, DISABLE, _script(52)) == [0]
    spending.meter.payment.enter_top_up(utrn(spending, 3))
    assert spending.meter.supply.state is SupplyState.DISABLED


def test_emergency_credit_keeps_the_supply_on(premises: Premises) -> None:
    prepaid(premises, POUND, emergency_credit_limit=POUND, emergency_credit_threshold=POUND // 2)
    price(premises, 20)
    premises.load.request(Decimal(1000))
    premises.pass_time(3 * 3600)
    assert premises.meter.payment.activate_emergency_credit()
    premises.pass_time(6 * 3600)
    assert premises.meter.supply.state is SupplyState.ENABLED
    premises.pass_time(3600 + 60)
    assert premises.meter.supply.state is SupplyState.DISABLED
    told = premises.alert_codes()
    assert told.count(codes.EMERGENCY_CREDIT_AVAILABLE) == 1
    assert {codes.EMERGENCY_CREDIT_ACTIVATED, codes.EMERGENCY_CREDIT_EXHAUSTED} <= set(told)


def test_a_loss_of_power_takes_nothing_and_the_rest_lasts_as_long(spending: Premises) -> None:
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(3600)
    spending.interrupt(1800)
    spending.pass_time(5 * 3600)
    assert moved == [5 * HOUR + HOUR / 2 + timedelta(microseconds=1)]


def test_a_clock_that_is_set_back_delays_nothing(spending: Premises) -> None:
    spending.meter.clock.set(spending.clock.now() + timedelta(seconds=9))
    spending.meter.payment.cost_changed()
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(3600)
    spending.set_clock()
    assert spending.meter.now() == spending.clock.now()
    spending.pass_time(5 * 3600)
    assert moved == [5 * HOUR + timedelta(microseconds=1)]


def test_a_fast_clock_disables_when_the_credit_is_lacking_and_not_before(
    spending: Premises,
) -> None:
    spending.meter.clock.drift_ppm = Decimal(200)
    spending.meter.payment.cost_changed()
    moved: list[timedelta] = []
    begin = spending.clock.now()
    spending.contactor.listen(lambda at, _closed: moved.append(at - begin))
    spending.pass_time(6 * 3600)
    assert moved[0] >= 5 * HOUR + timedelta(microseconds=1)
    assert moved[0] - 5 * HOUR < timedelta(milliseconds=1)


def _script(number: int) -> tuple[Data, ...]:
    return (long_unsigned(number),)


def test_a_profile_answers_the_open_questions_of_a_meter() -> None:
    questions = OpenQuestions(is_insufficient=operator.le)
    configuration = MeterConfiguration(device_id=METER, payment_questions=questions)
    premises = Premises.joined(configuration)
    prepaid(premises, 0)
    assert premises.meter.supply.state is SupplyState.DISABLED


def test_events_go_into_the_logs_that_the_table_names(premises: Premises) -> None:
    prepaid(premises, 100, emergency_credit_limit=50, emergency_credit_threshold=100)
    premises.meter.payment.activate_emergency_credit()
    premises.meter.payment.account.charge(millipence(151), premises.meter.now())
    logged = premises.meter.event_log.codes()
    assert {codes.EMERGENCY_CREDIT_ACTIVATED, codes.EMERGENCY_CREDIT_EXHAUSTED} <= set(logged)
    premises.pass_time(3)
    critical = [message for message, _ in premises.alerts(codes.INSUFFICIENT_CREDIT)]
    assert [message.message_code for message in critical] == [GENERIC_CRITICAL_ALERT]
    assert critical[0].recipient == premises.meter.credentials.party(SUPPLIER)


def in_blocks(premises: Premises, first: int, second: int, threshold: int) -> None:
    """The first kilowatt-hours up to a threshold (Wh) at one price, what follows at another."""
    operation = premises.meter.tariffs.primary.operation
    prices = PriceMatrix(blocks=((first * 1000,), (second * 1000,)))
    operation.prepare(
        replace(operation.next, prices=prices, thresholds=ThresholdMatrix(of=((threshold,),)))
    )
    operation.attribution.rate = Rate(1, is_block=True)
    operation.activate(premises.meter.now(), Part.PRICES, Part.THRESHOLDS)


def disabled_after(premises: Premises) -> list[timedelta]:
    moved: list[timedelta] = []
    begin = premises.clock.now()
    premises.contactor.listen(lambda at, _closed: moved.append(at - begin))
    return moved


def test_the_moment_follows_a_block_that_fills(premises: Premises) -> None:
    prepaid(premises, POUND)
    in_blocks(premises, first=20, second=40, threshold=1000)
    premises.load.request(Decimal(1000))
    moved = disabled_after(premises)
    premises.pass_time(4 * 3600)
    assert moved == [3 * HOUR + timedelta(microseconds=1)]


def test_the_moment_follows_a_reset_of_the_block_counters(premises: Premises) -> None:
    prepaid(premises, POUND)
    in_blocks(premises, first=40, second=20, threshold=1000)
    premises.load.request(Decimal(1000))
    moved = disabled_after(premises)
    premises.pass_time(2 * 3600)
    premises.meter.tariffs.primary.reset_block_counters()
    premises.pass_time(3601)
    assert moved == [3 * HOUR + timedelta(microseconds=1)]
