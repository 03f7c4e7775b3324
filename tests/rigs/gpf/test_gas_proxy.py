"""The Gas Proxy Function: a mirror, equal to the meter after each wake, and logs of its own."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import messages, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateUsage, build_organisation, serial_number
from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.gbz.components import Component, GbzAlert, decode_message, describe_component
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from rigs.devices.device_type import DeviceType
from rigs.devices.gpf.mirror import mirrored_attributes
from rigs.devices.peers import Peer
from tests.rigs.devices.premises_kit import BROKER, NETWORK, SUPPLIER, parties
from tests.rigs.gsme.gas_kit import (
    GAS_METER,
    NAMES,
    PROXY,
    START,
    GasPremises,
    gbz,
    reading,
    statuses,
    zcl,
)
from tests.rigs.gsme.life import billing, live_in_prepayment, tariff

CONSUMPTION = (0x0702, (0x0302, 0x0301, 0x0300, 0x0000))
EVENT = 473385600


@pytest.fixture
def premises() -> GasPremises:
    premises = GasPremises.joined()
    premises.flow.request(Decimal("0.5"))
    premises.pass_time(7200)
    return premises


def test_after_a_wake_every_mirrored_value_is_the_meters(premises: GasPremises) -> None:
    live_in_prepayment(premises)
    # Nothing runs while they are compared, so that the wake is the last thing that happened.
    premises.flow.request(Decimal(0))
    premises.pass_time(4 * 1800)
    unlike = {
        (cluster, attribute)
        for cluster, attribute in mirrored_attributes()
        if premises.proxy.store.value(cluster, attribute)
        != premises.meter.gbz.read(cluster, attribute)
    }
    assert unlike <= {(0x0702, 0x0205)}
    assert premises.proxy.store.profile.entries == premises.meter.profile.entries
    assert premises.proxy.store.stores[0].published == premises.meter.calendars.stores[0].published


def test_between_wakes_it_answers_with_the_value_and_the_time_of_the_last_one(
    premises: GasPremises,
) -> None:
    taken_at = premises.proxy.store.taken_at
    assert taken_at is not None
    answer = premises.answer(
        premises.command(0x0074, _read_consumption(), recipient=PROXY), wait_s=3
    )
    assert answer is not None
    assert answer.date_time == DateTime.at(taken_at, status=4)
    (component,) = premises.opened(answer)
    value = component.payload["attributes"][3]["value"]
    assert value < premises.meter.litres()
    assert value == premises.proxy.store.value(0x0702, 0x0000)


def _read_consumption() -> bytes:
    return gbz(reading(CONSUMPTION[0], *CONSUMPTION[1]))


def test_what_was_never_pushed_is_a_failure() -> None:
    premises = GasPremises()
    assert set(premises.read(0x0074, CONSUMPTION, recipient=PROXY).values()) == {"failure"}


def test_a_meter_that_does_not_know_the_proxy_pushes_nothing(premises: GasPremises) -> None:
    premises.meter.security.device_log.remove(PROXY)
    before = premises.proxy.store.taken_at
    premises.pass_time(7200)
    assert premises.proxy.store.taken_at == before


def samples(premises: GasPremises, code: int, sample_id: int, limit: int) -> list[int]:
    (answer,) = premises.ask(
        code,
        zcl(
            "GetSampledData",
            sample_id=sample_id,
            earliest_time=EVENT,
            sample_type=0,
            samples=limit,
        ),
        recipient=PROXY,
    )
    found: list[int] = answer.payload["samples"]
    return found


def test_half_hours_and_days_add_up(premises: GasPremises) -> None:
    premises.pass_time(5 * 86400)
    assert set(samples(premises, 0x00A0, 1, 731)) == {12_000}
    assert samples(premises, 0x0078, 0, 8690)[-48:] == [250] * 48


def test_a_gap_in_communication_is_filled_afterwards(premises: GasPremises) -> None:
    premises.supply.feed(Decimal(0), Decimal(0))
    premises.pass_time(3 * 86400)
    premises.supply.feed(Decimal(230), Decimal(50))
    premises.pass_time(3600)
    starts = [entry.start for entry in premises.proxy.store.profile.entries]
    assert starts == [starts[0] + timedelta(minutes=30) * n for n in range(len(starts))]
    assert premises.proxy.store.profile.entries == premises.meter.profile.entries
    assert premises.proxy.store.snapshots.registers.of_cause(
        1
    ) == premises.meter.snapshots.registers.of_cause(1)


def test_a_years_logs_keep_their_sizes() -> None:
    premises = GasPremises.joined()
    premises.meter.wake.interval = timedelta(hours=12)
    premises.flow.request(Decimal("0.1"))
    premises.pass_time(420 * 86400)
    store = premises.proxy.store
    assert len(store.profile.entries) == 19_056
    assert 415 <= len(store.daily.entries) <= 731
    assert len(store.snapshots.registers.of_cause(1)) == 31


def test_a_billing_entry_is_told_to_the_supplier_encrypted(premises: GasPremises) -> None:
    premises.ask(0x00D8, *billing(premises))
    premises.pass_time(3 * 3600)
    (message,) = [one for one in alerts(premises) if one.message_code == 0x008B]
    assert (message.originator, message.recipient) == (PROXY, NAMES[SUPPLIER])
    assert message.signature
    alert = decode_message(message)
    assert isinstance(alert, GbzAlert)
    assert alert.code == 0x8F0A
    assert alert.component is not None
    assert alert.component.blob is not None
    plain = protection.decrypt(
        alert.component.blob,
        premises.secret(NAMES[SUPPLIER], PROXY),
        PROXY,
        message.counter,
        message.recipient,
    )
    assert plain is not None
    (entry,) = premises.meter.snapshots.registers.of_cause(2)
    assert describe_component(message, 0, plain)["summation"] == entry.total


def alerts(premises: GasPremises) -> list[Message]:
    found = [parse(octets) for _, octets in premises.dsp.arrived]
    return [message for message in found if message.cra is Cra.ALERT]


def test_a_change_of_its_device_log_is_backed_up_to_the_broker(premises: GasPremises) -> None:
    other = Eui64.from_text("00-DB-12-34-56-78-90-A4")
    premises.proxy.security.device_log.enter(Peer(device_id=other, device_type=DeviceType.PPMID))
    premises.pass_time(5)
    (message,) = alerts(premises)
    assert (message.message_code, message.recipient) == (0x00B2, NAMES[BROKER])
    value = codec.decode_message(message).value
    assert value["alert_code"] == "0x8071"
    assert [entry["device_id"] for entry in value["entries"]] == [
        GAS_METER.hyphenated,
        other.hyphenated,
    ]


def test_its_device_log_is_restored_as_it_was_backed_up(premises: GasPremises) -> None:
    entries = [
        {"device_id": "00-DB-12-34-56-78-90-A4", "device_type": "PPMID"},
        {"device_id": PROXY.hyphenated, "device_type": "GPF"},
    ]
    payload = codec.build(0x008C, Cra.COMMAND, {"entries": entries})
    answer = premises.answer(
        premises.command(0x008C, payload, role=BROKER, recipient=PROXY), wait_s=5
    )
    assert answer is not None
    outcomes = codec.decode_message(answer).value["outcomes"]
    assert [one["join_response_code"] for one in outcomes] == [
        "success",
        "incompatibleWithExistingEntry",
    ]
    (peer,) = premises.proxy.security.device_log.peers
    assert peer.device_type is DeviceType.PPMID


def test_a_change_of_tenancy_hides_what_is_older_from_the_home(premises: GasPremises) -> None:
    now = premises.clock.now()
    change = zcl(
        "PublishChangeOfTenancy",
        provider_id=0,
        issuer_event_id=EVENT,
        tariff_type=0,
        implementation_time=seconds_since_2000(now),
        control=0x200,
    )
    assert statuses(premises.ask(0x0072, change, recipient=PROXY)) == ["success"]
    assert not premises.proxy.is_shown_in_home(now - timedelta(days=1))
    assert premises.proxy.is_shown_in_home(now + timedelta(days=1))
    assert samples(premises, 0x0078, 0, 10)


def test_a_change_of_tenancy_that_clears_nothing_is_refused(premises: GasPremises) -> None:
    change = zcl(
        "PublishChangeOfTenancy",
        provider_id=0,
        issuer_event_id=EVENT,
        tariff_type=0,
        implementation_time=0,
        control=0,
    )
    assert statuses(premises.ask(0x0072, change, recipient=PROXY)) == ["invalidValue"]


def event_log(premises: GasPremises, number: int) -> list[Component]:
    return premises.ask(
        0x0014,
        zcl(
            "GetEventLog",
            control_log_id=0x10 | number,
            event_id="0x0000",
            start=0,
            end=0xFFFFFFFE,
            events=0,
            offset=0,
        ),
        recipient=PROXY,
    )


def test_every_command_is_in_its_event_log_with_code_and_outcome(premises: GasPremises) -> None:
    premises.read(0x0074, CONSUMPTION, recipient=PROXY)
    premises.read(0x0084, (0x0702, (0x0000,)), recipient=PROXY)
    (answer,) = event_log(premises, 3)
    seen = [(one["event_id"], one["data"]) for one in answer.payload["events"]]
    assert seen[-2:] == [("0x8154", "0074"), ("0x8155", "0084")]


def test_the_meters_logs_are_read_at_the_proxy_by_numbers_of_their_own(
    premises: GasPremises,
) -> None:
    premises.set_clock()
    (answer,) = event_log(premises, 6)
    assert {one["event_id"] for one in answer.payload["events"]} >= {"0x8145", "0x8183"}


def test_clearing_its_event_log_is_in_its_security_log(premises: GasPremises) -> None:
    (answer,) = premises.ask(0x0015, zcl("ClearEventLogRequest", log_id=3), recipient=PROXY)
    assert answer.payload == {"cleared": 8}
    assert 0x8F52 in premises.proxy.security_log.codes()


def test_a_message_to_the_meter_is_tapped_off(premises: GasPremises) -> None:
    message = zcl(
        "DisplayMessage",
        message_id=1,
        control=0,
        start_time=0,
        duration_min=0xFFFF,
        message="Your meter is due for a visit.",
    )
    assert statuses(premises.ask(0x0071, message)) == ["success"]
    assert premises.proxy.settings.message == premises.meter.settings.message != ""
    assert premises.proxy.event_log.entries[-1].other == b"\x00\x71"


def test_what_the_meter_refused_is_not_tapped_off(premises: GasPremises) -> None:
    message = zcl(
        "DisplayMessage",
        message_id=1,
        control=0,
        start_time=0,
        duration_min=0xFFFF,
        message="x" * 117,
    )
    assert statuses(premises.ask(0x0071, message)) == ["invalidValue"]
    assert premises.proxy.settings.message == ""
    assert 0x8155 in premises.proxy.event_log.codes()


def test_the_tariff_is_read_at_the_proxy_as_at_the_meter(premises: GasPremises) -> None:
    premises.ask(0x006B, *tariff(tier=2))
    asked = [
        reading(0x0700, 0x0410, 0x0420, 0x0301),
        zcl("GetDayProfiles", provider_id=0, calendar_id=0xFFFFFFFF, start_day=1, days=0),
        zcl("GetCurrentPrice", command_options=0),
    ]
    at_proxy = premises.ask(0x009F, *asked, recipient=PROXY)
    at_meter = premises.ask(0x009F, *asked)
    for ours, theirs in zip(at_proxy, at_meter, strict=True):
        ours.payload.pop("current_time", None)
        theirs.payload.pop("current_time", None)
        assert ours == theirs


def test_a_party_that_it_does_not_know_reads_with_the_certificate_in_the_command(
    premises: GasPremises,
) -> None:
    stranger = Eui64.from_text("90-B3-D5-1F-30-0F-00-00")
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = build_organisation(
        key.public_key(),
        issuer=parties().issuer,
        eui=stranger,
        role=NETWORK,
        usage=CertificateUsage.KEY_AGREEMENT,
        serial=serial_number(b"\x03" * 16),
        not_before=START,
        not_after=START + timedelta(days=900),
    )
    premises.pass_time(3 * 86400)
    payload = gbz(
        zcl("GetSampledData", sample_id=1, earliest_time=EVENT, sample_type=0, samples=731)
    )
    message = messages.command(
        message_code=0x00A0,
        originator=NAMES[BROKER],
        recipient=PROXY,
        counter=premises.next_counter(),
        payload=payload,
        supplementary=(stranger, 7),
        certificate=certificate.der,
    )
    command = protection.add_mac(message, premises.secret(NAMES[BROKER], PROXY)).to_octets()
    answer = premises.answer(command, wait_s=5)
    assert answer is not None
    assert answer.recipient == NAMES[BROKER]
    premises.keys.add_private(KeyName(stranger, KeyUsage.KEY_AGREEMENT), key)
    blob = decode_message(answer).components[0].blob  # type: ignore[union-attr]
    assert blob is not None
    plain = protection.decrypt(
        blob, premises.secret(stranger, PROXY), PROXY, answer.counter, stranger
    )
    assert plain is not None
    assert describe_component(answer, 0, plain)["samples"] == [12_000] * 2
