"""Messages for a device that sleeps wait until it asks for them."""

from __future__ import annotations

from datetime import timedelta

from assay.gbcs.envelope import Cra, parse
from assay.gbcs.identifiers import Eui64
from tests.rigs.devices.premises_kit import BROKER, HUB, METER, SUPPLIER, Premises
from tests.rigs.hub.requests import remove

ASK = b"\x01"


class Sleeper:
    """Takes frames in place of the meter and says what it is told to say."""

    def __init__(self, premises: Premises) -> None:
        self.device_id: Eui64 = METER
        self.frames: list[bytes] = []
        self._premises = premises
        premises.hub.link.attach(self)
        assert premises.hub.open_tunnel(METER) is not None

    def receive(self, octets: bytes) -> None:
        self.frames.append(octets)

    def link_changed(self) -> None:
        pass

    def say(self, octets: bytes) -> None:
        self._premises.hub.link.up(METER, octets)
        self._premises.pass_time(2)


def test_messages_are_fetched_one_by_one_in_their_order(premises: Premises) -> None:
    sleeper = Sleeper(premises)
    commands = [premises.command(0x0052, SUPPLIER) for _ in range(2)]
    for octets in commands:
        premises.send(octets)
    assert sleeper.frames == []
    assert premises.hub.mailboxes.is_message_pending(METER)
    for _ in range(3):
        sleeper.say(ASK)
    assert sleeper.frames == [b"\x02\x01" + commands[0], b"\x02\x00" + commands[1], b"\x02\x00"]
    assert not premises.hub.mailboxes.is_message_pending(METER)


def test_what_it_says_goes_up_and_is_known_as_the_answer_to_what_it_fetched(
    premises: Premises,
) -> None:
    octets = premises.command(0x0052, SUPPLIER)
    answer = premises.answer(octets)
    assert answer is not None
    sleeper = Sleeper(premises)
    exchanges: list[tuple[int, int]] = []
    premises.hub.mailboxes.on_exchange.append(
        lambda command, response: exchanges.append((command.counter, response.counter))
    )
    premises.send(octets)
    sleeper.say(ASK)
    premises.dsp.arrived.clear()
    sleeper.say(b"\x03" + answer.to_octets())
    assert [message.counter for message in premises.arrived(Cra.RESPONSE)] == [answer.counter]
    assert exchanges == [(answer.counter, answer.counter)]


def test_what_is_never_fetched_is_logged(premises: Premises) -> None:
    sleeper = Sleeper(premises)
    premises.send(premises.command(0x0052, SUPPLIER))
    premises.clock.advance(timedelta(hours=24))
    assert premises.hub.event_log.codes()[-1] == 0x819D
    sleeper.say(ASK)
    assert sleeper.frames == [b"\x02\x00"]


def test_what_waits_is_lost_with_the_device(premises: Premises) -> None:
    Sleeper(premises)
    premises.send(premises.command(0x0052, SUPPLIER))
    remove(premises, METER)
    assert premises.hub.mailboxes.device_ids == ()
    assert premises.hub.open_tunnel(METER) is None


def test_the_hub_answers_for_itself_meanwhile(premises: Premises) -> None:
    Sleeper(premises)
    answer = premises.answer(premises.command(0x010F, BROKER, recipient=HUB))
    assert answer is not None and parse(answer.to_octets()).originator == HUB


def test_what_waits_outlives_a_loss_of_power(premises: Premises) -> None:
    sleeper = Sleeper(premises)
    premises.send(premises.command(0x0052, SUPPLIER))
    premises.interrupt(600)
    premises.pass_time(20)
    sleeper.say(ASK)
    assert len(sleeper.frames) == 1 and len(sleeper.frames[0]) > 2
