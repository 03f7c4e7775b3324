"""Commands about keys: what a network starts with, link keys, transient keys."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.codes import (
    HAVE_TRUST_CENTRE_LINK_KEY,
    NO_INDEX,
    EmberStatus,
    SecurityBits,
    SlStatus,
)
from rigs.virtual.ncp.handlers import answers
from rigs.virtual.ncp.stack import Stack
from rigs.virtual.ncp.wire import (
    NO_EUI,
    NO_KEY,
    CurrentSecurity,
    KeyContext,
    KeyMetadata,
    NetworkKeyInfo,
    SecurityState,
)
from rigs.virtual.stack.keys import LinkKey

_NETWORK_KEY, _TRUST_CENTRE_LINK_KEY = 1, 2
_NO_DATA = KeyMetadata(bits=0, outgoing=0, incoming=0, seconds_left=0)


class SecurityCommands:
    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    @answers("setInitialSecurityState")
    def set_state(self, state: SecurityState) -> tuple[int]:
        if self._stack.is_up:
            return (EmberStatus.INVALID_CALL,)
        keys, admission = self._stack.keys, self._stack.admission
        admission.security_bits = state.bits
        admission.preconfigured_key = state.preconfigured_key
        if state.bits & SecurityBits.HAVE_NETWORK_KEY:
            keys.set_network_key(state.network_key, state.key_sequence)
        if not state.bits & SecurityBits.NO_FRAME_COUNTER_RESET:
            keys.network_counter = keys.link_counter = 0
        return (EmberStatus.SUCCESS,)

    @answers("getCurrentSecurityState")
    def state(self) -> tuple[int, CurrentSecurity]:
        if not self._stack.is_up:
            return EmberStatus.NOT_JOINED, CurrentSecurity(bits=0, trust_centre=NO_EUI)
        bits = self._stack.admission.security_bits & SecurityBits.HASHED_LINK_KEY
        state = CurrentSecurity(
            bits=bits | HAVE_TRUST_CENTRE_LINK_KEY, trust_centre=self._stack.eui
        )
        return EmberStatus.SUCCESS, state

    @answers("exportKey")
    def export(self, context: KeyContext) -> tuple[bytes, int]:
        keys = self._stack.keys
        if context.kind == _NETWORK_KEY and keys.network_key is not None:
            return keys.network_key, SlStatus.OK
        if context.kind == _TRUST_CENTRE_LINK_KEY:
            return self._stack.admission.preconfigured_key, SlStatus.OK
        return NO_KEY, SlStatus.NOT_FOUND

    @answers("getNetworkKeyInfo")
    def network_key_info(self) -> tuple[int, NetworkKeyInfo]:
        keys = self._stack.keys
        info = NetworkKeyInfo(
            is_set=keys.network_key is not None,
            has_alternate=False,
            sequence=keys.key_sequence,
            alternate_sequence=0,
            counter=keys.network_counter,
        )
        return SlStatus.OK, info

    @answers("importLinkKey")
    def import_key(self, index: int, eui: Eui64, key: bytes) -> tuple[int]:
        try:
            self._stack.key_table.put(index, eui, key)
        except ValueError:
            return (SlStatus.INVALID_INDEX,)
        return (SlStatus.OK,)

    @answers("exportLinkKeyByIndex")
    def key_at(self, index: int) -> tuple[Eui64, bytes, KeyMetadata, int]:
        if index >= self._stack.key_table.size:
            return NO_EUI, NO_KEY, _NO_DATA, SlStatus.INVALID_INDEX
        row = self._stack.key_table[index]
        if row is None:
            return NO_EUI, NO_KEY, _NO_DATA, SlStatus.NOT_FOUND
        return row.device, row.key, self._metadata(row), SlStatus.OK

    @answers("exportLinkKeyByEui")
    def key_of(self, eui: Eui64) -> tuple[bytes, int, KeyMetadata, int]:
        table = self._stack.key_table
        index = table.index_of(eui)
        row = None if index is None else table[index]
        if index is None or row is None:
            return NO_KEY, NO_INDEX, _NO_DATA, SlStatus.NOT_FOUND
        return row.key, index, self._metadata(row), SlStatus.OK

    @answers("findKeyTableEntry")
    def find(self, eui: Eui64, **_kind: bool) -> tuple[int]:
        """All zeros ask for a place that is free."""
        table = self._stack.key_table
        index = table.free_index() if eui == NO_EUI else table.index_of(eui)
        return (NO_INDEX if index is None else index,)

    @answers("eraseKeyTableEntry")
    def erase(self, index: int) -> tuple[int]:
        erased = self._stack.key_table.erase(index)
        return (EmberStatus.SUCCESS if erased else EmberStatus.INDEX_OUT_OF_RANGE,)

    @answers("clearKeyTable")
    def clear(self) -> tuple[int]:
        if self._stack.is_up:
            return (EmberStatus.INVALID_CALL,)
        self._stack.key_table.clear()
        return (EmberStatus.SUCCESS,)

    @answers("importTransientKey")
    def import_transient(self, eui: Eui64, key: bytes, **_flags: int) -> tuple[int]:
        self._stack.admission.add_transient(eui, key)
        return (SlStatus.OK,)

    @answers("clearTransientLinkKeys")
    def clear_transient(self) -> tuple[()]:
        self._stack.centre.first_keys.clear()
        return ()

    @answers("tokenFactoryReset")
    def factory_reset(self, keep_counter: bool, **_boots: bool) -> tuple[()]:
        """Stored things are gone at once; the network that is up goes with the next reset."""
        self._stack.forget_network()
        if not keep_counter:
            self._stack.keys.network_counter = self._stack.keys.link_counter = 0
        return ()

    def _metadata(self, row: LinkKey) -> KeyMetadata:
        return KeyMetadata(
            bits=0,
            outgoing=self._stack.keys.link_counter,
            incoming=row.highest or 0,
            seconds_left=0,
        )
