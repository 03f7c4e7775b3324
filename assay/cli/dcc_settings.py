"""`dcc.toml` and the tables of `assay dcc serve`, as what the DCC takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from assay.dcc.csv_table import TableError
from assay.dcc.settings import DccSettings
from assay.declarations.dcc import DccFile
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

T = TypeVar("T")


def settings_of(file: DccFile) -> DccSettings:
    """PlanError for a variant that there is not, or an alert code that means something else."""
    changes: dict[str, Any] = {
        name: timedelta(seconds=seconds)
        for name, seconds in file.times.model_dump(exclude_none=True).items()
    }
    for name in ("command_retries", "quarantine_alert_code"):
        value = getattr(file, name)
        if value is not None:
            changes[name] = value
    code = file.quarantine_alert_code
    if code is not None and (code not in DCC_ALERTS or DCC_ALERTS[code].element is not None):
        raise PlanError(
            f"quarantine_alert_code: expected a DCC alert whose body is not known, seen {code}"
        )
    opened = {}
    for srv, roles in file.opened.items():
        if srv not in CATALOGUE:
            raise PlanError(f"opened.{srv}: expected a service reference variant, seen none")
        opened[srv] = frozenset(UserRole(role) for role in roles)
    return replace(DccSettings(), opened=opened, **changes)


def receive_urls(file: DccFile, entries: list[str], users: Collection[Eui64]) -> dict[Eui64, str]:
    """Those of the file, and those of `--receive`, which win. PlanError for who is no user."""
    urls = {Eui64.from_text(party): url for party, url in file.receive.items()}
    for entry in entries:
        eui, _, url = entry.partition("=")
        try:
            urls[Eui64.from_text(eui)] = url
        except ValueError as error:
            raise PlanError(f"--receive {entry}: {error}") from error
    for party in urls.keys() - set(users):
        known = ", ".join(user.hyphenated for user in users)
        raise PlanError(f"receive: expected a user, one of {known}, seen {party}")
    return urls


def read_file(option: str, path: Path | None, read: Callable[[Path], T]) -> T | None:
    """None without a path. PlanError names option, file and line."""
    if path is None:
        return None
    try:
        return read(path)
    except TableError as error:
        raise PlanError(f"{option} {path.parent / str(error)}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{option} {path}: expected a readable table, seen: {error}") from error
