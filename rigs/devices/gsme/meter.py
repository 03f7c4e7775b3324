"""The gas meter (GSME): on a battery, asleep but for a moment every half hour.

It joins the parts: flow and register, valve, battery, clock, agenda, wake cycle, tariff, logs,
and the GBCS device that answers for them in GBZ and ASN.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.acceptance import Accepted, Refused
from assay.gbcs.asn1 import codec
from assay.gbcs.catalogue import UseCase
from assay.gbcs.certificates import CertificateView
from assay.gbcs.date_time import DateTime
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName, Role
from rigs.devices import gbz_logs, logs
from rigs.devices.agenda import Agenda
from rigs.devices.alerts import LogName
from rigs.devices.device_type import DeviceType
from rigs.devices.esme.meter_clock import MeterClock
from rigs.devices.firmware import Firmware
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.gbz_alerts import GbzAlertBuilder
from rigs.devices.gbz_dated import DatedComponents
from rigs.devices.gbz_objects import GbzTable, Transaction
from rigs.devices.gbz_protection import encrypt_for
from rigs.devices.gsme import asn1_times, codes, objects
from rigs.devices.gsme.battery import BatteryLedger, Use
from rigs.devices.gsme.billing import BillingPeriod
from rigs.devices.gsme.calendar import CalendarCluster
from rigs.devices.gsme.configuration import (
    BLOCKS_PER_WAKE,
    OCTETS_PER_BLOCK,
    GasMeterConfiguration,
)
from rigs.devices.gsme.displays import Displays
from rigs.devices.gsme.events import EventBehaviours
from rigs.devices.gsme.payment import GasPayment
from rigs.devices.gsme.profile import NetworkSampling, Profile, next_half_hour
from rigs.devices.gsme.settings import LOCKED, GasSettings
from rigs.devices.gsme.snapshots import (
    CHANGE_OF_MODE,
    CHANGE_OF_SUPPLIER,
    CHANGE_OF_TARIFF,
    END_OF_BILLING_PERIOD,
    GENERAL,
    RegisterSnapshot,
    Snapshots,
)
from rigs.devices.gsme.tariff import GasTariff
from rigs.devices.gsme.use_cases import FROM_DISPLAY, OF_METER, UPDATES
from rigs.devices.gsme.valve import GasSupply, ValveControl
from rigs.devices.gsme.volume import VolumeRegister, litres
from rigs.devices.gsme.wake import WakeCycle
from rigs.devices.hub.tunnel import FROM_DEVICE, GET, PUT
from rigs.devices.logs import Entry
from rigs.devices.network_access import HomeAreaHub, NetworkAccess
from rigs.devices.payment import Mode, TopUpAnswer
from rigs.devices.security import Security
from rigs.premises_gas import BatteryNode, CoverNode, GasFlow, GasValve

_TARIFF_RANK, _PROFILE_RANK, _DAILY_RANK, _BILLING_RANK, _BLOCK_RANK = 15, 20, 30, 40, 45


class GasHub(HomeAreaHub, Protocol):
    """What a gas meter sees of its hub: also a tunnel."""

    def open_tunnel(self, device_id: Eui64) -> object:
        """From now on messages for the device wait until it asks for them."""


class GasMeter(GbcsDevice):
    """`on_push` gets the meter itself whenever it pushes what it has towards a mirror; what is
    behind it may only be read then, for asleep it answers nobody.

    Hooks: `push`; `tamper_locks` and `depletion_locks` decide on the valve, `omits_blocks` and
    `keeps_balances` (of a cause) on what a snapshot has.
    """

    def __init__(
        self,
        clock: Clock,
        configuration: GasMeterConfiguration,
        *,
        flow: GasFlow,
        valve: GasValve,
        battery: BatteryNode,
        covers: CoverNode,
    ) -> None:
        device_id = configuration.device_id
        self.configuration = configuration
        self.flow = flow
        self.battery_node = battery
        self.network = NetworkAccess(clock, device_id, self._is_listening)
        self.clock = MeterClock(clock, self.network.hub_time)
        super().__init__(
            clock, device_id, now=self.clock.now, send=self._say, can_send=self._can_send
        )
        self.firmware_version = configuration.firmware_version
        self.settings = GasSettings()
        self.behaviours = EventBehaviours()
        self.event_log = logs.event_log(self.now)
        self.logs[LogName.EVENT] = self.event_log
        self.battery = BatteryLedger(clock.now(), battery.charge, configuration.battery)
        self.register = VolumeRegister(clock.now(), self._flow)
        self.valve = ValveControl(clock, valve, self.register)
        self.agenda = Agenda(clock, self.clock)
        self.dated = DatedComponents(self.agenda, self.now, self.report)
        self.tariff = GasTariff(self.settings, self.now)
        self.payment = GasPayment(
            self.agenda,
            self,
            self.tariff,
            self.valve,
            now=self.now,
            credentials=self.credentials,
        )
        self.profile = Profile()
        self.network_data = NetworkSampling(clock, self.now, self.litres)
        self.snapshots = Snapshots()
        self.billing_period: BillingPeriod | None = None
        self.billing_event_id = 0
        self.block_period: BillingPeriod | None = None
        self.wake = WakeCycle(
            clock,
            configuration.wake_interval,
            ask=self._ask,
            is_joined=lambda: self.network.is_joined,
            drift_ppm=lambda: self.clock.drift_ppm,
        )
        self.on_push: list[Callable[[GasMeter], None]] = []
        self.push: Callable[[], None] = self._push
        self.tamper_locks: Callable[[], bool] = lambda: self.settings.tamper_state == LOCKED
        self.depletion_locks: Callable[[], bool] = lambda: self.settings.depletion_state == LOCKED
        self.omits_blocks: Callable[[], bool] = lambda: (
            self.tariff.is_published and not self.tariff.prices.is_block_tariff
        )
        self.keeps_balances: Callable[[int], bool] = lambda cause: (
            cause != GENERAL or self.payment.account.mode is Mode.PREPAYMENT
        )
        self.calendars = CalendarCluster(
            (self.tariff.calendar_store, self.payment.calendar_store), self.dated
        )
        self.gbz = GbzTable(
            {**OF_METER, **FROM_DISPLAY},
            objects.attributes(self),
            objects.commands(self),
            encrypt_for(self),
        )
        self.serve(dict.fromkeys(OF_METER, self.gbz.answer))
        self.security = Security(self, DeviceType.GSME, self.agenda)
        self.firmware = Firmware(self, self.agenda, configuration.firmware)
        self.serve({asn1_times.SET_CLOCK: self._set_clock})
        self.displays = Displays(self.credentials, self.security.device_log)
        self._hub: GasHub | None = None
        self._offered_image: bytes | None = None
        self._is_commissioned = False
        self._is_low_reported = False
        self._is_depleted = False
        self._changed_tariff_at: datetime | None = None
        self._listen(covers)
        self._plan()
        if not battery.is_fitted:
            self._battery_removed()

    def _listen(self, covers: CoverNode) -> None:
        self.alerts.build = GbzAlertBuilder(self.seal.encrypt_for).build
        self.is_told = self.behaviours.is_told
        self.header_time = self._header_time
        table_says = self.is_logged_in
        self.is_logged_in = lambda code, log: (
            table_says(code, log) and (log is not LogName.EVENT or self.behaviours.is_logged(code))
        )
        self.flow.listen(self._flow_changed)
        self.payment.account.on_event.append(self.report)
        self.payment.account.on_mode.append(lambda at: self.take_snapshot(CHANGE_OF_MODE, at))
        self.security.updates.on_replaced.append(self._party_replaced)
        self.firmware.on_version.append(self._version_changed)
        self.firmware.on_octets.append(self._image_octets)
        self.battery_node.listen(self._battery_changed)
        covers.listen(lambda _at, change: self._cover_moved(*change))
        self.register.takers.append(self.tariff.take)
        self.agenda.before.append(self.register.update)
        self.clock.on_set.append(lambda was: self.agenda.clock_set(was_reliable=was))
        self.clock.on_difference.append(lambda: self.report(codes.CLOCK_DIFFERENCE))
        self.network.on_joined.append(self._joined)
        self.valve.on_armed.append(lambda: self.report(codes.ARMED))
        self.valve.on_moved.append(lambda _: self.battery.spend(Use.VALVE_MOVE))
        self.valve.on_failure.append(lambda passes: self.report(codes.VALVE_FAILURE[passes]))
        self.valve.on_uncontrolled_flow.append(lambda: self.report(codes.UNCONTROLLED_FLOW))
        self.network_data.on_sample.append(lambda: self.battery.spend(Use.SAMPLE))
        self.wake.on_wake.append(self._woken)
        self.gbz.on_answered.append(self._log_command)

    def _plan(self) -> None:
        """What it does by itself at times of its own clock."""
        self.profile.begin(self.litres())
        switch = self.agenda.add(_TARIFF_RANK, self.tariff.next_switch, self.tariff.switch)
        self.tariff.on_switch_times.append(switch.changed)
        self.agenda.add(_PROFILE_RANK, next_half_hour, self._half_hour_ended)
        self.agenda.add(_DAILY_RANK, asn1_times.next_midnight, self._day_ended)
        self._billing = self.agenda.add(
            _BILLING_RANK, lambda after: _end_of(self.billing_period, after), self._billing_ended
        )
        self._blocks = self.agenda.add(
            _BLOCK_RANK, lambda after: _end_of(self.block_period, after), self._block_ended
        )

    # What a bench does to it.

    def install(
        self,
        certificates: Iterable[CertificateView],
        anchors: Mapping[CellName, CertificateView],
    ) -> None:
        """Own certificates and the parties' ones, as the factory and the DCC place them.

        Raises:
            ValueError: a certificate that is not for this device or not for its key.
        """
        self.credentials.install(certificates, anchors)

    def join(self, hub: GasHub, install_code: bytes) -> None:
        """Seek this hub with this install code from now on; awake while it is being installed."""
        self._hub = hub
        self.network.seek(hub, self, install_code)
        if self.is_alive:
            self.wake.start()

    def press_button(self) -> None:
        """Wakes the display; where the supply is armed it is the command to open the valve."""
        if not self.is_alive:
            return
        self.battery.spend(Use.DISPLAY)
        was_armed = self.valve.state is GasSupply.ARMED
        self.valve.press()
        if was_armed:
            self._log_input(self.valve.state is GasSupply.ENABLED)

    def receive_image(self, octets: bytes) -> None:
        """An OTA file that waits at the hub: fetched in blocks, some at each wake (G-018)."""
        self._offered_image = octets
        if self._is_listening():
            self._fetch_image()

    def _fetch_image(self) -> None:
        image, done = self._offered_image, 0
        while image is not None and done < BLOCKS_PER_WAKE:
            offset = self.firmware.wanted_block or 0
            block = image[offset : offset + OCTETS_PER_BLOCK]
            self.firmware.receive_block(offset, block, len(image))
            done += 1
            if offset + len(block) >= len(image):
                self._offered_image = image = None

    def enter_top_up(self, code: str) -> TopUpAnswer | None:
        """Twenty digits on the keypad; None from a meter without power."""
        if not self.is_alive:
            return None
        self.battery.spend(Use.DISPLAY)
        answer = self.payment.local_top_up(code)
        self._log_input(answer.is_accepted)
        return answer

    def _log_input(self, succeeded: bool) -> None:
        """What is input at the meter itself; the national log has a number with it that no text
        explains, so it is left out."""
        self.report(codes.INPUT_ACTIONED if succeeded else codes.INPUT_NOT_ACTIONED)

    @property
    def is_alive(self) -> bool:
        return self.battery_node.is_fitted and not self.battery.is_spent(self._clock.now())

    # What comes over the network.

    def receive(self, octets: bytes) -> None:
        """A frame of the tunnel; asleep it hears nothing."""
        if not self._is_listening() or not self.network.is_joined or octets[:1] != bytes((PUT,)):
            return
        remaining, message = octets[1], octets[2:]
        if message:
            self.battery.spend(Use.COMMAND)
            self.process(message)
            self.push()
        self.wake.answered(remaining=remaining if message else 0)

    def link_changed(self) -> None:
        if self._is_listening():
            self.network.look()
            self.outbox.flush()

    # What its objects ask.

    def litres(self) -> int:
        return self.register.litres(self._clock.now())

    def account_volume(self) -> None:
        """Before what a volume means or costs is changed."""
        self.register.update(self._clock.now())

    def tier_litres(self) -> tuple[int, ...]:
        self.account_volume()
        return self.tariff.tier_litres()

    def block_litres(self) -> tuple[int, ...]:
        self.account_volume()
        return self.tariff.block_litres()

    def remaining_battery_days(self) -> int:
        return self.battery.remaining_days(self._clock.now())

    def close_supply(self) -> bool:
        """By the supplier (GCS32)."""
        self.payment.account.supply_taken_over()
        return self.valve.close()

    def arm_supply(self) -> bool:
        """By the supplier (GCS39), unless credit stands in the way (E-122)."""
        account = self.payment.settle()
        if not account.may_be_enabled(self.now()):
            return False
        account.supply_taken_over()
        return self.valve.arm()

    def cost_per_microsecond(self) -> Decimal:
        return self.tariff.cost_per_microsecond(self._flow())

    def next_block(self, after: datetime) -> datetime | None:
        span = self.tariff.attribution.time_to_threshold(self._flow())
        return None if span is None else after + span

    def before_tariff_changes(self) -> None:
        """Volume so far at the old prices, and one snapshot for all parts of a change (E-061)."""
        self.account_volume()
        now = self.now()
        if self._changed_tariff_at != now:
            self._changed_tariff_at = now
            self.take_snapshot(CHANGE_OF_TARIFF, now)

    def set_billing_period(self, period: BillingPeriod, issuer_event_id: int) -> None:
        self.billing_period, self.billing_event_id = period, issuer_event_id
        self._billing.changed()

    def set_block_period(self, period: BillingPeriod) -> None:
        self.block_period = period
        self._blocks.changed()

    def take_snapshot(self, cause: int, at: datetime) -> None:
        """Of the registers as they are; at the time that it is due."""
        self.snapshots.registers.record(
            RegisterSnapshot(
                at=at,
                cause=cause,
                total=self.litres(),
                tiers=self.tier_litres(),
                blocks=() if self.omits_blocks() else self.block_litres(),
            )
        )
        if self.keeps_balances(cause):
            self.snapshots.balances.record(self.payment.snapshot(cause, at))

    def is_from_display(self, command: Accepted) -> bool:
        """From a PPMID of its device log rather than from the WAN (PCS01, PCS02)."""
        return command.use_case.code in FROM_DISPLAY

    def process(self, octets: bytes) -> None:
        """From the WAN, or from a display: that one is held against the device log instead of
        the trust anchor cells."""
        if not self.displays.takes(octets):
            super().process(octets)
            return
        outcome = self.displays.accept(octets)
        if isinstance(outcome, Refused):
            self.refuse(outcome)
        else:
            self._answer(outcome, self.gbz.answer(outcome))

    # What it does by itself.

    def _half_hour_ended(self, due: datetime) -> None:
        self.profile.record(due, self._litres_at(due))

    def _day_ended(self, due: datetime) -> None:
        self.take_snapshot(GENERAL, due)

    def _billing_ended(self, due: datetime) -> None:
        self.take_snapshot(END_OF_BILLING_PERIOD, due)

    def _block_ended(self, _due: datetime) -> None:
        self.tariff.attribution.reset_block_counters()

    def _litres_at(self, due: datetime) -> int:
        """The agenda has accounted for the volume up to the time of a duty."""
        at = min(self.clock.bench_time(due), self._clock.now())
        return litres(self.register.volume(at))

    def _woken(self) -> None:
        self.battery.spend(Use.WAKE)
        self._check_battery()
        if not self.is_alive:
            self.wake.stop()
            self.agenda.pause()
            return
        self.network.look()
        self.outbox.flush()
        if self.network.is_joined:
            self._fetch_image()
            self.push()

    def _check_battery(self) -> None:
        now = self._clock.now()
        if self.battery.is_low(now) and not self._is_low_reported:
            self._is_low_reported = True
            self.report(codes.LOW_BATTERY)
        if not self.battery.remaining_days(now) and not self._is_depleted:
            self._is_depleted = True
            self.report(codes.POWER_LOSS)
            if self.depletion_locks():
                self.valve.lock()

    # Power, covers, network.

    def _flow_changed(self, at: datetime, _flow: Decimal) -> None:
        self.register.update(at)
        self.payment.flow_changed()

    def _party_replaced(self, role: Role, before: Eui64, after: Eui64) -> None:
        if role is Role.SUPPLIER and before != after:
            self.take_snapshot(CHANGE_OF_SUPPLIER, self.now())
            self.payment.supplier_changed()
            self.dated.forget_all()
            self.firmware.forget_activation()

    def _version_changed(self, version: bytes) -> None:
        self.firmware_version = version

    def _image_octets(self, size: int) -> None:
        self.battery.spend(Use.IMAGE_BLOCK, -(-size // OCTETS_PER_BLOCK))

    def _flow(self) -> Decimal:
        return self.flow.cubic_metres_per_hour if self.battery_node.is_fitted else Decimal(0)

    def _battery_changed(self, _at: datetime, is_fitted: bool) -> None:
        if not is_fitted:
            self._battery_removed()
            return
        now = self._clock.now()
        self.battery.replaced(now, self.battery_node.charge)
        self.register.update(now)
        self._is_low_reported = self._is_depleted = False
        self.agenda.resume()
        self.report(codes.BATTERY_RESET)
        self.firmware.power_on()
        self.wake.start()

    def _battery_removed(self) -> None:
        self.register.update(self._clock.now())
        self.agenda.pause()
        self.wake.stop()

    def _cover_moved(self, cover: str, is_open: bool) -> None:
        """Tamper is seen while the battery is there; what then becomes of the supply is the
        supplier's choice (G-011)."""
        opened, closed = codes.COVERS.get(cover, codes.OTHER_COVER)
        code = opened if is_open else closed
        if not self.is_alive or code is None:
            return
        self.report(code)
        if is_open and self.tamper_locks() and not self.valve.is_locked:
            self.valve.lock()
            self.report(codes.LOCKED_BY_TAMPER)

    def _joined(self) -> None:
        if self._hub is not None:
            self._hub.open_tunnel(self.device_id)
        self.report(codes.JOINED)
        self.wake.start()

    def _is_listening(self) -> bool:
        return self.wake.is_awake and self.battery_node.is_fitted

    def _can_send(self) -> bool:
        return self._is_listening() and self.network.can_send()

    def _say(self, octets: bytes) -> None:
        self.battery.spend(Use.MESSAGE_SENT)
        self.network.send(bytes((FROM_DEVICE,)) + octets)

    def _ask(self) -> None:
        self.battery.spend(Use.POLL)
        self.network.send(bytes((GET,)))

    def _push(self) -> None:
        """To the mirror at the hub."""
        if self._hub is None or not self._hub.link.is_up or not self.network.is_joined:
            return
        for callback in self.on_push:
            callback(self)

    # Answers.

    def _set_clock(self, command: Accepted) -> bytes:
        """GCS28: takes the hub's time if it lies in the window of the command (G-019)."""
        start, end = asn1_times.window(command)
        if not self.clock.set_from_hub(start, end):
            self.report(codes.CLOCK_OUTSIDE_WINDOW)
        else:
            self.report(codes.CLOCK_ADJUSTED)
            if not self._is_commissioned:
                self._is_commissioned = True
                self.report(codes.COMMISSIONED)
        answer = asn1_times.clock_answer(self.now(), self.clock.status)
        return codec.build(asn1_times.SET_CLOCK, Cra.RESPONSE, answer)

    def _header_time(self, use_case: UseCase) -> DateTime | None:
        """Instantaneous reads say how far the clock can be trusted (GBCS digest 1.4)."""
        if not use_case.response_date_time:
            return None
        status = int(self.clock.status) if use_case.code in codes.INSTANTANEOUS else 0xFF
        return DateTime.at(self.now(), status=status)

    def _log_command(self, command: Accepted, transaction: Transaction, succeeded: bool) -> None:
        """Each immediate command that changes something, with its message code."""
        code = command.use_case.code
        if (code in UPDATES or code in FROM_DISPLAY) and not transaction.date:
            event = codes.CARRIED_OUT if succeeded else codes.NOT_CARRIED_OUT
            self.report(event, other=code.to_bytes(2, "big"))

    def clear_event_log(self) -> None:
        self.event_log.clear()
        self.report(codes.LOG_CLEARED)

    def log_entries(self) -> Mapping[int, tuple[Entry, ...]]:
        return {
            gbz_logs.GENERAL: self.event_log.entries,
            gbz_logs.SECURITY: self.security_log.entries,
        }


def _end_of(period: BillingPeriod | None, after: datetime) -> datetime | None:
    return None if period is None else period.next_end(after)
