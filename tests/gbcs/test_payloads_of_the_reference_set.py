"""Every message of the national set: typed JSON text and back, octet for octet."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from assay.gbcs import json_form, payload
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from tests.stopwatch import least_seconds

MESSAGES_IN_THE_SET = 808
MUTANTS_PER_MESSAGE = 12
LONGEST_DECODE = 0.1
Messages = tuple[tuple[str, Message], ...]
OPAQUE = frozenset(
    {
        "data",
        "der",
        "encrypted",
        "existing_subject_key_id",
        "firmware_version",
        "image_hash",
        "octets",
        "replacing_subject_key_id",
        "serial",
        "subject_key_id",
    }
)
"""Hashes, key identifiers, versions, log data, DER, ciphertext: nothing inside has a name."""
DIGITS_ONLY = frozenset({"site_id", "top_up_code", "value"})


@cache
def _messages(folder: Path) -> tuple[tuple[str, Message], ...]:
    files = sorted(folder.glob("*/*.HEX"))
    return tuple((file.name, parse(bytes.fromhex(file.read_text()))) for file in files)


@pytest.fixture
def messages(shared: Path) -> tuple[tuple[str, Message], ...]:
    return _messages(shared / "rtds" / "messages")


def test_every_message_survives_json_text(messages: Messages) -> None:
    assert len(messages) == MESSAGES_IN_THE_SET
    for name, message in messages:
        text = json.dumps(json_form.to_json(message))
        assert json_form.from_json(json.loads(text)) == message, name


def test_every_payload_is_of_a_kind_with_a_codec(messages: Messages) -> None:
    kinds = [payload.kind_of(message) for _, message in messages]
    assert set(kinds) == {"dlms", "gbz", "asn1"}


def _texts(form: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(form, dict):
        for name, value in form.items():
            yield from _texts(value, name)
    elif isinstance(form, list):
        for item in form:
            yield from _texts(item, key)
    elif isinstance(form, str):
        yield key, form


def _looks_like_octets(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) > 2
    except ValueError:
        return False


def test_hex_stands_only_where_nothing_inside_has_a_name(messages: Messages) -> None:
    for name, message in messages:
        kind, typed = payload.decode(message)
        if kind == "dlms":
            continue
        form = payload.codec(kind).to_json(typed, message)
        found = {key for key, text in _texts(form) if _looks_like_octets(text)}
        assert found <= OPAQUE | DIGITS_ONLY, name


def test_lengths_that_are_not_shortest_are_remembered(messages: Messages) -> None:
    wide = [
        message
        for _, message in messages
        if isinstance(typed := payload.decode(message)[1], Asn1Payload) and typed.length_widths
    ]
    assert len(wide) == 13
    assert {message.cra for message in wide} == {Cra.RESPONSE, Cra.ALERT}


def _refuse_or_return(codec: payload.Codec, mutant: Message, name: str) -> None:
    try:
        typed = codec.decode(mutant)
    except RemoteGbcsError as error:
        assert error.offset <= len(mutant.payload), name
        return
    form = json.loads(json.dumps(codec.to_json(typed, mutant)))
    assert codec.encode(codec.from_json(form)) == mutant.payload, name


def _mutants(octets: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(MUTANTS_PER_MESSAGE):
        changed = bytearray(octets)
        place = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[place] = chance.choice((0x00, 0x7F, 0x80, 0x82, 0x84, 0xFF))
            case 1:
                changed[place] ^= 1 << chance.randrange(8)
            case 2:
                del changed[place : place + chance.randrange(1, 9)]
            case 3:
                changed[place:place] = chance.randbytes(chance.randrange(1, 5))
            case _:
                changed += chance.randbytes(chance.randrange(1, 4))
        yield bytes(changed)


def test_damaged_payloads_are_refused_as_the_peers_fault_or_read_exactly(
    messages: Messages,
) -> None:
    """Either a RemoteGbcsError, soon, or a value whose encoding is the damaged octets."""
    chance = random.Random(20250101)
    for name, message in messages:
        codec = payload.codec(payload.kind_of(message))
        if payload.kind_of(message) == "dlms":
            continue
        codec.decode(message)
        for octets in _mutants(message.payload, chance):
            mutant = replace(message, payload=octets)
            examine = partial(_refuse_or_return, codec, mutant, name)
            assert least_seconds(examine, limit=LONGEST_DECODE) < LONGEST_DECODE, name


ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    256,
    2**80,
    1.5,
    "",
    "zz",
    "0x",
    "0xFFFFFFFFFF",
    "\ud800",
    [],
    {},
    [1],
    {"octets": 3},
    "2030-01-01T00:00:00+01:00",
)


def _places(form: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(form, dict):
        for name, value in form.items():
            yield from _places(value, (*path, name))
    elif isinstance(form, list):
        for index, value in enumerate(form):
            yield from _places(value, (*path, index))


def _with(form: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    holder = form
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return form


def test_odd_json_is_refused_as_our_fault(messages: Messages) -> None:
    """Nothing but EncodeError; a value that happens to fit is encoded."""
    chance = random.Random(20250102)
    for name, message in messages:
        kind, typed = payload.decode(message)
        if kind == "dlms":
            continue
        codec = payload.codec(kind)
        text = json.dumps(codec.to_json(typed, message))
        for path in chance.sample(list(_places(json.loads(text))), 2):
            odd = _with(json.loads(text), path, chance.choice(ODD_VALUES))
            try:
                octets = codec.encode(codec.from_json(odd))
            except EncodeError:
                continue
            assert isinstance(octets, bytes), name
