"""What the reference DCC makes of a request means that request: two readings of the tables agree.

The transformation and Correlate share no code, so each is the other's witness.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assay.adapter.correlation import correlate
from assay.cli.key_folder import KeyFolder
from assay.cli.transformation import transform_request
from assay.duis.catalogue import CATALOGUE, Mode
from assay.duis.requests import Request, build_request
from assay.gbcs.envelope import Message
from assay.verdicts import PlanError
from tests.adapter.alterations import alterations
from tests.adapter.pairs import Pair, pairs

SHORT = 420
"""Octets of a Pre-Command: the alterations of longer ones take too long here."""


@pytest.fixture(scope="module")
def national(shared: Path) -> dict[str, Pair]:
    return pairs(shared)


@pytest.fixture(scope="module")
def keys(shared: Path) -> KeyFolder:
    return KeyFolder.open(shared / "rtds" / "keys")


@pytest.fixture(scope="module")
def devices(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "rtds" / "devices.toml").read_text("utf-8"))


def made_by_the_dcc(request: Request, keys: KeyFolder, devices: dict[str, Any]) -> Message | None:
    """None where the DCC refuses the request."""
    try:
        return transform_request(build_request(request), keys, devices, None)
    except PlanError:
        return None


def test_each_public_request(
    national: dict[str, Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    for pair in national.values():
        message = made_by_the_dcc(pair.request, keys, devices)
        assert message is not None
        assert correlate(pair.request, message) == (), pair.name


DATES = (None, datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC), datetime(3000, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize("date", DATES, ids=["at once", "future dated", "cancelled"])
def test_each_public_request_at_each_date(
    date: datetime | None, national: dict[str, Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    for pair in national.values():
        if Mode.FUTURE_DATED_DEVICE not in CATALOGUE[pair.request.srv].modes:
            continue
        body: Any = pair.request.body
        execution = {} if date is None else {"ExecutionDateTime": date}
        rest = {name: value for name, value in body.items() if name != "ExecutionDateTime"}
        request = replace(pair.request, body={**execution, **rest})
        message = made_by_the_dcc(request, keys, devices)
        assert message is not None
        assert correlate(request, message) == (), pair.name


def has_a_fraction(value: object) -> bool:
    """A time that is not in whole seconds, which the DCC cuts and Correlate refuses."""
    if isinstance(value, datetime):
        return bool(value.microsecond)
    if isinstance(value, Mapping):
        return any(map(has_a_fraction, value.values()))
    return isinstance(value, tuple) and any(map(has_a_fraction, value))


def test_each_alteration_of_a_short_request(
    national: dict[str, Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    made, disagreements = 0, set()
    for pair in national.values():
        if len(pair.pre_command.payload) > SHORT:
            continue
        for path, altered in alterations(pair.request):
            message = made_by_the_dcc(altered, keys, devices)
            if message is None or has_a_fraction(altered.body):
                continue
            made += 1
            if correlate(altered, message):
                disagreements.add((pair.pre_command.message_code, path))
    assert made > 300
    assert disagreements == set()
