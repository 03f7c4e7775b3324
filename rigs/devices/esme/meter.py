"""The electricity meter (ESME).

It joins the parts: power input, register, voltage monitor, load switch, clock, agenda, logs, and
the GBCS device that answers for them. Metrology starts the moment the supply is back;
communication starts once the meter has booted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from assay.clock import Clock
from assay.gbcs.certificates import CertificateView
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellName, Role
from rigs.devices import logs
from rigs.devices.agenda import Agenda
from rigs.devices.alert_settings import AlertSettings, Behaviour
from rigs.devices.alerts import LogName
from rigs.devices.command_log import CommandLog
from rigs.devices.dated import DatedActivations
from rigs.devices.device_type import DeviceType
from rigs.devices.dlms_objects import ObjectTable
from rigs.devices.esme import display_sources, objects, payment, payment_display
from rigs.devices.esme.auxiliary import AuxiliaryControl, Port, usual_ports
from rigs.devices.esme.configuration import MeterConfiguration, check_circuits
from rigs.devices.esme.contact import Contact
from rigs.devices.esme.display import Display
from rigs.devices.esme.identity import MeterIdentity
from rigs.devices.esme.load_limit import LoadLimit
from rigs.devices.esme.meter_clock import MeterClock
from rigs.devices.esme.metering import EnergyFlows, Metering
from rigs.devices.esme.metering.joining import join_tariffs
from rigs.devices.esme.outage import Outage, OutageReport
from rigs.devices.esme.phase_sequence import PhaseSequence
from rigs.devices.esme.phases import Phases
from rigs.devices.esme.randomised_offset import RandomisedOffset, number_of
from rigs.devices.esme.supply_control import SupplyControl, SupplyState
from rigs.devices.esme.tamper import TamperDetection
from rigs.devices.esme.tariff import Tariffs
from rigs.devices.esme.user_interface import HOLD, Button, UserInterface
from rigs.devices.firmware import Firmware
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.network_access import HomeAreaHub, NetworkAccess
from rigs.devices.power import MainsPower
from rigs.devices.security import Security
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.premises_circuits import Circuits
from rigs.premises_tamper import TamperNode

CLOCK_ADJUSTED = 0x8145
CLOCK_OUTSIDE_WINDOW = 0x81C6
CLOCK_DIFFERENCE = 0x8F0C
JOINED = 0x8183
COMMISSIONED = 0x8F69
ARMED = 0x8F32
SWITCH_FAILURE: Mapping[bool, int] = {True: 0x81BD, False: 0x81C0}
"""Did not connect, did not disconnect."""


class ElectricityMeter(GbcsDevice):
    """`on_power_up` hooks run after every outage, before the meter says anything."""

    def __init__(
        self,
        clock: Clock,
        configuration: MeterConfiguration,
        *,
        supply: SupplyNode,
        contactor: Contactor,
        load: LoadNode,
        circuits: Circuits | None = None,
        tamper: TamperNode | None = None,
        auxiliary: Mapping[int, Port] | None = None,
    ) -> None:
        device_id = configuration.device_id
        self.terminals = supply
        self.load = load
        self.circuits = circuits or Circuits(phases=(supply,), loads=(load,))
        self.variant = configuration.variant
        check_circuits(self.variant, self.circuits)
        self.power = MainsPower(clock, supply, configuration.power_input)
        self.network = NetworkAccess(clock, device_id, lambda: self.power.is_ready)
        self.clock = MeterClock(clock, self.network.hub_time)
        super().__init__(
            clock,
            device_id,
            now=self.clock.now,
            send=self.network.send,
            can_send=self.network.can_send,
        )
        self.firmware_version = configuration.firmware_version
        self.event_log = logs.event_log(self.now)
        self.power_event_log = logs.power_event_log(self.now)
        self.logs |= {
            LogName.EVENT: self.event_log,
            LogName.POWER_EVENT: self.power_event_log,
        }
        self.contact = Contact()
        self.display = Display()
        self.user_interface = UserInterface(
            clock, self.display, lambda: self.power.is_ready, self._close_supply, self._by_user
        )
        self.flows = EnergyFlows(clock.now(), self.circuits, lambda: self.power.is_alive)
        self.register = self.flows.active_import
        self.phases = Phases(
            clock, self.circuits.phases, self.power, configuration.voltage, now=self.now
        )
        self.voltage = self.phases.monitors[0]
        self.supply = SupplyControl(contactor)
        self.tamper = TamperDetection(
            tamper or TamperNode(clock),
            self.supply,
            now=self.now,
            is_on=lambda: self.power.is_ready,
            report=lambda code, at: self.report(code, at=at),
        )
        self.load_limit = LoadLimit(clock, self.supply, self.report)
        self.outage = self._outage_report(0)
        self.phase_sequence = PhaseSequence(clock, self.circuits.phases, self._phase_event)
        self.phases.watch_outages(configuration.power_input, self.now, self._outage_report)
        self.agenda = Agenda(clock, self.clock)
        self.dated = DatedActivations(self.agenda, self.now, self.report)
        self.alert_settings = AlertSettings()
        self.command_log = CommandLog(self.event_log.write, self.dated.is_waiting)
        self.randomised_offset = RandomisedOffset(
            configuration.randomised_offset_number or number_of(device_id)
        )
        self.auxiliary = AuxiliaryControl(
            clock,
            self.agenda,
            self.randomised_offset,
            usual_ports(clock) if auxiliary is None else auxiliary,
            now=self.now,
            report=self.report,
        )
        self.tariffs = Tariffs(
            self.agenda,
            self.randomised_offset,
            now=self.now,
            account=lambda: self.flows.settle(clock.now()),
            has_secondary_element=self.variant.is_twin,
            is_offset_applied=configuration.is_offset_applied_to_tariff,
        )
        self.metering = Metering(self.agenda, self.flows, self.now, is_twin=self.variant.is_twin)
        join_tariffs(self.metering, self.tariffs)
        self.identity = MeterIdentity(configuration)
        self.security = Security(self, DeviceType.ESME, self.agenda)
        self.credential_details = self.security.details
        self.firmware = Firmware(self, self.agenda, configuration.firmware)
        self.payment = payment.attach(self, clock, configuration.payment_questions)
        display_sources.fill(self)
        payment_display.fill(self)
        self.on_power_up: list[Callable[[], object]] = []
        self._is_commissioned = False
        self.objects = ObjectTable(objects.rows(self))
        self.serve(dict.fromkeys(objects.CODES, self.run_dlms))
        self._listen()

    def _listen(self) -> None:
        for node in self.circuits.nodes:
            node.listen(lambda at, _watts: self._power_changed(at))
        self.power.on_lost.append(self._power_lost)
        self.power.on_restored.append(self._power_restored)
        self.power.on_ready.append(self._booted)
        self.agenda.before.append(self.flows.account)
        self.register.takers.append(self.tariffs.primary.operation.take)
        if self.tariffs.secondary is not None:
            self.flows.secondary_import.takers.append(self.tariffs.secondary.operation.take)
        self.clock.on_set.append(lambda was: self.agenda.clock_set(was_reliable=was))
        self.clock.on_set.append(lambda was: self.tariffs.clock_set(was_reliable=was))
        self.clock.on_set.append(lambda _was: self.auxiliary.refresh())
        self.network.on_joined.append(lambda: self.report(JOINED))
        self.supply.on_change.append(self.load_limit.supply_changed)
        self.supply.on_armed.append(lambda: self.report(ARMED))
        self.supply.on_failure.append(lambda closed: self.report(SWITCH_FAILURE[closed]))
        for monitor in self.phases.monitors:
            monitor.on_event.append(self._voltage_event)
        self.metering.billing.on_period_end.append(
            lambda due: objects.billing.send_newest_entry(self, due)
        )
        self.clock.on_difference.append(self._clock_differs)
        self.security.updates.on_replaced.append(self._party_changed)
        self.firmware.on_version.append(self._version_changed)
        self.firmware.restart = self.power.restart

        self.user_interface.boost = self.auxiliary.boost.press
        self._follow_settings()

    def _follow_settings(self) -> None:
        settings = self.alert_settings
        self.is_logged_in = settings.is_logged_in
        self.is_told = lambda code: settings.is_enabled(Behaviour.WAN_ALERT, code)
        self.alerts.is_wanted = lambda code: not settings.is_turned_off(Behaviour.WAN_ALERT, code)
        for log in (self.event_log, self.power_event_log):
            log.is_wanted = lambda code: not settings.is_turned_off(Behaviour.LOGGING, code)
        self.on_carried_out.append(self.command_log.record)
        self.on_report.append(self._sound_alarm)

    def _sound_alarm(self, code: int) -> None:
        if self.alert_settings.is_enabled(Behaviour.ALARM, code):
            self.user_interface.sounding.add(code)

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

    def join(self, hub: HomeAreaHub, install_code: bytes) -> None:
        """Seek this hub with this install code from now on."""
        self.network.seek(hub, self, install_code)

    def receive_image(self, octets: bytes) -> None:
        """An OTA file, as the hub hands it over."""
        if self.power.is_ready and self.network.is_joined:
            self.firmware.receive_image(octets)

    def press_button(self) -> None:
        """The deliberate press that closes an armed supply."""
        self.user_interface.press(Button.CONFIRM, HOLD)

    def _close_supply(self) -> bool:
        was = self.supply.state
        self.supply.press()
        return was is SupplyState.ARMED and self.supply.state is SupplyState.ENABLED

    def _by_user(self, code: int, other: bytes) -> None:
        self.report(code, other=other)

    # What comes over the network.

    def receive(self, octets: bytes) -> None:
        if self.power.is_ready and self.network.is_joined:
            self.process(octets)

    def link_changed(self) -> None:
        self.network.look()
        self.outbox.flush()

    # What its objects ask.

    def bench_now(self) -> datetime:
        """The bench's time, by which energy is accounted for."""
        return self._clock.now()

    def import_watt_hours(self) -> int:
        return self.register.watt_hours(self._clock.now())

    def set_clock(self, start: datetime, end: datetime) -> None:
        """Set Clock with its window: event log if set; security log and alert if not (E-005).

        The first success is what a device can see of its commissioning, so it says so then
        (8F69; inferred).
        """
        if not self.clock.set_from_hub(start, end):
            self.report(CLOCK_OUTSIDE_WINDOW)
            return
        self.report(CLOCK_ADJUSTED)
        if not self._is_commissioned:
            self._is_commissioned = True
            self.report(COMMISSIONED)

    # What happens to it.

    def _power_changed(self, at: datetime) -> None:
        self.flows.settle(at)
        self.load_limit.observe(self.flows.active_power())
        self.payment.cost_changed()

    def _power_lost(self, _since: datetime) -> None:
        at = self._clock.now()
        self.agenda.pause()
        self.user_interface.switch_off()
        self.load_limit.pause()
        self.load_limit.observe(self.flows.active_power())
        self.flows.settle(at)
        self.phases.switch_off(at)

    def _power_restored(self, since: datetime | None, at: datetime) -> None:
        self.flows.power_up(at)
        self.phases.observe(at)
        self.agenda.resume()
        self.load_limit.resume()
        self.load_limit.observe(self.flows.active_power())
        self.payment.cost_changed()
        if since is None:
            return
        for hook in self.on_power_up:
            hook()
        now = self.now()
        self.outage.record(Outage(lost=now - (at - since), restored=now))

    def _party_changed(self, _role: Role, old: Eui64, _new: Eui64) -> None:
        """What the party that has gone had dated is not carried out any more (inferred)."""
        self.dated.drop(lambda waiting: waiting.party == old)
        waiting = self.firmware.pending
        if waiting is not None and waiting.party == old:
            self.firmware.forget_activation()

    def _version_changed(self, version: bytes) -> None:
        self.firmware_version = version

    def _booted(self) -> None:
        self.tamper.power_restored()
        self.auxiliary.refresh()
        self.firmware.power_on()
        self.outage.tell()
        self.phases.tell_outages()
        self.network.look()
        self.outbox.flush()

    def _outage_report(self, phase: int) -> OutageReport:
        return OutageReport(self._log_power_event, self._send_outage_alert, phase=phase)

    def _voltage_event(self, code: int, volts: int) -> None:
        self.report(code, other=volts)

    def _phase_event(self, code: int) -> None:
        if self.power.is_ready:
            self.report(code)

    def _clock_differs(self) -> None:
        self.report(CLOCK_DIFFERENCE)

    def _log_power_event(self, code: int, number: int, at: datetime) -> None:
        self.power_event_log.write(code, number, at=at)

    def _send_outage_alert(self, code: int, outage: Outage) -> None:
        stamps = (octet_string(DateTime.at(time).octets) for time in (outage.lost, outage.restored))
        self.alerts.send(code, *stamps)
