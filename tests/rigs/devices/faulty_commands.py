"""Commands to disable the supply with one fault each, and what the meter makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import GENERIC_CRITICAL_ALERT
from tests.rigs.devices.premises_kit import (
    BROKER,
    METER,
    NETWORK,
    SUPPLIER,
    Premises,
)

DISABLE, SCRIPT = 0x0050, (long_unsigned(52),)
OTHER_METER = Eui64.from_text("00-DB-12-34-56-78-90-B0")
STRANGER = Eui64.from_text("90-B3-D5-1F-30-09-00-00")


@dataclass(frozen=True, slots=True)
class Faulty:
    """`code` in the security log; `alert` whether it is also sent. `own_alert`: code and message
    code of one that is sent in its stead."""

    make: Callable[[Premises], bytes]
    code: int
    alert: bool
    own_alert: tuple[int, int] | None = None

    @property
    def sent(self) -> list[tuple[int, int]]:
        """Code and message code of each alert."""
        if self.own_alert is not None:
            return [self.own_alert]
        return [(self.code, GENERIC_CRITICAL_ALERT)] if self.alert else []


def _plain(premises: Premises, counter: int | None = None) -> Message:
    return premises.plain_command(DISABLE, SUPPLIER, SCRIPT, counter=counter)


def _signed(premises: Premises) -> Message:
    return premises.sign(_plain(premises), SUPPLIER)


def _changed_after_signing(premises: Premises) -> bytes:
    signed = _signed(premises)
    payload = signed.payload[:-1] + bytes((signed.payload[-1] ^ 1,))
    return premises.mac(replace(signed, payload=payload)).to_octets()


def _wrong_signature(premises: Premises) -> bytes:
    return premises.mac(_plain(premises).with_signature(bytes(63) + b"\x01")).to_octets()


def _wrong_mac(premises: Premises) -> bytes:
    octets = premises.mac(_signed(premises)).to_octets()
    return octets[:-1] + bytes((octets[-1] ^ 1,))


def _other_recipient(premises: Premises) -> bytes:
    """With the MAC of this meter, so that nothing but the recipient is wrong."""
    plain = replace(_plain(premises), recipient=OTHER_METER)
    return premises.mac(premises.sign(plain, SUPPLIER), METER).to_octets()


def _of_network_operator(premises: Premises) -> bytes:
    return premises.command(DISABLE, NETWORK, SCRIPT)


def _of_stranger(premises: Premises) -> bytes:
    plain = replace(_plain(premises), originator=STRANGER)
    return premises.mac(premises.sign(plain, SUPPLIER)).to_octets()


def _used_counter(premises: Premises) -> bytes:
    return premises.command(DISABLE, SUPPLIER, SCRIPT, counter=1)


def _response_instead(premises: Premises) -> bytes:
    as_response = replace(_plain(premises), cra=Cra.RESPONSE)
    return premises.mac(premises.sign(as_response, SUPPLIER)).to_octets()


def _unknown_code(premises: Premises) -> bytes:
    return premises.command(0x006E, SUPPLIER, payload=b"\xd9\x20\x00\x00\x00\x00\x00\x00")


FAULTY: Mapping[str, Faulty] = {
    "changed after it was signed": Faulty(_changed_after_signing, 0x8F3D, True),
    "with a wrong signature": Faulty(_wrong_signature, 0x8F3D, True),
    "signed by another party": Faulty(
        lambda p: p.mac(p.sign(_plain(p), BROKER)).to_octets(), 0x8F3D, True
    ),
    "without a signature": Faulty(lambda p: p.mac(_plain(p)).to_octets(), 0x8F3D, True),
    "with a wrong MAC": Faulty(_wrong_mac, 0x8F3D, True),
    "without a MAC": Faulty(lambda p: _signed(p).to_octets(), 0x8F3D, True),
    "for another meter": Faulty(_other_recipient, 0x8F3E, True),
    "from a party without authority": Faulty(_of_network_operator, 0x8F30, True),
    "from an unknown party": Faulty(_of_stranger, 0x8F3E, True),
    "with a counter used before": Faulty(_used_counter, 0x8F53, False),
    "that is a response": Faulty(_response_instead, 0x8F1E, False),
    "of a use case the meter does not have": Faulty(
        _unknown_code, 0x8F1E, False, own_alert=(0x8F85, 0x0120)
    ),
    "that ends early": Faulty(lambda p: p.mac(_signed(p)).to_octets()[:-1], 0x8F1E, False),
    "with an octet too many": Faulty(
        lambda p: p.mac(_signed(p)).to_octets() + b"\x00", 0x8F1E, False
    ),
}
