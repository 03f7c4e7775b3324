"""What makes each device send each alert: a command, a fault in its home, or the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from assay.gbcs import firmware_image
from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.dlms.data import array, octet_string, unsigned
from assay.gbcs.firmware_image import OtaFile, OtaHeader, image_hash
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.device_type import DeviceType
from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from rigs.devices.hub.sub_ghz import SubGhzBand
from rigs.devices.peers import Peer
from rigs.devices.security import CELLS, MODES
from tests.rigs.gsme.gas_kit import gbz, zcl
from tests.rigs.security.kit import hierarchy
from tests.rigs.use_cases import wrong
from tests.rigs.use_cases.attempts import OWN_NAME, Attempt, asker, reading, writing
from tests.rigs.use_cases.own_commands import IMAGE, STRANGER, asn1, replacement, set_level
from tests.rigs.use_cases.whole_premises import IDENTIFIERS, WholePremises

Cause = Callable[[WholePremises, DeviceType], None]
SUPPLIER, BROKER = Role.SUPPLIER, Role.ACCESS_CONTROL_BROKER
A_USER = Eui64.from_text("90-B3-D5-1F-30-03-00-00")
HOUR = timedelta(hours=1)
_DAY_S = 86_400


def in_an_hour(premises: WholePremises) -> datetime:
    return premises.clock.now().replace(microsecond=0) + HOUR


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _send(premises: WholePremises, kind: DeviceType, attempt: Attempt) -> None:
    """A command that is carried out later; the alerts that follow are kept."""
    assert premises.answer(attempt.octets(premises, kind)) is not None
    premises.pass_time(2 * HOUR.total_seconds())


def firmware_at_a_date(premises: WholePremises, kind: DeviceType) -> None:
    counter = premises.next_counter()
    value = {
        "image_hash": image_hash(IMAGE).hex(),
        "originator_counter": counter,
        "execution_time": _text(in_an_hour(premises)),
    }
    _send(premises, kind, asn1(0x0012, asker(0x0012, kind), value, counter=counter))


def credentials_at_a_date(code: int) -> Cause:
    def cause(premises: WholePremises, kind: DeviceType) -> None:
        (role,) = MODES[code].targets
        names = [name for name in CELLS[kind] if name.role is role]
        new = {name: hierarchy().issue(role, name.key) for name in names}
        at = _text(in_an_hour(premises))
        _send(premises, kind, replacement(premises, code, new, at=at))
        premises.trust_again(kind)

    return cause


def calendar_at_a_date(premises: WholePremises, kind: DeviceType) -> None:
    at = octet_string(DateTime.at(in_an_hour(premises)).octets)
    _send(premises, kind, writing(premises, 0x011A, SUPPLIER, array(), array(), at, at))


def mode_at_a_date(premises: WholePremises, kind: DeviceType) -> None:
    change = zcl(
        "ChangePaymentMode",
        provider_id=0,
        issuer_event_id=0,
        implementation_time=seconds_since_2000(in_an_hour(premises)),
        payment_control=3220,
        cut_off=-1,
    )
    _send(premises, kind, Attempt(name=OWN_NAME, code=0x006C, role=SUPPLIER, payload=gbz(change)))


def an_image(premises: WholePremises, role: Role = SUPPLIER) -> bytes:
    header = OtaHeader(
        manufacturer_code=0x1234,
        image_type=1,
        file_version=3,
        text=b"device",
        minimum_hardware=0,
        maximum_hardware=3,
    )
    key = premises.held[CellName(role, CellKey.SIGNATURE)].key
    return OtaFile(header=header, image=firmware_image.sign(IMAGE, key)).to_octets()


def image_arrives(premises: WholePremises, kind: DeviceType) -> None:
    premises.receive_image(kind, an_image(premises))
    premises.pass_time(2000)


def image_over_the_wan(premises: WholePremises, _: DeviceType) -> None:
    """For a display, which runs it at once; the hub says that it has passed it on."""
    display = IDENTIFIERS[DeviceType.PPMID]
    octets = an_image(premises, BROKER)
    premises.wan.send_image_down(IDENTIFIERS[DeviceType.CHF], [display], octets)
    premises.pass_time(120)


def limit(premises: WholePremises, kind: DeviceType) -> None:
    """For the second hour from now; the alerts are of its begin and of its end."""
    good, _ = set_level(premises, kind, 0x011F)
    _send(premises, kind, good)
    premises.pass_time(HOUR.total_seconds())


def bill(premises: WholePremises, _: DeviceType) -> None:
    start = BillingStart(at=time(0, 0))
    premises.meter.metering.billing.set_calendar(BillingCalendar((start,)))
    premises.pass_time(_DAY_S)


def bill_gas(premises: WholePremises, _: DeviceType) -> None:
    period = {
        "provider_id": 0,
        "issuer_event_id": 0,
        "start_time": seconds_since_2000(in_an_hour(premises)),
        "duration": 1,
        "duration_type": 0x21,
        "tariff_type": 0,
    }
    parts = (
        zcl("PublishBillingPeriod", **period),
        zcl("PublishBlockPeriod", **period, control=2, tariff_resolution_period=1),
    )
    command = Attempt(name=OWN_NAME, code=0x00D8, role=SUPPLIER, payload=gbz(*parts))
    _send(premises, DeviceType.GSME, command)
    premises.pass_time(_DAY_S)


def outage(premises: WholePremises, _: DeviceType) -> None:
    premises.supply.feed(Decimal(0), Decimal(0))
    premises.pass_time(200)
    premises.supply.feed(Decimal(230), Decimal(50))
    premises.pass_time(120)


def high_voltage(premises: WholePremises, _: DeviceType) -> None:
    premises.supply.feed(Decimal(280), Decimal(50))
    premises.pass_time(60)
    premises.supply.feed(Decimal(230), Decimal(50))


def wrong_mac(premises: WholePremises, kind: DeviceType) -> None:
    code = 0x0012
    command = asn1(
        code, asker(code, kind), {"image_hash": bytes(32).hex(), "originator_counter": 1}
    )
    assert premises.answer(wrong.spoilt(command.octets(premises, kind))) is None


def unknown_code(premises: WholePremises, kind: DeviceType) -> None:
    """Of a use case that only meters have."""
    command = replace(reading(premises, 0x0052, BROKER), supplementary=A_USER)
    assert 0x0052 not in premises.devices[kind].handlers
    assert premises.answer(command.octets(premises, kind)) is None


def a_device_joins_the_proxy(premises: WholePremises, _: DeviceType) -> None:
    entry = Peer(device_id=STRANGER, device_type=DeviceType.PPMID)
    premises.proxy.security.device_log.enter(entry)
    premises.pass_time(5)


def a_device_leaves_the_hub(premises: WholePremises, _: DeviceType) -> None:
    premises.hub.device_log.remove(IDENTIFIERS[DeviceType.HCALCS])
    premises.pass_time(5)


def a_gas_credit_event(premises: WholePremises, _: DeviceType) -> None:
    """Prepayment with nothing in the meter: low credit is told."""
    mode = zcl(
        "ChangePaymentMode",
        provider_id=0,
        issuer_event_id=0,
        implementation_time=0,
        payment_control=3223,
        cut_off=-1_000_000,
    )
    level = zcl("SetLowCreditWarningLevel", level=1_000_000)
    for code, part in ((0x006D, mode), (0x006F, level)):
        command = Attempt(name=OWN_NAME, code=code, role=SUPPLIER, payload=gbz(part))
        _send(premises, DeviceType.GSME, command)


def _band(premises: WholePremises) -> SubGhzBand:
    assert premises.hub.sub_ghz is not None
    return premises.hub.sub_ghz


def too_much_on_the_air(premises: WholePremises, _: DeviceType) -> None:
    """A device that takes more than its share is silenced, and what comes for it thrown away."""
    band, meter = _band(premises), IDENTIFIERS[DeviceType.ESME]
    band.attach(meter, is_gas_meter=False)
    while not band.is_suspended(meter):
        band.carry_down(meter, bytes(1000))
    command = reading(premises, 0x0052, SUPPLIER).octets(premises, DeviceType.ESME)
    premises.wan.send_down(IDENTIFIERS[DeviceType.CHF], meter, command)
    premises.pass_time(5)


def a_quieter_channel(premises: WholePremises, kind: DeviceType) -> None:
    band = _band(premises)
    chosen = band.settings.channels[3]
    band.noise_of = lambda channel: 0 if channel == chosen else 20
    premises.answer(writing(premises, 0x010E, BROKER, unsigned(0)).octets(premises, kind))
    premises.pass_time(5)


def one_device_too_many(premises: WholePremises, _: DeviceType) -> None:
    band = _band(premises)
    for number in range(band.capacity + 1):
        band.attach(Eui64(b"\x00\xdb" + bytes(5) + bytes((number,))), is_gas_meter=False)
    premises.pass_time(5)


def configured_band(premises: WholePremises, kind: DeviceType) -> None:
    command = writing(premises, 0x010D, BROKER, _band(premises).settings.to_data())
    premises.answer(command.octets(premises, kind))


CAUSES: Mapping[DeviceType, tuple[tuple[Cause, frozenset[int]], ...]] = {
    DeviceType.ESME: (
        (image_arrives, frozenset((0x00CE,))),
        (firmware_at_a_date, frozenset((0x00CA,))),
        (credentials_at_a_date(0x0102), frozenset((0x00CB,))),
        (credentials_at_a_date(0x0126), frozenset((0x0124,))),
        (calendar_at_a_date, frozenset((0x00CC,))),
        (limit, frozenset((0x0121, 0x0122))),
        (wrong_mac, frozenset((0x1000,))),
        (high_voltage, frozenset((0x1001,))),
        (bill, frozenset((0x0061,))),
        (outage, frozenset((0x0067,))),
    ),
    DeviceType.GSME: (
        (image_arrives, frozenset((0x00CF,))),
        (wrong_mac, frozenset((0x1000,))),
        (mode_at_a_date, frozenset((0x00CD,))),
        (a_gas_credit_event, frozenset((0x1001,))),
    ),
    DeviceType.GPF: (
        (a_device_joins_the_proxy, frozenset((0x00B2,))),
        (bill_gas, frozenset((0x008B,))),
    ),
    DeviceType.CHF: (
        (image_over_the_wan, frozenset((0x0128,))),
        (configured_band, frozenset((0x0113,))),
        (a_quieter_channel, frozenset((0x0111, 0x0112))),
        (too_much_on_the_air, frozenset((0x0110, 0x0114))),
        (one_device_too_many, frozenset((0x0115,))),
        (a_device_leaves_the_hub, frozenset((0x0018,))),
    ),
    DeviceType.PPMID: ((image_over_the_wan, frozenset((0x012B,))),),
    DeviceType.SAPC: (
        (calendar_at_a_date, frozenset((0x00CC,))),
        (credentials_at_a_date(0x0125), frozenset((0x0124,))),
        (limit, frozenset((0x0122,))),
        (unknown_code, frozenset((0x0120,))),
    ),
}
"""By type, in this order: what happens, and the message codes of the alerts that must come.

GCS53 comes from the proxy, which has the billing log of the gas meter. 00F0 and 00F2 (an integrity
issue as a warning) and ECS200 (an operational update) have no cause: no text that we have says what
it would be.
"""
