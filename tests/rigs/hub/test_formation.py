"""The network that a hub forms, and what its beacons say (C-001)."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.devices import HubConfiguration, VirtualHub
from rigs.devices.hand_held import HandHeldTerminal
from rigs.devices.hub.formation import PREFERRED_CHANNELS, Formation
from tests.rigs.devices.premises_kit import HUB, METER, Premises
from tests.rigs.hub.requests import NETWORK_ID, OTHER, add, restore

PRINTED = Eui64.from_text("00-DB-12-34-56-78-90-A3")


def test_the_extended_identifier_is_the_address_printed_on_the_hub(premises: Premises) -> None:
    configuration = HubConfiguration(device_id=OTHER, network_id=PRINTED)
    hub = VirtualHub(premises.clock, premises.wan, configuration, premises.supply)
    assert hub.network_id == PRINTED
    assert premises.hub.network_id == HUB


def test_the_quietest_preferred_channel_is_chosen() -> None:
    formation = Formation(HUB)
    formation.energy_on = lambda channel: abs(channel - 19)
    assert formation.form(HUB).channel == 19
    formation.energy_on = lambda channel: 0 if channel not in PREFERRED_CHANNELS else 9
    assert formation.form(HUB).channel in PREFERRED_CHANNELS


def test_the_short_identifier_is_none_that_a_neighbour_has() -> None:
    formation = Formation(HUB)
    first = formation.network.short_id
    formation.neighbours = lambda: {first, first + 1}
    assert formation.resolve_conflict().short_id == first + 2
    assert formation.network.extended_id == HUB


def test_a_beacon_says_whether_joining_is_permitted(premises: Premises) -> None:
    add(premises, OTHER, 60)
    beacon = premises.hub.beacon()
    assert beacon is not None and beacon.is_joining_permitted
    premises.pass_time(61)
    beacon = premises.hub.beacon()
    assert beacon is not None and not beacon.is_joining_permitted


def test_a_hub_without_power_has_no_beacon(premises: Premises) -> None:
    premises.feed(0)
    premises.pass_time(5)
    assert premises.hub.beacon() is None
    assert HandHeldTerminal.scan([premises.hub]) == ()


def test_a_restored_log_brings_the_network_of_the_old_hub(premises: Premises) -> None:
    restore(premises, (METER, bytes(16)))
    (beacon,) = HandHeldTerminal.scan([premises.hub])
    assert beacon.extended_id == NETWORK_ID
    premises.pass_time(2)
    assert premises.alerts(0x8F12)[-1][1][2].value[1].value == NETWORK_ID


def test_a_log_that_is_not_restored_leaves_the_network_alone(premises: Premises) -> None:
    premises.hub.device_log.capacity = 0
    assert restore(premises, (METER, bytes(16))) == [1]
    assert premises.hub.network_id == HUB
