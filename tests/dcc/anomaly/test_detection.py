"""What is in excess of a threshold is held; what is held goes on, or goes, as its user says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import etree

from assay.dcc.anomaly.detection import UnknownEventError
from assay.dcc.anomaly.quarantine import Quarantined, Warned
from assay.dcc.anomaly.thresholds import (
    ANY,
    AttributeLimit,
    Basis,
    Communication,
    Level,
    Period,
    Threshold,
)
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.registration import MeteringPoint
from assay.dcc.settings import DccSettings
from assay.duis.catalogue import UserRole
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.response_bodies import DccAlert
from assay.duis.responses import Acknowledgement, DccOnlyResponse, LocalCommand
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import dlms_alert
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    METER,
    MPAN,
    OPERATOR,
    OTHER_SUPPLIER,
    START,
    SUPPLIER,
    hub,
    meter,
)

REQUEST, RESPONSE, ALERT = Communication.REQUEST, Communication.RESPONSE, Communication.ALERT


def limit(
    bench: DspBench,
    number: int,
    *,
    owner: Eui64 | None = SUPPLIER,
    what: Communication = REQUEST,
    subject: str = "7.4",
    warning: int | None = None,
    period: Period = Period.DAY,
) -> None:
    bench.dsp.detection.counting.set(
        Threshold(
            owner=owner,
            communication=what,
            subject=subject,
            period=period,
            quarantine=number,
            warning=warning,
        )
    )


def held(bench: DspBench) -> list[Quarantined]:
    return list(bench.dsp.detection.quarantine.find())


def send(bench: DspBench, times: int, srv: str = "7.4", user: Eui64 = SUPPLIER) -> list[str]:
    return [bench.send(bench.request(srv, user=user)).response_code for _ in range(times)]


def commands(bench: DspBench) -> int:
    bench.clock.advance(timedelta(seconds=1))
    return len(bench.premises.commands)


def test_what_is_in_excess_is_held_and_acknowledged_all_the_same(bench: DspBench) -> None:
    limit(bench, 2)
    assert send(bench, 4) == ["I99"] * 4
    assert commands(bench) == 2
    assert [(one.subject, one.breach.value) for one in held(bench)] == [
        ("7.4", "ADUserThresholdBreach")
    ] * 2


def test_a_threshold_of_none_holds_everything(bench: DspBench) -> None:
    limit(bench, 0)
    send(bench, 1)
    assert (commands(bench), len(held(bench))) == (0, 1)


def test_without_a_threshold_nothing_is_held(bench: DspBench) -> None:
    send(bench, 5)
    assert (commands(bench), held(bench)) == (5, [])


def test_a_users_own_threshold_is_nobody_elses(bench: DspBench) -> None:
    limit(bench, 0, owner=OPERATOR)
    send(bench, 1)
    assert held(bench) == []


def test_the_threshold_of_the_dcc_is_over_all_users(bench: DspBench) -> None:
    limit(bench, 2, owner=None)
    for user in (SUPPLIER, OPERATOR, SUPPLIER):
        send(bench, 1, user=user)
    (one,) = held(bench)
    assert (one.user, one.breach.value) == (SUPPLIER, "ADDCCThresholdBreach")


def test_a_threshold_in_general_counts_every_type(bench: DspBench) -> None:
    limit(bench, 2, subject=ANY)
    for srv in ("7.4", "4.1.1", "6.13"):
        send(bench, 1, srv)
    assert [one.subject for one in held(bench)] == ["6.13"]


def test_a_threshold_of_another_type_counts_nothing(bench: DspBench) -> None:
    limit(bench, 0, subject="4.1.1")
    send(bench, 1)
    assert held(bench) == []


@pytest.mark.parametrize(
    ("period", "span"),
    [
        (Period.HOUR, timedelta(hours=1)),
        (Period.DAY, timedelta(days=1)),
        (Period.MONTH, timedelta(days=31)),
    ],
)
def test_each_period_begins_with_none(bench: DspBench, period: Period, span: timedelta) -> None:
    limit(bench, 1, period=period)
    send(bench, 2)
    bench.clock.advance(span)
    send(bench, 2)
    assert len(held(bench)) == 2
    assert commands(bench) == 2


def test_a_level_may_be_per_cent_of_the_monthly_volume() -> None:
    level = Level(value=Decimal("2.5"), basis=Basis.PER_CENT, expected_per_month=1000)
    assert level.count == 25
    with pytest.raises(ValueError, match="monthly volume"):
        _ = Level(value=Decimal(1), basis=Basis.PER_CENT).count


def test_a_warning_comes_once_a_period_and_holds_nothing(bench: DspBench) -> None:
    heard: list[object] = []
    bench.dsp.detection.listeners.append(heard.append)
    limit(bench, 10, warning=2)
    send(bench, 5)
    (warned,) = heard
    assert isinstance(warned, Warned)
    assert (warned.level, warned.owner) == (2, SUPPLIER)
    bench.clock.advance(timedelta(days=1))
    send(bench, 3)
    assert len(heard) == 2
    assert held(bench) == []


def test_a_refused_request_does_not_count(bench: DspBench) -> None:
    limit(bench, 1)
    bench.send(bench.request("7.4", user=OTHER_SUPPLIER))
    bench.send(bench.request("7.4", target=SUPPLIER))
    assert send(bench, 1) == ["I99"]
    assert held(bench) == []


def test_a_pre_command_is_no_communication_and_its_signature_is(bench: DspBench) -> None:
    limit(bench, 0, subject="7.2")
    _, answer = bench.complete("7.2")
    assert isinstance(answer.body, Acknowledgement)
    (one,) = held(bench)
    bench.dsp.detection.release(one.event, SUPPLIER)
    assert commands(bench) == 1


def test_a_released_request_goes_on_and_is_answered_by_the_device(bench: DspBench) -> None:
    limit(bench, 0)
    request = bench.request("7.4")
    bench.send(request)
    (one,) = held(bench)
    bench.dsp.detection.release(one.event, SUPPLIER)
    assert commands(bench) == 1
    (response,) = bench.device_responses()
    assert response.request_id == request.request_id
    assert held(bench) == []


def test_a_deleted_request_never_was(bench: DspBench) -> None:
    limit(bench, 0)
    send(bench, 1)
    (one,) = held(bench)
    bench.dsp.detection.delete(one.event, SUPPLIER)
    assert (commands(bench), bench.letters, held(bench)) == (0, [], [])


def test_a_released_request_is_not_counted_again(bench: DspBench) -> None:
    limit(bench, 1)
    send(bench, 2)
    (one,) = held(bench)
    bench.dsp.detection.release(one.event, SUPPLIER)
    assert held(bench) == []
    assert commands(bench) == 2


def test_the_request_id_of_a_held_request_is_used(bench: DspBench) -> None:
    limit(bench, 0)
    request = bench.request("7.4")
    bench.send(request)
    assert bench.send(request).response_code == "E50"
    critical = bench.request("7.2")
    limit(bench, 0, subject="7.2")
    signed = bench.signed_pre_command(critical, bench.send(critical))
    assert [bench.send(signed).response_code for _ in range(2)] == ["I99", "E50"]


def test_what_was_right_and_is_right_no_more_fails_when_it_is_released(bench: DspBench) -> None:
    limit(bench, 0)
    request = bench.request("7.4")
    bench.send(request)
    new = MeteringPoint(mpxn=MPAN, role=UserRole.IMPORT_SUPPLIER, party=OTHER_SUPPLIER, start=START)
    bench.dsp.registration_watch.apply(added=[new])
    (one,) = held(bench)
    bench.dsp.detection.release(one.event, SUPPLIER)
    assert commands(bench) == 0
    assert bench.alert_codes() == ["N3"]


def test_a_synchronous_answer_comes_late_where_its_request_was_held(bench: DspBench) -> None:
    for srv, variant, kind in (("8.2", 8, DccOnlyResponse), ("7.4", 2, LocalCommand)):
        limit(bench, 0, subject=srv)
        request = bench.request(srv, command_variant=variant)
        assert bench.send(request).response_code == "I99"
        bench.dsp.detection.release(held(bench)[0].event, SUPPLIER)
        answer = bench.delivered()[-1]
        assert isinstance(answer.body, kind)
        assert answer.request_id == request.request_id


def test_only_its_user_decides(bench: DspBench) -> None:
    limit(bench, 0)
    send(bench, 1)
    (one,) = held(bench)
    for decide in (bench.dsp.detection.release, bench.dsp.detection.delete):
        with pytest.raises(UnknownEventError):
            decide(one.event, OPERATOR)
        with pytest.raises(UnknownEventError):
            decide(one.event + 1, SUPPLIER)
    assert held(bench) == [one]


def test_responses_are_held_and_released(bench: DspBench) -> None:
    limit(bench, 1, what=RESPONSE)
    send(bench, 2)
    bench.clock.advance(timedelta(seconds=1))
    assert len(bench.device_responses()) == 1
    (one,) = held(bench)
    assert one.communication is RESPONSE
    bench.dsp.detection.release(one.event, SUPPLIER)
    assert len(bench.device_responses()) == 2


def test_device_alerts_are_held_by_their_code(bench: DspBench) -> None:
    limit(bench, 0, what=ALERT, subject="8F12")
    for counter, code in enumerate((0x8F12, 0x8F3F), 1):
        alert = dlms_alert(
            message_code=0x1000,
            alert_code=code,
            originator=METER,
            recipient=SUPPLIER,
            counter=counter,
            at=bench.clock.now(),
        )
        bench.premises.send_up(bench.premises.protect(alert, critical=True))
    bench.clock.advance(timedelta(seconds=1))
    assert bench.alert_codes() == ["8F3F"]
    assert [one.subject for one in held(bench)] == ["8F12"]


class TestAttributeLimits:
    """A value out of its limits holds every communication that has it."""

    @pytest.fixture
    def bench(self, bench: DspBench) -> DspBench:
        limits = [AttributeLimit(srv="6.11", path="TolerancePeriod", maximum=Decimal(30))]
        bench.dsp.detection.set_limits(limits)
        return bench

    def ask(self, bench: DspBench, tolerance: int) -> None:
        body = {"CurrentDateTime": START, "TolerancePeriod": tolerance}
        bench.complete("6.11", body=body)

    def test_a_value_at_the_limit_goes_on(self, bench: DspBench) -> None:
        self.ask(bench, 30)
        assert (commands(bench), held(bench)) == (1, [])

    def test_a_value_beyond_it_is_held_each_time(self, bench: DspBench) -> None:
        for _ in range(2):
            self.ask(bench, 31)
        assert commands(bench) == 0
        assert [one.breach.value for one in held(bench)] == ["ADAttributeLimitsBreach"] * 2
        assert "expected at most 30, seen 31" in held(bench)[0].detail

    def test_the_user_may_let_it_go_on(self, bench: DspBench) -> None:
        self.ask(bench, 31)
        bench.dsp.detection.release(held(bench)[0].event, SUPPLIER)
        assert commands(bench) == 1


class TestAlert:
    """The DCC alert of quarantine, which has a body and no known code."""

    def test_none_is_sent_where_no_code_is_known(self, bench: DspBench) -> None:
        limit(bench, 0)
        send(bench, 1)
        assert bench.alert_codes() == []

    def test_a_bench_may_name_the_code(self, keys: BenchKeys, duis_schema: etree.XMLSchema) -> None:
        bench = DspBench(keys=keys, settings=DccSettings(quarantine_alert_code="N40"))
        bench.inventory.enter(hub())
        bench.inventory.enter(meter())
        limit(bench, 0)
        request = bench.request("7.4")
        bench.send(request)
        (letter,) = bench.letters
        assert duis_schema.validate(etree.fromstring(letter.document)), duis_schema.error_log
        (response,) = bench.delivered()
        assert isinstance(response.body, DccAlert)
        breach = {"RequestID": request.request_id, "QuarantineEventRef": held(bench)[0].event}
        assert response.body.content == {"ADUserThresholdBreach": breach}

    def test_a_code_that_means_something_else_is_refused(self, keys: BenchKeys) -> None:
        for code in ("N12", "N32"):
            with pytest.raises(ValueError, match="QuarantinedRequest"):
                DspBench(keys=keys, settings=DccSettings(quarantine_alert_code=code))

    def test_no_alert_of_the_table_claims_that_body(self) -> None:
        assert all(row.element != "QuarantinedRequest" for row in DCC_ALERTS.values())


def test_a_document_that_fails_counts_nothing(bench: DspBench) -> None:
    """What the transaction takes back was not counted, and not held."""
    limit(bench, 0)

    def fail(_: object) -> None:
        raise RuntimeError("no disk")

    bench.dsp.detection.listeners.append(fail)
    with pytest.raises(RuntimeError, match="no disk"):
        send(bench, 1)
    bench.dsp.detection.listeners.pop()
    (threshold,) = bench.dsp.detection.counting.thresholds()
    assert bench.dsp.detection.counting.number(threshold) == 0
    assert held(bench) == []


def test_a_threshold_anew_keeps_the_count(bench: DspBench) -> None:
    limit(bench, 5)
    send(bench, 3)
    (threshold,) = bench.dsp.detection.counting.thresholds()
    bench.dsp.detection.counting.set(replace(threshold, quarantine=3))
    send(bench, 1)
    assert len(held(bench)) == 1
