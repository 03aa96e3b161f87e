"""The clock of business time. In production it is the wall clock; a demo may let it run faster."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big


class ClockSetting(SQLModel, table=True):
    """One row where a demo runs: business time was `business` at wall time `wall` and runs `factor` times as fast."""

    __tablename__ = "clock"

    id: int = Field(default=1, primary_key=True)
    wall: int = big()
    business: int = big()
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Clock:
    """Business time in epoch milliseconds, from the wall clock. Until `wall` it stands still."""

    wall: int = 0
    business: int = 0
    factor: int = 1

    def now(self) -> int:
        """Return the present instant of business time."""
        return self.business + max(0, time.time_ns() // 1_000_000 - self.wall) * self.factor

    def wall_at(self, instant: int) -> int:
        """Return the wall clock's milliseconds at an instant of business time."""
        return self.wall + (instant - self.business) // self.factor


def read_clock(connection: Connection) -> Clock:
    """Return the clock that this database runs by: the wall clock, unless a demo has set another."""
    row = connection.execute(select(ClockSetting.wall, ClockSetting.business, ClockSetting.factor)).first()  # type: ignore[call-overload]
    return Clock(row.wall, row.business, row.factor) if row else Clock()


def set_clock(connection: Connection, clock: Clock) -> None:
    """Make every process that starts from now on run by this clock."""
    connection.execute(delete(ClockSetting))
    connection.execute(
        insert(ClockSetting).values(id=1, wall=clock.wall, business=clock.business, factor=clock.factor)
    )
