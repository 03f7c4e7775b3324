"""Commands that no national message can stand for: about trust, top-up codes, and what the set
lacks.

A row makes two commands, one that a device carries out and one that it answers with an error; None
for the latter where the use case knows no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from assay.gbcs import firmware_image, messages, top_up
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import cell_form
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    build_device,
    build_issuing,
    read_device_request,
)
from assay.gbcs.dlms.data import Data, Tag, octet_string
from assay.gbcs.envelope import Cra
from assay.gbcs.firmware_image import OtaFile, OtaHeader, image_hash
from assay.gbcs.identifiers import Eui64
from assay.gbcs.top_up import Unit
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.device_type import DeviceType
from rigs.devices.joining import METHODS, PAIRS
from rigs.devices.peers import Peer
from rigs.devices.security import CELLS, MODES, contingency
from tests.rigs.esme.auxiliary.auxiliary_kit import LIMITS, SCRIPTS, execute, period
from tests.rigs.gsme.gas_kit import gbz, zcl
from tests.rigs.security.kit import Credential, Hierarchy, hierarchy, new_key
from tests.rigs.use_cases.attempts import OWN_NAME, Attempt, asker, reading, writing
from tests.rigs.use_cases.whole_premises import IDENTIFIERS, START, WholePremises

Pair = tuple[Attempt, Attempt | None]
Make = Callable[[WholePremises, DeviceType, int], Pair]
BROKER, SUPPLIER = Role.ACCESS_CONTROL_BROKER, Role.SUPPLIER
STRANGER = Eui64.from_text("00-DB-12-34-56-78-90-99")
ROOT = CellName(Role.ROOT, CellKey.SIGNATURE)
SIGNATURE = CellName(SUPPLIER, CellKey.SIGNATURE)
SYMMETRIC_KEY = bytes(range(32))
LEVELS, PROPORTIONAL, HALF = 0x011E, 5, 50
IMAGE = b"a manufacturer image " * 40


def asn1(code: int, role: Role, value: Any, **given: Any) -> Attempt:
    payload = codec.build(code, Cra.COMMAND, value)
    return Attempt(name=OWN_NAME, code=code, role=role, payload=payload, **given)


# Trust: what is held, own keys, replacements.


def read_credentials(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    """The load controller, or the recovery, has no cell that these may tell of."""
    role = BROKER
    cell = cell_form(CellName(role, CellKey.AGREEMENT))
    held = {one.role for one in CELLS[kind]}
    missing = next(one for one in ("wanProvider", "supplier") if _ROLE_OF[one] not in held)
    wanted = ["accessControlBroker"]
    return (
        asn1(code, role, {"authorising_cell": cell, "roles": wanted}),
        asn1(code, role, {"authorising_cell": cell, "roles": [*wanted, missing]}),
    )


_ROLE_OF = {"wanProvider": Role.WAN_PROVIDER, "supplier": SUPPLIER}


def request_key(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    role = asker(code, kind)
    return (
        asn1(code, role, {"key_usage": "keyAgreement"}),
        asn1(code, role, {"key_usage": "keyCertSign"}),
    )


def give_certificate(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    """Of a key pair that the device made when it was asked; then of one that it never made."""
    role = asker(code, kind)
    asked = asn1(0x000A, role, {"key_usage": "digitalSignature"})
    answer = premises.answer(asked.octets(premises, kind))
    assert answer is not None
    request = codec.decode_message(answer).value["request"]["der"]
    read = read_device_request(bytes.fromhex(request))
    return (
        asn1(code, role, {"der": hierarchy().certify(bytes.fromhex(request)).der.hex()}),
        asn1(code, role, {"der": _device_certificate(read.device_id, read.usage).der.hex()}),
    )


def _device_certificate(device_id: Eui64, usage: CertificateUsage) -> CertificateView:
    return build_device(
        new_key().public_key(),
        issuer=hierarchy().issuing,
        device_id=device_id,
        usage=usage,
        serial=1 << 126,
        not_before=START,
    )


@cache
def strangers() -> Hierarchy:
    """Certificates that lead to a root that no device knows."""
    return Hierarchy.build("unknown")


def replace_cells(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    """All cells of one role that this mode is for; then with certificates of an unknown root."""
    mode = MODES[code]
    if Role.ROOT in mode.targets and len(mode.targets) == 1:
        return _replace_root(premises, code)
    role = min(mode.targets) if len(mode.targets) == 1 else BROKER
    names = [name for name in CELLS[kind] if name.role is role]
    return (
        replacement(premises, code, {name: hierarchy().issue(role, name.key) for name in names}),
        replacement(premises, code, {name: strangers().issue(role, name.key) for name in names}),
    )


def _replace_root(premises: WholePremises, code: int) -> Pair:
    """The old root certifies the new one, or does not."""
    new = Hierarchy.build("new")
    root = new.root.certificate
    link = build_issuing(
        root.public_key,
        issuer=hierarchy().root,
        common_name="Root new",
        serial=1 << 126,
        not_before=root.not_before,
        not_after=root.not_after,
    )
    given = {ROOT: Credential(root, new.root.private_key)}
    return (
        replacement(premises, code, given, path=(link,)),
        replacement(premises, code, given, path=()),
    )


def by_contingency(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    """The command's own symmetric key opens the key that its signature is checked with; with
    certificates of another root than the one that it brings, they are not believed."""
    key, new = new_key(), Hierarchy.build("new")
    wrapped = contingency.wrap(key.public_key(), SYMMETRIC_KEY)
    premises.devices[kind].credentials.wrapped_contingency_key = wrapped
    premises.held[ROOT] = Credential(new.root.certificate, key)
    root = {ROOT: Credential(new.root.certificate, new.root.private_key)}
    names = [name for name in CELLS[kind] if name.role is BROKER]
    good = {name: new.issue(BROKER, name.key) for name in names}
    bad = {name: strangers().issue(BROKER, name.key) for name in names}
    more = {"plaintext_symmetric_key": SYMMETRIC_KEY.hex(), "new_floor_counter": 1}
    path = (new.issuing.certificate,)
    return (
        replacement(premises, code, root | good, path=path, more=more),
        replacement(premises, code, root | bad, path=path, more=more),
    )


def replacement(
    premises: WholePremises,
    code: int,
    new: Mapping[CellName, Credential],
    *,
    path: Iterable[CertificateView] | None = None,
    more: dict[str, Any] | None = None,
    at: str | None = None,
) -> Attempt:
    """`at`: when the cells are to be replaced; at once without it."""
    counter, mode = premises.next_counter(), MODES[code]
    cell = CellName(mode.authorising, CellKey.SIGNATURE)
    shown = (hierarchy().issuing.certificate,) if path is None else path
    value: dict[str, Any] = {
        "control": {
            "mode": mode.name,
            "authorising_counter": counter,
            **({"authorising_cell": cell_form(cell)} if mode.names_cell else {}),
            **(more or {}),
        },
        "replacements": [
            {"certificate": {"der": one.certificate.der.hex()}, "target_cell": cell_form(name)}
            for name, one in new.items()
        ],
        "path_certificates": [{"der": view.der.hex()} for view in shown],
        **({"execution_time": at} if at is not None else {}),
    }
    return asn1(code, mode.authorising, value, counter=counter)


# Joining.


def join(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    partner = PAIRS[kind][code][0]
    other = next(one for one in DeviceType if one not in PAIRS[kind][code] and one != "SAPC")
    premises.devices[kind].security.device_log.remove(STRANGER)
    return (
        asn1(code, asker(code, kind), _joining(code, partner)),
        asn1(code, asker(code, kind), _joining(code, other)),
    )


def _joining(code: int, partner: DeviceType) -> dict[str, Any]:
    value = {
        "method_and_role": METHODS[code],
        "device_id": STRANGER.hyphenated,
        "device_type": partner.value,
    }
    if METHODS[code] != "methodC":
        return value
    certificate = _device_certificate(STRANGER, CertificateUsage.KEY_AGREEMENT)
    return {**value, "certificate": {"der": certificate.der.hex()}}


def unjoin(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    method = next(one for one in PAIRS[kind] if (METHODS[one] == "methodB") == (code == 0x0010))
    log = premises.devices[kind].security.device_log
    log.enter(Peer(device_id=STRANGER, device_type=PAIRS[kind][method][0]))
    unknown = IDENTIFIERS[DeviceType.CHF]
    return (
        asn1(code, asker(code, kind), STRANGER.hyphenated),
        asn1(code, asker(code, kind), unknown.hyphenated),
    )


def restore_log(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    def entries(*rows: tuple[DeviceType, Eui64]) -> Attempt:
        listed = [{"device_id": one.hyphenated, "device_type": type_} for type_, one in rows]
        return asn1(code, BROKER, {"entries": listed})

    meter = (DeviceType.GSME, IDENTIFIERS[DeviceType.GSME])
    return entries(meter), entries(meter, (DeviceType.GPF, IDENTIFIERS[kind]))


def read_plainly(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    return asn1(code, asker(code, kind), None), None


# Firmware and time.


def activate_image(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    header = OtaHeader(
        manufacturer_code=0x1234,
        image_type=7,
        file_version=2,
        text=b"device",
        minimum_hardware=0,
        maximum_hardware=3,
    )
    image = firmware_image.sign(IMAGE, premises.held[SIGNATURE].key)
    premises.receive_image(kind, OtaFile(header=header, image=image).to_octets())
    role = asker(code, kind)

    def activation(digest: bytes) -> Attempt:
        counter = premises.next_counter()
        value = {"image_hash": digest.hex(), "originator_counter": counter}
        return asn1(code, role, value, counter=counter)

    return activation(image_hash(IMAGE)), activation(bytes(32))


def set_clock(premises: WholePremises, _: DeviceType, code: int) -> Pair:
    def window(offset: timedelta) -> Attempt:
        now = premises.clock.now() + offset
        start, end = now - timedelta(hours=1), now + timedelta(hours=1)
        value = {"validity_start": _text(start), "validity_end": _text(end)}
        return asn1(code, SUPPLIER, value)

    return window(timedelta(0)), window(timedelta(days=2))


def _text(at: Any) -> str:
    text: str = at.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return text


# Top-up codes.


def _code(premises: WholePremises, kind: DeviceType, counter: int) -> str:
    meter, cell = IDENTIFIERS[kind], CellName(SUPPLIER, CellKey.TOP_UP)
    return top_up.create(
        secret=premises.secret(cell, meter),
        supplier=premises.eui(SUPPLIER),
        meter=meter,
        counter=counter,
        value=10,
        unit=Unit.POUNDS,
    )


def top_up_electricity(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    """A code; then one whose last digits are wrong."""
    first, second = (premises.next_counter() << 32 for _ in range(2))
    good, bad = _code(premises, kind, first), _spoilt(_code(premises, kind, second))
    return (
        writing(premises, code, SUPPLIER, octet_string(good.encode()), counter=first),
        writing(premises, code, SUPPLIER, octet_string(bad.encode()), counter=second),
    )


def top_up_gas(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    first, second = (premises.next_counter() << 32 for _ in range(2))
    good, bad = _code(premises, kind, first), _spoilt(_code(premises, kind, second))

    def entry(digits: str, counter: int) -> Attempt:
        payload = gbz(zcl("ConsumerTopUp", originating_device=0, top_up_code=digits))
        return Attempt(name=OWN_NAME, code=code, role=SUPPLIER, payload=payload, counter=counter)

    return entry(good, first), entry(bad, second)


def _spoilt(digits: str) -> str:
    return digits[:-2] + f"{(int(digits[-2:]) + 11) % 100:02d}"


# Auxiliary load: the dates of the national commands have passed.


def set_level(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    """A level of the proportional controller for an hour; then for one that has passed."""
    return (
        _for_an_hour(premises, kind, code, timedelta(hours=1)),
        _for_an_hour(premises, kind, code, timedelta(days=-1)),
    )


def _for_an_hour(premises: WholePremises, kind: DeviceType, code: int, after: timedelta) -> Attempt:
    first, table = (1, SCRIPTS) if code == LEVELS else (3, LIMITS)
    start = premises.clock.now().replace(microsecond=0) + after
    asked = (
        *period(PROPORTIONAL, first, start, start + timedelta(hours=1)),
        execute(0x1000 | PROPORTIONAL << 8 | HALF, table),
    )
    payload = messages.dlms_command_payload(premises.next_counter(), asked)
    return Attempt(name=OWN_NAME, code=code, role=asker(code, kind), payload=payload)


# What the set lacks.


def read_items(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    return reading(premises, code, asker(code, kind)), None


def set_event_mask(premises: WholePremises, kind: DeviceType, code: int) -> Pair:
    mask = Data(Tag.BIT_STRING, "0" * 512)
    return writing(premises, code, asker(code, kind), mask), None


def send_message(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    shown = zcl(
        "DisplayMessage",
        message_id=1,
        control=1,
        start_time=0,
        duration_min=0xFFFF,
        message="Hello",
    )
    payload = gbz(shown)
    return Attempt(name=OWN_NAME, code=code, role=asker(code, kind), payload=payload), None


def reset_credit_balance(_: WholePremises, kind: DeviceType, code: int) -> Pair:
    reset = zcl("CreditAdjustment", issuer_event_id=0, start_time=0, type=2, value=0)
    good = Attempt(name=OWN_NAME, code=code, role=asker(code, kind), payload=gbz(reset))
    other = zcl("CreditAdjustment", issuer_event_id=0, start_time=0, type=0, value=0)
    return good, replace(good, payload=gbz(other))


OWN: Mapping[int, Make] = {
    **dict.fromkeys((0x0008, 0x011B), read_credentials),
    **dict.fromkeys((0x000A, 0x000C), request_key),
    0x000B: give_certificate,
    **dict.fromkeys((code for code in MODES if code != 0x0109), replace_cells),
    0x0109: by_contingency,
    **dict.fromkeys((0x000D, 0x000E, 0x00AB, 0x00AF), join),
    **dict.fromkeys((0x000F, 0x0010), unjoin),
    **dict.fromkeys((0x0013, 0x0129), read_plainly),
    0x0012: activate_image,
    0x007F: set_clock,
    0x008C: restore_log,
    0x0007: top_up_electricity,
    0x0097: top_up_gas,
    **dict.fromkeys((0x002C, 0x0035, 0x003F, 0x0092, 0x0094, 0x00C6), read_items),
    **dict.fromkeys((LEVELS, 0x011F), set_level),
    0x00EB: set_event_mask,
    0x0071: send_message,
    0x00C2: reset_credit_balance,
}
