"""EZSP at the stick: its table against the host software's, and what a host may get wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from assay.clock import SimulatedClock
from rigs.virtual.ether import Ether
from rigs.virtual.ncp import Ncp
from rigs.virtual.ncp.codes import EmberStatus, EzspStatus
from rigs.virtual.ncp.command_table import BY_NUMBER, COMMANDS
from rigs.virtual.ncp.wire import ApsHeader, Parameters, SecurityState
from tests.rigs.ncp.conftest import CHANNEL, METER, NETWORK_KEY, PAN, STICK

HEADER = ApsHeader(
    profile=0x0109,
    cluster=0x0704,
    source_endpoint=1,
    destination_endpoint=1,
    options=0x0160,
    group=0,
    sequence=0,
)
PARAMETERS = Parameters(
    extended_pan=STICK,
    pan=PAN,
    power=8,
    channel=CHANNEL,
    join_method=0,
    manager=0,
    update=0,
    channels=1 << CHANNEL,
)
SECURITY = SecurityState(
    bits=0x0A00,
    preconfigured_key=bytes(16),
    network_key=NETWORK_KEY,
    key_sequence=0,
    trust_centre=STICK,
)


class Host:
    """Sends commands by name, and keeps what comes by itself."""

    def __init__(self, ncp: Ncp) -> None:
        self.ncp = ncp
        self.answers: list[bytes] = []
        self._sequence = 0
        self.callbacks: list[tuple[str, dict[str, Any]]] = []
        ncp.send = self._take

    def _take(self, frame: bytes) -> None:
        if frame[1] & 0x10:
            row = BY_NUMBER[int.from_bytes(frame[3:5], "little")]
            self.callbacks.append((row.name, row.read_answer(frame[5:])))
        else:
            self.answers.append(frame)

    def raw(self, frame: bytes) -> bytes:
        self.ncp.handle(frame)
        return self.answers.pop()

    def ask(self, name: str, **fields: Any) -> dict[str, Any]:
        self._sequence = self._sequence + 1 & 0xFF
        row = COMMANDS[name]
        header = bytes((self._sequence, 0, 1)) + row.identifier.to_bytes(2, "little")
        answer = self.raw(header + row.write_request(fields))
        assert answer[0] == self._sequence
        answered = BY_NUMBER[int.from_bytes(answer[3:5], "little")]
        return {"name": answered.name, **answered.read_answer(answer[5:])}

    def start(self) -> None:
        assert self.raw(b"\x00\x00\x00\x04") == bytes.fromhex("00 80 00 0d 02 30 74")
        self.ask("version", desired=13)

    def form(self) -> None:
        self.start()
        self.ask("setConfigurationValue", identifier=0x1E, value=2)
        assert self.ask("setInitialSecurityState", state=SECURITY)["status"] == 0
        assert self.ask("formNetwork", parameters=PARAMETERS)["status"] == 0


@pytest.fixture
def host() -> Iterator[Host]:
    clock = SimulatedClock(datetime(2026, 3, 1, tzinfo=UTC))
    ether = Ether(clock)
    yield Host(Ncp(ether, ether.node("stick"), clock, STICK))


@pytest.mark.parametrize("name", COMMANDS)
def test_numbers_and_fields_are_the_host_softwares(name: str) -> None:
    """A witness that nobody here wrote: the table of EZSP 13 in bellows."""
    commands = pytest.importorskip("bellows.ezsp.v13.commands")
    number, request, answer = commands.COMMANDS[name]
    row = COMMANDS[name]
    assert row.identifier == number
    lists = 1 if name == "addEndpoint" else 0  # two lists of clusters are one run of words here
    assert len(row.request) == len(request) - lists
    if isinstance(answer, dict) and name != "networkFoundHandler":  # a structure there
        assert len(row.answer) == len(answer)


def test_a_command_that_the_stick_does_not_know_is_told_so(host: Host) -> None:
    host.start()
    answer = host.raw(b"\x07\x00\x01\xee\xee")
    assert answer == b"\x07\x80\x01\x58\x00" + bytes((EzspStatus.INVALID_FRAME_ID,))


def test_no_command_is_taken_before_a_version_has_been_agreed_on(host: Host) -> None:
    answer = host.raw(b"\x00\x00\x01\x05\x00")
    assert answer[-1] == EzspStatus.VERSION_NOT_SET


def test_a_command_that_ends_early_is_told_so(host: Host) -> None:
    host.start()
    answer = host.raw(b"\x01\x00\x01\x22\x00")
    assert answer[-1] == EzspStatus.TRUNCATED


def test_octets_that_are_no_frame_are_passed_over(host: Host) -> None:
    host.start()
    host.ncp.handle(b"\x01")
    assert host.answers == []


def test_a_callback_has_the_number_of_the_command_answered_last(host: Host) -> None:
    frames: list[bytes] = []
    host.form()
    host.ncp.send = frames.append
    host.ncp.handle(b"\x42\x00\x01\x22\x00\x3c")
    assert [frame[0] for frame in frames] == [0x42, 0x42]
    assert [frame[1] for frame in frames] == [0x80, 0x90]


def test_a_network_without_a_key_is_not_formed(host: Host) -> None:
    host.start()
    status = host.ask("formNetwork", parameters=PARAMETERS)["status"]
    assert status == EmberStatus.SECURITY_STATE_NOT_SET


def test_a_second_network_is_not_formed_beside_the_first(host: Host) -> None:
    host.form()
    assert host.ask("formNetwork", parameters=PARAMETERS)["status"] == EmberStatus.INVALID_CALL


def test_a_reset_leaves_the_network_to_be_taken_up(host: Host) -> None:
    host.form()
    host.ncp.reset()
    host.start()
    assert host.ask("networkState")["state"] == 0
    assert host.ask("networkInit", options=0)["status"] == EmberStatus.SUCCESS
    assert host.callbacks[-1] == ("stackStatusHandler", {"status": EmberStatus.NETWORK_UP})
    assert host.ask("getNetworkParameters")["parameters"] == PARAMETERS


def test_a_stick_from_the_factory_has_no_network(host: Host) -> None:
    host.form()
    host.ask("tokenFactoryReset", keep_counter=False, keep_boots=False)
    host.ncp.reset()
    host.start()
    assert host.ask("networkInit", options=0)["status"] == EmberStatus.NOT_JOINED


def test_nothing_is_sent_without_a_network(host: Host) -> None:
    host.start()
    sent = host.ask("sendUnicast", kind=0, destination=1, aps=HEADER, tag=1, contents=b"x")
    assert sent["status"] == EmberStatus.NOT_JOINED


@pytest.mark.parametrize(
    ("options", "room"), [(0x0140, 82), (0x0160, 73), (0x8140, 80), (0x8160, 71)]
)
def test_what_fits_in_a_frame_depends_on_its_protection(
    host: Host, options: int, room: int
) -> None:
    host.form()
    host.ask("importTransientKey", eui=METER, key=bytes(16), flags=0)
    child = host.ncp.stack.children.enter(METER, 0x08)
    header = ApsHeader(
        profile=0x0109,
        cluster=0x0704,
        source_endpoint=1,
        destination_endpoint=1,
        options=options,
        group=0x0200 if options & 0x8000 else 0,
        sequence=0,
    )
    statuses = [
        host.ask(
            "sendUnicast",
            kind=0,
            destination=child.address,
            aps=header,
            tag=1,
            contents=bytes(size),
        )["status"]
        for size in (room, room + 1)
    ]
    assert statuses == [EmberStatus.SUCCESS, EmberStatus.MESSAGE_TOO_LONG]


def test_protection_towards_a_device_without_a_key_is_refused(host: Host) -> None:
    host.form()
    child = host.ncp.stack.children.enter(METER, 0x08)
    sent = host.ask(
        "sendUnicast", kind=0, destination=child.address, aps=HEADER, tag=1, contents=b"x"
    )
    assert sent["status"] == EmberStatus.NO_LINK_KEY_RECEIVED


def test_the_key_table_has_the_places_that_the_host_configured(host: Host) -> None:
    host.form()
    free = host.ask("findKeyTableEntry", eui=bytes(8), link_key=True)["index"]
    assert free == 0
    for index, expected in ((0, 0), (1, 0), (2, 0x27)):
        status = host.ask("importLinkKey", index=index, eui=METER, key=bytes(16))["status"]
        assert status == expected
    assert host.ask("findKeyTableEntry", eui=METER, link_key=True)["index"] == 1
    assert host.ask("exportLinkKeyByEui", eui=METER)["index"] == 1
    assert host.ask("eraseKeyTableEntry", index=1)["status"] == EmberStatus.SUCCESS
    assert host.ask("findKeyTableEntry", eui=METER, link_key=True)["index"] == 0xFF


def test_configuration_that_the_stick_has_not_got_is_refused(host: Host) -> None:
    host.start()
    unknown = host.ask("setConfigurationValue", identifier=0x7F, value=1)
    too_much = host.ask("setConfigurationValue", identifier=0x1E, value=1000)
    assert (unknown["status"], too_much["status"]) == (
        EzspStatus.INVALID_ID,
        EzspStatus.INVALID_VALUE,
    )


def test_the_stick_answers_what_it_has_on_its_endpoints(host: Host) -> None:
    """Asked of itself, as the host software does after it has formed a network."""
    host.start()
    host.ask(
        "addEndpoint",
        endpoint=1,
        profile=0x0109,
        device=0x0500,
        version=0,
        inputs=2,
        outputs=1,
        clusters=(0x0704, 0x0800, 0x0702),
    )
    host.ask("setInitialSecurityState", state=SECURITY)
    host.ask("formNetwork", parameters=PARAMETERS)
    questions = {
        0x0001: bytes.fromhex("01 0000 00 00"),
        0x0002: bytes.fromhex("02 0000"),
        0x0004: bytes.fromhex("03 0000 01"),
        0x0005: bytes.fromhex("04 0000"),
        0x0006: bytes.fromhex("05 0000 0901 01 0407 00"),
    }
    answers: dict[int, bytes] = {}
    for cluster, payload in questions.items():
        header = ApsHeader(
            profile=0,
            cluster=cluster,
            source_endpoint=0,
            destination_endpoint=0,
            options=0x0100,
            group=0,
            sequence=0,
        )
        host.ask("sendUnicast", kind=0, destination=0, aps=header, tag=1, contents=payload)
    for name, fields in host.callbacks:
        if name == "incomingMessageHandler" and fields["aps"].cluster & 0x8000:
            answers[fields["aps"].cluster & 0x7FFF] = fields["contents"]
    assert answers[0x0001] == b"\x01\x00" + bytes(STICK)[::-1] + b"\x00\x00"
    assert len(answers[0x0002]) == 4 + 13
    assert answers[0x0004] == bytes.fromhex("03 00 0000 0e 01 0901 0005 00 02 0407 0008 01 0207")
    assert answers[0x0005] == bytes.fromhex("04 00 0000 01 01")
    assert answers[0x0006] == bytes.fromhex("05 00 0000 01 01")
