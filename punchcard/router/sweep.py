"""The search for who is due: batch by batch, in transactions that go on where the last one ended.

Each campaign is searched in passes. A pass covers the time since the last one up to the present, so every instant is
looked at in one pass, however often, seldom or late the search runs; what is due becomes occasions, whose identity
keeps them from arising twice. What is overdue by more than the campaign's `max_lateness` is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import Connection, select, tuple_, update
from sqlalchemy.exc import DBAPIError

from punchcard.domain.clock import Clock
from punchcard.domain.customers import every_name
from punchcard.domain.database import Database, collided, table, upsert
from punchcard.domain.knowing import known_of_all
from punchcard.domain.locking import lock
from punchcard.domain.occasions import Occasion
from punchcard.domain.sweeps import Sweep
from punchcard.plan.conditions import Expression, evaluate, names
from punchcard.plan.model import Plan
from punchcard.plan.rhythm import Span
from punchcard.router.catalogue import CampaignCache, Campaigns
from punchcard.router.counting import Counting
from punchcard.router.due import SEARCHES
from punchcard.router.due.search import NEVER, Due, Found, Search
from punchcard.router.match import lasting_identity
from punchcard.router.standing import take_turns
from punchcard.router.turns import Cause, Turn

SWEEP, OCCASION = table(Sweep), table(Occasion)
BATCH = 500
# Customers, zones and orders that nobody could foresee are found no later than this.
SELDOM = 3600 * 1000
FAILED = 5 * 60 * 1000
LAGGING = 60 * 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one round did: how many occasions arose, and whether there is more to be found at once."""

    occasions: int
    more: bool


class Sweeper:
    """Finds who is due in one database; any number may run beside each other."""

    def __init__(self, database: Database, clock: Clock, batch: int = BATCH) -> None:
        self._database = database
        self._clock = clock
        self._batch = batch
        self._campaigns = CampaignCache()

    def round(self) -> Swept:
        """Take one batch of each campaign in which somebody may be due; where there is none, only look."""
        now = self._clock.now()
        with self._database.read() as connection:
            waiting = [
                counting
                for counting in _waiting(connection, self._campaigns.current(connection), now)
                if not _nobody(connection, counting, now)
            ]
        rounds = [self._take(counting, now) for counting in waiting]
        return Swept(sum(each.occasions for each in rounds), any(each.more for each in rounds))

    def _take(self, counting: Counting, now: int) -> Swept:
        """Take one batch; a campaign that fails is looked at again later, and keeps no other from its turn."""
        try:
            with self._database.begin() as connection:
                return self._batch_of(connection, counting.campaign, counting.epoch, now)
        except DBAPIError as error:
            if not collided(error):
                raise
            return Swept(0, True)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            log.error("who is due cannot be found", campaign=counting.campaign, error=reason)
            with self._database.begin() as connection:
                _state(connection, counting)
                _write(connection, counting.campaign, counting.epoch, next_due=now + FAILED)
            return Swept(0, False)

    def _batch_of(self, connection: Connection, campaign: str, epoch: int, now: int) -> Swept:
        campaigns = self._campaigns.current(connection)
        counting = next((c for c in campaigns.counting if (c.campaign, c.epoch) == (campaign, epoch)), None)
        if counting is None:
            return Swept(0, False)
        row = _state(connection, counting)
        if row.next_due > now:
            return Swept(0, False)
        upto = row.pass_until or min(now, NEVER if counting.until is None else counting.until - 1)
        after = max(row.swept_until, counting.counts_from - 1, upto - counting.plan.max_lateness)
        search = SEARCHES[type(counting.plan.trigger)]
        if after >= upto:
            found = Found((), None)
        else:
            found = search.find(connection, counting, Span(after, upto), row.cursor, self._batch)
        started = _arise(connection, counting, found.due, now)
        if search.settle is not None:
            search.settle(connection, counting, found, upto)
        _go_on(connection, counting, search, found, upto)
        # Whoever is due by the next millisecond is found by the next sweep, unless this pass began long ago.
        return Swept(started, found.cursor is not None or upto < now - LAGGING)


def _waiting(connection: Connection, campaigns: Campaigns, now: int) -> list[Counting]:
    """The epochs in which somebody may be due."""
    swept = [counting for counting in campaigns.counting if type(counting.plan.trigger) in SEARCHES]
    if not swept:
        return []
    rows = connection.execute(select(SWEEP.c.campaign, SWEEP.c.epoch, SWEEP.c.next_due)).all()
    known = {(row.campaign, row.epoch): row.next_due for row in rows}
    return [each for each in swept if known.get((each.campaign, each.epoch), each.counts_from) <= now]


def _nobody(connection: Connection, counting: Counting, now: int) -> bool:
    """Whether a search that looks at everybody each time would find nobody, so that nothing need be written."""
    search = SEARCHES[type(counting.plan.trigger)]
    if search.settle is None or (counting.until is not None and now >= counting.until):
        return False
    where = (SWEEP.c.campaign == counting.campaign, SWEEP.c.epoch == counting.epoch)
    row = connection.execute(select(SWEEP).where(*where)).first()
    if row is None or row.pass_until is not None or row.swept_until >= now:
        return False
    return not search.find(connection, counting, Span(row.swept_until, now), 0, 1).turned


def _state(connection: Connection, counting: Counting) -> Any:
    """The epoch's row, kept from others until the transaction ends."""
    begin_search(connection, counting)
    where = (SWEEP.c.campaign == counting.campaign, SWEEP.c.epoch == counting.epoch)
    return connection.execute(select(SWEEP).where(*where).with_for_update()).one()


def begin_search(connection: Connection, counting: Counting) -> None:
    """Let an epoch's search begin, if it has not: from the instant at which the epoch begins to count."""
    begin = counting.counts_from - 1
    begun = connection.execute(
        upsert(connection, SWEEP)
        .values(
            campaign=counting.campaign,
            epoch=counting.epoch,
            swept_until=begin,
            next_due=counting.counts_from,
            cursor=0,
        )
        .on_conflict_do_nothing()
        .returning(SWEEP.c.epoch)
    ).first()
    if begun is not None:
        look_afresh(connection, counting, begin)


def look_afresh(connection: Connection, counting: Counting, at: int) -> None:
    """Take down how things stand at an instant, where a search remembers it: what changed before starts nothing."""
    search = SEARCHES.get(type(counting.plan.trigger))
    if search is not None and search.begin is not None:
        search.begin(connection, counting, at, None)


def past_has_come(connection: Connection, epochs: Sequence[Counting], people: Sequence[int], at: int) -> None:
    """Take history that is imported for what was before: nobody is due for it."""
    remembering = [epoch for epoch in epochs if remembers(epoch.plan) and epoch.counts_from <= at]
    for epoch in remembering:
        search = SEARCHES[type(epoch.plan.trigger)]
        if search.begin is not None:
            begin_search(connection, epoch)
            search.begin(connection, epoch, at, people)


def look_last(connection: Connection, counting: Counting, now: int) -> None:
    """Find all who are due in an epoch that ends now, so that nobody is found in it and in the next one."""
    search = SEARCHES[type(counting.plan.trigger)]
    if search.settle is None or counting.counts_from > now:
        return
    cursor: int | None = _state(connection, counting).cursor
    while cursor is not None:
        found = search.find(connection, counting, Span(now - 1, now), cursor, BATCH)
        _arise(connection, counting, found.due, now)
        search.settle(connection, counting, found, now)
        cursor = found.cursor
    _write(connection, counting.campaign, counting.epoch, next_due=NEVER)


def remembers(plan: Plan) -> bool:
    """Whether the search for who is due goes by what it has seen before."""
    search = SEARCHES.get(type(plan.trigger))
    return search is not None and search.begin is not None


def _go_on(connection: Connection, counting: Counting, search: Search, found: Found, upto: int) -> None:
    """Note where the next batch begins, or when the next pass does."""
    if found.cursor is not None:
        _write(connection, counting.campaign, counting.epoch, pass_until=upto, cursor=found.cursor)
        return
    over = counting.until is not None and upto >= counting.until - 1
    due = NEVER if over else min(search.upcoming(connection, counting, upto), upto + SELDOM)
    _write(
        connection,
        counting.campaign,
        counting.epoch,
        swept_until=upto,
        next_due=due,
        pass_until=None,
        cursor=0,
    )


def _write(connection: Connection, campaign: str, epoch: int, **values: int | None) -> None:
    where = (SWEEP.c.campaign == campaign, SWEEP.c.epoch == epoch)
    connection.execute(update(SWEEP).where(*where).values(**values))


# --- from those who are due to occasions ------------------------------------------------------


def _arise(connection: Connection, counting: Counting, due: Sequence[Due], now: int) -> int:
    """Make occasions of those who are due and whom the filter lets pass; return how many instances will start."""
    if not due:
        return 0
    people = sorted({each.customer_id for each in due})
    lock(connection, "customer", every_name(connection, people))
    due = [replace(each, identity=lasting_identity(counting.plan, each.identity)) for each in due]
    known = _known(connection, counting, due)
    fresh = [each for each in due if (each.customer_id, each.identity) not in known]
    operands = _filtered(connection, counting, fresh)
    turns = [
        Turn(
            counting,
            each.customer_id,
            each.identity,
            True,
            Cause(
                None,
                each.at,
                order_id=each.order_id,
                names=dict(each.names),
                operands={**each.operands, **seen},
            ),
        )
        for each, seen in zip(fresh, operands, strict=True)
        if seen is not None
    ]
    return take_turns(connection, turns, now)


def _known(connection: Connection, counting: Counting, due: Sequence[Due]) -> set[tuple[int, str]]:
    """Which of them have arisen before, be it under an earlier way of counting."""
    pairs = sorted({(each.customer_id, each.identity) for each in due})
    rows = connection.execute(
        select(OCCASION.c.customer_id, OCCASION.c.identity).where(
            OCCASION.c.campaign == counting.campaign,
            tuple_(OCCASION.c.customer_id, OCCASION.c.identity).in_(pairs),
        )
    )
    return {(row.customer_id, row.identity) for row in rows}


def _filtered(connection: Connection, counting: Counting, due: Sequence[Due]) -> list[dict[str, Any] | None]:
    """The values by which the filter let each pass, or None where it did not."""
    where: Expression | None = getattr(counting.plan.trigger, "where", None)
    if where is None or not due:
        return [{} for _ in due]
    fields = [field for field in names(where) if field.path[0] == "customer"]
    people: dict[int, set[int]] = {}
    for each in due:
        people.setdefault(each.at, set()).add(each.customer_id)
    known = {
        at: known_of_all(
            connection, sorted(whose), fields, counting.plan.currency, at, counting.plan.timezone
        )
        for at, whose in people.items()
    }
    verdicts = [evaluate(where, {**known[each.at][each.customer_id], **_flat(each.names)}) for each in due]
    return [dict(verdict.operands) if verdict.met else None for verdict in verdicts]


def _flat(owners: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{owner}.{name}": value for owner, fields in owners.items() for name, value in fields.items()}
