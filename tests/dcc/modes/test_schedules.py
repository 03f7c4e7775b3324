"""Scheduled (DSP): 5.1 creates, 5.2 reads, 5.3 deletes; each run is a request of the DCC's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.schedule_checks import SERVICES
from assay.dcc.dsp.schedules import FIRST_COUNTER, MAX_SCHEDULES, Schedule, request_of
from assay.dcc.registration import MeteringPoint
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.duis.identifiers import RequestId
from assay.duis.requests import build_request
from assay.duis.responses import DccAlert, DccOnlyResponse, DspScheduledMessage, Response
from assay.duis.values import TEXT_KEY, CalendarDate
from assay.gbcs.envelope import parse
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    BROKER,
    METER,
    MPAN,
    OTHER_SUPPLIER,
    PARTIES,
    START,
    SUPPLIER,
    UNKNOWN_DEVICE,
)

A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)
OFFSETS = {
    "StartDateOffset": -2,
    "StartTime": time(tzinfo=UTC),
    "EndDateOffset": -1,
    "EndTime": time(tzinfo=UTC),
}


def details(srv: str = "4.6.1", **changes: Any) -> dict[str, Any]:
    """From the day after the start, daily at two in the morning."""
    element = next(name for name, service in SERVICES.items() if service == srv)
    has_period = element not in (
        "DSPReadMaximumDemandImportRegisters",
        "DSPReadMaximumDemandExportRegisters",
        "DSPReadLoadLimitData",
        "DSPReadActivePowerImport",
        "DSPRecordNetworkDataGAS",
        "DSPReadInstantaneousExportRegisters",
    )
    fields = {
        "ScheduleFrequency": "Daily",
        "ScheduleStartDate": CalendarDate(2026, 3, 2),
        "ScheduleExecutionStartTime": time(2, tzinfo=UTC),
        "DSPScheduledServiceReference": CATALOGUE[srv].service_reference,
        "DSPScheduledServiceReferenceVariant": srv,
        "DeviceID": METER,
        element: OFFSETS if has_period else {},
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def ask(bench: DspBench, srv: str, body: Mapping[str, Any], **changes: Any) -> Response:
    return bench.send(bench.request(srv, body=body, target=BROKER, **changes))


def create(bench: DspBench, **changes: Any) -> int:
    answer = ask(bench, "5.1", details(**changes))
    assert answer.response_code == "I0", answer
    assert isinstance(answer.body, DccOnlyResponse)
    number = answer.body.content[TEXT_KEY]
    assert isinstance(number, int)
    return number


def readings(bench: DspBench) -> list[DspScheduledMessage]:
    return [one.body for one in bench.delivered() if isinstance(one.body, DspScheduledMessage)]


def test_each_run_reads_the_meter_and_names_its_schedule(bench: DspBench) -> None:
    number = create(bench)
    bench.clock.advance(timedelta(days=3))
    assert [one.dsp_schedule_id for one in readings(bench)] == [number] * 3
    assert {parse(one.gbcs_payload).originator for one in readings(bench)} == {METER}


def test_a_run_is_at_the_time_of_the_schedule(bench: DspBench) -> None:
    create(bench)
    bench.clock.advance(timedelta(hours=14) - A_SECOND)
    before = list(bench.premises.commands)
    bench.clock.advance(2 * A_SECOND)
    assert before == []
    assert len(bench.premises.commands) == 1


def test_a_scheduled_response_has_a_response_id_and_no_request_id(bench: DspBench) -> None:
    create(bench)
    bench.clock.advance(A_DAY)
    (response,) = bench.delivered()
    assert response.request_id is None
    assert response.response_id == RequestId(METER, SUPPLIER, FIRST_COUNTER + 1)


def test_the_period_is_counted_from_the_day_of_the_run() -> None:
    schedule = Schedule(schedule_id=1, owner=SUPPLIER, details=details(), next_run=None)
    request = request_of(schedule, RequestId(SUPPLIER, METER, 1), datetime(2026, 3, 10).date())
    assert request.body == {
        "ReadLogPeriod": {
            "StartDateTime": datetime(2026, 3, 8, tzinfo=UTC),
            "EndDateTime": datetime(2026, 3, 9, tzinfo=UTC),
        }
    }


@pytest.mark.parametrize("srv", SERVICES.values())
def test_every_service_makes_a_right_request(srv: str) -> None:
    schedule = Schedule(schedule_id=1, owner=SUPPLIER, details=details(srv), next_run=None)
    request = request_of(schedule, RequestId(SUPPLIER, METER, 1), datetime(2026, 3, 10).date())
    assert b"Request" in bytes(build_request(request))


def test_a_schedule_ends_after_its_end_date(bench: DspBench) -> None:
    create(bench, ScheduleEndDate=CalendarDate(2026, 3, 3))
    bench.clock.advance(timedelta(days=10))
    assert len(readings(bench)) == 2
    assert ask(bench, "5.2", {"DeviceID": METER}).response_code == "W050201"


def test_a_schedule_without_a_time_runs_at_midnight(bench: DspBench) -> None:
    create(bench, ScheduleExecutionStartTime=None)
    bench.clock.advance(timedelta(hours=12, seconds=1))
    assert len(bench.premises.commands) == 1


def test_an_unknown_party_is_served_through_the_broker(bench: DspBench) -> None:
    other = PARTIES[UserRole.OTHER_USER]
    assert ask(bench, "5.1", details("4.8.1"), user=other).response_code == "I0"
    bench.clock.advance(A_DAY)
    (command,) = bench.premises.commands
    assert command.originator == BROKER
    assert command.other.supplementary_party == other


def test_schedules_are_read_by_device_and_by_number(bench: DspBench) -> None:
    first, second = create(bench), create(bench, srv="4.8.1")
    by_device = ask(bench, "5.2", {"DeviceID": METER})
    by_number = ask(bench, "5.2", {"DSPScheduleID": second})
    assert isinstance(by_device.body, DccOnlyResponse)
    assert isinstance(by_number.body, DccOnlyResponse)
    entries = _entries(by_device.body)
    (entry,) = _entries(by_number.body)
    assert [one["DSPScheduleID"] for one in entries] == [first, second]
    assert entry["DSPScheduleDetails"] == details("4.8.1")


def _entries(body: DccOnlyResponse) -> list[dict[str, Any]]:
    found: Any = body.content["DSPSchedules"]
    return list(found)


def test_nobody_reads_or_deletes_the_schedule_of_another(bench: DspBench) -> None:
    number = create(bench)
    operator = PARTIES[UserRole.ELECTRICITY_DISTRIBUTOR]
    read = ask(bench, "5.2", {"DSPScheduleID": number}, user=operator)
    deleted = ask(bench, "5.3", {"DeviceID": METER}, user=operator)
    assert (read.response_code, deleted.response_code) == ("W050201", "W050301")
    bench.clock.advance(A_DAY)
    assert len(readings(bench)) == 1


@pytest.mark.parametrize("by_device", [True, False], ids=["by device", "by number"])
def test_a_deleted_schedule_runs_no_more(bench: DspBench, by_device: bool) -> None:
    number = create(bench)
    body = {"DeviceID": METER} if by_device else {"DSPScheduleID": number}
    assert ask(bench, "5.3", body).response_code == "I99"
    bench.clock.advance(3 * A_DAY)
    assert bench.premises.commands == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"DeviceID": UNKNOWN_DEVICE}, "E19"),
        ({"DSPScheduledServiceReference": "4.8"}, "E48"),
        ({"srv": "4.6.1", "DSPScheduledServiceReferenceVariant": "4.6.2"}, "E48"),
        ({"ScheduleEndDate": CalendarDate(2026, 3, 1)}, "E48"),
        ({"DSPRetrieveImportDailyReadLog": {**OFFSETS, "EndDateOffset": -3}}, "E48"),
    ],
    ids=["device", "reference", "element", "end before start", "period"],
)
def test_a_wrong_schedule_is_refused(bench: DspBench, changes: dict[str, Any], code: str) -> None:
    assert ask(bench, "5.1", details(**changes)).response_code == code


def test_a_service_of_gas_meters_is_not_scheduled_at_another_device(bench: DspBench) -> None:
    transporter = PARTIES[UserRole.GAS_TRANSPORTER]
    assert ask(bench, "5.1", details("14.1"), user=transporter).response_code == "E11"


def test_a_role_schedules_only_what_it_may_ask_for(bench: DspBench) -> None:
    other = PARTIES[UserRole.OTHER_USER]
    assert ask(bench, "5.1", details("4.6.1"), user=other).response_code == "E2"


def test_another_supplier_cannot_schedule_readings(bench: DspBench) -> None:
    assert ask(bench, "5.1", details(), user=OTHER_SUPPLIER).response_code == "E4"


def test_an_owner_has_at_most_99_schedules_at_a_device(bench: DspBench) -> None:
    for _ in range(MAX_SCHEDULES):
        create(bench)
    assert ask(bench, "5.1", details()).response_code == "E100"


def alerts(bench: DspBench) -> list[DccAlert]:
    return [one.body for one in bench.delivered() if isinstance(one.body, DccAlert)]


def test_a_run_without_an_answer_is_reported_with_its_schedule(bench: DspBench) -> None:
    number = create(bench, ScheduleEndDate=CalendarDate(2026, 3, 2))
    bench.premises.is_silent = True
    bench.clock.advance(A_DAY)
    (alert,) = alerts(bench)
    assert alert.code == "N11"
    assert alert.content["DSPScheduleID"] == number


def test_an_owner_that_has_lost_the_meter_is_told_at_the_run(bench: DspBench) -> None:
    number = create(bench, srv="4.8.1", ScheduleEndDate=CalendarDate(2026, 3, 2))
    bench.registration.add_point(
        MeteringPoint(
            mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=START + A_SECOND
        )
    )
    bench.clock.advance(A_DAY)
    (alert,) = alerts(bench)
    assert (alert.code, alert.content["DSPScheduleID"]) == ("N3", number)
    assert bench.premises.commands == []


def test_schedules_of_a_device_are_taken_back_with_an_alert(bench: DspBench) -> None:
    number = create(bench)
    bench.dsp.books.estate.cancellation.cancel(CancellationCause.DECOMMISSIONED, METER)
    (alert,) = alerts(bench)
    assert alert.code == "N17"
    assert alert.content == {"DeviceID": METER, "DSPScheduleID": number}
    bench.clock.advance(3 * A_DAY)
    assert bench.premises.commands == []


def test_a_new_run_of_the_dcc_keeps_the_schedules(bench: DspBench) -> None:
    number = create(bench)
    bench.clock.advance(A_DAY)
    bench.restart()
    bench.clock.advance(A_DAY)
    assert [one.dsp_schedule_id for one in readings(bench)] == [number] * 2
    assert create(bench) == number + 1


def test_runs_missed_while_the_dcc_was_down_are_made_up_for_once(bench: DspBench) -> None:
    create(bench)
    bench.dsp.stop()
    bench.clock.advance(5 * A_DAY)
    bench.restart()
    bench.clock.advance(A_SECOND)
    assert len(readings(bench)) == 1
    bench.clock.advance(A_DAY)
    assert len(readings(bench)) == 2
