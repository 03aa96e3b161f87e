"""Instances with several tokens and rounds, to their end: each ends, does nothing twice, and replays exactly."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punchcard.plan.effects import Commit, Effect, Perform
from punchcard.plan.events import Committed, Deadline, Delivered, EffectDone, Event, Results, Started
from punchcard.plan.facts import GiveReward, RequestMessage, Withdraw
from punchcard.plan.machine import advance
from punchcard.plan.program import Program, program
from punchcard.plan.state import State, from_data, to_data
from tests.plan.plans import EVENTS, plans
from tests.plan.samples import DAY, HOUR, T0, answer
from tests.support.depth import examples

LONGEST = 5_000


class Course:
    """One instance in a world where everything goes well, in an order that is drawn."""

    def __init__(self, program: Program, data: st.DataObject) -> None:
        self.program = program
        self.draw = data.draw
        self.state = State()
        self.now = T0
        self.seq = 1
        self.answers: Results = {}
        self.flights: list[str] = []
        self.log: list[tuple[Event, tuple[Effect, ...]]] = []

    def take(self, event: Event) -> None:
        """Take an event from a state that has been stored and read, and do what is asked."""
        self.state, effects = advance(self.program, _stored(self.state), event)
        self.log.append((event, effects))
        for effect in effects:
            match effect:
                case Commit(facts=facts):
                    for fact in facts:
                        if isinstance(fact, Withdraw) and fact.key in self.flights:
                            self.flights.remove(fact.key)
                        found = answer(fact, self.now)
                        if found is not None:
                            self.answers[fact.key] = found  # type: ignore[union-attr]
                case Perform(key=key):
                    self.flights.append(key)

    def go_on(self) -> None:
        """Let one of the things happen that are due: an answer, a sent message, an event, a deadline."""
        moves = [self.tell] * (self.seq < 8)
        moves += [self.commit] * bool(self.answers) + [self.send] * bool(self.flights)
        moves += [self.wake] * (self.state.next_deadline is not None and not self.answers)
        self.draw(st.sampled_from(moves))() if moves else self.commit()

    def commit(self) -> None:
        """The commits are answered."""
        answers, self.answers = self.answers, {}
        self.take(Committed(at=self.now, tick=self.state.tick, results=answers))

    def send(self) -> None:
        """A message goes out."""
        key = self.draw(st.sampled_from(self.flights))
        self.flights.remove(key)
        self.take(EffectDone(at=self.now, key=key, result={"status": "sent"}))

    def tell(self) -> None:
        """Something happens to the customer."""
        self.seq += 1
        self.now += self.draw(st.sampled_from((0, HOUR, DAY)))
        self.take(Delivered(at=self.now, seq=self.seq, name=self.draw(st.sampled_from(EVENTS))))

    def wake(self) -> None:
        """The nearest deadline comes."""
        due = self.state.next_deadline
        assert due is not None
        self.now = max(self.now, due)
        self.take(Deadline(at=self.now))


def _stored(state: State) -> State:
    """Return a state as it comes back from the database; it is the same."""
    data = json.loads(json.dumps(to_data(state), sort_keys=True))
    read = from_data(data)
    assert to_data(read) == to_data(state)
    return read


@settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_every_token_ends_and_nothing_is_done_twice(data: st.DataObject) -> None:
    """Whatever the plan and the order of events; and the same events lead to the same effects again."""
    made = program(data.draw(plans()))
    course = Course(made, data)
    course.take(Started(at=T0, names={"order": {"amount": 600_00}, "occasion": {"customer": 7}}))
    while course.state.outcome is None:
        assert len(course.log) < LONGEST, "it goes on for ever"
        course.go_on()
    assert course.state.outcome == "stopped" or (not course.state.tokens and not course.state.rounds)

    facts = [
        fact
        for _, effects in course.log
        for each in effects
        if isinstance(each, Commit)
        for fact in each.facts
    ]
    keys = Counter(fact.key for fact in facts if isinstance(fact, GiveReward | RequestMessage))
    assert not keys or max(keys.values()) == 1, "no key is used twice"
    performed = Counter(
        each.key for _, effects in course.log for each in effects if isinstance(each, Perform)
    )
    assert not performed or max(performed.values()) == 1, "nothing leaves the house twice"

    state = State()
    for event, effects in course.log:
        state, again = advance(made, state, event)
        assert again == effects, "the same events lead to the same effects"
    assert to_data(state) == to_data(course.state)
