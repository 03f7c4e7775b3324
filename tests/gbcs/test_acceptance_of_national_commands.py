"""A device that holds the national parties' credentials obeys every national command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.cli.key_folder import key_store, read_certificate
from assay.gbcs import catalogue
from assay.gbcs.acceptance import Accepted, Receiver, Refusal, Refused, accept
from assay.gbcs.authority import MACED, SIGNED, SIGNED_AND_MACED, permitted_roles, protections
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyStore
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role, TrustAnchors

PARTIES = {
    Role.RECOVERY: "90b3d51f30000001",
    Role.ACCESS_CONTROL_BROKER: "90b3d51f30000002",
    Role.TRANSITIONAL_COS: "90b3d51f30000004",
    Role.WAN_PROVIDER: "90b3d51f30000007",
    Role.SUPPLIER: "90b3d51f30010000",
    Role.LOAD_CONTROLLER: "90b3d51f30010008",
    Role.NETWORK_OPERATOR: "90b3d51f30020000",
}
HAN_ONLY = (0x0090, 0x009B)
CREDENTIALS_BY_RECOVERY, READ_CREDENTIALS, ARM = 0x0108, 0x0008, 0x0051


@pytest.fixture(scope="module")
def commands(shared: Path) -> list[tuple[str, bytes]]:
    files = sorted((shared / "rtds" / "messages").glob("*/*_COMMAND_*.HEX"))
    return [(file.name, bytes.fromhex(file.read_text())) for file in files]


@pytest.fixture(scope="module")
def anchors(shared: Path) -> TrustAnchors:
    held = TrustAnchors()
    for role, eui in PARTIES.items():
        for key, usage in ((CellKey.SIGNATURE, "ds"), (CellKey.AGREEMENT, "ka")):
            path = shared / "rtds" / "keys" / f"{eui}-{usage}.pem"
            if path.exists():
                public = read_certificate(path).public_key()
                assert isinstance(public, ec.EllipticCurvePublicKey)
                cell = Cell(
                    eui=Eui64.from_text(eui), public_key=public, subject_key_identifier=bytes(8)
                )
                held.place(CellName(role, key), cell)
    return held


@pytest.fixture(scope="module")
def keys(shared: Path) -> KeyStore:
    store = key_store(shared / "rtds" / "keys")
    assert store is not None
    return store


def _device(message: Message, anchors: TrustAnchors, keys: KeyStore) -> Receiver:
    codes = frozenset(catalogue.use_cases())
    return Receiver(device_id=message.recipient, message_codes=codes, anchors=anchors, keys=keys)


def _of(commands: list[tuple[str, bytes]], code: int) -> list[Message]:
    return [m for m in (parse(octets) for _, octets in commands) if m.message_code == code]


def test_every_command_of_a_remote_party_is_accepted(
    commands: list[tuple[str, bytes]], anchors: TrustAnchors, keys: KeyStore
) -> None:
    assert len(commands) == 322
    for name, octets in commands:
        message = parse(octets)
        verdict = accept(octets, _device(message, anchors, keys))
        if message.message_code in HAN_ONLY:  # sent by a device, which holds no cell
            assert isinstance(verdict, Refused)
            assert verdict.reason is Refusal.UNKNOWN_ORIGINATOR
        else:
            assert isinstance(verdict, Accepted), f"{name}: {verdict}"


def test_a_changed_octet_of_a_command_signed_alone_is_refused(
    commands: list[tuple[str, bytes]], anchors: TrustAnchors, keys: KeyStore
) -> None:
    for code in (CREDENTIALS_BY_RECOVERY, READ_CREDENTIALS):
        for message in _of(commands, code):
            if message.mac is None:
                payload = message.payload[:-1] + bytes((message.payload[-1] ^ 1,))
                changed = replace(message, payload=payload).to_octets()
                verdict = accept(changed, _device(message, anchors, keys))
                assert isinstance(verdict, Refused)
                assert verdict.reason is Refusal.BAD_SIGNATURE


def test_another_critical_command_without_its_mac_is_refused(
    commands: list[tuple[str, bytes]], anchors: TrustAnchors, keys: KeyStore
) -> None:
    for message in _of(commands, ARM):
        verdict = accept(replace(message, mac=None).to_octets(), _device(message, anchors, keys))
        assert isinstance(verdict, Refused)
        assert verdict.reason is Refusal.WRONG_PROTECTION
        assert "expected signature and MAC, seen signature alone" in verdict.detail


def test_a_read_of_credentials_without_any_protection_is_refused(
    commands: list[tuple[str, bytes]], anchors: TrustAnchors, keys: KeyStore
) -> None:
    for message in _of(commands, READ_CREDENTIALS):
        bare = replace(message, signature=b"", mac=None)
        verdict = accept(bare.to_octets(), _device(message, anchors, keys))
        assert isinstance(verdict, Refused)
        assert verdict.reason is Refusal.WRONG_PROTECTION


def test_every_command_has_somebody_who_may_send_it() -> None:
    without = {
        row.code
        for row in catalogue.use_cases().values()
        if row.category == "command-response" and not permitted_roles(row)
    }
    assert without <= {0x0109, *HAN_ONLY}


def test_the_forms_of_commands() -> None:
    rows = catalogue.use_cases()
    assert protections(rows[ARM]) == (SIGNED_AND_MACED,)
    assert protections(rows[0x0059]) == (MACED,)
    assert protections(rows[CREDENTIALS_BY_RECOVERY]) == (SIGNED,)
