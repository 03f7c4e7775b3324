"""National commands that carry more than their requests say, made with what the DCC knows.

The requests embed certificates that were renewed since: those commands are compared with the
certificates left out, the rest to the octet, and ours must verify as the national one does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assay.cli.duis import app
from assay.cli.key_folder import KeyFolder
from assay.cli.transformation import transform_request
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.asn1.messages import TYPE_NAMES
from assay.gbcs.dlms.access import Notification, decode_payload, encode_payload, invoke_id
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.inspection import Check, check_mac, check_signature
from assay.gbcs.keys import KeyStore
from assay.verdicts import PlanError
from tests.reference.test_messages import octets_of
from tests.reference.test_transform import EXCEPTIONS, OTHER_CERTIFICATES

COS = "90-B3-D5-1F-30-00-00-04"
HUB = "00-DB-12-34-56-78-90-A2"
OTHER_METER = "00-DB-12-34-56-78-90-94"
LINK_KEY_ALERT = 0x0018
BACKUP_ALERT = 0x00B2


@pytest.fixture(scope="session")
def keys(shared: Path) -> KeyFolder:
    return KeyFolder.open(shared / "rtds" / "keys")


@pytest.fixture(scope="session")
def devices(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "rtds" / "devices.toml").read_text())


def request_of(shared: Path, name: str) -> bytes:
    return (shared / f"reference/duis/requests/{name}_REQUEST_DUIS.XML").read_bytes()


def national(shared: Path, name: str) -> Message:
    """The Pre-Command where there is one, the Command otherwise."""
    for kind in ("PRECOMMAND", "COMMAND"):
        for place in (shared / "rtds/messages").glob(f"*/{name}_{kind}_GBCS.HEX"):
            return parse(octets_of(place))
    raise LookupError(name)


def without_certificates(value: Any) -> Any:
    if isinstance(value, Mapping):
        if "der" in value:
            return "certificate"
        return {name: without_certificates(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_certificates(part) for part in value]
    return value


def content(message: Message) -> Any:
    type_name = TYPE_NAMES[message.message_code, Cra.COMMAND]
    return without_certificates(codec.decode(type_name, message.payload).value)


def frame_of(message: Message) -> Message:
    """All but payload and what protects it; whether it is signed stays."""
    signature = message.signature
    return replace(message, payload=b"", mac=None, signature=signature and b"signed")


def checks(message: Message, keys: KeyFolder) -> tuple[Check, Check]:
    store = KeyStore(source=keys)
    return check_signature(message, store), check_mac(message, store)


def assert_equal_but_certificates(ours: Message, theirs: Message, keys: KeyFolder) -> None:
    assert frame_of(ours) == frame_of(theirs)
    assert content(ours) == content(theirs)
    assert checks(ours, keys) == checks(theirs, keys)


@pytest.mark.parametrize(
    "name", sorted(name for name, why in EXCEPTIONS.items() if why is OTHER_CERTIFICATES)
)
def test_certificates_are_those_of_the_request_and_all_else_is_national(
    shared: Path, keys: KeyFolder, devices: dict[str, Any], name: str
) -> None:
    theirs = national(shared, name)
    ours = transform_request(request_of(shared, name), keys, devices, theirs.counter)
    assert_equal_but_certificates(ours, theirs, keys)


def test_the_type_of_the_other_device_decides_the_method_of_a_join(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    name = "CS03CNonCritical_8.7.2_SUCCESS"
    theirs = national(shared, name)
    known = {**devices, "devices": {**devices["devices"], OTHER_METER: "GSME"}}
    ours = transform_request(request_of(shared, name), keys, known, theirs.counter)
    assert_equal_but_certificates(ours, theirs, keys)


def test_a_hub_of_the_first_gbcs_reads_its_log_by_the_former_use_case(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    name = "CCS05CCS04_8.9_SUCCESS"
    theirs = national(shared, name)
    entry = {"type": "CHF", "gbcs_version": "1.0"}
    former = {**devices, "devices": {**devices["devices"], HUB: entry}}
    ours = transform_request(request_of(shared, name), keys, former, theirs.counter)
    assert ours.to_octets() == theirs.to_octets()


def alert_before(command: Message, message_code: int, payload: bytes) -> Message:
    """The alert with the log that this command restores, as the old device had sent it."""
    return replace(
        command,
        cra=Cra.ALERT,
        other=replace(
            command.other,
            message_code=message_code,
            supplementary_party=None,
            supplementary_counter=None,
        ),
        payload=payload,
    )


def test_the_last_alert_of_the_old_hub_restores_its_log(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    name = "CCS03_8.12.1_SUCCESS"
    theirs = national(shared, name)
    restored = decode_payload(theirs.payload)
    assert isinstance(restored, AccessRequest)
    log = restored.items[0].data
    stamp = octet_string(bytes(12))
    body = structure(long_unsigned(0x8F12), stamp, structure(stamp, *log.value))
    payload = encode_payload(Notification(invoke_id(theirs.counter), body))
    alert = alert_before(theirs, LINK_KEY_ALERT, payload)
    ours = transform_request(request_of(shared, name), keys, devices, theirs.counter, alert)
    assert ours.to_octets() == theirs.to_octets()


def test_the_last_alert_of_the_old_proxy_restores_its_log(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    name = "GCS59_8.12.2_SUCCESS"
    theirs = national(shared, name)
    backup = {
        "alert_code": "0x8071",
        "backup_time": "2015-01-01T00:00:00Z",
        "entries": codec.decode("RestoreDeviceLogCommand", theirs.payload).value["entries"],
    }
    payload = codec.encode(Asn1Payload("BackupDeviceLogAlert", backup))
    alert = alert_before(theirs, BACKUP_ALERT, payload)
    ours = transform_request(request_of(shared, name), keys, devices, theirs.counter, alert)
    assert ours.to_octets() == theirs.to_octets()


@pytest.mark.parametrize(
    ("name", "alert"),
    [
        ("CCS03_8.12.1_SUCCESS", "NA_CS14/CS14_NA_8F12_ALERT"),
        ("GCS59_8.12.2_SUCCESS", "NA_GCS62/GCS62_NA_8071_ALERT"),
    ],
    ids=["hub", "proxy"],
)
def test_the_national_alerts_hold_a_log_that_can_be_restored(
    shared: Path, keys: KeyFolder, devices: dict[str, Any], name: str, alert: str
) -> None:
    backup = parse(octets_of(shared / f"rtds/messages/{alert}_GBCS.HEX"))
    ours = transform_request(request_of(shared, name), keys, devices, 1302, backup)
    assert checks(ours, keys) == (Check.ABSENT, Check.VALID)


def test_another_message_is_no_device_log(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    name = "CCS03_8.12.1_SUCCESS"
    with pytest.raises(PlanError, match="device log"):
        transform_request(request_of(shared, name), keys, devices, 1302, national(shared, name))


def test_a_party_of_the_dcc_takes_its_stored_counter_where_none_is_given(
    shared: Path,
    keys: KeyFolder,
    devices: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    request = request_of(shared, "CS02bSupplierByTransCoS_6.23_IMMEDIATE_SUCCESS")
    made = [transform_request(request, keys, devices, None) for _ in range(2)]
    assert [(str(m.originator), m.counter) for m in made] == [(COS, 1), (COS, 2)]


def test_the_log_is_given_at_the_prompt_as_the_alert_that_holds_it(shared: Path) -> None:
    arguments = [
        "transform",
        str(shared / "reference/duis/requests/GCS59_8.12.2_SUCCESS_REQUEST_DUIS.XML"),
        *("--keys", str(shared / "rtds/keys")),
        *("--devices", str(shared / "rtds/devices.toml")),
        *("--dcc-counter", "1302"),
        *("--device-log", str(shared / "rtds/messages/NA_GCS62/GCS62_NA_8071_ALERT_GBCS.HEX")),
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    restored = codec.decode(
        "RestoreDeviceLogCommand", parse(bytes.fromhex(result.output.strip())).payload
    )
    assert len(restored.value["entries"]) == 6
