"""The requests of a random life, as the octets that reach the meter, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Response, decode_payload
from assay.gbcs.dlms.data import NULL, Data, array, integer, long_unsigned, octet_string
from assay.gbcs.envelope import Cra
from assay.gbcs.trust_anchors import Role
from tests.rigs.devices.premises_kit import NETWORK, SUPPLIER, Premises
from tests.rigs.esme.payment.payment_kit import (
    ACTIVATE,
    ADJUST,
    BALANCE,
    CREDIT,
    DEBT,
    NOW_OCTETS,
    PREPAYMENT,
    RESET,
    TOP_UP,
    debts,
    log_command,
    number,
    prepayment_pairs,
    to_credit,
    to_prepayment,
    utrn,
)
from tests.rigs.esme.payment.test_use_cases import configuration
from tests.rigs.esme.tariff.tariff_kit import SET_PRICE, date, price_matrix, standing_charge
from tests.rigs.stateful.model import DEBT_RATE, DISABLEMENT, LIMIT, MILLIPENCE, THRESHOLD, Supply

SCRIPTS = {Supply.ON: (0x004F, 51), Supply.OFF: (0x0050, 52), Supply.ARMED: (0x0051, 54)}
"""Message code and script of a command to the supply."""
CONFIGURE, READ_STATE, READ_LOG = 0x001F, 0x0052, 0x0048
ANSWER_S = 3
_HUGE = 1_000_000_000

Results = list[int] | None
"""Of each item; None for silence."""


class Meter:
    """The meter at the end of its network: octets in, octets out.

    A command arrives at one moment and is carried out at it; its answer is there `ANSWER_S` later.
    """

    def __init__(self) -> None:
        self.premises = Premises.joined()
        self.premises.set_clock()
        self.last = b""
        self.codes = 0

    @property
    def now(self) -> datetime:
        return self.premises.meter.now()

    def send(self, octets: bytes) -> Response | None:
        before = len(self.premises.dsp.arrived)
        self.premises.meter.receive(octets)
        self.premises.pass_time(ANSWER_S)
        answers = self.premises.arrived(Cra.RESPONSE, before)
        if not answers:
            return None
        payload = decode_payload(answers[-1].payload)
        assert isinstance(payload, Response)
        return payload

    def ask(self, code: int, data: Sequence[Data]) -> Results:
        self.last = self.premises.command(code, SUPPLIER, data)
        return _results(self.send(self.last))

    # Requests.

    def adjust(self, millipence: int) -> Results:
        return self.ask(ADJUST, (number(millipence),))

    def reset(self) -> Results:
        return self.ask(RESET, (number(0),) * 3)

    def activate(self) -> Results:
        return self.ask(ACTIVATE, (integer(0),))

    def command_supply(self, wanted: Supply) -> Results:
        code, script = SCRIPTS[wanted]
        return self.ask(code, (long_unsigned(script),))

    def set_debt(self, pence: int) -> Results:
        rate, amount = DEBT_RATE // MILLIPENCE, pence * 1000
        return self.ask(
            DEBT, debts(amounts=(rate, 0), periods=(3600, 86_400), adjust=(0, amount, 0))
        )

    def set_emergency_credit(self) -> Results:
        limits = configuration(
            calendar=array(),
            maximum_balance=_HUGE,
            maximum_credit=_HUGE,
            low=0,
            limit=LIMIT // MILLIPENCE,
            threshold=THRESHOLD // MILLIPENCE,
        )
        return self.ask(CONFIGURE, limits)

    def set_prepayment(self, *, accumulates: bool, suspends: bool) -> Results:
        pairs = prepayment_pairs(disabled=suspends, emergency=accumulates)
        threshold = DISABLEMENT // MILLIPENCE
        return self.ask(PREPAYMENT, to_prepayment(threshold=threshold, configuration=pairs))

    def set_credit(self, at: datetime | None = None) -> Results:
        return self.ask(CREDIT, to_credit(NOW_OCTETS if at is None else DateTime.at(at).octets))

    def cancel_credit(self) -> Results:
        return self.ask(CREDIT, to_credit(NEVER))

    def set_price(self, pence: int, at: datetime | bytes | None = None) -> Results:
        prices = price_matrix({1: pence * 1000})
        return self.ask(SET_PRICE, (standing_charge(0), prices, date(at), date(at)))

    def code(self, half: int, pounds: int) -> str:
        return utrn(self.premises, half, pounds)

    def top_up(self, half: int, digits: str) -> Results:
        octets = self.premises.command(
            TOP_UP, SUPPLIER, (octet_string(digits.encode()),), counter=half << 32
        )
        return _results(self.send(octets))

    def enter(self, digits: str) -> bool:
        """By hand, at the keypad."""
        return self.premises.meter.payment.enter_top_up(digits).is_accepted

    # Attacks: a command to disable the supply that nobody may obey.

    def attack(self, kind: str) -> Results:
        return _results(self.send(ATTACKS[kind](self)))

    # Reads.

    def balance(self) -> int:
        response = self.send(self.premises.command(BALANCE, SUPPLIER, (NULL,)))
        assert response is not None
        found: int = response.items[0].data.value
        return found

    def supply(self) -> Supply:
        response = self.send(self.premises.command(READ_STATE, SUPPLIER))
        assert response is not None
        return Supply(response.items[0].data.value)

    def log(self) -> list[tuple[int, int]]:
        """Event and message code of each entry about a command, the oldest first."""
        response = self.send(log_command(self.premises, READ_LOG))
        assert response is not None
        rows = [[part.value for part in row.value] for row in response.items[0].data.value.elements]
        return [
            (row[1], int.from_bytes(row[2], "big")) for row in rows if row[1] in (0x8154, 0x8155)
        ]


def _results(response: Response | None) -> Results:
    return None if response is None else [int(item.result) for item in response.items]


def _disable(meter: Meter, role: Role = SUPPLIER) -> bytes:
    code, script = SCRIPTS[Supply.OFF]
    return meter.premises.command(code, role, (long_unsigned(script),))


def _spoilt(octets: bytes) -> bytes:
    return octets[:-1] + bytes((octets[-1] ^ 1,))


ATTACKS: dict[str, Callable[[Meter], bytes]] = {
    "with a wrong MAC": lambda meter: _spoilt(_disable(meter)),
    "of the network operator": lambda meter: _disable(meter, NETWORK),
    "sent before": lambda meter: meter.last,
}
