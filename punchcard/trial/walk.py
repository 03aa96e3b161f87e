"""One instance on its way: what the workflow's shell does with the machine, in the same order, at virtual time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from punchcard.contracts import Delivery, JourneyStart
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.domain.ticks import Answer, Proposal, commit_tick
from punchcard.plan.codec import encode
from punchcard.plan.events import (
    Command,
    Commit,
    Committed,
    Deadline,
    Delivered,
    EffectFailed,
    Event,
    Perform,
    Restored,
    Reversed,
    Started,
)
from punchcard.plan.machine import advance
from punchcard.plan.model import Plan
from punchcard.plan.program import Program
from punchcard.plan.state import State, from_data, to_data

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
        self._inbox: dict[int, Delivery] = {}
        self._arrivals = 0
        self._events: deque[Event] = deque()
        self._answer: Committed | None = None
        self._after_seq = 0
        self._held_since: int | None = None
        self.state = self._begin(start)

    @property
    def plan(self) -> Plan:
        """The plan that it runs."""
        return self._program.plan

    @property
    def deadline(self) -> int | None:
        """When the clock has to wake it; None while it waits for no time, or was woken and is held back."""
        if self.over or any(isinstance(event, Deadline) for event in self._events):
            return None
        return self.state.next_deadline

    def tell(self, delivery: Delivery) -> None:
        """Bring it a delivery; one that came before is dropped."""
        if delivery.seq > self.state.seen:
            self._inbox[delivery.seq] = delivery
            self._arrivals += 1

    def wake(self, at: int) -> None:
        """Tell it that the clock has reached its deadline."""
        self._events.append(Deadline(at=at))

    def go_on(self) -> None:
        """Take in whatever there is, until it waits, is held, or has ended."""
        while not self.over and (event := self._peek()) is not None:
            self._held_since = None
            if event is self._answer:
                self._answer = None
            elif self._events and event is self._events[0]:
                self._events.popleft()
            self._take(event)

    # --- events in: the shell's order ---------------------------------------------------------------

    def _begin(self, start: JourneyStart) -> State:
        if start.state is None:
            self._events.append(Started(at=start.at, names=start.names, due=start.due))
            return State()
        if start.revived:
            self._events.append(Restored(at=start.at, results=start.results))
        return from_data(start.state)

    def _peek(self) -> Event | None:
        """The event whose turn it is: the commit's answer, then deliveries in order, then the rest."""
        over = self.state.outcome is not None
        if self._held_since is not None and not over:
            ending = self._ending()
            if ending is not None or self._held_since == self._arrivals:
                return ending
        blocked = self._after_seq > self.state.seen and not over
        if self._answer is not None and not blocked:
            return self._answer
        delivery = self._inbox.get(self.state.seen + 1)
        starting = bool(self._events) and isinstance(self._events[0], Started | Restored)
        if delivery is not None and not starting:
            return _read(delivery)
        return self._events[0] if self._events and not blocked else None

    def _ending(self) -> Event | None:
        """While a pause lasts, what ends the instance goes first, and nothing else until something arrives."""
        for seq, delivery in sorted(self._inbox.items()):
            if seq > self.state.seen and (
                delivery.kind == "reverse" or delivery.payload.get("name") == "cancel"
            ):
                return _read(delivery)
        return None

    # --- one event ----------------------------------------------------------------------------------

    def _take(self, event: Event) -> None:
        state, effects = advance(self._program, self.state, event)
        if effects and isinstance(effects[0], Commit):
            arrivals = self._arrivals
            answer = self._commit(event, state, effects[0])
            if not self._stands(event, state, answer, arrivals):
                return
        else:
            self.state = state
        for effect in effects:
            if isinstance(effect, Perform):
                self._events.append(self._perform(effect))
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
                self.state = state
                self._inbox = {seq: kept for seq, kept in self._inbox.items() if seq > state.seen}
                earlier: dict[str, dict[str, Any]] = {} if self._answer is None else self._answer.results
                self._answer = Committed(
                    at=self._clock.now(), tick=state.tick, results={**earlier, **answer.results}
                )
                return True
            case "held":
                self._put_back(event)
                self._held_since = arrivals
            case "behind":
                self._put_back(event)
                self._after_seq = answer.seq
            case "early" | "replaced":
                raise AssertionError(f"nobody else writes this instance, and no clock runs ahead: {answer}")
        return False

    def _put_back(self, event: Event) -> None:
        match event:
            case Committed():
                self._answer = event
            case Delivered() | Reversed() | Command():
                pass  # still in the inbox
            case _:
                self._events.appendleft(event)

    def _perform(self, effect: Perform) -> Event:
        now, performer = self._clock.now(), self._performers.get(effect.kind)
        if performer is None:
            error = f"campaign tests do not play `{effect.kind}`"
            return EffectFailed(at=now, key=effect.key, error=error)
        with self._database.begin() as connection:
            return performer(connection, self.id, effect, now)


def _read(delivery: Delivery) -> Event:
    payload = delivery.payload
    match delivery.kind:
        case "reverse":
            return Reversed(at=delivery.at, seq=delivery.seq)
        case "command":
            return Command(
                at=delivery.at,
                seq=delivery.seq,
                name=payload["name"],
                actor=payload["actor"],
                path=payload.get("path"),
                paused=payload.get("paused", 0),
                reason=payload.get("reason"),
            )
        case _:
            return Delivered(
                at=payload.get("at", delivery.at),
                seq=delivery.seq,
                name=payload["name"],
                data=payload.get("data", {}),
            )
