"""tshark, which shares no code with us, reads our messages from a ZigBee capture as we mean them.

It names use cases up to the middle of the code range; later ones it calls unknown. A
pre-command has no signature field, which it shows as malformed: that is why they are apart,
and how this test knows that it would see a malformed message.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from assay.gbcs import catalogue, json_form
from assay.gbcs.envelope import Message, parse
from assay.gbcs.segments import split
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE
from tests.gbcs.zigbee_capture import Device, capture_of, frames_of, key_options

pytestmark = pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")

FIELDS = (
    "wpan.src16",
    "zbee.sec.decryption_key",
    "gbcs_message.grouping_header.message_code",
    "gbcs_message.grouping_header.originator_counter",
    "gbcs_message.grouping_header.business_target_id",
    "gbcs_message.mac",
    "_ws.malformed",
    "_ws.col.Info",
)
UNKNOWN = "Unknown Use Case"
LARGEST_FRAME = 127 - 2
"""Octets of a radio frame, without its check sum."""
WITHOUT_A_NAME = {
    "ALERT_00CA": "Futured Dated Firmware Activation Alert",
    "ALERT_00CB": "Futured Dated Updated Security Credentials Alert",
    "ALERT_00CC": "Future Dated Execution Of Instruction Alert (DLMS COSEM)",
    "ALERT_00CD": "Future Dated Execution Of Instruction Alert (GBZ)",
    "ALERT_00CE": "Firmware Distribution Receipt Alert (ESME or Comms Hub)",
    "ALERT_00CF": "Firmware Distribution Receipt Alert (GSME)",
    "ALERT_00F0": "Meter Integrity Issue Warning Alert - ESME",
    "ALERT_00F2": "Meter Integrity Issue Warning Alert - GSME",
    "ALERT_1000": "Generic Critical Alert",
    "ALERT_1001": "Generic Non Critical Alert",
}
"""Alerts that have no use case of their own, in the words of tshark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What tshark says of one message. `number`: its place among those sent."""

    number: int
    keys: str
    message_code: int
    counter: int
    recipient: str
    mac: str
    is_malformed: bool
    words: str

    @property
    def use_case(self) -> str:
        """Without "Command, " and the like before it."""
        return self.words.partition(", ")[2]


def tshark(
    folder: Path, capture: bytes, fields: tuple[str, ...], options: list[str]
) -> list[list[str]]:
    """The fields of each frame that ends a GBCS message."""
    path = folder / "capture.pcap"
    path.write_bytes(capture)
    asked = [argument for field in fields for argument in ("-e", field)]
    command = ["tshark", "-r", str(path), *options, "-Y", "gbcs_message", "-T", "fields", *asked]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in ran.stdout.splitlines()]


def readings(folder: Path, messages: list[bytes], options: list[str]) -> list[Reading]:
    rows = tshark(folder, capture_of(messages), FIELDS, options)
    return [_reading(row) for row in rows]


def _reading(fields: list[str]) -> Reading:
    source, keys, code, counter, recipient, mac, malformed, words = fields
    return Reading(
        number=int(source, 16) - 0x1000,
        keys=keys,
        message_code=int(code, 16),
        counter=int(counter, 0),
        recipient=recipient.replace(":", ""),
        mac=mac.replace(":", ""),
        is_malformed=bool(malformed),
        words=words,
    )


def names_the_same(reading: Reading, message: Message) -> bool:
    row = catalogue.use_case(message.message_code)
    assert row is not None
    if row.name in WITHOUT_A_NAME:
        return reading.use_case.startswith(WITHOUT_A_NAME[row.name])
    return reading.use_case.split()[0].replace("/", "").lower() == row.name.lower()


def test_the_published_messages_are_read_field_by_field(tmp_path: Path) -> None:
    command, response = readings(tmp_path, [ARM_COMMAND, FIRMWARE_RESPONSE], key_options())
    assert (command.keys, command.is_malformed) == ("nwk,link", False)
    assert (command.message_code, command.counter) == (0x0051, 1000)
    assert (command.recipient, command.mac) == ("00db1234567890a0", ARM_COMMAND[-12:].hex())
    assert command.words == "Command, ECS44 Arm Load Switch in ESME"
    assert response.words.startswith("Response, ECS52 ")


def test_without_the_link_key_nothing_is_read(tmp_path: Path) -> None:
    network_key_alone = key_options()[:2]
    assert readings(tmp_path, [ARM_COMMAND], network_key_alone) == []


def test_every_frame_fits_the_radio() -> None:
    frames = frames_of(bytes(4000), 0, Device(number=0))
    assert max(len(frame) for frame in frames) <= LARGEST_FRAME


def test_segments_are_read_field_by_field_and_joined_to_the_message(tmp_path: Path) -> None:
    segments = split(ARM_COMMAND, data_size=60)
    capture = capture_of([s.to_octets() for s in segments], from_one_device=True)
    fields = (
        "gbcs_message.gbt_header.block_number",
        "gbcs_message.gbt_header.block_control.last_block",
        "gbcs_message.gbt_header.block_control.streaming",
        "gbcs_message.gbt_header.block_control.window",
        "gbcs_message.gbt.reassembled.length",
        "gbcs_message.mac",
        "_ws.malformed",
    )
    assert tshark(tmp_path, capture, fields, key_options()) == [
        ["1", "0", "1", "63", "", "", ""],
        ["2", "0", "1", "63", "", "", ""],
        ["3", "1", "0", "63", str(len(ARM_COMMAND)), ARM_COMMAND[-12:].hex(), ""],
    ]


@pytest.fixture(scope="module")
def national(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Reading, Message]]:
    """Every national message as we encode it from its typed form, and how it is read."""
    paths = sorted((shared / "rtds" / "messages").glob("*/*.HEX"))
    forms = [json_form.to_json(parse(bytes.fromhex(path.read_text().strip()))) for path in paths]
    messages = [json_form.from_json(form) for form in forms]
    octets = [message.to_octets() for message in messages]
    read = readings(tmp_path_factory.mktemp("capture"), octets, key_options())
    assert [reading.number for reading in read] == list(range(len(messages)))
    return list(zip(read, messages, strict=True))


def test_only_pre_commands_are_shown_as_malformed(
    national: list[tuple[Reading, Message]],
) -> None:
    malformed = [message.is_pre_command for reading, message in national if reading.is_malformed]
    assert malformed == [True] * sum(message.is_pre_command for _, message in national)
    assert malformed


def test_every_code_that_tshark_knows_has_the_same_name_with_us(
    national: list[tuple[Reading, Message]],
) -> None:
    known = [(r, m) for r, m in national if not r.use_case.startswith(UNKNOWN)]
    different = [(r.words, m.message_code) for r, m in known if not names_the_same(r, m)]
    assert different == []
    assert len({m.message_code for _, m in known}) > 150


def test_code_counter_recipient_and_mac_are_those_that_we_sent(
    national: list[tuple[Reading, Message]],
) -> None:
    for reading, message in national:
        assert reading.message_code == message.message_code
        assert reading.counter == message.counter
        assert reading.recipient == message.recipient.hex()
        assert reading.mac == (message.mac or b"").hex()
