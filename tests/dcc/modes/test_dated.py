"""Future dated (DSP): held until its time, checked again, carried out or reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.dates import CANCELLATION
from assay.dcc.dsp.execution import as_on_demand
from assay.dcc.inventory import DeviceStatus
from assay.dcc.registration import MeteringPoint
from assay.duis.catalogue import UserRole
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.responses import DccAlert
from tests.dcc.bench import DspBench
from tests.dcc.parties import BODIES, METER, MPAN, OTHER_SUPPLIER, START, SUPPLIER, meter

A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
TOMORROW = START + A_DAY


def dated(bench: DspBench, when: datetime = TOMORROW, srv: str = "4.1.1") -> RequestId:
    body = {**BODIES[srv], "ExecutionDateTime": when}
    request, answer = bench.complete(srv, body=body)
    assert answer.response_code == "I99"
    return request.request_id


def test_a_dated_request_goes_out_at_its_time(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY - A_SECOND)
    before = list(bench.premises.commands)
    bench.clock.advance(2 * A_SECOND)
    assert before == []
    assert [one.request_id for one in bench.device_responses()] == [request_id]


def test_a_dated_request_is_answered_like_one_on_demand(bench: DspBench) -> None:
    dated(bench)
    bench.clock.advance(A_DAY + A_SECOND)
    (response,) = bench.device_responses()
    assert response.response_code == "I0"
    assert bench.alert_codes() == []


def test_a_cancelled_request_never_goes_out(bench: DspBench) -> None:
    dated(bench)
    dated(bench, CANCELLATION)
    bench.clock.advance(2 * A_DAY)
    assert bench.premises.commands == []
    assert bench.alert_codes() == []


def test_a_cancellation_of_nothing_is_acknowledged(bench: DspBench) -> None:
    dated(bench, CANCELLATION)
    assert bench.premises.commands == []


def test_a_later_request_takes_the_place_of_an_earlier_one(bench: DspBench) -> None:
    dated(bench)
    second = dated(bench, START + 2 * A_DAY)
    bench.clock.advance(3 * A_DAY)
    assert [one.request_id for one in bench.device_responses()] == [second]


def test_requests_of_different_services_stand_side_by_side(bench: DspBench) -> None:
    first, second = dated(bench), dated(bench, srv="4.10")
    bench.clock.advance(A_DAY + A_SECOND)
    assert [one.request_id for one in bench.device_responses()] == [first, second]


def failure(bench: DspBench) -> tuple[str, object]:
    """The one alert that the supplier has, and which request it names."""
    (alert,) = [one.body for one in bench.delivered() if isinstance(one.body, DccAlert)]
    return alert.code, alert.content["CommandRequestID"]


def test_a_supplier_that_has_lost_the_meter_is_told_so_at_the_time(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.registration.add_point(
        MeteringPoint(
            mpxn=MPAN,
            role=UserRole.IMPORT_SUPPLIER,
            party=OTHER_SUPPLIER,
            start=START + timedelta(hours=1),
        )
    )
    bench.clock.advance(2 * A_DAY)
    assert bench.premises.commands == []
    assert failure(bench) == ("N3", request_id)


def test_a_user_that_is_not_live_any_more_is_told_so_at_the_time(bench: DspBench) -> None:
    request_id = dated(bench)
    user = bench.registration.user(SUPPLIER)
    assert user is not None
    bench.registration.add_user(replace(user, is_live=False))
    bench.clock.advance(A_DAY)
    assert failure(bench) == ("N3", request_id)


def test_a_device_that_is_suspended_by_then_is_not_asked(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.inventory.enter(meter(DeviceStatus.SUSPENDED))
    bench.clock.advance(A_DAY)
    assert bench.premises.commands == []
    assert failure(bench) == ("N3", request_id)


def test_a_dated_request_without_an_answer_has_its_own_alert(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.premises.is_silent = True
    bench.clock.advance(A_DAY + timedelta(minutes=2))
    assert len(bench.premises.commands) == 2
    assert failure(bench) == ("N11", request_id)


def test_what_is_held_for_a_device_is_taken_back_with_an_alert(bench: DspBench) -> None:
    request_id = dated(bench)
    cancellation = bench.dsp.books.estate.cancellation
    assert cancellation.cancel(CancellationCause.WITHDRAWN, METER) == 1
    bench.clock.advance(2 * A_DAY)
    assert bench.premises.commands == []
    assert failure(bench) == ("N7", request_id)


def test_a_new_run_of_the_dcc_carries_out_what_the_last_one_held(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.restart()
    bench.clock.advance(A_DAY + A_SECOND)
    assert [one.request_id for one in bench.device_responses()] == [request_id]


def test_what_fell_due_while_the_dcc_was_down_is_made_up_for(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.dsp.stop()
    bench.clock.advance(3 * A_DAY)
    bench.restart()
    bench.clock.advance(A_SECOND)
    assert [one.request_id for one in bench.device_responses()] == [request_id]


def test_the_date_that_the_dsp_waited_for_is_not_told_to_the_device() -> None:
    body = {"ExecutionDateTime": TOMORROW}
    at_dsp = Request(
        request_id=RequestId(SUPPLIER, METER, 1), command_variant=1, srv="4.1.1", body=body
    )
    at_device = replace(at_dsp, srv="6.23")
    assert as_on_demand(at_dsp).body == {}
    assert as_on_demand(at_device) == at_device
