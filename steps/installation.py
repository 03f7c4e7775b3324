"""From an unknown meter to a commissioned one."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.cells.desk import TARGETS
from fixtures.installation import JOIN_TIME, SUPPLIER

GAS_SUPPLIER = "gas supplier"
DEVICES = "|".join(sorted(TARGETS, key=len, reverse=True))


@given("a powered hub and a meter that is not known to the DCC")
def unknown_meter(bench: Bench) -> None:
    bench.installation.power_up()


@given("the hub and the meter are pre-notified")
@when("the import supplier pre-notifies the hub and the meter")
def pre_notify(bench: Bench) -> None:
    bench.installation.power_up()
    bench.installation.pre_notify()


@given("the meter is looking for the hub")
def look_for_hub(bench: Bench) -> None:
    """On site, for as long as it would take it to join."""
    bench.installation.start_joining()
    bench.clock.advance(JOIN_TIME)


@when("the import supplier adds the meter to the hub")
def add_meter(bench: Bench) -> None:
    bench.installation.add_meter_to_hub()


@when("the import supplier adds the meter to the hub with a wrong install code")
def add_meter_with_wrong_code(bench: Bench) -> None:
    bench.installation.add_meter_to_hub(install_code=bytes(16))


@given("the import supplier has removed the meter from the hub")
def remove_meter(bench: Bench) -> None:
    bench.installation.remove_meter_from_hub()


@given("the meter has joined the home area network")
def has_joined(bench: Bench) -> None:
    bench.installation.power_up()
    bench.installation.pre_notify()
    bench.installation.add_meter_to_hub()
    bench.installation.wait_until_joined()


@given("a commissioned single-phase electricity meter")
def commissioned_meter(bench: Bench) -> None:
    bench.installation.commission()


@given("a commissioned electricity meter fed alike on all its phases")
def meter_fed_alike(bench: Bench) -> None:
    """What is said of a voltage holds for each phase, under the phase's own code."""
    bench.installation.commission()


@given("a commissioned dual-fuel home with a display")
def commissioned_home(bench: Bench) -> None:
    """On a bench with users of every role; the display (PPMID) works with the electricity meter."""
    bench.installation.commission()
    bench.installation.commission_display(SUPPLIER)
    bench.installation.commission_gas(GAS_SUPPLIER)


@then(parsers.re(rf"the inventory shows the (?P<device>{DEVICES}) as (?P<status>\w+)"))
def inventory_shows(bench: Bench, device: str, status: str) -> None:
    seen = bench.installation.inventory_status(TARGETS[device])
    require(seen == status, "DUIS-13-INVENTORY", status, seen)


@then(parsers.re(r"the inventory does not show the meter as (?P<status>\w+)"))
def inventory_does_not_show(bench: Bench, status: str) -> None:
    seen = bench.installation.inventory_status(bench.meter_id)
    require(seen != status, "DUIS-13-ADDED", f"not {status}", seen)


@when("the import supplier sends 8.2 Read Inventory for the meter")
def read_inventory(bench: Bench) -> None:
    bench.installation.inventory_entry(bench.meter_id)


@then(parsers.re(r"the inventory lists the meter as (?P<status>\w+)"))
def inventory_lists(bench: Bench, status: str, requirement: str) -> None:
    """In the answer to who has just asked."""
    seen = bench.installation.listed(bench.meter_id).get("DeviceStatus")
    require(seen == status, requirement, status, seen)


@then("the inventory names the meter's type, model and status")
def inventory_names(bench: Bench) -> None:
    entry = bench.installation.inventory_entry(bench.meter_id)
    declared = bench.installation.declared_identity()
    for name, wanted in {**declared, "DeviceStatus": "Commissioned"}.items():
        require(entry.get(name) == wanted, "DUIS-13-INVENTORY", f"{name} {wanted}", entry.get(name))


@then(
    parsers.re(
        r"the hub has sent a backup of its device log that holds the meter"
        r" (?P<how>with|without) a link key"
    )
)
def device_log_backup(bench: Bench, how: str) -> None:
    backups = bench.device_log_backups()
    hashes = [key for devices in backups for device, key in devices if device == bench.meter_id]
    found = any(bool(key) is (how == "with") for key in hashes)
    wanted = f"a CS14 alert with the meter {how} a key hash"
    require(found, "GBCS-10.4-LOG-BACKUP", wanted, [key.hex() for key in hashes])
