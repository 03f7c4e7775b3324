"""The inventory and its lifecycle table, alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assay.dcc.inventory import (
    DEVICES,
    TRANSITIONS,
    Aftermath,
    By,
    Device,
    DeviceKnownError,
    DeviceStatus,
    DeviceType,
    Duty,
    HubLog,
    Inventory,
    LifecycleEvent,
    MeteringPoints,
    Obligation,
    Property,
    Transition,
    after,
)
from assay.dcc.inventory.duties import discharged_by
from assay.dcc.inventory.queries import MAX_DEVICES, matching
from assay.dcc.store.octets import RecordCodec
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
    for before in row.before:
        for device_type in row.applies_to:
            assert after(row.event, device_type, before) is row.after


@pytest.mark.parametrize("event", LifecycleEvent)
def test_an_event_changes_nothing_where_no_row_says_so(event: LifecycleEvent) -> None:
    rows = [row for row in TRANSITIONS if row.event is event]
    assert rows
    allowed = {(kind, before) for row in rows for kind in row.applies_to for before in row.before}
    for device_type in DeviceType:
        for before in (None, *DeviceStatus):
            if (device_type, before) not in allowed:
                assert after(event, device_type, before) is None


def test_no_event_leads_two_ways() -> None:
    keys = [
        (row.event, before, kind)
        for row in TRANSITIONS
        for kind in row.applies_to
        for before in row.before
    ]
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


# Duties and lookups


def test_a_commissioned_meter_owes_three_things_for_a_week() -> None:
    inventory = Inventory()
    inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    inventory.happened(LifecycleEvent.COMMISSION_ANSWERED, METER, START)
    duty = inventory[METER].duty
    assert duty is not None
    assert duty.owed == frozenset(Obligation)
    assert not duty.is_overdue(START + timedelta(days=6))
    assert duty.is_overdue(START + timedelta(days=7))


def test_a_hub_owes_nothing_and_its_gas_proxy_only_credentials() -> None:
    assert Duty.of("CHF", START) is None
    proxy = Duty.of("GPF", START)
    assert proxy is not None
    assert proxy.owed == {Obligation.SUPPLIER_CREDENTIALS, Obligation.OPERATOR_CREDENTIALS}


def test_nothing_is_owed_once_the_last_thing_is_done() -> None:
    duty: Duty | None = Duty.of("GPF", START)
    for obligation in (Obligation.SUPPLIER_CREDENTIALS, Obligation.OPERATOR_CREDENTIALS):
        assert duty is not None
        duty = duty.without(obligation)
    assert duty is None


@pytest.mark.parametrize(
    ("srv", "role", "obligation"),
    [
        ("6.15.1", "Supplier", Obligation.SUPPLIER_CREDENTIALS),
        ("6.15.1", "NetworkOperator", Obligation.OPERATOR_CREDENTIALS),
        ("6.15.1", "LoadController", None),
        ("6.15.2", None, Obligation.DEVICE_CERTIFICATES),
        ("6.21", "NetworkOperator", Obligation.OPERATOR_CREDENTIALS),
        ("6.23", None, Obligation.SUPPLIER_CREDENTIALS),
        ("6.24.2", None, Obligation.DEVICE_CERTIFICATES),
        ("4.1.1", None, None),
    ],
)
def test_a_request_discharges_its_obligation(
    srv: str, role: str | None, obligation: Obligation | None
) -> None:
    assert discharged_by(srv, role) is obligation


def test_a_suspended_device_returns_to_what_it_was() -> None:
    inventory = Inventory()
    inventory.enter(meter())
    assert inventory.happened(LifecycleEvent.PRODUCT_LAPSED, METER, LATER)
    assert inventory[METER].status is DeviceStatus.SUSPENDED
    assert inventory.happened(LifecycleEvent.PRODUCT_RESTORED, METER, LATER)
    assert inventory[METER].status is DeviceStatus.COMMISSIONED
    assert inventory[METER].duty is None  # it was commissioned before, not now


def test_a_deleted_device_is_in_no_index_and_listeners_hear_of_it() -> None:
    gone: list[Eui64] = []
    inventory = Inventory(removal_listeners=[lambda device: gone.append(device.device_id)])
    inventory.enter(meter(DeviceStatus.PENDING))
    assert inventory.happened(LifecycleEvent.DELETED, METER, LATER)
    assert gone == [METER]
    assert METER not in inventory
    assert (inventory.behind(HUB), inventory.at_number(MPAN)) == ((), ())


@pytest.mark.parametrize("name", ["imports", "secondary_import", "exports"])
def test_a_meter_is_found_by_each_of_its_numbers(name: str) -> None:
    inventory = Inventory()
    inventory.enter(meter(points=MeteringPoints(**{name: "77"})))
    assert [device.device_id for device in inventory.at_number("77")] == [METER]


def test_a_device_that_moves_is_behind_its_new_hub_alone() -> None:
    inventory = Inventory()
    inventory.enter(meter())
    inventory.associate(METER, PROXY, None)
    assert inventory.behind(HUB) == ()
    assert [device.device_id for device in inventory.behind(PROXY)] == [METER]


def test_devices_are_counted_by_status_and_by_model() -> None:
    inventory = Inventory()
    inventory.enter(hub())
    inventory.enter(meter())
    assert inventory.count(By.STATUS, "Commissioned") == 2
    assert [d.device_id for d in inventory.by(By.MODEL, "Maker/Hub")] == [HUB]


def test_a_hub_among_many_has_only_its_own_devices() -> None:
    inventory = Inventory()
    for number in range(2_000):
        home = Eui64((number // 4).to_bytes(8, "big"))
        inventory.enter(meter(device_id=Eui64((10_000 + number).to_bytes(8, "big")), hub=home))
    found = inventory.behind(Eui64((7).to_bytes(8, "big")))
    assert len(found) == 4
    assert inventory.count(By.HUB, (7).to_bytes(8, "big").hex()) == 4


def test_every_device_survives_being_written_down() -> None:
    device = meter(
        gas_proxy=PROXY,
        joined_with=frozenset({PROXY}),
        log=HubLog(taken_at=START, network=bytes(8), keys=((METER, b"\x01"),)),
        duty=Duty.of("ESME", START),
        place=Property(uprn=77, post_code="AB1 2CD", address_identifier="9"),
    )
    codec = RecordCodec((DEVICES.record, *DEVICES.parts))
    assert codec.from_octets(codec.to_octets(device)) == device


def test_every_transition_of_the_reference_is_in_the_table(shared: Path) -> None:
    rows = json.loads((shared / "reference/device_lifecycle.json").read_text())["transitions"]
    words: dict[DeviceStatus | Aftermath | None, str] = {
        None: "nothing",
        Aftermath.PREVIOUS: "previous status",
        Aftermath.GONE: "(deleted)",
    }
    ours = {
        (words.get(before, str(before)), words.get(row.after, str(row.after)), kind.value)
        for row in TRANSITIONS
        for before in row.before
        for kind in row.applies_to
    }
    any_of = {"any except Decommissioned", "Decommissioned/Withdrawn/any"}
    wanted = {
        (frm if frm not in any_of else "Commissioned", row["to"], kind)
        for row in rows
        for frm in [row["frm"] or "nothing"]
        for kind in row.get("applies", ["ESME"])
    }
    assert wanted - ours == set()
