"""The use cases of metering over GBCS: what a right command does, and what a wrong one gets."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from assay.gbcs.authority import permitted_roles
from assay.gbcs.catalogue import use_case
from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.dlms.access import Item, Obis, Op, Result
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    array,
    double_long_unsigned,
    enum,
    integer,
    octet_string,
    structure,
)
from assay.gbcs.messages import dlms_command_payload
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme.configuration import MeterConfiguration, MeterVariant
from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from rigs.devices.esme.metering.demand import DailyWindow
from rigs.devices.esme.metering.power_levels import PowerLevel
from rigs.devices.esme.objects import billing, demand, identity, profiles, registers
from rigs.devices.esme.objects.demand import entries_of
from tests.rigs.devices.premises_kit import BROKER, METER, NETWORK, START, SUPPLIER, Premises
from tests.rigs.esme.metering.asking import (
    Stranger,
    protected_request,
    read_log,
    read_profile,
    results,
)

DAY = timedelta(days=1)
MIDNIGHT = START + timedelta(hours=12)
WINDOW = DailyWindow(time(16, 0), time(20, 0))
MPAN, EXPORT_MPAN = b"1312345678111", b"1312345678333"
MONTHLY = structure(octet_string(bytes((12, 0, 0, 0))), octet_string(bytes.fromhex("FFFFFF01FF")))
ON_THE_31ST = structure(octet_string(bytes(4)), octet_string(bytes.fromhex("FFFFFF1FFF")))
WITH_A_YEAR = structure(octet_string(bytes(4)), octet_string(bytes.fromhex("07EAFF01FF")))


def until(premises: Premises, when: datetime) -> None:
    premises.clock.advance(when - premises.clock.now())


def outcome(premises: Premises, code: int, role: Role, data: list[Data] | None = None) -> list[int]:
    return [int(item.result) for item in premises.ask(code, role, data).items]


# Reading what passes now.


def test_export_registers_are_read_with_their_units(premises: Premises) -> None:
    premises.wiring.circuits.generation[0].request(Decimal(2000))
    premises.pass_time(3600)
    value, unit, reactive, reactive_unit = premises.ask(0x0026, NETWORK).items
    assert value.data == double_long_unsigned(2000)
    assert [part.value for part in unit.data.value] == [0, 30]
    assert reactive.data == double_long_unsigned(0)
    assert [part.value for part in reactive_unit.data.value] == [0, 32]


@pytest.mark.parametrize(("load", "sun", "watts"), [("1500.9", 0, 1500), (500, 800, 0)])
def test_the_power_imported_now_is_read_in_whole_watts(
    premises: Premises, load: str, sun: int, watts: int
) -> None:
    premises.load.request(Decimal(load))
    premises.wiring.circuits.generation[0].request(Decimal(sun))
    (item,) = premises.ask(0x0028, SUPPLIER).items
    total, unit, primary = item.data.value
    assert (total.value, primary.value) == (watts, watts)
    assert [part.value for part in unit.value] == [0, 27]


def test_a_twin_meter_tells_the_second_elements_register_and_both_powers() -> None:
    premises = twin()
    assert premises.secondary is not None
    premises.load.request(Decimal(1000))
    premises.secondary.request(Decimal(2000))
    premises.pass_time(3600)
    answer = premises.read_registers()
    assert answer is not None
    primary, _, _, _, second = premises.open_registers(answer).value[0].value
    assert (primary.value, second.value) == (1000, 2000)
    (power,) = premises.ask(0x0028, SUPPLIER).items
    assert [power.data.value[0].value, power.data.value[2].value] == [3000, 1000]


def twin() -> Premises:
    variant = MeterVariant.TWIN_ELEMENT
    return Premises.joined(MeterConfiguration(device_id=METER, variant=variant))


# Logs.


def test_the_import_profile_is_read_by_date_both_ends_included(premises: Premises) -> None:
    premises.load.request(Decimal(1000))
    premises.pass_time(3 * 3600)
    first, last = START + timedelta(minutes=60), START + timedelta(minutes=120)
    (log,) = read_log(premises, 0x0037, "0-0:99.1.0.255", first=first, last=last)
    assert log == [(seconds_since_2000(START) + 1800 * number, 500) for number in (2, 3, 4)]


@pytest.mark.parametrize("role", [SUPPLIER, NETWORK])
def test_a_range_without_entries_gives_none(premises: Premises, role: Role) -> None:
    past = START - 10 * DAY
    assert read_log(premises, 0x0037, "0-0:99.1.0.255", first=past, last=past, role=role) == [[]]


@pytest.mark.parametrize(
    ("code", "role", "entry"),
    [(0x0036, NETWORK, (0, 12)), (0x0038, SUPPLIER, (40,))],
    ids=["export", "reactive import"],
)
def test_the_other_profiles_are_read_by_range(
    premises: Premises, code: int, role: Role, entry: tuple[int, ...]
) -> None:
    premises.load.request(Decimal(1000), Decimal(80) if code == 0x0038 else Decimal(-24))
    until(premises, START + timedelta(minutes=90))
    found = read_profile(premises, code, role, START + timedelta(minutes=45), MIDNIGHT)
    assert [one[1:] for one in found] == [entry, entry]


@pytest.mark.parametrize(
    ("code", "obis", "first_values"),
    [
        (0x0060, "0-0:99.1.3.255", [12_000, 24_000]),
        (0x0033, "0-0:98.1.9.255", [12_000, 36_000]),
    ],
    ids=["consumption", "registers"],
)
def test_daily_logs_are_read_by_date(
    premises: Premises, code: int, obis: str, first_values: list[int]
) -> None:
    premises.load.request(Decimal(1000))
    until(premises, MIDNIGHT + 2 * DAY)
    (log,) = read_log(premises, code, obis, first=MIDNIGHT, last=MIDNIGHT + DAY)
    # The meter joined before the load was there: twenty seconds of the first day.
    assert [entry[0] for entry in log] == [
        seconds_since_2000(MIDNIGHT),
        seconds_since_2000(MIDNIGHT + DAY),
    ]
    missed = [value - entry[1] for entry, value in zip(log, first_values, strict=True)]
    assert all(0 <= watt_hours <= 7 for watt_hours in missed)


def test_the_daily_export_is_read_by_the_broker_for_its_supplier(premises: Premises) -> None:
    premises.wiring.circuits.generation[0].request(Decimal(1000))
    until(premises, MIDNIGHT + DAY)
    found = read_profile(premises, 0x0035, BROKER, MIDNIGHT, MIDNIGHT + DAY)
    assert found[1][1] - found[0][1] == 24_000


def test_the_prepayment_daily_log_is_empty_in_credit_mode(premises: Premises) -> None:
    until(premises, MIDNIGHT + DAY)
    found = read_log(premises, 0x0034, "0-0:98.1.8.255", first=START, last=MIDNIGHT + DAY)
    assert found == [[]]


def test_the_billing_data_log_is_read_with_registers_and_balances(premises: Premises) -> None:
    premises.meter.metering.billing.set_calendar(BillingCalendar((BillingStart(at=time(0, 0)),)))
    until(premises, MIDNIGHT + DAY)
    registers, balances = read_log(
        premises, 0x0030, "0-0:98.1.0.255", "0-0:98.1.1.255", first=START, last=MIDNIGHT + DAY
    )
    assert len(registers) == len(balances) == 2
    assert len(registers[0]) == 2 + 48 + 32
    assert len(balances[0]) == 7


def test_what_a_change_took_down_is_read(premises: Premises) -> None:
    premises.meter.metering.billing.take_snapshot(premises.meter.now())
    (found,) = read_log(premises, 0x002F, "0-0:98.1.2.255", first=START, last=MIDNIGHT)
    assert len(found) == 1
    assert len(found[0]) == 2 + 48 + 32 + 6


def test_a_party_that_the_meter_does_not_know_reads_under_its_own_key(premises: Premises) -> None:
    premises.load.request(Decimal(1000))
    until(premises, START + timedelta(hours=1))
    counter = premises.meter.alerts.counter
    data = protected_request(1, ("0-0:99.1.0.255",), START, MIDNIGHT)
    stranger = Stranger()
    answer = stranger.ask(premises, 0x0037, data)
    assert answer is not None
    assert answer.other.supplementary_counter == 4711
    assert answer.other.supplementary_originator_counter == counter + 1
    (log,) = stranger.open(premises, answer).value
    assert len(log.value.elements) == 2


# What is set.


@pytest.mark.parametrize(
    ("watts", "level"),
    [(901, PowerLevel.HIGH), (900, PowerLevel.MEDIUM), (300, PowerLevel.LOW)],
)
def test_power_thresholds_are_set_and_read(
    premises: Premises, watts: int, level: PowerLevel
) -> None:
    wanted = array(double_long_unsigned(300), double_long_unsigned(900))
    assert outcome(premises, 0x0047, SUPPLIER, [wanted]) == [0]
    assert premises.ask(0x0040, SUPPLIER).items[0].data == wanted
    premises.load.request(Decimal(watts))
    assert premises.meter.metering.power_level is level


def test_the_billing_calendar_is_set_and_read(premises: Premises) -> None:
    assert outcome(premises, 0x0046, SUPPLIER, [array(MONTHLY)]) == [0]
    assert premises.ask(0x003E, SUPPLIER).items[0].data == array(MONTHLY)
    assert premises.ask(0x00D9, SUPPLIER).items[0].data == array(MONTHLY)


def test_metering_points_are_set_and_read(premises: Premises) -> None:
    assert outcome(premises, 0x004C, SUPPLIER, [octet_string(MPAN)]) == [0]
    assert outcome(premises, 0x004D, BROKER, [octet_string(EXPORT_MPAN)]) == [0]
    read = [item.data.value for item in premises.ask(0x004E, NETWORK).items]
    assert read == [MPAN, EXPORT_MPAN]


@pytest.mark.parametrize(("elements", "result"), [(1, 0), (2, 0), (3, Result.OTHER_REASON)])
def test_a_twin_meter_has_one_or_two_import_metering_points(elements: int, result: int) -> None:
    data: list[Data] = [octet_string(elements * MPAN)]
    assert outcome(twin(), 0x004C, SUPPLIER, data) == [result]


def test_a_single_element_meter_has_one_import_metering_point(premises: Premises) -> None:
    data: list[Data] = [octet_string(2 * MPAN)]
    assert outcome(premises, 0x004C, SUPPLIER, data) == [Result.OTHER_REASON]


@pytest.mark.parametrize(("code", "manufacturer"), [(0x003F, b"ASY"), (0x00F9, b"ASY ")])
@pytest.mark.parametrize("variant", list(MeterVariant))
def test_the_identity_of_each_variant_is_read(
    code: int, manufacturer: bytes, variant: MeterVariant
) -> None:
    premises = Premises.joined(MeterConfiguration(device_id=METER, variant=variant))
    read = [item.data.value for item in premises.ask(code, SUPPLIER).items]
    assert read[-4:] == [variant.encode(), b"Virtual1", manufacturer, 0]


def test_maximum_demands_are_read_with_times_and_reset(premises: Premises) -> None:
    assert outcome(premises, 0x004A, NETWORK, [entries_of(WINDOW)]) == [0]
    until(premises, START + timedelta(hours=4))
    premises.load.request(Decimal(1000))
    until(premises, START + timedelta(hours=5))
    read = [item.data for item in premises.ask(0x002C, NETWORK).items]
    half_past_four = octet_string(DateTime.at(START + timedelta(hours=4, minutes=30)).octets)
    assert [read[place].value for place in (2, 5)] == [1000, 1000]
    assert [read[place] for place in (4, 7)] == [half_past_four] * 2
    assert read[8] == entries_of(WINDOW)
    assert outcome(premises, 0x005A, NETWORK, [integer(0)] * 3) == [0, 0, 0]
    read = [item.data for item in premises.ask(0x002C, SUPPLIER).items]
    assert [read[place].value for place in (2, 5)] == [0, 0]
    assert DateTime(read[0].value).as_utc() == DateTime(read[1].value).as_utc() != START


def test_export_demand_is_read(premises: Premises) -> None:
    premises.wiring.circuits.generation[0].request(Decimal(700))
    until(premises, START + timedelta(hours=1))
    _, watts, _, stamp = (item.data for item in premises.ask(0x002B, NETWORK).items)
    assert watts.value == 700
    assert DateTime(stamp.value).as_utc() == START + timedelta(hours=1)


def test_a_change_of_tenancy_hides_earlier_entries_from_the_household_alone(
    premises: Premises,
) -> None:
    until(premises, START + timedelta(hours=2))
    since = START + timedelta(hours=1)
    assert outcome(premises, 0x0022, SUPPLIER, [octet_string(DateTime.at(since).octets)]) == [0]
    log = premises.meter.metering.profiles.active_import
    shown = premises.meter.metering.tenancy.of_household(log)
    assert [entry[0] for entry in shown] == [
        seconds_since_2000(since + timedelta(minutes=30 * number)) for number in (1, 2)
    ]
    (remote,) = read_log(premises, 0x0037, "0-0:99.1.0.255", first=START, last=MIDNIGHT)
    assert len(remote) == 4


# What is refused, item by item.


@pytest.mark.parametrize(
    ("code", "role", "data", "result"),
    [
        (0x0022, SUPPLIER, [octet_string(b"\xff" * 12)], Result.OTHER_REASON),
        (0x0022, SUPPLIER, [integer(0)], Result.TYPE_UNMATCHED),
        (0x0046, SUPPLIER, [array(ON_THE_31ST)], Result.OTHER_REASON),
        (0x0046, SUPPLIER, [array(WITH_A_YEAR)], Result.OTHER_REASON),
        (0x0046, SUPPLIER, [array()], Result.OTHER_REASON),
        (0x00D7, SUPPLIER, [array(*[MONTHLY] * 5)], Result.OTHER_REASON),
        (0x00D7, SUPPLIER, [NULL], Result.TYPE_UNMATCHED),
        (
            0x0047,
            SUPPLIER,
            [array(double_long_unsigned(2), double_long_unsigned(1))],
            Result.OTHER_REASON,
        ),
        (0x0047, SUPPLIER, [array(double_long_unsigned(2))], Result.TYPE_UNMATCHED),
        (0x004A, NETWORK, [array()], Result.OTHER_REASON),
        (0x004A, NETWORK, [array(MONTHLY)], Result.TYPE_UNMATCHED),
        (0x004C, SUPPLIER, [octet_string(b"131234567811")], Result.OTHER_REASON),
        (0x004C, SUPPLIER, [octet_string(b"13123456781AB")], Result.OTHER_REASON),
        (0x004D, BROKER, [NULL], Result.TYPE_UNMATCHED),
    ],
)
def test_a_wrong_value_is_refused(
    premises: Premises, code: int, role: Role, data: list[Data], result: Result
) -> None:
    assert outcome(premises, code, role, data) == [result]


def test_items_after_a_refused_reset_are_not_executed(premises: Premises) -> None:
    premises.load.request(Decimal(1000))
    until(premises, START + timedelta(hours=1))
    given: list[Data] = [integer(0), integer(1), integer(0)]
    assert outcome(premises, 0x005A, NETWORK, given) == [0, Result.OTHER_REASON, 250]
    demands = premises.meter.metering.demands
    assert demands.active_import.watts == 0
    assert demands.configurable.watts == 1000


@pytest.mark.parametrize(
    ("code", "obis"),
    [
        (0x0027, "0-0:94.44.34.1"),
        (0x002F, "0-0:98.1.0.255"),
        (0x0030, "0-0:98.1.2.255"),
        (0x0033, "0-0:98.1.8.255"),
        (0x0034, "0-0:98.1.9.255"),
        (0x0037, "0-0:99.1.3.255"),
        (0x0060, "0-0:99.1.0.255"),
    ],
)
def test_a_collection_gives_no_object_of_another(premises: Premises, code: int, obis: str) -> None:
    counter = premises.next_counter()
    data = protected_request(counter, (obis,), START, MIDNIGHT)
    answer = premises.answer(premises.command(code, SUPPLIER, (data,), counter=counter))
    assert [item.result for item in results(answer)] == [Result.OBJECT_UNDEFINED]


@pytest.mark.parametrize("code", [0x0035, 0x0036, 0x0038])
def test_a_log_is_not_read_without_a_range(premises: Premises, code: int) -> None:
    role = BROKER
    answer = premises.answer(premises.command(code, role))
    assert [item.result for item in results(answer)] == [Result.TYPE_UNMATCHED]


@pytest.mark.parametrize(
    ("code", "role"),
    [
        (0x0026, SUPPLIER),
        (0x002B, SUPPLIER),
        (0x0036, SUPPLIER),
        (0x0022, NETWORK),
        (0x0030, NETWORK),
        (0x0033, NETWORK),
        (0x003E, NETWORK),
        (0x0040, NETWORK),
        (0x0047, NETWORK),
        (0x004A, SUPPLIER),
        (0x004C, NETWORK),
        (0x004D, SUPPLIER),
        (0x005A, SUPPLIER),
        (0x00D9, NETWORK),
    ],
)
def test_a_party_without_authority_gets_no_answer(
    premises: Premises, code: int, role: Role
) -> None:
    assert premises.answer(premises.command(code, role)) is None
    assert premises.alert_codes() == [0x8F30]


OWN_CODES = sorted(
    code for area in (billing, demand, identity, profiles, registers) for code in area.CODES
)


@pytest.mark.parametrize("code", OWN_CODES, ids=[f"{code:04X}" for code in OWN_CODES])
def test_an_item_of_another_use_case_is_out_of_scope(premises: Premises, code: int) -> None:
    row = use_case(code)
    assert row is not None
    role = sorted(permitted_roles(row))[0]
    counter = premises.next_counter()
    clock = Item(Op.GET, 8, Obis.from_text("0-0:1.0.0.255"), 2, NULL)
    payload = dlms_command_payload(counter, (clock,))
    plain = premises.plain_command(code, role, counter=counter, payload=payload)
    signed = premises.sign(plain, role) if row.is_critical else plain
    answer = premises.answer(premises.mac(signed).to_octets())
    assert [item.result for item in results(answer)] == [Result.SCOPE_OF_ACCESS_VIOLATED]


def test_what_is_no_log_is_not_read_by_date(premises: Premises) -> None:
    counter = premises.next_counter()
    data = protected_request(counter, ("0-0:94.44.34.10",), START, MIDNIGHT, class_id=1)
    answer = premises.answer(premises.command(0x0027, SUPPLIER, (data,), counter=counter))
    assert [item.result for item in results(answer)] == [Result.OTHER_REASON]


def test_a_log_is_read_whole_without_a_restriction(premises: Premises) -> None:
    until(premises, START + timedelta(hours=2))
    counter = premises.next_counter()
    data = protected_request(counter, ("0-0:99.1.0.255",))
    answer = premises.answer(premises.command(0x0037, SUPPLIER, (data,), counter=counter))
    assert answer is not None
    (log,) = premises.open_registers(answer).value
    assert len(log.value.elements) == 4


@pytest.mark.parametrize(
    "given",
    [
        structure(enum(1), structure(octet_string(b""), octet_string(b""))),
        structure(enum(1), NULL),
        structure(enum(2), NULL),
    ],
)
def test_a_restriction_that_is_none_is_refused(premises: Premises, given: Data) -> None:
    counter = premises.next_counter()
    objects, protection = protected_request(counter, ("0-0:99.1.0.255",)).value
    (entry,) = objects.value
    changed = structure(array(structure(*entry.value[:4], given)), protection)
    answer = premises.answer(premises.command(0x0037, SUPPLIER, (changed,), counter=counter))
    assert [item.result for item in results(answer)] == [Result.TYPE_UNMATCHED]
