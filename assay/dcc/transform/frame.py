"""The identifiers that a Command will carry, as its payload needs them."""

from __future__ import annotations

from dataclasses import dataclass

from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`end_party` is whom the data are for: the user, also where the broker relays.

    `phase` is that of the item that is being filled, 0 where it belongs to none.
    """

    request: Request
    originator: Eui64
    counter: int
    end_party: Eui64
    phase: int = 0

    @property
    def device(self) -> Eui64:
        return self.request.request_id.target

    @property
    def body(self) -> Content:
        """ValueError for a Signed Pre-Command, which was transformed before."""
        if isinstance(self.request.body, SignedPreCommand):
            raise ValueError(f"{self.request.request_id}: a Signed Pre-Command is not transformed")
        return self.request.body
