"""A gas meter that sleeps: what it says and hears, and when."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from assay.gbcs.envelope import Cra, parse
from rigs.devices.gsme.valve import GasSupply
from tests.rigs.gsme.gas_kit import GasPremises, gas_meter_entry
from tests.rigs.gsme.supply_kit import status_read


def test_a_gas_meter_says_and_hears_nothing_until_it_wakes(premises: GasPremises) -> None:
    premises.to_next_wake()
    taps = []
    premises.hub.link.taps.append(lambda *event: taps.append(event))
    premises.send(premises.command(0x0082, status_read()))
    premises.pass_time(1500)
    assert taps == []
    premises.pass_time(400)
    assert [octets[:1] for _, _, octets, _ in taps][:3] == [b"\x01", b"\x02", b"\x03"]


def test_all_messages_that_wait_are_fetched_in_one_wake_and_in_order(
    premises: GasPremises,
) -> None:
    counters = []
    for _ in range(3):
        counters.append(premises.next_counter())
        premises.send(premises.command(0x0082, status_read(), counter=counters[-1]))
    premises.to_next_wake()
    answers = [parse(octets) for _, octets in premises.dsp.arrived]
    assert [one.counter for one in answers if one.cra is Cra.RESPONSE] == counters
    assert not premises.meter.wake.is_awake


def test_it_wakes_every_half_hour_by_its_own_clock(premises: GasPremises) -> None:
    wakes = []
    premises.meter.wake.on_wake.append(lambda: wakes.append(premises.clock.now()))
    premises.meter.clock.drift_ppm = Decimal(1_000_000)
    premises.pass_time(2 * 3600)
    gaps = {after - before for before, after in pairwise(wakes[1:])}
    assert gaps == {timedelta(minutes=15)}


def test_an_event_in_its_sleep_is_told_at_the_next_wake(premises: GasPremises) -> None:
    premises.covers.open("battery cover")
    premises.pass_time(60)
    assert premises.alerts(0x8F73) == []
    premises.to_next_wake()
    assert len(premises.alerts(0x8F73)) == 1


def test_a_message_that_it_never_fetches_is_dropped_after_a_day(premises: GasPremises) -> None:
    premises.battery.remove()
    premises.send(premises.command(0x0082, status_read()))
    premises.pass_time(25 * 3600)
    premises.battery.fit()
    premises.pass_time(3600)
    assert 0x819D in premises.hub.event_log.codes()
    assert [parse(one).cra for _, one in premises.dsp.arrived].count(Cra.RESPONSE) == 0


def test_it_polls_quickly_for_an_hour_after_it_has_joined() -> None:
    premises = GasPremises()
    premises.join()
    answer = premises.answer(premises.command(0x0082, status_read()), wait_s=35)
    assert answer is not None


def test_it_comes_back_by_itself_after_weeks_without_a_network(premises: GasPremises) -> None:
    premises.supply.feed(Decimal(0), Decimal(0))
    premises.covers.open("tilt")
    premises.pass_time(21 * 86400)
    premises.supply.feed(Decimal(230), Decimal(50))
    premises.pass_time(2000)
    assert len(premises.alerts(0x81C3)) == 1
    assert premises.read(0x0082, (0x0702, (0x0014,)))[0x0014] == GasSupply.ENABLED


def test_it_seeks_the_hub_again_at_its_wakes_once_it_was_taken_out_of_the_log(
    premises: GasPremises,
) -> None:
    premises.hub.device_log.remove(premises.meter.device_id)
    premises.to_next_wake()
    assert not premises.meter.network.is_joined
    premises.hub.device_log.add(gas_meter_entry())
    premises.hub.joining.timeout = timedelta(hours=1)
    premises.hub.joining.allow(True)
    premises.to_next_wake()
    assert premises.meter.network.is_joined
