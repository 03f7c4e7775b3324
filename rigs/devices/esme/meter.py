"""The electricity meter (ESME).

It joins the parts: power input, register, voltage monitor, load switch, clock, agenda, logs, and
the GBCS device that answers for them. Metrology starts the moment the supply is back;
communication starts once the meter has booted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from assay.clock import Clock
from assay.gbcs.certificates import CertificateView
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.trust_anchors import CellName
from rigs.devices import credential_details, logs
from rigs.devices.agenda import Agenda
from rigs.devices.credential_details import CredentialDetails
from rigs.devices.dated import DatedActivations
from rigs.devices.dlms_objects import ObjectTable
from rigs.devices.esme import objects
from rigs.devices.esme.configuration import MeterConfiguration
from rigs.devices.esme.display import Display
from rigs.devices.esme.meter_clock import MeterClock
from rigs.devices.esme.outage import Outage, OutageReport
from rigs.devices.esme.registers import EnergyRegister
from rigs.devices.esme.supply_control import SupplyControl
from rigs.devices.esme.voltage_monitor import VoltageMonitor
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.network_access import HomeAreaHub, NetworkAccess
from rigs.devices.power import MainsPower
from rigs.premises import Contactor, LoadNode, SupplyNode

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
    ) -> None:
        device_id = configuration.device_id
        self.terminals = supply
        self.load = load
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
        self.display = Display()
        self.register = EnergyRegister(clock.now(), self._watts)
        self.voltage = VoltageMonitor(clock, self.now, configuration.voltage, self._volts())
        self.supply = SupplyControl(contactor)
        self.outage = OutageReport(self._log_power_event, self._send_outage_alert)
        self.agenda = Agenda(clock, self.clock)
        self.dated = DatedActivations(self.agenda, self.now, self.alerts.send)
        self.credential_details = CredentialDetails(self.credentials.anchors)
        self.on_power_up: list[Callable[[], object]] = []
        self._is_commissioned = False
        self.objects = ObjectTable(objects.rows(self))
        self.serve(dict.fromkeys(objects.CODES, self.run_dlms))
        self.serve({credential_details.CODE: self.credential_details.answer})
        self._listen()

    def _listen(self) -> None:
        # The power input hears of the supply first: what it finds decides what is measured.
        self.terminals.listen(self._supply_changed)
        self.load.listen(lambda at, _watts: self.register.update(at))
        self.power.on_lost.append(self._power_lost)
        self.power.on_restored.append(self._power_restored)
        self.power.on_ready.append(self._booted)
        self.agenda.before.append(self.register.update)
        self.clock.on_set.append(lambda was: self.agenda.clock_set(was_reliable=was))
        self.network.on_joined.append(lambda: self.event_log.write(JOINED))
        self.supply.on_armed.append(lambda: self.alerts.send(ARMED))
        self.supply.on_failure.append(lambda closed: self.alerts.send(SWITCH_FAILURE[closed]))
        self.voltage.on_event.append(self._voltage_event)
        self.clock.on_difference.append(self._clock_differs)

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

    def press_button(self) -> None:
        if self.power.is_ready:
            self.supply.press()

    # What comes over the network.

    def receive(self, octets: bytes) -> None:
        if self.power.is_ready and self.network.is_joined:
            self.process(octets)

    def link_changed(self) -> None:
        self.network.look()
        self.outbox.flush()

    # What its objects ask.

    def import_watt_hours(self) -> int:
        return self.register.watt_hours(self._clock.now())

    def set_clock(self, start: datetime, end: datetime) -> None:
        """Set Clock with its window: event log if set; security log and alert if not (E-005).

        The first success is what a device can see of its commissioning, so it says so then
        (8F69; inferred).
        """
        if not self.clock.set_from_hub(start, end):
            self.event_log.write(CLOCK_OUTSIDE_WINDOW)
            self.security_log.write(CLOCK_OUTSIDE_WINDOW)
            self.alerts.send(CLOCK_OUTSIDE_WINDOW)
            return
        self.event_log.write(CLOCK_ADJUSTED)
        if not self._is_commissioned:
            self._is_commissioned = True
            self.alerts.send(COMMISSIONED)

    def _watts(self) -> Decimal:
        return self.load.watts if self.power.is_alive else Decimal(0)

    def _volts(self) -> Decimal | None:
        return self.terminals.volts if self.power.is_alive else None

    # What happens to it.

    def _supply_changed(self, at: datetime, _volts: Decimal) -> None:
        self.voltage.observe(at, self._volts())

    def _power_lost(self, _since: datetime) -> None:
        at = self._clock.now()
        self.agenda.pause()
        self.register.update(at)
        self.voltage.observe(at, None)

    def _power_restored(self, since: datetime | None, at: datetime) -> None:
        self.register.power_up(at)
        self.voltage.observe(at, self._volts())
        self.agenda.resume()
        if since is None:
            return
        for hook in self.on_power_up:
            hook()
        now = self.now()
        self.outage.record(Outage(lost=now - (at - since), restored=now))

    def _booted(self) -> None:
        self.outage.tell()
        self.network.look()
        self.outbox.flush()

    def _voltage_event(self, code: int, volts: int) -> None:
        self.power_event_log.write(code, volts)
        self.alerts.send(code)

    def _clock_differs(self) -> None:
        self.security_log.write(CLOCK_DIFFERENCE)
        self.alerts.send(CLOCK_DIFFERENCE)

    def _log_power_event(self, code: int, number: int, at: datetime) -> None:
        self.power_event_log.write(code, number, at=at)

    def _send_outage_alert(self, code: int, outage: Outage) -> None:
        stamps = (octet_string(DateTime.at(time).octets) for time in (outage.lost, outage.restored))
        self.alerts.send(code, *stamps)
