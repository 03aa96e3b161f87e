"""The law of class S: which occasions stand, and by which orders, is a function of the set of accepted events."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punchcard.domain.database import Database
from tests.router.books import SOURCE, Books
from tests.router.campaigns import ALL, PUBLISHED
from tests.router.deliveries import Batch, dealings, deliveries, items
from tests.router.reference import Item, named, stands
from tests.support.depth import examples

SHARED = HealthCheck.function_scoped_fixture, HealthCheck.too_slow


@pytest.fixture(scope="module")
def kept_books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """Books in a SQLite file that all examples share."""
    folder: Path = tmp_path_factory.mktemp("books")
    database = Database(f"sqlite:///{folder / 'books.db'}")
    yield Books(database)
    database.close()


def take(books: Books, batches: list[Batch]) -> set[Item]:
    """Take batches in, and return what was accepted; two events of one id conflict, and one of them is."""
    accepted: set[Item] = set()
    for part, history in batches:
        results = books.take(*(item.body for item in part), history=history)
        accepted |= {item for item, result in zip(part, results, strict=True) if result.status == "accepted"}
    return accepted


def holds(books: Books, accepted: set[Item]) -> None:
    """Compare the books with the reference."""
    standing, progress = stands(SOURCE, accepted, ALL, PUBLISHED)
    assert books.standing() == standing
    assert books.progress() == progress
    assert books.named() == named(SOURCE, accepted, ALL, PUBLISHED)
    books.check()


@settings(max_examples=examples(40), deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
def test_what_stands_depends_on_the_set_alone(kept_books: Books, data: st.DataObject) -> None:
    """Orders, revisions, refunds and events in any order, repeated and batched: the same occasions stand."""
    found = data.draw(items())
    kept_books.clear()
    kept_books.publish(*ALL)
    holds(kept_books, take(kept_books, data.draw(deliveries(found))))


@settings(max_examples=examples(30), deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
def test_which_orders_are_named_depends_on_the_set_alone(kept_books: Books, data: st.DataObject) -> None:
    """One customer's orders, late ones and refunds: each occasion names the order with which it comes to stand."""
    found = data.draw(dealings())
    kept_books.clear()
    kept_books.publish(*ALL)
    holds(kept_books, take(kept_books, data.draw(deliveries(found))))


@settings(max_examples=examples(8), deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
def test_the_law_holds_on_postgresql(postgres_books: Books, data: st.DataObject) -> None:
    """The same on PostgreSQL."""
    found = data.draw(st.one_of(items(), dealings()))
    postgres_books.clear()
    postgres_books.publish(*ALL)
    holds(postgres_books, take(postgres_books, data.draw(deliveries(found))))


@settings(max_examples=examples(8), deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
def test_the_law_holds_for_writers_at_the_same_time(postgres_books: Books, data: st.DataObject) -> None:
    """Several writers at once on PostgreSQL, each with the same events in another order: nothing is lost or doubled."""
    found = data.draw(st.one_of(items(), dealings()))
    ways = [data.draw(deliveries(found)) for _ in range(4)]
    postgres_books.clear()
    postgres_books.publish(*ALL)
    barrier = threading.Barrier(len(ways))

    def write(batches: list[Batch]) -> set[Item]:
        barrier.wait()
        return take(postgres_books, batches)

    with ThreadPoolExecutor(len(ways)) as threads:
        taken = list(threads.map(write, ways))
    accepted = [item for part in taken for item in part]
    names = [(item.body["id"], item.body.get("revision", 0)) for item in accepted]
    assert len(set(names)) == len(names), "an event was accepted twice"
    holds(postgres_books, set(accepted))
