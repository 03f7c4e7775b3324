"""A business process for many meters at once."""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.firmware import NOT_VERIFIED, VERIFIED
from fixtures.fleet import Outcome

_VERSION = r"version (?P<version>[0-9A-F]{8})"


@given("a fleet of as many meters as the plan asks for, that one among them")
def fleet(bench: Bench) -> None:
    bench.fleet.install(bench.plan.repetitions.end_to_end.firmware_meters)


@when(
    parsers.re(
        rf"the import supplier updates the fleet to {_VERSION},"
        r" with (?P<share>\d+) % images (?P<fault>.+)"
    )
)
def update(bench: Bench, version: str, share: str, fault: str) -> None:
    """The share of bad images is rounded up."""
    bad = -(-len(bench.fleet.devices) * int(share) // 100)
    bench.fleet.update(version, bad=bad, fault=fault)


@then(
    parsers.re(r"every meter with a (?P<kind>good|bad) image has reported it .*with (?P<code>\w+)")
)
def reported(bench: Bench, kind: str, code: str, requirement: str) -> None:
    wanted = VERIFIED if kind == "good" else NOT_VERIFIED
    _require_all(bench, requirement, kind, f"alert {code}", lambda one: one.told == (wanted,))


@then(parsers.re(rf"every meter with a good image has activated it and states {_VERSION}"))
def activated(bench: Bench, version: str, requirement: str) -> None:
    def holds(one: Outcome) -> bool:
        return one.is_activated and one.version == version

    _require_all(bench, requirement, "good", f"version {version} activated", holds)


@then(parsers.re(rf"no meter with a bad image has activated it, and each states {_VERSION}"))
def not_activated(bench: Bench, version: str, requirement: str) -> None:
    def holds(one: Outcome) -> bool:
        return not one.is_activated and one.version == version

    _require_all(bench, requirement, "bad", f"version {version} still", holds)


@then("the DCC has told with N22 of the meters with a bad image, and of no other")
def told(bench: Bench, requirement: str) -> None:
    seen = set(bench.fleet.not_verified)
    wanted = {one.device for one in bench.fleet.outcomes if not one.is_image_good}
    require(seen == wanted, requirement, f"N22 for {len(wanted)} meters", f"for {len(seen)}")


@then("the inventory shows of each meter the version that it states")
def listed(bench: Bench, requirement: str) -> None:
    wrong = [one for one in bench.fleet.outcomes if one.listed != one.version]
    require(not wrong, requirement, "the inventory as the meters", wrong[:1])


def _require_all(
    bench: Bench, requirement: str, kind: str, expected: str, holds: Callable[[Outcome], bool]
) -> None:
    """The evidence names the first that fails, and how many do."""
    ours = [one for one in bench.fleet.outcomes if one.is_image_good is (kind == "good")]
    wrong = [one for one in ours if not holds(one)]
    seen = f"{len(wrong)} of {len(ours)} are not so, the first: {wrong[:1]}"
    require(bool(ours) and not wrong, requirement, f"{expected} of {len(ours)} meters", seen)
