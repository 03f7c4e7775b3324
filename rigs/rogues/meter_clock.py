"""Meters that follow the network's time wrongly, or say what their own is not."""

from __future__ import annotations

from datetime import UTC, timedelta

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import octet_string
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.local_time import local_time
from rigs.devices.esme.meter import CLOCK_ADJUSTED, CLOCK_DIFFERENCE
from rigs.devices.esme.meter_clock import ClockStatus
from rigs.devices.esme.objects.clock import CLOCK
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-clock-corrects-nothing",
    "Leaves small differences of its clock",
    requirement="SMETS-E-002",
    severity=Severity.MINOR,
    deviation="The daily comparison with the hub's time sets nothing.",
)
def corrects_nothing(meter: Meter) -> None:
    sound, clock = meter.clock.adjust, meter.clock
    clock.adjust = lambda time: None if abs(time - clock.now()) <= clock.tolerance else sound(time)


@rogue(
    "meter-clock-tells-each-correction",
    "Takes down each small correction of its clock",
    requirement="SMETS-E-002",
    severity=Severity.MINOR,
    deviation="Each silent correction leaves an entry 8145.",
)
def tells_each_correction(meter: Meter) -> None:
    meter.clock.on_set.append(lambda _: meter.report(CLOCK_ADJUSTED))


@rogue(
    "meter-clock-alarmed-by-a-second",
    "Reports every difference of its clock",
    requirement="SMETS-E-002",
    severity=Severity.MAJOR,
    deviation="A difference of more than a second is told, and not corrected.",
)
def alarmed_by_a_second(meter: Meter) -> None:
    meter.clock.tolerance = timedelta(seconds=1)


@rogue(
    "meter-clock-follows-blindly",
    "Follows the hub's time wherever it goes",
    requirement="SMETS-E-003",
    severity=Severity.CRITICAL,
    deviation="Any difference is corrected without a word.",
)
def follows_blindly(meter: Meter) -> None:
    meter.clock.tolerance = timedelta(days=36500)


@rogue(
    "meter-clock-difference-of-a-minute",
    "Corrects up to a minute",
    requirement="SMETS-E-003",
    severity=Severity.MAJOR,
    deviation="The limit of a silent correction is sixty seconds.",
)
def difference_of_a_minute(meter: Meter) -> None:
    meter.clock.tolerance = timedelta(minutes=1)


@rogue(
    "meter-clock-difference-unalerted",
    "Keeps a large difference to itself",
    requirement="SMETS-E-003",
    severity=Severity.MAJOR,
    deviation="No alert 8F0C.",
)
def difference_unalerted(meter: Meter) -> None:
    meter.alerts.silenced.add(CLOCK_DIFFERENCE)


@rogue(
    "meter-clock-difference-unlogged",
    "Keeps no record of a large difference",
    requirement="SMETS-E-003",
    severity=Severity.MINOR,
    deviation="The security log gets no entry 8F0C.",
)
def difference_unlogged(meter: Meter) -> None:
    sound = meter.is_logged_in
    meter.is_logged_in = lambda code, log: code != CLOCK_DIFFERENCE and sound(code, log)


@rogue(
    "meter-clock-difference-told-daily",
    "Tells a large difference again each day",
    requirement="SMETS-E-003",
    severity=Severity.MINOR,
    deviation="One alert 8F0C for every comparison.",
)
def difference_told_daily(meter: Meter) -> None:
    def forget() -> None:
        meter.clock.is_difference_told = False

    meter.clock.on_difference.append(forget)


@rogue(
    "meter-clock-difference-told-for-life",
    "Tells one large difference in its life",
    requirement="SMETS-E-003",
    severity=Severity.MINOR,
    deviation="After the first alert 8F0C there is none, whatever came between.",
)
def difference_told_for_life(meter: Meter) -> None:
    def silence() -> None:
        meter.clock.on_difference.clear()

    meter.clock.on_difference.append(silence)


@rogue(
    "meter-clock-always-reliable",
    "Trusts its clock whatever happened",
    requirement="SMETS-E-008",
    severity=Severity.MAJOR,
    deviation="A clock that could not be set states that it is reliable.",
)
def always_reliable(meter: Meter) -> None:
    meter.clock.status_after_failure = lambda _: ClockStatus.RELIABLE


@rogue(
    "meter-clock-invalid-after-failure",
    "Takes its clock for invalid once it could not be set",
    requirement="SMETS-E-008",
    severity=Severity.MINOR,
    deviation="A clock that was set before states that it is invalid.",
)
def invalid_after_failure(meter: Meter) -> None:
    meter.clock.status_after_failure = lambda _: ClockStatus.INVALID


@rogue(
    "meter-clock-never-invalid",
    "Knows two states of its clock",
    requirement="SMETS-E-008",
    severity=Severity.MINOR,
    deviation="A clock that was never set states that it is unreliable.",
)
def never_invalid(meter: Meter) -> None:
    meter.clock.status_after_failure = lambda _: ClockStatus.UNRELIABLE


@rogue(
    "meter-clock-states-local-time",
    "States local time for UTC",
    requirement="SMETS-E-011",
    severity=Severity.MAJOR,
    deviation="In summer a read of the clock is an hour ahead.",
)
def states_local_time(meter: Meter) -> None:
    def stated() -> DateTime:
        return DateTime.at(local_time(meter.now()).replace(tzinfo=UTC))

    meter.objects.put(Op.GET, 8, CLOCK, 2, lambda _: octet_string(stated().octets))


@rogue(
    "meter-clock-window-in-any-order",
    "Takes the ends of a window in any order",
    requirement="SMETS-E-011",
    severity=Severity.MINOR,
    deviation="A window that ends before it starts is read backwards.",
)
def window_in_any_order(meter: Meter) -> None:
    meter.clock.is_inside = lambda time, start, end: min(start, end) <= time <= max(start, end)


@rogue(
    "meter-clock-window-without-start",
    "Looks at the end of a window alone",
    requirement="SMETS-E-011",
    severity=Severity.MAJOR,
    deviation="A window to come is taken for the present.",
)
def window_without_start(meter: Meter) -> None:
    meter.clock.is_inside = lambda time, _start, end: time <= end


@rogue(
    "meter-clock-doubted-for-ever",
    "Never trusts a clock that it had reason to doubt",
    requirement="SMETS-E-008",
    severity=Severity.MAJOR,
    deviation="A clock that was not reliable states that it is unreliable after it was set, too.",
)
def doubted_for_ever(meter: Meter) -> None:
    def doubt(was_reliable: bool) -> None:
        if not was_reliable:
            meter.clock.status = ClockStatus.UNRELIABLE

    meter.clock.on_set.append(doubt)


@rogue(
    "meter-clock-doubted-when-set-twice",
    "Doubts a clock that is set once more",
    requirement="SMETS-E-008",
    severity=Severity.MINOR,
    deviation="A reliable clock that is set again states that it is unreliable.",
)
def doubted_when_set_twice(meter: Meter) -> None:
    def doubt(was_reliable: bool) -> None:
        if was_reliable:
            meter.clock.status = ClockStatus.UNRELIABLE

    meter.clock.on_set.append(doubt)
