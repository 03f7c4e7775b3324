"""DUIS request to GBCS Command or Pre-Command: pick the row, fill the frame, build the payload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.dcc.transform.errors import (
    TRANSITIONAL_COS,
    BrokerCounterMissingError,
    NoTransformationError,
    RecordMissingError,
    UnencodableContentError,
)
from assay.dcc.transform.frame import NATIONAL_OCCASION, Frame, Occasion
from assay.dcc.transform.records import NO_RECORDS, Records
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
from assay.gbcs.keys import PrivateKey
from assay.gbcs.messages import command

_USER_KEY_ELEMENT = "KAPublicSecurityCredentials"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parties:
    """Who of the DCC may originate, and under which counter."""

    broker: Eui64
    broker_counter: int | None
    transitional_cos: Eui64 | None
    transitional_cos_counter: int | None
    supplier: Eui64 | None


def transform(
    request: Request,
    target: Target,
    *,
    broker: Eui64,
    broker_counter: int | None = None,
    is_known_party: bool = True,
    is_network_operator: bool = False,
    is_load_controller: bool = False,
    transitional_cos: Eui64 | None = None,
    transitional_cos_counter: int | None = None,
    supplier: Eui64 | None = None,
    records: Records = NO_RECORDS,
    occasion: Occasion = NATIONAL_OCCASION,
    rows: Sequence[Row] = ROWS,
) -> Message:
    """The Pre-Command of a critical request, the Command without MAC of another one.

    `broker_counter` is needed where the broker originates; a request of the broker itself
    brings its own. `is_known_party` says whether the device holds the user's credentials; a
    request that brings a certificate for the answer says itself that it does not.
    `supplier` is whom the broker serves where a request stands in the broker's own name.
    Where the DCC party that originates has to sign, the message has no signature yet, as a
    Pre-Command: `with_dcc_signature` comes before `with_broker_mac`.

    Raises:
        NoTransformationError: nothing fits variant, device and body.
        BrokerCounterMissingError: a DCC party originates and its counter was not given.
        RecordMissingError: the Command needs one of `records`, or a party, not given.
        UnencodableContentError: a value that no Command can hold.
    """
    row = find_row(
        request,
        target,
        is_network_operator=is_network_operator,
        is_load_controller=is_load_controller,
        records=records,
        rows=rows,
    )
    parties = _Parties(
        broker=broker,
        broker_counter=broker_counter,
        transitional_cos=transitional_cos,
        transitional_cos_counter=transitional_cos_counter,
        supplier=supplier,
    )
    is_relayed = not is_known_party or brings_key(request)
    header = _header(row, request, parties, is_known_party=not is_relayed)
    frame = Frame(
        request=request,
        originator=header.originator,
        counter=header.counter,
        end_party=request.request_id.originator,
        occasion=occasion,
        records=records,
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
        is_pre_command=CATALOGUE[request.srv].critical or row.dcc_signs,
    )


def find_row(
    request: Request,
    target: Target,
    *,
    is_network_operator: bool = False,
    is_load_controller: bool = False,
    records: Records = NO_RECORDS,
    rows: Sequence[Row] = ROWS,
) -> Row:
    """NoTransformationError where no row fits."""
    if isinstance(request.body, Mapping):
        circumstances = Circumstances(
            target=target,
            body=request.body,
            is_network_operator=is_network_operator,
            is_load_controller=is_load_controller,
            records=records,
        )
        for row in rows:
            fits = row.srv == request.srv and row.device_type == target.device_type
            if fits and (row.when is None or row.when(circumstances)):
                return row
    raise NoTransformationError(request.srv, target)


def needs_broker_counter(row: Row, *, is_known_party: bool) -> bool:
    if row.origin is Origin.TRANSITIONAL_COS:
        return False
    return row.origin is not Origin.PARTY or not is_known_party


def brings_key(request: Request) -> bool:
    """Whether it names a certificate for the answer: the broker relays it, whoever asks (GCS61)."""
    return isinstance(request.body, Mapping) and _USER_KEY_ELEMENT in request.body


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    originator: Eui64
    counter: int
    supplementary: tuple[Eui64, int] | None = None
    certificate: bytes | None = None


def _header(row: Row, request: Request, parties: _Parties, *, is_known_party: bool) -> _Header:
    asked = request.request_id
    if row.origin is Origin.TRANSITIONAL_COS:
        return _cos_header(request, parties)
    if not needs_broker_counter(row, is_known_party=is_known_party):
        return _Header(originator=asked.originator, counter=asked.counter)
    counter = parties.broker_counter
    if counter is None and asked.originator == parties.broker:
        counter = asked.counter
    if counter is None:
        raise BrokerCounterMissingError(request.srv)
    end_party = _end_party(request, parties, counter)
    if row.origin is Origin.BROKER or end_party == parties.broker:
        return _Header(originator=parties.broker, counter=counter)
    return _Header(
        originator=parties.broker,
        counter=counter,
        supplementary=(end_party, asked.counter),
        certificate=_user_key(request),
    )


def _end_party(request: Request, parties: _Parties, counter: int) -> Eui64:
    """Inferred from the national request of CS08: in the broker's name, but under a counter
    that is not the broker's, it is the device's supplier that is served."""
    asked = request.request_id
    if asked.originator != parties.broker or asked.counter == counter:
        return asked.originator
    return parties.supplier or parties.broker


def _cos_header(request: Request, parties: _Parties) -> _Header:
    if parties.transitional_cos is None:
        raise RecordMissingError(request.srv, f"a party that is {TRANSITIONAL_COS}")
    if parties.transitional_cos_counter is None:
        raise BrokerCounterMissingError(request.srv, TRANSITIONAL_COS)
    return _Header(originator=parties.transitional_cos, counter=parties.transitional_cos_counter)


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


def with_dcc_signature(message: Message, key: PrivateKey) -> Message:
    """Where `transform` left the signature to the originating DCC party: `key` is that party's."""
    return protection.sign(message, key)


def with_broker_mac(message: Message, secret: bytes) -> Message:
    """`secret` is Z of the broker's and the device's key-agreement keys (gbcs.md 2)."""
    return protection.add_mac(message, secret)
