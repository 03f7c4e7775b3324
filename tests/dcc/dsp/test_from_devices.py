"""What the WAN brings up: matched to its Command, checked where the DCC can, forwarded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assay.dcc.dsp.from_devices import alert_code_of
from assay.dcc.inventory import DeviceStatus
from assay.duis.identifiers import MessageId
from assay.duis.responses import DccAlert, DeviceAlert, Response
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.envelope import Cra, Message, OtherInformation, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import GENERIC_CRITICAL_ALERT, dlms_alert
from tests.dcc.bench import Alter, DspBench
from tests.dcc.parties import BROKER, HUB, METER, OPERATOR, START, SUPPLIER, UNKNOWN_DEVICE, hub

A_SECOND = timedelta(seconds=1)
FIVE_MINUTES = timedelta(minutes=5)


def notes(bench: DspBench) -> str:
    return "\n".join(entry.note for entry in bench.audit.entries)


def exchange(bench: DspBench, srv: str = "7.4") -> None:
    bench.complete(srv)
    bench.clock.advance(A_SECOND)


@pytest.mark.parametrize(
    "alter",
    [
        lambda message: replace(message, counter=message.counter + 1),
        lambda message: replace(message, originator=HUB),
        lambda message: replace(message, recipient=OPERATOR),
        lambda message: replace(message, other=OtherInformation(message_code=0x0059)),
    ],
    ids=["counter", "originator", "recipient", "message code"],
)
def test_a_response_that_echoes_another_command_is_dropped(bench: DspBench, alter: Alter) -> None:
    bench.premises.alter = alter
    exchange(bench)
    assert bench.device_responses() == []
    assert "answers no Command in flight" in notes(bench)


def test_a_response_is_forwarded_once(bench: DspBench) -> None:
    exchange(bench)
    answer = bench.premises.answer(bench.premises.commands[0])
    bench.premises.send_up(answer)
    bench.clock.advance(A_SECOND)
    assert len(bench.device_responses()) == 1


def test_a_mac_made_for_the_user_is_left_to_the_user(bench: DspBench) -> None:
    bench.premises.alter = lambda message: message.with_mac(bytes(12))
    exchange(bench)
    assert len(bench.device_responses()) == 1


def test_a_mac_made_for_the_broker_is_checked_by_the_broker(bench: DspBench) -> None:
    bench.premises.alter = lambda message: message.with_mac(bytes(12))
    exchange(bench, "6.24.1")
    assert bench.device_responses() == []
    assert "protection does not verify" in notes(bench)


def test_a_signed_response_with_a_bad_signature_is_dropped(bench: DspBench) -> None:
    bench.premises.alter = lambda message: message.with_signature(bytes(64))
    exchange(bench, "7.2")
    assert bench.device_responses() == []


def test_octets_that_are_no_message_change_nothing(bench: DspBench) -> None:
    bench.wan.send_up(HUB, b"\xdd\x00 no message")
    bench.clock.advance(A_SECOND)
    assert "no GBCS message" in notes(bench)
    assert bench.letters == []


def test_a_device_that_the_inventory_does_not_know_is_not_heard(bench: DspBench) -> None:
    bench.premises.send_up(alert(SUPPLIER, device=UNKNOWN_DEVICE))
    bench.clock.advance(A_SECOND)
    assert bench.letters == []
    assert "is not in the inventory: dropped" in notes(bench)


def test_a_device_is_heard_through_its_own_hub_only(bench: DspBench) -> None:
    bench.wan.send_up(UNKNOWN_DEVICE, alert(SUPPLIER).to_octets())
    bench.clock.advance(A_SECOND)
    assert bench.letters == []
    assert f"is behind hub {HUB}" in notes(bench)


def test_a_command_from_a_device_is_dropped(bench: DspBench) -> None:
    bench.premises.send_up(replace(alert(SUPPLIER), cra=Cra.COMMAND))
    bench.clock.advance(A_SECOND)
    assert "a Command from a device: dropped" in notes(bench)


def alert(recipient: Eui64, code: int = 0x8F36, device: Eui64 = METER) -> Message:
    return dlms_alert(
        message_code=GENERIC_CRITICAL_ALERT,
        alert_code=code,
        originator=device,
        recipient=recipient,
        counter=4711,
        at=START,
    )


def send_alert(bench: DspBench, message: Message) -> None:
    bench.premises.send_up(bench.premises.protect(message, critical=True))
    bench.clock.advance(A_SECOND)


def test_a_device_alert_goes_to_the_recipient_that_it_names(bench: DspBench) -> None:
    send_alert(bench, alert(OPERATOR))
    (received,) = bench.delivered(OPERATOR)
    assert bench.delivered(SUPPLIER) == []
    assert isinstance(received.body, DeviceAlert)
    assert received.body.alert_code == bytes.fromhex("8F36")
    assert received.response_id == MessageId(METER, OPERATOR, 4711)
    assert received.request_id is None


def test_an_alert_to_the_broker_reaches_no_user(bench: DspBench) -> None:
    send_alert(bench, alert(BROKER))
    assert bench.letters == []
    assert "to the broker" in notes(bench)


def test_an_alert_to_the_broker_with_bad_protection_is_dropped(bench: DspBench) -> None:
    bench.premises.send_up(alert(BROKER).with_signature(bytes(64)))
    bench.clock.advance(A_SECOND)
    assert "to the broker, protection does not verify" in notes(bench)


def test_an_alert_to_a_party_that_is_no_user_is_dropped(bench: DspBench) -> None:
    send_alert(bench, alert(UNKNOWN_DEVICE))
    assert bench.letters == []
    assert "no such user" in notes(bench)


def test_the_code_of_an_asn1_alert_is_found_too() -> None:
    value = {
        "alert_code": "0x8F66",
        "time": "20260301120000Z",
        "firmware_version": "00000001",
        "result": "success",
    }
    octets = codec.encode(Asn1Payload("FirmwareActivationAlert", value))
    message = replace(alert(SUPPLIER), other=OtherInformation(message_code=0x012B), payload=octets)
    assert alert_code_of(message) == 0x8F66


def test_the_codes_of_the_national_alerts_are_those_of_their_names(shared: Path) -> None:
    found = 0
    for path in sorted((shared / "rtds/messages").glob("NA_*/*_ALERT_GBCS.HEX")):
        named = re.search(r"_([0-9A-F]{4})_", path.name)
        code = alert_code_of(parse(bytes.fromhex("".join(path.read_text().split()))))
        assert code is not None, path.name
        if named is not None:
            assert f"{code:04X}" == named[1], path.name
            found += 1
    assert found > 10


@pytest.mark.parametrize(
    "body",
    ["0F20000001000600000001", "0F2000000100020106FFFFFFFF", "0F200000010002010900"],
    ids=["no structure", "code of 32 bits", "code that is no number"],
)
def test_an_alert_with_a_strange_code_has_none(body: str) -> None:
    assert alert_code_of(replace(alert(SUPPLIER), payload=bytes.fromhex(body))) is None


def test_an_alert_whose_payload_has_no_known_form_has_no_code() -> None:
    assert alert_code_of(replace(alert(SUPPLIER), payload=b"\x0f")) is None


# Power outage


def dcc_alerts(bench: DspBench, user: Eui64) -> list[tuple[Response, DccAlert]]:
    return [(one, one.body) for one in bench.delivered(user) if isinstance(one.body, DccAlert)]


def test_an_outage_is_reported_to_supplier_and_distributor(bench: DspBench) -> None:
    bench.wan.report_power_loss(HUB, START)
    bench.clock.advance(A_SECOND)
    for user in (SUPPLIER, OPERATOR):
        ((response, body),) = dcc_alerts(bench, user)
        assert body.code == "AD1"
        assert body.content == {
            "CommsHubDeviceID": HUB,
            "StartDateTime": START,
            "MPxN": "1312345678111",
        }
        assert response.request_id is None
        assert response.response_id == MessageId(BROKER, user, response.response_id.counter)


def test_an_outage_at_a_hub_without_meters_is_nobodys(bench: DspBench) -> None:
    bench.wan.report_power_loss(UNKNOWN_DEVICE, START)
    bench.clock.advance(A_SECOND)
    assert bench.letters == []


# Silence


def test_a_silent_device_is_asked_twice_then_reported_once(bench: DspBench) -> None:
    bench.premises.is_silent = True
    request, _ = bench.complete("7.4")
    bench.clock.advance(timedelta(seconds=59))
    before = bench.alert_codes()
    bench.clock.advance(FIVE_MINUTES)
    ((_, body),) = dcc_alerts(bench, SUPPLIER)
    assert before == []
    assert body.code == "N13"
    assert body.content == {"CommandRequestID": request.request_id, "DeviceID": METER}
    assert [one.counter for one in bench.premises.commands] == [request.request_id.counter] * 2


def test_a_device_behind_no_hub_is_reported_as_not_reached(bench: DspBench) -> None:
    bench.inventory.dissociate(METER)
    bench.complete("7.4")
    bench.clock.advance(FIVE_MINUTES)
    assert bench.alert_codes() == ["N12"]


def test_a_hub_that_the_wan_does_not_know_is_reported_as_not_reached(bench: DspBench) -> None:
    bench.inventory.associate(METER, UNKNOWN_DEVICE, None)
    bench.complete("7.4")
    bench.clock.advance(FIVE_MINUTES)
    assert bench.alert_codes() == ["N12"]


def test_an_answer_to_the_second_attempt_is_no_failure(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(timedelta(seconds=20))
    bench.premises.is_silent = False
    bench.clock.advance(FIVE_MINUTES)
    assert bench.alert_codes() == []
    assert len(bench.device_responses()) == 1


def test_a_late_response_is_forwarded_after_the_alert(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(FIVE_MINUTES)
    bench.premises.send_up(bench.premises.answer(bench.premises.commands[0]))
    bench.clock.advance(A_SECOND)
    assert bench.alert_codes() == ["N13"]
    assert len(bench.device_responses()) == 1


def test_a_response_a_day_too_late_is_forgotten(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(timedelta(hours=25))
    bench.premises.send_up(bench.premises.answer(bench.premises.commands[0]))
    bench.clock.advance(A_SECOND)
    assert bench.device_responses() == []
    assert len(bench.dsp.modes.commands) == 0


def test_an_answered_command_has_no_deadline(bench: DspBench) -> None:
    exchange(bench)
    bench.clock.advance(FIVE_MINUTES)
    assert bench.alert_codes() == []
    assert len(bench.premises.commands) == 1


def test_a_stopped_dsp_reports_nothing(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.dsp.stop()
    bench.clock.advance(FIVE_MINUTES)
    assert bench.alert_codes() == []


def test_a_hub_that_was_never_heard_is_installed_with_its_first_message(bench: DspBench) -> None:
    bench.inventory.enter(hub(DeviceStatus.PENDING))
    send_alert(bench, alert(OPERATOR))
    assert bench.inventory[HUB].status is DeviceStatus.INSTALLED_NOT_COMMISSIONED


def test_a_device_that_sleeps_is_given_time_to_wake_before_it_is_asked_again(
    bench: DspBench,
) -> None:
    bench.premises.is_silent = True
    bench.dsp.modes.commands.is_asleep = lambda _device: True
    bench.complete("7.4")
    bench.clock.advance(bench.settings.response_time_asleep - A_SECOND)
    before = len(bench.premises.commands)
    bench.clock.advance(2 * A_SECOND)
    assert (before, len(bench.premises.commands)) == (1, 2)
