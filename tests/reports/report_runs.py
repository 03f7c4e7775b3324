"""Run folders as data, in the form of docs/run_folder.md, with evidence written by the bench's
own timeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from assay.declarations import (
    Declarations,
    freeze,
    read_bench,
    read_catalogue,
    read_device,
    read_plan,
)
from assay.verdicts import Verdict, of_attempts
from fixtures.timeline import Timeline
from reports.plots import Mark, Threshold, supply_trace

BEGUN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
BENCH_TIME = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

REQUEST = (
    b'<?xml version="1.0"?><sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway"'
    b' schemaVersion="5.4"><sr:Header><sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0'
    b":1000</sr:RequestID><sr:CommandVariant>1</sr:CommandVariant><sr:ServiceReference>4.10"
    b"</sr:ServiceReference><sr:ServiceReferenceVariant>4.10</sr:ServiceReferenceVariant>"
    b"</sr:Header><sr:Body><sr:ReadNetworkData/></sr:Body></sr:Request>"
)
COMMAND_HEX = ("df090200000000000003e8001d0200db1234567890a00810" * 6).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt; `message`, `expected` and `observed` as the job told them."""

    verdict: Verdict = Verdict.PASS
    message: str = ""
    requirement: str | None = None
    expected: str | None = None
    observed: str | None = None
    stops_at: int | None = None
    moments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    feature: str
    scheme: str = "functional"
    rule: str | None = None
    tags: Sequence[str] = ()
    steps: Sequence[str] = ("Given a commissioned meter", "When it is read", "Then it answers")
    tries: Sequence[Try] = (Try(),)
    has_plot: bool = False

    @property
    def id(self) -> str:
        plain = "".join(c if c.isalnum() else "-" for c in f"{self.feature}.{self.name}".lower())
        return plain.strip("-")[:90]


OUTAGE_STEPS = (
    "Given a commissioned single-phase electricity meter",
    "And the electricity distributor listens for alerts",
    "When the supply is interrupted for 3 minutes and 10 seconds",
    "Then the hub reports the power outage within 4 minutes",
    "And the meter reports that the supply is restored",
)

LATE_ALERT = Try(
    verdict=Verdict.FAIL,
    message="SMETS-E-040: expected alert 8F35 within 60 s of the restoration, observed none",
    requirement="SMETS-E-040",
    expected="alert 8F35 (supply outage restored) within 60 s of the restoration",
    observed="no alert from 90-B3-D5-1F-30-00-00-02 in 60 s; the supply is at 230.1 V",
    stops_at=4,
)

SOURCE_LOST = Try(
    verdict=Verdict.INCONCLUSIVE,
    message="BenchLost: supply at TCPIP::127.0.0.1::5025::SOCKET: expected *IDN?, got nothing",
    stops_at=2,
)

NO_SWITCH = Try(
    verdict=Verdict.NOT_APPLICABLE,
    message="the device does not claim aux_load_control",
    stops_at=0,
)

GOLDEN: tuple[Case, ...] = (
    Case(
        name="An import supplier reads the instantaneous registers",
        feature="Read the meter",
        scheme="uept",
        rule="6.11 and 4.1.1 for each role",
        tags=("role:IS", "scheme:uept", "srv:4.1.1", "usecase:ECS17b"),
    ),
    Case(
        name="A distributor reads the network data",
        feature="Read the meter",
        scheme="uept",
        rule="6.11 and 4.1.1 for each role",
        tags=("role:ED", "scheme:uept", "srv:4.10", "usecase:ECS23"),
    ),
    Case(
        name="Supply is lost for 3 minutes and 10 seconds",
        feature="The meter survives a loss of supply",
        rule="Outage and restoration are reported",
        tags=("role:ED", "scheme:functional"),
        steps=OUTAGE_STEPS,
        has_plot=True,
    ),
    Case(
        name="The auxiliary load switch follows its calendar",
        feature="Auxiliary loads",
        tags=("scheme:functional",),
        tries=(NO_SWITCH,),
    ),
    Case(
        name="A replayed command is refused",
        feature="Commands that are not what they seem",
        scheme="security",
        tags=("scheme:security", "usecase:ECS44"),
    ),
)

FAILING: tuple[Case, ...] = (
    *GOLDEN[:2],
    Case(
        name=GOLDEN[2].name,
        feature=GOLDEN[2].feature,
        rule=GOLDEN[2].rule,
        tags=GOLDEN[2].tags,
        steps=OUTAGE_STEPS,
        has_plot=True,
        tries=(LATE_ALERT,),
    ),
    GOLDEN[3],
    Case(
        name="A replayed command is refused",
        feature="Commands that are not what they seem",
        scheme="security",
        tags=("scheme:security",),
        steps=OUTAGE_STEPS[:3],
        tries=(SOURCE_LOST, SOURCE_LOST),
    ),
    Case(
        name="The contactor opens and closes 100 times",
        feature="Wear of the contactor",
        scheme="accelerated_life",
        tags=("scheme:accelerated_life",),
        tries=(),
    ),
)


def write_run(
    folder: Path, cases: Sequence[Case], *, rogue: str | None = None, run: str = "20261103T093000Z"
) -> Path:
    """A run folder with everything that a campaign leaves, except Allure results."""
    folder.mkdir(parents=True, exist_ok=True)
    declarations = Declarations(
        bench=read_bench(), device=read_device(), plan=read_plan(), rogue=rogue
    )
    freeze(folder, declarations)
    ids = [row.id for row in read_catalogue()]
    scenarios = [_scenario(folder, case, ids[place % 40]) for place, case in enumerate(cases)]
    verdicts = [Verdict.from_words(each["verdict"]) for each in scenarios]
    worst = Verdict.worst(verdicts)
    summary = {
        "format": 1,
        "run": run,
        "begun": BEGUN.isoformat(),
        "ended": (BEGUN + timedelta(seconds=74)).isoformat(),
        "interrupted": False,
        "faults": [],
        "harness": {"version": "0.1.0", "python": "3.11.7"},
        "evidence_level": declarations.bench.value.evidence_level,
        "rogue": rogue,
        "verdict": worst.words,
        "exit_code": 1 if worst is Verdict.FAIL else 0 if worst is Verdict.PASS else 3,
        "counts": Counter(verdict.words for verdict in verdicts),
        "scenarios": scenarios,
        "left_out": [
            {"id": "gas.valve", "name": "The valve closes", "reason": "device is not of type GSME"}
        ],
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2), encoding="utf-8")
    return folder


def change_summary(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    change(summary)
    path.write_text(json.dumps(summary), encoding="utf-8")


def _scenario(folder: Path, case: Case, requirement: str) -> dict[str, Any]:
    row = read_catalogue()[requirement]
    attempts = []
    for number, each in enumerate(case.tries, start=1):
        evidence = f"evidence/{case.id}/{number}"
        _write_evidence(folder / evidence, case, each)
        attempts.append(
            {
                "number": number,
                "verdict": each.verdict.words,
                "duration_s": 1.25 * number,
                "message": each.message,
                "requirement": each.requirement,
                "expected": each.expected,
                "observed": each.observed,
                "step": None if each.stops_at is None else case.steps[each.stops_at],
                "evidence": evidence,
            }
        )
    return {
        "id": case.id,
        "name": case.name,
        "feature": case.feature,
        "rule": case.rule,
        "scheme": case.scheme,
        "tags": [*case.tags, f"requirement:{requirement}"],
        "advisory": row.advisory,
        "requirements": [
            {
                "id": row.id,
                "title": row.title,
                "reference": row.reference,
                "provenance": row.provenance,
                "severity": row.severity,
                "advisory": row.advisory,
            }
        ],
        "verdict": of_attempts([each.verdict for each in case.tries]).words,
        "attempts": attempts,
    }


def _write_evidence(folder: Path, case: Case, attempt: Try) -> None:
    timeline = Timeline(folder)
    timeline.add(BENCH_TIME, "step", "scenario", case.name, {"steps": list(case.steps)})
    for place, step in enumerate(case.steps):
        at = BENCH_TIME + timedelta(seconds=60 * place)
        timeline.add(at, "step", "step", step, {"line": 12 + place})
        _write_traffic(timeline, at, place, attempt)
        if place == attempt.stops_at:
            status = {Verdict.FAIL: "failed", Verdict.NOT_APPLICABLE: "skipped"}
            end = {"status": status.get(attempt.verdict, "broken"), "message": attempt.message}
            timeline.add(at + timedelta(seconds=59), "step", "step-end", step, end)
            break
        timeline.add(at + timedelta(seconds=59), "step", "step-end", step, {"status": "passed"})
    if case.has_plot:
        end_at = BENCH_TIME + timedelta(minutes=5)
        png = _plot(case.name)
        timeline.add(end_at, "supply", "trace", "Supply and load", attachment=("supply.png", png))


def _write_traffic(timeline: Timeline, at: datetime, place: int, attempt: Try) -> None:
    second = timedelta(seconds=1)
    if place == 0:
        timeline.add(
            at + second,
            "user",
            "duis-request",
            "4.10 Read Network Data from the distributor",
            {"srv": "4.10", "target": "00-DB-12-34-56-78-90-A0"},
            ("request.xml", REQUEST),
        )
        timeline.add(
            at + 2 * second,
            "wan",
            "gbcs",
            "ECS23 command to the meter",
            {"direction": "down", "octets": len(COMMAND_HEX) // 2},
            ("command.hex", COMMAND_HEX),
        )
        decoded = json.dumps({"use_case": "ECS23", "mac": "valid", "body": {"rows": [1, 2]}})
        timeline.add(
            at + 2 * second,
            "device",
            "gbcs",
            "ECS23 command, decoded",
            {"header": {"counter": 1000, "cra": "command"}, "targets": ["meter", "hub"]},
            ("command.json", decoded.encode()),
        )
    elif place == 1:
        volts = {"volts": Decimal("230.1"), "hertz": Decimal("50.00")}
        timeline.add(at + second, "supply", "measurement", "Supply measured", volts)
        timeline.add(at + second, "load", "measurement", "Load measured", {"amps": Decimal("8.7")})
    elif place == 2:
        timeline.add(at, "supply", "stimulus", "Output 0 V for 190 s", {"volts": Decimal(0)})
        timeline.add(at + 40 * second, "alert", "power-outage", "AD1 from the hub")
    for number in range(attempt.moments):
        timeline.add(at + second, "clock", "advance", f"cycle {number}")


def _plot(title: str) -> bytes:
    return supply_trace(
        title=title,
        volts=[
            (BENCH_TIME + timedelta(seconds=at), Decimal(volts))
            for at, volts in ((0, "230.0"), (120, "0"), (310, "230.1"))
        ],
        amps=[
            (BENCH_TIME + timedelta(seconds=at), Decimal(amps))
            for at, amps in ((0, "8.7"), (120, "0"), (310, "8.7"))
        ],
        thresholds=[Threshold(label="average over", volts=Decimal("253.0"))],
        marks=[
            Mark(at=BENCH_TIME + timedelta(seconds=120), label="supply interrupted"),
            Mark(at=BENCH_TIME + timedelta(seconds=300), label="AD1 from the hub", kind="alert"),
            Mark(at=BENCH_TIME + timedelta(seconds=310), label="supply restored"),
        ],
    )
