"""Which row a request takes, who originates, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.transform import (
    BrokerCounterMissingError,
    NoTransformationError,
    Target,
    UnencodableContentError,
    find_row,
    transform,
)
from assay.dcc.transform.row import Row
from assay.dcc.transform.rows import ROWS
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, SignedPreCommand
from assay.gbcs import catalogue
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.access import decode_payload
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.envelope import Message, parse
from assay.gbcs.keys import KeyUsage
from tests.dcc.parties import (
    AVERAGES,
    BODIES,
    BROKER,
    HUB,
    LOG_PERIOD,
    METER,
    MONITORS,
    SUPPLIER,
    TARGETS,
)

ESME = Target(device_type="ESME", esme_variant="A")
POLYPHASE = Target(device_type="ESME", esme_variant="CD")
CHF = Target(device_type="CHF")
PHASES = tuple({"Phase": phase, "PhaseVoltageSettings": AVERAGES} for phase in (1, 2, 3))


def asked(srv: str, body: Mapping[str, Any] | None = None, counter: int = 5) -> Request:
    row = CATALOGUE[srv]
    return Request(
        request_id=RequestId(SUPPLIER, TARGETS.get(srv, METER), counter),
        command_variant=row.command_variants[0],
        srv=srv,
        body=BODIES[srv] if body is None else body,
    )


def use_case(request: Request, target: Target, *, is_network_operator: bool = False) -> str:
    row = find_row(request, target, is_network_operator=is_network_operator)
    found = catalogue.use_case(row.message_code)
    assert found is not None
    return found.name


@pytest.mark.parametrize(
    ("target", "name"),
    [(ESME, "ECS23"), (POLYPHASE, "ECS23b"), (Target(device_type="ESME"), "ECS23")],
    ids=["single phase", "polyphase", "not known"],
)
def test_the_variant_of_the_meter_decides_how_voltage_is_read(target: Target, name: str) -> None:
    assert use_case(asked("4.10"), target) == name


def test_the_variant_of_the_meter_decides_how_its_voltage_configuration_is_read() -> None:
    assert use_case(asked("6.2.1"), ESME) == "ECS26b"
    assert use_case(asked("6.2.1"), POLYPHASE) == "ECS26k"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"SinglePhaseVoltageSettings": AVERAGES}, "ECS29a"),
        ({"PolyPhaseVoltageSettings": PHASES}, "ECS29b"),
        ({"SinglePhaseVoltageSettings": AVERAGES, "RMSVoltageCountersNotReset": None}, "ECS29c"),
        ({"PolyPhaseVoltageSettings": PHASES, "RMSVoltageCountersNotReset": None}, "ECS29d"),
    ],
    ids=["single", "poly", "single, kept", "poly, kept"],
)
def test_the_body_decides_how_voltage_is_configured(body: dict[str, Any], name: str) -> None:
    assert use_case(asked("6.5", {"RMSVoltageSettings": MONITORS, **body}), ESME) == name


def test_each_phase_gets_its_own_settings() -> None:
    phases = tuple(
        {
            "Phase": phase,
            "PhaseVoltageSettings": {**AVERAGES, "AverageRMSOverVoltageThreshold": 250 + phase},
        }
        for phase in (3, 1, 2)
    )
    body = {"RMSVoltageSettings": MONITORS, "PolyPhaseVoltageSettings": phases}
    message = transform(asked("6.5", body), POLYPHASE, broker=BROKER)
    payload = decode_payload(message.payload)
    assert isinstance(payload, AccessRequest)
    thresholds = {item.obis[2]: item.data.value for item in payload.items if item.obis[3] == 35}
    assert thresholds == {32: 251, 52: 252, 72: 253}


@pytest.mark.parametrize(
    ("log", "target", "name"),
    [
        ("Event", ESME, "ECS35a"),
        ("Security", ESME, "ECS35b"),
        ("PowerEvent", ESME, "ECS35e"),
        ("ALCSEvent", ESME, "ECS35f"),
        ("Event", CHF, "ECS35c"),
        ("Security", CHF, "ECS35d"),
    ],
)
def test_the_log_asked_for_decides_the_use_case(log: str, target: Target, name: str) -> None:
    body = {"ReadLogPeriod": LOG_PERIOD, "LogToRead": log}
    assert use_case(asked("6.13", body), target) == name


def test_a_network_operator_reads_the_auxiliary_log_by_its_own_use_case() -> None:
    request = asked("6.13", {"ReadLogPeriod": LOG_PERIOD, "LogToRead": "ALCSEvent"})
    assert use_case(request, ESME, is_network_operator=True) == "ECS35g"


def test_the_roles_asked_for_decide_how_credentials_are_read() -> None:
    assert use_case(asked("6.24.1"), ESME) == "CS02a"
    with_controller = asked("6.24.1", {"RemotePartyRole": ("Supplier", "LoadController")})
    assert use_case(with_controller, ESME) == "CS02f"


def test_critical_requests_become_pre_commands() -> None:
    for srv in BODIES:
        if TARGETS.get(srv, METER) != METER:
            continue
        message = transform(asked(srv), ESME, broker=BROKER, broker_counter=1)
        assert message.is_pre_command is CATALOGUE[srv].critical, srv


def test_a_known_party_originates_under_its_own_counter() -> None:
    message = transform(asked("7.4", counter=77), ESME, broker=BROKER)
    assert (message.originator, message.counter) == (SUPPLIER, 77)
    assert message.other.supplementary_party is None


def test_the_broker_relays_for_a_party_that_the_device_does_not_know() -> None:
    message = transform(
        asked("7.4", counter=77), ESME, broker=BROKER, broker_counter=9, is_known_party=False
    )
    assert (message.originator, message.counter) == (BROKER, 9)
    assert message.other.supplementary_party == SUPPLIER
    assert message.other.supplementary_counter == 77


def test_the_data_of_a_relayed_read_are_for_the_party_that_asked() -> None:
    message = transform(asked("4.1.1"), ESME, broker=BROKER, broker_counter=9, is_known_party=False)
    assert octet_string(SUPPLIER).value in message.payload
    assert BROKER not in message.payload


def test_the_broker_needs_a_counter_of_its_own() -> None:
    for srv, target in (("8.11", CHF), ("6.24.1", ESME)):
        with pytest.raises(BrokerCounterMissingError, match=srv):
            transform(asked(srv), target, broker=BROKER)


def test_a_request_of_the_broker_itself_brings_its_counter() -> None:
    request = Request(
        request_id=RequestId(BROKER, METER, 1302),
        command_variant=1,
        srv="6.24.1",
        body=BODIES["6.24.1"],
    )
    message = transform(request, ESME, broker=BROKER)
    assert (message.originator, message.counter) == (BROKER, 1302)


def test_a_certificate_travels_with_a_relayed_read(keys: BenchKeys) -> None:
    credential = keys.credential(SUPPLIER, RemotePartyRole.SUPPLIER, KeyUsage.KEY_AGREEMENT)
    der = credential.certificate.to_cryptography().public_bytes(Encoding.DER)
    request = asked("4.10", {**BODIES["4.10"], "KAPublicSecurityCredentials": der})
    message = transform(request, ESME, broker=BROKER, broker_counter=1, is_known_party=False)
    assert parse(message.to_octets()).other.certificate == der


@pytest.mark.parametrize(
    ("srv", "target"), [("7.2", CHF), ("8.11", ESME), ("7.1", Target(device_type="GSME"))]
)
def test_a_request_that_no_row_fits_is_refused_by_name(srv: str, target: Target) -> None:
    with pytest.raises(NoTransformationError, match=srv):
        transform(asked(srv), target, broker=BROKER, broker_counter=1)


def test_a_signed_pre_command_is_not_transformed_again() -> None:
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 1),
        command_variant=5,
        srv="7.2",
        body=SignedPreCommand(gbcs_payload=b""),
    )
    with pytest.raises(NoTransformationError):
        transform(request, ESME, broker=BROKER)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.srv}-{row.message_code:04X}")
def test_each_row_agrees_with_the_catalogues(row: Row) -> None:
    found = catalogue.use_case(row.message_code)
    assert found is not None
    assert found.critical in (CATALOGUE[row.srv].critical or row.dcc_signs, "mixed", None)
    if row.is_inferred:
        return
    assert row.srv in found.service_references
    targets = {target.name for target in CATALOGUE[row.srv].target_device_types}
    assert row.device_type in targets | set(found.devices)


moments = st.datetimes(timezones=st.just(UTC)).map(lambda when: when.replace(microsecond=0))


def transformed(srv: str, body: Mapping[str, Any]) -> Message | None:
    """None where the values cannot be held by a Command."""
    try:
        return transform(asked(srv, body), ESME, broker=BROKER)
    except UnencodableContentError:
        return None


@given(start=moments, tolerance=st.integers(0, 86400))
def test_any_window_is_encoded_or_refused(start: datetime, tolerance: int) -> None:
    message = transformed("6.11", {"CurrentDateTime": start, "TolerancePeriod": tolerance})
    if message is None:
        assert start > datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    else:
        assert parse(message.to_octets()) == message


@given(start=moments, end=moments)
def test_any_log_period_is_encoded_or_refused(start: datetime, end: datetime) -> None:
    body = {"ReadLogPeriod": {"StartDateTime": start, "EndDateTime": end}}
    message = transformed("4.10", body)
    in_range = all(2000 <= when.year <= 2136 for when in (start, end))
    if message is None:
        assert not in_range or 2136 in (start.year, end.year)
    else:
        assert parse(message.to_octets()) == message


@given(text=st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)], min_size=1, max_size=116))
def test_any_supplier_message_arrives_as_it_is(text: str) -> None:
    message = transformed("3.1", {"SupplierMessage": text})
    assert message is not None
    payload = decode_payload(message.payload)
    assert isinstance(payload, AccessRequest)
    assert payload.items[0].data == octet_string(text.encode("ascii"))


# Targets of a devices file


def test_an_entry_is_a_type_or_a_table_with_a_variant() -> None:
    assert Target.from_entry("ESME") == Target(device_type="ESME")
    assert Target.from_entry({"type": "ESME"}) == Target(device_type="ESME")
    entry = {"type": "ESME", "variant": "C"}
    assert Target.from_entry(entry) == Target(device_type="ESME", esme_variant="C")


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("TOASTER", "TOASTER"),
        ({"variant": "C"}, "None"),
        ({"type": "ESME", "variant": 3}, "3"),
        ({"type": "ESME", "colour": "red"}, "colour"),
        ({"type": "ESME", "gbcs_version": 4}, "4"),
        ({"type": "ESME", "gbcs_version": "v4"}, "v4"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(entry: Any, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Target.from_entry(entry)


@pytest.mark.parametrize(
    ("version", "is_first", "is_fourth"),
    [
        (None, False, False),
        ("1.1", True, False),
        ("2.0", False, False),
        ("4.3", False, True),
        ("10.0", False, True),
    ],
)
def test_the_version_of_a_device_is_told_by_its_first_number(
    version: str | None, is_first: bool, is_fourth: bool
) -> None:
    entry = {"type": "ESME"} if version is None else {"type": "ESME", "gbcs_version": version}
    target = Target.from_entry(entry)
    assert (target.is_of_first_gbcs, target.is_of_fourth_gbcs) == (is_first, is_fourth)


def test_the_hub_is_a_target_without_a_variant() -> None:
    message = transform(asked("8.11"), CHF, broker=BROKER, broker_counter=1)
    assert message.recipient == HUB
