"""Whether the DCC stays as quick with a million schedules and a hundred thousand devices.

`python -m benchmarks.dcc_scale [--folder DIR] [--most SCHEDULES]` fills databases of three sizes
and measures each in a process of its own: start-up of the DSP on it, memory, the look-up of
what is due, of a device, of the premises behind a hub, and one request handled.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

from assay.clock import SimulatedClock
from assay.dcc.audit import Audit
from assay.dcc.dsp.composition import Parts, compose_dsp
from assay.dcc.dsp.schedules import SCHEDULES, Schedule
from assay.dcc.faults import DccFaults
from assay.dcc.inventory import (
    Device,
    DeviceStatus,
    DeviceType,
    Inventory,
    MeteringPoints,
    StatusEntry,
)
from assay.dcc.inventory.form import DEVICES
from assay.dcc.pki.bench_keys import ACCESS_CONTROL_BROKER, dcc_parties, set_up
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.dcc.store import open_store
from assay.duis.values import CalendarDate
from assay.gbcs.identifiers import Eui64
from assay.wan import InProcessWan

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
SCHEDULES_OF_A_DEVICE = 10
DEVICES_OF_A_HUB = 4
BATCH = 5_000
REPEATS = 200


def device_id(number: int) -> Eui64:
    return Eui64(b"\x00\xdb\x12\x34" + number.to_bytes(4, "big"))


def device(number: int) -> Device:
    hub = number - number % DEVICES_OF_A_HUB
    return Device(
        device_id=device_id(number),
        device_type=DeviceType.CHF if number == hub else DeviceType.ESME,
        manufacturer="Maker",
        model="Meter",
        history=(StatusEntry(DeviceStatus.COMMISSIONED, START),),
        points=MeteringPoints(imports=f"{number:013}"),
        hub=device_id(hub),
    )


def schedule(number: int) -> Schedule:
    """Spread over the night, as the DSP would have worked out."""
    return Schedule(
        schedule_id=number,
        owner=OWNER,
        details={
            "ScheduleFrequency": "Daily",
            "ScheduleStartDate": CalendarDate(2026, 3, 1),
            "ScheduleExecutionStartTime": time_of_day(2, tzinfo=UTC),
            "DSPScheduledServiceReference": "4.8",
            "DSPScheduledServiceReferenceVariant": "4.8.1",
            "DeviceID": device_id(number // SCHEDULES_OF_A_DEVICE),
            "DSPReadActiveImportProfileData": {
                "StartDateOffset": -1,
                "StartTime": time_of_day(0, tzinfo=UTC),
                "EndDateOffset": 0,
                "EndTime": time_of_day(0, tzinfo=UTC),
            },
        },
        next_run=START + timedelta(hours=10, seconds=number % 20_000),
    )


def fill(url: str, schedules: int) -> float:
    """Seconds that it took."""
    began = time.perf_counter()
    store = open_store(url)
    for book, make, count in (
        (store.book(DEVICES), device, schedules // SCHEDULES_OF_A_DEVICE),
        (store.book(SCHEDULES), schedule, schedules),
    ):
        for first in range(0, count, BATCH):
            with store.transaction():
                for number in range(first, min(first + BATCH, count)):
                    book.put(make(number))  # type: ignore[arg-type]
    store.close()
    return time.perf_counter() - began


def measure(url: str, schedules: int) -> dict[str, float]:
    """In a fresh process: what start-up, memory and look-ups are."""
    keys = set_up(START, dcc_parties())
    before = _memory()
    began = time.perf_counter()
    store = open_store(url)
    clock = SimulatedClock(START)
    inventory = Inventory(book=store.book(DEVICES))
    dsp = compose_dsp(
        Parts(
            clock=clock,
            wan=InProcessWan(clock),
            keys=keys,
            broker=ACCESS_CONTROL_BROKER,
            registration=Registration(),
            inventory=inventory,
            audit=Audit(clock.now),
            faults=DccFaults(),
            settings=DccSettings(),
            deliver=lambda _: None,
            store=store,
        )
    )
    dsp.resume()
    started = time.perf_counter() - began
    book = store.book(SCHEDULES)
    devices = itertools.cycle(range(0, schedules // SCHEDULES_OF_A_DEVICE, 7))
    found = {
        "start-up ms": started * 1e3,
        "next due ms": _timed(book.next_due),
        # More than are kept decoded.
        "500 due ms": _timed(lambda: book.due(START + timedelta(days=1), 500)),
        "reschedule ms": _timed(lambda: book.put(schedule(schedules // 2))),
        "schedules of a device ms": _timed(
            lambda: list(book.find(device=device_id(next(devices)).hex()))
        ),
        "device ms": _timed(lambda: inventory.find(device_id(next(devices)))),
        "behind a hub ms": _timed(lambda: inventory.behind(device_id(next(devices) // 4 * 4))),
        "by MPAN ms": _timed(lambda: inventory.at_number(f"{next(devices):013}")),
        "memory added MB": (_memory() - before) / 1024,
    }
    store.close()
    return found


def _timed(action: Callable[[], object]) -> float:
    """Median of many, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return sorted(times)[REPEATS // 2] * 1e3


def _memory() -> float:
    """The most that the process has held, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run(folder: Path, most: int) -> None:
    for schedules in (most // 100, most // 10, most):
        path = folder / f"scale-{schedules}.db"
        url = f"sqlite:///{path}"
        filled = fill(url, schedules)
        child = [sys.executable, "-m", "benchmarks.dcc_scale", "--measure", url]
        printed = subprocess.run(
            [*child, "--most", str(schedules)], check=True, capture_output=True, text=True
        ).stdout
        found = json.loads(printed)
        devices = schedules // SCHEDULES_OF_A_DEVICE
        size = path.stat().st_size / 1e6
        print(f"{schedules:,} schedules, {devices:,} devices; {size:.0f} MB", flush=True)
        print(f"  filled at {(schedules + devices) / filled:,.0f} records/s")
        for name, value in found.items():
            print(f"  {name}: {value:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--measure", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        print(json.dumps(measure(given.measure, given.most)))
        return
    if given.folder is not None:
        run(given.folder, given.most)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), given.most)


if __name__ == "__main__":
    main()
