"""The public requests of critical variants and the national Pre-Commands that answer them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assay.duis.catalogue import CATALOGUE
from assay.duis.requests import Request, parse_request
from assay.gbcs.envelope import Message, parse
from assay.gbcs.payload import codec, decode

_PRE_COMMAND, _REQUEST = "_PRECOMMAND_GBCS.HEX", "_REQUEST_DUIS.XML"
RENEWED_CERTIFICATES = (
    "CS02bNOByNO_6.15.1_SUCCESS",
    "CS02bSupplierBySupplier_6.15.1_CANCELLATION_SUCCESS",
    "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
    "CS02gLoadControllerBySupplier_6.15.1_CANCELLATION_SUCCESS",
    "CS02gLoadControllerBySupplier_6.15.1_IMMEDIATE_SUCCESS",
)
"""The public requests hold certificates that were renewed since; their Pre-Commands the old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    name: str
    request: Request
    pre_command: Message


def pairs(shared: Path) -> dict[str, Pair]:
    """All pairs of critical variants by scenario; renewed certificates set right."""
    found = {}
    for path in sorted((shared / "rtds" / "messages").glob(f"*/*{_PRE_COMMAND}")):
        name = path.name.removesuffix(_PRE_COMMAND)
        request_file = shared / "reference" / "duis" / "requests" / f"{name}{_REQUEST}"
        if not request_file.exists():
            continue
        request = parse_request(request_file.read_bytes())
        if CATALOGUE[request.srv].critical:
            found[name] = Pair(name=name, request=request, pre_command=message_in(path))
    for name in RENEWED_CERTIFICATES:
        found[name] = _with_its_certificates(found[name])
    return found


def message_in(path: Path) -> Message:
    return parse(bytes.fromhex("".join(path.read_text().split())))


def _with_its_certificates(pair: Pair) -> Pair:
    """The Pre-Command that a DCC makes of this very request: the request's certificates."""
    body: Any = pair.request.body
    certificates = body["ReplacementCertificates"]["SupplierOrNetworkOperatorCertificates"]
    kind, payload = decode(pair.pre_command)
    replacements = [
        {**entry, "certificate": {"der": octets.hex()}}
        for entry, octets in zip(payload.value["replacements"], certificates.values(), strict=True)
    ]
    value = {**payload.value, "replacements": replacements}
    octets = codec(kind).encode(payload._replace(value=value))
    return replace(pair, pre_command=replace(pair.pre_command, payload=octets))
