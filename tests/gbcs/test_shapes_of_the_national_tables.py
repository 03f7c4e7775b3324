"""Messages built octet by octet from the reference tables, so also those without a sample.

The tables list the shape of every command and response of the whole national set. Nothing
of our encoders is used here: what they and the decoders get wrong alike would stay hidden.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.gbcs import catalogue, json_form
from assay.gbcs.conformance import CHECKS, Observed, Traffic
from assay.gbcs.inspection import describe, inspect
from assay.gbcs.keys import KeyStore

Row = dict[str, Any]
PARTY, DEVICE = bytes.fromhex("90B3D51F30010000"), bytes.fromhex("00DB1234567890A0")
NOW = bytes.fromhex("0000000000000000008000FF")
AT = bytes.fromhex("07E80C1FFF0A0B0C008000FF")
BLOB = bytes.fromhex("3100000000") + bytes(30)
RANGE = bytes.fromhex(
    "01 0204 0204 120001 0906 00005E2C64FF 0F02 120000 0600000001 0600000002 0100"
)
OPERATIONS = {"get": 1, "set": 2, "action": 3, "get-with-selection": 4}
NUMBERS = {
    "boolean": (3, 1),
    "double-long": (5, 4),
    "double-long-unsigned": (6, 4),
    "integer": (15, 1),
    "long": (16, 2),
    "unsigned": (17, 1),
    "long-unsigned": (18, 2),
    "long64": (20, 8),
    "long64-unsigned": (21, 8),
    "enum": (22, 1),
}
NEEDS_KEYS = frozenset(("authentic", "protection of type"))


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    return bytes((0x81, size)) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")


def _sized(octets: bytes) -> bytes:
    return _length(len(octets)) + octets


def _message(cra: int, code: int, payload: bytes, at: bytes = b"") -> bytes:
    parties = (PARTY, DEVICE) if cra == 1 else (DEVICE, PARTY)
    return b"".join(
        (
            b"\xdf\x09",
            bytes((cra,)),
            (1000).to_bytes(8, "big"),
            *(b"\x08" + party for party in parties),
            _sized(at),
            b"\x02" + code.to_bytes(2, "big"),
            _sized(payload),
            b"\x00",
        )
    )


def _split(text: str, separator: str) -> list[str]:
    """The parts of "a, b{c, d}" at its outermost level."""
    found, depth = [""], 0
    for character in text:
        depth += (character in "{[(") - (character in "}])")
        if character == separator and not depth:
            found.append("")
        else:
            found[-1] += character
    return [part.strip() for part in found]


def _data(shape: str, chance: random.Random) -> bytes:
    """Some DLMS data of the shape that the table writes as `structure{enum, octet-string(6)}`."""
    match = re.match(r"([a-z0-9-]+)(?:\((\d+)\))?(?:[\[{](.*)[\]}])?$", shape, re.DOTALL)
    assert match is not None, shape
    name, size, inner = match[1], int(match[2] or 0), match[3]
    if name == "null":
        return b"\x00"
    if name == "structure":
        members = _split(inner, ",")
        return b"\x02" + _length(len(members)) + b"".join(_data(m, chance) for m in members)
    if name == "array":
        kinds = _split(inner, "|") if inner else []  # elements of an array may differ
        elements = [_data(kinds[index % len(kinds)], chance) for index in range(size)]
        return b"\x01" + _length(size) + b"".join(elements)
    if name == "octet-string":
        return b"\x09" + _sized(NOW if size == len(NOW) else chance.randbytes(size))
    if name in ("visible-string", "utf8-string"):
        return (b"\x0a" if name == "visible-string" else b"\x0c") + _sized(b"x" * size)
    if name == "bit-string":
        return b"\x04" + _length(size) + bytes((size + 7) // 8)
    if name == "compact-array":
        return bytes.fromhex("1302020612") + _sized(chance.randbytes(4 * 6))
    tag, width = NUMBERS[name]
    return bytes((tag,)) + chance.randbytes(width)


def _protection(originator: bytes, recipient: bytes) -> bytes:
    """Class 30: authenticated and encrypted with an agreed key, as the digest's 4.7 has it."""
    return bytes.fromhex(
        f"0101 0202 1602 0205 0909 04 00000000000003E8 0908 {originator.hex()}"
        f"0908 {recipient.hex()} 0900 0202 1602 0202 0901 02 0900"
    )


def _request(items: list[Row], chance: random.Random) -> bytes:
    specifications, data = [], []
    for item in items:
        obis = bytes(int(number) for number in re.split(r"[-:.]", item["obis"]))
        operation = OPERATIONS[item["op"]]
        head = bytes((operation,)) + item["class"].to_bytes(2, "big") + obis
        selection = RANGE if item["op"] == "get-with-selection" else b""
        specifications.append(head + bytes((item["id"],)) + selection)
        data.append(_data(item.get("data") or "null", chance))
    count = _length(len(items))
    return b"".join((b"\xd9\x20\x00\x03\xe8\x00", count, *specifications, count, *data))


def _answer(items: list[Row], chance: random.Random) -> bytes:
    data = []
    for item in items:
        is_protected = "octet-string(9)" in item["data"]
        sealed = b"\x02\x02" + _protection(DEVICE, PARTY) + b"\x09" + _sized(BLOB)
        data.append(sealed if is_protected else _data(item["data"], chance))
    results = [bytes((OPERATIONS[item["op"]], item["result"])) for item in items]
    count = _length(len(items))
    return b"".join((b"\xda\x20\x00\x03\xe8\x00\x00", count, *data, count, *results))


def _zcl_field(name: str, kind: str, count: str | None) -> bytes:
    widths = {"t": 4, "?u8": 1, "*": 0}
    if kind == "s":
        return b"\x05label"
    width = widths[kind] if kind in widths else int(kind[1:]) // (8 if kind[0] in "ui" else 1)
    fixed = {"payload_type": 0, "tiers": 4, "tiers_blocks": 4, "total_commands": 1}
    return (2 if name == count else fixed.get(name, 0)).to_bytes(width, "little")


def _zcl_command(row: Row) -> bytes:
    repeat = row["repeat"] or {"count_field": None, "fields": []}
    rows = [row["fields"], *[repeat["fields"]] * 2]
    octets = b"".join(
        _zcl_field(field["name"], field["type"], repeat["count_field"])
        for fields in rows
        for field in fields
    )
    if row["name"] == "PublishSnapshot":  # after the type: summation, four tiers, four blocks
        return octets[:15] + b"\x06" + octets[16:]
    return octets


def _components(rows: list[Row], commands: dict[tuple[str, str, str], Row], asked: int) -> bytes:
    parts, encrypted = [], 0
    for index, row in enumerate(rows):
        control, frame = int(row["control"], 16), int(row["frame_control"], 16)
        direction = "server-to-client" if frame & 8 else "client-to-server"
        if frame & 1:
            content = _zcl_command(commands[row["cluster"], direction, row["command"]])
        elif row["command"] == "0x0B":
            content = bytes.fromhex(row.get("responds_to", "0x06")[2:] + row["status"][2:])
        else:
            content = bytes.fromhex("0302" if row["command"] == "0x00" else "0302001801")
        head = bytes((frame, min(index, asked - 1), int(row["command"], 16)))
        body = head + (len(BLOB).to_bytes(2, "big") + BLOB if control & 2 else content)
        start = bytes(4) if control & 0x10 else b""
        counted = bytes((0, encrypted)) if control & 2 else b""
        encrypted += bool(control & 2)
        body = counted + start + body
        cluster = bytes.fromhex(row["cluster"][2:])
        parts.append(bytes((control,)) + cluster + len(body).to_bytes(2, "big") + body)
    return b"\x01\x09" + bytes((len(parts),)) + b"".join(parts)


def _by_file(rows: list[Row], direction: str) -> Iterator[tuple[str, int, Row]]:
    for row in rows:
        for shape in row["observed"]:
            if shape["direction"] == direction:
                for file in shape["vectors"]:
                    yield file, int(row["code"], 16), shape


Exchange = tuple[str, bytes, bytes]


def _at(code: int) -> bytes:
    row = catalogue.use_case(code)
    return AT if row is not None and row.response_date_time else b""


def _dlms_exchanges(folder: Path) -> Iterator[Exchange]:
    rows = json.loads((folder / "gbcs_dlms_objects.json").read_text())
    commands = {file: shape for file, _, shape in _by_file(rows, "command")}
    for file, code, shape in _by_file(rows, "response"):
        chance = random.Random(file)
        asked = commands[file.replace("RESPONSE", "COMMAND")]["items"]
        command = _message(1, code, _request(asked, chance))
        answer = _message(2, code, _answer(shape["items"], chance), _at(code))
        yield file, command, answer


def _gbz_exchanges(folder: Path) -> Iterator[Exchange]:
    table = json.loads((folder / "gbcs_gbz_components.json").read_text())
    layouts = {(row["cluster"], row["direction"], row["command"]): row for row in table["commands"]}
    commands = {file: shape for file, _, shape in _by_file(table["use_cases"], "command")}
    for file, code, shape in _by_file(table["use_cases"], "response"):
        asked = commands[file.replace("RESPONSE", "COMMAND")]["components"]
        command = _message(1, code, _components(asked, layouts, len(asked)))
        answer = _components(shape["components"], layouts, len(asked))
        yield file, command, _message(2, code, answer, _at(code))


@pytest.fixture(scope="module")
def exchanges(shared: Path) -> list[Exchange]:
    folder = shared / "reference"
    found = [*_dlms_exchanges(folder), *_gbz_exchanges(folder)]
    assert len(found) == 436
    return found


def test_every_shape_of_the_national_set_decodes_and_comes_back(exchanges: list[Exchange]) -> None:
    for file, *messages in exchanges:
        for octets in messages:
            seen = inspect(octets, KeyStore())
            assert (seen.parsed, seen.roundtrip, seen.problem) == (True, True, None), file
            form = json.loads(json.dumps(describe(octets)))
            assert json_form.from_json(form).to_octets() == octets, file


def test_conformance_finds_nothing_in_the_shapes_of_the_national_set(
    exchanges: list[Exchange],
) -> None:
    for file, *messages in exchanges:
        traffic = Traffic.of([Observed(octets=octets) for octets in messages], KeyStore())
        for check in CHECKS.values():
            if not check.needs_times and check.name not in NEEDS_KEYS:
                assert check.find(traffic) == [], (file, check.name)
