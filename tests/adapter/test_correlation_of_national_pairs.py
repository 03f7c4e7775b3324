"""A national Pre-Command means its own request, and nothing that differs from it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.adapter.correlation import Known, correlate, differences
from assay.adapter.correlation.use_cases.table import USE_CASES
from assay.duis.catalogue import CATALOGUE
from assay.gbcs.catalogue import use_case
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.payload import decode
from tests.adapter.alterations import alterations
from tests.adapter.pairs import RENEWED_CERTIFICATES, Pair, message_in, pairs

EXHAUSTIVE = "ASSAY_EXHAUSTIVE" in os.environ
"""Then every entry of every list and every octet is altered: minutes instead of seconds."""

NOT_CARRIED = {
    "GCS01a_1.1.1_FUTURE_DATED_BLOCK_SUCCESS": {
        "/PriceElements/GasPriceElements/BlockTariff/NumberOfThresholds"
    },
    "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS": {
        "/GasTariffElements/ThresholdMatrix/BlockThreshold[1]/@index",
        "/GasTariffElements/ThresholdMatrix/BlockThreshold[1]/#text",
        "/GasTariffElements/ThresholdMatrix/BlockThreshold[more]",
    },
    # an ESME has one balance, whichever mode is named
    "ECS04a_1.5_SUCCESS": {"/PrepaymentMode"},
    "ECS04b_1.5_SUCCESS": {"/CreditMode"},
}
"""What the schema asks for and the use case has no place for."""


@pytest.fixture(scope="module")
def national(shared: Path) -> dict[str, Pair]:
    return pairs(shared)


def known_of(message: Message) -> Known:
    """What the DCC filled in, as a user would know who looks it up."""
    kind, payload = decode(message)
    if kind == "gbz":
        fields = [component.payload for component in payload.components]
        event = next((f["issuer_event_id"] for f in fields if "issuer_event_id" in f), None)
        return Known(issuer_event_id=None if event is None else time_seconds(event))
    if kind == "asn1" and payload.type_name == "JoinDeviceCommand":
        certificate = payload.value.get("certificate")
        return Known(
            other_device_type=payload.value["device_type"],
            other_device_certificate=certificate and bytes.fromhex(certificate["der"]),
        )
    return Known()


def test_every_critical_variant_has_its_use_cases() -> None:
    assert USE_CASES.keys() == {srv for srv, row in CATALOGUE.items() if row.critical}


def test_every_use_case_is_that_of_its_message_code() -> None:
    for srv, rows in USE_CASES.items():
        for code, row in rows.items():
            known = use_case(code)
            assert known is not None
            assert known.name == row.name
            assert known.critical is not False
            assert any(name.startswith(row.name) for name in CATALOGUE[srv].use_cases), srv


def test_every_use_case_of_a_variant_has_its_message_code() -> None:
    for srv, rows in USE_CASES.items():
        names = {row.name for row in rows.values()}
        for name in CATALOGUE[srv].use_cases:
            assert any(name.startswith(known) for known in names), name


def test_every_pair_means_the_same(national: dict[str, Pair]) -> None:
    assert len(national) == 81
    for pair in national.values():
        assert correlate(pair.request, pair.pre_command) == (), pair.name
        assert correlate(pair.request, pair.pre_command, known_of(pair.pre_command)) == ()


def test_renewed_certificates_are_differences(shared: Path, national: dict[str, Pair]) -> None:
    for name in RENEWED_CERTIFICATES:
        folder = shared / "rtds" / "messages"
        (path,) = folder.glob(f"*/{name}_PRECOMMAND_GBCS.HEX")
        found = differences(national[name].request, message_in(path))
        assert found
        assert all("certificate, der" in difference.where for difference in found)


def names_in(value: Any) -> frozenset[str]:
    """Of all elements, whatever their dates."""
    if isinstance(value, Mapping):
        inside = (names_in(item) for item in value.values())
        return frozenset(value.keys() - {"ExecutionDateTime"}).union(*inside)
    if isinstance(value, tuple):
        return frozenset().union(*map(names_in, value))
    return frozenset()


def of_different_forms(national: dict[str, Pair]) -> list[Pair]:
    """One of those that differ in their dates or numbers only; all of them, where wanted."""
    if EXHAUSTIVE:
        return list(national.values())
    forms = {
        (pair.pre_command.message_code, names_in(pair.request.body)): pair
        for pair in national.values()
    }
    return list(forms.values())


def test_every_altered_value_of_a_request_is_a_difference(national: dict[str, Pair]) -> None:
    unseen = {}
    for pair in of_different_forms(national):
        paths = {
            path
            for path, altered in alterations(pair.request, all_entries=EXHAUSTIVE)
            if not correlate(altered, pair.pre_command)
        }
        if paths:
            unseen[pair.name] = paths
    assert unseen == NOT_CARRIED


def altered_payloads(message: Message, step: int) -> Iterator[tuple[int, Message]]:
    payload = message.payload
    masks = (0x01, 0x80, 0xFF) if EXHAUSTIVE else (0x01,)
    for at in range(0, len(payload), step):
        for mask in masks:
            octets = payload[:at] + bytes((payload[at] ^ mask,)) + payload[at + 1 :]
            yield at, replace(message, payload=octets)


SHORT = 60


def test_every_altered_octet_of_a_payload_is_a_difference(national: dict[str, Pair]) -> None:
    for pair in of_different_forms(national):
        known = known_of(pair.pre_command)
        size = len(pair.pre_command.payload)
        step = 1 if EXHAUSTIVE or size <= SHORT else max(2, size // SHORT)
        unseen = {
            at
            for at, altered in altered_payloads(pair.pre_command, step)
            if not correlate(pair.request, altered, known)
        }
        assert not unseen, pair.name


FILLED_IN = {
    "GCS40a_1.5_SUCCESS": "issuer event id",
    "GCS32_7.2_SUCCESS": "issuer event id",
    "CS03A1_8.7.1_SUCCESS": "type of the other Device",
}
"""Short payloads with something that the DCC fills in, by what it is."""


def test_only_what_the_dcc_fills_in_goes_unseen_by_who_knows_nothing(
    national: dict[str, Pair],
) -> None:
    for name, what in FILLED_IN.items():
        pair = national[name]
        for _, altered in altered_payloads(pair.pre_command, 1):
            if correlate(pair.request, altered):
                continue
            (found,) = differences(pair.request, altered, known_of(pair.pre_command))
            assert what.split()[0] in found.where or "device_type" in found.where


def test_a_payload_that_is_cut_or_goes_on_is_a_difference(national: dict[str, Pair]) -> None:
    for pair in national.values():
        payload = pair.pre_command.payload
        for octets in (payload[:-1], payload + b"\x00", b""):
            assert correlate(pair.request, replace(pair.pre_command, payload=octets))


def test_a_pre_command_of_another_scenario_is_a_difference(national: dict[str, Pair]) -> None:
    for pair in national.values():
        for other in national.values():
            if other.request == pair.request:
                continue  # ECS08 and ECS08a: one request, for two generations of Devices
            if other.pre_command.to_octets() == pair.pre_command.to_octets():
                continue  # 6.11 and 8.1.1 may ask for the very same
            assert correlate(pair.request, other.pre_command), (pair.name, other.name)


def test_the_same_payload_of_another_scenario_is_a_difference(national: dict[str, Pair]) -> None:
    """Also when its header is made to fit: what is asked differs, or where it is sent."""
    for pair in national.values():
        fitting = [
            other
            for other in national.values()
            if other.pre_command.message_code == pair.pre_command.message_code
            and other.request.body != pair.request.body
        ]
        for other in fitting:
            header = pair.pre_command
            forged = replace(other.pre_command, counter=header.counter, recipient=header.recipient)
            assert correlate(pair.request, forged), (pair.name, other.name)
