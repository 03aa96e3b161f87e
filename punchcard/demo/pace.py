"""The demo's clock: set when the demo begins, noted while it runs, set on again after a break, and slow at its end.

Every process reads the clock once, when it starts. So it is set before, and stands still until all have started;
and at the end of the demo they start anew.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, func, select

from punchcard.domain.clock import Clock, ClockSetting, read_clock, set_clock
from punchcard.domain.database import table
from punchcard.domain.events import Event
from punchcard.domain.instances import Tick
from punchcard.plan.calendar import DAY

CLOCK, EVENT, TICK = table(ClockSetting), table(Event), table(Tick)
PREPARING = 3600 * 1000
STARTING = 10_000


def is_set(connection: Connection) -> bool:
    """Return whether this database runs by a demo's clock."""
    return connection.execute(select(CLOCK.c.id)).first() is not None


def begin(connection: Connection, at: int, seconds_a_day: float) -> None:
    """Stop business time at `at`; once it is released, a day of it passes in so many seconds."""
    set_clock(connection, Clock(_wall() + PREPARING, at, round(DAY / 1000 / seconds_a_day)))


def go_on(connection: Connection) -> None:
    """Stop business time where the demo was when it was stopped: meanwhile none has passed."""
    noted = connection.execute(select(CLOCK.c.business)).scalar_one()
    recorded = (
        connection.execute(select(func.max(column))).scalar() for column in (EVENT.c.received_at, TICK.c.at)
    )
    latest = max(noted, *(at or 0 for at in recorded))
    set_clock(connection, Clock(_wall() + PREPARING, latest, read_clock(connection).factor))


def release(connection: Connection) -> None:
    """Let business time pass as soon as those that are started now have had the time to."""
    clock = read_clock(connection)
    set_clock(connection, Clock(_wall() + STARTING, clock.business, clock.factor))


def note(connection: Connection, clock: Clock) -> None:
    """Note where business time is now; for those who read the clock, nothing changes."""
    wall = _wall()
    if wall > clock.wall:
        passed = (wall - clock.wall) * clock.factor
        set_clock(connection, Clock(wall, clock.business + passed, clock.factor))


def settle(connection: Connection) -> None:
    """Let business time pass as it does on the wall, now that the demo is over; who starts from now on sees it."""
    set_clock(connection, Clock(_wall(), read_clock(connection).now(), 1))


def is_over(connection: Connection) -> bool:
    """Return whether there was a demo, and it is over: while one is played, its clock is faster than the wall's."""
    return is_set(connection) and read_clock(connection).factor == 1


def seconds_a_day(clock: Clock) -> float:
    """Return how long a business day takes."""
    return DAY / 1000 / clock.factor


def _wall() -> int:
    return time.time_ns() // 1_000_000
