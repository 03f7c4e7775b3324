"""The DLMS objects that the tariffs of both elements have alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Data
from rigs.devices.dated import DatedActivations
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme import calendar_data, price_data
from rigs.devices.esme.price_data import ChargeForm
from rigs.devices.esme.tariff import ElementTariff
from rigs.devices.tariff import Part, Rate, Tariff

Change = Callable[[Tariff, Data], Tariff]
"""The next tariff with what an item sets; ItemError for a value that means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementObjects:
    """OBIS codes of one element's tariff; which scripts choose its rates."""

    calendar: str
    next_special_days: str
    special_days: str
    special_days_activation: str
    price_matrix: str
    active_price: str
    prices: ChargeForm
    scripts: Mapping[int, Rate]

    def rate(self, selector: int) -> Rate:
        """
        Raises:
            ItemError: a script that this element does not have.
        """
        if selector not in self.scripts:
            raise ItemError(Result.OTHER_REASON)
        return self.scripts[selector]

    def selector(self, rate: Rate) -> int:
        return next(selector for selector, chosen in self.scripts.items() if chosen == rate)


def rows(element: ElementTariff, objects: ElementObjects, dated: DatedActivations) -> Iterator[Row]:
    yield from _next(element, objects)
    yield from _active(element, objects)
    for class_id, obis, attribute, part in (
        (20, objects.calendar, 10, Part.SWITCHING_TABLE),
        (9000, objects.special_days_activation, 6, Part.SPECIAL_DAYS),
        (113, objects.price_matrix, 7, Part.PRICES),
    ):
        yield activation(element, dated, class_id, obis, attribute, part)


def activation(
    element: ElementTariff,
    dated: DatedActivations,
    class_id: int,
    obis: str,
    attribute: int,
    part: Part,
) -> Row:
    """The row of the time at which a part of the next tariff becomes active."""
    return dated.row(class_id, obis, attribute, lambda: element.activate(part))


def next_value(element: ElementTariff, change: Change) -> Access:
    """What sets a part of the next tariff."""

    def prepare(call: Call) -> None:
        operation = element.operation
        try:
            operation.prepare(change(operation.next, call.data))
        except ValueError:
            # More than fits, or twice the same: no code of its own is known (inferred).
            raise ItemError(Result.OTHER_REASON) from None

    return prepare


def active_value(element: ElementTariff, write: Callable[[Tariff], Data]) -> Access:
    """What reads a part of the active tariff."""
    return lambda _: write(element.operation.active)


def _next(element: ElementTariff, objects: ElementObjects) -> Iterator[Row]:
    def seasons(tariff: Tariff, data: Data) -> Tariff:
        seasons = calendar_data.read_seasons(data)
        return replace(tariff, table=replace(tariff.table, seasons=seasons))

    def weeks(tariff: Tariff, data: Data) -> Tariff:
        weeks = calendar_data.read_weeks(data)
        return replace(tariff, table=replace(tariff.table, weeks=weeks))

    def days(tariff: Tariff, data: Data) -> Tariff:
        days = calendar_data.read_days(data, objects.rate)
        return replace(tariff, table=replace(tariff.table, days=days))

    def special_days(tariff: Tariff, data: Data) -> Tariff:
        return replace(tariff, special_days=calendar_data.read_special_days(data))

    def prices(tariff: Tariff, data: Data) -> Tariff:
        matrix = price_data.read_prices(data, objects.prices, element.sizes)
        return replace(tariff, prices=matrix)

    yield Op.SET, 20, objects.calendar, 7, next_value(element, seasons)
    yield Op.SET, 20, objects.calendar, 8, next_value(element, weeks)
    yield Op.SET, 20, objects.calendar, 9, next_value(element, days)
    yield Op.SET, 11, objects.next_special_days, 2, next_value(element, special_days)
    yield Op.SET, 113, objects.price_matrix, 6, next_value(element, prices)


def _active(element: ElementTariff, objects: ElementObjects) -> Iterator[Row]:
    def seasons(tariff: Tariff) -> Data:
        return calendar_data.write_seasons(tariff.table.seasons)

    def weeks(tariff: Tariff) -> Data:
        return calendar_data.write_weeks(tariff.table.weeks)

    def days(tariff: Tariff) -> Data:
        return calendar_data.write_days(tariff.table.days, objects.selector)

    def special_days(tariff: Tariff) -> Data:
        return calendar_data.write_special_days(tariff.special_days)

    def prices(tariff: Tariff) -> Data:
        return price_data.write_prices(tariff.prices, objects.prices, element.sizes)

    yield Op.GET, 20, objects.calendar, 3, active_value(element, seasons)
    yield Op.GET, 20, objects.calendar, 4, active_value(element, weeks)
    yield Op.GET, 20, objects.calendar, 5, active_value(element, days)
    yield Op.GET, 11, objects.special_days, 2, active_value(element, special_days)
    yield Op.GET, 113, objects.price_matrix, 5, active_value(element, prices)
    price = objects.active_price
    yield Op.GET, 3, price, 2, lambda _: price_data.active_price(element.active_price)
    yield Op.GET, 3, price, 3, lambda _: price_data.ACTIVE_PRICE_UNIT
