"""One instance on its way: what the workflow's shell does with the machine, in the same order, at virtual time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from punchcard.contracts import Delivery, JourneyStart
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.domain.ticks import Answer, Proposal, commit_tick
from punchcard.mailroom import Mailroom
from punchcard.plan.codec import encode
from punchcard.plan.effects import Commit, Perform
from punchcard.plan.events import Deadline, EffectFailed, Event
from punchcard.plan.machine import advance
from punchcard.plan.model import Plan
from punchcard.plan.program import Program
from punchcard.plan.state import State, to_data

Performer = Callable[[Connection, str, Perform, int], Event]


class Walk:
    """One instance; `performers` do what leaves the house, by the kind of the effect."""

    def __init__(
        self,
        id: str,
        program: Program,
        start: JourneyStart,
        database: Database,
        clock: Clock,
        plans: Plans,
        performers: Mapping[str, Performer],
    ) -> None:
        self.id = id
        self.over = False
        self._program = program
        self._database = database
        self._clock = clock
        self._plans = plans
        self._performers = performers
        self._mail = Mailroom(start)

    @property
    def plan(self) -> Plan:
        """The plan that it runs."""
        return self._program.plan

    @property
    def state(self) -> State:
        """Where it stands."""
        return self._mail.state

    @property
    def deadline(self) -> int | None:
        """When the clock has to wake it; None while it waits for no time, or was woken and is held back."""
        if self.over or any(isinstance(event, Deadline) for event in self._mail.events):
            return None
        return self.state.next_deadline

    def tell(self, delivery: Delivery) -> None:
        """Bring it a delivery; one that came before is dropped."""
        self._mail.deliver(delivery)

    def wake(self, at: int) -> None:
        """Tell it that the clock has reached its deadline."""
        self._mail.events.append(Deadline(at=at))

    def go_on(self) -> None:
        """Take in whatever there is, until it waits, is held, or has ended."""
        while not self.over and (event := self._mail.next()) is not None:
            self._take(event)

    # --- one event ----------------------------------------------------------------------------------

    def _take(self, event: Event) -> None:
        state, effects = advance(self._program, self.state, event)
        if effects and isinstance(effects[0], Commit):
            arrivals = self._mail.arrivals
            answer = self._commit(event, state, effects[0])
            if not self._stands(event, state, answer, arrivals):
                return
        else:
            self._mail.state = state
        for effect in effects:
            if isinstance(effect, Perform):
                self._mail.events.append(self._perform(effect))
            elif not isinstance(effect, Commit):
                self.over = True

    def _commit(self, event: Event, state: State, commit: Commit) -> Answer:
        proposal = Proposal(self.id, commit.tick, encode(event), commit.facts, commit.notes, to_data(state))
        with self._database.begin() as connection:
            return commit_tick(connection, self._plans, proposal, self._clock.now())

    def _stands(self, event: Event, state: State, answer: Answer, arrivals: int) -> bool:
        """Go on from what the database answered; return whether the event's effects are to be carried out."""
        match answer.verdict:
            case "committed":
                self._mail.committed(state, self._clock.now(), answer.results)
                return True
            case "held":
                self._mail.held(event, arrivals)
            case "behind":
                self._mail.behind(event, answer.seq)
            case "early" | "replaced":
                raise AssertionError(f"nobody else writes this instance, and no clock runs ahead: {answer}")
        return False

    def _perform(self, effect: Perform) -> Event:
        now, performer = self._clock.now(), self._performers.get(effect.kind)
        if performer is None:
            error = f"campaign tests do not play `{effect.kind}`"
            return EffectFailed(at=now, key=effect.key, error=error)
        with self._database.begin() as connection:
            return performer(connection, self.id, effect, now)
