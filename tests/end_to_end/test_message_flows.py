"""What passed on behalf of a request, told apart from everything else that passes."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.gbcs import messages
from assay.gbcs.identifiers import Eui64
from fixtures.message_flows import COMMAND, DUE, FLOWS, RESPONSE, MessageTrace
from fixtures.parties import METER, OTHER_METER, SUPPLIER

AT = datetime(2026, 1, 5, tzinfo=UTC)
REQUEST = b"<Request><Header><CommandVariant>1</CommandVariant></Header></Request>"
ANSWER = (
    b"<Response><Header><ResponseCode>I99</ResponseCode></Header><Body><ResponseMessage>"
    b"<ServiceReference>7.4</ServiceReference></ResponseMessage></Body></Response>"
)


def command(recipient: Eui64 = METER) -> bytes:
    return messages.command(
        message_code=0x52,
        originator=SUPPLIER,
        recipient=recipient,
        counter=1,
        payload=messages.dlms_command_payload(1, ()),
    ).to_octets()


def begun() -> MessageTrace:
    trace = MessageTrace()
    trace.begin("supplier", METER)
    return trace


def test_an_answer_stands_where_its_request_was_sent() -> None:
    trace = begun()
    trace.user_document("supplier", "duis-request", REQUEST, AT)
    trace.wan_message(command(), AT)
    trace.user_document("supplier", "duis-response", ANSWER, AT)
    assert trace.passed == ("CV1: I99 acknowledgement", COMMAND)


def test_a_request_without_an_answer_shows() -> None:
    trace = begun()
    trace.user_document("supplier", "duis-request", REQUEST, AT)
    assert trace.passed == ("CV1: no answer",)


def test_what_others_send_and_get_is_left_out() -> None:
    trace = begun()
    trace.user_document("distributor", "duis-request", REQUEST, AT)
    trace.wan_message(command(OTHER_METER), AT)
    assert trace.passed == ()


def test_octets_that_are_no_message_show() -> None:
    trace = begun()
    trace.wan_message(b"\x00", AT)
    assert trace.passed == ("no GBCS message",)


def test_the_due_time_stands_before_what_happens_at_it() -> None:
    trace = begun()
    trace.note(AT, COMMAND)
    trace.note_before(COMMAND, AT, DUE)
    trace.note_before(RESPONSE, AT, DUE)
    assert trace.passed == (DUE, COMMAND, DUE)


def test_every_flow_begins_with_what_a_user_sends() -> None:
    assert all(flow[0].startswith("CV") for flow in FLOWS.values())
