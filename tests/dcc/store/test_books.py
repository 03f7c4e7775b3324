"""Books of records: one contract, in memory and in a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from assay.dcc.store import Agenda, Book, BookForm, MemoryStore, Store, StoreError, open_store
from assay.dcc.store.octets import RecordCodec
from assay.duis.identifiers import MAX_COUNTER, MessageId
from assay.duis.requests import Request
from assay.gbcs.identifiers import Eui64
from tests.dcc.databases import VARIABLE, fresh_store, given_database

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ball:
    name: str
    colour: Colour | None = None
    owner: Eui64 | None = None
    due: datetime | None = None
    note: str = ""


BALLS = BookForm(
    name="ball",
    record=Ball,
    key=lambda ball: ball.name,
    columns={
        "colour": lambda ball: ball.colour,
        "owner": lambda ball: str(ball.owner) if ball.owner is not None else None,
    },
    due=lambda ball: ball.due,
    parts=(Colour,),
)

Open = Callable[[], Store]


@pytest.fixture(params=["memory", "SQLite", "given"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """In memory, in SQLite, and in whatever database the tester names."""
    urls = {"memory": None, "SQLite": f"sqlite:///{tmp_path}/books.db", "given": given_database()}
    if request.param == "given" and given_database() is None:
        pytest.skip(f"{VARIABLE} names no database")
    opened = fresh_store(urls[request.param])
    yield opened
    opened.close()


@pytest.fixture
def balls(store: Store) -> Book[Ball]:
    return store.book(BALLS)


def names(found: Iterator[Ball] | list[Ball]) -> list[str]:
    return [ball.name for ball in found]


def test_a_record_is_found_by_its_key(balls: Book[Ball]) -> None:
    ball = Ball(name="a", colour=Colour.RED, owner=Eui64(bytes(8)), due=START, note="x")
    balls.put(ball)
    assert balls.get("a") == ball
    assert "a" in balls
    assert balls.get("b") is None
    assert len(balls) == 1


def test_putting_again_replaces_and_keeps_the_place(balls: Book[Ball]) -> None:
    for name in "abc":
        balls.put(Ball(name=name, colour=Colour.RED))
    balls.put(Ball(name="a", colour=Colour.RED, note="new"))
    assert names(balls.find()) == ["a", "b", "c"]
    assert names(balls.find(colour="red")) == ["a", "b", "c"]
    first = balls.first(colour="red")
    assert first is not None and first.note == "new"


def test_columns_find_what_has_their_values_now(balls: Book[Ball]) -> None:
    owner = Eui64(bytes(range(8)))
    balls.put(Ball(name="a", colour=Colour.RED, owner=owner))
    balls.put(Ball(name="b", colour=Colour.RED))
    balls.put(Ball(name="c", colour=Colour.BLUE, owner=owner))
    balls.put(Ball(name="a", colour=Colour.BLUE, owner=owner))
    assert names(balls.find(colour="red")) == ["b"]
    assert balls.count(colour="blue") == 2
    assert sorted(names(balls.find(colour="blue", owner=str(owner)))) == ["a", "c"]
    assert balls.first(colour="green") is None


def test_what_is_found_may_be_removed_on_the_way(balls: Book[Ball]) -> None:
    for number in range(600):
        balls.put(Ball(name=f"{number}", colour=Colour.RED))
    for ball in balls.find(colour="red"):
        balls.remove(ball.name)
    assert len(balls) == 0
    balls.remove("never there")


def test_the_longest_due_comes_first(balls: Book[Ball]) -> None:
    balls.put(Ball(name="later", due=START + A_MINUTE))
    balls.put(Ball(name="never"))
    balls.put(Ball(name="now", due=START))
    balls.put(Ball(name="moved", due=START - A_MINUTE))
    balls.put(Ball(name="moved", due=START + 2 * A_MINUTE))
    assert balls.next_due() == START
    assert names(balls.due(START, 10)) == ["now"]
    assert names(balls.due(START + 2 * A_MINUTE, 2)) == ["now", "later"]
    balls.remove("now")
    assert balls.next_due() == START + A_MINUTE


def test_a_book_may_have_nothing_to_look_up_by(store: Store) -> None:
    plain = store.book(replace(BALLS, name="plain_ball", columns={}, due=None))
    plain.put(Ball(name="a", due=START))
    assert plain.get("a") == Ball(name="a", due=START)
    assert plain.next_due() is None
    assert plain.due(START, 1) == []


def test_a_failed_transaction_leaves_nothing(store: Store, balls: Book[Ball]) -> None:
    balls.put(Ball(name="a", colour=Colour.RED))
    said: list[str] = []
    with pytest.raises(ZeroDivisionError), store.transaction():
        balls.put(Ball(name="a", colour=Colour.BLUE, due=START))
        balls.put(Ball(name="b"))
        balls.remove("a")
        store.after_commit(lambda: said.append("done"))
        raise ZeroDivisionError
    assert [ball.colour for ball in balls.find()] == [Colour.RED]
    assert names(balls.find(colour="red")) == ["a"]
    assert balls.next_due() is None
    assert len(balls) == 1
    assert said == []


def test_nothing_is_said_before_it_is_safe(store: Store, balls: Book[Ball]) -> None:
    said: list[bool] = []
    with store.transaction():
        with store.transaction():
            balls.put(Ball(name="a"))
            store.after_commit(lambda: said.append("a" in balls))
        assert said == []
    store.after_commit(lambda: said.append("b" in balls))
    assert said == [True, False]


def test_a_database_is_read_by_the_next_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/books.db"
    ball = Ball(name="a", colour=Colour.RED, owner=Eui64(bytes(8)), due=START)
    first = open_store(url)
    first.book(BALLS).put(ball)
    first.close()
    second = open_store(url)
    assert list(second.book(BALLS).find(colour="red")) == [ball]
    assert second.book(BALLS).next_due() == START
    second.close()


def test_a_table_of_another_layout_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/books.db"
    first = open_store(url)
    first.book(BALLS)
    first.close()
    second = open_store(url)
    with pytest.raises(StoreError, match="table ball: expected columns"):
        second.book(replace(BALLS, columns={}))
    second.close()


def test_no_look_up_reads_or_sorts_the_whole_table(tmp_path: Path) -> None:
    """However many schedules there are, the next one due is found as quickly."""
    store = open_store(f"sqlite:///{tmp_path}/books.db")
    store.book(BALLS)
    store.close()
    with closing(sqlite3.connect(tmp_path / "books.db")) as database:
        for question in (
            "SELECT MIN(due) FROM ball",
            "SELECT body FROM ball WHERE due <= 5 ORDER BY due, number LIMIT 100",
            "SELECT body FROM ball WHERE colour = 'red' AND number > 0 ORDER BY number LIMIT 1",
            "SELECT body FROM ball WHERE key = 'a'",
        ):
            plan = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {question}"))
            assert "INDEX" in plan, (question, plan)
            assert "TEMP B-TREE" not in plan, (question, plan)


def test_a_database_that_another_dcc_works_on_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/books.db"
    first = open_store(url)
    first.book(BALLS)
    with pytest.raises(StoreError, match="locked"):
        open_store(url)
    first.close()
    open_store(url).close()


def test_an_address_that_opens_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="database"):
        open_store(f"sqlite:///{tmp_path}/no/such/folder/books.db")
    with pytest.raises(StoreError, match="database"):
        open_store("no address")


# Agenda


def agenda(store: Store, clock: SimulatedClock, strike: Callable[[Ball], None]) -> Agenda[Ball]:
    return Agenda(clock, store, store.book(BALLS), strike)


def test_each_record_is_struck_when_it_is_due(store: Store, balls: Book[Ball]) -> None:
    clock, struck = SimulatedClock(START), []

    def strike(ball: Ball) -> None:
        struck.append((ball.name, clock.now() - START))
        balls.remove(ball.name)

    planned = agenda(store, clock, strike)
    for name, minutes in (("c", 3), ("a", 1), ("b", 2)):
        due = START + minutes * A_MINUTE
        balls.put(Ball(name=name, due=due))
        planned.note(due)
    clock.advance(2 * A_MINUTE)
    assert struck == [("a", A_MINUTE), ("b", 2 * A_MINUTE)]
    clock.advance(A_MINUTE)
    assert len(balls) == 0


def test_a_record_may_come_again(store: Store, balls: Book[Ball]) -> None:
    clock, times = SimulatedClock(START), []

    def strike(ball: Ball) -> None:
        times.append(clock.now())
        balls.put(replace(ball, due=clock.now() + A_MINUTE))

    balls.put(Ball(name="a", due=START + A_MINUTE))
    agenda(store, clock, strike).resume()
    clock.advance(5 * A_MINUTE)
    assert len(times) == 5


def test_more_than_a_batch_is_struck_at_one_moment(store: Store, balls: Book[Ball]) -> None:
    clock = SimulatedClock(START)
    for number in range(350):
        balls.put(Ball(name=f"{number}", due=START))
    agenda(store, clock, lambda ball: balls.remove(ball.name)).resume()
    clock.advance(timedelta(0))
    assert len(balls) == 0
    assert clock.now() == START


def test_one_that_fails_delays_no_other(store: Store, balls: Book[Ball]) -> None:
    clock = SimulatedClock(START)

    def strike(ball: Ball) -> None:
        if ball.name == "bad":
            raise ZeroDivisionError
        balls.remove(ball.name)

    for name in ("bad", "good"):
        balls.put(Ball(name=name, due=START))
    agenda(store, clock, strike).resume()
    with pytest.raises(ZeroDivisionError):
        clock.advance(timedelta(0))
    assert names(balls.find()) == ["bad"]


def test_a_strike_may_deal_with_others_of_its_turn(store: Store, balls: Book[Ball]) -> None:
    clock, struck = SimulatedClock(START), []

    def strike(ball: Ball) -> None:
        struck.append(ball.name)
        for name in "ab":
            balls.remove(name)

    for name in "ab":
        balls.put(Ball(name=name, due=START))
    agenda(store, clock, strike).resume()
    clock.advance(timedelta(0))
    assert struck == ["a"]


# Octets

euis = st.binary(min_size=8, max_size=8).map(Eui64)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.binary()
    | st.datetimes(timezones=st.just(UTC))
    | st.decimals(allow_nan=False, allow_infinity=False)
    | euis
    | st.builds(MessageId, euis, euis, st.integers(0, MAX_COUNTER))
    | st.sampled_from(Colour)
)
contents = st.dictionaries(
    st.text(min_size=1),
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(), inner),
    ),
)


@settings(max_examples=30, deadline=None)
@given(body=contents)
def test_whatever_a_request_holds_comes_back(body: dict[str, object]) -> None:
    codec = RecordCodec((Colour,))
    request = Request(
        request_id=MessageId(Eui64(bytes(8)), Eui64(bytes(8)), 1),
        command_variant=1,
        srv="7.4",
        body=body,  # type: ignore[arg-type]
    )
    assert codec.from_octets(codec.to_octets(request)) == request


def test_a_type_that_the_form_does_not_name_is_refused() -> None:
    with pytest.raises(TypeError, match="Colour"):
        RecordCodec((Ball,)).to_octets(Ball(name="a", colour=Colour.RED))


def test_octets_of_something_else_are_refused() -> None:
    with pytest.raises(StoreError, match="cannot be read back"):
        RecordCodec((Ball,)).from_octets(b'{"$":"Cube","v":{}}')


def test_a_memory_store_gives_the_same_book_again() -> None:
    store = MemoryStore()
    assert store.book(BALLS) is store.book(BALLS)
