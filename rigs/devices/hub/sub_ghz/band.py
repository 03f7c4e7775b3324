"""The sub-GHz network of a dual band hub: its channel, its devices, what it tells of itself.

A change of channel goes in steps (GBCS digest 10.5): a pending scan is announced for one wake of a
gas meter, the scan chooses, the pending change is announced for two, and then it happens.
Without a gas meter on the band there is nobody to wait for. When duty is limited, the device that
took most of the last hour is told to be silent for a while, and what comes for it is thrown away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.dlms.data import Data, Tag, octet_string, structure
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from rigs.devices import logs
from rigs.devices.alarm import Alarm
from rigs.devices.hub.sub_ghz.duty_cycle import DutyCycle, DutyState, airtime
from rigs.devices.hub.sub_ghz.lost_meter import LostMeterSearch
from rigs.devices.hub.sub_ghz.scans import Assessment, ScanRequests, Trigger
from rigs.devices.hub.sub_ghz.settings import DEFAULT, SubGhzSettings

LIMITED, NOT_LIMITED = 0x8F20, 0x8F21
CHANNEL_CHANGED, SCAN_STARTED, SCAN_ASSESSED = 0x8F26, 0x8F27, 0x8F28
CONFIGURATION_CHANGED, CHANNEL_NOT_CHANGED = 0x8F2A, 0x8F2B
MESSAGE_DISCARDED, NO_CAPACITY = 0x8F2C, 0x8F2D
SEARCHES_FAILED = 0x8F29
_PASSED: Mapping[DutyState, tuple[int, int]] = {
    DutyState.CRITICAL: (0x8F22, 0x8F23),
    DutyState.REGULATED: (0x8F24, 0x8F25),
}
"""Entered, left; for the limited state, whose code carries a device, see above."""

WAKE_PERIOD = timedelta(minutes=30)
SUSPENSION = timedelta(minutes=10)
CAPACITY = 4
"""Suspension and capacity are this bench's choice."""
_NOISE_OF_NEW = 0


class Report(Protocol):
    """Log an event, and send its alert where it is one."""

    def __call__(self, code: int, *extras: Data) -> None: ...


class SubGhzBand:
    """Hooks: `noise_of` a channel in decibels above the quietest, `suspension`, `capacity`."""

    def __init__(self, clock: Clock, now: Callable[[], datetime], report: Report) -> None:
        self._clock = clock
        self._now = now
        self._report = report
        self.settings: SubGhzSettings = DEFAULT
        self.channel = self.settings.channels[0]
        self.channel_log = logs.event_log(now)
        self.duty = DutyCycle(clock, lambda: self._thresholds)
        self.scans = ScanRequests(now, lambda: self.settings.changes_per_week)
        self.noise_of: Callable[[str], int] = lambda _: _NOISE_OF_NEW
        self.suspension = SUSPENSION
        self.capacity = CAPACITY
        self.pending_channel: str | None = None
        self.is_scan_pending = False
        self._devices: dict[Eui64, bool] = {}
        self._airtime: Counter[Eui64] = Counter()
        self._suspended: dict[Eui64, datetime] = {}
        self._trigger = Trigger.FORMATION
        self._step: Callable[[], None] = lambda: None
        self._steps = Alarm(clock, lambda: self._step())
        self.lost_meter = LostMeterSearch(
            clock,
            lambda: self.request_scan(Trigger.GSME_MISSING_FOR_A_DAY),
            lambda: report(SEARCHES_FAILED),
        )
        self._note_channel()
        self.duty.on_state.append(self._duty_changed)

    @property
    def _thresholds(self) -> tuple[int, int]:
        return self.settings.normal_limited, self.settings.limited_critical

    # Devices.

    @property
    def devices(self) -> tuple[Eui64, ...]:
        return tuple(self._devices)

    def attach(self, device_id: Eui64, *, is_gas_meter: bool) -> bool:
        """Whether there was room for one more device on this band."""
        if device_id not in self._devices and len(self._devices) >= self.capacity:
            self._report(NO_CAPACITY, octet_string(device_id))
            return False
        self._devices[device_id] = is_gas_meter
        if is_gas_meter:
            self.lost_meter.watch(device_id)
        return True

    def detach(self, device_id: Eui64) -> None:
        self._devices.pop(device_id, None)
        self._suspended.pop(device_id, None)
        self.lost_meter.forget(device_id)

    def is_suspended(self, device_id: Eui64) -> bool:
        until = self._suspended.get(device_id)
        return until is not None and self._now() < until

    def carry_down(self, device_id: Eui64, octets: bytes) -> bool:
        """Account for a message to a device; False for one that was thrown away."""
        if device_id not in self._devices:
            return True
        if self.is_suspended(device_id):
            self._discard(octets)
            return False
        self._airtime[device_id] += airtime(len(octets)) // timedelta(microseconds=1)
        self.duty.transmit(len(octets))
        return True

    def _discard(self, octets: bytes) -> None:
        message = _parsed(octets)
        if message is not None:
            identifier = (
                message.originator
                + message.recipient
                + bytes((message.cra,))
                + message.counter.to_bytes(8, "big")
            )
            self._report(MESSAGE_DISCARDED, octet_string(identifier))

    # Duty cycle.

    def _duty_changed(self, before: DutyState, after: DutyState) -> None:
        for state in range(before + 1, after + 1):
            self._entered(DutyState(state))
        for state in range(before, after, -1):
            self._left(DutyState(state))

    def _entered(self, state: DutyState) -> None:
        if state is not DutyState.LIMITED:
            self._report(_PASSED[state][0])
            return
        ((device_id, _),) = self._airtime.most_common(1) or ((None, 0),)
        if device_id is not None:
            self._suspended[device_id] = self._now() + self.suspension
            self._report(LIMITED, octet_string(device_id))

    def _left(self, state: DutyState) -> None:
        if state is not DutyState.LIMITED:
            self._report(_PASSED[state][1])
            return
        self._airtime.clear()
        self._report(NOT_LIMITED)

    # Configuration and channel.

    def configure(self, settings: SubGhzSettings) -> None:
        self.settings = settings
        self._report(CONFIGURATION_CHANGED, settings.to_data())
        self.duty.look()

    def request_scan(self, trigger: Trigger) -> Assessment:
        outcome = self.scans.assess(trigger)
        octets = (octet_string(bytes((number,))) for number in (outcome, trigger))
        self._report(SCAN_ASSESSED, structure(*octets))
        if outcome is Assessment.ACCEPTED:
            self._trigger = trigger
            self.is_scan_pending = True
            self._after(WAKE_PERIOD, self._scan)
        return outcome

    def _scan(self) -> None:
        self.is_scan_pending = False
        self._report(SCAN_STARTED)
        found = self._quietest()
        better = self.noise_of(self.channel) - self.noise_of(found)
        if found == self.channel or better < self.settings.quieter_decibels:
            self._report(CHANNEL_NOT_CHANGED)
            return
        self.pending_channel = found
        self._after(2 * WAKE_PERIOD, lambda: self._change(found))

    def _change(self, channel: str) -> None:
        self.pending_channel = None
        self.channel = channel
        self._note_channel()
        trigger = octet_string(bytes((self._trigger,)))
        self._report(CHANNEL_CHANGED, structure(Data(Tag.BIT_STRING, channel), trigger))

    def _note_channel(self) -> None:
        """Mask and trigger as they stand in the national log: the second as an octet-string."""
        trigger = bytes((Tag.OCTET_STRING, 1, self._trigger))
        mask = int(self.channel, 2).to_bytes(4, "big")
        self.channel_log.write(CHANNEL_CHANGED, mask + trigger)

    def _quietest(self) -> str:
        return min(self.settings.channels, key=self.noise_of, default=self.channel)

    def _after(self, span: timedelta, step: Callable[[], None]) -> None:
        if not any(self._devices.values()):
            step()
            return
        self._step = step
        self._steps.set(self._clock.now() + span)


def _parsed(octets: bytes) -> Message | None:
    try:
        return parse(octets)
    except RemoteGbcsError:
        return None
