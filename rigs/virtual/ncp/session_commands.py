"""Commands about the stick itself: version, configuration, values, policies, tokens, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.codes import (
    CONFIG_DEFAULTS,
    NO_NODE,
    PROTOCOL_VERSION,
    STACK_TYPE,
    STACK_VERSION,
    TABLE_LIMITS,
    ConfigId,
    CounterId,
    Decision,
    EmberStatus,
    EzspStatus,
    JoinPolicy,
    Policy,
    ValueId,
)
from rigs.virtual.ncp.handlers import answers
from rigs.virtual.ncp.stack import Stack
from rigs.virtual.ncp.wire import NO_EUI, MulticastEntry
from rigs.virtual.stack.device_objects import Endpoint
from rigs.virtual.stack.layers import Dropped

VERSION_INFO = bytes.fromhex("0000 07 04 03 00")
"""Build 0 of 7.4.3.0: build of 16 bits, major, minor, patch, special."""

MANUFACTURER_TOKENS: dict[int, bytes] = {
    0x01: b"Assay".ljust(16, b"\xff"),
    0x02: b"virtual stick".ljust(16, b"\xff"),
    0x0C: b"\xff" * 8,  # no other EUI-64 has been burnt in
}
_COUNTERS = 41


@dataclass(slots=True)
class _AddressEntry:
    eui: Eui64 = NO_EUI
    address: int = NO_NODE


@dataclass(slots=True)
class Settings:
    """What the host has configured since the last reset."""

    config: dict[int, int] = field(default_factory=lambda: dict(CONFIG_DEFAULTS))
    policies: dict[int, int] = field(default_factory=dict)
    values: dict[int, bytes] = field(default_factory=dict)
    multicasts: dict[int, MulticastEntry] = field(default_factory=dict)
    addresses: dict[int, _AddressEntry] = field(default_factory=dict)

    @property
    def reports_polls(self) -> bool:
        return self.policies.get(Policy.POLL_HANDLER) == Decision.POLL_HANDLER_CALLBACK

    @property
    def echoes_contents(self) -> bool:
        """Whether the host is shown its own message when it has been sent."""
        decision = self.policies.get(Policy.MESSAGE_CONTENTS_IN_CALLBACK)
        return decision == Decision.TAG_AND_CONTENTS_IN_CALLBACK


class SessionCommands:
    """Hook: `protocol_version`, for a stick that speaks another EZSP."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self.settings = Settings()
        self.protocol_version = PROTOCOL_VERSION
        self._appliers: dict[int, Callable[[int], None]] = {
            ConfigId.KEY_TABLE_SIZE: self._size_key_table,
            ConfigId.MAX_END_DEVICE_CHILDREN: self._size_child_table,
            ConfigId.INDIRECT_TRANSMISSION_TIMEOUT: self._keep_for,
            ConfigId.APS_ACK_TIMEOUT: self._await_acks_for,
            ConfigId.TRANSIENT_KEY_TIMEOUT_S: self._keep_transient_keys_for,
        }

    def reset(self) -> None:
        self.settings = Settings()
        for identifier, apply in self._appliers.items():
            apply(self.settings.config[identifier])
        self._stack.admission.policy = JoinPolicy(0)

    @answers("version")
    def version(self, **_desired: int) -> tuple[int, int, int]:
        return self.protocol_version, STACK_TYPE, STACK_VERSION

    @answers("nop")
    def nop(self) -> tuple[()]:
        return ()

    @answers("echo")
    def echo(self, data: bytes) -> tuple[bytes]:
        return (data,)

    @answers("customFrame")
    def custom_frame(self, **_payload: bytes) -> tuple[int, bytes]:
        return EmberStatus.INVALID_CALL, b""  # no vendor's extension

    @answers("getConfigurationValue")
    def get_configuration(self, identifier: int) -> tuple[int, int]:
        value = self.settings.config.get(identifier)
        return (EzspStatus.INVALID_ID, 0) if value is None else (EzspStatus.SUCCESS, value)

    @answers("setConfigurationValue")
    def set_configuration(self, identifier: int, value: int) -> tuple[int]:
        if identifier not in self.settings.config:
            return (EzspStatus.INVALID_ID,)
        if value > TABLE_LIMITS.get(identifier, 0xFFFF):
            return (EzspStatus.INVALID_VALUE,)
        self.settings.config[identifier] = value
        apply = self._appliers.get(identifier)
        if apply is not None:
            apply(value)
        return (EzspStatus.SUCCESS,)

    @answers("getValue")
    def get_value(self, identifier: int) -> tuple[int, bytes]:
        keys = self._stack.keys
        known: dict[int, bytes] = {
            ValueId.FREE_BUFFERS: b"\x40",
            ValueId.VERSION_INFO: VERSION_INFO,
            ValueId.NWK_FRAME_COUNTER: keys.network_counter.to_bytes(4, "little"),
            ValueId.APS_FRAME_COUNTER: keys.link_counter.to_bytes(4, "little"),
            **self.settings.values,
        }
        value = known.get(identifier)
        return (EzspStatus.INVALID_ID, b"") if value is None else (EzspStatus.SUCCESS, value)

    @answers("setValue")
    def set_value(self, identifier: int, value: bytes) -> tuple[int]:
        number, keys = int.from_bytes(value, "little"), self._stack.keys
        if identifier == ValueId.NWK_FRAME_COUNTER:
            keys.network_counter = number
        elif identifier == ValueId.APS_FRAME_COUNTER:
            keys.link_counter = number
        else:
            self.settings.values[identifier] = value
        return (EzspStatus.SUCCESS,)

    @answers("setPolicy")
    def set_policy(self, policy: int, decision: int) -> tuple[int]:
        self.settings.policies[policy] = decision
        if policy == Policy.TRUST_CENTRE:
            self._stack.admission.policy = JoinPolicy(decision & 0x3F)
        return (EzspStatus.SUCCESS,)

    @answers("getPolicy")
    def get_policy(self, policy: int) -> tuple[int, int]:
        return EzspStatus.SUCCESS, self.settings.policies.get(policy, 0)

    @answers("addEndpoint")
    def add_endpoint(self, clusters: tuple[int, ...], inputs: int, **given: Any) -> tuple[int]:
        if self._stack.is_up:
            return (EzspStatus.INVALID_VALUE,)  # only before the network is up
        number = given["endpoint"]
        self._stack.endpoints[number] = Endpoint(
            number=number,
            profile=given["profile"],
            device=given["device"],
            version=given["version"],
            inputs=clusters[:inputs],
            outputs=clusters[inputs : inputs + given["outputs"]],
        )
        return (EzspStatus.SUCCESS,)

    @answers("getMfgToken")
    def manufacturer_token(self, token: int) -> tuple[bytes]:
        return (MANUFACTURER_TOKENS.get(token, b"\xff" * 2),)

    @answers("getTokenData")
    def token_data(self, **_which: int) -> tuple[int, bytes]:
        return EmberStatus.INVALID_CALL, b""  # no store of tokens to look into

    @answers("setTokenData")
    def set_token_data(self, **_which: Any) -> tuple[int]:
        return (EmberStatus.INVALID_CALL,)

    @answers("setManufacturerCode")
    def manufacturer_code(self, **_code: int) -> tuple[()]:
        return ()

    @answers("readCounters")
    def counters(self) -> tuple[tuple[int, ...]]:
        """Those that are not kept are 0."""
        counts = Counter(self._stack.deliveries.counts)
        counts[CounterId.REPLAYED] = self._stack.centre.layers.dropped[Dropped.REPLAYED]
        return (tuple(counts[number] & 0xFFFF for number in range(_COUNTERS)),)

    @answers("readAndClearCounters")
    def clear_counters(self) -> tuple[tuple[int, ...]]:
        found = self.counters()
        self._stack.deliveries.counts.clear()
        self._stack.centre.layers.dropped.clear()
        return found

    @answers("getMulticastTableEntry")
    def multicast_entry(self, index: int) -> tuple[int, MulticastEntry]:
        empty = MulticastEntry(group=0, endpoint=0, network_index=0)
        if index >= self.settings.config[ConfigId.MULTICAST_TABLE_SIZE]:
            return EmberStatus.INDEX_OUT_OF_RANGE, empty
        return EmberStatus.SUCCESS, self.settings.multicasts.get(index, empty)

    @answers("setMulticastTableEntry")
    def set_multicast_entry(self, index: int, entry: MulticastEntry) -> tuple[int]:
        if index >= self.settings.config[ConfigId.MULTICAST_TABLE_SIZE]:
            return (EmberStatus.INDEX_OUT_OF_RANGE,)
        self.settings.multicasts[index] = entry
        return (EmberStatus.SUCCESS,)

    @answers("gpSinkTableClearAll")
    def clear_green_power(self) -> tuple[()]:
        return ()

    @answers("addressTableEntryIsActive")
    def address_is_active(self, **_index: int) -> tuple[bool]:
        return (False,)  # no message is sent through the table

    @answers("getAddressTableRemoteEui64")
    def address_eui(self, index: int) -> tuple[Eui64]:
        return (self._address(index).eui,)

    @answers("getAddressTableRemoteNodeId")
    def address_node(self, index: int) -> tuple[int]:
        return (self._address(index).address,)

    @answers("setAddressTableRemoteEui64")
    def set_address_eui(self, index: int, eui: Eui64) -> tuple[int]:
        if index >= self.settings.config[ConfigId.ADDRESS_TABLE_SIZE]:
            return (EmberStatus.INDEX_OUT_OF_RANGE,)
        self.settings.addresses.setdefault(index, _AddressEntry()).eui = eui
        return (EmberStatus.SUCCESS,)

    @answers("setAddressTableRemoteNodeId")
    def set_address_node(self, index: int, address: int) -> tuple[()]:
        self.settings.addresses.setdefault(index, _AddressEntry()).address = address
        return ()

    @answers("replaceAddressTableEntry")
    def replace_address(
        self, index: int, eui: Eui64, address: int, extended: bool
    ) -> tuple[int, Eui64, int, bool]:
        old = self._address(index)
        was_extended = old.eui in self._stack.deliveries.extended_timeouts
        if index >= self.settings.config[ConfigId.ADDRESS_TABLE_SIZE]:
            return EmberStatus.INDEX_OUT_OF_RANGE, old.eui, old.address, was_extended
        self.settings.addresses[index] = _AddressEntry(eui, address)
        self.set_extended_timeout(eui, extended)
        return EmberStatus.SUCCESS, old.eui, old.address, was_extended

    @answers("setExtendedTimeout")
    def set_extended_timeout(self, eui: Eui64, extended: bool) -> tuple[()]:
        timeouts = self._stack.deliveries.extended_timeouts
        if extended:
            timeouts.add(eui)
        else:
            timeouts.discard(eui)
        return ()

    @answers("getExtendedTimeout")
    def extended_timeout(self, eui: Eui64) -> tuple[bool]:
        return (eui in self._stack.deliveries.extended_timeouts,)

    def _address(self, index: int) -> _AddressEntry:
        return self.settings.addresses.get(index, _AddressEntry())

    def _size_key_table(self, size: int) -> None:
        self._stack.key_table.size = size

    def _size_child_table(self, size: int) -> None:
        self._stack.centre.trust_centre.max_children = size

    def _keep_for(self, milliseconds: int) -> None:
        self._stack.centre.mailbox.kept_for = timedelta(milliseconds=milliseconds)

    def _await_acks_for(self, milliseconds: int) -> None:
        self._stack.deliveries.ack_wait = timedelta(milliseconds=milliseconds)

    def _keep_transient_keys_for(self, seconds: int) -> None:
        self._stack.admission.transient_life = timedelta(seconds=seconds)
