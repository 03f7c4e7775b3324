"""The centre of the star: mail for sleepers, frames between children, who is let in and who not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rigs.virtual.ether import Ether, MacLayer
from rigs.virtual.radio_device import RadioDevice
from rigs.virtual.stack.keys import ANY_DEVICE, FirstKeys, Keys
from rigs.virtual.stack.layers import Received
from rigs.virtual.stack.mailbox import KEPT_FOR, Mailbox
from rigs.zigbee import mac, nwk
from rigs.zigbee.aps import ApsFrame
from rigs.zigbee.mac import MacFrame, MacKind
from tests.rigs.radio.radio_kit import CODE, GAS, HUB, METER, START, RadioHub

SLEEPER = 0x1234


class Parent:
    """A mailbox on a MAC that nobody answers. `made` numbers the frames as they are made."""

    def __init__(self) -> None:
        self.home = RadioHub()
        link = MacLayer(self.home.clock, Ether(self.home.clock).node("parent"), HUB)
        link.node.channel, link.pan, link.address = self.home.channel, 1, 0
        self.mailbox = Mailbox(link, self.home.clock)
        self.made: list[str] = []
        self.outcomes: list[bool] = []

    def put(self, name: str) -> None:
        def make() -> MacFrame:
            self.made.append(name)
            return mac.data(sequence=0, pan=1, destination=SLEEPER, source=0, payload=b"mail")

        self.mailbox.put(SLEEPER, make, self.outcomes.append)


def test_mail_is_made_when_it_is_asked_for_and_in_its_order() -> None:
    parent = Parent()
    parent.put("first")
    parent.put("second")
    assert parent.made == []
    parent.mailbox.hand_out(SLEEPER)
    assert parent.made == ["first"]


def test_mail_that_did_not_get_through_is_there_for_the_next_time() -> None:
    parent = Parent()
    parent.put("mail")
    parent.mailbox.hand_out(SLEEPER)
    parent.home.pass_time(1)
    assert parent.mailbox.has(SLEEPER)
    assert parent.outcomes == []
    parent.mailbox.hand_out(SLEEPER)
    assert parent.made == ["mail", "mail"]


def test_mail_that_nobody_fetches_is_not_delivered() -> None:
    parent = Parent()
    parent.put("mail")
    parent.home.clock.advance(KEPT_FOR)
    assert parent.outcomes == [False]
    assert not parent.mailbox.has(SLEEPER)


def send_by_way_of_the_centre(sender: RadioDevice, address: int) -> None:
    sender.layers.carry = lambda _, make, on_done: sender.link.send(
        replace(make(), destination=nwk.COORDINATOR), on_done
    )
    sender.layers.send_aps(ApsFrame(payload=b"hello"), address=address)


def test_what_one_child_sends_to_another_is_passed_on_as_the_centres_own_frame() -> None:
    home = RadioHub()
    sender, receiver = home.joined(METER), home.joined(GAS)
    heard: list[Received] = []
    receiver.layers.on_aps = heard.append
    assert receiver.link.address is not None
    send_by_way_of_the_centre(sender, receiver.link.address)
    home.pass_time(1)
    assert [(one.frame.payload, one.address) for one in heard] == [(b"hello", sender.link.address)]
    assert heard[0].peer == HUB


def test_what_is_for_nobody_here_is_not_passed_on() -> None:
    home = RadioHub()
    sender = home.joined(METER)
    home.pass_time(5)
    before = len(home.frames)
    send_by_way_of_the_centre(sender, 0x7777)
    home.pass_time(1)
    asked, answered = home.frames[before:]
    assert (asked.sender, answered.sender) == (sender.node.name, "hub")
    assert mac.parse(answered.octets).kind is MacKind.ACK


def test_a_child_that_is_lost_gets_its_address_told_again() -> None:
    home = RadioHub()
    device = home.joined()
    address = device.link.address
    home.attenuate(device, 100)
    home.pass_time(15 * 60)
    device.link.address = None
    home.attenuate(device, 0)
    home.pass_time(300)
    assert device.is_joined
    assert device.link.address == address


def test_a_first_key_is_a_devices_own_before_that_for_any() -> None:
    keys, later = FirstKeys(), START + timedelta(minutes=1)
    keys.add(ANY_DEVICE, bytes(16), later)
    keys.add(METER, CODE.link_key(), later)
    found = [keys.find(device, START) for device in (METER, GAS)]
    assert [one.key for one in found if one is not None] == [CODE.link_key(), bytes(16)]
    assert keys.find(METER, later) is None
    assert list(keys.awaited(later)) == []


def test_a_new_link_key_starts_its_count_anew_and_the_same_one_goes_on() -> None:
    keys = Keys()
    keys.set_link_key(METER, bytes(16))
    link = keys.link(METER)
    assert link is not None
    assert [link.is_fresh(counter) for counter in (5, 5, 6)] == [True, False, True]
    keys.set_link_key(METER, bytes(16))
    assert keys.link(METER) is link
    keys.set_link_key(METER, CODE.link_key())
    renewed = keys.link(METER)
    assert renewed is not None and renewed.is_fresh(0)
