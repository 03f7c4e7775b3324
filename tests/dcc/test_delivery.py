"""Delivery to the users' own services: in order, at least once, on the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.clock import ExchangeStuckError
from assay.dcc.dsp.answers import Letter
from assay.duis.identifiers import MessageId
from assay.gbcs.identifiers import Eui64
from tests.dcc.parties import BROKER, OPERATOR, SUPPLIER
from tests.dcc.server_bench import ServerBench

FIVE_MINUTES = timedelta(minutes=5)
TWO_DAYS = timedelta(days=2)


def letter(number: int, user: Eui64 = SUPPLIER) -> Letter:
    return Letter(
        user=user,
        document=f"<letter>{number}</letter>".encode(),
        kind="response",
        message_id=MessageId(BROKER, user, number),
        code="I0",
    )


def submit(server: ServerBench, *numbers: int, user: Eui64 = SUPPLIER) -> None:
    for number in numbers:
        server.on_loop(lambda n=number: server.dcc.delivery.submit(letter(n, user)))


def numbers(documents: list[bytes]) -> list[int]:
    return [int(one.removeprefix(b"<letter>").removesuffix(b"</letter>")) for one in documents]


def notes(server: ServerBench) -> list[str]:
    return [entry.note for entry in server.dcc.audit.entries]


def settle(server: ServerBench) -> None:
    """Let what is on the wire arrive; no time passes."""
    server.clock.advance(timedelta(0))


def test_a_letter_arrives_before_any_time_passes(plain_server: ServerBench) -> None:
    service = plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    before = plain_server.clock.now()
    submit(plain_server, 1)
    settle(plain_server)
    assert numbers(service.taken) == [1]
    assert plain_server.clock.now() == before
    assert plain_server.dcc.delivery.undelivered(SUPPLIER) == 0


def test_the_order_of_hand_over_is_kept(plain_server: ServerBench) -> None:
    service = plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, *range(20))
    settle(plain_server)
    assert numbers(service.taken) == list(range(20))


def test_a_service_that_refuses_is_tried_again_after_five_minutes(
    plain_server: ServerBench,
) -> None:
    service = plain_server.service(status=503)
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, 1)
    settle(plain_server)
    service.status = 204
    plain_server.clock.advance(FIVE_MINUTES - timedelta(seconds=1))
    before = list(service.taken)
    plain_server.clock.advance(timedelta(seconds=1))
    assert before == []
    assert numbers(service.taken) == [1]


def test_later_letters_wait_for_the_first(plain_server: ServerBench) -> None:
    service = plain_server.service(status=503)
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, 1, 2, 3)
    settle(plain_server)
    tried = service.tries
    service.status = 204
    plain_server.clock.advance(FIVE_MINUTES)
    assert tried == 1
    assert numbers(service.taken) == [1, 2, 3]


def test_one_users_trouble_is_not_anothers(plain_server: ServerBench) -> None:
    down, up = plain_server.service(status=503), plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, down.start())
    plain_server.dcc.set_receive_url(OPERATOR, up.start())
    submit(plain_server, 1)
    submit(plain_server, 2, user=OPERATOR)
    settle(plain_server)
    assert numbers(up.taken) == [2]
    assert plain_server.dcc.delivery.undelivered(SUPPLIER) == 1


def test_a_service_that_is_down_is_tried_for_two_days(plain_server: ServerBench) -> None:
    service = plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    service.stop()
    submit(plain_server, 1)
    plain_server.clock.advance(TWO_DAYS - FIVE_MINUTES)
    kept = plain_server.dcc.delivery.undelivered(SUPPLIER)
    plain_server.clock.advance(FIVE_MINUTES)
    assert kept == 1
    assert plain_server.dcc.delivery.undelivered(SUPPLIER) == 0
    assert notes(plain_server)[-1].startswith("lost: POST")
    assert len(notes(plain_server)) == 577  # at once, then every 5 minutes of two days


def test_a_letter_without_an_address_waits_for_one(plain_server: ServerBench) -> None:
    submit(plain_server, 1)
    settle(plain_server)
    waiting = plain_server.dcc.delivery.undelivered(SUPPLIER)
    service = plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    settle(plain_server)
    assert waiting == 1
    assert numbers(service.taken) == [1]


def test_an_address_that_is_no_url_is_an_undelivered_letter(plain_server: ServerBench) -> None:
    plain_server.dcc.set_receive_url(SUPPLIER, "no url")
    submit(plain_server, 1)
    settle(plain_server)
    assert notes(plain_server)[-1].startswith("not delivered")


def test_a_letter_travels_over_mutual_tls(tls_server: ServerBench) -> None:
    service = tls_server.service()
    tls_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(tls_server, 1)
    settle(tls_server)
    assert numbers(service.taken) == [1]


def test_the_dcc_does_not_deliver_to_a_service_without_our_certificate(
    tls_server: ServerBench,
) -> None:
    service = tls_server.service()
    service.tls = None
    url = service.start().replace("http:", "https:")
    tls_server.dcc.set_receive_url(SUPPLIER, url)
    submit(tls_server, 1)
    settle(tls_server)
    assert service.taken == []
    assert notes(tls_server)[-1].startswith("not delivered")


def test_a_stop_keeps_what_is_undelivered(plain_server: ServerBench) -> None:
    submit(plain_server, 1)
    settle(plain_server)
    plain_server.dcc.stop()
    assert plain_server.dcc.delivery.undelivered(SUPPLIER) == 1


def test_a_stop_in_the_middle_of_a_delivery_lets_the_clock_go(plain_server: ServerBench) -> None:
    service = plain_server.service()
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, *range(50))
    plain_server.dcc.stop()
    try:
        plain_server.clock.advance(timedelta(minutes=1))
    except ExchangeStuckError:
        pytest.fail("a delivery that was stopped still holds the clock")


def test_a_letter_that_was_tried_before_is_marked(plain_server: ServerBench) -> None:
    service = plain_server.service(status=503)
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, 1, 2)
    settle(plain_server)
    service.status = 204
    plain_server.clock.advance(FIVE_MINUTES)
    assert service.tries_told == [None, "2", None]
    assert notes(plain_server)[-2:] == ["delivered at try 2, perhaps a duplicate", "delivered"]


def test_what_is_undelivered_goes_out_at_the_next_start(plain_server: ServerBench) -> None:
    service = plain_server.service(status=503)
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, 1, 2)
    settle(plain_server)
    plain_server.dcc.stop()
    service.status = 204
    plain_server.dcc.start()
    settle(plain_server)
    assert numbers(service.taken) == [1, 2]
    assert service.tries_told[1:] == ["3", None]


def test_a_start_does_not_begin_the_two_days_anew(plain_server: ServerBench) -> None:
    service = plain_server.service(status=503)
    plain_server.dcc.set_receive_url(SUPPLIER, service.start())
    submit(plain_server, 1)
    plain_server.clock.advance(TWO_DAYS - FIVE_MINUTES)
    plain_server.dcc.stop()
    plain_server.dcc.start()
    plain_server.clock.advance(FIVE_MINUTES)
    assert plain_server.dcc.delivery.undelivered(SUPPLIER) == 0
    assert notes(plain_server)[-1].startswith("lost: POST")
