"""`assay duis transform`: one request as octets, against a folder of keys and a devices file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from assay.cli.hex_file import read_hex
from assay.cli.key_folder import KeyFolder, read_certificate
from assay.cli.stored_counter import next_counter
from assay.dcc.transform import (
    BrokerCounterMissingError,
    OtherDevice,
    Records,
    Target,
    TransformationError,
    device_log_of,
    transform,
    with_broker_mac,
    with_dcc_signature,
)
from assay.dcc.transform.errors import TRANSITIONAL_COS
from assay.duis.catalogue import CATALOGUE
from assay.duis.errors import RemoteDuisError
from assay.duis.requests import Request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.verdicts import PlanError

_AGREEMENT = KeyUsage.KEY_AGREEMENT
_BROKER = "access control broker"
_OPERATOR = "network operator"
_CONTROLLER = "load controller"
_SUPPLIER = "supplier"
_NOT_ON_DEVICES = "other user"
"""Parties whose credentials no device holds: the broker relays for them."""


def transform_request(
    document: bytes,
    folder: KeyFolder,
    file: Mapping[str, Any],
    dcc_counter: int | None,
    device_log: Message | None = None,
) -> Message:
    """The Pre-Command of a critical request, the MACed Command of another one.

    `device_log` is the alert with the log that 8.12 restores. A party of the DCC that
    originates a critical Command signs it with its key of the folder.

    Raises:
        PlanError: a request, a device or a key that is missing or wrong.
    """
    request = _parse(document)
    asked = request.request_id
    parties = _parties(file)
    broker = _broker(folder, parties)
    records = _records(request, folder, file, device_log)
    try:
        message = _transform(
            request, _target(file, asked.target), parties, broker, dcc_counter, records
        )
    except TransformationError as error:
        raise PlanError(str(error)) from error
    if CATALOGUE[request.srv].critical:
        return message
    store = KeyStore(source=folder)
    if message.is_pre_command:
        message = _signed(message, store)
    secret = store.shared_secret(KeyName(broker, _AGREEMENT), KeyName(asked.target, _AGREEMENT))
    if secret is None:
        raise PlanError(f"expected key agreement keys of {broker} and {asked.target}, found none")
    return with_broker_mac(message, secret)


def _transform(
    request: Request,
    target: Target,
    parties: Mapping[Eui64, str],
    broker: Eui64,
    dcc_counter: int | None,
    records: Records,
) -> Message:
    """Without a counter that was given, the stored one is taken where a DCC party originates."""
    role = parties.get(request.request_id.originator)
    transitional_cos = _only(parties, TRANSITIONAL_COS)

    def attempt(counter: int | None) -> Message:
        return transform(
            request,
            target,
            broker=broker,
            broker_counter=counter,
            is_known_party=role != _NOT_ON_DEVICES,
            is_network_operator=role == _OPERATOR,
            is_load_controller=role == _CONTROLLER,
            transitional_cos=transitional_cos,
            transitional_cos_counter=counter,
            supplier=_only(parties, _SUPPLIER),
            records=records,
        )

    try:
        return attempt(dcc_counter)
    except BrokerCounterMissingError as error:
        party = transitional_cos if error.party == TRANSITIONAL_COS else broker
        return attempt(next_counter(party or broker))


def read_message(name: str) -> Message:
    """A GBCS message from a file of hex text; PlanError where it is none."""
    try:
        return parse(read_hex(name))
    except RemoteGbcsError as error:
        raise PlanError(f"{name}: {error}") from error


def _only(parties: Mapping[Eui64, str], role: str) -> Eui64 | None:
    """The party of this role; None where there is none, or a choice."""
    found = [eui for eui, given in parties.items() if given == role]
    return found[0] if len(found) == 1 else None


def _signed(message: Message, store: KeyStore) -> Message:
    name = KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE)
    key = store.private(name)
    if key is None:
        raise PlanError(f"expected the private signing key of {message.originator}, found none")
    return with_dcc_signature(message, key)


def _records(
    request: Request, folder: KeyFolder, file: Mapping[str, Any], device_log: Message | None
) -> Records:
    """Type and certificate of the other device of a join, as far as file and folder know them."""
    try:
        log = device_log_of(device_log) if device_log is not None else None
    except RemoteGbcsError as error:
        raise PlanError(f"device log: {error}") from error
    if device_log is not None and log is None:
        raise PlanError("device log: expected a CS14 or GCS62 alert, found another message")
    body = request.body
    other = body.get("OtherDeviceID") if isinstance(body, Mapping) else None
    if not isinstance(other, Eui64):
        return Records(device_log=log)
    path = folder.certificates.get(KeyName(other, _AGREEMENT))
    certificate = read_certificate(path).public_bytes(Encoding.DER) if path is not None else None
    device_type = _target(file, other).device_type if other in _entries(file, "devices") else None
    return Records(
        other_device=OtherDevice(device_type=device_type, certificate=certificate),
        device_log=log,
    )


def _parse(document: bytes) -> Request:
    """The signature is not looked at: templates carry a placeholder."""
    try:
        return parse_request(remove_signature(document))
    except RemoteDuisError as error:
        raise PlanError(f"request: {error}") from error


def _entries(file: Mapping[str, Any], table: str) -> dict[Eui64, Any]:
    try:
        return {Eui64.from_text(text): entry for text, entry in file.get(table, {}).items()}
    except ValueError as error:
        raise PlanError(f"devices file, [{table}]: {error}") from error


def _parties(file: Mapping[str, Any]) -> dict[Eui64, str]:
    return {eui: str(role) for eui, role in _entries(file, "parties").items()}


def _target(file: Mapping[str, Any], device: Eui64) -> Target:
    devices = _entries(file, "devices")
    if device not in devices:
        raise PlanError(f"devices file: expected {device} in [devices], found it nowhere")
    try:
        return Target.from_entry(devices[device])
    except ValueError as error:
        raise PlanError(f"devices file, {device}: {error}") from error


def _broker(folder: KeyFolder, parties: Mapping[Eui64, str]) -> Eui64:
    named = [eui for eui, role in parties.items() if role == _BROKER]
    broker = next(iter(named or folder.brokers()), None)
    if broker is None:
        raise PlanError("expected an access control broker in [parties] or among the keys")
    return broker
