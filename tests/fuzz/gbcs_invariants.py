"""What must hold for any octets whatever, as one function that a fuzzer or a test calls.

The first octet says which door the rest comes in by, so that a fuzzer gets past the
envelope to the payloads. Octets that are refused must be refused by our own error; octets
that are taken must come back unchanged through their JSON text; and all of it in time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from assay.gbcs import firmware_image, inspection, json_form, segments, top_up
from assay.gbcs.envelope import Cra, Message, OtherInformation, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyStore

ORIGINATOR = Eui64.from_text("00-DB-12-34-56-78-90-A0")
RECIPIENT = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
HEAD_SIZE = 4


def whole_message(octets: bytes) -> None:
    form = inspection.describe(octets)
    again = json_form.from_json(json.loads(json.dumps(form))).to_octets()
    if again != octets:
        raise AssertionError(f"comes back as {again.hex()}")
    inspection.inspect(octets, KeyStore())


def payload(octets: bytes) -> None:
    """Message code, CRA, and a payload, in a sound envelope."""
    message = Message(
        cra=Cra(octets[2] % 3 + 1),
        counter=1000,
        originator=ORIGINATOR,
        recipient=RECIPIENT,
        other=OtherInformation(message_code=int.from_bytes(octets[:2], "big")),
        payload=octets[3:],
        mac=bytes(12),
    )
    whole_message(message.to_octets())


def segment(octets: bytes) -> None:
    if segments.parse_segment(octets).to_octets() != octets:
        raise AssertionError("a segment comes back otherwise")


def ota_file(octets: bytes) -> None:
    if firmware_image.parse(octets).to_octets() != octets:
        raise AssertionError("an OTA file comes back otherwise")


def top_up_code(octets: bytes) -> None:
    top_up.read(octets.decode("latin-1"))


def json_text(octets: bytes) -> None:
    """Any JSON is a message or our own fault, told as such."""
    try:
        form = json.loads(octets)
    except (ValueError, RecursionError):
        return
    try:
        message = json_form.from_json(form).to_octets()
    except EncodeError:
        return
    if len(message) > 1 << 20:
        raise AssertionError("more octets than a message may have")


DOORS: tuple[Callable[[bytes], None], ...] = (
    whole_message,
    payload,
    segment,
    ota_file,
    top_up_code,
    json_text,
)


def examine(data: bytes) -> None:
    """Raises whatever breaks a rule; returns where the octets are taken or refused properly."""
    if len(data) < HEAD_SIZE:
        return
    try:
        DOORS[data[0] % len(DOORS)](data[1:])
    except RemoteGbcsError:
        return


def seconds_of(data: bytes) -> float:
    began = time.process_time()
    examine(data)
    return time.process_time() - began


def seeds(message: bytes) -> list[bytes]:
    """A good message at each door that it fits."""
    parsed = parse(message)
    code = parsed.message_code.to_bytes(2, "big")
    return [
        b"\x00" + message,
        b"\x01" + code + bytes((parsed.cra - 1,)) + parsed.payload,
        b"\x02" + segments.split(message, data_size=600)[0].to_octets(),
        b"\x05" + json.dumps(json_form.to_json(parsed)).encode(),
    ]
