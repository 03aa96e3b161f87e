"""How long it takes to look up who enters a segment, beside SQL that one would write by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from benchmarks.figures import Figure, figure
from benchmarks.postgres_server import find_postgres, run_postgres
from benchmarks.segments.customers import NOW, ORDERS_EACH, populate
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.language import check_programme
from punchcard.plan.calendar import DAY
from punchcard.plan.model import After, Plan, Wait
from punchcard.plan.triggers import SegmentTrigger
from punchcard.router.publishing import publish
from punchcard.router.sweep import Sweeper

COUNT, BY_HAND, BEGIN, LOOK = (
    "select count(*) of the customers",
    "the rule as SQL by hand",
    "the beginning: who is in it",
    "a look that finds nobody",
)
RULE = 'customer.orders_within("365 days") >= 3 and customer.orders_within("90 days") == 0'
WRITTEN = """
select id from customer
where (
    select count(*) from purchase
    where customer_id = customer.id and currency = 'USD' and net > 0 and status in ('paid', 'delivered')
      and occurred_at > :year and occurred_at <= :now
  ) >= 3
  and not exists (
    select 1 from purchase
    where customer_id = customer.id and currency = 'USD' and net > 0 and status in ('paid', 'delivered')
      and occurred_at > :quarter and occurred_at <= :now
  )
"""
SPANS = {"now": NOW, "year": NOW - 365 * DAY, "quarter": NOW - 90 * DAY}


@dataclass(frozen=True, slots=True)
class Look:
    """What one way costs on one database, in milliseconds, and as a multiple of the SQL by hand."""

    way: str
    milliseconds: Figure
    by_hand: Figure


@dataclass(frozen=True, slots=True)
class Looks:
    """All ways, over so many customers with so many orders each; `inside` of them are in the segment."""

    customers: int
    orders_each: int
    inside: int
    ways: list[Look]


def measure_segments(folder: Path, customers: int, rounds: int, say: Callable[[str], None]) -> Looks:
    """Measure each way in turns, on each database that this machine has."""
    found, inside = _on(f"sqlite:///{folder / 'segments.db'}", "SQLite", customers, rounds, say)
    programs = find_postgres()
    if programs is not None:
        with run_postgres(programs, folder / "postgres") as server:
            more, _ = _on(server.fresh_database(), "PostgreSQL", customers, rounds, say)
            found += more
    return Looks(customers, ORDERS_EACH, inside, found)


def _on(
    url: str, name: str, customers: int, rounds: int, say: Callable[[str], None]
) -> tuple[list[Look], int]:
    database = Database(url)
    try:
        metadata.create_all(database.engine)
        populate(database, customers)
        with database.engine.connect() as connection:
            connection.execute(text("analyze"))
            connection.commit()
        shop = _Shop(database)
        ways = {COUNT: shop.count, BY_HAND: shop.by_hand, BEGIN: shop.begin, LOOK: shop.look}
        times: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(rounds):
            for way, once in ways.items():
                began = time.perf_counter()
                once()
                times[way].append((time.perf_counter() - began) * 1000)
                say(f"segments, round {turn + 1}, {name}: {way}: {times[way][-1]:.1f} ms")
        looks = [
            Look(
                f"{way}, {name}",
                figure(taken),
                figure([one / other for one, other in zip(taken, times[BY_HAND], strict=True)]),
            )
            for way, taken in times.items()
        ]
        return looks, shop.inside
    finally:
        database.close()


class _Shop:
    """A database with customers, and a campaign for whoever enters the segment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        programme = check_programme(f"segments:\n  at_risk: {RULE}\n").programme
        assert programme is not None
        trigger = SegmentTrigger(segment=programme.segments["at_risk"])
        self._plan = Plan(
            campaign="at-risk",
            title="x",
            currency="USD",
            trigger=trigger,
            steps=(Wait(path="1", until=After(DAY)),),
        )
        self._begun = 0
        self.inside = 0

    def count(self) -> None:
        """Count the customers."""
        with self._database.read() as connection:
            connection.execute(text("select count(*) from customer")).scalar()

    def by_hand(self) -> None:
        """Find who is in the segment, by SQL for this rule alone."""
        with self._database.read() as connection:
            self.inside = len(connection.execute(text(WRITTEN), SPANS).all())

    def begin(self) -> None:
        """Publish a campaign of its own, which takes down who is in the segment."""
        self._begun += 1
        name = f"at-risk-{self._begun}"
        plan = Plan(
            campaign=name, title=name, currency="USD", trigger=self._plan.trigger, steps=self._plan.steps
        )
        with self._database.begin() as connection:
            connection.execute(text("update campaign set status = 'ended'"))
            publish(connection, plan, "", {}, "benchmark", NOW)
            taken = connection.execute(
                text("select count(*) from membership where campaign = :name and inside"), {"name": name}
            ).scalar_one()
        assert taken == self.inside, "the rule and the SQL by hand mean the same"

    def look(self) -> None:
        """Do what the search does each minute while nobody comes or goes."""
        Sweeper(self._database, Clock(business=NOW, factor=0)).round()
