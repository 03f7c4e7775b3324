"""Every layer gives back what it was given, both ways, and calls garbage the peer's fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import aps, aps_commands, fcs, gbcs_tunnel, mac, nwk, zcl, zcl_types
from rigs.zigbee.aps import ApsFrame, ApsKind, Delivery, Fragment, FragmentKind
from rigs.zigbee.commands import CommandSet
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS, Beacon
from rigs.zigbee.nwk import NwkFrame, NwkKind, SourceRoute
from rigs.zigbee.nwk_commands import NWK_COMMANDS
from rigs.zigbee.security import AuxiliaryHeader, KeyKind, Sealed, specialised_key
from rigs.zigbee.smart_energy import key_establishment, tunneling
from rigs.zigbee.zcl import Attribute, AttributeStatus, ZclFrame

octet, word = st.integers(0, 0xFF), st.integers(0, 0xFFFF)
euis = st.binary(min_size=8, max_size=8).map(Eui64)
keys = st.binary(min_size=16, max_size=16)
payloads = st.binary(max_size=100)
addresses = st.one_of(word, euis)


@st.composite
def mac_frames(draw: st.DrawFn) -> MacFrame:
    destination = draw(st.none() | addresses)
    source = draw(st.none() | addresses)
    needs_pan = source is not None and destination is None
    source_pan = draw(word if needs_pan else st.none() | word) if source is not None else None
    return MacFrame(
        kind=draw(st.sampled_from(MacKind)),
        sequence=draw(octet),
        destination_pan=draw(word) if destination is not None else None,
        destination=destination,
        source_pan=source_pan,
        source=source,
        payload=draw(payloads),
        ack_request=draw(st.booleans()),
        pending=draw(st.booleans()),
        version=draw(st.integers(0, 1)),
    )


network_headers = st.builds(
    AuxiliaryHeader,
    key_kind=st.just(KeyKind.NETWORK),
    counter=st.integers(0, 0xFFFFFFFF),
    source=euis,
    key_sequence=octet,
)
link_headers = st.builds(
    AuxiliaryHeader,
    key_kind=st.sampled_from([KeyKind.LINK, KeyKind.KEY_TRANSPORT, KeyKind.KEY_LOAD]),
    counter=st.integers(0, 0xFFFFFFFF),
    source=st.none() | euis,
)
routes = st.builds(SourceRoute, index=octet, relays=st.lists(word, max_size=5).map(tuple))
nwk_frames = st.builds(
    NwkFrame,
    kind=st.sampled_from([NwkKind.DATA, NwkKind.COMMAND]),
    destination=word,
    source=word,
    sequence=octet,
    radius=octet,
    payload=payloads,
    destination_eui=st.none() | euis,
    source_eui=st.none() | euis,
    discover_route=st.integers(0, 3),
    multicast=st.none() | octet,
    route=st.none() | routes,
    is_from_end_device=st.booleans(),
    security=st.none() | network_headers,
)


@st.composite
def aps_frames(draw: st.DrawFn) -> ApsFrame:
    kind = draw(st.sampled_from(ApsKind))
    frame = ApsFrame(
        kind=kind,
        payload=draw(payloads),
        ack_request=draw(st.booleans()),
        security=draw(st.none() | link_headers),
        delivery=draw(st.sampled_from([Delivery.UNICAST, Delivery.INDIRECT, Delivery.BROADCAST])),
        is_short_ack=kind is ApsKind.ACK and draw(st.booleans()),
    )
    if kind is not ApsKind.INTER_PAN:
        frame = replace(frame, counter=draw(octet))
    if kind is not ApsKind.COMMAND and not frame.is_short_ack:
        frame = replace(frame, cluster=draw(word), profile=draw(word))
        if kind is not ApsKind.INTER_PAN:
            frame = replace(frame, destination_endpoint=draw(octet), source_endpoint=draw(octet))
    if kind in (ApsKind.DATA, ApsKind.INTER_PAN) and draw(st.booleans()):
        frame = replace(frame, delivery=Delivery.GROUP, group=draw(word), destination_endpoint=0)
    if kind in (ApsKind.DATA, ApsKind.ACK) and draw(st.booleans()):
        fragment = Fragment(
            kind=draw(st.sampled_from([FragmentKind.FIRST, FragmentKind.REST])),
            block=draw(octet),
            acknowledged=draw(octet) if kind is ApsKind.ACK else None,
        )
        frame = replace(frame, extended=fragment)
    return frame


@given(mac_frames())
def test_a_mac_frame_survives_the_air(frame: MacFrame) -> None:
    assert mac.parse(mac.build(frame)) == frame


@given(nwk_frames, keys)
def test_an_nwk_frame_survives_the_air(frame: NwkFrame, key: bytes) -> None:
    sealed = nwk.parse(nwk.build(frame, key))
    assert nwk.open_(sealed, [key]) == frame
    assert nwk.build(sealed) == nwk.build(frame, key)


@given(aps_frames(), keys, euis)
def test_an_aps_frame_survives_the_air(frame: ApsFrame, key: bytes, sender: Eui64) -> None:
    sealed = aps.parse(aps.build(frame, key, sender))
    assert aps.open_(sealed, [key], sender) == frame
    assert aps.build(sealed) == aps.build(frame, key, sender)


@given(nwk_frames, aps_frames(), keys)
def test_what_is_opened_in_place_is_what_is_opened_later(
    below: NwkFrame, above: ApsFrame, key: bytes
) -> None:
    sender = Eui64(bytes(8))

    def opener(sealed: Sealed) -> bytes | None:
        used = key
        if sealed.auxiliary.key_kind is not KeyKind.NETWORK:
            used = specialised_key(key, sealed.auxiliary.key_kind)
        return sealed.open(used, sealed.auxiliary.source or sender)

    assert nwk.parse(nwk.build(below, key), opener) == below
    assert aps.parse(aps.build(above, key, sender), opener) == above


@given(nwk_frames.filter(lambda frame: frame.is_secured), keys, keys)
def test_another_key_opens_nothing(frame: NwkFrame, key: bytes, other: bytes) -> None:
    if key != other:
        with pytest.raises(NotAuthentic):
            nwk.open_(nwk.parse(nwk.build(frame, key)), [other])


@given(nwk_frames.filter(lambda frame: frame.is_secured), keys, st.data())
def test_a_flipped_bit_is_noticed(frame: NwkFrame, key: bytes, data: st.DataObject) -> None:
    octets = bytearray(nwk.build(frame, key))
    octets[data.draw(st.integers(2, len(octets) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        opened = nwk.open_(nwk.parse(bytes(octets)), [key])
    except RemoteRadioError:
        return
    assert opened.security is not None  # the level that travels counts for nothing
    assert replace(opened.security, level=0) == frame.security


def _command_payloads(commands: CommandSet) -> st.SearchStrategy[bytes]:
    identifiers = st.sampled_from(sorted(commands.rows)).map(lambda one: bytes((one,)))
    return st.builds(lambda head, rest: head + rest, identifiers, st.binary(max_size=90))


_PARSERS: dict[str, Callable[[bytes], object]] = {
    "mac": mac.parse,
    "nwk": nwk.parse,
    "aps": aps.parse,
    "zcl": zcl.parse,
    "tunnel": gbcs_tunnel.parse,
    "beacon": Beacon.from_octets,
    "aps command": aps_commands.parse,
    "mac command": MAC_COMMANDS.parse,
    "nwk command": NWK_COMMANDS.parse,
    "tunneling to server": tunneling.TO_SERVER.parse,
    "tunneling to client": tunneling.TO_CLIENT.parse,
    "key establishment": key_establishment.KEY_ESTABLISHMENT.parse,
    "read attributes": zcl.parse_read_attributes,
    "read response": zcl.parse_read_response,
    "attributes": zcl.parse_attributes,
    "write response": zcl.parse_write_response,
    "default response": zcl.DefaultResponse.from_octets,
    "check sequence": fcs.check,
}


@pytest.mark.parametrize("parse", _PARSERS.values(), ids=_PARSERS)
@given(octets=st.binary(max_size=60))
def test_garbage_is_the_peers_fault(parse: Callable[[bytes], object], octets: bytes) -> None:
    try:
        parse(octets)
    except RemoteRadioError as error:
        assert error.field


_REBUILD: dict[str, tuple[Callable[[bytes], object], Callable[[object], bytes]]] = {
    "mac": (mac.parse, lambda frame: mac.build(frame)),  # type: ignore[arg-type]
    "nwk": (nwk.parse, lambda frame: nwk.build(frame)),  # type: ignore[arg-type]
    "aps": (aps.parse, lambda frame: aps.build(frame)),  # type: ignore[arg-type]
    "zcl": (zcl.parse, lambda frame: zcl.build(frame)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("layer", _REBUILD)
@given(octets=st.binary(min_size=3, max_size=60))
def test_what_is_read_is_written_back_octet_for_octet(layer: str, octets: bytes) -> None:
    parse, build = _REBUILD[layer]
    try:
        frame = parse(octets)
    except RemoteRadioError:
        return
    assert build(frame) == octets


_COMMAND_SETS = {
    "mac": MAC_COMMANDS,
    "nwk": NWK_COMMANDS,
    "tunneling to server": tunneling.TO_SERVER,
    "tunneling to client": tunneling.TO_CLIENT,
    "key establishment": key_establishment.KEY_ESTABLISHMENT,
}


@pytest.mark.parametrize("name", _COMMAND_SETS)
@given(data=st.data())
def test_commands_are_written_back_octet_for_octet(name: str, data: st.DataObject) -> None:
    commands = _COMMAND_SETS[name]
    octets = data.draw(_command_payloads(commands))
    try:
        command = commands.parse(octets)
    except RemoteRadioError:
        return
    assert commands.build(command) == octets


@given(
    st.builds(
        ZclFrame,
        command=octet,
        sequence=octet,
        payload=payloads,
        is_general=st.booleans(),
        is_to_client=st.booleans(),
        manufacturer=st.none() | word,
        wants_default_response=st.booleans(),
    )
)
def test_a_zcl_frame_survives(frame: ZclFrame) -> None:
    assert zcl.parse(zcl.build(frame)) == frame


values = st.one_of(
    st.builds(Attribute, word, st.just(zcl_types.UINT48), st.integers(0, (1 << 48) - 1)),
    st.builds(Attribute, word, st.just(zcl_types.INT24), st.integers(-(1 << 23), (1 << 23) - 1)),
    st.builds(Attribute, word, st.just(zcl_types.BOOLEAN), st.booleans()),
    st.builds(Attribute, word, st.just(zcl_types.EUI64), euis),
    st.builds(Attribute, word, st.just(zcl_types.OCTET_STRING), st.none() | payloads),
)
statuses = st.builds(AttributeStatus, word, st.integers(1, 0xFF))


@given(st.lists(values | statuses, max_size=6).map(tuple))
def test_a_read_response_survives(results: tuple[Attribute | AttributeStatus, ...]) -> None:
    assert zcl.parse_read_response(zcl.read_response(results)) == results


@given(st.lists(statuses, max_size=6).map(tuple))
def test_a_write_response_survives(failures: tuple[AttributeStatus, ...]) -> None:
    assert zcl.parse_write_response(zcl.write_response(failures)) == failures


@given(st.lists(values, max_size=6).map(tuple))
def test_a_report_survives(reported: tuple[Attribute, ...]) -> None:
    assert zcl.parse_attributes(zcl.attributes(reported)) == reported


@given(st.binary(min_size=1, max_size=125))
def test_the_check_sequence_notices_a_change(frame: bytes) -> None:
    sent = fcs.append(frame)
    assert fcs.check(sent) == frame
    damaged = bytes((sent[0] ^ 1,)) + sent[1:]
    assert not fcs.is_intact(damaged)
    with pytest.raises(RemoteRadioError, match="frame check sequence"):
        fcs.check(damaged)


@pytest.mark.parametrize(
    "frame",
    [
        MacFrame(kind=MacKind.DATA, sequence=0, destination=1),
        MacFrame(kind=MacKind.DATA, sequence=0, source=1),
        MacFrame(kind=MacKind.DATA, sequence=256),
        MacFrame(kind=MacKind.DATA, sequence=0, version=2),
    ],
    ids=["no destination PAN", "no source PAN", "sequence", "version"],
)
def test_a_frame_without_encoding_is_refused_before_it_is_sent(frame: MacFrame) -> None:
    with pytest.raises(ValueError, match=r"destination|source|sequence|version"):
        mac.build(frame)
