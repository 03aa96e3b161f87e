"""Business time in a demo: fast while it runs, and still while it does not."""

import pytest

from punchcard.demo import pace
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.database import Database
from punchcard.plan.calendar import DAY

START = 1_700_000_000_000


class Wall:
    """A wall clock that goes when it is told to."""

    def __init__(self) -> None:
        self.millis = 1_800_000_000_000

    def time_ns(self) -> int:
        """The time as the system would give it."""
        return self.millis * 1_000_000


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """A wall clock in the test's hands."""
    found = Wall()
    monkeypatch.setattr("time.time_ns", found.time_ns)
    return found


def clock_of(database: Database) -> Clock:
    """What a process that starts now reads."""
    with database.read() as connection:
        return read_clock(connection)


def begin(database: Database, wall: Wall) -> Clock:
    """Begin a demo with a day in two seconds, and start everything."""
    with database.begin() as connection:
        pace.begin(connection, START, 2)
        wall.millis += 30_000
        pace.release(connection)
    return clock_of(database)


def test_time_stands_still_until_all_have_started(database: Database, wall: Wall) -> None:
    """However long the preparation takes."""
    clock = begin(database, wall)
    assert clock.now() == START
    wall.millis += pace.STARTING
    assert clock.now() == START
    wall.millis += 2000
    assert clock.now() == START + DAY
    assert pace.seconds_a_day(clock) == 2


def test_noting_the_time_does_not_change_it(database: Database, wall: Wall) -> None:
    """Who has read the clock before and who reads it after agree."""
    before = begin(database, wall)
    wall.millis += pace.STARTING + 5000
    with database.begin() as connection:
        pace.note(connection, before)
    after = clock_of(database)
    wall.millis += 1234
    assert before != after
    assert before.now() == after.now()


def test_nothing_is_noted_while_time_stands_still(database: Database, wall: Wall) -> None:
    """Else it would begin to pass too early."""
    clock = begin(database, wall)
    with database.begin() as connection:
        pace.note(connection, clock)
    assert clock_of(database) == clock


def test_no_time_passes_while_the_demo_is_off(database: Database, wall: Wall) -> None:
    """It goes on where it was last noted."""
    clock = begin(database, wall)
    wall.millis += pace.STARTING + 7000
    with database.begin() as connection:
        pace.note(connection, clock)
    stopped = clock.now()
    wall.millis += 3_600_000
    with database.begin() as connection:
        pace.go_on(connection)
        pace.release(connection)
    assert clock_of(database).now() == stopped


def test_after_the_demo_a_day_takes_a_day(database: Database, wall: Wall) -> None:
    """From where business time was; that the demo is over stays so, however long all is off."""
    clock = begin(database, wall)
    with database.read() as connection:
        assert not pace.is_over(connection)
    wall.millis += pace.STARTING + 7000
    with database.begin() as connection:
        pace.settle(connection)
    settled = clock_of(database)
    assert settled.now() == clock.now()
    wall.millis += 3_600_000
    assert settled.now() == clock_of(database).now() == clock.now() - 3_600_000 * (clock.factor - 1)
    with database.read() as connection:
        assert pace.is_over(connection)


def test_a_production_clock_is_the_wall_clock(database: Database, wall: Wall) -> None:
    """Where no demo has set another."""
    with database.read() as connection:
        assert not pace.is_set(connection)
        assert not pace.is_over(connection)
    assert clock_of(database).now() == wall.millis
