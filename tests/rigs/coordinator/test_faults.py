"""A stick that does not do its part is a lost bench, at once or within a bounded time; never an
answer of the device. Each scenario ends by itself: nothing here waits for more than its patience.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities.radio import Delivery
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.ncp import NcpServer
from tests.rigs.coordinator.conftest import (
    AGREED_KEY,
    PARAMETERS,
    Network,
    message,
    octets,
)
from tests.rigs.ncp.conftest import METER, Air

EFFECTS: dict[str, Effect] = {
    "no answer": NoAnswer(),
    "late answer": LateAnswer(delay_s=1.0),
    "garbled answer": GarbledAnswer(),
    "stick fails": QueuedError(number=0x51),
    "cable pulled": DroppedConnection(),
}

CALLS: dict[str, Callable[[Any], object]] = {
    "sendUnicast": lambda coordinator: coordinator.send(message(b"hello")),
    "importLinkKey": lambda coordinator: coordinator.set_link_key(METER, AGREED_KEY),
    "formNetwork": lambda coordinator: coordinator.form(PARAMETERS),
}


def hasten(network: Network) -> None:
    """As long as an answer on a busy machine takes, and no longer."""
    network.coordinator.stick.command_patience_s = 0.5


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=list(EFFECTS))
@pytest.mark.parametrize("command", CALLS)
def test_a_fault_in_any_command_is_a_lost_bench(
    network: Network, command: str, effect: Effect
) -> None:
    network.join()
    network.air.server.inject(Fault(effect=effect, containing=command))
    hasten(network)
    with pytest.raises(BenchLost, match="stick at"):
        CALLS[command](network.coordinator)


SUDDEN: dict[str, Callable[[NcpServer], None]] = {
    "falls silent": NcpServer.fall_silent,
    "fails": NcpServer.fail,
    "restarts": NcpServer.restart,
    "is unplugged": lambda server: server._loop_thread.run(server.hang_up),
}


@pytest.mark.parametrize("strike", SUDDEN.values(), ids=list(SUDDEN))
def test_a_stick_that_goes_between_two_calls_is_missed_by_the_next(
    network: Network, strike: Callable[[NcpServer], None]
) -> None:
    network.join()
    strike(network.air.server)
    hasten(network)
    with pytest.raises(BenchLost):
        network.coordinator.send(message(b"hello"))
    with pytest.raises(BenchLost):
        network.coordinator.set_link_key(METER, AGREED_KEY)


@pytest.mark.parametrize("strike", SUDDEN.values(), ids=list(SUDDEN))
def test_a_stick_that_goes_while_a_message_is_under_way_is_missed(
    network: Network, strike: Callable[[NcpServer], None]
) -> None:
    """The device sleeps, so the message waits in the stick when it goes."""
    network.join(sleeps=True)
    server = network.air.server

    def now() -> None:
        strike(server)

    network.air.clock.call_later(timedelta(seconds=2), now)
    hasten(network)
    with pytest.raises(BenchLost):
        network.coordinator.send(message(b"hello"))


def test_a_message_of_which_no_word_comes_is_a_lost_bench(network: Network) -> None:
    network.join()
    network.air.server.inject(Fault(effect=NoAnswer(), containing="messageSentHandler"))
    with pytest.raises(BenchLost, match="no word came"):
        network.coordinator.send(message(b"hello"))


def test_a_lost_block_acknowledgement_of_the_host_costs_a_repetition_and_no_more(
    network: Network,
) -> None:
    meter = network.join()
    network.air.server.inject(Fault(effect=NoAnswer(), containing="incomingMessageHandler"))
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(octets(180), done=ends.append))
    network.wait(lambda: bool(ends))
    assert ends == [True]
    assert [one.payload for one in network.heard] == [octets(180)]


@pytest.mark.parametrize(
    "noise", [b"\x00\xff\x7e", b"\x7d\x7e", b"\x18" * 5 + b"\x7e", bytes(range(256)) + b"\x7e"]
)
def test_noise_on_the_line_is_survived(network: Network, noise: bytes) -> None:
    network.join()
    network.air.server.make_noise(noise)
    assert network.coordinator.send(message(b"hello")) is Delivery.DELIVERED


def test_a_late_answer_within_the_patience_is_an_answer(network: Network) -> None:
    network.join()
    late = Fault(effect=LateAnswer(delay_s=0.2), containing="sendUnicast")
    network.air.server.inject(late)
    assert network.coordinator.send(message(b"hello")) is Delivery.DELIVERED


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=list(EFFECTS))
def test_a_lost_stick_comes_back_when_a_network_is_formed(network: Network, effect: Effect) -> None:
    network.join()
    network.air.server.inject(Fault(effect=effect, containing="importLinkKey"))
    hasten(network)
    with pytest.raises(BenchLost):
        network.coordinator.set_link_key(METER, AGREED_KEY)
    network.coordinator.stick.command_patience_s = 4.0
    network.coordinator.form(PARAMETERS)
    assert network.air.ncp.stack.is_up


def test_time_goes_on_after_a_stick_was_lost(network: Network) -> None:
    network.join()
    network.air.server.fall_silent()
    hasten(network)
    with pytest.raises(BenchLost):
        network.coordinator.send(message(b"hello"))
    before = network.air.clock.now()
    network.air.clock.advance(timedelta(hours=1))
    assert network.air.clock.now() - before == timedelta(hours=1)


def test_no_stick_at_all_is_a_lost_bench(air: Air, tmp_path: Path) -> None:
    driver = pytest.importorskip("rigs.drivers.coordinator", exc_type=ImportError)
    stick = driver.EmberStick(str(tmp_path / "nothing"), air.clock, connection_patience_s=1.0)
    coordinator = driver.EmberCoordinator(stick, air.clock, air.loop)
    with pytest.raises(BenchLost, match="nothing"):
        coordinator.form(PARAMETERS)
    coordinator.close()


def test_a_silent_port_is_a_lost_bench(air: Air) -> None:
    driver = pytest.importorskip("rigs.drivers.coordinator", exc_type=ImportError)
    stick = driver.EmberStick(air.server.resource, air.clock, connection_patience_s=0.5)
    air.server.fall_silent()
    coordinator = driver.EmberCoordinator(stick, air.clock, air.loop)
    with pytest.raises(BenchLost):
        coordinator.identify()


def test_a_stick_of_another_version_is_refused(air: Air, coordinator: Any) -> None:
    air.ncp.session.protocol_version = 12
    with pytest.raises(BenchFault, match="expected EZSP 13, seen 12"):
        coordinator.form(PARAMETERS)


def test_safe_state_of_a_silent_stick_does_not_raise(network: Network) -> None:
    network.air.server.fall_silent()
    hasten(network)
    network.coordinator.safe()


def test_safe_state_is_a_deaf_radio(network: Network) -> None:
    network.coordinator.safe()
    assert not network.air.ncp.stack.is_up
