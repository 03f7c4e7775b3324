"""The inventory and its lifecycle table, alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assay.dcc.inventory import (
    TRANSITIONS,
    Device,
    DeviceKnownError,
    DeviceStatus,
    DeviceType,
    Inventory,
    LifecycleEvent,
    MeteringPoints,
    Property,
    Transition,
    status_after,
)
from assay.dcc.inventory.queries import MAX_DEVICES, matching
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import HUB, METER, MPAN, PROXY, START, hub, meter

LATER = START + timedelta(hours=1)


def notice(device_type: DeviceType = DeviceType.ESME, **changes: Any) -> Device:
    blank = Device(device_id=METER, device_type=device_type, manufacturer="Maker", model="Model")
    return replace(blank, **changes)


def test_a_device_can_be_notified_once() -> None:
    inventory = Inventory()
    inventory.pre_notify(notice(), START)
    with pytest.raises(DeviceKnownError, match=str(METER)):
        inventory.pre_notify(notice(model="Another"), LATER)
    assert inventory[METER].model == "Model"


def test_a_gas_proxy_that_is_known_keeps_its_hub_out() -> None:
    inventory = Inventory()
    inventory.pre_notify(notice(device_id=PROXY), START)
    with pytest.raises(DeviceKnownError, match=str(PROXY)):
        inventory.pre_notify(notice(DeviceType.CHF, device_id=HUB, gas_proxy=PROXY), LATER)
    assert HUB not in inventory


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.event.name)
def test_each_transition_leads_where_the_table_says(row: Transition) -> None:
    for device_type in DeviceType:
        after = status_after(row.event, device_type, row.before)
        applies = device_type in row.applies_to
        assert (after is row.after) is applies


def test_no_event_leads_two_ways() -> None:
    keys = [(row.event, row.before, kind) for row in TRANSITIONS for kind in row.applies_to]
    assert len(keys) == len(set(keys))


def test_an_event_out_of_order_changes_nothing() -> None:
    inventory = Inventory()
    inventory.pre_notify(notice(), START)
    assert not inventory.happened(LifecycleEvent.COMMISSION_ANSWERED, METER, LATER)
    assert inventory[METER].status is DeviceStatus.PENDING


def test_an_event_of_an_unknown_device_changes_nothing() -> None:
    assert not Inventory().happened(LifecycleEvent.JOINED, METER, LATER)


def test_the_history_tells_since_when() -> None:
    inventory = Inventory()
    inventory.pre_notify(notice(), START)
    inventory.happened(LifecycleEvent.ADDED, METER, LATER)
    times = [(entry.status, entry.since) for entry in inventory[METER].history]
    assert times == [(DeviceStatus.PENDING, START), (DeviceStatus.WHITELISTED, LATER)]


def test_a_device_commissioned_twice_has_the_later_date() -> None:
    twice = meter().with_status(DeviceStatus.SUSPENDED, START)
    twice = twice.with_status(DeviceStatus.COMMISSIONED, LATER)
    assert twice.commissioned_on == LATER


def test_listeners_hear_of_every_change() -> None:
    heard: list[DeviceStatus | None] = []
    inventory = Inventory(listeners=[lambda device: heard.append(device.status)])
    inventory.pre_notify(notice(), START)
    inventory.happened(LifecycleEvent.ADDED, METER, LATER)
    assert heard == [DeviceStatus.PENDING, DeviceStatus.WHITELISTED]


def test_a_hub_is_behind_itself() -> None:
    inventory = Inventory()
    inventory.enter(hub())
    inventory.enter(meter())
    assert {device.device_id for device in inventory.behind(HUB)} == {HUB, METER}


def test_an_association_keeps_metering_points_unless_it_brings_some() -> None:
    inventory = Inventory()
    inventory.enter(meter(hub=None))
    inventory.associate(METER, HUB, None)
    kept = inventory[METER].points
    inventory.associate(METER, HUB, MeteringPoints(imports="2"))
    assert kept == MeteringPoints(imports=MPAN)
    assert inventory[METER].points.numbers == ("2",)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"UPRN": 77}, True),
        ({"UPRN": 78}, False),
        ({"PropertyFilter": {"PostCode": "AB1 2CD", "AddressIdentifier": "9"}}, True),
        ({"PropertyFilter": {"PostCode": "AB1 2CD", "AddressIdentifier": "8"}}, False),
        ({"MPxN": MPAN}, True),
        ({"MPxN": "9"}, False),
    ],
)
def test_a_premises_is_found_by_any_of_its_names(query: dict[str, Any], found: bool) -> None:
    inventory = Inventory()
    place = Property(uprn=77, post_code="AB1 2CD", address_identifier="9")
    inventory.enter(meter(place=place))
    assert bool(matching(inventory, query)) is found


def test_an_answer_holds_no_more_devices_than_the_schema_allows() -> None:
    inventory = Inventory()
    inventory.enter(hub())
    for number in range(30):
        inventory.enter(meter(device_id=Eui64(number.to_bytes(8, "big"))))
    assert len(matching(inventory, {"DeviceID": HUB})) == MAX_DEVICES


def test_times_are_kept_as_they_came() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    inventory = Inventory()
    inventory.pre_notify(notice(), at)
    assert inventory[METER].history[0].since == at
