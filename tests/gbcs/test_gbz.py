"""GBZ payloads: components, ZCL commands of the table, alerts; octets and values are one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.gbz import components, json_form, tables
from assay.gbcs.gbz.components import Component, Executed, GbzAlert, GbzPayload
from assay.gbcs.gbz.fields import KINDS, Fixed, time_seconds, time_text
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import decode_zcl_payload, encode_zcl_payload
from assay.gbcs.identifiers import Eui64
from tests.stopwatch import least_seconds

METERING, PRICE, PREPAYMENT, CALENDAR = 0x0702, 0x0700, 0x0705, 0x0707
FROM_CLIENT, FROM_SERVER = Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT
BLOB = bytes.fromhex("3100000000") + bytes(range(20))

READ_CONSUMPTION = bytes.fromhex("010901 01 0702 000b 00 00 00 0203 0103 0003 0000")
"""GCS13a: divisor, multiplier, unit and register of the gas meter."""
CONSUMPTION = bytes.fromhex("020300 22 e80300 010300 22 010000 000300 30 01 000000 25 393000000000")
"""What GCS13a returns once decrypted (worked example D of the digest)."""


def message(octets: bytes, *, code: int = 0x0074, cra: Cra = Cra.COMMAND) -> Message:
    return Message(
        cra=cra,
        counter=1,
        originator=Eui64(bytes(8)),
        recipient=Eui64(bytes(8)),
        other=OtherInformation(message_code=code),
        payload=octets,
    )


times = st.integers(0, 2**32 - 1).map(time_text)
years = st.none() | st.integers(1900, 2154)
calendar_parts = st.none() | st.integers(0, 254)
dates = st.fixed_dictionaries(
    {"year": years, "month": calendar_parts, "day": calendar_parts, "weekday": calendar_parts}
)
texts = st.text(max_size=30).filter(str.isprintable)
unprintable = st.binary(min_size=1, max_size=20).map(lambda rest: {"octets": "00" + rest.hex()})
hex_octets = st.binary(max_size=30).map(bytes.hex)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "time": times,
    "date": dates,
    "code16": st.integers(0, 0xFFFF).map(lambda code: f"0x{code:04X}"),
    "eui64": st.binary(min_size=8, max_size=8).map(lambda octets: octets.hex("-").upper()),
    "string": texts | unprintable | st.none(),
    "octets": hex_octets | st.none(),
    **{f"u{bits}": st.integers(0, 2**bits - 1) for bits in range(8, 72, 8)},
    **{
        f"i{bits}": st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in range(8, 72, 8)
    },
}


@st.composite
def fields_of(draw: st.DrawFn, fields: list[Any]) -> dict[str, Any]:
    """A value for each field; counts say what their lists hold."""
    value: dict[str, Any] = {}
    for field in fields:
        if isinstance(field, list):
            value[field[0]] = draw(VALUES[field[1]])
            continue
        names = [name for name, *_ in field["items"]]
        items = [draw(fields_of(field["items"])) for _ in range(draw(st.integers(0, 4)))]
        value[field["list"]] = [i[names[0]] for i in items] if len(names) == 1 else items
        if field["count"] is not None:
            value[field["count"]] = len(items)
    if "total_commands" in value:
        value["total_commands"] = 1
    return value


@st.composite
def zcl_payloads(draw: st.DrawFn) -> tuple[tuple[int, Direction, int], dict[str, Any]]:
    key = draw(st.sampled_from(sorted(tables.command_rows())))
    row = tables.command_rows()[key]
    value = draw(fields_of(row["fields"]))
    if "variants" in row:
        variant = draw(st.sampled_from(row["variants"]))
        value[row["selected_by"]] = draw(st.sampled_from(variant["values"]))
        value |= draw(fields_of(variant["fields"]))
    optional = row.get("optional", [])
    for name, kind, _ in optional[: draw(st.integers(0, len(optional)))]:
        value[name] = draw(VALUES[kind])
    return key, value


@given(zcl_payloads())
def test_every_command_of_the_table_survives_octets(
    drawn: tuple[tuple[int, Direction, int], dict[str, Any]],
) -> None:
    key, value = drawn
    assert decode_zcl_payload(*key, encode_zcl_payload(*key, value)) == value


def test_the_table_holds_every_command_of_gbcs_once() -> None:
    names = [row["name"] for row in tables.command_rows().values()]
    assert len(names) == len(set(names)) == 60


def test_every_row_says_how_sure_it_is() -> None:
    rows = list(tables.command_rows().values())
    grades = {row["grade"] for row in rows}
    grades |= {variant["grade"] for row in rows for variant in row.get("variants", [])}
    grades |= {field[2] for row in rows for field in row.get("optional", [])}
    grades |= {kind.grade for kind in tables.attribute_types().values()}
    assert grades == {"verified", "published", "recalled"}


@st.composite
def attribute_answers(draw: st.DrawFn) -> dict[str, Any]:
    form: dict[str, Any] = {"attribute": f"0x{draw(st.integers(0, 0xFFFF)):04X}"}
    known = st.sampled_from(sorted(tables.statuses()))
    unknown = st.integers(1, 255).filter(lambda code: code not in tables.status_names())
    form["status"] = draw(known | unknown)
    if form["status"] == "success":
        kind = draw(st.sampled_from(list(tables.attribute_types().values())))
        form |= {"type": kind.name, "value": draw(VALUES[kind.encoding])}
    return form


def without_names(attributes: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {key: item for key, item in form.items() if key != "name"}
        for form in attributes["attributes"]
    ]


@given(st.lists(attribute_answers(), max_size=6))
def test_attribute_answers_of_every_type_survive_octets(answers: list[dict[str, Any]]) -> None:
    frame = (METERING, FROM_SERVER, 0x01)
    octets = encode_zcl_payload(*frame, {"attributes": answers}, is_profile_wide=True)
    decoded = decode_zcl_payload(*frame, octets, is_profile_wide=True)
    assert without_names(decoded) == answers
    assert encode_zcl_payload(*frame, decoded, is_profile_wide=True) == octets


@st.composite
def gbz_components(draw: st.DrawFn) -> Component:
    (cluster, direction, command), value = draw(zcl_payloads())
    frame_control = 0x01 | draw(st.sampled_from((0, 0x10)))
    frame_control |= 0x08 if direction is FROM_SERVER else 0
    is_encrypted = draw(st.booleans())
    return Component(
        cluster,
        frame_control,
        draw(st.integers(0, 255)),
        command,
        None if is_encrypted else value,
        BLOB if is_encrypted else None,
        draw(st.none() | st.integers(0, 2**32 - 1)),
    )


@given(st.lists(gbz_components(), min_size=1, max_size=6))
def test_components_survive_octets_and_json(drawn: list[Component]) -> None:
    payload = GbzPayload(tuple(drawn))
    octets = components.encode(payload)
    decoded = components.decode_message(message(octets))
    assert decoded == payload
    form = json.loads(json.dumps(json_form.to_json(decoded)))
    assert json_form.from_json(form) == payload


EXTRAS: dict[int, st.SearchStrategy[dict[str, Any]]] = {
    0x1000: st.just({}),
    0x00CD: st.builds(
        Executed,
        st.integers(0, 0xFFFF),
        st.integers(0, 2**64 - 1),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFF),
        st.integers(0, 0xFF),
    ).map(lambda executed: {"executed": executed}),
    0x00CF: st.binary(min_size=32, max_size=32).map(lambda digest: {"image_hash": digest}),
    0x00F2: st.integers(0, 0xFFFF).map(lambda code: {"issue_code": code}),
    0x008B: gbz_components().map(lambda component: {"component": component}),
}


@given(st.sampled_from(sorted(EXTRAS)), st.data())
def test_alerts_survive_octets_and_json(code: int, data: st.DataObject) -> None:
    extra = data.draw(EXTRAS[code])
    alert = GbzAlert(
        data.draw(st.integers(0, 0xFFFF)), data.draw(st.integers(0, 2**32 - 1)), **extra
    )
    octets = components.encode(alert)
    decoded = components.decode_message(message(octets, code=code, cra=Cra.ALERT))
    assert decoded == alert
    assert json_form.from_json(json.loads(json.dumps(json_form.to_json(decoded)))) == alert


def test_a_register_read_is_named() -> None:
    form = json_form.to_json(components.decode_message(message(READ_CONSUMPTION)))
    assert form == {
        "components": [
            {
                "cluster": "0x0702",
                "cluster_name": "Metering",
                "frame_type": "profile-wide",
                "direction": "client-to-server",
                "disable_default_response": False,
                "command": "0x00",
                "name": "ReadAttributes",
                "sequence": 0,
                "payload": {
                    "attributes": [
                        {"attribute": "0x0302", "name": "Divisor"},
                        {"attribute": "0x0301", "name": "Multiplier"},
                        {"attribute": "0x0300", "name": "UnitofMeasure"},
                        {"attribute": "0x0000", "name": "CurrentSummationDelivered"},
                    ]
                },
            }
        ]
    }


def test_a_command_can_be_written_by_names_alone() -> None:
    by_hand = {
        "components": [
            {
                "cluster": "0x0702",
                "name": "ReadAttributes",
                "direction": "client-to-server",
                "sequence": 0,
                "payload": {
                    "attributes": [
                        {"attribute": "Divisor"},
                        {"attribute": "Multiplier"},
                        {"attribute": "UnitofMeasure"},
                        {"attribute": "CurrentSummationDelivered"},
                    ]
                },
            }
        ]
    }
    assert components.encode(json_form.from_json(by_hand)) == READ_CONSUMPTION
    reset = {"name": "CreditAdjustment", "sequence": 7}
    reset_fields = {"issuer_event_id": 0, "start_time": 0, "type": 1, "value": -1}
    payload = json_form.from_json({"components": [reset | {"payload": reset_fields}]})
    assert components.encode(payload) == bytes.fromhex(
        "010901 01 0705 0010 01 07 05 00000000 00000000 01 ffffffff"
    )


def test_decrypted_registers_are_typed() -> None:
    decoded = decode_zcl_payload(METERING, FROM_SERVER, 0x01, CONSUMPTION, is_profile_wide=True)
    values = {form["name"]: form["value"] for form in decoded["attributes"]}
    assert values == {
        "Divisor": 1000,
        "Multiplier": 1,
        "UnitofMeasure": 1,
        "CurrentSummationDelivered": 12345,
    }


@pytest.mark.parametrize("seconds", [0, 0xFFFFFFFE, 0xFFFFFFFF])
def test_the_special_times_stay_what_they_are(seconds: int) -> None:
    assert time_text(seconds) == f"0x{seconds:08X}"
    assert time_seconds(time_text(seconds)) == seconds


def test_other_times_count_seconds_since_2000() -> None:
    assert time_text(473385600) == "2015-01-01T00:00:00Z"


PRICE_HEAD = bytes.fromhex("00000000 00 804a371c 804a371c 01 3a03 51 41 00000000 a005 80250000")


@pytest.mark.parametrize("trailing", [0, 1, 5, 19])
def test_a_price_may_carry_trailing_fields(trailing: int) -> None:
    octets = PRICE_HEAD + bytes(range(1, trailing + 1))
    decoded = decode_zcl_payload(PRICE, FROM_SERVER, 0x00, octets)
    assert decoded["price"] == 9600
    assert encode_zcl_payload(PRICE, FROM_SERVER, 0x00, decoded) == octets


def test_a_price_with_half_a_trailing_field_is_refused() -> None:
    with pytest.raises(RemoteLengthError, match="generation_price"):
        decode_zcl_payload(PRICE, FROM_SERVER, 0x00, PRICE_HEAD + bytes(3))


DAY_HEAD = "00000000 00000000 01000000 01"
ENTRIES = "0000 01 e001 02"


@pytest.mark.parametrize(
    ("counts", "is_sound"),
    [("02 00 01", True), ("03 00 01", False), ("05 00 02", True), ("01 00 02", False)],
)
def test_an_entry_count_tells_the_whole_of_all_commands(counts: str, is_sound: bool) -> None:
    octets = bytes.fromhex(f"{DAY_HEAD} {counts} 00 {ENTRIES}")
    if is_sound:
        decoded = decode_zcl_payload(CALENDAR, FROM_SERVER, 0x01, octets)
        assert [entry["start_min"] for entry in decoded["entries"]] == [0, 480]
        assert encode_zcl_payload(CALENDAR, FROM_SERVER, 0x01, decoded) == octets
        return
    with pytest.raises(RemoteGbcsError, match="entry_count"):
        decode_zcl_payload(CALENDAR, FROM_SERVER, 0x01, octets)


@pytest.mark.parametrize(
    ("octets", "offset", "expected"),
    [
        ("0109", 0, "3 octet"),
        ("0108 01 01 0702 0005 00 00 00 0203", 0, "0109"),
        ("0109 00", 2, "1 or more"),
        ("0109 01 00 0702 0005 00 00 00 0203", 3, "the last"),
        ("0109 02 01 0702 0005 00 00 00 0203 01 0702 0005 00 00 00 0203", 3, "00, 02, 10 or 12"),
        ("0109 01 05 0702 0005 00 00 00 0203", 3, "the last"),
        ("0109 01 01 0702 0006 00 00 00 0203", 8, "6 octet"),
        ("0109 01 01 0702 0004 00 00 00 0203", 11, "2 octets"),
        ("0109 01 01 0702 0005 00 00 00 0203 00", 13, "the end"),
        ("0109 01 01 0702 0005 04 00 00 0203", 8, "no manufacturer"),
        ("0109 01 01 0702 0005 00 00 02 0203", 10, "a profile-wide command of GBCS"),
        ("0109 01 01 0702 0003 01 00 7f", 10, "cluster 0702"),
        ("0109 01 01 0702 0002 00 00", 8, "3 octet"),
        ("0109 01 11 0702 0003 000000", 8, "4 octet"),
        ("0109 01 01 0702 0008 08 00 01 0203 00 26 00", 15, "7 octet"),
        ("0109 01 01 0702 0008 08 00 01 0203 00 77 00", 14, "a ZCL type"),
        ("0109 01 01 0702 0008 08 00 01 0203 00 41 05", 15, "5 octet"),
        ("0109 01 01 0702 0006 08 00 0b 00 00 00", 11, "command and status"),
    ],
)
def test_malformed_payloads_are_refused_where_they_break(
    octets: str, offset: int, expected: str
) -> None:
    with pytest.raises(RemoteGbcsError, match=expected) as refused:
        components.decode_message(message(bytes.fromhex(octets)))
    assert refused.value.offset == offset


ENCRYPTED = "0109 01 03 0702 {size} {header} 18 00 01 {length}" + BLOB.hex()


@pytest.mark.parametrize(
    ("header", "length", "expected"),
    [
        ("01 00", "0019", "frame counter 00"),
        ("00 01", "0019", "frame counter 00"),
        ("00 00", "0018", "24 octet"),
        ("00 00", "0019 30", "25 octet"),
    ],
)
def test_a_wrong_encryption_header_is_refused(header: str, length: str, expected: str) -> None:
    size = 2 + 3 + len(bytes.fromhex(length)) + len(BLOB)
    octets = ENCRYPTED.format(size=f"{size:04x}", header=header, length=length)
    with pytest.raises(RemoteGbcsError, match=expected):
        components.decode_message(message(bytes.fromhex(octets), cra=Cra.RESPONSE))


@pytest.mark.parametrize(
    ("code", "octets", "expected"),
    [
        (0x1000, "0109 01 8f30 1c374a80", "00, seen 01"),
        (0x00CD, "0109 02 8f66 38818890", "00 or 01"),
        (0x00CD, "0109 01 8f66 38818890 0d 006b 00000000000003ed 0707 09 06", "0E"),
        (0x00CF, "0109 01 8f72 1c374a80 0921" + "a1" * 32, "0920"),
        (0x00CF, "0109 01 8f72 1c374a80 0920" + "a1" * 33, "the end"),
        (0x00F2, "0109 01 81a0 1c374a80 00", "2 octet"),
        (0x00F2, "0109 00 81a0 1c374a80 0005", "the end"),
        (0x1000, "0109 00 8f30 1c374a", "6 octet"),
    ],
)
def test_malformed_alerts_are_refused(code: int, octets: str, expected: str) -> None:
    with pytest.raises(RemoteGbcsError, match=expected):
        components.decode_message(message(bytes.fromhex(octets), code=code, cra=Cra.ALERT))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", 2**31),
        ("value", "12"),
        ("type", -1),
        ("start_time", "tomorrow"),
        ("start_time", "2200-01-01T00:00:00Z"),
    ],
)
def test_a_field_that_does_not_fit_is_named_as_our_fault(field: str, value: Any) -> None:
    fields = {"issuer_event_id": 0, "start_time": 0, "type": 1, "value": 5} | {field: value}
    with pytest.raises(EncodeError, match=f"CreditAdjustment.{field}"):
        encode_zcl_payload(PREPAYMENT, FROM_CLIENT, 0x05, fields)


def test_a_missing_and_an_unknown_field_are_our_fault() -> None:
    with pytest.raises(EncodeError, match=r"CreditAdjustment\.type"):
        encode_zcl_payload(
            PREPAYMENT, FROM_CLIENT, 0x05, {"issuer_event_id": 0, "start_time": 0, "value": 5}
        )
    with pytest.raises(EncodeError, match="command_options"):
        encode_zcl_payload(PRICE, FROM_CLIENT, 0x00, {"command_options": 1, "more": 2})


def test_fields_of_another_snapshot_type_are_our_fault() -> None:
    head = {"snapshot_id": 1, "time": 0, "found": 1, "command_index": 0, "total_commands": 1}
    unavailable = head | {"cause": 1, "payload_type": 128}
    with pytest.raises(EncodeError, match="payload_type 128"):
        encode_zcl_payload(METERING, FROM_SERVER, 0x06, unavailable | {"summation": 5})
    assert encode_zcl_payload(METERING, FROM_SERVER, 0x06, unavailable)[-1] == 128


TOU_AND_BLOCK_REGISTERS = (
    "640000000000" "04" "010000000000020000000000030000000000040000000000"
    "04" "050000000000060000000000070000000000080000000000"
)  # fmt: skip


@pytest.mark.parametrize("payload_type", ["06", "07", "05", "00", "80", "0B"])
def test_the_layout_of_national_snapshots_is_read_whatever_its_type_says(payload_type: str) -> None:
    octets = bytes.fromhex("01000000 00000000 01 00 01 01000000") + bytes.fromhex(
        payload_type + TOU_AND_BLOCK_REGISTERS
    )
    decoded = decode_zcl_payload(METERING, FROM_SERVER, 0x06, octets)
    assert decoded["payload_type"] == int(payload_type, 16)
    assert (decoded["tier_registers"], decoded["block_registers"]) == ([1, 2, 3, 4], [5, 6, 7, 8])
    assert encode_zcl_payload(METERING, FROM_SERVER, 0x06, decoded) == octets


def test_a_snapshot_of_unknown_type_and_layout_is_refused() -> None:
    head = bytes.fromhex("01000000 00000000 01 00 01 01000000")
    with pytest.raises(RemoteGbcsError, match="payload_type: expected one of"):
        decode_zcl_payload(METERING, FROM_SERVER, 0x06, head + b"\x0b" + bytes(9))
    with pytest.raises(RemoteGbcsError, match="summation"):
        decode_zcl_payload(METERING, FROM_SERVER, 0x06, head + b"\x06" + bytes(3))


@pytest.mark.parametrize("code", sorted(tables.attribute_types()))
def test_every_attribute_type_reads_and_writes_itself(code: int) -> None:
    kind = KINDS[tables.attribute_types()[code].encoding]
    value = bytes(range(1, kind.size + 1)) if isinstance(kind, Fixed) else b"\x03abc"
    octets = bytes.fromhex("0203 00") + bytes((code,)) + value + bytes.fromhex("0103 86")
    decoded = decode_zcl_payload(METERING, FROM_SERVER, 0x01, octets, is_profile_wide=True)
    assert decoded["attributes"][0]["type"] == tables.attribute_types()[code].name
    assert decoded["attributes"][1]["status"] == "unsupportedAttribute"
    again = encode_zcl_payload(METERING, FROM_SERVER, 0x01, decoded, is_profile_wide=True)
    assert again == octets


@given(st.binary(max_size=120))
def test_arbitrary_octets_are_refused_or_read_exactly(noise: bytes) -> None:
    octets = b"\x01\x09" + noise
    try:
        decoded = components.decode_message(message(octets))
    except RemoteGbcsError:
        return
    assert components.encode(decoded) == octets


def test_a_long_list_is_read_soon() -> None:
    samples = bytes(3 * 0xFFFF)
    octets = bytes.fromhex("0000 00000000 00 1e00 ffff") + samples

    def read() -> None:
        decoded = decode_zcl_payload(METERING, FROM_SERVER, 0x07, octets)
        assert len(decoded["samples"]) == 0xFFFF

    assert least_seconds(read, limit=1.0) < 1.0
