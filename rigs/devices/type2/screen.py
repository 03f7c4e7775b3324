"""What an in-home display shows of an electricity meter, item by item (D-002, D-003, D-009).

Energy is in kilowatt-hours to the watt-hour, power in kilowatts to the watt, money in pounds to the
penny, half a penny upwards; the local time follows British Summer Time. An item without a value
yet is shown as dashes; `cost 3 weeks ago` is of the third week before this one. Only the list of
items is published: how they look is this bench's choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from rigs.devices import han_electricity as electricity
from rigs.devices.esme.local_time import local_time
from rigs.devices.han_attributes import AttributeName

if TYPE_CHECKING:
    from assay.gbcs.identifiers import Eui64
    from rigs.devices.type2.reader import InHomeDisplay, Items

NOTHING = "---"
_MILLIPENCE_OF_PENNY, _PENCE = 1000, 100
_THOUSAND = 1000


def kilo(number: int) -> str:
    """Three decimals of a thousand."""
    return f"{number // _THOUSAND}.{number % _THOUSAND:03d}"


def pounds(millipence: int) -> str:
    pence = (abs(millipence) + _MILLIPENCE_OF_PENNY // 2) // _MILLIPENCE_OF_PENNY
    sign = "-" if millipence < 0 and pence else ""
    return f"{sign}{pence // _PENCE}.{pence % _PENCE:02d}"


def _payment_mode(is_prepayment: int) -> str:
    return "prepayment" if is_prepayment else "credit"


_DAY, _WEEK, _MONTH = range(3)
Render = Callable[[int], str]
ITEMS: Mapping[str, tuple[AttributeName, Render]] = {
    "active power": (electricity.POWER, kilo),
    "tariff price": (electricity.PRICE, pounds),
    "consumption today": (electricity.CONSUMED[_DAY], kilo),
    "consumption of the week": (electricity.CONSUMED[_WEEK], kilo),
    "consumption of the month": (electricity.CONSUMED[_MONTH], kilo),
    "cost today": (electricity.COSTS[_DAY], pounds),
    "cost of the week": (electricity.COSTS[_WEEK], pounds),
    "cost of the month": (electricity.COSTS[_MONTH], pounds),
    "meter balance": (electricity.BALANCE, pounds),
    "emergency credit": (electricity.EMERGENCY_CREDIT_LEFT, pounds),
    "debt": (electricity.ACCUMULATED_DEBT, pounds),
    "payment mode": (electricity.IS_PREPAYMENT, _payment_mode),
}
_FURTHER = (
    *electricity.THRESHOLDS,
    electricity.LOW_CREDIT_THRESHOLD,
    *electricity.PAST_CONSUMPTION,
    *electricity.PAST_COSTS,
)
_PAST: Mapping[str, tuple[tuple[AttributeName, ...], Render]] = {
    "consumption": (electricity.PAST_CONSUMPTION, kilo),
    "cost": (electricity.PAST_COSTS, pounds),
}
_AGO = re.compile(r"(?P<what>consumption|cost) (?P<back>\d+) (?P<period>day|week|month)s? ago")
_PERIODS = ("day", "week", "month")


def followed() -> Items:
    """Everything that these items are made of, by cluster."""
    names = sorted(
        {name for name, _ in ITEMS.values()} | set(_FURTHER),
        key=lambda name: (name.cluster, name.attribute),
    )
    clusters = sorted({name.cluster for name in names})
    return {
        cluster: tuple(name.attribute for name in names if name.cluster == cluster)
        for cluster in clusters
    }


class Screen:
    """Hooks: `local_time` of UTC, `kilo`watts and kilowatt-hours, `pounds` of millipence; `is_lit`
    while there is mains (D-008)."""

    def __init__(self, display: InHomeDisplay, hub_time: Callable[[], datetime | None]) -> None:
        self._display = display
        self._hub_time = hub_time
        self.local_time: Callable[[datetime], datetime] = local_time
        self.is_lit: Callable[[], bool] = lambda: display.power.is_ready
        self.kilo: Render = kilo
        self.pounds: Render = pounds
        self.derived: Mapping[str, Callable[[Eui64], str]] = {
            "local time": self._time,
            "signal": lambda _: "connected" if self._hub_time() is not None else "lost",
            "cost of an hour": self._cost_of_hour,
            "power level": self._power_level,
            "low credit": self._low_credit,
            "identifier": lambda _: str(display.device_id),
        }

    def text(self, meter: Eui64, item: str) -> str:
        """KeyError for an item that the display does not have. Nothing while it is dark."""
        if not self.is_lit():
            return ""
        if item in self.derived:
            return self.derived[item](meter)
        ago = _AGO.fullmatch(item)
        if ago is not None:
            names, render = _PAST[ago["what"]]
            name = names[_PERIODS.index(ago["period"])]
            return self._rendered(self._past(meter, name, int(ago["back"])), render)
        name, render = ITEMS[item]
        return self._rendered(self._number(meter, name), render)

    def _rendered(self, value: int | None, render: Render) -> str:
        own = {kilo: self.kilo, pounds: self.pounds}.get(render, render)
        return NOTHING if value is None else own(value)

    def _past(self, meter: Eui64, name: AttributeName, back: int) -> int | None:
        """Of the period so many before the present one; the newest is the first of a history."""
        entries = self._display.value(meter, name.cluster, name.attribute)
        if not isinstance(entries, tuple) or not 0 < back <= len(entries):
            return None
        value = entries[back - 1][1]
        return value if isinstance(value, int) else None

    def _number(self, meter: Eui64, name: AttributeName) -> int | None:
        value = self._display.value(meter, name.cluster, name.attribute)
        return value if isinstance(value, int) else None

    def _time(self, _meter: Eui64) -> str:
        now = self._hub_time()
        return NOTHING if now is None else self.local_time(now).strftime("%d/%m/%Y %H:%M")

    def _cost_of_hour(self, meter: Eui64) -> str:
        """Of holding the present power for one hour."""
        power = self._number(meter, electricity.POWER)
        price = self._number(meter, electricity.PRICE)
        if power is None or price is None:
            return NOTHING
        return self.pounds(power * price // _THOUSAND)

    def _power_level(self, meter: Eui64) -> str:
        power = self._number(meter, electricity.POWER)
        low, high = (self._number(meter, name) for name in electricity.THRESHOLDS)
        return NOTHING if power is None else self._display.band_of(power, low, high).value

    def _low_credit(self, meter: Eui64) -> str:
        balance = self._number(meter, electricity.BALANCE)
        threshold = self._number(meter, electricity.LOW_CREDIT_THRESHOLD)
        if balance is None or threshold is None:
            return NOTHING
        return "yes" if balance < threshold else "no"
