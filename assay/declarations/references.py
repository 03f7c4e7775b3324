"""References to secrets, and other small value types that the files share.

A file that users write is copied into evidence, so it may say where a secret is, never what
it is: `env:NAME`, `file:PATH` or `virtual` (a virtual device makes up its own).
"""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from assay.declarations.model import SECRET, expected
from assay.verdicts import PlanError

_REFERENCE = re.compile(r"virtual|env:[A-Za-z_][A-Za-z0-9_]*|file:\S(?:.*\S)?")
_EUI64 = re.compile(r"[0-9A-Fa-f]{2}(?:[-:]?[0-9A-Fa-f]{2}){7}")


def _check_reference(value: Any) -> str:
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise PydanticCustomError(
            SECRET, '"env:NAME", "file:PATH" or "virtual", never the secret itself'
        )
    return value


def _check_device_id(value: str) -> str:
    if value != "virtual" and not _EUI64.fullmatch(value):
        raise expected('an EUI-64 as eight two-digit hex groups, or "virtual"')
    return value


def decimal_number(value: Any) -> Decimal:
    """TOML writes 253.0 or 253; a float becomes the decimal that its text says."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise expected("a number")
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        raise expected("a number") from None
    if not number.is_finite():
        raise expected("a finite number")
    return number


SecretReference = Annotated[str, BeforeValidator(_check_reference)]
DeviceId = Annotated[str, AfterValidator(_check_device_id)]
Number = Annotated[Decimal, BeforeValidator(decimal_number)]
Quantity = Annotated[Decimal, BeforeValidator(decimal_number), Field(gt=0)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def resolve_secret(reference: str) -> str | None:
    """The secret behind a reference; None for a virtual one. PlanError if it is not there.

    A relative path is taken from the current folder of the process.
    """
    kind, _, name = reference.partition(":")
    if kind == "virtual":
        return None
    if kind == "env":
        if name not in os.environ:
            raise PlanError(f"expected the environment variable {name}, seen none of that name")
        return os.environ[name].strip()
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror
        raise PlanError(f"expected a secret in the file {name}, seen: {reason}") from None
