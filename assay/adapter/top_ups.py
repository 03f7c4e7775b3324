"""A supplier's top-up codes: the twenty digits and the counter of the request that carries them."""

from __future__ import annotations

from dataclasses import dataclass

from assay.adapter.user import DccUser
from assay.gbcs import top_up
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from assay.gbcs.top_up import Unit


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """`counter` is that of the Service Request, if it goes to the meter as one (2.2)."""

    digits: str
    counter: int


def issue(user: DccUser, meter: Eui64, value: int, unit: Unit = Unit.POUNDS) -> IssuedCode:
    """A code for this meter under the user's next top-up counter.

    Raises:
        ValueError: the user holds no prepayment key, or not the meter's key-agreement key.
    """
    own = KeyName(user.identity.eui, KeyUsage.PREPAYMENT_TOP_UP)
    secret = user.keys.shared_secret(own, KeyName(meter, KeyUsage.KEY_AGREEMENT))
    if secret is None:
        raise ValueError(f"{own} and the key of {meter}: expected both, at least one is not held")
    counter = user.counter.next_top_up()
    digits = top_up.create(
        secret=secret,
        supplier=user.identity.eui,
        meter=meter,
        counter=counter,
        value=value,
        unit=unit,
    )
    return IssuedCode(digits, counter)
