"""The desks of a served DCC: files on one side, access over real HTTP on the other."""

from __future__ import annotations

import re
from datetime import time, timedelta
from pathlib import Path

import pytest

from assay.dcc.anomaly.files import (
    DECISION_COLUMNS,
    LIMIT_COLUMNS,
    THRESHOLD_COLUMNS,
    read_decisions,
    read_limits,
    read_thresholds,
)
from assay.dcc.registration_files import COLUMNS, FileName, read_registration
from assay.dcc.strict_csv import write_rows
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.parties import BROKER, MPAN, OTHER_SUPPLIER, START, SUPPLIER
from tests.dcc.server_bench import ServerBench

DOCS = Path(__file__).parents[2] / "docs"
FULL = "registration-electricity-NORTH-full-000001.csv"


class AnySigner:
    """Takes the signature's text for the signer."""

    def verify(self, _name: str, _octets: bytes, signature: bytes) -> Eui64:
        return Eui64.from_text(signature.decode())


def code(server: ServerBench, bench: DspBench, user: Eui64) -> str:
    answer = server.post(bench.signed(bench.request("7.4", user=user)))
    return server.response(answer).response_code


def test_a_change_of_supplier_in_a_file_opens_one_door_and_closes_the_other(
    plain_server: ServerBench, bench: DspBench, tmp_path: Path
) -> None:
    plain_server.dcc.open_registration_desk(tmp_path, at=time(13))
    midnight = START.replace(hour=0) + timedelta(days=1)
    row = ("set", MPAN, "IS", OTHER_SUPPLIER.hyphenated, f"{midnight:%Y-%m-%dT%H:%M:%SZ}", "")
    (tmp_path / "inbox" / FULL).write_bytes(write_rows(COLUMNS, [row]))

    def codes() -> list[str]:
        return [code(plain_server, bench, user) for user in (SUPPLIER, OTHER_SUPPLIER)]

    before = codes()
    plain_server.clock.advance(timedelta(hours=2))
    loaded = codes()
    plain_server.clock.advance(timedelta(hours=11))
    assert before == loaded == ["I99", "E4"]
    assert codes() == ["E4", "I99"]
    assert (tmp_path / "responses" / FULL.replace(".csv", ".response.csv")).exists()


def test_thresholds_in_a_file_are_in_force_over_http(
    plain_server: ServerBench, bench: DspBench, tmp_path: Path
) -> None:
    plain_server.dcc.open_out_of_band_desk(tmp_path, AnySigner())
    row = ("request", "*", "day", "absolute", "", "", "1")
    name = "thresholds-dcc.csv"
    (tmp_path / "inbox" / f"{name}.sig").write_text(BROKER.hyphenated)
    (tmp_path / "inbox" / name).write_bytes(write_rows(THRESHOLD_COLUMNS, [row]))
    plain_server.clock.advance(timedelta(minutes=2))
    assert [code(plain_server, bench, SUPPLIER) for _ in range(3)] == ["I99"] * 3
    health = plain_server.dcc.health()
    assert (health["commands_in_flight"], health["quarantined"]) == (1, 2)


def examples(name: str, columns: tuple[str, ...]) -> bytes:
    """The block of a page that has these columns."""
    page = (DOCS / name).read_text()
    blocks = re.findall(r"```\n(.*?)```", page, re.DOTALL)
    (block,) = [one for one in blocks if one.startswith(",".join(columns))]
    return str(block).encode()


@pytest.mark.parametrize(
    ("page", "columns"),
    [
        ("registration_files.md", COLUMNS),
        ("anomaly_files.md", THRESHOLD_COLUMNS),
        ("anomaly_files.md", LIMIT_COLUMNS),
        ("anomaly_files.md", DECISION_COLUMNS),
    ],
    ids=["registration", "thresholds", "limits", "decisions"],
)
def test_the_examples_of_the_documentation_are_right(page: str, columns: tuple[str, ...]) -> None:
    readers = {
        COLUMNS: lambda octets: read_registration(FileName.parse(FULL), octets),
        THRESHOLD_COLUMNS: lambda octets: read_thresholds("t.csv", octets, SUPPLIER),
        LIMIT_COLUMNS: lambda octets: read_limits("l.csv", octets),
        DECISION_COLUMNS: lambda octets: read_decisions("q.csv", octets),
    }
    assert readers[columns](examples(page, columns))
