"""Future dated (Device): accepted at once, then one alert for each instruction, x of y."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assay.dcc.dsp.instructions import executed_counter, instructions_in
from assay.duis.identifiers import RequestId
from assay.duis.responses import DeviceAlert, FutureDatedDeviceAlert, Response
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.envelope import Message, parse
from assay.gbcs.messages import dlms_alert
from fixtures.cells.least_body import least_body
from tests.dcc.bench import DspBench
from tests.dcc.parties import METER, START, SUPPLIER

A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
TOMORROW = START + A_DAY
LOAD_LIMIT = "6.4.1"
"""Four instructions."""


def dated(bench: DspBench, when: datetime = TOMORROW) -> RequestId:
    body = {**least_body(LOAD_LIMIT), "ExecutionDateTime": when}
    request, answer = bench.complete(LOAD_LIMIT, body=body)
    assert answer.response_code == "I99", answer
    bench.clock.advance(A_SECOND)
    return request.request_id


def outcome(
    request_id: RequestId, number: int, *, code: int = 0x8F66, recipient: bytes = SUPPLIER
) -> Message:
    """What the meter says of one instruction of the Command with the counter of the request."""
    executed = (
        (0x0043).to_bytes(2, "big")
        + request_id.counter.to_bytes(8, "big")
        + bytes((0, 71, 0, 0, 17, 0, number, 255, 4))
    )
    return dlms_alert(
        message_code=0x00CC,
        alert_code=code,
        originator=METER,
        recipient=type(METER)(recipient),
        counter=9000 + number,
        at=TOMORROW,
        extras=(octet_string(executed),),
    )


def send_up(bench: DspBench, *alerts: Message) -> None:
    for alert in alerts:
        bench.premises.send_up(bench.premises.protect(alert, critical=True))
    bench.clock.advance(A_SECOND)


def outcomes(bench: DspBench) -> list[Response]:
    return [one for one in bench.delivered() if isinstance(one.body, FutureDatedDeviceAlert)]


def test_the_command_goes_out_at_once_and_is_answered(bench: DspBench) -> None:
    request_id = dated(bench)
    assert len(bench.premises.commands) == 1
    assert [one.request_id for one in bench.device_responses()] == [request_id]


def test_each_outcome_is_passed_on_as_x_of_y_of_its_request(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY)
    send_up(bench, *(outcome(request_id, number) for number in range(1, 5)))
    numbers = []
    for one in outcomes(bench):
        assert isinstance(one.body, FutureDatedDeviceAlert)
        assert one.request_id == request_id
        assert one.body.alert_code == b"\x8f\x66"
        numbers.append((one.body.instruction_number, one.body.total_command_instructions))
    assert numbers == [(1, 4), (2, 4), (3, 4), (4, 4)]
    bench.clock.advance(2 * A_DAY)
    assert "N10" not in bench.alert_codes()


def test_an_outcome_that_comes_twice_keeps_its_number(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY)
    send_up(bench, outcome(request_id, 1), outcome(request_id, 1), outcome(request_id, 2))
    bodies = [one.body for one in outcomes(bench)]
    assert [getattr(body, "instruction_number", None) for body in bodies] == [1, 1, 2]


def test_a_failed_instruction_is_passed_on_as_such(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY)
    send_up(bench, outcome(request_id, 1, code=0x8F67))
    (one,) = outcomes(bench)
    assert isinstance(one.body, FutureDatedDeviceAlert)
    assert one.body.alert_code == b"\x8f\x67"


@pytest.mark.parametrize("count", [0, 3], ids=["none", "three of four"])
def test_outcomes_that_do_not_come_are_reported(bench: DspBench, count: int) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY)
    send_up(bench, *(outcome(request_id, number) for number in range(count)))
    bench.clock.advance(bench.settings.device_dated_grace - 3 * A_SECOND)
    before = "N10" in bench.alert_codes()
    bench.clock.advance(3 * A_SECOND)
    assert not before
    assert bench.alert_codes()[-1] == "N10"


def test_of_a_command_that_the_device_refuses_nothing_is_expected(bench: DspBench) -> None:
    bench.premises.result = 3
    dated(bench)
    bench.clock.advance(3 * A_DAY)
    assert bench.alert_codes() == []


def test_of_a_command_that_never_arrives_nothing_more_is_expected(bench: DspBench) -> None:
    bench.premises.is_silent = True
    dated(bench)
    bench.clock.advance(3 * A_DAY)
    assert bench.alert_codes() == ["N13"]


def test_a_later_command_replaces_what_the_device_holds(bench: DspBench) -> None:
    dated(bench)
    second = dated(bench, START + 2 * A_DAY)
    bench.clock.advance(2 * A_DAY)
    send_up(bench, *(outcome(second, number) for number in range(4)))
    bench.clock.advance(3 * A_DAY)
    assert "N10" not in bench.alert_codes()


def test_a_cancellation_goes_to_the_device_and_ends_the_waiting(bench: DspBench) -> None:
    dated(bench)
    dated(bench, datetime(3000, 12, 31, tzinfo=UTC))
    bench.clock.advance(3 * A_DAY)
    assert len(bench.premises.commands) == 2
    assert bench.alert_codes() == []


def test_an_outcome_of_an_unknown_command_is_an_alert_like_any_other(bench: DspBench) -> None:
    send_up(bench, outcome(RequestId(SUPPLIER, METER, 77), 1))
    (alert,) = bench.delivered()
    assert isinstance(alert.body, DeviceAlert)


def test_an_outcome_without_its_signature_counts_for_nothing(bench: DspBench) -> None:
    request_id = dated(bench)
    alert = bench.premises.protect(outcome(request_id, 1), critical=True)
    bench.premises.send_up(alert.with_signature(bytes(64)))
    bench.clock.advance(A_SECOND)
    assert outcomes(bench) == []


def test_a_new_run_of_the_dcc_goes_on_counting(bench: DspBench) -> None:
    request_id = dated(bench)
    bench.clock.advance(A_DAY)
    send_up(bench, outcome(request_id, 1))
    bench.restart()
    send_up(bench, outcome(request_id, 2))
    bodies = [one.body for one in outcomes(bench)]
    assert [getattr(body, "instruction_number", None) for body in bodies] == [1, 2]


# Against the national test data

_TIMES = (
    datetime(2030, 1, 15, 9, tzinfo=UTC),
    datetime(2030, 4, 1, 9, tzinfo=UTC),
    datetime(2015, 1, 1, tzinfo=UTC),
)


def test_as_many_outcomes_are_expected_as_the_test_data_has_alerts(shared: Path) -> None:
    files = sorted((shared / "rtds/messages").rglob("*FUTURE_DATED*"))
    messages = [(path.name, parse(bytes.fromhex(path.read_text().strip()))) for path in files]
    alerts: dict[tuple[str, int], int] = {}
    for name, message in messages:
        counter = executed_counter(message) if message.cra == 3 else None
        if counter is not None:
            alerts[service(name), counter] = alerts.get((service(name), counter), 0) + 1
    compared = {}
    for name, message in messages:
        count = alerts.get((service(name), message.counter))
        if "SUCCESS_COMMAND_" in name and count is not None:
            compared[name] = (max(instructions_in(message, at) for at in _TIMES), count)
    assert len(compared) >= 9
    assert {n: pair for n, pair in compared.items() if pair[0] != pair[1]} == {}


def service(name: str) -> str:
    """Use case and variant, with which the test data's names begin."""
    return "_".join(name.split("_")[:2])
