"""Firmware: distributed, judged by the meter, activated, and what runs then."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.verdicts import NonConformity, require
from fixtures.bench import Bench
from fixtures.credentials import FAR_AHEAD
from fixtures.firmware import NEXT_WAKE, START_TIME, VERIFIED
from fixtures.parties import GAS_METER
from steps.words import duration

_USER = r"the (?P<user>[a-z ]+?)"
_IMAGE = r"an image of version (?P<version>[0-9A-F]{8}) (?P<fault>(?:that|with|signed|for) .+?)"


@given(parsers.re(rf"{_USER} has distributed {_IMAGE}"))
def has_distributed(bench: Bench, user: str, version: str, fault: str, requirement: str) -> None:
    """All the way to the meter's word that it is sound."""
    since = len(bench.users.user(user).inbox.received)
    distribute(bench, user, version, fault, requirement)
    seen = bench.firmware.verdict(user, since)
    require(seen == VERIFIED, requirement, "8F72 after 11.1", f"{seen:04X}" if seen else "none")


@when(parsers.re(rf"{_USER} distributes {_IMAGE}"))
def distribute(bench: Bench, user: str, version: str, fault: str, requirement: str) -> None:
    code = bench.firmware.distribute(user, version, fault, bench.meter_id)
    require(code in ("I0", "I99"), requirement, "I0 or I99 to 11.1", code)


@given(parsers.re(rf"{_USER} has sent {_IMAGE} to the gas meter"))
@when(parsers.re(rf"{_USER} sends {_IMAGE} to the gas meter"))
def distribute_to_gas_meter(
    bench: Bench, user: str, version: str, fault: str, requirement: str
) -> None:
    code = bench.firmware.distribute(user, version, fault, GAS_METER)
    require(code in ("I0", "I99"), requirement, "I0 or I99 to 11.1", code)


@given(parsers.re(rf"{_USER} has activated the image of the gas meter"))
def has_activated_at_gas_meter(bench: Bench, user: str, requirement: str) -> None:
    """With success, and at its next wake it runs."""
    bench.firmware.activate(user, GAS_METER)
    bench.users.require_success(requirement)
    bench.clock.advance(NEXT_WAKE)


@given(parsers.re(rf"{_USER} has sent {_IMAGE} to the prepayment display"))
@when(parsers.re(rf"{_USER} sends {_IMAGE} to the prepayment display"))
def distribute_to_display(
    bench: Bench, user: str, version: str, fault: str, requirement: str
) -> None:
    code = bench.firmware.distribute_to_display(user, version, fault)
    require(code in ("I0", "I99"), requirement, "I0 or I99 to 11.4", code)


@then(
    parsers.re(
        r"the alert tells of an activation of version (?P<version>[0-9A-F]{8})"
        r" that was a (?P<result>success|failure)"
    )
)
def alert_tells_of_activation(bench: Bench, version: str, result: str, requirement: str) -> None:
    told = bench.users.last_dcc_alert_content()
    upgrade = told.get("PPMIDFirmwareUpgradeAlert", {})
    seen = (upgrade.get("FirmwareVersion"), upgrade.get("ActivateImageResultCode"))
    wanted = (version, f"Activation{result.capitalize()}")
    require(seen == wanted, requirement, wanted, told or "no such alert")


@given(parsers.re(rf"{_USER} has activated the image"))
@when(parsers.re(rf"{_USER} has the image activated"))
def has_activated(bench: Bench, user: str, requirement: str) -> None:
    """With success, and the meter has had the time to start it."""
    bench.firmware.activate(user, bench.meter_id)
    bench.users.require_success(requirement)
    bench.clock.advance(START_TIME)


@when(parsers.re(rf"{_USER} has version (?P<version>[0-9A-F]{{8}}) activated"))
def has_version_activated(bench: Bench, user: str, version: str, requirement: str) -> None:
    bench.firmware.activate(user, bench.meter_id, version=version)
    bench.users.require_success(requirement)
    bench.clock.advance(START_TIME)


@when(parsers.re(rf"{_USER} activates the image with (?P<which>its|another) hash"))
def activate(bench: Bench, user: str, which: str) -> None:
    bench.firmware.activate(user, bench.meter_id, is_right=which == "its")


@given(parsers.re(rf"{_USER} has dated the activation of the image in (?P<span>\d[\w ]*)"))
@when(parsers.re(rf"{_USER} dates the activation of the image in (?P<span>\d[\w ]*)"))
def activate_later(bench: Bench, user: str, span: str, requirement: str) -> None:
    at = bench.clock.now().replace(microsecond=0) + duration(span)
    bench.firmware.activate(user, bench.meter_id, at=at)
    bench.users.require_success(requirement)


@given(parsers.re(rf"{_USER} has cancelled the activation of the image"))
@when(parsers.re(rf"{_USER} cancels the activation of the image"))
def cancel(bench: Bench, user: str, requirement: str) -> None:
    bench.firmware.activate(user, bench.meter_id, at=FAR_AHEAD)
    bench.users.require_success(requirement)


@then(parsers.re(r"the meter runs version (?P<version>[0-9A-F]{8})"))
def runs(bench: Bench, version: str, requirement: str) -> None:
    """Asked by the user that was the last to do something."""
    seen = bench.firmware.running(bench.users.sent_by, bench.meter_id)
    require(seen == version, requirement, f"firmware {version}", seen)


@then(
    parsers.re(
        r"the meter runs (?P<new>[0-9A-F]{8}) if that was a success,"
        r" and (?P<old>[0-9A-F]{8}) if not"
    )
)
def runs_as_said(bench: Bench, new: str, old: str, requirement: str) -> None:
    answer = bench.users.answer()
    if answer is None or answer.device is None:
        raise NonConformity(requirement, "an answer to the activation", "none")
    wanted = new if answer.device.succeeded else old
    bench.clock.advance(START_TIME)
    runs(bench, wanted, requirement)


@then(parsers.re(r"the inventory shows version (?P<version>[0-9A-F]{8}) for the meter"))
def inventory_shows(bench: Bench, version: str, requirement: str) -> None:
    seen = bench.installation.inventory_entry(bench.meter_id).get("DeviceFirmwareVersion")
    require(seen == version, requirement, f"firmware {version} in the inventory", seen)


@when(parsers.re(r"after (?P<wait>\d[\w ]*) the supply goes for (?P<span>\d[\w ]*)"))
def interrupt_after(bench: Bench, span: str, wait: str) -> None:
    bench.clock.advance(duration(wait))
    bench.power.interrupt(duration(span))
    bench.clock.advance(timedelta(seconds=10))
