"""Requests that only pass through: sub-GHz management of hubs (6.28 to 6.32), gas network data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assay.dcc.inventory import DeviceType
from assay.duis.catalogue import UserRole
from fixtures.cells.least_body import least_body
from tests.dcc.bench import DspBench
from tests.dcc.parties import BROKER, HUB, METER, PARTIES, SUPPLIER, meter

A_SECOND = timedelta(seconds=1)
SUB_GHZ = {"6.28": 0x010D, "6.29": 0x010E, "6.30": 0x010C, "6.31": 0x010A, "6.32": 0x010B}


@pytest.mark.parametrize("srv", SUB_GHZ)
def test_the_broker_manages_the_sub_ghz_radio_of_a_hub_for_its_supplier(
    bench: DspBench, srv: str
) -> None:
    _, answer = bench.complete(srv, target=HUB, body=least_body(srv))
    bench.clock.advance(A_SECOND)
    assert answer.response_code == "I99"
    (command,) = bench.premises.commands
    assert (command.originator, command.recipient) == (BROKER, HUB)
    assert command.message_code == SUB_GHZ[srv]
    assert command.other.supplementary_party == SUPPLIER
    assert len(bench.device_responses()) == 1


def test_a_gas_transporter_starts_the_network_data_log(bench: DspBench) -> None:
    transporter = PARTIES[UserRole.GAS_TRANSPORTER]
    bench.inventory.enter(replace(meter(), device_type=DeviceType.GSME, esme_variant=None))
    bench.premises.is_silent = True
    request = bench.request("14.1", user=transporter, target=METER, body={})
    assert bench.send(request).response_code == "I99"
    bench.clock.advance(A_SECOND)
    (command,) = bench.premises.commands
    assert (command.originator, command.message_code) == (BROKER, 0x0080)
    assert command.other.supplementary_party == transporter
