"""The commands of EZSP 13 that this stick knows, as data: number, name, what goes in and out.

Numbers and layouts are EmberZNet 7.4's. A callback has no request; it comes by itself. Answers of
the security manager (010C to 0116) carry a status of 32 bits, the others one of 8 (rigs digest
3.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rigs.virtual.ncp.wire import BY_NAME
from rigs.zigbee.commands import Wire
from rigs.zigbee.octets import Octets

Fields = tuple[tuple[str, Wire], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row. `answer` is what the stick sends, asked for or not."""

    identifier: int
    name: str
    request: Fields
    answer: Fields

    def read_request(self, octets: bytes) -> dict[str, Any]:
        """RemoteLengthError where it is too short; what follows the last field is ignored."""
        reader = Octets(octets)
        return {name: wire.read(reader, name) for name, wire in self.request}

    def write_request(self, values: Mapping[str, Any]) -> bytes:
        return b"".join(wire.write(values[name], name) for name, wire in self.request)

    def read_answer(self, octets: bytes) -> dict[str, Any]:
        reader = Octets(octets)
        return {name: wire.read(reader, name) for name, wire in self.answer}

    def write_answer(self, values: tuple[Any, ...]) -> bytes:
        pairs = zip(self.answer, values, strict=True)
        return b"".join(wire.write(value, name) for (name, wire), value in pairs)


_TABLE = """
0000 version                     desired u8 -> protocol u8, stack_type u8, stack_version u16
0002 addEndpoint                 endpoint u8, profile u16, device u16, version u8, \
inputs u8, outputs u8, clusters words -> status u8
0005 nop                         ->
000B getMfgToken                 token u8 -> data octets
0010 setConcentrator             on flag, kind u16, minimum u16, maximum u16, errors u8, \
failures u8, hops u8 -> status u8
0015 setManufacturerCode         code u16 ->
0017 networkInit                 options u16 -> status u8
0018 networkState                -> state u8
0019 stackStatusHandler          -> status u8
001A startScan                   kind u8, channels u32, duration u8 -> status u8
001B networkFoundHandler         -> channel u8, pan u16, extended_pan eui, allows_join flag, \
profile u8, update u8, lqi u8, rssi s8
001C scanCompleteHandler         -> channel u8, status u8
001D stopScan                    -> status u8
001E formNetwork                 parameters parameters -> status u8
0020 leaveNetwork                -> status u8
0022 permitJoining               seconds u8 -> status u8
0023 childJoinHandler            -> index u8, joining flag, address u16, eui eui, kind u8
0024 trustCenterJoinHandler      -> address u16, eui eui, update u8, decision u8, parent u16
0026 getEui64                    -> eui eui
0027 getNodeId                   -> address u16
0028 getNetworkParameters        -> status u8, kind u8, parameters parameters
0029 getParentChildParameters    -> children u8, parent eui, address u16
0033 maximumPayloadLength        -> octets u8
0034 sendUnicast                 kind u8, destination u16, aps aps, tag u8, contents octets \
-> status u8, sequence u8
0036 sendBroadcast               destination u16, aps aps, radius u8, tag u8, contents octets \
-> status u8, sequence u8
0038 sendMulticast               aps aps, hops u8, others u8, tag u8, contents octets \
-> status u8, sequence u8
0039 sendReply                   sender u16, aps aps, contents octets -> status u8
003F messageSentHandler          -> kind u8, destination u16, aps aps, tag u8, status u8, \
contents octets
0044 pollHandler                 -> child u16, expects flag
0045 incomingMessageHandler      -> kind u8, aps aps, lqi u8, rssi s8, sender u16, binding u8, \
address_index u8, contents octets
0047 customFrame                 payload octets -> status u8, reply octets
0048 energyScanResultHandler     -> channel u8, rssi s8
004A getChildData                index u8 -> status u8, child child
0052 getConfigurationValue       identifier u8 -> status u8, value u16
0053 setConfigurationValue       identifier u8, value u16 -> status u8
0055 setPolicy                   policy u8, decision u8 -> status u8
0056 getPolicy                   policy u8 -> status u8, decision u8
0058 invalidCommand              -> status u8
005A setSourceRouteDiscoveryMode mode u8 -> remaining u32
005B addressTableEntryIsActive   index u8 -> active flag
005C setAddressTableRemoteEui64  index u8, eui eui -> status u8
005D setAddressTableRemoteNodeId index u8, address u16 ->
005E getAddressTableRemoteEui64  index u8 -> eui eui
005F getAddressTableRemoteNodeId index u8 -> address u16
0060 lookupNodeIdByEui64         eui eui -> address u16
0061 lookupEui64ByNodeId         address u16 -> status u8, eui eui
0063 getMulticastTableEntry      index u8 -> status u8, entry multicast
0064 setMulticastTableEntry      index u8, entry multicast -> status u8
0065 readAndClearCounters        -> values words
0068 setInitialSecurityState     state security -> status u8
0069 getCurrentSecurityState     -> status u8, state current
006B clearTransientLinkKeys      ->
0075 findKeyTableEntry           eui eui, link_key flag -> index u8
0076 eraseKeyTableEntry          index u8 -> status u8
0077 tokenFactoryReset           keep_counter flag, keep_boots flag ->
007E setExtendedTimeout          eui eui, extended flag ->
007F getExtendedTimeout          eui eui -> extended flag
0081 echo                        data octets -> data octets
0082 replaceAddressTableEntry    index u8, eui eui, address u16, extended flag \
-> status u8, old_eui eui, old_address u16, old_extended flag
0099 setRadioPower               power s8 -> status u8
00A8 removeDevice                address u16, parent eui, target eui -> status u8
00AA getValue                    identifier u8 -> status u8, value octets
00AB setValue                    identifier u8, value octets -> status u8
00B1 clearKeyTable               -> status u8
00E2 gpSinkTableClearAll         ->
00F1 readCounters                -> values words
0102 getTokenData                token u32, index u32 -> status u8, value octets32
0103 setTokenData                token u32, index u32, value octets32 -> status u8
010D exportLinkKeyByEui          eui eui -> key key, index u8, data metadata, status u32
010E importLinkKey               index u8, eui eui, key key -> status u32
010F exportLinkKeyByIndex        index u8 -> eui eui, key key, data metadata, status u32
0111 importTransientKey          eui eui, key key, flags u8 -> status u32
0114 exportKey                   context context -> key key, status u32
0116 getNetworkKeyInfo           -> status u32, info key_info
"""


def _fields(text: str) -> Fields:
    pairs = (part.split() for part in text.split(",") if part.strip())
    return tuple((name, BY_NAME[kind]) for name, kind in pairs)


def _row(line: str) -> Command:
    head, answer = line.split("->")
    number, name, *request = head.split(maxsplit=2)
    return Command(
        identifier=int(number, 16),
        name=name,
        request=_fields("".join(request)),
        answer=_fields(answer),
    )


COMMANDS: Final[Mapping[str, Command]] = {
    row.name: row for row in map(_row, _TABLE.strip().splitlines())
}
BY_NUMBER: Final[Mapping[int, Command]] = {row.identifier: row for row in COMMANDS.values()}
