"""XML that the SMKI web services (Appendix M A-E) and the repository answer with.

The names in the repository's answers are those that the emulator's public key store client
reads; their order is inferred.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from assay.dcc.pki.batches import BatchedResult
from assay.dcc.pki.messages import USAGES, VERSION, BatchMessage, DeviceRequestMessage
from assay.dcc.pki.refusals import IssuanceStatus, RemoteIssuanceError
from assay.dcc.pki.repository import LodgedCertificate
from assay.gbcs.certificates import CertificateKind, CertificateView

BUILD = "1"
_USAGE_TEXT = {usage: text for text, usage in USAGES.items()}


def device_response(
    message: DeviceRequestMessage | None,
    transaction: int,
    outcome: CertificateView | RemoteIssuanceError,
) -> bytes:
    """Without a message (its XML was bad) there is no ID to echo."""
    root = _element("DeviceCertificateSigningResponse", message.namespace if message else None)
    if message is not None:
        root.set("ID", message.id)
    _add(root, "Version", VERSION)
    _add(root, "Build", BUILD)
    _add(root, "TransactionId", str(transaction))
    if isinstance(outcome, RemoteIssuanceError):
        _add(root, "Status", outcome.status)
        _add_error(root, outcome)
    else:
        _add(root, "Status", IssuanceStatus.SUCCESS)
        _add(root, "Certificate", _base64(outcome.der))
    return _serialise(root)


def batch_status(
    message: BatchMessage | None,
    outcome: int | RemoteIssuanceError,
) -> bytes:
    root = _element("SubmitCSRBatchStatus", message.namespace if message else None)
    if message is not None:
        root.set("ID", message.id)
    _add(root, "Version", VERSION)
    _add(root, "Build", BUILD)
    if isinstance(outcome, RemoteIssuanceError):
        _add(root, "BatchStatus", outcome.status)
        _add_error(root, outcome)
    else:
        _add(root, "BatchStatus", "PENDING")
        _add(root, "BatchId", str(outcome))
    return _serialise(root)


def batch_result(
    message_id: str, number: int, status: str, results: Sequence[BatchedResult]
) -> bytes:
    """A query is a GET, so there is no namespace to answer in."""
    root = _element("CSRBatchResult", None)
    root.set("ID", message_id)
    _add(root, "Version", VERSION)
    _add(root, "Build", BUILD)
    _add(root, "BatchStatus", status)
    _add(root, "BatchId", str(number))
    for result in results:
        entry = _add(root, "DeviceCertificate")
        entry.set("ID", result.id)
        if result.certificate is not None:
            _add(entry, "Status", IssuanceStatus.SUCCESS)
            _add(entry, "Certificate", _base64(result.certificate.der))
        elif result.refusal is not None:
            _add(entry, "Status", result.refusal.status)
            _add_error(entry, result.refusal)
    return _serialise(root)


def batch_result_error(refusal: RemoteIssuanceError) -> bytes:
    root = _element("CSRBatchResult", None)
    _add(root, "Version", VERSION)
    _add(root, "Build", BUILD)
    _add(root, "BatchStatus", refusal.status)
    _add_error(root, refusal)
    return _serialise(root)


def search_response(found: Iterable[LodgedCertificate], namespace: str | None) -> bytes:
    """One Result per certificate: serial (hexadecimal), whose it is, role, usage, status."""
    root = _element("CertificateSearchResponse", namespace)
    for lodged in found:
        _describe(_add(root, "Result"), lodged)
    return _serialise(root)


def data_response(lodged: LodgedCertificate, namespace: str | None) -> bytes:
    """The description as in a search, and the certificate in base64, in lines as PEM has them."""
    root = _element("CertificateDataResponse", namespace)
    response = _add(root, "CertificateResponse")
    _describe(response, lodged)
    body = lodged.certificate.to_pem().splitlines()[1:-1]
    _add(response, "CertificateBody", "\n".join(body))
    return _serialise(root)


def _describe(parent: etree._Element, lodged: LodgedCertificate) -> None:
    certificate = lodged.certificate
    _add(parent, "CertificateSerial", f"{certificate.serial:x}")
    is_device = certificate.kind is CertificateKind.DEVICE
    if certificate.eui is not None:
        name = "CertificateSubjectAltName" if is_device else "CertificateSubjectName"
        _add(parent, name, certificate.eui.hyphenated)
    if certificate.role is not None:
        _add(parent, "CertificateRole", str(certificate.role))
    if certificate.usage in _USAGE_TEXT:
        _add(parent, "CertificateUsage", _USAGE_TEXT[certificate.usage])
    _add(parent, "CertificateStatus", lodged.status)


def _element(name: str, namespace: str | None) -> etree._Element:
    if namespace is None:
        return etree.Element(name)
    as_default: dict[Any, str] = {None: namespace}  # the stubs know prefixes only
    return etree.Element(f"{{{namespace}}}{name}", nsmap=as_default)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    namespace = etree.QName(parent).namespace
    child = etree.SubElement(parent, name if namespace is None else f"{{{namespace}}}{name}")
    child.text = text
    return child


def _add_error(parent: etree._Element, refusal: RemoteIssuanceError) -> None:
    error = _add(parent, "Error")
    _add(error, "ErrorCode", refusal.code)
    _add(error, "ErrorText", refusal.text)


def _base64(der: bytes) -> str:
    return base64.b64encode(der).decode("ascii")


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
