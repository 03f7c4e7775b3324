"""Meters whose load switch, register or clock does not do what the meter says."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import enum
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme import SupplyState
from rigs.devices.esme.meter import SWITCH_FAILURE
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

WEAR_OUT_CYCLE = 40
"""Well inside the hundred pairs of the default plan."""


@rogue(
    "meter-switch-stuck-closed",
    "The load switch is welded",
    requirement="SMETS-E-121",
    severity=Severity.CRITICAL,
    deviation="The load switch does not open; the meter senses and reports that it did not.",
)
def switch_stuck_closed(meter: Meter) -> None:
    sound = meter.supply.actuate
    meter.supply.actuate = lambda closed: sound(closed) if closed else None


@rogue(
    "meter-switch-stuck-open",
    "The load switch does not close",
    requirement="SMETS-E-120",
    severity=Severity.CRITICAL,
    deviation="The load switch opens once and does not close again; the meter reports that.",
)
def switch_stuck_open(meter: Meter) -> None:
    sound = meter.supply.actuate
    meter.supply.actuate = lambda closed: None if closed else sound(closed)


@rogue(
    "meter-supply-reported-not-moved",
    "Reports a supply state that the switch never took",
    requirement="SMETS-E-128",
    severity=Severity.CRITICAL,
    deviation="The load switch never moves, and the meter takes every order for carried out.",
)
def supply_reported_not_moved(meter: Meter) -> None:
    ordered = [meter.supply.sense()]
    meter.supply.actuate = lambda closed: ordered.__setitem__(0, closed)
    meter.supply.sense = lambda: ordered[0]


@rogue(
    "meter-switch-wears-out",
    "The load switch welds in the end",
    requirement="ALT-NO-WELD",
    severity=Severity.CRITICAL,
    deviation=f"From its closing number {WEAR_OUT_CYCLE} on the switch stays closed, unnoticed.",
)
def switch_wears_out(meter: Meter) -> None:
    sound, ordered, closings = meter.supply.actuate, [meter.supply.sense()], [0]

    def actuate(closed: bool) -> None:
        closings[0] += closed and not ordered[0]
        ordered[0] = closed
        if closed or closings[0] < WEAR_OUT_CYCLE:
            sound(closed)

    meter.supply.actuate = actuate
    meter.supply.sense = lambda: ordered[0]


@rogue(
    "meter-switch-failure-untold",
    "Keeps a failure of its load switch to itself",
    requirement="SMETS-E-124",
    severity=Severity.CRITICAL,
    deviation="No alert 81BD or 81C0.",
)
def switch_failure_untold(meter: Meter) -> None:
    meter.alerts.silenced |= {*SWITCH_FAILURE.values()}


@rogue(
    "meter-switch-failures-swapped",
    "Takes a failure to open for a failure to close",
    requirement="SMETS-E-124",
    severity=Severity.MAJOR,
    deviation="Alerts 81BD and 81C0 change places.",
)
def switch_failures_swapped(meter: Meter) -> None:
    meter.supply.on_failure[:] = [lambda closed: meter.report(SWITCH_FAILURE[not closed])]


@rogue(
    "meter-believes-its-orders",
    "Does not look where its load switch is",
    requirement="SMETS-E-124",
    severity=Severity.CRITICAL,
    deviation="Every order to the switch counts as carried out.",
)
def believes_its_orders(meter: Meter) -> None:
    sound, ordered = meter.supply.actuate, [meter.supply.sense()]

    def actuate(closed: bool) -> None:
        ordered[0] = closed
        sound(closed)

    meter.supply.actuate, meter.supply.sense = actuate, lambda: ordered[0]


@rogue(
    "meter-switch-failure-at-each-move",
    "Reports a failure whenever its load switch opens",
    requirement="SMETS-E-124",
    severity=Severity.MINOR,
    deviation="Alert 81C0 follows each disconnection.",
)
def switch_failure_at_each_move(meter: Meter) -> None:
    meter.supply.on_change.append(lambda _: meter.report(SWITCH_FAILURE[False]))


@rogue(
    "meter-disabled-by-a-display",
    "Lets a display switch the supply off",
    requirement="SMETS-E-125",
    severity=Severity.CRITICAL,
    deviation="A request for Supply OFF of a prepayment display disables the supply.",
)
def disabled_by_a_display(meter: Meter) -> None:
    meter.payment.answer_supply_off = meter.supply.disable


@rogue(
    "meter-off-means-on",
    "Takes every word of a display for Supply ON",
    requirement="SMETS-E-125",
    severity=Severity.MAJOR,
    deviation="A request for Supply OFF closes an armed supply.",
)
def off_means_on(meter: Meter) -> None:
    meter.payment.answer_supply_off = meter.payment.enable_supply


@rogue(
    "meter-button-closes-disabled",
    "The consumer can close a disabled supply",
    requirement="SMETS-E-122",
    severity=Severity.CRITICAL,
    deviation="The button closes the load switch in every state.",
)
def button_closes_disabled(meter: Meter) -> None:
    meter.supply.press = meter.supply.enable


@rogue(
    "meter-button-dead",
    "The consumer cannot close an armed supply",
    requirement="SMETS-E-122",
    severity=Severity.MAJOR,
    deviation="The button does nothing.",
)
def button_dead(meter: Meter) -> None:
    meter.supply.press = lambda: None


@rogue(
    "meter-armed-not-alerted",
    "Arms in silence",
    requirement="SMETS-E-122",
    severity=Severity.MINOR,
    deviation="Alert 8F32 is never sent.",
)
def armed_not_alerted(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F32)


@rogue(
    "meter-state-always-enabled",
    "Reads back an enabled supply whatever it is",
    requirement="SMETS-E-123",
    severity=Severity.MAJOR,
    deviation="The supply state is read as enabled in every state.",
)
def state_always_enabled(meter: Meter) -> None:
    meter.objects.put(Op.GET, 70, "0-0:96.3.10.255", 3, lambda _: enum(SupplyState.ENABLED))


@rogue(
    "meter-counts-while-disabled",
    "Counts energy behind an open switch",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The register counts what the load asks for, also while the supply is disabled.",
)
def counts_while_disabled(meter: Meter) -> None:
    meter.register.measure = lambda: (
        meter.load.requested_watts if meter.power.is_alive else Decimal(0)
    )


@rogue(
    "meter-counts-one-percent-more",
    "Counts one per cent too much",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The register counts 101 % of the energy that passes.",
)
def counts_one_percent_more(meter: Meter) -> None:
    sound = meter.register.measure
    meter.register.measure = lambda: sound() * Decimal("1.01")


@rogue(
    "meter-clock-drifts",
    "The clock gains time",
    requirement="SMETS-E-001",
    severity=Severity.MAJOR,
    deviation="The clock runs 200 parts per million fast, more than a daily comparison corrects.",
)
def clock_drifts(meter: Meter) -> None:
    meter.clock.drift_ppm = Decimal(200)


@rogue(
    "meter-sets-clock-outside-window",
    "Sets its clock whatever the window says",
    requirement="SMETS-E-005",
    severity=Severity.MAJOR,
    deviation="The hub's time is taken though it lies outside the window of the command.",
)
def sets_clock_outside_window(meter: Meter) -> None:
    meter.clock.is_inside = lambda _time, _start, _end: True


@rogue(
    "meter-clock-in-summer-time",
    "Keeps local time",
    requirement="SMETS-E-004",
    severity=Severity.MAJOR,
    deviation="A clock that is set is set one hour ahead of UTC.",
)
def clock_in_summer_time(meter: Meter) -> None:
    meter.clock.adjust = lambda time: meter.clock.set(time + timedelta(hours=1))


@rogue(
    "meter-clock-setting-not-logged",
    "Sets its clock without an entry",
    requirement="SMETS-E-004",
    severity=Severity.MINOR,
    deviation="The event log gets no entry 8145.",
)
def clock_setting_not_logged(meter: Meter) -> None:
    meter.event_log.is_recorded = lambda code: code != 0x8145
