"""Each use case of a hub: what it answers, what it does, and one way in which it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs import catalogue, messages
from assay.gbcs.catalogue import use_cases
from assay.gbcs.date_time import NEVER, DateTime, seconds_since_2000
from assay.gbcs.dlms.data import Data, Tag, octet_string, structure, unsigned
from assay.gbcs.identifiers import Eui64
from rigs.devices import HubConfiguration, VirtualHub
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.hub import objects
from rigs.devices.hub.device_log import CAPACITY, LogEntry
from rigs.devices.hub.hub_clock import TimeQuality
from tests.rigs.devices.premises_kit import BROKER, HUB, METER, SUPPLIER, Premises, items
from tests.rigs.hub.requests import (
    NETWORK_ID,
    OTHER,
    add,
    ask,
    ask_by_date,
    remove,
    restore,
    results,
)


def test_a_hub_answers_every_use_case_of_a_hub_but_alerts(premises: Premises) -> None:
    wanted = {
        code
        for code, row in use_cases().items()
        if "CHF" in row.devices and row.category == "command-response"
    }
    assert wanted <= set(premises.hub.handlers)


def test_a_hub_without_the_second_band_knows_no_command_of_it(premises: Premises) -> None:
    configuration = HubConfiguration(device_id=OTHER, is_dual_band=False)
    hub = VirtualHub(premises.clock, premises.wan, configuration, premises.supply)
    assert not set(range(0x010A, 0x010F)) & set(hub.handlers)
    assert 0x010F in hub.handlers


def test_the_seventeenth_device_finds_no_room(premises: Premises) -> None:
    for number in range(CAPACITY - 1):
        assert add(premises, Eui64(b"\x00\xdb" + bytes(5) + bytes((number,)))) == [0, 0, 0]
    assert add(premises, OTHER) == [1, 250, 250]


def test_removing_a_device_that_is_not_there_fails(premises: Premises) -> None:
    assert remove(premises, OTHER) == [1]


@pytest.mark.parametrize("code", [0x0004, 0x010F])
def test_the_log_says_when_each_device_was_last_heard(premises: Premises, code: int) -> None:
    add(premises, OTHER)
    premises.ask(0x0052, SUPPLIER)
    at = premises.hub.communications.of(METER)
    assert at is not None
    premises.pass_time(3600)
    (item,) = ask(premises, code)
    listed = {entry.value[0].value: entry.value for entry in item.data.value}
    assert listed[METER][8].value == DateTime.at(at.at).octets
    assert listed[OTHER][8].value == NEVER


def test_a_device_on_2_4_ghz_has_a_mark_in_place_of_a_signal(premises: Premises) -> None:
    (item,) = ask(premises, 0x010F)
    assert item.data.value[0].value[3].value == -128


def test_a_device_on_sub_ghz_has_its_signal(premises: Premises) -> None:
    premises.hub.communications.strength_of = lambda _: -71
    premises.ask(0x0052, SUPPLIER)
    (item,) = ask(premises, 0x010F)
    assert item.data.value[0].value[3].value == -71


def test_a_removed_device_stands_in_the_historic_log_with_its_key(premises: Premises) -> None:
    (entry,) = premises.hub.device_log.entries
    remove(premises, METER)
    current, historic = ask(premises, 0x00FE)
    assert current.data.value[2].value == ()
    ((device, key_hash),) = (pair.value for pair in historic.data.value[2].value)
    assert (device.value, key_hash.value) == (METER, entry.key_hash)


def test_the_identity_of_a_hub_in_either_version(premises: Premises) -> None:
    first = [item.data.value for item in ask(premises, 0x0092)]
    now = [item.data.value for item in ask(premises, 0x00FA)]
    assert first == [HUB, now[0], now[1][:3]]
    assert [len(value) for value in now] == [8, 4]


def test_the_firmware_version_of_a_hub(premises: Premises) -> None:
    (item,) = ask(premises, 0x0059)
    assert item.data.value == premises.hub.firmware_version


def test_the_event_log_names_each_command_with_its_outcome(premises: Premises) -> None:
    remove(premises, OTHER)
    ask(premises, 0x010F)
    rows = [tuple(part.value for part in row.value) for row in entries(premises, 0x0093)]
    assert [row[1:] for row in rows[-2:]] == [(0x8155, b"\x00\x02"), (0x8154, b"\x01\x0f")]


def test_the_security_log_is_read_by_date(premises: Premises) -> None:
    before = len(entries(premises, 0x0094))
    premises.pass_time(3600)
    at = premises.clock.now()
    add(premises, OTHER)
    assert len(entries(premises, 0x0094)) == before + 1
    (row,) = entries(premises, 0x0094, seconds_since_2000(at))
    assert row.value[1].value == 0x8F12


def entries(premises: Premises, code: int, first: int = 0) -> list[Data]:
    data = ask_by_date(premises, code, first)
    assert data.tag == Tag.COMPACT_ARRAY
    return list(data.value.elements)


def test_clearing_the_event_log_leaves_an_entry_in_the_security_log(premises: Premises) -> None:
    ask(premises, 0x010F)
    premises.hub.clear_event_log()
    assert premises.hub.event_log.entries == ()
    assert premises.hub.security_log.codes()[-1] == 0x8F52


def test_an_access_of_another_use_case_is_refused(premises: Premises) -> None:
    """The message code decides who may; so it decides what, too."""
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, items(0x0002, (octet_string(METER),)))
    octets = premises.command(0x010F, BROKER, counter=counter, recipient=HUB, payload=payload)
    answer = premises.answer(octets)
    assert answer is not None
    assert premises.results(answer) == [13]
    assert premises.hub.device_log.find(METER) is not None


def test_a_log_that_is_restored_replaces_the_one_that_is_there(premises: Premises) -> None:
    premises.dsp.arrived.clear()
    assert restore(premises, (OTHER, bytes(16))) == [0]
    assert premises.hub.network_id == NETWORK_ID
    assert [entry.device_id for entry in premises.hub.device_log.entries] == [OTHER]
    premises.pass_time(2)
    assert len(premises.alerts(0x8F12)) == 1


def test_a_log_of_seventeen_is_not_restored(premises: Premises) -> None:
    many = [(Eui64(b"\x00\xdb" + bytes(5) + bytes((n,))), bytes(16)) for n in range(CAPACITY + 1)]
    assert restore(premises, *many) == [1]
    assert [entry.device_id for entry in premises.hub.device_log.entries] == [METER]


@pytest.mark.parametrize(
    "data", [octet_string(b""), structure(octet_string(HUB)), structure(unsigned(1), unsigned(2))]
)
def test_a_log_of_another_form_is_not_restored(premises: Premises, data: Data) -> None:
    assert results(ask(premises, 0x0003, (data,))) == [12]


def test_the_published_links_fit_together(premises: Premises) -> None:
    """Four ESME, one GSME, seven of type 1, three of type 2; the gas proxy needs no place."""
    premises.hub.device_log.remove(METER)
    for number in range(4 + 1 + 7 + 3):
        device = Eui64(b"\x00\xdb" + bytes(5) + bytes((number,)))
        premises.hub.device_log.add(
            LogEntry(device_id=device, install_code=bytes(16), device_type=0)
        )
    assert len(premises.hub.device_log.entries) == 15


def test_the_hub_tells_its_time_by_its_own_clock(premises: Premises) -> None:
    premises.hub.clock.offset = timedelta(seconds=30)
    assert premises.hub.time() == premises.clock.now() + timedelta(seconds=30)
    assert premises.hub.clock.bench_time(premises.hub.time()) == premises.clock.now()


@pytest.mark.parametrize("quality", list(TimeQuality))
def test_a_meter_takes_the_time_of_a_hub_that_stands_for_it(
    premises: Premises, quality: TimeQuality
) -> None:
    premises.hub.clock.quality = quality
    heard = premises.meter.network.hub_time()
    assert (heard is not None) is (quality is TimeQuality.RELIABLE)


ANSWERED = sorted((*objects.CODES, *objects.SUB_GHZ_CODES))


@pytest.mark.parametrize("code", ANSWERED, ids=lambda code: f"{code:04X}")
def test_hardware_that_fails_is_reported_and_ends_the_command(
    premises: Premises, code: int
) -> None:
    """What the national errors show: the first failure, then nothing is carried out any more."""

    def fail(_: Call) -> Data:
        raise ItemError(FAILED)

    premises.hub.objects.perform = fail  # type: ignore[method-assign]
    rest = len(catalogue.dlms_command(code)) - 1
    assert results(ask(premises, code)) == [1, *[250] * rest]
