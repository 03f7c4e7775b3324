"""Gas meters whose valve opens or shuts when it must not, or says what it is not."""

from __future__ import annotations

from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme.valve import GasSupply
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR = Severity.CRITICAL, Severity.MAJOR


@rogue(
    "gas-meter-valve-not-closed",
    "Says that the valve is shut, and it is not",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="The valve is not moved, and its sensor is not read.",
)
def valve_not_closed(meter: Meter) -> None:
    valve = meter.valve
    place = [True]
    valve.actuate = lambda passes: place.__setitem__(0, passes)
    valve.sense = lambda: place[0]


@rogue(
    "gas-meter-arm-opens",
    "Opens when it is armed",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="A remote command to arm lets gas pass without a press.",
)
def arm_opens(meter: Meter) -> None:
    valve = meter.valve

    def press() -> None:
        valve.press()

    valve.on_armed.append(press)


@rogue(
    "gas-meter-press-opens-disabled",
    "Opens to any press",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="The button opens a valve that is disabled.",
)
def press_opens_disabled(meter: Meter) -> None:
    sound = meter.valve.press

    def press() -> None:
        meter.valve.state = GasSupply.ARMED
        sound()

    meter.valve.press = press


@rogue(
    "gas-meter-arming-untold",
    "Does not say that it was armed",
    requirement="SMETS-G-008",
    severity=_MAJOR,
    deviation="No alert 8F32.",
)
def arming_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F32)


@rogue(
    "gas-meter-flow-unchecked",
    "Checks no flow after opening",
    requirement="SMETS-G-009",
    severity=_CRITICAL,
    deviation="Whatever flows after a press, the valve stays open.",
)
def flow_unchecked(meter: Meter) -> None:
    meter.valve.is_excessive = lambda _flow: False


@rogue(
    "gas-meter-settles-in-seconds",
    "Takes tenths of a second for seconds",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The settling time is ten times too long.",
)
def settles_in_seconds(meter: Meter) -> None:
    sound = meter.valve.settling_time
    meter.valve.settling_time = lambda: 10 * sound()


@rogue(
    "gas-meter-measures-too-briefly",
    "Judges the flow before its time is over",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The measuring time is taken for tenths of a second.",
)
def measures_too_briefly(meter: Meter) -> None:
    sound = meter.valve.measuring_time
    meter.valve.measuring_time = lambda: sound() / 10


@rogue(
    "gas-meter-flow-limit-included",
    "Shuts at the threshold itself",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="A flow that equals the threshold counts as one above it.",
)
def flow_limit_included(meter: Meter) -> None:
    meter.valve.is_excessive = lambda flow: flow >= meter.valve.check.cubic_metres_per_hour


@rogue(
    "gas-meter-flow-untold",
    "Keeps a flow without control to itself",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="No alert 81BF.",
)
def flow_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x81BF)


@rogue(
    "gas-meter-flow-limit-whole",
    "Knows whole cubic metres alone",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The flow threshold is read back without its decimals.",
)
def flow_limit_whole(meter: Meter) -> None:
    def cut() -> int:
        check = meter.valve.check
        return check.threshold - check.threshold % (check.divisor or 1)

    meter.gbz.put_attribute(0x0702, 0x0B10, "uint16", cut)


@rogue(
    "gas-meter-ignores-tampering",
    "Does not lock when somebody tampers with it",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="The supply tamper state is stored and never applied.",
)
def ignores_tampering(meter: Meter) -> None:
    meter.tamper_locks = lambda: False


@rogue(
    "gas-meter-always-locks",
    "Locks whatever its supplier chose",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="An opened cover shuts the valve even where it is to stay.",
)
def always_locks(meter: Meter) -> None:
    meter.tamper_locks = lambda: True


@rogue(
    "gas-meter-lock-opens-to-press",
    "Opens a lock to a press",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="A lock leaves the supply armed.",
)
def lock_opens_to_press(meter: Meter) -> None:
    def lock() -> None:
        meter.valve.arm()
        meter.valve.is_locked = True

    meter.valve.lock = lock  # type: ignore[method-assign]


@rogue(
    "gas-meter-dies-open",
    "Leaves the gas on when its battery is spent",
    requirement="SMETS-G-012",
    severity=_CRITICAL,
    deviation="The supply depletion state is stored and never applied.",
)
def dies_open(meter: Meter) -> None:
    meter.depletion_locks = lambda: False


@rogue(
    "gas-meter-dies-shut",
    "Shuts when its battery is spent, whatever its supplier chose",
    requirement="SMETS-G-012",
    severity=_CRITICAL,
    deviation="The valve shuts even where it is to stay.",
)
def dies_shut(meter: Meter) -> None:
    meter.depletion_locks = lambda: True
