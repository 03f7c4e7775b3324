"""Parse: a device's response or alert, its protection checked, its data decrypted and named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from assay.adapter import gbz_results
from assay.adapter.asn1_results import dated_of, results_of
from assay.adapter.errors import RemoteDeviceError
from assay.gbcs import ciphered, inspection, payload, protection
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms import data as dlms
from assay.gbcs.dlms.access import ItemResult, Notification, Response
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz.components import Executed, GbzAlert, GbzPayload, describe_component
from assay.gbcs.inspection import Check
from assay.gbcs.keys import KeyStore

Values = Mapping[str, Any]
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceMessage:
    """What a device said. `results` are those of the parts of a response in order, 0 for success:
    the items of DLMS, the components of GBZ, what an ASN.1 response reports; `values` the named
    values of the use case, empty where an item failed. `alert_executed` is what a dated command of
    GBZ came to, `alert_dated` message code and counter of one of ASN.1."""

    message: Message
    octets: bytes
    use_case: str
    results: tuple[int, ...]
    values: Values
    alert_code: int | None = None
    alert_time: datetime | None = None
    alert_extras: tuple[Any, ...] = ()
    alert_executed: Executed | None = None
    alert_dated: tuple[int, int] | None = None

    @property
    def succeeded(self) -> bool:
        return all(result == 0 for result in self.results)


def parse_device_message(octets: bytes, keys: KeyStore) -> DeviceMessage:
    """Decode, check signature or MAC, decrypt, name.

    Raises:
        RemoteDeviceError: octets that are no message, wrong or missing protection, a
            decryption that fails.
    """
    try:
        message = parse(octets)
        kind, typed = payload.decode(message)
    except RemoteGbcsError as error:
        raise RemoteDeviceError(f"no GBCS message: {error}") from error
    _check_protection(message, keys)
    use_case = inspection.use_case_name(message)
    if message.cra is Cra.ALERT and isinstance(typed, Notification):
        return _alert(message, octets, use_case, typed)
    if kind == "dlms" and isinstance(typed, Response):
        return _response(message, octets, use_case, typed, keys)
    values: dict[str, Any] = {"payload": payload.codec(kind).to_json(typed, message)}
    results = results_of(typed) if isinstance(typed, Asn1Payload) else ()
    if isinstance(typed, GbzPayload):
        opened = _opened(message, typed, keys)
        results = gbz_results.results_of(typed, opened)
        values |= {"attributes": gbz_results.attributes_of(typed, opened)}
    return DeviceMessage(
        message=message,
        octets=octets,
        use_case=use_case,
        results=results,
        values=values,
        alert_code=_alert_code(typed) if message.cra is Cra.ALERT else None,
        alert_dated=dated_of(typed) if isinstance(typed, Asn1Payload) else None,
        alert_executed=typed.executed if isinstance(typed, GbzAlert) else None,
    )


def _opened(message: Message, typed: GbzPayload, keys: KeyStore) -> dict[int, Any]:
    """The fields of each encrypted component, for whom they were meant."""
    blobs = ciphered.find_blobs("gbz", typed)
    return {
        blob.index: describe_component(message, blob.index, _plain(message, blob.octets, keys))
        for blob in blobs
    }


def _alert_code(typed: Any) -> int | None:
    """Of an alert that is no DLMS notification."""
    if isinstance(typed, GbzAlert):
        return typed.code
    return int(typed.value["alert_code"], 16) if isinstance(typed, Asn1Payload) else None


def _check_protection(message: Message, keys: KeyStore) -> None:
    """What is MACed for the access control broker only the DCC can check: it has, and signs
    the Service Response that brings it."""
    signature = inspection.check_signature(message, keys)
    mac = inspection.check_mac(message, keys)
    if Check.VALID in (signature, mac) and {signature, mac} <= {Check.VALID, Check.ABSENT}:
        return
    is_for_broker = message.recipient in keys.brokers()
    if is_for_broker and mac is Check.NO_KEY and signature is Check.ABSENT:
        return
    raise RemoteDeviceError(
        f"message {message.message_code:04X} of {message.originator}: expected a valid signature "
        f"or MAC, seen signature {signature.value}, MAC {mac.value}"
    )


def _alert(message: Message, octets: bytes, use_case: str, typed: Notification) -> DeviceMessage:
    body = typed.body.value
    if typed.body.tag != dlms.Tag.STRUCTURE or len(body) < 2:
        raise RemoteDeviceError(f"alert: expected structure of code and time, seen {typed.body}")
    return DeviceMessage(
        message=message,
        octets=octets,
        use_case=use_case,
        results=(),
        values={},
        alert_code=body[0].value,
        alert_time=DateTime(body[1].value).as_utc(),
        alert_extras=tuple(body[2:]),
    )


def _response(
    message: Message, octets: bytes, use_case: str, typed: Response, keys: KeyStore
) -> DeviceMessage:
    results = tuple(item.result for item in typed.items)
    values: Values = {}
    reader = _READERS.get(message.message_code)
    if reader is not None and all(result == 0 for result in results):
        plain = [_open(message, blob.octets, keys) for blob in ciphered.find_blobs("dlms", typed)]
        values = reader(typed.items, plain)
    return DeviceMessage(
        message=message, octets=octets, use_case=use_case, results=results, values=values
    )


def _open(message: Message, blob: bytes, keys: KeyStore) -> dlms.Data:
    return decode_whole(_plain(message, blob, keys))


def _plain(message: Message, blob: bytes, keys: KeyStore) -> bytes:
    secret = inspection.encryption_secret(message, keys)
    if secret is None:
        raise RemoteDeviceError(f"no key to decrypt the data of {message.originator}")
    recipient, counter = inspection.encryption_parties(message)
    plain = protection.decrypt(blob, secret, message.originator, counter, recipient)
    if plain is None:
        raise RemoteDeviceError(f"encrypted data of {message.originator} do not authenticate")
    return plain


Reader = Callable[[tuple[ItemResult, ...], list[dlms.Data]], Values]


def _since_2000(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _import_registers(items: tuple[ItemResult, ...], plain: list[dlms.Data]) -> Values:
    if not plain:
        raise RemoteDeviceError(f"import registers: expected encrypted data, seen {items[0].data}")
    ((registers,),) = (plain[0].value,)
    names = ("active_import_wh", "_", "reactive_import_varh", "_", "secondary_active_import_wh")
    return {
        name: item.value for name, item in zip(names, registers.value, strict=False) if name != "_"
    }


def _voltage_data(items: tuple[ItemResult, ...], _: list[dlms.Data]) -> Values:
    """Per phase six items: two counters with their units, the log, its period (ECS23, ECS23b)."""
    phases = [_phase_voltage(items[at : at + 6]) for at in range(0, len(items), 6)]
    return {**phases[0], "phases": phases}


def _phase_voltage(items: tuple[ItemResult, ...]) -> dict[str, Any]:
    log = items[4].data.value
    entries = [(_since_2000(e.value[0].value), e.value[1].value) for e in log.elements]
    return {
        "under_voltage_counter": items[0].data.value,
        "over_voltage_counter": items[2].data.value,
        "voltage_log": entries,
        "averaging_period_s": items[5].data.value,
    }


def _one(name: str) -> Reader:
    return lambda items, _: {name: items[0].data.value}


def _clock(items: tuple[ItemResult, ...], _: list[dlms.Data]) -> Values:
    return {
        "device_time": DateTime(items[3].data.value).as_utc(),
        "clock_status": items[4].data.value,
    }


_VOLTAGE_SETTINGS = (
    "extreme_over_voltage_threshold",
    "extreme_over_voltage_period_s",
    "extreme_under_voltage_threshold",
    "extreme_under_voltage_period_s",
    "sag_threshold",
    "sag_period_s",
    "swell_threshold",
    "swell_period_s",
    "average_over_voltage_threshold",
    "average_under_voltage_threshold",
)


def _voltage_settings(items: tuple[ItemResult, ...], _: list[dlms.Data]) -> Values:
    return {name: item.data.value for name, item in zip(_VOLTAGE_SETTINGS, items, strict=True)}


def _log(items: tuple[ItemResult, ...], _: list[dlms.Data]) -> Values:
    entries = [
        (_since_2000(entry.value[0].value), entry.value[1].value)
        for entry in items[0].data.value.elements
    ]
    return {"entries": entries}


_READERS: Mapping[int, Reader] = {
    0x0027: _import_registers,
    0x0039: _voltage_data,
    0x00BC: _voltage_data,
    0x0052: _one("control_state"),
    0x0059: lambda items, _: {"firmware_version": items[0].data.value.hex().upper()},
    0x0062: _clock,
    0x003C: _voltage_settings,
    0x0048: _log,
    0x0049: _log,
    0x00B9: _log,
}
"""Message code -> how the items of its success response are named."""
