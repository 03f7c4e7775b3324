"""A meter in prepayment mode on its premises, and the commands that payment has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assay.gbcs import messages, top_up
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    Tag,
    array,
    double_long_unsigned,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.top_up import Unit
from rigs.devices.payment import ELECTRICITY, Mode
from rigs.devices.protected_read import protection_parameters
from rigs.devices.tariff import Part, PriceMatrix, Rate
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises, profile_items

NOW_OCTETS = bytes.fromhex("0000000000000000008000FF")
NEVER_OCTETS = bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF")
POUND = 100_000
"""Millipence."""
CREDIT, PREPAYMENT = 0x001A, 0x001B
ADJUST, RESET, DEBT, ACTIVATE, BALANCE = 0x001C, 0x00B3, 0x001E, 0x0020, 0x0069
TOP_UP, REGISTERS, MODE, CONFIGURATION = 0x0007, 0x002D, 0x00BE, 0x003B
CREDITS, DEBT_PAYMENTS = 0x00C9, 0x002E

SUCCESS = Result.SUCCESS


def millipence(amount: int) -> Decimal:
    return ELECTRICITY.of(amount)


def prepaid(premises: Premises, balance: int, **settings: int) -> None:
    """Prepayment mode with this balance and these settings, in millipence."""
    account, now = premises.meter.payment.account, premises.meter.now()
    account.adjust_balance(millipence(balance), now)
    amounts: dict[str, Any] = {name: millipence(amount) for name, amount in settings.items()}
    amounts.setdefault("low_credit_threshold", millipence(-(10**9)))
    account.set_mode(Mode.PREPAYMENT, now, **amounts)
    premises.meter.event_log.clear()


def price(premises: Premises, pence_per_kwh: int) -> None:
    operation = premises.meter.tariffs.primary.operation
    operation.prepare(
        type(operation.next)(
            prices=PriceMatrix(scale=-5, times_of_use=(pence_per_kwh * 1000,)),
        )
    )
    operation.activate(premises.meter.now(), Part.PRICES)
    assert operation.rate == Rate(1)


def number(amount: int) -> Data:
    return Data(Tag.DOUBLE_LONG, amount)


def results(premises: Premises, code: int, data: Sequence[Data] | None = None) -> list[int]:
    return [item.result for item in premises.ask(code, SUPPLIER, data).items]


def balance(premises: Premises) -> int:
    (item,) = premises.ask(BALANCE, SUPPLIER).items
    found: int = item.data.value
    return found


def pairs(*rows: tuple[int, int, str]) -> Data:
    """A charge configuration of credits and charges by their numbers."""
    return array(
        *(
            structure(
                octet_string(bytes((0, 0, 19, 10, credit, 255))),
                octet_string(bytes((0, 0, 19, 20, charge, 255))),
                Data(Tag.BIT_STRING, bits),
            )
            for credit, charge, bits in rows
        )
    )


CREDIT_PAIRS = pairs((0, 0, "111"), (0, 4, "111"))


def prepayment_pairs(*, disabled: bool, emergency: bool) -> Data:
    bits = "110" if disabled else "111"
    rows = [(0, 0, "111"), (0, 4, "111"), (0, 1, bits), (0, 2, bits), (0, 3, "111")]
    rows += [(1, 3, "111"), (1, 0, "111"), (1, 4, "111"), (1, 1, bits), (1, 2, bits)]
    if emergency:
        rows += [(2, 4, "111"), (2, 1, bits), (2, 2, bits)]
    return pairs(*rows)


def to_prepayment(
    *,
    threshold: int = 0,
    date: bytes = NOW_OCTETS,
    disabled: bool = True,
    emergency: bool = True,
    configuration: Data | None = None,
) -> tuple[Data, ...]:
    if configuration is None:
        configuration = prepayment_pairs(disabled=disabled, emergency=emergency)
    return (
        structure(enum(2), enum(1)),
        number(threshold),
        configuration,
        octet_string(date),
        octet_string(date),
    )


def to_credit(date: bytes = NOW_OCTETS, configuration: Data = CREDIT_PAIRS) -> tuple[Data, ...]:
    return structure(enum(1), enum(1)), configuration, octet_string(date)


def dated(premises: Premises, seconds: float) -> bytes:
    """So many seconds from now, as a date of a command."""
    now = premises.meter.now().replace(microsecond=0)
    return bytes(DateTime.at(now + type(premises.clock.now() - now)(seconds=seconds)).octets)


def rate(amount: int, scale: int = -5) -> Data:
    return structure(
        structure(integer(0), integer(scale)),
        structure(long_unsigned(0), octet_string(bytes(6)), integer(0)),
        array(structure(octet_string(b""), Data(Tag.LONG, amount))),
    )


def debts(
    *,
    amounts: tuple[int, int] = (0, 0),
    periods: tuple[int, int] = (86_400, 86_400),
    share: int = 0,
    adjust: tuple[int, int, int] = (0, 0, 0),
) -> tuple[Data, ...]:
    """ECS07; `adjust` is of the payment debt, then of time debts 1 and 2."""
    return (
        *map(rate, amounts),
        long_unsigned(share),
        *map(double_long_unsigned, periods),
        integer(0),
        integer(0),
        *map(number, adjust),
    )


def utrn(premises: Premises, half: int, pounds: int = 10) -> str:
    """A genuine code of the supplier for this meter."""
    supplier = premises.meter.payment.top_ups.parties()
    assert supplier is not None
    return top_up.create(
        secret=premises.secret(supplier.supplier, METER),
        supplier=supplier.supplier,
        meter=METER,
        counter=half << 32,
        value=pounds,
        unit=Unit.POUNDS,
    )


def enter_remotely(premises: Premises, half: int, digits: str) -> list[int]:
    command = premises.command(
        TOP_UP, SUPPLIER, (octet_string(digits.encode("ascii")),), counter=half << 32
    )
    answer = premises.answer(command)
    assert answer is not None
    return premises.results(answer)


def log_command(premises: Premises, code: int) -> bytes:
    """A read of all that a log holds."""
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, profile_items(code, 0, 0xFFFFFFFF))
    return premises.command(code, SUPPLIER, counter=counter, payload=payload)


def registers(premises: Premises) -> tuple[Data, ...]:
    """ECS19, opened: the attributes that were asked for."""
    counter = premises.next_counter()
    wanted = structure(
        long_unsigned(1),
        octet_string(bytes.fromhex("00005E2C221E")),
        integer(2),
        long_unsigned(0),
        structure(enum(0), NULL),
    )
    supplier = premises.meter.credentials.party(SUPPLIER)
    assert supplier is not None
    parameters = protection_parameters(counter, supplier, METER)
    data = structure(array(wanted), array(parameters))
    answer = premises.answer(premises.command(REGISTERS, SUPPLIER, (data,), counter=counter))
    assert answer is not None
    found: tuple[Data, ...] = premises.open_registers(answer).value
    return found
