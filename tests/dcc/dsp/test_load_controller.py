"""7.16: the load controller has its own credentials on the meter and signs its own Commands."""

from __future__ import annotations

from datetime import timedelta

from assay.duis.catalogue import UserRole
from assay.duis.responses import PreCommand
from assay.gbcs import protection
from assay.gbcs.certificates import RemotePartyRole
from fixtures.cells.least_body import least_body
from tests.dcc.bench import DspBench
from tests.dcc.parties import METER, PARTIES, SUPPLIER

CONTROLLER = PARTIES[UserRole.LOAD_CONTROLLER]
LIMIT = 0x011F


def test_a_load_controller_signs_and_the_meter_is_told_in_its_name(bench: DspBench) -> None:
    request = bench.request("7.16", user=CONTROLLER, target=METER, body=least_body("7.16"))
    answer = bench.send(request)
    assert isinstance(answer.body, PreCommand)
    assert bench.send(bench.signed_pre_command(request, answer)).response_code == "I99"
    bench.clock.advance(timedelta(seconds=1))
    (command,) = bench.premises.commands
    assert (command.originator, command.message_code) == (CONTROLLER, LIMIT)
    key = bench.keys.credential(CONTROLLER, RemotePartyRole.LOAD_CONTROLLER)
    assert protection.is_signature_valid(command, key.certificate.public_key)
    assert len(bench.device_responses(CONTROLLER)) == 1


def test_nobody_else_limits_a_load(bench: DspBench) -> None:
    request = bench.request("7.16", user=SUPPLIER, target=METER, body=least_body("7.16"))
    assert bench.send(request).response_code == "E2"
