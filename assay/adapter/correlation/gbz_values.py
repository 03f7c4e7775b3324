"""Values of the request as ZCL fields: what the components of GBZ use cases are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import scaled
from assay.adapter.correlation.expected import (
    Chosen,
    ComponentRow,
    GbzComponents,
    Node,
    Parts,
    Want,
)
from assay.adapter.correlation.known import Known
from assay.gbcs.gbz.fields import time_seconds, time_text

PRICE, METERING, PREPAYMENT, CALENDAR = 0x0700, 0x0702, 0x0705, 0x0707
TO_SERVER, TO_CLIENT = 0x01, 0x09
Components = Callable[[Asked, Known], tuple[ComponentRow, ...]]
Fields = Callable[[Asked], Mapping[str, Node]]
_NO_PROVIDER = Want(0)
_RESERVED = frozenset((0, 0xFFFFFFFE, 0xFFFFFFFF))
"""No identifiers: "now" or none, and the two that stand for a calendar in force."""


def components(*rows: Components) -> Callable[[Asked, Known], GbzComponents]:
    return lambda asked, known: GbzComponents(
        tuple(row for make in rows for row in make(asked, known))
    )


def issuer_event(known: Known) -> Chosen:
    """The time at which the DCC made the components; the tables leave it open, so any time,
    the same in all components of a message."""
    event = known.issuer_event_id
    return Chosen(
        "issuer event id",
        "one issuer event id in all components, not 0, FFFFFFFE or FFFFFFFF",
        _is_identifier,
        None if event is None else time_text(event),
    )


CALENDAR_ID = Chosen(
    "calendar id",
    "one calendar id in all components, not 0, FFFFFFFE or FFFFFFFF",
    lambda seen: _is_identifier(seen),
)


def _is_identifier(seen: object) -> bool:
    return isinstance(seen, int | str) and time_seconds(seen) not in _RESERVED


def component(
    name: str,
    cluster: int,
    command: int,
    fields: Fields,
    *,
    provider: bool = True,
    event: bool = True,
    from_date_time: Callable[[Asked], Want] = lambda _: Want(None),
) -> Components:
    """One component. Publish commands (price, calendar) go from server to client."""
    frame = TO_CLIENT if cluster in (PRICE, CALENDAR) else TO_SERVER

    def build(asked: Asked, known: Known) -> tuple[ComponentRow, ...]:
        members: dict[str, Node] = {"provider_id": _NO_PROVIDER} if provider else {}
        if event:
            members["issuer_event_id"] = issuer_event(known)
        members |= fields(asked)
        tree = Parts(tuple(members.items()))
        return (ComponentRow(name, cluster, frame, command, tree, from_date_time(asked)),)

    return build


def always(value: object) -> Want:
    return Want(value)


def number(asked: Asked, path: str) -> Want:
    value, where = asked.leaf(path, int)
    return Want(value, where, value)


def coded(asked: Asked, path: str, codes: Mapping[str, int]) -> Want:
    value, where = asked.leaf(path, str)
    return Want(codes[value], where, value)


def decimal(asked: Asked, path: str, digits: int) -> Want:
    value, where = asked.leaf(path, Decimal)
    return Want(scaled(value, digits, where), where, value)


_WILDCARDS = (
    ("year", "GasYearWithWildcards", "SpecifiedYear", "NonSpecifiedYear"),
    ("month", "GasMonthWithWildcards", "SpecifiedMonth", "NonSpecifiedMonth"),
    (
        "day",
        "GasDayOfMonthWithWildcards",
        "SpecifiedDayOfMonth",
        "GasNonSpecifiedDayOfMonth",
    ),
    ("weekday", "GasDayOfWeekWithWildcards", "SpecifiedDayOfWeek", "NonSpecifiedDayOfWeek"),
)


def gas_date(asked: Asked) -> Parts:
    return Parts(
        tuple(
            (name, _or_none(asked, f"{element}/{specified}", f"{element}/{wildcard}"))
            for name, element, specified, wildcard in _WILDCARDS
        )
    )


def _or_none(asked: Asked, specified: str, wildcard: str) -> Want:
    if asked.has(wildcard):
        return Want(None, f"{asked.path}{wildcard}", "any")
    return number(asked, specified)
