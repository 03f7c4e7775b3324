"""Gas meters that sleep or wake at the wrong time, or do not find their hub again."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.gsme import GasMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "gas-meter-never-sleeps",
    "Never sleeps",
    requirement="SMETS-G-001",
    severity=_MAJOR,
    deviation="It polls the hub every ten seconds for ever.",
)
def never_sleeps(meter: Meter) -> None:
    meter.wake.is_fast = lambda: True


@rogue(
    "gas-meter-wakes-hourly",
    "Wakes once an hour",
    requirement="SMETS-G-001",
    severity=_MAJOR,
    deviation="The time from wake to wake is an hour.",
)
def wakes_hourly(meter: Meter) -> None:
    meter.wake.interval = timedelta(hours=1)


@rogue(
    "gas-meter-sleeps-during-installation",
    "Sleeps while it is being installed",
    requirement="SMETS-G-002",
    severity=_MINOR,
    deviation="No fast polling after power comes.",
)
def sleeps_during_installation(meter: Meter) -> None:
    meter.wake.is_fast = lambda: False


@rogue(
    "gas-meter-one-message-a-wake",
    "Fetches one message at each wake",
    requirement="SMETS-G-002",
    severity=_MAJOR,
    deviation="What remains at the hub waits another half hour.",
)
def one_message_a_wake(meter: Meter) -> None:
    sound = meter.wake.answered

    def answered(*, remaining: int) -> None:
        del remaining
        sound(remaining=0)

    meter.wake.answered = answered  # type: ignore[method-assign]


@rogue(
    "gas-meter-forgets-its-hub",
    "Gives its network up after three lost wakes",
    requirement="SMETS-G-021",
    severity=_CRITICAL,
    deviation="After three wakes without the hub it never looks for it again.",
)
def forgets_its_hub(meter: Meter) -> None:
    missed = [0]

    def count() -> None:
        missed[0] = 0 if meter.network.can_send() else missed[0] + 1
        if missed[0] >= 3:
            meter.wake.stop()

    meter.wake.on_wake.append(count)


@rogue(
    "gas-meter-searches-on-and-on",
    "Searches for its hub without a pause",
    requirement="SMETS-G-021",
    severity=_MAJOR,
    deviation="While the hub is silent it stays awake and calls.",
)
def searches_on_and_on(meter: Meter) -> None:
    sound = meter.wake.is_fast
    meter.wake.is_fast = lambda: sound() or not meter.network.can_send()
