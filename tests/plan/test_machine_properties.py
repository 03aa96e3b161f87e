"""The machine under attack: random plans, and events in any order that the world can bring about."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punchcard.plan.codec import encode
from punchcard.plan.effects import Commit, Finish, Perform
from punchcard.plan.events import (
    Command,
    Committed,
    Deadline,
    Delivered,
    EffectDone,
    EffectFailed,
    Event,
    Restored,
    Results,
    Reversed,
    Started,
    TakenOver,
)
from punchcard.plan.facts import (
    CloseIncident,
    CloseTask,
    Decide,
    Fact,
    Finished,
    GiveReward,
    MoveTask,
    OpenIncident,
    OpenTask,
    PassTask,
    Pick,
    Recall,
    RequestCall,
    RequestMessage,
    RequestStart,
    Resolve,
    TakeVariant,
    Withdraw,
)
from punchcard.plan.machine import advance
from punchcard.plan.program import program
from punchcard.plan.state import State, from_data, to_data
from tests.plan.plans import EVENTS, plans
from tests.plan.samples import DAY, HOUR, T0
from tests.support.depth import examples

COMMANDS = ("cancel", "retry", "skip", "resume")
NAMES = (*EVENTS, "reply.answered", "nobody.knows")


class World:
    """A database, a mail server and an operator around one instance, as a random number of draws would have them.

    It keeps the promises that the shell and the database make, and checks those that the machine makes.
    """

    def __init__(self, data: st.DataObject) -> None:
        self.draw = data.draw
        self.program = program(data.draw(plans()))
        self.state = State()
        self.now = T0
        self.seq = 1
        self.answers: Results = {}
        self.rewards: dict[str, dict[str, Any]] = {}
        self.meanings: dict[str, dict[str, Any]] = {}
        self.granted: set[str] = set()
        self.flights: set[str] = set()
        self.incidents: set[str] = set()
        self.tasks: dict[str, OpenTask] = {}
        self.turns: dict[str, int] = {}
        self.erased: set[str] = set()
        self.waited_for: dict[str, str] = {}

    # --- the machine's promises ---

    def take(self, event: Event) -> None:
        """Take an event, and check everything that holds for any event."""
        before = json.dumps(to_data(self.state))
        state, effects = advance(self.program, self.state, event)
        assert json.dumps(to_data(self.state)) == before, "the given state was changed"
        again = advance(self.program, from_data(json.loads(before)), event)
        assert (to_data(again[0]), again[1]) == (to_data(state), effects), (
            "the future depends on more than data"
        )
        shuffled = from_data(_sorted(json.loads(before)))
        assert advance(self.program, shuffled, event)[1] == effects, "the order of keys decides"
        commits = [effect for effect in effects if isinstance(effect, Commit)]
        assert commits == list(effects[:1]) or not commits, "at most one commit, and first"
        assert state.tick == self.state.tick + len(commits)
        assert state.seen == max(self.state.seen, getattr(event, "seq", 0))
        if self.state.outcome is not None and not isinstance(event, Restored):
            assert not commits, "what is finished stays finished"
            assert state.outcome == self.state.outcome
        self.state = state
        for effect in effects:
            self._carry_out(effect)
        self._is_not_stuck()

    def _carry_out(self, effect: object) -> None:
        match effect:
            case Commit(facts=facts):
                assert sum(isinstance(fact, Finished) for fact in facts) <= 1
                refused = False
                for fact in facts:
                    refused = self._write(fact, refused)
            case Perform(key=key):
                assert key in self.granted, "what leaves the house was granted"
                assert key not in self.flights, "and is not under way already"
                self.flights.add(key)
            case Finish(outcome=outcome):
                assert outcome == self.state.outcome

    def _opened(self, key: str, fact: OpenTask) -> dict[str, Any]:
        self.tasks[key] = fact
        if self.draw(st.integers(0, 9)) == 0:
            self.erased.add(key)
        if key in self.erased:
            return {"task": 1, "erased": True}
        return {"task": 1, "due": self.now + DAY, "turn": self.turns.setdefault(key, 0)}

    def _moved_or_closed(self, key: str, *, closed: bool) -> None:
        assert key in self.tasks, "what is moved or closed is open"
        if closed:
            del self.tasks[key]

    def _write(self, fact: Fact, refused: bool) -> bool:
        """Answer a fact as the database might; return whether a reward was refused in this commit."""
        match fact:
            case (
                GiveReward(key=key)
                | RequestMessage(key=key)
                | Decide(key=key)
                | Pick(key=key)
                | TakeVariant(key=key)
            ):
                meaning = encode(_meaning(fact))
                assert self.meanings.setdefault(key, meaning) == meaning, "a key never changes its meaning"
        match fact:
            case GiveReward(key=key):
                if key not in self.rewards and (refused or self.draw(st.integers(0, 4)) == 0):
                    self.answers[key] = {"refused": "budget_exhausted"}
                    return True
                number = len(self.rewards) + 1
                self.rewards.setdefault(key, {"reward": number, "expires": self.now + 30 * DAY, "value": 1})
                self.answers[key] = self.rewards[key]
            case RequestMessage(key=key) | RequestStart(key=key) | RequestCall(key=key):
                if refused or self.draw(st.booleans()):
                    self.answers[key] = {"verdict": "superseded", "reason": "no_consent"}
                else:
                    self.granted.add(key)
                    self.answers[key] = {"verdict": "granted"}
                if isinstance(fact, RequestStart) and fact.name is not None and key in self.granted:
                    self.waited_for[key] = fact.name
            case Decide(key=key):
                self.answers[key] = {"met": self.draw(st.booleans())}
            case Pick(key=key) | TakeVariant(key=key):
                self.answers[key] = {"way": self.draw(st.sampled_from(_ways(fact)))}
            case Resolve(key=key):
                self.answers[key] = {"due": self.now + self.draw(st.sampled_from((-DAY, 0, DAY)))}
            case Recall(key=key):
                name = self.draw(st.sampled_from(NAMES))
                self.answers[key] = {name: {"at": self.now, "data": {}}} if self.draw(st.booleans()) else {}
            case OpenTask(key=key):
                self.answers[key] = self._opened(key, fact)
            case PassTask(key=key, turn=turn, roles=roles):
                assert key in self.tasks, "what is passed on is open"
                assert self.turns[key] < turn < len(roles), "each role has one turn"
                self.turns[key] = turn
                self.answers[key] = {"due": self.now + DAY, "turn": turn}
            case MoveTask(key=key) | CloseTask(key=key):
                self._moved_or_closed(key, closed=isinstance(fact, CloseTask))
            case OpenIncident(key=key):
                assert key not in self.incidents, "an incident is opened once"
                self.incidents.add(key)
            case CloseIncident(key=key):
                self.incidents.remove(key)
            case Withdraw(key=key):
                self.flights.discard(key)
            case Finished():
                self.incidents.clear()
                self.tasks.clear()
        return refused

    def _is_not_stuck(self) -> None:
        """Each token of an open instance waits for an answer, an effect, a deadline or an operator."""
        if self.state.outcome is not None:
            return
        assert self.state.tokens, "an open instance stands somewhere"
        paths = [token.path for token in self.state.tokens]
        assert len(set(paths)) == len(paths), "no two tokens at one step"
        assert all(0 <= number <= 3 for number, _ in self.state.rounds.values())
        for token in self.state.tokens:
            match token.phase:
                case "asked":
                    keys = {token.key, f"{token.key}:due"}
                    assert keys & set(self.answers), "an answer is on its way"
                case "performing":
                    assert token.key in self.flights
                case "waiting":
                    assert token.deadline is not None
                case "parked":
                    assert token.key in self.incidents
                case "ready" | "returning":
                    pytest.fail("a token that could go on did not")

    # --- the world's moves ---

    def move(self) -> None:
        """Let something happen."""
        self.now += self.draw(st.sampled_from((0, 1, HOUR, DAY)))
        moves = [
            self.tell,
            self.command,
            self.repeat,
            self.wake,
            self.commit,
            self.commit,
            self.end,
            self.lose,
            self.other_order,
        ]
        moves += [self.perform] * 2 * bool(self.flights)
        moves += [self.decide] * bool(self.tasks)
        moves += [self.other_ends] * bool(self.waited_for)
        self.draw(st.sampled_from(moves))()

    def commit(self) -> None:
        """The answers arrive, of all commits together."""
        answers, self.answers = self.answers, {}
        self.take(Committed(at=self.now, tick=self.state.tick, results=answers))

    def tell(self) -> None:
        """Something happens to the customer."""
        self.seq += 1
        name = self.draw(st.sampled_from(NAMES))
        at = self.now - self.draw(st.sampled_from((0, HOUR)))
        self.take(Delivered(at=at, seq=self.seq, name=name, data={"answer": 3} if "reply" in name else {}))

    def decide(self) -> None:
        """Somebody of the shop acts on a task, which ends it."""
        task = self.tasks[self.draw(st.sampled_from(sorted(self.tasks)))]
        self.seq += 1
        if task.key in self.erased or self.draw(st.integers(0, 4)) == 0:
            self.erased.add(task.key)
            self.take(
                Delivered(at=self.now, seq=self.seq, name=f"{task.name}.erased", data={"key": task.key})
            )
            return
        del self.tasks[task.key]
        data: dict[str, Any] = {"key": task.key, "by": "user:ann"}
        end = "done"
        if task.what == "approve":
            end, data["approved"] = "decided", self.draw(st.booleans())
        self.take(Delivered(at=self.now, seq=self.seq, name=f"{task.name}.{end}", data=data))

    def other_ends(self) -> None:
        """A campaign that was started ends, perhaps before it is known that it was started, and perhaps again."""
        key = self.draw(st.sampled_from(sorted(self.waited_for)))
        self.seq += 1
        data = {"key": key, "outcome": self.draw(st.sampled_from(("completed", "stopped", "cancelled")))}
        self.take(Delivered(at=self.now, seq=self.seq, name=f"{self.waited_for[key]}.ended", data=data))

    def command(self) -> None:
        """An operator speaks."""
        self.seq += 1
        name = self.draw(st.sampled_from(COMMANDS))
        paths = [token.path for token in self.state.tokens]
        path = self.draw(st.sampled_from([None, *paths, "9.9"]))
        self.take(
            Command(at=self.now, seq=self.seq, name=name, actor="op", path=path, paused=DAY)  # type: ignore[arg-type]
        )

    def repeat(self) -> None:
        """Something comes a second time, or long after its step."""
        before = self.state
        stale: tuple[Event, ...] = (
            Delivered(at=self.now, seq=self.state.seen, name="coupon.redeemed"),
            Reversed(at=self.now, seq=self.state.seen),
            EffectDone(at=self.now, key="1#9"),
            EffectFailed(at=self.now, key="1#9", error="late"),
            Deadline(at=self.state.next_deadline - 1 if self.state.next_deadline else 0),
            Committed(at=self.now, tick=0, results={"1#9": {"verdict": "granted"}}),
        )
        self.take(self.draw(st.sampled_from(stale)))
        assert to_data(self.state) == to_data(before), "what is stale changes nothing"

    def wake(self) -> None:
        """The nearest deadline comes."""
        due = self.state.next_deadline
        if due is not None:
            self.now = max(self.now, due)
            self.take(Deadline(at=due))

    def perform(self) -> None:
        """An outward effect comes to its end."""
        key = self.draw(st.sampled_from(sorted(self.flights)))
        self.flights.remove(key)
        if self.draw(st.integers(0, 3)) == 0:
            self.take(EffectFailed(at=self.now, key=key, error="no server"))
        else:
            status = self.draw(
                st.sampled_from(("sent", "failed", "unknown", "superseded", "started", "over_limit"))
            )
            self.take(EffectDone(at=self.now, key=key, result={"status": status}))

    def other_order(self) -> None:
        """The occasion stands by another order."""
        self.seq += 1
        self.take(TakenOver(at=self.now, seq=self.seq, order=self.order()))

    def order(self) -> dict[str, Any]:
        """Some order, as an occasion names it."""
        facts = {name: self.draw(st.booleans()) for name in ("placed", "paid", "delivered", "refunded")}
        amount = self.draw(st.sampled_from((5_00, 700_00)))
        return {
            "id": f"o-{self.seq}",
            "amount": amount,
            "currency": "USD",
            "occurred_at": self.now,
            **facts,
        }

    def end(self) -> None:
        """The occasion falls, now and then."""
        if self.draw(st.integers(0, 2)) == 0:
            self.seq += 1
            self.take(Reversed(at=self.now, seq=self.seq))

    def lose(self) -> None:
        """Temporal forgets the instance, or its occasion stands again: it goes on from what the database holds."""
        if self.state.outcome not in (None, "reversed") or not self.state.visits:
            return
        answers = self.answers if self.draw(st.booleans()) else {}
        self.answers, self.flights = {}, set()
        lapse = 0 if self.state.outcome is None else self.draw(st.sampled_from((0, DAY)))
        order = self.order() if self.draw(st.booleans()) else {}
        self.take(Restored(at=self.now, results=answers, lapse=lapse, order=order))


def _ways(fact: Pick | TakeVariant) -> tuple[str | None, ...]:
    """The answers that there may be."""
    if isinstance(fact, Pick):
        return (None, *(one.name for one in fact.cases))
    return fact.variants


def _meaning(fact: Fact) -> Fact:
    """What stays the same however often a fact is asked for."""
    match fact:
        case RequestMessage():
            return replace(fact, due=0)
        case Decide() | Pick():
            return replace(fact, values={})
        case _:
            return fact


def _sorted(data: Any) -> Any:
    """Return data as it comes back from a database that sorts keys."""
    return json.loads(json.dumps(data, sort_keys=True))


@settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_the_machine_keeps_its_promises_whatever_happens(data: st.DataObject) -> None:
    """It never raises nor gets stuck, is a function of data alone, and what is finished stays finished."""
    world = World(data)
    order = {"id": "o-1", "amount": 600_00, "occurred_at": T0 - HOUR}
    world.take(Started(at=T0, names={"order": order}, due=T0 - HOUR))
    for _ in range(data.draw(st.integers(1, 25))):
        world.move()
