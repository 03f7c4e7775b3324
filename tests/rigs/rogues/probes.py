"""What can be seen of a premises from outside, as values: a rogue must change one of them.

Each probe plays one part of the requirements on a fresh premises and returns what a bench
would note. They are no scenarios: they only show that a planted fault shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from assay.gbcs import messages, protection
from assay.gbcs.asn1.credentials import CredentialsRequest, CredentialsResponse
from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.dlms.access import Response, decode_payload, invoke_id
from assay.gbcs.dlms.data import (
    boolean,
    double_long_unsigned,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.trust_anchors import CellKey, CellName
from tests.rigs.devices.faulty_commands import FAULTY
from tests.rigs.devices.premises_kit import (
    BROKER,
    HUB,
    INSTALL_CODE,
    METER,
    NETWORK,
    SUPPLIER,
    VOLTS,
    Premises,
    items,
    profile_items,
)

Observation = list[object]
Plant = Callable[[Premises], None]
Probe = Callable[[Plant], Observation]


def joined(plant: Plant, *, join: bool = True) -> Premises:
    premises = Premises()
    plant(premises)
    premises.meter.join(premises.hub, INSTALL_CODE)
    if join:
        premises.add_meter()
        premises.pass_time(20)
        premises.dsp.arrived.clear()
    return premises


def order(premises: Premises, what: int) -> list[int]:
    code, script = {51: 0x004F, 52: 0x0050, 54: 0x0051}[what], what
    answer = premises.answer(premises.command(code, SUPPLIER, (long_unsigned(script),)))
    return premises.results(answer) if answer is not None and answer.payload else []


def refusals(plant: Plant) -> Observation:
    """Every faulty command: answer, state of the supply, log, alerts; and the next right one."""
    seen: Observation = []
    for name, faulty in FAULTY.items():
        premises = joined(plant)
        order(premises, 54)
        premises.meter.supply.enable()
        premises.dsp.arrived.clear()
        command = faulty.make(premises)
        premises.send(command, target=METER)
        meter = premises.meter
        counters = dict(meter.credentials.anchors.counters)
        seen.append(
            (
                name,
                len(premises.arrived(Cra.RESPONSE)),
                premises.contactor.closed,
                meter.security_log.codes(),
                premises.alert_codes(),
                counters[SUPPLIER] > 1002,
            )
        )
    return seen


def answers(plant: Plant) -> Observation:
    """One command of several kinds: header, protection and results of what comes back."""
    seen: Observation = []
    commands = [
        (0x0052, SUPPLIER, None),
        (0x0059, SUPPLIER, None),
        (0x0039, NETWORK, None),
        (0x0021, SUPPLIER, (octet_string(b"hello"),)),
        (0x0050, SUPPLIER, (long_unsigned(52),)),
        (0x00D3, NETWORK, (integer(0), integer(0))),
    ]
    for code, role, data in commands:
        premises = joined(plant)
        command = premises.plain_command(code, role, data)
        answer = premises.answer(premises.command(code, role, data, counter=command.counter))
        seen.append(describe(premises, command, answer))
    premises = joined(plant)
    answer = premises.read_registers()
    blob = answer is not None and is_encrypted(premises, answer)
    return [*seen, blob, premises.meter.display.message, firmware(premises), display(premises)]


def describe(premises: Premises, command: Message, answer: Message | None) -> object:
    if answer is None:
        return None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    signing = premises.meter.credentials.certificates
    secret = premises.secret(answer.recipient, METER)
    certified = next(c for usage, c in signing.items() if usage == "ds").public_key
    return (
        answer.counter - command.counter,
        answer.date_time is not None,
        protection.is_signature_valid(answer, certified),
        protection.is_mac_valid(answer, secret),
        answer.mac is not None,
        payload.invoke_id - invoke_id(command.counter),
        tuple(premises.results(answer)),
    )


def is_encrypted(premises: Premises, answer: Message) -> bool:
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    blob = payload.items[0].data.value[1].value
    if not blob.startswith(protection.CIPHERED_HEAD):
        return False
    secret = premises.secret(answer.recipient, METER)
    return (
        protection.decrypt(blob, secret, answer.originator, answer.counter, answer.recipient)
        is not None
    )


def firmware(premises: Premises) -> object:
    answer = premises.answer(premises.command(0x0059, SUPPLIER))
    if answer is None:
        return None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return payload.items[0].data.value


def display(premises: Premises) -> str:
    premises.answer(premises.command(0x0021, SUPPLIER, (octet_string(b"shown"),)))
    return premises.meter.display.message


def content(plant: Plant) -> Observation:
    """What the meter says of its counters and logs, and whether it stops at an error."""
    premises = joined(plant)
    order(premises, 52)
    last = premises.counter
    request = CredentialsRequest(
        authorising_cell=CellName(BROKER, CellKey.AGREEMENT), roles=(SUPPLIER,)
    )
    answer = premises.answer(premises.command(0x0008, BROKER, payload=request.to_payload()))
    stated = (
        [
            None if entry.counter is None else entry.counter - last
            for entry in CredentialsResponse.from_payload(answer.payload).roles
        ]
        if answer is not None
        else []
    )
    premises.meter.security_log.write(0x8F1E)
    at = seconds_since_2000(premises.meter.security_log.entries[-1].at)
    rows = len(read_security_log(premises, at, at))
    data = [octet_string(b"")] + [double_long_unsigned(99)] * 10 + [integer(0)] * 2
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, items(0x0045, data))
    stopped = premises.answer(premises.command(0x0045, NETWORK, counter=counter, payload=payload))
    results = premises.results(stopped) if stopped is not None else []
    return [stated, rows, results, premises.meter.voltage.swell.setting.volts]


def read_security_log(premises: Premises, first: int, last: int) -> tuple[object, ...]:
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, profile_items(0x0049, first, last))
    answer = premises.answer(premises.command(0x0049, SUPPLIER, counter=counter, payload=payload))
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    elements: tuple[object, ...] = response.items[0].data.value.elements
    return elements


def alerts(plant: Plant) -> Observation:
    """The counters of three alerts."""
    premises = joined(plant)
    for _ in range(3):
        order(premises, 54)
        order(premises, 51)
    return [message.counter for message, _ in premises.alerts(0x8F32)]


def silence(plant: Plant) -> Observation:
    """Whether a second critical command is answered."""
    premises = joined(plant)
    return [order(premises, what) for what in (52, 51)]


def supply(plant: Plant) -> Observation:
    """Orders and button: results, state read back, load, energy; and many switching cycles."""
    premises = joined(plant)
    premises.load.request(Decimal(2000))
    seen: Observation = []
    for what in (52, 54, 51, 52):
        seen.append((what, order(premises, what), read_state(premises), premises.load.watts))
        before = premises.meter.import_watt_hours()
        premises.pass_time(3600)
        seen.append(premises.meter.import_watt_hours() - before > 0)
    premises.meter.press_button()
    seen.append((premises.contactor.closed, read_state(premises)))
    order(premises, 54)
    premises.meter.press_button()
    seen.append((premises.contactor.closed, read_state(premises), premises.alert_codes()))
    for _ in range(45):
        order(premises, 52)
        seen.append(premises.load.watts)
        order(premises, 51)
    return seen


def read_state(premises: Premises) -> object:
    answer = premises.answer(premises.command(0x0052, SUPPLIER))
    if answer is None:
        return None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return payload.items[0].data.value


def register(plant: Plant) -> Observation:
    premises = joined(plant)
    premises.load.request(Decimal(2000))
    premises.pass_time(36_000)
    return [premises.meter.import_watt_hours()]


def clock(plant: Plant) -> Observation:
    """Set inside and outside the window, then a week."""
    premises = joined(plant)
    hour = timedelta(hours=1)
    now = premises.clock.now()
    outside = premises.set_clock(now - 2 * hour, now - hour).items[4].data.value
    inside = premises.set_clock().items[4].data.value
    difference = premises.meter.now() - premises.clock.now()
    premises.pass_time(7 * 86_400)
    drift = abs(premises.meter.now() - premises.clock.now())
    log = premises.meter.event_log.codes()
    return [outside, inside, abs(difference) < timedelta(seconds=10), drift.seconds < 10, log]


def outage(plant: Plant) -> Observation:
    """Outages on both sides of three minutes: what is told, when, and what is left."""
    seen: Observation = []
    for seconds in (30, 179, 181, 3600):
        premises = joined(plant)
        premises.load.request(Decimal(3000))
        premises.pass_time(3600)
        order(premises, 52)
        premises.set_clock()
        meter = premises.meter
        meter.voltage.average_over.configure(249)
        premises.dsp.arrived.clear()
        energy = meter.import_watt_hours()
        counters = dict(meter.credentials.anchors.counters)
        premises.interrupt(seconds)
        restored = premises.clock.now()
        premises.pass_time(900)
        told = [
            (parts[0].value, [DateTime(p.value).as_utc() for p in parts[2:]])
            for code in (0x8F35, 0x8F36)
            for _, parts in premises.alerts(code)
        ]
        late = [at - restored > timedelta(seconds=20) for at, _ in premises.dsp.arrived]
        seen += [
            told,
            late,
            meter.power_event_log.codes(),
            meter.import_watt_hours() - energy,
            meter.credentials.anchors.counters == counters,
            premises.contactor.closed,
            meter.voltage.average_over.volts,
            meter.now() == premises.clock.now(),
        ]
    return seen


def voltage(plant: Plant) -> Observation:
    """Averages and levels half a volt and a second on each side of what was set."""
    seen: Observation = []
    for volts, seconds in (
        ("252.5", 1500),
        ("253.5", 3000),
        ("216.5", 1500),
        ("215.5", 3000),
        ("262.5", 29),
        ("262.5", 31),
        ("199.5", 29),
        ("199.5", 31),
        ("200.5", 120),
    ):
        premises = joined(plant)
        levels = [double_long_unsigned(v) for v in (262, 30, 200, 30, 207, 30, 256, 30)]
        averages = [double_long_unsigned(v) for v in (253, 216)]
        reset = [integer(0), integer(0)]
        premises.ask(0x0045, NETWORK, [double_long_unsigned(600), *levels, *averages, *reset])
        premises.feed(volts)
        premises.pass_time(seconds)
        premises.feed(VOLTS)
        premises.pass_time(1500)
        monitor = premises.meter.voltage
        counts = (monitor.average_over.counter, monitor.average_under.counter)
        ended = monitor.log[-1].ended if monitor.log else None
        premises.ask(
            0x00D1, NETWORK, [averages[1], averages[0], double_long_unsigned(600), *levels]
        )
        kept = monitor.average_over.counter
        premises.ask(0x00D3, NETWORK, reset)
        seen.append((premises.alert_codes(), counts, ended, kept, monitor.average_over.counter))
    return seen


def hub(plant: Plant) -> Observation:
    """Joining with right and wrong install code, messages for strangers, loss of power."""
    seen: Observation = []
    for install_code in (INSTALL_CODE, b"FEDCBA9876543210"):
        premises = joined(plant, join=False)
        premises.add_meter(install_code)
        premises.pass_time(30)
        hashes = [
            [len(d.value[1].value) for d in parts[2].value[2].value]
            for _, parts in premises.alerts(0x8F12)
        ]
        seen += [premises.meter.network.is_joined, hashes]
    stranger = joined(plant)
    carried: list[object] = []
    stranger.hub.link.taps.append(lambda direction, *_: carried.append(direction))
    stranger.hub.device_log.remove(METER)
    stranger.send(stranger.command(0x0052, SUPPLIER), target=METER)
    seen.append(carried)
    for seconds in (175, 300):
        premises = joined(plant)
        since = premises.clock.now()
        premises.interrupt(seconds)
        premises.pass_time(900)
        seen.append([(at - since, lost - since) for at, lost in premises.dsp.power_losses])
        seen.append(len(premises.hub.device_log.entries))
    premises = joined(plant)
    if premises.meter.network.is_joined:
        premises.set_clock()
    seen.append(premises.meter.now() - premises.clock.now())
    return seen


def hub_itself(plant: Plant) -> Observation:
    """What the hub answers about itself, and how many devices its log takes."""
    premises = joined(plant)
    request = CredentialsRequest(
        authorising_cell=CellName(BROKER, CellKey.AGREEMENT), roles=(SUPPLIER,)
    )
    read = premises.command(0x0008, BROKER, payload=request.to_payload(), recipient=HUB)
    seen: Observation = [premises.answer(read) is not None]
    for number in range(1, 4):
        entry = structure(
            octet_string(bytes(7) + bytes((number,))), enum(1), octet_string(bytes(16)), enum(1)
        )
        data = (entry, long_unsigned(90), boolean(True))
        answer = premises.answer(premises.command(0x0001, BROKER, data, recipient=HUB))
        seen.append(premises.results(answer) if answer is not None else None)
    return seen


PROBES: Mapping[str, tuple[Probe, ...]] = {
    "meter_refusals": (refusals,),
    "meter_messages": (answers, content, alerts, silence),
    "meter_supply": (supply, register, clock),
    "meter_outage": (outage,),
    "meter_voltage": (voltage,),
    "hub": (hub, hub_itself),
}
"""By the module of the gallery whose faults they must show."""
