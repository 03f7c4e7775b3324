"""DUIS request to GBCS Command or Pre-Command: pick the row, fill the frame, build the payload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.dcc.transform.errors import (
    BrokerCounterMissingError,
    NoTransformationError,
    UnencodableContentError,
)
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.row import Circumstances, Origin, Row
from assay.dcc.transform.rows import ROWS
from assay.dcc.transform.target import Target
from assay.duis.catalogue import CATALOGUE
from assay.duis.requests import Request
from assay.duis.values import find
from assay.gbcs import protection
from assay.gbcs.certificates import CertificateView, RemoteCertificateError
from assay.gbcs.envelope import Message
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import command

_USER_KEY_ELEMENT = "KAPublicSecurityCredentials"


def transform(
    request: Request,
    target: Target,
    *,
    broker: Eui64,
    broker_counter: int | None = None,
    is_known_party: bool = True,
    is_network_operator: bool = False,
    rows: Sequence[Row] = ROWS,
) -> Message:
    """The Pre-Command of a critical request, the Command without MAC of another one.

    `broker_counter` is needed where the broker originates; a request of the broker itself
    brings its own. `is_known_party` says whether the device holds the user's credentials.

    Raises:
        NoTransformationError: nothing fits variant, device and body.
        BrokerCounterMissingError: the broker originates and no counter was given.
        UnencodableContentError: a value that no Command can hold.
    """
    row = find_row(request, target, is_network_operator=is_network_operator, rows=rows)
    header = _header(row, request, broker, broker_counter, is_known_party)
    frame = Frame(
        request=request,
        originator=header.originator,
        counter=header.counter,
        end_party=request.request_id.originator,
    )
    try:
        payload = row.payload.octets(row.message_code, frame)
    except EncodeError as error:
        raise UnencodableContentError(request.srv, str(error)) from error
    return command(
        message_code=row.message_code,
        originator=header.originator,
        recipient=request.request_id.target,
        counter=header.counter,
        payload=payload,
        supplementary=header.supplementary,
        certificate=header.certificate,
        is_pre_command=CATALOGUE[request.srv].critical,
    )


def find_row(
    request: Request,
    target: Target,
    *,
    is_network_operator: bool = False,
    rows: Sequence[Row] = ROWS,
) -> Row:
    """NoTransformationError where no row fits."""
    if isinstance(request.body, Mapping):
        circumstances = Circumstances(
            target=target, body=request.body, is_network_operator=is_network_operator
        )
        for row in rows:
            fits = row.srv == request.srv and row.device_type == target.device_type
            if fits and (row.when is None or row.when(circumstances)):
                return row
    raise NoTransformationError(request.srv, target)


def needs_broker_counter(row: Row, *, is_known_party: bool) -> bool:
    return row.origin is not Origin.PARTY or not is_known_party


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    originator: Eui64
    counter: int
    supplementary: tuple[Eui64, int] | None = None
    certificate: bytes | None = None


def _header(
    row: Row, request: Request, broker: Eui64, broker_counter: int | None, is_known_party: bool
) -> _Header:
    asked = request.request_id
    if not needs_broker_counter(row, is_known_party=is_known_party):
        return _Header(originator=asked.originator, counter=asked.counter)
    if broker_counter is None and asked.originator == broker:
        broker_counter = asked.counter
    if broker_counter is None:
        raise BrokerCounterMissingError(request.srv)
    if row.origin is Origin.BROKER or asked.originator == broker:
        return _Header(originator=broker, counter=broker_counter)
    return _Header(
        originator=broker,
        counter=broker_counter,
        supplementary=(asked.originator, asked.counter),
        certificate=_user_key(request),
    )


def _user_key(request: Request) -> bytes | None:
    """The certificate for which the device is to encrypt, where the request brings one."""
    if not isinstance(request.body, Mapping):
        return None
    der = find(request.body, _USER_KEY_ELEMENT, bytes)
    if der is None:
        return None
    try:
        return CertificateView.from_der(der).der
    except RemoteCertificateError as error:
        raise UnencodableContentError(request.srv, f"{_USER_KEY_ELEMENT}: {error}") from error


def with_broker_mac(message: Message, secret: bytes) -> Message:
    """`secret` is Z of the broker's and the device's key-agreement keys (gbcs.md 2)."""
    return protection.add_mac(message, secret)
