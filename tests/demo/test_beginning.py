"""A demo begins on an empty database, goes on where it was, and touches nobody else's data."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from punchcard.demo import pace
from punchcard.demo.beginning import SOURCE, begin, import_history, make_key
from punchcard.demo.timeline import Timeline
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.customers import Customer
from punchcard.domain.database import Database, table
from punchcard.domain.keys import list_keys, verify_key
from punchcard.domain.orders import Order
from punchcard.errors import ConfigurationError
from punchcard.router.ingest import Ingest

ORDER, CUSTOMER = table(Order), table(Customer)


def first_weeks(timeline: Timeline) -> Timeline:
    """The first orders of a timeline alone, so that a test need not wait for all."""
    return replace(timeline, orders=timeline.orders[:60])


def test_the_history_is_taken_in_once(database: Database) -> None:
    """All customers, and the older orders as history; the second time nothing is left to do."""
    timeline = first_weeks(begin(database, 2).timeline)
    reports: list[tuple[int, int]] = []
    new = import_history(database, timeline, lambda done, total: reports.append((done, total)))
    customers = len({order.person.id for order in timeline.orders})
    assert reports[-1] == (customers + 60, customers + 60)
    assert new == customers + 60
    assert import_history(database, timeline, lambda done, total: None) == 0
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(CUSTOMER)).scalar() == customers
        assert connection.execute(select(func.count()).where(ORDER.c.history.is_(True))).scalar() == 60


def test_a_demo_goes_on_with_its_own_days(database: Database) -> None:
    """The days of its orders stay as they are, whatever day it is."""
    first = begin(database, 2)
    import_history(database, first_weeks(first.timeline), lambda done, total: None)
    with database.begin() as connection:
        pace.release(connection)
    again = begin(database, 2)
    assert (first.goes_on, again.goes_on) == (False, True)
    assert again.timeline == first.timeline


def test_a_beginning_that_was_cut_off_is_made_again(database: Database) -> None:
    """A clock without customers is no demo yet."""
    begin(database, 2)
    assert not begin(database, 2).goes_on


def test_business_time_begins_where_the_history_ends(database: Database) -> None:
    """Nothing of it lies ahead, in whatever zone it was bought."""
    timeline = begin(database, 2).timeline
    with database.read() as connection:
        assert pace.is_set(connection)
        assert read_clock(connection).now() == timeline.history()[-1].at + 1


def test_other_data_is_left_alone(database: Database) -> None:
    """A shop's own events are not mixed with a demo's."""
    profile = {
        "id": "p",
        "type": "profile",
        "customer": "C",
        "occurred_at": "2026-05-04T00:00:00Z",
        "data": {},
    }
    Ingest(database, Clock())("shop", [profile])
    with pytest.raises(ConfigurationError, match="not a demo's.*PUNCHCARD_DATA_DIR"):
        begin(database, 2)


def test_each_start_has_a_key_of_its_own(database: Database) -> None:
    """The earlier one ends, and both stand for the same source of events."""
    first, second = make_key(database), make_key(database)
    with database.read() as connection:
        key = verify_key(connection, second)
        assert verify_key(connection, first) is None
        assert key is not None
        assert key.source == SOURCE
        assert len(list_keys(connection)) == 2
