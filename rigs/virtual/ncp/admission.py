"""Whom the stick lets in, and under which key, as its host has configured it."""

from __future__ import annotations

from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ncp.codes import JoinPolicy, SecurityBits
from rigs.virtual.stack.keys import FirstKeys, Keys, LinkKey
from rigs.virtual.stack.trust_centre import Change


class Admission:
    """The host's policy, what it said of keys before it formed the network, and the transient
    keys that it has given since."""

    def __init__(self, clock: Clock, keys: Keys, first_keys: FirstKeys) -> None:
        self._clock = clock
        self._keys = keys
        self._first_keys = first_keys
        self.is_open = False
        self.policy = JoinPolicy(0)
        self.security_bits = 0
        self.preconfigured_key = bytes(16)
        self.transient_life = timedelta(seconds=300)

    def add_transient(self, device: Eui64, key: bytes) -> None:
        self._first_keys.add(device, key, self._clock.now() + self.transient_life)

    def key_for(self, eui: Eui64, change: Change) -> LinkKey | None:
        """Under which a device that comes without the network key gets it; None if it does not."""
        joins = change is Change.UNSECURED_JOIN
        if not self.policy & (
            JoinPolicy.ALLOW_JOINS if joins else JoinPolicy.ALLOW_UNSECURED_REJOINS
        ):
            return None
        own = self._first_keys.find(eui, self._clock.now()) or self._keys.link(eui)
        if own is not None:
            return own
        is_global = bool(self.security_bits & SecurityBits.GLOBAL_LINK_KEY)
        hashed = SecurityBits.HASHED_LINK_KEY
        is_hashed = self.security_bits & hashed == hashed
        if is_global and not is_hashed and not self.policy & JoinPolicy.JOINS_USE_INSTALL_CODE_KEY:
            return LinkKey(eui, self.preconfigured_key)
        return None
