"""A right request: the synchronous answer, the Command on the WAN, the response to the user."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.dcc.access import WebService
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.duis.identifiers import RequestId
from assay.duis.responses import LocalCommand, PreCommand, ServiceResponse
from assay.gbcs import protection
from assay.gbcs.certificates import CertificateUsage
from assay.gbcs.envelope import Message, parse
from tests.dcc.bench import DspBench
from tests.dcc.parties import BODIES, BROKER, HUB, METER, OPERATOR, PARTIES, SUPPLIER

A_SECOND = timedelta(seconds=1)
NON_CRITICAL = [srv for srv in BODIES if 1 in CATALOGUE[srv].command_variants]
CRITICAL = [srv for srv in BODIES if CATALOGUE[srv].critical and srv != "8.1.1"]


def user_for(srv: str) -> UserRole:
    roles = CATALOGUE[srv].roles
    own = (UserRole.IMPORT_SUPPLIER, UserRole.ELECTRICITY_DISTRIBUTOR)
    return next(role for role in own if role in roles)


@pytest.mark.parametrize("srv", NON_CRITICAL)
def test_a_non_critical_request_is_acknowledged_and_answered(bench: DspBench, srv: str) -> None:
    user = PARTIES[user_for(srv)]
    request, answer = bench.complete(srv, user=user)
    bench.clock.advance(A_SECOND)

    (response,) = bench.device_responses(user)
    assert answer.response_code == "I99"
    assert answer.request_id == request.request_id
    assert response.response_code == "I0"
    assert response.request_id == request.request_id


@pytest.mark.parametrize("srv", CRITICAL)
def test_a_critical_request_is_transformed_then_sent_once_signed(bench: DspBench, srv: str) -> None:
    request = bench.request(srv)
    transformed = bench.send(request)
    bench.clock.advance(A_SECOND)
    sent_before_signing = list(bench.premises.commands)
    answer = bench.send(bench.signed_pre_command(request, transformed))
    bench.clock.advance(A_SECOND)

    assert isinstance(transformed.body, PreCommand)
    assert transformed.response_code == "I0"
    assert sent_before_signing == []
    assert answer.response_code == "I99"
    assert [one.request_id for one in bench.device_responses()] == [request.request_id]


def command(bench: DspBench) -> Message:
    (sent,) = bench.premises.commands
    return sent


def test_a_command_carries_the_identifiers_of_the_request(bench: DspBench) -> None:
    request, _ = bench.complete("7.4")
    bench.clock.advance(A_SECOND)
    sent, asked = command(bench), request.request_id
    assert (sent.originator, sent.recipient, sent.counter) == (
        asked.originator,
        asked.target,
        asked.counter,
    )


def test_a_command_carries_the_mac_of_broker_and_device(bench: DspBench) -> None:
    bench.complete("7.4")
    bench.clock.advance(A_SECOND)
    secret = bench.dsp.books.broker.secret_with(METER)
    assert secret is not None
    assert protection.is_mac_valid(command(bench), secret)


def test_a_signed_command_keeps_its_signature_and_gains_a_mac(bench: DspBench) -> None:
    bench.complete("7.2")
    bench.clock.advance(A_SECOND)
    key = bench.command_key(bench.request("7.2")).public_key()
    assert protection.is_signature_valid(command(bench), key)
    assert command(bench).mac is not None


def test_a_response_id_swaps_the_parties_of_the_request(bench: DspBench) -> None:
    request, _ = bench.complete("7.4")
    bench.clock.advance(A_SECOND)
    (response,) = bench.device_responses()
    asked = request.request_id
    assert response.response_id == RequestId(METER, SUPPLIER, asked.counter)


def test_a_response_holds_the_octets_of_the_device(bench: DspBench) -> None:
    bench.complete("7.4")
    bench.clock.advance(A_SECOND)
    (response,) = bench.device_responses()
    assert isinstance(response.body, ServiceResponse)
    assert parse(response.body.gbcs_payload).originator == METER


def test_the_broker_relays_for_a_party_that_the_device_does_not_know(bench: DspBench) -> None:
    agent = PARTIES[UserRole.REGISTERED_SUPPLIER_AGENT]
    request, _ = bench.complete("7.4", user=agent)
    bench.clock.advance(A_SECOND)
    sent = command(bench)
    assert sent.originator == BROKER
    assert sent.other.supplementary_party == agent
    assert sent.other.supplementary_counter == request.request_id.counter
    assert [one.request_id for one in bench.device_responses(agent)] == [request.request_id]


def test_the_broker_reads_credentials_under_its_own_counter(bench: DspBench) -> None:
    bench.complete("6.24.1")
    bench.complete("6.24.1")
    bench.clock.advance(A_SECOND)
    assert [one.counter for one in bench.premises.commands] == [1, 2]
    assert {one.originator for one in bench.premises.commands} == {BROKER}


@pytest.mark.parametrize(
    ("variant", "to_wan"), [(2, False), (3, True)], ids=["local only", "local and WAN"]
)
def test_a_command_for_local_delivery_comes_back_at_once(
    bench: DspBench, variant: int, to_wan: bool
) -> None:
    answer = bench.send(bench.request("7.4", command_variant=variant))
    bench.clock.advance(A_SECOND)
    assert answer.response_code == "I0"
    assert isinstance(answer.body, LocalCommand)
    assert parse(answer.body.gbcs_payload).mac is not None
    assert bool(bench.premises.commands) is to_wan


@pytest.mark.parametrize(
    ("variant", "to_wan"), [(6, False), (7, True)], ids=["local only", "local and WAN"]
)
def test_a_signed_command_for_local_delivery_comes_back_at_once(
    bench: DspBench, variant: int, to_wan: bool
) -> None:
    request = bench.request("7.2")
    signed = bench.signed_pre_command(request, bench.send(request), command_variant=variant)
    answer = bench.send(signed)
    bench.clock.advance(A_SECOND)
    assert isinstance(answer.body, LocalCommand)
    assert bool(parse(answer.body.gbcs_payload).signature)
    assert bool(bench.premises.commands) is to_wan


def test_two_requests_to_one_device_are_answered_each_for_itself(bench: DspBench) -> None:
    first, _ = bench.complete("7.4")
    second, _ = bench.complete("7.4", user=OPERATOR)
    bench.clock.advance(A_SECOND)
    assert [one.request_id for one in bench.device_responses(SUPPLIER)] == [first.request_id]
    assert [one.request_id for one in bench.device_responses(OPERATOR)] == [second.request_id]


def test_device_certificates_are_found_when_they_are_needed(bench: DspBench) -> None:
    trust = bench.dsp.books.trust
    assert trust.device_key(HUB, CertificateUsage.KEY_AGREEMENT) is not None
    assert bench.send(bench.request("7.4"), service=WebService.SEND_COMMAND).response_code == "I99"
