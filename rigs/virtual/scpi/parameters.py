"""Program data: what a parameter may be, read from text and written back as an answer.

Numbers are Decimal in the base unit of the parameter, whatever suffix they came with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Protocol, TypeVar

from rigs.virtual.scpi.errors import RemoteProgramError
from rigs.virtual.scpi.headers import short_form

V = TypeVar("V")

INFINITY = Decimal("9.9E37")  # SCPI-99 volume 1, 7.2.1.4
MAX_EXPONENT = 32_000  # IEEE 488.2, 7.7.2.4.1
MAX_DIGITS = 255  # IEEE 488.2, 7.7.2.4.1

_MEASURED = Context(prec=7)
_NUMBER = re.compile(
    r"(?P<mantissa>[+-]?(?:\d+\.?\d*|\.\d+))"
    r"(?:\s*[E]\s*(?P<exponent>[+-]?\d+))?"
    r"\s*(?P<suffix>[A-Z/][A-Z0-9/.-]*)?"
)
_NON_DECIMAL = re.compile(r"#(?:H(?P<h>[0-9A-F]+)|Q(?P<q>[0-7]+)|B(?P<b>[01]+))")
_WORD = re.compile(r"[A-Z][A-Z0-9_]*")
_BASES = {"h": 16, "q": 8, "b": 2}

# IEEE 488.2, table 7-2. M is milli, except before HZ and OHM, where it is mega.
_MULTIPLIERS: Mapping[str, int] = {
    "EX": 18,
    "PE": 15,
    "T": 12,
    "G": 9,
    "MA": 6,
    "K": 3,
    "": 0,
    "M": -3,
    "U": -6,
    "N": -9,
    "P": -12,
    "F": -15,
    "A": -18,
}


class Parameter(Protocol[V]):
    """Reads the data elements of one command into a value, and writes it as an answer."""

    @property
    def least(self) -> int: ...

    @property
    def most(self) -> int | None: ...

    def read(self, elements: Sequence[str]) -> V:
        """Raise RemoteProgramError for what the parameter does not take."""

    def write(self, value: V) -> str: ...


def read_elements(parameter: Parameter[V], elements: Sequence[str]) -> V:
    """Check the number of elements, then read them."""
    if len(elements) < parameter.least:
        raise RemoteProgramError(-109)
    if parameter.most is not None and len(elements) > parameter.most:
        raise RemoteProgramError(-108)
    return parameter.read(elements)


@lru_cache(maxsize=64)
def suffixes(unit: str) -> Mapping[str, int]:
    """Suffix to power of ten, for a base unit such as `V` or `HZ`."""
    table = {prefix + unit: power for prefix, power in _MULTIPLIERS.items()}
    if unit in ("HZ", "OHM"):
        table["M" + unit] = 6
    return table


def number_answer(value: Decimal) -> str:
    """NR3 with every digit that the value has: `+2.07E+2`."""
    if not value:
        return "+0.0E+0"
    decimals = max(1, len(value.as_tuple().digits) - 1)
    return f"{value:+.{decimals}E}"


def measured_answer(value: Decimal) -> str:
    """An instrument answers figures, not fractions: 2 kW at 230 V are `+8.695652E+0` A."""
    return number_answer(_MEASURED.plus(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A command that takes no parameter."""

    least: int = 0
    most: int | None = 0

    def read(self, elements: Sequence[str]) -> None:
        """There is nothing to read."""

    def write(self, value: None) -> str:
        raise ValueError(f"a command without parameter has no answer, got {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A real number between two limits; MIN, MAX and DEF stand for values."""

    unit: str = ""
    minimum: Decimal
    maximum: Decimal
    default: Decimal
    least: int = 1
    most: int | None = 1

    def read(self, elements: Sequence[str]) -> Decimal:
        return self.read_one(elements[0])

    def read_one(self, element: str) -> Decimal:
        text = element.upper()
        value = self.read_word(text) if _WORD.fullmatch(text) else self._read_figures(text)
        if not self.minimum <= value <= self.maximum:
            raise RemoteProgramError(-222)
        return value

    def read_word(self, text: str) -> Decimal:
        """The value that a word stands for; also asked for by `VOLT? MAX`."""
        words = {
            "MINimum": self.minimum,
            "MAXimum": self.maximum,
            "DEFault": self.default,
            "INFinity": INFINITY,
            "NINFinity": -INFINITY,
        }
        for word, value in words.items():
            if text.upper() in (short_form(word), word.upper()):
                return value
        raise RemoteProgramError(-104)

    def _read_figures(self, text: str) -> Decimal:
        plain = _NON_DECIMAL.fullmatch(text)
        if plain is not None and plain.lastgroup is not None:
            return Decimal(int(plain[plain.lastgroup], _BASES[plain.lastgroup]))
        parts = _NUMBER.fullmatch(text)
        if parts is None:
            raise RemoteProgramError(-121 if text[0] in "+-.0123456789" else -104)
        return _decimal(parts) * self._scale(parts["suffix"])

    def _scale(self, suffix: str | None) -> Decimal:
        if not suffix:
            return Decimal(1)
        if not self.unit:
            raise RemoteProgramError(-138)
        power = suffixes(self.unit).get(suffix)
        if power is None:
            raise RemoteProgramError(-131)
        return Decimal(1).scaleb(power)

    def write(self, value: Decimal) -> str:
        return number_answer(value)


def _decimal(parts: re.Match[str]) -> Decimal:
    mantissa, exponent = parts["mantissa"], parts["exponent"] or "0"
    if len(mantissa) > MAX_DIGITS:
        raise RemoteProgramError(-124)
    if len(exponent) > len(f"-{MAX_EXPONENT}") or abs(int(exponent)) > MAX_EXPONENT:
        raise RemoteProgramError(-123)
    return Decimal(mantissa).scaleb(int(exponent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A register or a count: any number, rounded (IEEE 488.2, 7.7.2.4.3), answered as NR1."""

    minimum: int = 0
    maximum: int
    least: int = 1
    most: int | None = 1

    def read(self, elements: Sequence[str]) -> int:
        low, high = Decimal(self.minimum), Decimal(self.maximum)
        # The limits hold for the rounded value, so the number may be half a step outside.
        slack = Number(minimum=low - 1, maximum=high + 1, default=low)
        words = Number(minimum=low, maximum=high, default=low)
        is_word = _WORD.fullmatch(elements[0].upper()) is not None
        value = (words if is_word else slack).read(elements)
        rounded = int(value.to_integral_value(ROUND_HALF_EVEN))
        if not self.minimum <= rounded <= self.maximum:
            raise RemoteProgramError(-222)
        return rounded

    def write(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """ON, OFF or a number, where everything that does not round to zero is ON."""

    least: int = 1
    most: int | None = 1

    def read(self, elements: Sequence[str]) -> bool:
        text = elements[0].upper()
        if text in ("ON", "OFF"):
            return text == "ON"
        if _WORD.fullmatch(text):
            raise RemoteProgramError(-224)
        value = Number(minimum=-INFINITY, maximum=INFINITY, default=Decimal(0)).read_one(text)
        return value.to_integral_value(ROUND_HALF_EVEN) != 0

    def write(self, value: bool) -> str:
        return "1" if value else "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words, each in short or long form; the value is the short form."""

    words: tuple[str, ...]
    least: int = 1
    most: int | None = 1

    def read(self, elements: Sequence[str]) -> str:
        text = elements[0].upper()
        if not _WORD.fullmatch(text):
            raise RemoteProgramError(-104)
        for word in self.words:
            if text in (short_form(word), word.upper()):
                return short_form(word)
        raise RemoteProgramError(-224)

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberList:
    """One or more numbers of a kind, separated by commas."""

    number: Number
    max_length: int
    least: int = 1
    most: int | None = None

    def read(self, elements: Sequence[str]) -> tuple[Decimal, ...]:
        if len(elements) > self.max_length:
            raise RemoteProgramError(-223)
        return tuple(self.number.read_one(element) for element in elements)

    def write(self, value: Sequence[Decimal]) -> str:
        return ",".join(number_answer(one) for one in value)
