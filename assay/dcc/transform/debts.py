"""Debts and emergency credit of an electricity meter (ECS07, ECS09)."""

from __future__ import annotations

from collections.abc import Mapping

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source, constant
from assay.duis.values import field
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    double_long_unsigned,
    integer,
    long_unsigned,
    octet_string,
    structure,
)

_NO_COMMODITY = structure(long_unsigned(0), octet_string(bytes(6)), integer(0))
"""A debt is recovered by time: its price goes with no quantity."""
_SECONDS: Mapping[str, int] = {"HOURLY": 3600, "DAILY": 86400}


def amount(path: str) -> Source:
    """An element that holds money, as double-long."""
    return lambda frame: Data(Tag.DOUBLE_LONG, field(frame.body, path, int))


def _recovery_rate(recovery: str) -> Source:
    def source(frame: Frame) -> Data:
        rate = field(frame.body, f"{recovery}/DebtRecoveryRate", int)
        scale = field(frame.body, f"{recovery}/DebtRecoveryRatePriceScale", int)
        return structure(
            structure(integer(0), integer(scale)),
            _NO_COMMODITY,
            array(structure(octet_string(b""), Data(Tag.LONG, rate))),
        )

    return source


def _recovery_period(recovery: str) -> Source:
    def source(frame: Frame) -> Data:
        period = field(frame.body, f"{recovery}/DebtRecoveryRatePeriod", str)
        return double_long_unsigned(_SECONDS[period])

    return source


def _recovery_per_payment(frame: Frame) -> Data:
    return long_unsigned(field(frame.body, "DebtRecoveryPerPayment", int))


def debt_sources() -> dict[str, Source]:
    """The items of ECS07; time-based debts 1 and 2 have a rate and a period each."""
    sources: dict[str, Source] = {
        "DebtRecoveryperPayment": _recovery_per_payment,
        "PaymentDebtRegister: adjust": amount("PaymentDebtRegister"),
    }
    for number in (1, 2):
        rates, recovery = f"DebtRecoveryRates[{number}]", f"ElecDebtRecovery{number}"
        sources |= {
            f"{rates}: valueNext.commodityScale": _recovery_rate(recovery),
            f"{rates}: periodNext": _recovery_period(recovery),
            f"{rates}: activateNext": constant(integer(0)),
            f"TimeDebtRegisters[{number}]: adjust": amount(f"TimeDebtRegister{number}"),
        }
    return sources
