"""The virtual premises' smart devices: state machines on the bench's clock.

How a premises is built (fixtures do this, on the state thread of the bench):

    supply = SupplyNode(clock)                      # rigs.premises
    contactor = Contactor(clock)
    load = LoadNode(clock, supply, contactor)

    hub = VirtualHub(clock, wan, HubConfiguration(device_id=HUB_ID), supply)
    meter = ElectricityMeter(
        clock,
        MeterConfiguration(device_id=METER_ID, firmware_version=bytes.fromhex("00000001")),
        supply=supply,
        contactor=contactor,
        load=load,
    )

The hub attaches itself to the WAN. Each device makes its own key pairs and hands out
certificate requests; fixtures carry them to the SMKI and bring the certificates back,
together with the parties' certificates for the trust anchor cells:

    for device in (hub, meter):
        requests: Mapping[KeyUsage, bytes] = device.credentials.requests()     # PKCS#10, DER
        device.install(certificates, anchors)
        # certificates: Iterable[CertificateView], one per usage
        # anchors: Mapping[CellName, CertificateView]; a cell without one stays empty

    meter.join(hub, install_code)                    # seeks the hub from now on, joins once the
                                                     # hub has it in its log (CCS01), the window
                                                     # is open and the install codes agree

A twin-element or polyphase meter gets its circuits too; `wire` makes them, and for a single
element generation beside the load:

    wiring = wire(clock, MeterVariant.TWIN_ELEMENT, supply)    # rigs.devices.esme.wiring
    meter = ElectricityMeter(clock, configuration, supply=wiring.supply,
                             contactor=wiring.contactor, load=wiring.load,
                             circuits=wiring.circuits)

What a bench can do to a meter: the supply and the load through the nodes, and

    meter.press_button()                             # closes an armed supply
    meter.user_interface.press(Button.STEP)          # STEP, CONFIRM, BOOST; held for so long
    meter.user_interface.enter(UserCommand.SET_PRIVACY_PIN, "2580")
    tamper.begin(Interference.METER_COVER)           # the TamperNode handed to the meter

Auxiliary loads hang on `Port`s handed to the meter (`rigs.devices.esme.auxiliary.wiring` makes
the usual ones); `meter.auxiliary.attach(device_id, load)` is for an HCALCS.

The small devices of a home are built and joined alike, and paired with the meter by CS03x:

    PrepaymentDisplay(clock, PrepaymentDisplayConfiguration(device_id=...), supply)   # ppmid
    LoadControlSwitch(clock, LoadControlSwitchConfiguration(...), supply, contactor)  # hcalcs
    StandAloneController(clock, StandAloneControllerConfiguration(...), supply, node) # sapc
    InHomeDisplay(clock, device_id, supply)          # type2: no keys of GBCS, reads only
    HandHeldTerminal(device_id, install_code)        # hand_held: `connect(hub)`, `hand_over`

A meter answers them once `han_electricity.requests_of(meter)`, `hcalcs.serve_load_control` and
`shared_events.share_events` have been called and its answers offered (`network.offer`).

What it can look at without GBCS: `meter.user_interface.display_state`, `meter.supply.state`,
`meter.event_log`, `meter.security_log`, `meter.power_event_log`, `hub.device_log`,
`hub.link.taps` (called with direction "down" or "up", device id, message and time).
Everything else is asked over GBCS, as of a real device.

Gas: a meter on a battery, and its proxy in the hub's box, which mirrors it at each wake:

    valve = GasValve(clock)                          # rigs.premises_gas
    flow = GasFlow(clock, valve)
    gas_meter = GasMeter(clock, GasMeterConfiguration(device_id=...), flow=flow, valve=valve,
                         battery=BatteryNode(clock), covers=CoverNode(clock))         # gsme
    gas_proxy = GasProxy(clock, PROXY_ID, hub)                                        # gpf
    gas_meter.on_push.append(gas_proxy.mirror)
    gas_meter.join(hub, install_code)                # awake for an hour, then every half hour

What every device has in common hangs on it: `device.security` (cells and their replacement, own
keys, `device_log` of joined devices, refusals) and `device.firmware` (`receive_image`, activation,
roll-back). A new type of device makes both at the end of its constructor, with its agenda:

    self.security = Security(self, DeviceType.PPMID, self.agenda)
    self.firmware = Firmware(self, self.agenda, FirmwareSettings(version=...))

Every behaviour that a rogue changes is a small attribute or hook of the part that has it
(`meter.checks`, `meter.alerts.silenced`, `meter.supply.actuate`, `meter.clock.drift_ppm`, ...).

All of it belongs to the bench's state thread: construct, call and read devices there
(`LoopThread.run`), except with a `SimulatedClock` that has no thread.
"""

from rigs.devices.credentials import DeviceCredentials
from rigs.devices.esme import ElectricityMeter, MeterConfiguration
from rigs.devices.han import HanLink
from rigs.devices.hub import HubConfiguration, VirtualHub

__all__ = [
    "DeviceCredentials",
    "ElectricityMeter",
    "HanLink",
    "HubConfiguration",
    "MeterConfiguration",
    "VirtualHub",
]
