"""The national commands about security, given to devices that hold the national credentials.

The parties' keys are published, the devices' private ones are not: the device under test shares
secrets by the parties' private keys, and signs with a key of its own. The national root is not
published either, so the issuing authority stands in its cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assay.cli.key_folder import key_store
from assay.clock import SimulatedClock
from assay.gbcs import payload
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateView
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.agenda import Agenda
from rigs.devices.credentials import cell_of
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import Firmware, FirmwareSettings
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.peers import Peer
from rigs.devices.security import CELLS, Security
from tests.rigs.security.kit import OwnTime

START = datetime(2016, 6, 1, tzinfo=UTC)
ISSUER_SIZE = 420
PARTIES: Mapping[Role, str] = {
    Role.RECOVERY: "90b3d51f30000001",
    Role.ACCESS_CONTROL_BROKER: "90b3d51f30000002",
    Role.TRANSITIONAL_COS: "90b3d51f30000004",
    Role.WAN_PROVIDER: "90b3d51f30000007",
    Role.SUPPLIER: "90b3d51f30010000",
    Role.LOAD_CONTROLLER: "90b3d51f30010008",
    Role.NETWORK_OPERATOR: "90b3d51f30020000",
}
FILE_USAGES = {CellKey.SIGNATURE: "ds", CellKey.AGREEMENT: "ka", CellKey.TOP_UP: "pp-ka"}
TYPES = {
    0xA0: DeviceType.ESME,
    0xA1: DeviceType.GSME,
    0xA2: DeviceType.CHF,
    0xA3: DeviceType.GPF,
    0xA4: DeviceType.PPMID,
    0xA5: DeviceType.HCALCS,
    0xA6: DeviceType.SAPC,
}
FOLDERS = ("CS02", "CS03", "CS04", "CS06", "CS07", "CS08")
HANDOVERS = "Handover"
NOT_ANSWERED_ALIKE = {
    "CS02d_6.15.2_SUCCESS": "the key pair of the national certificate is not published",
    "CS03CNonCritical": "its certificate is another device's than the one that is joined",
    "CS02fMAC_6.24.1_ERROR": "which credentials are refused to whom no text says",
    "CS02aMAC_6.24.1_ERROR": "a gas meter without a network operator",
    "CS06_11.3_IMMEDIATE_SUCCESS": "the image of the national hash is not published",
}
"""National command -> why the device under test answers with other words, if any."""


@dataclass(frozen=True, slots=True)
class Exchange:
    name: str
    command: Message
    response: Message


def exchanges(shared: Path) -> list[Exchange]:
    found = []
    for file in sorted((shared / "rtds" / "messages").glob("*/*_COMMAND_GBCS.HEX")):
        answer = file.with_name(file.name.replace("_COMMAND_", "_RESPONSE_"))
        if file.name.startswith(FOLDERS) and answer.exists():
            found.append(
                Exchange(
                    name=file.name.removesuffix("_COMMAND_GBCS.HEX"),
                    command=parse(bytes.fromhex(file.read_text())),
                    response=parse(bytes.fromhex(answer.read_text())),
                )
            )
    return found


@pytest.fixture(scope="module")
def national(shared: Path) -> list[Exchange]:
    return exchanges(shared)


class NationalDevice:
    """One device of the set with the cells of its type, filled from the published certificates."""

    def __init__(self, keys: Path, device_id: Eui64, issuer: CertificateView, name: str) -> None:
        self.clock = SimulatedClock(START)
        self.sent: list[bytes] = []
        self.device = GbcsDevice(
            self.clock,
            device_id,
            now=self.clock.now,
            send=self.sent.append,
            can_send=lambda: True,
        )
        self.type = TYPES[device_id[-1]]
        agenda = Agenda(self.clock, OwnTime(self.clock))
        self.security = Security(self.device, self.type, agenda)
        settings = FirmwareSettings(version=bytes(4), tells_version=True)
        self.firmware = Firmware(self.device, agenda, settings)
        credentials = self.device.credentials
        for cell in CELLS[self.type]:
            credentials.place(cell, _certificate(keys, cell, issuer))
        if HANDOVERS in name:
            self._hold_broker(keys, name)
        own = (keys / f"{device_id.hex()}-ds.pem").read_text()
        credentials.certificates[KeyUsage.DIGITAL_SIGNATURE] = CertificateView.from_pem(own)
        secrets = key_store(keys)
        assert secrets is not None
        credentials.keys = secrets

    def _hold_broker(self, keys: Path, name: str) -> None:
        role = Role.SUPPLIER if "Supplier" in name else Role.NETWORK_OPERATOR
        for cell in [one for one in CELLS[self.type] if one.role is role]:
            key = CellKey.SIGNATURE if cell.key is CellKey.SIGNATURE else CellKey.AGREEMENT
            broker = _certificate(keys, CellName(Role.ACCESS_CONTROL_BROKER, key), None)
            self.device.credentials.anchors.place(cell, cell_of(broker))

    def prepare(self, exchange: Exchange) -> None:
        """What the national message takes for granted: who has joined."""
        if exchange.name.startswith("CS04") and "ERROR" not in exchange.name:
            other = Eui64.from_text(codec.decode_message(exchange.command).value)
            self.security.device_log.enter(Peer(device_id=other, device_type=DeviceType.PPMID))
        if exchange.name.startswith("CS07"):
            for entry in codec.decode_message(exchange.response).value["entries"]:
                self.security.device_log.enter(
                    Peer(
                        device_id=Eui64.from_text(entry["device_id"]),
                        device_type=DeviceType(entry["device_type"]),
                    )
                )

    def answer(self, command: Message) -> Message | None:
        self.device.process(command.to_octets())
        answers = [one for one in map(parse, self.sent) if one.cra is Cra.RESPONSE]
        return answers[-1] if answers else None


def _certificate(keys: Path, cell: CellName, issuer: CertificateView | None) -> CertificateView:
    if cell.role is Role.ROOT:
        assert issuer is not None
        return issuer
    path = keys / f"{PARTIES[cell.role]}-{FILE_USAGES[cell.key]}.pem"
    return CertificateView.from_pem(path.read_text())


@pytest.fixture(scope="module")
def issuer(national: list[Exchange]) -> CertificateView:
    for exchange in national:
        _, typed = payload.decode(exchange.command)
        if exchange.name.startswith("CS02b"):
            return CertificateView.from_der(
                bytes.fromhex(typed.value["path_certificates"][0]["der"])
            )
    raise AssertionError("no national command carries the issuing authority")


def _given(shared: Path, exchange: Exchange, issuer: CertificateView) -> NationalDevice:
    device = NationalDevice(
        shared / "rtds" / "keys", exchange.command.recipient, issuer, exchange.name
    )
    device.prepare(exchange)
    return device


def _shape(value: Any) -> Any:
    """Which fields there are, and the sort of each value; a list by the shape of its items."""
    if isinstance(value, Mapping):
        return {name: _shape(one) for name, one in value.items() if name != "view"}
    if isinstance(value, list):
        return [_shape(one) for one in value]
    return type(value).__name__


def test_every_command_is_accepted_and_answered_in_the_national_form(
    shared: Path, national: list[Exchange], issuer: CertificateView
) -> None:
    assert len(national) > 40
    for exchange in national:
        device = _given(shared, exchange, issuer)
        answer = device.answer(exchange.command)
        assert answer is not None, f"{exchange.name}: {device.device.security_log.entries}"
        assert (answer.mac is None) == (exchange.response.mac is None), exchange.name
        assert bool(answer.signature) == bool(exchange.response.signature), exchange.name
        assert (answer.date_time is None) == (exchange.response.date_time is None), exchange.name
        assert answer.other == exchange.response.other, exchange.name
        assert answer.recipient == exchange.response.recipient, exchange.name


def test_the_answers_have_the_national_structure(
    shared: Path, national: list[Exchange], issuer: CertificateView
) -> None:
    for exchange in national:
        if exchange.name.startswith(tuple(NOT_ANSWERED_ALIKE)):
            continue
        answer = _given(shared, exchange, issuer).answer(exchange.command)
        assert answer is not None, exchange.name
        seen, wanted = (codec.decode_message(one).value for one in (answer, exchange.response))
        assert _shape(seen) == _shape(wanted), exchange.name


def test_the_answers_that_depend_on_nothing_unpublished_are_the_national_ones(
    shared: Path, national: list[Exchange], issuer: CertificateView
) -> None:
    compared = 0
    for exchange in national:
        is_about_cells = exchange.name.startswith(("CS02b", "CS02g", "CS03", "CS04", "CS07"))
        if not is_about_cells or exchange.name.startswith(tuple(NOT_ANSWERED_ALIKE)):
            continue
        answer = _given(shared, exchange, issuer).answer(exchange.command)
        assert answer is not None, exchange.name
        assert answer.payload == codec.encode(
            codec.decode_message(exchange.response)._replace(length_widths=None)
        ), exchange.name
        compared += 1
    assert compared >= 25


def test_a_dated_update_of_the_national_set_is_reported_as_there(
    shared: Path, national: list[Exchange], issuer: CertificateView
) -> None:
    """The national certificates have run out by the national date, so it is made earlier."""
    exchange = next(
        one for one in national if one.name == "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS"
    )
    device = _given(shared, exchange, issuer)
    (pending,) = [] if device.answer(exchange.command) is None else device.security.updates.pending
    assert pending.at == datetime(2030, 1, 15, tzinfo=UTC)
    device.clock.advance(pending.at - START + timedelta(seconds=1))
    (alert,) = [one for one in map(parse, device.sent) if one.cra is Cra.ALERT]
    assert alert.message_code == 0x00CB
    value = codec.decode_message(alert).value
    assert value["execution_time"] == "2030-01-15T00:00:00Z"
    assert value["alert_code"] == "0x8F67"
