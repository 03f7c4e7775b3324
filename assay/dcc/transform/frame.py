"""The identifiers that a Command will carry, as its payload needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from assay.dcc.transform.records import NO_RECORDS, Records
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import Content
from assay.gbcs.identifiers import Eui64

NATIONAL_MOMENT = datetime(2015, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the DCC adds to a Command that the request does not say.

    `issued_at` is when the Command is made: GBZ commands are numbered by it (Issuer Event ID).
    `customer_number` is the four digits that 9.1 shows on a meter. The defaults are those of
    the national test data, whose commands are all of this one moment.
    """

    issued_at: datetime = NATIONAL_MOMENT
    customer_number: str = "1234"


NATIONAL_OCCASION = Occasion()


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
    occasion: Occasion = NATIONAL_OCCASION
    records: Records = NO_RECORDS

    @property
    def device(self) -> Eui64:
        return self.request.request_id.target

    @property
    def body(self) -> Content:
        """ValueError for a Signed Pre-Command, which was transformed before."""
        if isinstance(self.request.body, SignedPreCommand):
            raise ValueError(f"{self.request.request_id}: a Signed Pre-Command is not transformed")
        return self.request.body
