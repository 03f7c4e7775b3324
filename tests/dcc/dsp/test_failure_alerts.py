"""Alerts of failures with their response code, and alerts that a user's version does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.settings import DccSettings
from assay.duis.response_bodies import DccAlert
from assay.duis.responses import Response
from tests.dcc.bench import DspBench
from tests.dcc.parties import METER, START, SUPPLIER, hub, meter

TOMORROW = START + timedelta(days=1)


def bench_with(keys: BenchKeys, **settings: object) -> DspBench:
    bench = DspBench(keys=keys, settings=DccSettings(**settings))  # type: ignore[arg-type]
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    bench.premises.is_silent = True
    return bench


def not_reached(bench: DspBench) -> None:
    bench.inventory.enter(meter(hub=None))
    bench.send(bench.request("7.4"))


def not_answered(bench: DspBench) -> None:
    bench.send(bench.request("7.4"))


def dated_not_answered(bench: DspBench) -> None:
    bench.send(bench.request("4.1.1", body={"ExecutionDateTime": TOMORROW}))


def predecessor_not_answered(bench: DspBench) -> None:
    first = bench.request("7.4", first_in_sequence=True)
    bench.send(first)
    bench.send(bench.request("4.1.1", preceding_request_id=first.request_id))


def predecessor_never_came(bench: DspBench) -> None:
    missing = replace(bench.request("7.4").request_id, counter=10**6)
    bench.send(bench.request("7.4", preceding_request_id=missing))


def device_dated_without_an_outcome(bench: DspBench) -> None:
    bench.dsp.from_devices.alerts.command_failed("N10", bench.request("7.2").request_id, METER)


def scheduled_run_not_answered(bench: DspBench) -> None:
    bench.dsp.from_devices.alerts.command_failed(
        "N11", bench.request("4.1.1").request_id, METER, schedule_id=1
    )


FAILURES: dict[Callable[[DspBench], None], tuple[str, str]] = {
    not_reached: ("N12", "E20"),
    not_answered: ("N13", "E21"),
    dated_not_answered: ("N11", "E30"),
    device_dated_without_an_outcome: ("N10", "E30"),
    scheduled_run_not_answered: ("N11", "E31"),
    predecessor_not_answered: ("N14", "E40"),
    predecessor_never_came: ("N15", "E41"),
}


def alert(bench: DspBench, code: str) -> Response:
    """The one alert with this code."""
    bench.clock.advance(timedelta(days=3))
    alerts = [one for one in bench.delivered() if isinstance(one.body, DccAlert)]
    (found,) = [one for one in alerts if isinstance(one.body, DccAlert) and one.body.code == code]
    return found


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.__name__)
def test_an_alert_of_a_failure_has_its_response_code_where_a_bench_wants_it(
    keys: BenchKeys, failure: Callable[[DspBench], None]
) -> None:
    code, response_code = FAILURES[failure]
    told = {}
    for wanted in (False, True):
        bench = bench_with(keys, alerts_carry_failure_codes=wanted)
        failure(bench)
        told[wanted] = alert(bench, code).response_code
    assert told == {False: "I0", True: response_code}


class TestOlderVersion:
    """A user of an older DUIS version, and an alert that came later."""

    @staticmethod
    def told(keys: BenchKeys, version: str | None, since: str) -> list[Response]:
        bench = bench_with(keys, alerts_since={"N13": since})
        user = bench.registration.user(SUPPLIER)
        assert user is not None
        bench.registration.add_user(replace(user, duis_version=version))
        not_answered(bench)
        bench.clock.advance(timedelta(days=1))
        return bench.delivered()

    @pytest.mark.parametrize(
        ("version", "since", "code"),
        [("5.1", "5.2", "N999"), ("5.2", "5.2", "N13"), ("5.10", "5.9", "N13"), (None, "9", "N13")],
    )
    def test_gets_n999_for_what_its_version_does_not_have(
        self, keys: BenchKeys, version: str | None, since: str, code: str
    ) -> None:
        (response,) = self.told(keys, version, since)
        assert isinstance(response.body, DccAlert)
        assert response.body.code == code

    def test_hears_which_alert_it_was(self, keys: BenchKeys, duis_schema: etree.XMLSchema) -> None:
        bench = bench_with(keys, alerts_since={"N13": "5.4"})
        user = bench.registration.user(SUPPLIER)
        assert user is not None
        bench.registration.add_user(replace(user, duis_version="5.1"))
        request = bench.request("7.4")
        bench.send(request)
        bench.clock.advance(timedelta(days=1))
        (letter,) = bench.letters
        assert duis_schema.validate(etree.fromstring(letter.document)), duis_schema.error_log
        (response,) = bench.delivered()
        assert isinstance(response.body, DccAlert)
        assert response.body.content == {
            "DCCAlertVersionMismatch": {
                "DCCAlertCode": "N13",
                "DeviceID": METER,
                "RequestID": request.request_id,
            },
            "ServiceUserDUISVersion": "5.1",
        }
