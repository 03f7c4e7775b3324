"""The four evidence levels, and what a result on each of them is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """`words` say what was used, `meaning` what may be concluded."""

    code: str
    words: str
    meaning: str
    proves_a_product: bool


_HARNESS_ONLY = "Proves the harness, not a product: it supports no conformity statement."

LEVELS: dict[str, Level] = {
    level.code: level
    for level in (
        Level(
            code="SIM",
            words="simulated: virtual devices on an in-process home area network",
            meaning=_HARNESS_ONLY,
            proves_a_product=False,
        ),
        Level(
            code="EMU",
            words="emulated: virtual devices behind a virtual radio",
            meaning=_HARNESS_ONLY,
            proves_a_product=False,
        ),
        Level(
            code="HIL",
            words="hardware in the loop: a real device on a bench, with the embedded DCC",
            meaning="Holds for the device, firmware and bench that are named here.",
            proves_a_product=True,
        ),
        Level(
            code="DCC",
            words="a real device through a DCC test environment",
            meaning="Holds for the device and firmware, end to end, in that environment.",
            proves_a_product=True,
        ),
    )
}


def level_of(code: str) -> Level:
    """ValueError for a level that is none of the four."""
    if code not in LEVELS:
        raise ValueError(f"evidence level {code!r} is none of {', '.join(LEVELS)}")
    return LEVELS[code]
