"""Files of registration data providers: read whole or not at all, in order, and answered."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from assay.dcc.audit import Audit
from assay.dcc.inventory import DeviceStatus, Inventory
from assay.dcc.registration import Registration, RegistrationChange
from assay.dcc.registration_desk import RegistrationDesk
from assay.dcc.registration_files import COLUMNS, FileName, RemoteFileNameError, read_registration
from assay.dcc.registration_watch import RegistrationWatch
from assay.dcc.store import MemoryStore, Store, open_store
from assay.dcc.strict_csv import RemoteFileError, write_rows
from assay.duis.catalogue import UserRole
from tests.dcc.parties import MPAN, OTHER_SUPPLIER, START, SUPPLIER, meter

IMPORT = UserRole.IMPORT_SUPPLIER
FULL_1 = "registration-electricity-NORTH-full-000001.csv"
UPDATE_2 = "registration-electricity-NORTH-update-000002.csv"
LONG_AGO = "2020-01-01T00:00:00Z"
TODAY = "2026-03-01T00:00:00Z"
TOMORROW = "2026-03-02T00:00:00Z"


def row(action: str = "set", **cells: object) -> tuple[str, ...]:
    usual = {"mpxn": MPAN, "role": "IS", "party": SUPPLIER, "start": LONG_AGO, "end": ""}
    return tuple(str(cell) for cell in {"action": action, **usual, **cells}.values())


def content(*rows: tuple[str, ...]) -> bytes:
    return write_rows(COLUMNS, rows)


class Desk:
    """A desk in a folder, before the day's run, and what listeners heard."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.folder = folder
        self.clock = SimulatedClock(START)
        self.store = store if store is not None else MemoryStore()
        self.registration = Registration(store=self.store)
        self.changes: list[RegistrationChange] = []
        self.registration.listeners.append(self.changes.append)
        self.inventory = Inventory()
        self.audit = Audit(self.clock.now)
        self.desk = RegistrationDesk(
            folder=folder,
            clock=self.clock,
            store=self.store,
            registration=self.registration,
            watch=RegistrationWatch(self.clock, self.store, self.registration),
            inventory=self.inventory,
            audit=self.audit,
            at=time(18),
        )
        self.desk.start()

    def put(self, name: str, octets: bytes) -> None:
        (self.folder / "inbox" / name).write_bytes(octets)

    def load(self, name: str, *rows: tuple[str, ...]) -> list[str]:
        """The answer to one file, its rows without header and end."""
        self.put(name, content(*rows))
        self.desk.run()
        return self.response(name)

    def response(self, name: str) -> list[str]:
        path = self.folder / "responses" / f"{name.removesuffix('.csv')}.response.csv"
        return path.read_text().splitlines()[1:-1]

    def supplier(self) -> object:
        return self.registration.responsible(MPAN, IMPORT, self.clock.now())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_files_are_loaded_once_a_day_by_the_clock(desk: Desk) -> None:
    desk.put(FULL_1, content(row()))
    desk.clock.advance(timedelta(hours=5, minutes=59))
    assert desk.supplier() is None
    desk.clock.advance(timedelta(minutes=2))
    assert desk.supplier() == SUPPLIER
    desk.put(UPDATE_2, content(row(party=OTHER_SUPPLIER, start=TOMORROW)))
    desk.clock.advance(timedelta(days=1))
    assert desk.supplier() == OTHER_SUPPLIER


def test_a_loaded_file_is_answered_and_put_away(desk: Desk) -> None:
    assert desk.load(FULL_1, row()) == ['accepted,,,"1 set, 0 removed, 1 changes in force"']
    assert not list((desk.folder / "inbox").iterdir())
    assert (desk.folder / "done" / FULL_1).exists()
    assert desk.audit.entries[-1].kind == "registration file"


def test_a_full_file_takes_the_place_of_all_that_its_provider_told(desk: Desk) -> None:
    desk.load(FULL_1, row(), row(mpxn="1" * 13))
    desk.load("registration-electricity-SOUTH-full-000001.csv", row(mpxn="2" * 13))
    desk.load("registration-electricity-NORTH-full-000002.csv", row(mpxn="3" * 13))
    registered = {p.mpxn for p in desk.registration.book.find()}
    assert registered == {"2" * 13, "3" * 13}


def test_an_update_changes_what_it_names(desk: Desk) -> None:
    desk.load(FULL_1, row(), row(mpxn="1" * 13), row(mpxn="2" * 13))
    answer = desk.load(UPDATE_2, row("remove", mpxn="1" * 13), row(mpxn="3" * 13))
    assert answer == ['accepted,,,"1 set, 1 removed, 2 changes in force"']
    assert {p.mpxn for p in desk.registration.book.find()} == {MPAN, "2" * 13, "3" * 13}


def test_a_change_of_supplier_is_told_on_its_day(desk: Desk) -> None:
    desk.load(FULL_1, row())
    desk.changes.clear()
    desk.load(UPDATE_2, row(end=TOMORROW), row(party=OTHER_SUPPLIER, start=TOMORROW))
    assert desk.changes == []
    desk.clock.advance(timedelta(days=1))
    (change,) = desk.changes
    assert change.is_change_of_supplier
    assert (change.losing, change.gaining) == (SUPPLIER, OTHER_SUPPLIER)


def test_the_same_full_file_under_the_next_number_changes_nothing(desk: Desk) -> None:
    desk.load(FULL_1, row())
    desk.changes.clear()
    answer = desk.load("registration-electricity-NORTH-full-000002.csv", row())
    assert answer == ['accepted,,,"0 set, 0 removed, 0 changes in force"']
    assert desk.changes == []


def test_a_file_that_is_seen_again_after_a_crash_is_answered_again(desk: Desk) -> None:
    desk.load(FULL_1, row())
    assert desk.load(FULL_1, row()) == ['accepted,,,"0 set, 0 removed, 0 changes in force"']


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("registration-electricity-NORTH-update-000004.csv", "expected sequence 3, seen 4"),
        (UPDATE_2, "expected sequence 3, seen 2"),
        (FULL_1, "expected sequence 3, seen 1"),
        ("registration-gas-NORTH-update-000002.csv", "expected a full file as the first"),
    ],
    ids=["gap", "repeated", "older full file", "update first"],
)
def test_a_file_out_of_order_is_refused(desk: Desk, name: str, expected: str) -> None:
    desk.load(FULL_1, row())
    desk.load(UPDATE_2, row(mpxn="1" * 13))
    (answer,) = desk.load(name, row(mpxn="2" * 13))
    assert answer.startswith("refused")
    assert expected in answer
    assert len(desk.registration.book) == 2


CASES = {
    "action": (row("delete"), "action", "set or remove"),
    "remove in a full file": (row("remove"), "action", "set in a full file"),
    "MPAN too short": (row(mpxn="123"), "mpxn", "an MPAN of 13 digits"),
    "no MPAN": (row(mpxn="131234567811X"), "mpxn", "an MPAN of 13 digits"),
    "role of the other fuel": (row(role="GS"), "role", "ED or ES or IS or RSA"),
    "role that nobody knows": (row(role="XX"), "role", "ED or ES or IS or RSA"),
    "party": (row(party="Supplier"), "party", "an EUI-64"),
    "start": (row(start="1 March 2026"), "start", "a time like"),
    "start with a zone": (row(start="2026-03-01T00:00:00+01:00"), "start", "a time like"),
    "no such day": (row(start="2026-02-30T00:00:00Z"), "start", "a time like"),
    "end before start": (row(start=TODAY, end=LONG_AGO), "end", f"a time after {TODAY}"),
    "cell missing": (row()[:-1], "", "6 cells"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_by_line_and_column(desk: Desk, case: str) -> None:
    wrong, column, expected = CASES[case]
    (answer,) = desk.load(FULL_1, row(mpxn="1" * 13), wrong)
    assert answer.startswith(f"refused,3,{column},")
    assert f"expected {expected}" in answer
    assert len(desk.registration.book) == 0
    assert (desk.folder / "refused" / FULL_1).exists()


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    answer = desk.load(FULL_1, row(mpxn="1"), row(role="GS"), row(), row())
    assert [line.split(",")[1:3] for line in answer] == [
        ["2", "mpxn"],
        ["3", "role"],
        ["5", "start"],
    ]


def test_a_point_of_another_provider_is_refused(desk: Desk) -> None:
    desk.load(FULL_1, row())
    (answer,) = desk.load("registration-electricity-SOUTH-full-000001.csv", row())
    assert answer.startswith("refused,2,mpxn,")


def test_removing_what_is_not_there_is_refused(desk: Desk) -> None:
    desk.load(FULL_1, row())
    (answer,) = desk.load(UPDATE_2, row("remove", mpxn="1" * 13))
    assert answer.startswith("refused,2,start,")


def test_a_name_that_says_nothing_is_refused(desk: Desk) -> None:
    (answer,) = desk.load("points.csv", row())
    assert answer.startswith("refused,,,")
    with pytest.raises(RemoteFileNameError):
        FileName.parse("registration-water-NORTH-full-000001.csv")


WHOLE = content(*(row(mpxn=f"{number:013}") for number in range(20)))


@given(st.integers(0, len(WHOLE) - 3))
def test_a_file_that_was_cut_off_anywhere_is_refused(size: int) -> None:
    with pytest.raises(RemoteFileError):
        read_registration(FileName.parse(FULL_1), WHOLE[:size])


@given(st.binary(max_size=300))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    with pytest.raises(RemoteFileError):
        read_registration(FileName.parse(FULL_1), octets)


def test_the_providers_are_told_the_status_of_their_points(desk: Desk) -> None:
    desk.inventory.enter(meter(DeviceStatus.SUSPENDED))
    desk.load(FULL_1, row(), row(mpxn="1" * 13))
    (path,) = (desk.folder / "status").iterdir()
    assert path.name == "status-electricity-NORTH-20260301.csv"
    assert path.read_text().splitlines() == ["mpxn,status", f"{MPAN},Suspended", "END,1"]


def test_a_restart_loses_no_registration_and_no_number(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dcc.db'}"
    before = Desk(tmp_path, open_store(url))
    before.load(FULL_1, row(end=TOMORROW), row(party=OTHER_SUPPLIER, start=TOMORROW))
    before.desk.stop()
    before.store.close()

    after = Desk(tmp_path, open_store(url))
    after.desk.watch.start()
    assert after.supplier() == SUPPLIER
    assert after.load(UPDATE_2, row(mpxn="1" * 13))[0].startswith("accepted")
    after.changes.clear()
    after.clock.advance(timedelta(days=1))
    assert after.supplier() == OTHER_SUPPLIER
    assert [change.gaining for change in after.changes] == [OTHER_SUPPLIER]
    after.store.close()
