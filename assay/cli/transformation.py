"""`assay duis transform`: one request as octets, against a folder of keys and a devices file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.cli.key_folder import KeyFolder
from assay.cli.stored_counter import next_counter
from assay.dcc.transform import (
    BrokerCounterMissingError,
    Target,
    TransformationError,
    transform,
    with_broker_mac,
)
from assay.duis.errors import RemoteDuisError
from assay.duis.requests import Request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.verdicts import PlanError

_AGREEMENT = KeyUsage.KEY_AGREEMENT
_BROKER = "access control broker"
_OPERATOR = "network operator"
_NOT_ON_DEVICES = "other user"
"""Parties whose credentials no device holds: the broker relays for them."""


def transform_request(
    document: bytes, folder: KeyFolder, file: Mapping[str, Any], dcc_counter: int | None
) -> Message:
    """The Pre-Command of a critical request, the MACed Command of another one.

    Raises:
        PlanError: a request, a device or a key that is missing or wrong.
    """
    request = _parse(document)
    asked = request.request_id
    parties = _parties(file)
    broker = _broker(folder, parties)
    try:
        message = _transform(request, _target(file, asked.target), parties, broker, dcc_counter)
    except TransformationError as error:
        raise PlanError(str(error)) from error
    if message.is_pre_command:
        return message
    store = KeyStore(source=folder)
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
) -> Message:
    """Without a counter that was given, the stored one is taken where a DCC party originates."""
    role = parties.get(request.request_id.originator)

    def attempt(counter: int | None) -> Message:
        return transform(
            request,
            target,
            broker=broker,
            broker_counter=counter,
            is_known_party=role != _NOT_ON_DEVICES,
            is_network_operator=role == _OPERATOR,
        )

    try:
        return attempt(dcc_counter)
    except BrokerCounterMissingError:
        return attempt(next_counter(broker))


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
