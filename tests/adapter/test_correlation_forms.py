"""Forms of critical requests that the shared national pairs do not show, built by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from assay.adapter.correlation import Known, correlate
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.gbcs.date_time import NOW
from assay.gbcs.dlms.access import Item, Obis, Op, encode_payload, invoke_id
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    enum,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.gbz.components import Component, GbzPayload
from assay.gbcs.gbz.components import encode as encode_gbz
from assay.gbcs.identifiers import Eui64

SUPPLIER, METER = Eui64.from_text("90B3D51F30010000"), Eui64.from_text("00DB1234567890A0")
COUNTER = 1000
EVENT = "2026-03-01T00:00:00Z"


def request(srv: str, body: dict[str, Any]) -> Request:
    return Request(
        request_id=RequestId(SUPPLIER, METER, COUNTER), command_variant=4, srv=srv, body=body
    )


def message(code: int, payload: bytes) -> Message:
    return Message(
        cra=Cra.COMMAND,
        counter=COUNTER,
        originator=SUPPLIER,
        recipient=METER,
        other=OtherInformation(message_code=code),
        payload=payload,
        signature=None,
    )


def dlms(code: int, *items: Item) -> Message:
    return message(code, encode_payload(AccessRequest(invoke_id(COUNTER), items)))


def gbz(code: int, *components: Component) -> Message:
    return message(code, encode_gbz(GbzPayload(components)))


def put(class_id: int, obis: str, attribute: int, data: Data) -> Item:
    return Item(Op.SET, class_id, Obis.from_text(obis), attribute, data)


def run(table: str, script: int) -> Item:
    return Item(Op.ACTION, 9, Obis.from_text(table), 1, long_unsigned(script))


def test_an_auxiliary_load_is_switched_off_for_a_time() -> None:
    asked = request("7.6", {"DeactivateALCSHCALCS": {"@index": 3, "Duration": 45}})
    duration = put(1, "0-0:94.44.119.2", 2, long_unsigned(45))
    assert correlate(asked, dlms(0x0055, duration, run("0-0:10.0.103.255", 0x0312))) == ()
    assert correlate(asked, dlms(0x0055, duration, run("0-0:10.0.103.255", 0x0311)))


def test_an_alcs_is_switched_by_its_level() -> None:
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC)
    body = {
        "@auxiliaryControllerN": 1,
        "StartDateTime": start,
        "EndDateTime": end,
        "CommandedStateLevel": 100,
    }
    octets = ("07EA0301FF000000008000FF", "07EA0301FF010000008000FF")
    times = [
        put(1, f"0-0:94.44.117.{field}", 2, octet_string(bytes.fromhex(value)))
        for field, value in enumerate(octets, 1)
    ]
    pre_command = dlms(0x011E, *times, run("0-0:10.0.103.255", 0x1164))
    assert correlate(request("7.13", body), pre_command) == ()
    assert correlate(request("7.13", {**body, "InputFromControlledLoad": None}), pre_command)


ACCOUNT = "0-1:19.0.0.255"
DEBTS = {1, 2}


def collections(rows: list[tuple[int, int]], debt_bits: str) -> Data:
    return array(
        *(
            structure(
                octet_string(Obis.from_text(f"0-0:19.10.{credit}.255")),
                octet_string(Obis.from_text(f"0-0:19.20.{charge}.255")),
                Data(Tag.BIT_STRING, debt_bits if charge in DEBTS else "111"),
            )
            for credit, charge in rows
        )
    )


SINGLE = [(0, 0), (0, 4), (0, 1), (0, 2), (0, 3), (1, 3), (1, 0), (1, 4), (1, 1), (1, 2)]
IN_EMERGENCY = [(2, 4), (2, 1), (2, 2)]
TWIN = [(0, 5), (1, 5)]


def payment_mode(collected: Data) -> Message:
    now = octet_string(NOW)
    return dlms(
        0x001B,
        put(111, ACCOUNT, 2, structure(enum(2), enum(1))),
        put(9000, "0-0:94.44.128.22", 4, Data(Tag.DOUBLE_LONG, -5)),
        put(111, ACCOUNT, 11, collected),
        put(9000, "0-0:94.44.128.22", 6, now),
        put(111, ACCOUNT, 13, now),
    )


@pytest.mark.parametrize("disabled", [True, False])
@pytest.mark.parametrize("emergency", [True, False])
@pytest.mark.parametrize("twin", [[], TWIN])
def test_each_debt_setting_changes_its_own_collections(
    disabled: bool, emergency: bool, twin: list[tuple[int, int]]
) -> None:
    mode = {
        "SuspendDebtDisabled": disabled,
        "SuspendDebtEmergency": emergency,
        "DisablementThreshold": -5,
    }
    rows = [*SINGLE, *(IN_EMERGENCY if emergency else []), *twin]
    right, wrong = ("110", "111") if disabled else ("111", "110")
    asked = request("1.6", {"Prepayment": mode})
    assert correlate(asked, payment_mode(collections(rows, right))) == ()
    assert correlate(asked, payment_mode(collections(rows, wrong)))
    assert correlate(asked, payment_mode(collections(rows[:-1], right)))
    assert correlate(asked, payment_mode(collections(rows[::-1], right)))


@pytest.mark.parametrize(
    ("disabled", "emergency", "bits"),
    [(True, False, 0xC97), (False, True, 0x097), (True, True, 0x497), (False, False, 0x897)],
)
def test_a_gas_meter_has_a_bit_for_each_debt_setting(
    disabled: bool, emergency: bool, bits: int
) -> None:
    mode = {
        "SuspendDebtDisabled": disabled,
        "SuspendDebtEmergency": emergency,
        "DisablementThreshold": 7,
    }
    fields = {
        "provider_id": 0,
        "issuer_event_id": EVENT,
        "implementation_time": "0x00000000",
        "payment_control": bits,
        "cut_off": 7,
    }
    pre_command = gbz(0x006D, Component(0x0705, 0x01, 0, 0x06, fields))
    assert correlate(request("1.6", {"Prepayment": mode}), pre_command) == ()
    other = {**mode, "SuspendDebtDisabled": not disabled}
    assert correlate(request("1.6", {"Prepayment": other}), pre_command)


ADJUSTMENT = Component(0x0705, 0x01, 0, 0x05)


@pytest.mark.parametrize(
    ("code", "kind", "value", "body"),
    [
        (0x0086, 0, -5, {"PrepaymentMode": {"AdjustMeterBalance": -5}}),
        (0x00B4, 1, 0, {"PrepaymentMode": {"ResetMeterBalance": None}}),
        (0x00C0, 3, 5, {"CreditMode": {"AdjustMeterBalance": 5}}),
        (0x00C2, 2, 0, {"CreditMode": {"ResetMeterBalance": None}}),
    ],
)
def test_a_gas_meter_adjusts_each_mode_with_its_own_code(
    code: int, kind: int, value: int, body: dict[str, Any]
) -> None:
    fields = {
        "issuer_event_id": EVENT,
        "start_time": "0x00000000",
        "type": kind,
        "value": value,
    }
    pre_command = gbz(code, ADJUSTMENT._replace(payload=fields))
    assert correlate(request("1.5", body), pre_command) == ()
    others = [mode for mode in (0x0086, 0x00B4, 0x00C0, 0x00C2) if mode != code]
    for other in others:
        assert correlate(request("1.5", body), gbz(other, ADJUSTMENT._replace(payload=fields)))


@pytest.mark.parametrize(
    ("period", "code", "dates"),
    [
        ({"Daily": None}, 0x0046, ["FFFFFFFFFF"]),
        ({"Daily": None}, 0x00D7, ["FFFFFFFFFF"]),
        ({"Weekly": 3}, 0x0046, ["FFFFFFFF03"]),
        ({"Monthly": 28}, 0x00D7, ["FFFFFF1CFF"]),
        (
            {"Quarterly": {"DayOfMonth": 2, "BillingPeriodStartMonth": 11}},
            0x00D7,
            ["FFFF0B02FF", "FFFF0202FF", "FFFF0502FF", "FFFF0802FF"],
        ),
        (
            {"SixMonthly": {"DayOfMonth": 2, "BillingPeriodStartMonth": 4}},
            0x00D7,
            ["FFFF0402FF", "FFFF0A02FF"],
        ),
        ({"Yearly": {"DayOfMonth": 5, "BillingPeriodStartMonth": 12}}, 0x00D7, ["FFFF0C05FF"]),
    ],
)
def test_each_billing_period_is_a_set_of_dates(
    period: dict[str, Any], code: int, dates: list[str]
) -> None:
    body = {"BillingTime": time(0, 30, tzinfo=UTC), **period}
    asked = request("6.8", {"ElectricityBillingCalendar": body})
    entries = [
        structure(octet_string(bytes((0, 30, 0, 0))), octet_string(bytes.fromhex(date)))
        for date in dates
    ]
    assert correlate(asked, dlms(code, put(22, "0-0:15.0.0.255", 4, array(*entries)))) == ()
    assert correlate(asked, dlms(code, put(22, "0-0:15.0.0.255", 4, array(*entries[:-1]))))


def test_the_older_billing_code_knows_no_quarters() -> None:
    quarter = {"DayOfMonth": 1, "BillingPeriodStartMonth": 1}
    body = {"BillingTime": time(0, tzinfo=UTC), "Quarterly": quarter}
    (found,) = correlate(
        request("6.8", {"ElectricityBillingCalendar": body}),
        dlms(0x0046, put(22, "0-0:15.0.0.255", 4, array())),
    )
    assert "00D7 ECS30a" in found


@pytest.mark.parametrize(
    ("periodicity", "duration", "kind"),
    [
        ("Daily", 1, 0x21),
        ("Weekly", 1, 0x22),
        ("Monthly", 1, 0x23),
        ("Quarterly", 3, 0x23),
        ("SixMonthly", 6, 0x23),
        ("Yearly", 12, 0x23),
    ],
)
def test_each_gas_billing_period_has_a_length_and_a_kind(
    periodicity: str, duration: int, kind: int
) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    calendar = {"BillingPeriodStart": start, "Periodicity": periodicity}
    period = {
        "provider_id": 0,
        "issuer_event_id": EVENT,
        "start_time": "2026-03-01T00:00:00Z",
        "duration": duration,
        "duration_type": kind,
        "tariff_type": 0,
    }
    block = {**period, "control": 2, "tariff_resolution_period": 1}
    pre_command = gbz(
        0x00D8,
        Component(0x0700, 0x09, 0, 0x09, period),
        Component(0x0700, 0x09, 1, 0x01, block),
    )
    assert correlate(request("6.8", {"GasBillingCalendar": calendar}), pre_command) == ()


def test_blocks_are_reset_every_midnight_or_never() -> None:
    path = "DailyTariffBlockCounterMatrixReset"
    midnight = structure(octet_string(bytes(4)), octet_string(b"\xff" * 5))
    daily = dlms(0x00DB, put(22, "0-0:15.1.0.255", 4, array(midnight)))
    never = dlms(0x00DB, put(22, "0-0:15.1.0.255", 4, array()))
    assert correlate(request("6.26", {path: True}), daily) == ()
    assert correlate(request("6.26", {path: False}), never) == ()
    assert correlate(request("6.26", {path: False}), daily)
    assert correlate(request("6.26", {path: True}), never)


FLOW = {
    "SupplyDepletionState": "Locked",
    "SupplyTamperState": "Unchanged",
    "StabilisationPeriod": 5,
    "MeasurementPeriod": 6,
    "UncontrolledGasFlowRate": 7,
}


def flow(first: str, second: str) -> Message:
    threshold = {
        "provider_id": 0,
        "issuer_event_id": first,
        "threshold": 7,
        "unit": 1,
        "multiplier": 1,
        "divisor": 1,
        "stabilisation": 5,
        "measurement": 6,
    }
    states = {
        "issuer_event_id": second,
        "tamper_state": 3,
        "depletion_state": 0,
        "uncontrolled_flow_state": 0,
        "load_limit_state": 3,
    }
    return gbz(
        0x007D,
        Component(0x0702, 0x01, 0, 0x0E, threshold),
        Component(0x0702, 0x01, 1, 0x0D, states),
    )


def test_the_issuer_event_is_one_time_in_all_components() -> None:
    other = "2026-03-01T00:00:01Z"
    assert correlate(request("6.7", FLOW), flow(EVENT, EVENT)) == ()
    assert correlate(request("6.7", FLOW), flow(other, other)) == ()
    assert correlate(request("6.7", FLOW), flow(EVENT, other))
    assert correlate(request("6.7", FLOW), flow("0xFFFFFFFF", "0xFFFFFFFF"))


def test_an_issuer_event_that_is_known_is_compared() -> None:
    known = Known(issuer_event_id=825_638_400)
    assert correlate(request("6.7", FLOW), flow(EVENT, EVENT), known) == ()
    other = "2026-03-01T00:00:01Z"
    assert correlate(request("6.7", FLOW), flow(other, other), known)


def test_a_role_without_a_use_case_is_never_correlated() -> None:
    body = {
        "RemotePartyRole": "Root",
        "ReplacementCertificates": {"SupplierOrNetworkOperatorCertificates": {}},
        "CertificationPathCertificates": {"Certificate": (b"\x30\x00",)},
        "ApplyTimeBasedCPVChecks": True,
    }
    (found,) = correlate(request("6.15.1", body), message(0x0100, b"\x30\x00"))
    assert "what no use case carries" in found


def test_what_no_encoding_can_hold_is_a_difference() -> None:
    body = {
        "ExecutionDateTime": datetime(2030, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC),
        "LoadLimitPeriod": 1,
        "LoadLimitPowerThreshold": 1,
        "LoadLimitRestorationPeriod": 1,
        "LoadLimitSupplyState": "Disable",
    }
    (found,) = correlate(request("6.4.1", body), dlms(0x0043))
    assert "room only for whole seconds" in found


@pytest.mark.parametrize("bits", ["01", f"01{'0' * 18}"])
def test_special_days_are_named_by_as_many_bits_as_there_are_or_by_20(bits: str) -> None:
    day = {
        "Year": {"SpecifiedYear": 2030},
        "Month": {"NonSpecifiedMonth": None},
        "DayOfMonth": {"LastDayOfMonth": None},
        "DayOfWeek": {"SpecifiedDayOfWeek": 7},
    }
    entry = {
        "AuxiliaryControllerAction": {"@auxiliaryControllerN": 1, "CommandedStateLevel": 0},
        "SpecialDaysApplicability": ({"@identifier": 2},),
        "AuxiliaryControllerSchedulePeriodAndTime": {
            "SwitchTime": time(9, tzinfo=UTC),
            "StartDate": day,
            "EndDate": day,
        },
    }
    definitions = tuple({"@identifier": number, **day} for number in (1, 2))
    body = {
        "AuxiliaryControllerSchedule": (entry,),
        "AuxiliaryControllerSpecialDayDefinitions": {
            "AuxiliaryControllerSpecialDayDefinition": definitions
        },
    }
    date = octet_string(bytes.fromhex("07EEFFFE07"))
    days = [structure(long_unsigned(number), date, Data(Tag.UNSIGNED, number)) for number in (1, 2)]
    row = structure(
        long_unsigned(1),
        Data(Tag.BOOLEAN, 0xFF),
        octet_string(Obis.from_text("0-0:10.0.103.255")),
        long_unsigned(0x1180),
        octet_string(bytes((9, 0, 0, 0))),
        long_unsigned(0xFFFF),
        Data(Tag.BIT_STRING, "0000000"),
        Data(Tag.BIT_STRING, bits),
        date,
        date,
    )
    now = octet_string(NOW)
    pre_command = dlms(
        0x011A,
        put(11, "0-1:11.0.3.255", 2, array(*days)),
        put(10, "0-1:12.0.2.255", 2, array(row)),
        put(9000, "0-0:94.44.128.26", 6, now),
        put(9000, "0-0:94.44.128.35", 6, now),
    )
    assert correlate(request("6.14.3", body), pre_command) == ()
