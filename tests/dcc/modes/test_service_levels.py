"""How long services took, and results that a device sends by its own calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.dcc.dsp.commands import Errand
from assay.dcc.dsp.service_levels import ServiceLevel, target_time
from assay.duis.responses import DeviceAlert
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.messages import dlms_alert
from tests.dcc.bench import DspBench
from tests.dcc.modes.test_schedules import create
from tests.dcc.parties import METER, START, SUPPLIER

A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("srv", "errand", "seconds"),
    [
        ("4.1.1", Errand.ON_DEMAND, 30),
        ("4.8.1", Errand.ON_DEMAND, 5600),
        ("4.8.1", Errand.SCHEDULED, 86400),
        ("4.1.1", Errand.FUTURE_DATED, 86400),
    ],
)
def test_a_target_belongs_to_service_and_mode(srv: str, errand: Errand, seconds: int) -> None:
    assert target_time(srv, errand) == timedelta(seconds=seconds)


def test_local_delivery_has_no_target() -> None:
    assert target_time("7.4", Errand.LOCAL) is None


def level(bench: DspBench, srv: str, errand: Errand = Errand.ON_DEMAND) -> ServiceLevel:
    return bench.dsp.modes.levels.measured[srv, errand]


def test_an_answer_in_time_is_counted_and_on_record(bench: DspBench) -> None:
    bench.complete("7.4")
    bench.clock.advance(A_SECOND)
    assert level(bench, "7.4").answered == level(bench, "7.4").within_target == 1
    (entry,) = [one for one in bench.audit.entries if one.kind == "service level"]
    assert entry.note == "answered after 0.8 s, within 30 s"


def test_an_answer_that_comes_late_is_counted_as_such(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(timedelta(seconds=45))
    (command, _) = bench.premises.commands
    bench.premises.send_up(bench.premises.answer(command))
    bench.clock.advance(A_SECOND)
    assert (level(bench, "7.4").answered, level(bench, "7.4").within_target) == (1, 0)


def test_no_answer_is_counted_as_a_failure(bench: DspBench) -> None:
    bench.premises.is_silent = True
    bench.complete("7.4")
    bench.clock.advance(timedelta(minutes=2))
    assert level(bench, "7.4") == ServiceLevel(failed=1)


def test_a_scheduled_reading_is_measured_from_its_run(bench: DspBench) -> None:
    create(bench)
    bench.clock.advance(A_DAY)
    assert level(bench, "4.6.1", Errand.SCHEDULED).longest == timedelta(milliseconds=800)


def test_a_billing_calendar_sends_its_results_as_device_alerts(bench: DspBench) -> None:
    """Scheduled (Device): 6.8 sets the calendar, ECS68 brings the newest entry of the log."""
    alert = dlms_alert(
        message_code=0x0061,
        alert_code=0x8F0A,
        originator=METER,
        recipient=SUPPLIER,
        counter=7,
        at=START,
        extras=(octet_string(bytes(40)),),
    )
    bench.premises.send_up(bench.premises.protect(alert, critical=True))
    bench.clock.advance(A_SECOND)
    (response,) = bench.delivered()
    assert isinstance(response.body, DeviceAlert)
    assert response.body.alert_code == b"\x8f\x0a"
    assert response.request_id is None
