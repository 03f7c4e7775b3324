"""Dates, times and OBIS codes in octet strings of DLMS: typed where they can be told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.dlms import json_form
from assay.gbcs.dlms.data import (
    CompactArray,
    Data,
    Tag,
    TypeDescription,
    array,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.dlms.encoding import encode
from assay.gbcs.errors import EncodeError


def _string(octets: str) -> Data:
    return octet_string(bytes.fromhex(octets))


def _there_and_back(data: Data) -> Any:
    form = json.loads(json.dumps(json_form.data_to_json(data)))
    assert json_form.data_from_json(form) == data
    assert decode_whole(encode(data)) == data
    return form


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("0000000000000000008000FF", "now"),
        ("FFFFFFFFFFFFFFFFFF8000FF", "never"),
        ("07DF0101FF000000008000FF", "2015-01-01T00:00:00Z"),
        (
            "FFFFFEFEFFFFFFFFFF800000",
            {
                "year": None,
                "month": "daylight-saving-begin",
                "day": "last",
                "weekday": None,
                "hour": None,
                "minute": None,
                "second": None,
                "hundredths": None,
                "deviation_min": None,
                "status": 0,
            },
        ),
        (
            "07DE0C1F0317320063FFC480",
            {
                "year": 2014,
                "month": 12,
                "day": 31,
                "weekday": 3,
                "hour": 23,
                "minute": 50,
                "second": 0,
                "hundredths": 99,
                "deviation_min": -60,
                "status": 0x80,
            },
        ),
    ],
)
def test_a_date_time_reads_as_one(octets: str, expected: Any) -> None:
    assert _there_and_back(_string(octets)) == {"date-time-string": expected}


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("07DF0615FF", {"year": 2015, "month": 6, "day": 21, "weekday": None}),
        ("FFFF0719FF", {"year": None, "month": 7, "day": 25, "weekday": None}),
        (
            "FFFFFDFD07",
            {"year": None, "month": "daylight-saving-end", "day": "second-last", "weekday": 7},
        ),
    ],
)
def test_a_date_reads_as_one(octets: str, expected: Any) -> None:
    assert _there_and_back(_string(octets)) == {"date-string": expected}


@pytest.mark.parametrize(
    "octets",
    ["5265736574", "000001FFFF", "07DF0D01FF", "48656C6C6F20776F726C6421", "", "0000000000"],
)
def test_what_can_be_no_date_stays_hex(octets: str) -> None:
    assert _there_and_back(_string(octets)) == {"octet-string": octets.lower()}


def test_the_structure_tells_times_of_day_and_obis_codes() -> None:
    action = structure(_string("071E0000"), _string("00000A0064FF"), long_unsigned(3))
    assert _there_and_back(array(action))["array"][0]["structure"] == [
        {"time-string": "07:30:00"},
        {"obis": "0-0:10.0.100.255"},
        {"long-unsigned": 3},
    ]
    due = structure(_string("FF00FF00"), _string("FFFFFFFFFF"))
    assert _there_and_back(due)["structure"][0] == {
        "time-string": {"hour": None, "minute": 0, "second": None, "hundredths": 0}
    }
    read = structure(long_unsigned(3), _string("0100010800FF"), integer(2), long_unsigned(0))
    assert _there_and_back(read)["structure"][1] == {"obis": "1-0:1.8.0.255"}


def test_a_schedule_entry_is_typed_throughout() -> None:
    entry = structure(
        long_unsigned(1),
        Data(Tag.BOOLEAN, 0xFF),
        _string("00000A006AFF"),
        long_unsigned(2),
        _string("091E0000"),
        long_unsigned(0xFFFF),
        Data(Tag.BIT_STRING, "1111111"),
        Data(Tag.BIT_STRING, "0"),
        _string("07DF0615FF"),
        _string("07DF0C15FF"),
    )
    names = [next(iter(form)) for form in _there_and_back(entry)["structure"]]
    assert "octet-string" not in names
    assert names[4] == "time-string"


def test_four_octets_elsewhere_stay_hex() -> None:
    assert _there_and_back(_string("071E0000")) == {"octet-string": "071e0000"}
    other = structure(_string("071E0000"), _string("00000A0064FF"), integer(3))
    assert _there_and_back(other)["structure"][0] == {"octet-string": "071e0000"}


@pytest.mark.parametrize(
    ("tag", "octets", "expected"),
    [
        (Tag.FLOAT32, "3FC00000", {"float32": 1.5}),
        (Tag.FLOAT32, "80000000", {"float32": -0.0}),
        (Tag.FLOAT64, "3FF8000000000000", {"float64": 1.5}),
        (Tag.FLOAT32, "7FC00001", {"float32-octets": "7fc00001"}),
        (Tag.FLOAT64, "FFF0000000000000", {"float64-octets": "fff0000000000000"}),
        (Tag.TIME, "173B3B00", {"time": "23:59:59"}),
        (Tag.TIME, "18000000", {"time-octets": "18000000"}),
        (Tag.DATE_TIME, "07DF0101FF000000008000FF", {"date-time": "2015-01-01T00:00:00Z"}),
    ],
)
def test_types_that_gbcs_does_not_use_are_typed_too(
    tag: Tag, octets: str, expected: dict[str, Any]
) -> None:
    assert _there_and_back(Data(tag, bytes.fromhex(octets))) == expected


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    [
        (Tag.VISIBLE_STRING, b"abc", "abc"),
        (Tag.UTF8_STRING, "£5".encode(), "£5"),
        (Tag.UTF8_STRING, b"\xff", {"utf8-string-octets": "ff"}),
        (Tag.OCTET_STRING, b"\xe0\x01", "e001"),
        (
            Tag.OCTET_STRING,
            bytes.fromhex("07DF0101FF000000008000FF"),
            {"date-time-string": "2015-01-01T00:00:00Z"},
        ),
        (
            Tag.DATE,
            bytes.fromhex("07DF0615FF"),
            {"year": 2015, "month": 6, "day": 21, "weekday": None},
        ),
        (Tag.BIT_STRING, "0101", "0101"),
        (Tag.FLOAT32, bytes.fromhex("3FC00000"), 1.5),
        (Tag.UNSIGNED, 7, 7),
    ],
)
def test_elements_of_compact_arrays_are_typed(tag: Tag, value: Any, expected: Any) -> None:
    parts = (TypeDescription(Tag.DOUBLE_LONG_UNSIGNED), TypeDescription(tag))
    element = structure(Data(Tag.DOUBLE_LONG_UNSIGNED, 1), Data(tag, value))
    packed = CompactArray(TypeDescription(Tag.STRUCTURE, parts), (element,))
    form = _there_and_back(Data(Tag.COMPACT_ARRAY, packed))
    assert form["compact-array"]["elements"] == [[1, expected]]


def test_a_packed_element_of_another_type_is_our_fault() -> None:
    form = {"compact-array": {"type": "utf8-string", "elements": [{"visible-string-octets": "ff"}]}}
    with pytest.raises(EncodeError, match="compact-array element"):
        json_form.data_from_json(form)


@pytest.mark.parametrize(
    "form",
    [
        {"date-string": {"year": 1900, "month": 1, "day": 1, "weekday": 1}},
        {"date-string": {"year": 2015, "month": "june", "day": 1, "weekday": 1}},
        {"date-string": {"year": 2015, "month": 6, "day": True, "weekday": 1}},
        {"time-string": "24:00:00"},
    ],
)
def test_a_date_without_octets_is_our_fault(form: Any) -> None:
    with pytest.raises(EncodeError):
        json_form.data_from_json(form)


@given(st.one_of(*(st.binary(min_size=size, max_size=size) for size in (4, 5, 12))))
def test_any_octets_come_back(octets: bytes) -> None:
    _there_and_back(octet_string(octets))
    _there_and_back(structure(octet_string(octets), octet_string(b"\xff" * 5)))
    for tag, size in ((Tag.DATE_TIME, 12), (Tag.DATE, 5), (Tag.TIME, 4), (Tag.FLOAT32, 4)):
        if len(octets) == size:
            _there_and_back(Data(tag, octets))
