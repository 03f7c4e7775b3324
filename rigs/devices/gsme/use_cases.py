"""What each GBZ use case of gas may hold, and how it is answered (from the national tables)."""

from __future__ import annotations

from collections.abc import Mapping

from rigs.devices.gbz_objects import GbzUseCase

BASIC, PRICE, METERING, MESSAGING = 0x0000, 0x0700, 0x0702, 0x0703
PREPAYMENT, CALENDAR, MANAGEMENT, EVENTS = 0x0705, 0x0707, 0x0708, 0x0709

_PUBLISH_CALENDAR = tuple((CALENDAR, command) for command in range(5))
_GET_CALENDAR = tuple((CALENDAR, command) for command in range(1, 5))
_SCALE = (0x0300, 0x0301, 0x0302)
_CURRENCY = (0x0616, 0x0617)
_BALANCE = {METERING: (0x0A00,), PREPAYMENT: (0x0001,)}
_LOCKS = (0x0607, 0x0608)


def _use_case(
    reads: Mapping[int, tuple[int, ...]] | None = None,
    *commands: tuple[int, int],
    encrypted: tuple[int, ...] = (),
    quiet: tuple[int, ...] = (),
    loud: bool = False,
) -> GbzUseCase:
    return GbzUseCase(
        reads={cluster: frozenset(ids) for cluster, ids in (reads or {}).items()},
        commands=frozenset(commands),
        encrypted=frozenset(encrypted),
        quiet=frozenset(quiet),
        loud=loud,
    )


def _register(*attributes: int) -> GbzUseCase:
    return _use_case({METERING: (*_SCALE, *attributes)}, encrypted=(METERING,), quiet=(METERING,))


TARIFF_PRICES = (
    0x0203, 0x0202, *range(0x0100, 0x0103), 0x0615, *range(0x0400, 0x0404),
    0x0410, 0x0420, 0x0430, 0x0440, *_CURRENCY, 0x0301,
)  # fmt: skip
PREPAYMENT_SETTINGS = (
    0x0239, 0x0006, 0x0216, 0x0226, 0x0040, 0x0010, 0x0011, 0x0031, 0x0021, 0x0022,
    0x0217, 0x0227,
)  # fmt: skip
BALANCES = (0x0005, 0x0002, 0x0001, 0x0231, 0x0211, 0x0221)
_BILLING_LOG = _use_case(
    None, (METERING, 0x06), (PREPAYMENT, 0x07), encrypted=(METERING, PREPAYMENT)
)
_EVENT_LOG = _use_case(None, (EVENTS, 0x00))
_SAMPLES = _use_case(None, (METERING, 0x08), encrypted=(METERING,))
_BILLING_CALENDAR = _use_case(None, (PRICE, 0x09), (PRICE, 0x01))
_FLOW = _use_case(None, (METERING, 0x0E), (METERING, 0x0D))

READS: Mapping[int, GbzUseCase] = {
    0x0014: _EVENT_LOG,
    0x00A1: _EVENT_LOG,
    0x0074: _register(0x0000),
    0x00B6: _register(0x0100, 0x0102, 0x0104, 0x0106),
    0x00B8: _register(*range(0x0700, 0x0704)),
    0x0075: _use_case({PRICE: _CURRENCY, PREPAYMENT: BALANCES}, encrypted=(PREPAYMENT,)),
    0x0076: _BILLING_LOG,
    0x00C3: _BILLING_LOG,
    0x00C4: _use_case(None, (PREPAYMENT, 0x0A), encrypted=(PREPAYMENT,)),
    0x00C5: _use_case(None, (PREPAYMENT, 0x08)),
    0x0077: _use_case(None, (METERING, 0x06), encrypted=(METERING,)),
    0x0096: _use_case(None, (PREPAYMENT, 0x07), encrypted=(PREPAYMENT,)),
    0x0078: _SAMPLES,
    0x0079: _use_case(None, (METERING, 0x08), encrypted=(METERING,), loud=True),
    0x009F: _use_case({PRICE: TARIFF_PRICES}, *_GET_CALENDAR, (PRICE, 0x00), quiet=(PRICE,)),
    0x00B5: _use_case({PREPAYMENT: PREPAYMENT_SETTINGS, PRICE: (0x0617,)}, *_GET_CALENDAR),
    0x007B: _use_case(
        {PRICE: tuple(range(0x0302, 0x0307)), METERING: tuple(range(0x0B10, 0x0B16))}
    ),
    0x009D: _use_case(None, (PRICE, 0x0B)),
    0x00DA: _use_case(None, (PRICE, 0x0B)),
    0x009E: _use_case({BASIC: (0x0004, 0x0005, 0x0003), METERING: _LOCKS}),
    0x00FB: _use_case({BASIC: (0x0004, 0x0005), METERING: _LOCKS}),
    0x00BF: _use_case({PREPAYMENT: (0x0000,)}),
    0x00F1: _use_case(None, (MANAGEMENT, 0x05)),
    0x0082: _use_case({METERING: (0x0205, 0x0014)}),
    0x0084: _use_case({METERING: (0x0206,)}),
    0x0089: _use_case({METERING: (0x0307,)}),
    0x008D: _use_case(_BALANCE),
    0x012A: _use_case(_BALANCE),
}
UPDATES: Mapping[int, GbzUseCase] = {
    0x0015: _use_case(None, (EVENTS, 0x01)),
    0x006B: _use_case(None, *_PUBLISH_CALENDAR, (PRICE, 0x04), (PRICE, 0x05), (PRICE, 0x06)),
    0x00A3: _use_case(None, (PRICE, 0x04), (PRICE, 0x05), (PRICE, 0x06)),
    0x006C: _use_case(None, (PREPAYMENT, 0x06)),
    0x006D: _use_case(None, (PREPAYMENT, 0x06)),
    0x006E: _use_case(None, (PREPAYMENT, 0x02)),
    0x006F: _use_case(
        None, *((PREPAYMENT, command) for command in (0x03, 0x09, 0x0B, 0x0C)), *_PUBLISH_CALENDAR
    ),
    0x0070: _use_case(None, (PREPAYMENT, 0x00)),
    0x0071: _use_case(None, (MESSAGING, 0x00)),
    0x0073: _use_case(None, (MANAGEMENT, 0x02)),
    0x007C: _use_case(None, (PRICE, 0x02), (PRICE, 0x03)),
    0x007D: _FLOW,
    0x00FC: _FLOW,
    0x007E: _BILLING_CALENDAR,
    0x00D8: _BILLING_CALENDAR,
    0x0080: _use_case(None, (METERING, 0x07)),
    0x0081: _use_case(None, (METERING, 0x0B)),
    0x0085: _use_case(None, (METERING, 0x0B)),
    0x0083: _use_case(None, (MANAGEMENT, 0x06)),
    0x0086: _use_case(None, (PREPAYMENT, 0x05)),
    0x00B4: _use_case(None, (PREPAYMENT, 0x05)),
    0x00C0: _use_case(None, (PREPAYMENT, 0x05)),
    0x00C2: _use_case(None, (PREPAYMENT, 0x05)),
    0x0087: _use_case(None, (MANAGEMENT, 0x03)),
    0x0088: _use_case(None, (MANAGEMENT, 0x01)),
    0x0097: _use_case(None, (PREPAYMENT, 0x04)),
    0x00AD: _use_case(None, (MANAGEMENT, 0x04)),
}
FROM_DISPLAY: Mapping[int, GbzUseCase] = {
    0x0090: _use_case(None, (PREPAYMENT, 0x00)),
    0x009B: _use_case(None, (PREPAYMENT, 0x04)),
}
"""PCS01 and PCS02: from an in-home display that the meter is joined to."""
OF_METER: Mapping[int, GbzUseCase] = {**READS, **UPDATES}
_NOT_OF_PROXY = frozenset((0x0079, 0x007B, 0x00F1))
OF_PROXY: Mapping[int, GbzUseCase] = {
    **{code: row for code, row in READS.items() if code not in _NOT_OF_PROXY},
    0x0015: UPDATES[0x0015],
    0x0072: _use_case(None, (MANAGEMENT, 0x00)),
    0x00A0: _SAMPLES,
}
"""What a Gas Proxy Function answers: reads for its meter, and what is its own."""
