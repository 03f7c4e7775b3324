"""ASN.1 payloads: values and octets are one thing, the library agrees, errors are ours alone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from asn1crypto import core
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.asn1 import codec, lengths, types
from assay.gbcs.asn1.certificate_view import view_of_certificate
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.asn1.credentials import (
    CellCredentials,
    CredentialsRequest,
    CredentialsResponse,
    CredentialsStatus,
    RoleCredentials,
)
from assay.gbcs.asn1.messages import TYPE_NAMES
from assay.gbcs.certificates import CertificateView
from assay.gbcs.envelope import Cra
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PublicKey
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role, TrustAnchors
from tests.gbcs.test_certificates import meter_certificate, private_key, supplier_certificate
from tests.stopwatch import least_seconds

READ_COMMAND = bytes.fromhex("30113007020104030203083006020102020103")
"""CS02a: the broker, by its key-agreement cell, asks for supplier and network operator."""
READ_RESPONSE = bytes.fromhex(
    "302f30250201040a0100020100301a301803020308040890b3d51f3000000204084a9ce02c39ab910b"
    "30060201030a0119"
)
"""CS02a: the broker's key-agreement cell, and no cell of the network operator."""
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")

hex_octets = st.binary(max_size=40).map(bytes.hex)
euis = st.binary(min_size=8, max_size=8).map(lambda octets: octets.hex("-").upper())
integers = st.integers(-(2**71), 2**71 - 1)
instants = st.datetimes(min_value=datetime(1000, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0).isoformat() + "Z"
)
"""The library writes years before 1000 with three digits."""
elements = st.binary(max_size=300).map(
    lambda inner: {"der": sequence_of_octets(inner).hex(), "view": None}
)


def sequence_of_octets(inner: bytes) -> bytes:
    return bytes(core.Sequence(contents=inner).dump(force=True))


def values_of(declared: Any) -> st.SearchStrategy[Any]:
    """Any value that the declaration allows, as the codec writes it."""
    if declared in (types.Certificate, types.CertificationRequest):
        return elements
    if declared is types.AlertCode:
        return st.integers(0, 2**32).map(lambda code: f"0x{code:04X}")
    if declared in (types.EntityIdentifier, types.SubjectIdentifier):
        return euis
    if issubclass(declared, core.BitString):
        return st.sampled_from(list(types.KEY_USAGE_BITS.values())) | st.just("0101010101")
    if issubclass(declared, core.OctetString):
        size = declared.gbcs_size
        return (
            hex_octets if size is None else st.binary(min_size=size, max_size=size).map(bytes.hex)
        )
    if issubclass(declared, core.Integer | core.Enumerated):
        names = declared._map or {}
        unnamed = integers.filter(lambda number: number not in names)
        return st.sampled_from([*names.values()]) | unnamed if names else unnamed
    if issubclass(declared, core.GeneralizedTime):
        return instants
    if issubclass(declared, core.Null):
        return st.none()
    if issubclass(declared, core.SequenceOf):
        return st.lists(values_of(declared._child_spec), max_size=3)
    if issubclass(declared, core.Choice):
        return st.one_of(
            [
                st.fixed_dictionaries({name: values_of(kind)})
                for name, kind, *_ in declared._alternatives
            ]
        )
    needed: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, kind, *rest in declared._fields:
        is_optional = bool(rest and rest[0].get("optional"))
        (optional if is_optional else needed)[name] = values_of(kind)
    return st.fixed_dictionaries(needed, optional=optional)


payloads = st.sampled_from(list(types.TYPES)).flatmap(
    lambda name: st.tuples(st.just(name), values_of(types.TYPES[name]))
)


@given(payloads)
def test_every_value_survives_octets_and_json(named: tuple[str, Any]) -> None:
    name, value = named
    octets = codec.encode(Asn1Payload(name, value))
    decoded = codec.decode(name, octets)
    assert without_views(decoded.value) == without_views(value)
    form = json.loads(json.dumps(codec.to_json(decoded)))
    assert codec.encode(codec.from_json(form)) == octets


def without_views(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_views(item) for name, item in value.items() if name != "view"}
    if isinstance(value, list):
        return [without_views(item) for item in value]
    return value


def as_the_library_reads(element: Any) -> Any:
    """The values of asn1crypto's own parse, in the words of our JSON."""
    if isinstance(element, core.Choice):
        return {element.name: as_the_library_reads(element.chosen)}
    if isinstance(element, types.Certificate | types.CertificationRequest):
        return {"der": element.dump().hex()}
    if isinstance(element, core.SequenceOf):
        return [as_the_library_reads(item) for item in element]
    if isinstance(element, core.Sequence):
        return {
            name: as_the_library_reads(element[name])
            for name, *_ in element._fields
            if not isinstance(element[name], core.Void)
        }
    if isinstance(element, core.BitString):
        bits = "".join(map(str, element.native))
        return types.KEY_USAGE_BITS.get(bits, bits)
    if isinstance(element, core.OctetString):
        is_identifier = isinstance(element, types.EntityIdentifier | types.SubjectIdentifier)
        return element.native.hex("-").upper() if is_identifier else element.native.hex()
    if isinstance(element, core.GeneralizedTime):
        return element.native.replace(tzinfo=None).isoformat() + "Z"
    if isinstance(element, types.AlertCode):
        return f"0x{element.native:04X}"
    return element.native


@settings(max_examples=200)
@given(payloads)
def test_the_library_reads_the_same_values(named: tuple[str, Any]) -> None:
    """Octets of ours, parsed strictly by asn1crypto from the same declarations."""
    name, value = named
    value = with_small_enumerations(value)
    octets = codec.encode(Asn1Payload(name, value))
    element = types.TYPES[name].load(octets, strict=True)
    assert as_the_library_reads(element) == without_views(value)
    assert element.dump() == octets


def with_small_enumerations(value: Any) -> Any:
    """asn1crypto refuses unnamed enumerations; all other values stay."""
    if isinstance(value, list):
        return [with_small_enumerations(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: "other"
        if name == "status" and isinstance(item, int)
        else with_small_enumerations(item)
        for name, item in value.items()
    }


def test_a_credentials_read_is_typed() -> None:
    assert codec.decode(TYPE_NAMES[0x0008, Cra.COMMAND], READ_COMMAND).value == {
        "authorising_cell": {"role": "accessControlBroker", "key_usage": "keyAgreement"},
        "roles": ["supplier", "networkOperator"],
    }


def test_unknown_codes_stay_numbers() -> None:
    octets = bytes.fromhex("3008" + "30060201630a0163")
    decoded = codec.decode("ProvideSecurityCredentialsResponse", octets)
    assert decoded.value == [{"role": 99, "status": 99}]
    assert codec.encode(decoded) == octets


@pytest.mark.parametrize(
    ("octets", "widths"),
    [
        ("308108 30060201040a0119", {"": 1}),
        ("3083000008 30060201040a0119", {"": 3}),
        ("300a 308200060201040a0119", {"0": 2}),
        ("3011 30060201040a0119 300702810103 0a0119", {"1.0": 1}),
        ("30820012 30060201040a0119 300802820001030a0119", {"": 2, "1.0": 2}),
    ],
)
def test_wide_lengths_come_back_as_wide(octets: str, widths: dict[str, int]) -> None:
    payload = bytes.fromhex(octets)
    decoded = codec.decode("ProvideSecurityCredentialsResponse", payload)
    assert decoded.length_widths == widths
    assert codec.encode(decoded) == payload


@given(payloads, st.data())
def test_any_width_of_any_length_survives(named: tuple[str, Any], data: st.DataObject) -> None:
    octets = codec.encode(Asn1Payload(*named))
    width = data.draw(st.integers(1, 4))
    if len(octets) - 2 >= 1 << 8 * width:
        width = 4
    wide = lengths.widen(octets, {"": width})
    decoded = codec.decode(named[0], wide)
    assert codec.encode(decoded) == wide


def test_a_payload_of_wide_lengths_alone_is_read_soon() -> None:
    entry = bytes.fromhex("3082000a 0282000101 0a82000119")
    octets = sequence_of_octets(entry * 4600)

    def there_and_back() -> None:
        decoded = codec.decode("ProvideSecurityCredentialsResponse", octets)
        assert codec.encode(decoded) == octets

    assert least_seconds(there_and_back, limit=1.0) < 1.0


@pytest.mark.parametrize(
    "widths",
    [{"": 0}, {"": 5}, {"": True}, {"0": "2"}, {"9": 2}, {"0.0.0": 2}, {"x": 2}, {"0." * 99: 2}],
)
def test_widths_of_no_element_are_our_fault(widths: dict[str, Any]) -> None:
    value = [{"role": "supplier", "status": "other"}]
    with pytest.raises(EncodeError, match="length_widths"):
        codec.encode(Asn1Payload("ProvideSecurityCredentialsResponse", value, widths))


@pytest.mark.parametrize(
    ("octets", "offset", "expected"),
    [
        ("", 0, "tag 30"),
        ("30", 0, "a tag and a length"),
        ("3111 3007 020104 03020308 3006 020102 020103", 0, "tag 30"),
        ("3011 3007 020104 03020308 3006 020102 020103 00", 19, "the end"),
        ("3011 3007 020104 03020308 3006 020102 0201", 1, "17 octet"),
        ("3080 3007 020104 03020308 3006 020102 020103", 1, "81 to 84"),
        ("3085 0000000011 3007", 1, "81 to 84"),
        ("3084 ffffffff 3007", 1, "4294967295 octet"),
        ("3012 3008 02020004 03020308 3006 020102 020103", 6, "fewest octets"),
        ("3011 3007 020104 03020908 3006 020102 020103", 9, "unused bits"),
        ("3011 3007 020104 03020309 3006 020102 020103", 9, "unused bits of zero"),
        ("3011 3007 020104 03020308 3106 020102 020103", 11, "tag 30"),
        ("3011 3007 040104 03020308 3006 020102 020103", 4, "tag 02"),
        ("300f 3007 020104 03020308 3004 0200 0201", 15, "1 to 9 octets"),
        ("3010 3007 020104 03020308 3005 020102 0203", 17, "3 octet"),
    ],
)
def test_malformed_reads_are_refused_where_they_break(
    octets: str, offset: int, expected: str
) -> None:
    with pytest.raises(RemoteGbcsError, match=expected) as refused:
        codec.decode("ProvideSecurityCredentialsCommand", bytes.fromhex(octets))
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    "text", ["20300115090000", "20301315090000Z", "2030011509000.Z", "²0300115090000Z"]
)
def test_only_whole_utc_times_are_times(text: str) -> None:
    contents = text.encode()
    octets = bytes((0x18, len(contents))) + contents
    good = bytes.fromhex("180f") + b"20150101003000Z"
    with pytest.raises(RemoteGbcsError, match="YYYYMMDDHHMMSSZ"):
        codec.decode("SetClockCommand", bytes((0x30, len(octets + good))) + octets + good)


def test_nested_constructions_end_at_the_declared_depth() -> None:
    bomb = b""
    for _ in range(2000):
        bomb = sequence_of_octets(bomb)
    with pytest.raises(RemoteGbcsError):
        codec.decode("ProvideSecurityCredentialsResponse", bomb)


def test_a_number_beyond_64_bits_is_no_counter() -> None:
    octets = bytes.fromhex("302f0420" + "aa" * 32 + "020b" + "7f" * 11)
    with pytest.raises(RemoteLengthError, match="1 to 9 octets"):
        codec.decode("ActivateFirmwareCommand", octets)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"roles": []}, "authorising_cell"),
        ({"authorising_cell": {"role": "supplier", "key_usage": "keyAgreement"}}, "roles"),
        (
            {"authorising_cell": {"role": "nobody", "key_usage": "keyAgreement"}, "roles": []},
            "role",
        ),
        (
            {"authorising_cell": {"role": 2, "key_usage": "keyAgreement"}, "roles": [], "more": 1},
            "only",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_our_fault(value: Any, field: str) -> None:
    with pytest.raises(EncodeError, match=field):
        codec.build(0x0008, Cra.COMMAND, value)


def test_a_code_without_asn1_is_refused_on_both_sides() -> None:
    with pytest.raises(RemoteGbcsError, match="0014"):
        codec.type_name_of(0x0014, Cra.COMMAND)
    with pytest.raises(EncodeError, match="0014"):
        codec.build(0x0014, Cra.COMMAND, None)


def test_the_broker_asks_as_the_vector_does() -> None:
    request = CredentialsRequest(
        authorising_cell=CellName(Role.ACCESS_CONTROL_BROKER, CellKey.AGREEMENT),
        roles=(Role.SUPPLIER, Role.NETWORK_OPERATOR),
    )
    assert request.to_payload() == READ_COMMAND
    assert CredentialsRequest.from_payload(READ_COMMAND) == request


def _holding_broker_key(public_key: PublicKey) -> TrustAnchors:
    anchors = TrustAnchors()
    cell = Cell(
        eui=BROKER, public_key=public_key, subject_key_identifier=bytes.fromhex("4a9ce02c39ab910b")
    )
    anchors.place(CellName(Role.ACCESS_CONTROL_BROKER, CellKey.AGREEMENT), cell)
    return anchors


def test_a_device_answers_with_the_cells_it_holds() -> None:
    anchors = _holding_broker_key(private_key(7).public_key())
    asked = (Role.ACCESS_CONTROL_BROKER, Role.NETWORK_OPERATOR)
    response = CredentialsResponse.of_device(anchors, asked)
    assert response.to_payload() == READ_RESPONSE


def test_a_credentials_answer_is_read_as_frozen_values() -> None:
    cell = CellCredentials(
        key=CellKey.AGREEMENT,
        subject_id=BROKER,
        subject_key_id=bytes.fromhex("4a9ce02c39ab910b"),
    )
    assert CredentialsResponse.from_payload(READ_RESPONSE).roles == (
        RoleCredentials(role=Role.ACCESS_CONTROL_BROKER, counter=0, cells=(cell,)),
        RoleCredentials(
            role=Role.NETWORK_OPERATOR, status=CredentialsStatus.TRUST_ANCHOR_NOT_FOUND
        ),
    )


@pytest.mark.parametrize("certificate", [supplier_certificate(), meter_certificate()])
def test_a_certificate_tells_whose_it_is_and_until_when(certificate: CertificateView) -> None:
    view = view_of_certificate(certificate.der)
    assert certificate.eui is not None
    assert certificate.key_identifier is not None
    assert view["subject_id"] == certificate.eui.hyphenated
    assert view.get("role") == certificate.role_text
    assert view["key_usage"] == certificate.usage.value
    assert view["subject_key_id"] == certificate.key_identifier.hex()
    assert view["not_after"] == certificate.not_after.strftime("%Y-%m-%dT%H:%M:%SZ")


@given(st.binary(max_size=200).map(sequence_of_octets))
def test_a_view_of_something_else_is_none(der: bytes) -> None:
    assert view_of_certificate(der) is None
