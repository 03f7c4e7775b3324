"""The sub-GHz configuration: fifteen values with bounds, as DBCH03, DBCH04 and DBCH09 carry them.

The order is that of the national tables, the bounds those of the request schema (C-006), but for
the last two percentages, for which it has none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from assay.gbcs.dlms.data import Data, Tag, structure

PAGES = (28, 29, 30, 31)
_MASK_BITS = 32
_PAGE_BITS = 5
_ALL_PERCENT = 10_000


@dataclass(frozen=True, slots=True)
class _Bound:
    tag: Tag
    least: int
    most: int


_U8, _U16 = 0xFF, 0xFFFF
_BOUNDS: dict[str, _Bound] = {
    "normal_limited": _Bound(Tag.LONG_UNSIGNED, 50, 200),
    "limited_critical": _Bound(Tag.LONG_UNSIGNED, 150, 250),
    "changes_per_week": _Bound(Tag.UNSIGNED, 1, 7),
    "gsme_curfew": _Bound(Tag.LONG_UNSIGNED, 2, _U16),
    "quieter_decibels": _Bound(Tag.UNSIGNED, 1, _U8),
    "noisier_decibels": _Bound(Tag.UNSIGNED, 0, 20),
    "poor_communications": _Bound(Tag.LONG_UNSIGNED, 100, _ALL_PERCENT),
    "measurement_periods": _Bound(Tag.UNSIGNED, 50, 150),
    "noise_period": _Bound(Tag.LONG_UNSIGNED, 61, _U16),
    "failure_percentage": _Bound(Tag.LONG_UNSIGNED, 0, _ALL_PERCENT),
    "retry_percentage": _Bound(Tag.LONG_UNSIGNED, 0, _ALL_PERCENT),
}


class SubGhzValueError(ValueError):
    """A configuration that a hub does not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubGhzSettings:
    """Duty cycles and percentages in hundredths of a percent, `gsme_curfew` in days (inferred),
    `measurement_periods` of 30 minutes, `noise_period` in seconds (inferred).

    `masks`: texts of 32 bits, five of the page and 27 of channels, the first channel last. Without
    any channel there is nothing to change to.

    Raises:
        SubGhzValueError: a value out of its bounds, a mask of another page.
    """

    masks: tuple[str, str, str, str]
    normal_limited: int = 100
    limited_critical: int = 200
    changes_per_week: int = 3
    gsme_curfew: int = 7
    quieter_decibels: int = 6
    noisier_decibels: int = 10
    poor_communications: int = 5000
    measurement_periods: int = 100
    noise_period: int = 90
    failure_percentage: int = 5000
    retry_percentage: int = 3000

    def __post_init__(self) -> None:
        for page, mask in zip(PAGES, self.masks, strict=True):
            if len(mask) != _MASK_BITS or int(mask[:_PAGE_BITS], 2) != page:
                raise SubGhzValueError(f"expected a channel mask of page {page}, got {mask}")
        for name, bound in _BOUNDS.items():
            value: int = getattr(self, name)
            if not bound.least <= value <= bound.most:
                raise SubGhzValueError(
                    f"{name}: expected {bound.least} to {bound.most}, got {value}"
                )
        if self.normal_limited >= self.limited_critical:
            raise SubGhzValueError(
                f"expected limited before critical, got {self.normal_limited} and "
                f"{self.limited_critical}"
            )

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel that may be used, each as a mask of its own."""
        return tuple(
            mask[:_PAGE_BITS] + "".join("1" if at == bit else "0" for at in range(27))
            for mask in self.masks
            for bit in reversed(range(27))
            if mask[_PAGE_BITS + bit] == "1"
        )

    def to_data(self) -> Data:
        masks = (Data(Tag.BIT_STRING, mask) for mask in self.masks)
        numbers = (Data(bound.tag, getattr(self, name)) for name, bound in _BOUNDS.items())
        return structure(*masks, *numbers)

    @classmethod
    def of(cls, data: Data) -> SubGhzSettings:
        """Raises SubGhzValueError besides for another structure."""
        tags = (*(Tag.BIT_STRING,) * len(PAGES), *(bound.tag for bound in _BOUNDS.values()))
        if data.tag != Tag.STRUCTURE or tuple(part.tag for part in data.value) != tags:
            raise SubGhzValueError("expected four masks and eleven numbers")
        values = [part.value for part in data.value]
        masks = (str(values[0]), str(values[1]), str(values[2]), str(values[3]))
        return cls(masks=masks, **dict(zip(_BOUNDS, values[len(PAGES) :], strict=True)))


assert [one.name for one in fields(SubGhzSettings)][1:] == list(_BOUNDS)


def mask(page: int, *channels: int) -> str:
    """`channels` counted from the first of the page."""
    bits = "".join("1" if bit in channels else "0" for bit in reversed(range(27)))
    return f"{page:0{_PAGE_BITS}b}{bits}"


DEFAULT = SubGhzSettings(
    masks=(mask(28, 0, 1, 2, 3), mask(29, 0, 1), mask(30, 0, 1), mask(31, 0, 1))
)
"""What this bench's hubs start with; no source used here says what real ones do."""
