"""Making the Command of a request: what the DCC has to know beside it, and in whose name.

A counter of the DCC is spent on a request that has passed everything else.
"""

from __future__ import annotations

from assay.dcc.access import is_known_party
from assay.dcc.dsp.check import Refusal
from assay.dcc.dsp.customer_number import new_customer_number
from assay.dcc.dsp.examination import Books, Examination
from assay.dcc.transform import (
    NoTransformationError,
    Occasion,
    OtherDevice,
    RecordMissingError,
    Records,
    UnencodableContentError,
    brings_key,
    find_row,
    needs_broker_counter,
    transform,
)
from assay.dcc.transform.records import DeviceLog, HubDeviceLog, ProxyDeviceLog
from assay.dcc.transform.row import Origin
from assay.duis.catalogue import UserRole
from assay.duis.requests import SignedPreCommand
from assay.duis.values import Content, find
from assay.gbcs.certificates import CertificateUsage
from assay.gbcs.identifiers import Eui64


def make_command(examination: Examination) -> Refusal | None:
    """Leaves the Command, or the Pre-Command, in the examination."""
    books, request = examination.books, examination.request
    if isinstance(request.body, SignedPreCommand):
        return None
    is_operator = UserRole.ELECTRICITY_DISTRIBUTOR in examination.roles
    is_controller = UserRole.LOAD_CONTROLLER in examination.roles
    is_known = is_known_party(examination.device.device_type, examination.roles)
    is_known = is_known and not brings_key(request)
    records = records_for(books, request.body)
    parties = books.dcc_parties
    try:
        row = find_row(
            request,
            examination.target,
            is_network_operator=is_operator,
            is_load_controller=is_controller,
            records=records,
        )
        needs_broker = needs_broker_counter(row, is_known_party=is_known)
        needs_cos = row.origin is Origin.TRANSITIONAL_COS
        examination.message = transform(
            request,
            examination.target,
            broker=books.broker.eui,
            broker_counter=books.broker_counter.next() if needs_broker else None,
            is_known_party=is_known,
            is_network_operator=is_operator,
            is_load_controller=is_controller,
            transitional_cos=parties.cos,
            transitional_cos_counter=parties.cos_counter.next() if needs_cos else None,
            records=records,
            occasion=Occasion(issued_at=examination.at, customer_number=new_customer_number()),
        )
    except (NoTransformationError, RecordMissingError) as error:
        return Refusal("E100", str(error))
    except UnencodableContentError as error:
        return Refusal("E48", str(error))
    return None


def records_for(books: Books, body: Content) -> Records:
    """The other device of a join, the last log of a hub or gas proxy function that is replaced."""
    other = find(body, "OtherDeviceID", Eui64)
    if other is not None:
        return Records(other_device=_other_device(books, other))
    for element in ("OldCHFID", "OldGPFID"):
        old = find(body, element, Eui64)
        if old is not None:
            return Records(device_log=_log(books, old))
    return Records()


def _other_device(books: Books, device_id: Eui64) -> OtherDevice | None:
    device = books.inventory.find(device_id)
    if device is None:
        return None
    usage = CertificateUsage.KEY_AGREEMENT
    return OtherDevice(
        device_type=device.device_type.value,
        certificate=books.trust.certificate_in_use(device_id, None, usage),
    )


def _log(books: Books, device_id: Eui64) -> DeviceLog | None:
    device = books.inventory.find(device_id)
    log = device.log if device is not None else None
    if log is None:
        return None
    if log.network:
        return HubDeviceLog(han_id=log.network, devices=log.keys)
    return ProxyDeviceLog(devices=log.types)
