"""Whatever an authentic command says, the device answers or keeps silent, and works on."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.asn1 import codec
from assay.gbcs.authority import SIGNED_AND_MACED, protections
from assay.gbcs.catalogue import use_cases
from assay.gbcs.envelope import Cra
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.security import MODES
from tests.rigs.security.kit import DEVICE, PEER, SUPPLIER, Bench, fresh

SIGNATURE = CellName(SUPPLIER, CellKey.SIGNATURE)
ISSUE, UPDATE, PROVIDE, JOIN, UNJOIN, ACTIVATE = 0x000A, 0x000B, 0x000C, 0x000D, 0x000F, 0x0012
BY_SUPPLIER = 0x0102
COUNTER = 5000


@cache
def payloads() -> dict[int, bytes]:
    """A right payload of each command of a supplier."""
    bench = Bench()
    own = next(iter(bench.device.credentials.certificates.values()))
    update = bench.update(BY_SUPPLIER, fresh(SIGNATURE), counter=COUNTER, new_floor_counter=1)
    values = {
        ISSUE: {"key_usage": "digitalSignature"},
        UPDATE: {"der": own.der.hex()},
        PROVIDE: {"key_usage": "keyAgreement"},
        JOIN: {
            "method_and_role": "methodAInitiator",
            "device_id": PEER.hyphenated,
            "device_type": "PPMID",
        },
        UNJOIN: DEVICE.hyphenated,
        ACTIVATE: {
            "image_hash": bytes(32).hex(),
            "originator_counter": COUNTER,
            "execution_time": "2026-03-02T00:00:00Z",
        },
        BY_SUPPLIER: update | {"execution_time": "2026-03-02T00:00:00Z"},
    }
    return {code: codec.build(code, Cra.COMMAND, value) for code, value in values.items()}


def give(bench: Bench, code: int, payload: bytes) -> None:
    row = use_cases()[code]
    form = SIGNED_AND_MACED if code in MODES else protections(row)[0]
    message = bench.plain(code, SUPPLIER, payload, COUNTER)
    bench.device.process(bench.protect(message, SUPPLIER, form))


@pytest.mark.parametrize("code", [ISSUE, UPDATE, PROVIDE, JOIN, UNJOIN, ACTIVATE, BY_SUPPLIER])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_changed_octets_do_not_stop_a_device(code: int, data: st.DataObject) -> None:
    bench, octets = Bench(), bytearray(payloads()[code])
    for _ in range(data.draw(st.integers(1, 3))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    give(bench, code, bytes(octets))
    assert bench.security.empty_cells() == ()
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": "digitalSignature"}, counter=COUNTER + 1)


@pytest.mark.parametrize("code", [ISSUE, UPDATE, JOIN, UNJOIN, ACTIVATE, BY_SUPPLIER])
@settings(max_examples=8, deadline=None)
@given(octets=st.binary(max_size=40))
def test_any_octets_do_not_stop_a_device(code: int, octets: bytes) -> None:
    bench = Bench()
    give(bench, code, octets)
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": "digitalSignature"}, counter=COUNTER + 1)
