"""A whole message as JSON and back: everything typed, nothing lost.

`{"envelope": {...}, "payload": {kind: {...}}, "signature": hex | "" | null, "mac": hex | null}`;
`use_case` and other facts are added for the reader and ignored on the way back.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from assay.gbcs import catalogue, payload
from assay.gbcs.date_time import DateTime
from assay.gbcs.envelope import Cra, Message, OtherInformation, code_alone
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64

Json = Any


def to_json(message: Message) -> dict[str, Json]:
    """Raises RemoteGbcsError where the payload is none of its message code's kind."""
    kind, typed = payload.decode(message)
    return typed_to_json(message, kind, typed)


def typed_to_json(message: Message, kind: str, typed: Any) -> dict[str, Json]:
    """The same for a payload that has been decoded already."""
    row = catalogue.use_case(message.message_code)
    return {
        "use_case": row.name if row is not None else None,
        "title": row.title if row is not None else None,
        "envelope": _envelope_to_json(message),
        "payload": {kind: payload.codec(kind).to_json(typed, message)},
        "signature": None if message.signature is None else message.signature.hex(),
        "mac": None if message.mac is None else message.mac.hex(),
    }


def _envelope_to_json(message: Message) -> dict[str, Json]:
    other = message.other
    form: dict[str, Json] = {
        "cra": _CRA_NAMES[message.cra],
        "counter": message.counter,
        "originator": message.originator.hyphenated,
        "recipient": message.recipient.hyphenated,
        "date_time": _date_time_to_json(message.date_time),
        "message_code": f"0x{message.message_code:04X}",
    }
    if other.supplementary_party is not None:
        form["supplementary_party"] = other.supplementary_party.hyphenated
    if other.supplementary_counter is not None:
        form["supplementary_counter"] = other.supplementary_counter
    if other.supplementary_originator_counter is not None:
        form["supplementary_originator_counter"] = other.supplementary_originator_counter
    if other.certificate is not None:
        form["certificate"] = other.certificate.hex()
    return form


def _date_time_to_json(stamp: DateTime | None) -> Json:
    if stamp is None:
        return None
    when = stamp.as_utc()
    if when is not None and DateTime.at(when) == stamp:
        return when.isoformat().replace("+00:00", "Z")
    return {"octets": stamp.octets.hex(), "status": stamp.status}


def _date_time_from_json(form: Json) -> DateTime | None:
    if form is None:
        return None
    if isinstance(form, str):
        return DateTime.at(datetime.fromisoformat(form.replace("Z", "+00:00")))
    return DateTime(bytes.fromhex(form["octets"]))


_CRA_NAMES = {cra: cra.name.lower() for cra in Cra}
_CRAS = {name: cra for cra, name in _CRA_NAMES.items()}
_eui64 = lru_cache(maxsize=4096)(Eui64.from_text)
"""The same parties over and over."""


def from_json(form: dict[str, Json]) -> Message:
    """The message that a JSON form names.

    Raises:
        EncodeError: a field that is missing or has no encoding.
    """
    try:
        return _from_json(form)
    except EncodeError:
        raise
    except KeyError as missing:
        raise EncodeError("message", f"the field or word {missing}", "none") from None
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise EncodeError("message", "the JSON form that decode prints", error) from error


def _from_json(form: dict[str, Json]) -> Message:
    envelope = form["envelope"]
    ((kind, typed),) = form["payload"].items()
    codec = payload.codec(kind)
    signature, mac = form["signature"], form["mac"]
    return Message(
        cra=_CRAS[envelope["cra"].lower()],
        counter=_counter(envelope["counter"]),
        originator=_eui64(envelope["originator"]),
        recipient=_eui64(envelope["recipient"]),
        date_time=_date_time_from_json(envelope["date_time"]),
        other=_other_from_json(envelope),
        payload=codec.encode(codec.from_json(typed)),
        signature=None if signature is None else bytes.fromhex(signature),
        mac=None if mac is None else bytes.fromhex(mac),
    )


def _other_from_json(envelope: dict[str, Json]) -> OtherInformation:
    message_code = int(envelope["message_code"], 16)
    if _SUPPLEMENTS.isdisjoint(envelope):
        return code_alone(message_code)
    supplementary = envelope.get("supplementary_party")
    certificate = envelope.get("certificate")
    return OtherInformation(
        message_code=message_code,
        supplementary_party=_eui64(supplementary) if supplementary else None,
        supplementary_counter=_supplementary(envelope, "supplementary_counter"),
        supplementary_originator_counter=_supplementary(
            envelope, "supplementary_originator_counter"
        ),
        certificate=bytes.fromhex(certificate) if certificate else None,
    )


def _counter(value: Json, name: str = "counter") -> int:
    if type(value) is not int or not 0 <= value < 1 << 64:
        raise EncodeError(name, "0 to 2^64-1", value)
    return value


def _supplementary(envelope: dict[str, Json], name: str) -> int | None:
    value = envelope.get(name)
    return None if value is None else _counter(value, name)


_SUPPLEMENTS = frozenset(
    (
        "supplementary_party",
        "supplementary_counter",
        "supplementary_originator_counter",
        "certificate",
    )
)
