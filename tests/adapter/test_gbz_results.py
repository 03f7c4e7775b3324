"""What a user makes of GBZ responses: which of their components report a success."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assay.adapter.gbz_results import results_of
from assay.gbcs import payload
from assay.gbcs.envelope import parse
from assay.gbcs.gbz.components import Component, GbzPayload

READ_RESPONSE, DEFAULT_RESPONSE = 0x01, 0x0B


def default(status: str) -> Component:
    return Component(0x0702, 0x08, 0, DEFAULT_RESPONSE, {"command": "0x06", "status": status})


def attributes(*named: str) -> Component:
    forms = [{"attribute": "0x0300", "status": status} for status in named]
    return Component(0x0702, 0x08, 0, READ_RESPONSE, {"attributes": forms})


def top_up(result: int) -> Component:
    fields = {"result_type": result, "value": -1, "source": 0, "credit_remaining": -1}
    return Component(0x0705, 0x09, 0, 0x03, fields)


@pytest.mark.parametrize(
    ("component", "result"),
    [
        (default("success"), 0),
        (default("notFound"), 0),
        (default("hardwareFailure"), 0xC0),
        (default("failure"), 1),
        (attributes("success", "success"), 0),
        (attributes("success", "hardwareFailure", "failure"), 0xC0),
        (top_up(0), 0),
        (top_up(6), 6),
        (Component(0x0709, 0x09, 0, 0x02, {"cleared": 8}), 0),
        (Component(0x0709, 0x09, 0, 0x02, {"cleared": 0}), 1),
    ],
)
def test_a_component_says_whether_it_succeeded(component: Component, result: int) -> None:
    assert results_of(GbzPayload((component,)), {}) == (result,)


def test_an_encrypted_component_is_judged_by_what_it_holds() -> None:
    hidden = Component(0x0702, 0x18, 0, READ_RESPONSE, None, b"\x31" + bytes(20))
    opened: dict[int, Any] = {0: attributes("success", "hardwareFailure").payload}
    assert results_of(GbzPayload((hidden,)), opened) == (0xC0,)


def test_national_errors_are_failures_and_successes_are_none(shared: Path) -> None:
    """GBZ answers whose failure is in the clear."""
    wrong = []
    for path in sorted((shared / "rtds/messages").glob("*_GCS*/*_RESPONSE_GBCS.HEX")):
        kind, typed = payload.decode(parse(bytes.fromhex("".join(path.read_text().split()))))
        if kind != "gbz" or all(one.blob is not None for one in typed.components):
            continue
        failed = any(results_of(typed, {}))
        if failed is not ("ERROR" in path.name):
            wrong.append(path.name)
    assert wrong == []
