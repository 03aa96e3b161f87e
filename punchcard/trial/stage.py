"""One installation in memory, with its campaigns published and its clock standing: what a case is played on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import insert, select

from punchcard.domain.answering import record_answer
from punchcard.domain.customers import Alias, Customer
from punchcard.domain.database import Database, table
from punchcard.domain.event_types import register
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.plans import Plans
from punchcard.domain.programmes import publish_programme
from punchcard.domain.rewards import Reward
from punchcard.domain.tasks import Task
from punchcard.plan.bucket import variant
from punchcard.plan.calendar import to_datetime
from punchcard.plan.model import Plan, Split, walk
from punchcard.plan.state import State
from punchcard.router.catalogue import CampaignCache
from punchcard.router.due import SEARCHES
from punchcard.router.ingest import Ingest, ItemResult
from punchcard.router.manual import Wish, start_by_hand
from punchcard.router.match import is_held_out
from punchcard.router.publishing import publish
from punchcard.trial.clock import VirtualClock
from punchcard.trial.experiments import keep_variants
from punchcard.trial.onward import starter
from punchcard.trial.replies import Replies, caller
from punchcard.trial.sweeps import Sweeps
from punchcard.trial.walk import Performer
from punchcard.trial.walker import Walker, Walks

CUSTOMER, ALIAS, INSTANCE = table(Customer), table(Alias), table(Instance)
REWARD, QUESTION, TASK, OCCASION = table(Reward), table(Question), table(Task), table(Occasion)
SOURCE = "shop"
SOMEBODY = "customer"
MOST_WAKES = 10_000


class Held(Protocol):
    """Whatever has a database."""

    @property
    def database(self) -> Database:
        """The database, empty but for its tables."""
        ...


class Endless(Exception):
    """The instances went on and on."""


def without_workers(
    database: Database, clock: VirtualClock, performers: Mapping[str, Performer], replies: Replies
) -> Walks:
    """Move instances by the core alone."""
    return Walker(database, clock, {"call": caller(replies), "start": starter(), **performers})


@dataclass(frozen=True, slots=True)
class Production:
    """What is tried: the plans that are published, the schemas of their events, and what leaves the house.

    `walks` makes what moves instances, the core by itself unless something else is handed over; `pace` is the clock's,
    `first` the first number that a customer may have.
    """

    plans: Sequence[Plan]
    schemas: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    performers: Mapping[str, Performer] = field(default_factory=dict)
    programme: str | None = None
    walks: Callable[[Database, VirtualClock, Mapping[str, Performer], Replies], Walks] = without_workers
    pace: int = 1
    first: int = 1


class Stage:
    """What happens to one customer of an installation that is empty but for its campaigns."""

    def __init__(self, memory: Held, production: Production, begins: int) -> None:
        self.database = memory.database
        self.clock = VirtualClock(begins, production.pace)
        self._production = production
        self.replies = Replies()
        self._walker = production.walks(self.database, self.clock, production.performers, self.replies)
        self._ingest = Ingest(self.database, self.clock)
        self._sweeps = Sweeps(self.database, self.clock)
        self._searches = any(type(plan.trigger) in SEARCHES for plan in production.plans)
        self.plans = Plans()
        self._posted = 0
        with self.database.begin() as connection:
            for name, schema in production.schemas.items():
                register(connection, name, schema, begins)

    def publish(self) -> None:
        """Let the campaigns begin."""
        with self.database.begin() as connection:
            if self._production.programme is not None:
                publish_programme(connection, self._production.programme, "test", self.clock.now())
            for plan in self._production.plans:
                publish(connection, plan, "", {}, "test", self.clock.now())

    def keep(self, campaign: str, kept: Mapping[str, str]) -> None:
        """Let a campaign's experiments have kept these variants."""
        with self.database.begin() as connection:
            for plan in self._production.plans:
                if plan.campaign == campaign:
                    keep_variants(connection, plan, kept, self.clock.now())

    def introduce(self, *, held_out: bool, variants: Mapping[str, str]) -> None:
        """Make the customer known, on these sides of every campaign's holdout and of its splits."""
        held = [plan for plan in self._production.plans if plan.holdout]
        splits = [
            (plan.campaign, step, variants[step.experiment])
            for plan in self._production.plans
            for step in walk(plan.steps)
            if isinstance(step, Split) and step.experiment in variants
        ]
        number = next(
            number
            for number in range(self._production.first, 1 << 60)
            if all(is_held_out(plan, number) == held_out for plan in held)
            and all(
                variant(name, step.experiment, step.shares, number) == side for name, step, side in splits
            )
        )
        with self.database.begin() as connection:
            connection.execute(
                insert(CUSTOMER).values(id=number, created_at=self.clock.now(), attributes="{}")
            )
            connection.execute(insert(ALIAS).values(external_id=SOMEBODY, customer_id=number))

    # --- what happens -----------------------------------------------------------------------------

    def post(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        id: str | None = None,
        occurred: int | None = None,
        revision: int = 0,
        history: bool = False,
        source: str = SOURCE,
    ) -> ItemResult:
        """Post an event of the customer, and let instances hear of it."""
        self._posted += 1
        event: dict[str, Any] = {
            "id": id or f"{kind}-{self._posted}",
            "type": kind,
            "occurred_at": to_datetime(self.clock.now() if occurred is None else occurred).isoformat(),
            "data": data,
        }
        if kind not in ("refund", "redemption"):
            event["customer"] = SOMEBODY
        if revision:
            event["revision"] = revision
        (result,) = self._ingest(source, [event], history=history)
        self._walker.settle()
        return result

    def start(self, campaign: str, inputs: Mapping[str, Any], key: str | None = None) -> None:
        """Start a campaign by hand, once for each key; a Refusal says why it cannot be."""
        self._posted += 1
        wish = Wish("help-desk", key or f"wish-{self._posted}", "user:test", campaign, SOMEBODY, inputs)
        with self.database.begin() as connection:
            start_by_hand(connection, CampaignCache().current(connection), wish, self.clock.now())
        self._walker.settle()

    def answer(self, campaign: str, text: str, name: str | None) -> bool:
        """Answer a campaign's latest question (of this name); False if there is none."""
        wanted = select(QUESTION.c.id).where(QUESTION.c.campaign == campaign)
        wanted = wanted.order_by(QUESTION.c.id.desc()).limit(1)
        if name is not None:
            wanted = wanted.where(QUESTION.c.name == name)
        with self.database.begin() as connection:
            question = connection.execute(wanted).scalar()
            if question is not None:
                record_answer(connection, question, text, self.clock.now())
        self._walker.settle()
        return question is not None

    def awaits(self, campaign: str, event: str) -> bool:
        """Return whether an instance of a campaign waits for an event such as `reply.answered`."""
        mine = (INSTANCE.c.campaign == campaign, INSTANCE.c.status != "closed")
        found = self.rows(select(INSTANCE.c.waits_for).where(*mine))
        return any(event in json.loads(row.waits_for) for row in found)

    def latest_question(self, campaign: str, name: str | None) -> str | None:
        """Return the name of a campaign's latest question (of this name)."""
        found = select(QUESTION.c.name).where(QUESTION.c.campaign == campaign)
        found = found.order_by(QUESTION.c.id.desc()).limit(1)
        question: str | None = self.one(found if name is None else found.where(QUESTION.c.name == name))
        return question

    def latest_expiry(self, campaign: str, reward: str) -> int | None:
        """Return when a campaign's latest reward of this name ends; None if never."""
        found = select(REWARD.c.expires_at).where(REWARD.c.campaign == campaign, REWARD.c.name == reward)
        expires: int | None = self.one(found.order_by(REWARD.c.id.desc()).limit(1))
        return expires

    def standing(self, campaign: str) -> frozenset[tuple[int, int | None]]:
        """Return a campaign's occasions that stand, each with the order that it names."""
        mine = (OCCASION.c.campaign == campaign, OCCASION.c.status == "standing")
        return frozenset((row.id, row.order_id) for row in self.rows(select(OCCASION).where(*mine)))

    def latest_code(self, campaign: str, reward: str) -> str | None:
        """Return the latest code of a campaign's reward of this name."""
        found = select(REWARD.c.code).where(REWARD.c.campaign == campaign, REWARD.c.name == reward)
        code: str | None = self.one(found.order_by(REWARD.c.id.desc()).limit(1))
        return code

    def latest_instance(self, campaign: str) -> str | None:
        """Return the customer's latest instance of a campaign."""
        found = select(INSTANCE.c.id).where(INSTANCE.c.campaign == campaign)
        found = found.order_by(INSTANCE.c.created_at.desc(), INSTANCE.c.generation.desc())
        instance: str | None = self.one(found.limit(1))
        return instance

    def latest_task(self, campaign: str, name: str | None) -> int | None:
        """Return a campaign's latest task (of this name)."""
        found = select(TASK.c.id).where(TASK.c.campaign == campaign).order_by(TASK.c.id.desc()).limit(1)
        task: int | None = self.one(found if name is None else found.where(TASK.c.name == name))
        return task

    def operate(self, deed: Any, target: Any, order: Any) -> None:
        """Do what an operator does; a Refusal says why it cannot be."""
        with self.database.begin() as connection:
            deed(connection, target, order)
        self._walker.settle()

    # --- time -------------------------------------------------------------------------------------

    def run(self, until: int | None, *, inclusive: bool) -> None:
        """Let time pass up to an instant, or until nobody waits for anything any more; Endless if that never comes.

        What is due at that very instant comes to pass if `inclusive`; else it is left for what happens then.
        """
        for _ in range(MOST_WAKES):
            due, sweep = self._next(until)
            if due is None or (until is not None and (due > until if inclusive else due >= until)):
                break
            self._come(due, sweep)
        else:
            raise Endless
        if until is not None:
            self.clock.put(max(until, self.clock.now()))

    def come(self, until: int) -> bool:
        """Let only what is due next come to pass; False if nothing is, up to this instant."""
        due, sweep = self._next(until)
        if due is None or due > until:
            return False
        self._come(due, sweep)
        return True

    def _next(self, until: int | None) -> tuple[int | None, int | None]:
        """Return when anything is due next, and when a search is."""
        deadline, sweep = self._walker.next_deadline, self._next_sweep(until)
        return min((each for each in (deadline, sweep) if each is not None), default=None), sweep

    def _come(self, due: int, sweep: int | None) -> None:
        self.clock.put(max(due, self.clock.now()))
        self._walker.wake()
        if due == sweep:
            self._sweeps.run()
        self._walker.settle()

    def _next_sweep(self, until: int | None) -> int | None:
        return self._sweeps.next(until) if self._searches else None

    def states(self, plan: Plan) -> tuple[State, ...]:
        """Return where each instance of a plan stands."""
        return tuple(state for campaign, state in self._walker.states if campaign == plan.campaign)

    # --- what stands ------------------------------------------------------------------------------

    def one(self, statement: Any) -> Any:
        """Return the first value of the first row; None if there is none."""
        with self.database.read() as connection:
            return connection.execute(statement).scalar()

    def rows(self, statement: Any) -> list[Any]:
        """Read."""
        with self.database.read() as connection:
            return list(connection.execute(statement).all())
