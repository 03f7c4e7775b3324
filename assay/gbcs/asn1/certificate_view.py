"""Certificates and requests inside payloads: the DER itself, and what a reader asks of it.

The DER is the value and alone decides the octets; the view beside it (whose, which role,
which usage, which key, how long) is derived and ignored on the way back. It looks only for
what the SMKI profiles put there (pki digest 2) and is null where the DER holds something
else: judging certificates is the business of `assay.gbcs.certificates`, which costs a
hundred times as much.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assay.gbcs.asn1.elements import SEQUENCE, children, contents
from assay.gbcs.asn1.leaves import Json, Leaf, hex_octets
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.octets import sized

_UNIQUE_IDENTIFIER = bytes.fromhex("060355042D")
_ORGANIZATIONAL_UNIT = bytes.fromhex("060355040B")
_KEY_USAGE = bytes.fromhex("0603551D0F")
_KEY_IDENTIFIER = bytes.fromhex("0603551D0E")
_ALTERNATIVE_NAME = bytes.fromhex("0603551D11")
_EXTENSION_REQUEST = bytes.fromhex("06092A864886F70D01090E")
_USAGES = {0x80: "digitalSignature", 0x08: "keyAgreement", 0x06: "keyCertSign"}
_EUI_BITS = bytes.fromhex("030900")


def certificate_leaf(label: str) -> Leaf:
    return _der_leaf(label, view_of_certificate)


def request_leaf(label: str) -> Leaf:
    return _der_leaf(label, view_of_request)


def _der_leaf(label: str, view_of: Any) -> Leaf:
    def read(octets: bytes, start: int, end: int, _: list[int]) -> Json:
        der = bytes((SEQUENCE,)) + sized(octets[start:end])
        view = view_of(der)
        return {"der": der.hex(), "view": None if view is None else dict(view)}

    def write(value: Json) -> bytes:
        text = value.get("der") if isinstance(value, dict) else value
        der = hex_octets(text, label)
        try:
            start, stop = contents(der, 0, len(der), label, [])
        except RemoteGbcsError as error:
            raise EncodeError(label, "one DER element", str(error)) from None
        if der[0] != SEQUENCE or stop != len(der):
            raise EncodeError(label, "one DER element with tag 30", der[:2].hex())
        return der[start:stop]

    return Leaf(read, write)


@lru_cache(maxsize=1024)
def view_of_certificate(der: bytes) -> Json:
    """Null where the octets are not laid out as a certificate."""
    try:
        signed = _only(der, 0, len(der))
        parts = list(children(der, *next(_inside(der, signed))))
        if parts and parts[0][0] == 0xA0:
            del parts[0]
        serial, _, _, validity, subject, _, *rest = parts
        not_before, not_after = children(der, *validity[1:])
        view: dict[str, Json] = {
            "serial": der[serial[1] : serial[2]].hex(),
            "not_before": _time(der, not_before),
            "not_after": _time(der, not_after),
            **_names(der[subject[1] : subject[2]]),
        }
        for tag, start, stop in rest:
            if tag == 0xA3:
                view.update(_extensions(der, _only(der, start, stop)))
    except (RemoteGbcsError, ValueError, StopIteration):
        return None
    return view


@lru_cache(maxsize=256)
def view_of_request(der: bytes) -> Json:
    """Null where the octets are not laid out as a PKCS #10 request."""
    try:
        signed = _only(der, 0, len(der))
        _, subject, _, *rest = children(der, *next(_inside(der, signed)))
        view: dict[str, Json] = _names(der[subject[1] : subject[2]])
        for _, start, stop in rest:
            for _, at, end in children(der, start, stop):
                if der[at:end].startswith(_EXTENSION_REQUEST):
                    values = _only(der, at + len(_EXTENSION_REQUEST), end)
                    view.update(_extensions(der, _only(der, *values)))
    except (RemoteGbcsError, ValueError, StopIteration):
        return None
    return view


def _only(der: bytes, start: int, end: int) -> tuple[int, int]:
    """Contents of the single element in there; ValueError for another count."""
    ((_, at, stop),) = children(der, start, end)
    return at, stop


def _inside(der: bytes, span: tuple[int, int]) -> Any:
    return ((start, stop) for _, start, stop in children(der, *span))


def _names(subject: bytes) -> dict[str, Json]:
    """Identifier and role of an organisation's name; nothing for a device's empty one."""
    view: dict[str, Json] = {}
    _, found, rest = subject.partition(_UNIQUE_IDENTIFIER + _EUI_BITS)
    if found and len(rest) >= 8:
        view["subject_id"] = rest[:8].hex("-").upper()
    _, found, rest = subject.partition(_ORGANIZATIONAL_UNIT)
    if found and rest[1:2] == b"\x02":
        view["role"] = rest[2:4].decode("ascii", "replace")
    return view


def _extensions(der: bytes, span: tuple[int, int]) -> dict[str, Json]:
    view: dict[str, Json] = {}
    for start, stop in _inside(der, span):
        extension = der[start:stop]
        if extension.startswith(_KEY_USAGE):
            view["key_usage"] = _USAGES.get(extension[-1], f"bits {extension[-1]:02x}")
        elif extension.startswith(_KEY_IDENTIFIER):
            view["subject_key_id"] = extension[-8:].hex()
        elif extension.startswith(_ALTERNATIVE_NAME) and extension[-10:-8] == b"\x04\x08":
            view["subject_id"] = extension[-8:].hex("-").upper()
    return view


def _time(der: bytes, element: tuple[int, int, int]) -> str:
    _, start, stop = element
    text = der[start:stop].decode("ascii", "replace")
    if len(text) == 13:
        text = ("20" if text < "5" else "19") + text
    if len(text) != 15 or not text[:14].isdigit():
        raise ValueError(text)
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:14]}Z"
