"""The DCC's own parties that stand as originator of Commands: who signs, under which counter.

The access control broker hands over devices (6.21) and serves PPMIDs; the change of supplier
party replaces one supplier by another (6.23), and only for whom is registered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.dcc.dsp.records import Counter
from assay.dcc.transform import with_dcc_signature
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import PrivateKey


@dataclass(slots=True, kw_only=True)
class DccParties:
    """`keys` are the signing keys of the parties by EUI-64."""

    keys: Mapping[Eui64, PrivateKey]
    cos: Eui64 | None
    cos_counter: Counter

    def signed(self, message: Message) -> Message:
        """With the signature that the transformation left to a DCC party, if it did.

        Raises:
            LookupError: it was left to somebody whose key the DCC does not have.
        """
        if message.signature is not None:
            return message
        key = self.keys.get(message.originator)
        if key is None:
            raise LookupError(f"{message.message_code:04X}: no signing key of {message.originator}")
        return with_dcc_signature(message, key)
