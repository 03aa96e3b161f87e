"""Plans for tests of the core, written as steps without paths, and a walk through them as the shell would do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from punchcard.plan.conditions import Const, Expression, Field
from punchcard.plan.effects import Commit, Effect, Perform
from punchcard.plan.events import Committed, EffectDone, Event, Results, Started
from punchcard.plan.experiments import marked
from punchcard.plan.facts import (
    Decide,
    Fact,
    GiveReward,
    OpenTask,
    PassTask,
    Pick,
    RequestCall,
    RequestMessage,
    RequestStart,
    Resolve,
    TakeVariant,
    UpdateCustomer,
)
from punchcard.plan.machine import advance
from punchcard.plan.model import (
    After,
    Approve,
    Ask,
    Branch,
    Call,
    Case,
    Choose,
    EndOfDayAfter,
    Entry,
    Handed,
    If,
    KeepBest,
    Moment,
    Piece,
    Plan,
    Record,
    Repeat,
    Returned,
    Reward,
    Scale,
    Send,
    ShareOff,
    Split,
    Start,
    Step,
    Stop,
    Task,
    Together,
    Update,
    Variant,
    Wait,
)
from punchcard.plan.model.walking import WAYS
from punchcard.plan.program import Program, program
from punchcard.plan.state import State
from punchcard.plan.triggers import ManualTrigger

HOUR = 3600 * 1000
DAY = 24 * HOUR
T0 = 1_780_000_000_000
IN_30_DAYS = EndOfDayAfter(days=30)
A_DAY = After(DAY)
Steps = Iterable[Step]


def numbered(steps: Steps, prefix: str = "") -> tuple[Step, ...]:
    """Give every step its path."""
    return tuple(_numbered(step, f"{prefix}{number}") for number, step in enumerate(steps, start=1))


def _numbered(step: Step, path: str) -> Step:
    parts: dict[str, Any] = {"path": path}
    for way in WAYS:
        inner = getattr(step, way, None)
        if way == "branches" and inner is not None:
            parts[way] = tuple(
                replace(one, steps=numbered(one.steps, f"{path}.{one.name}.")) for one in inner
            )
        elif inner is not None:
            parts[way] = numbered(inner, f"{path}.{way}.")
    return replace(step, **parts)


def reward(name: str = "coupon", expires: Moment | None = IN_30_DAYS) -> Reward:
    """Return a step that gives 20% off."""
    return Reward(path="", name=name, offer=ShareOff(2000), expires=expires)


def send(message: str = "hello", on_error: Steps = ()) -> Send:
    """Return a step that sends a message."""
    return Send(path="", message=message, on_error=tuple(on_error))


def wait(
    until: Moment = A_DAY,
    *events: str,
    then: Steps = (),
    otherwise: Steps = (),
    branches: dict[str, Steps] | None = None,
) -> Wait:
    """Return a step that waits."""
    return Wait(
        path="",
        until=until,
        events=events,
        then=tuple(then),
        otherwise=tuple(otherwise),
        branches=tuple(Branch(event, tuple(steps)) for event, steps in (branches or {}).items()),
    )


def when(condition: Expression | str, then: Steps = (), otherwise: Steps = ()) -> If:
    """Return a step that decides; a text is the name of a yes or no."""
    if isinstance(condition, str):
        condition = Field(tuple(condition.split(".")))
    return If(path="", condition=condition, source="", then=tuple(then), otherwise=tuple(otherwise))


def choose(value: str, branches: dict[str, Steps], otherwise: Steps = ()) -> Choose:
    """Return a step that chooses by a name; a branch such as `1..3` takes numbers."""
    cases = []
    for name, steps in branches.items():
        low, _, high = name.partition("..")
        numbers = (int(low), int(high or low)) if low.isdigit() else (None, None)
        cases.append(Case(name, tuple(steps), *numbers))
    field = Field(tuple(value.split(".")))
    return Choose(path="", value=field, source=value, branches=tuple(cases), otherwise=tuple(otherwise))


def split(**branches: Steps) -> Split:
    """Return a step that divides the customers equally."""
    share, rest = divmod(10_000, len(branches))
    variants = [Variant(name, share, tuple(steps)) for name, steps in branches.items()]
    variants[0] = replace(variants[0], share=share + rest)
    return Split(path="", experiment="test", branches=tuple(variants))


def experiment(by: str = "coupon.redeemed", after: int = 100, **branches: Steps) -> Split:
    """Return a step that divides the customers equally, and keeps the best variant; successes count for a day."""
    return marked(replace(split(**branches), keep_best=KeepBest(by=by, within=DAY, after=after)))


def together(wait_for: str, **branches: Steps) -> Together:
    """Return a step that goes several ways side by side, until `all` or `any` have arrived."""
    ways = tuple(Branch(name, tuple(steps)) for name, steps in branches.items())
    return Together(path="", wait_for=wait_for, branches=ways)  # type: ignore[arg-type]


def repeat(
    times: int, steps: Steps, *, every: Moment | None = None, until: Expression | str | None = None
) -> Repeat:
    """Return a step that repeats others; a text is the name of a yes or no."""
    if isinstance(until, str):
        until = Field(tuple(until.split(".")))
    return Repeat(path="", times=times, steps=tuple(steps), every=every, until=until, source="")


def ask(name: str = "reply", up_to: Moment = A_DAY, then: Steps = (), otherwise: Steps = ()) -> Ask:
    """Return a step that asks for 1 to 5."""
    return Ask(
        path="",
        name=name,
        message="question",
        answer=Scale(1, 5),
        up_to=up_to,
        then=tuple(then),
        otherwise=tuple(otherwise),
    )


def task(*by: str, up_to: Moment = A_DAY, then: Steps = (), otherwise: Steps = ()) -> Task:
    """Return a step that asks people to call."""
    return Task(
        path="",
        name="task",
        do="Call",
        by=by or ("service",),
        up_to=up_to,
        then=tuple(then),
        otherwise=tuple(otherwise),
    )


def approve(
    *by: str, up_to: Moment = A_DAY, approved: Steps = (), rejected: Steps = (), otherwise: Steps = ()
) -> Approve:
    """Return a step that asks people to decide."""
    return Approve(
        path="",
        name="approval",
        by=by or ("manager",),
        up_to=up_to,
        branches=(Branch("approved", tuple(approved)), Branch("rejected", tuple(rejected))),
        otherwise=tuple(otherwise),
    )


def tagged(*tags: str, undo: Steps = ()) -> Update:
    """Return a step that puts tags on the customer."""
    return Update(path="", add_tags=tags, undo=tuple(undo))


def start(
    campaign: str = "other",
    up_to: Moment | None = None,
    then: Steps = (),
    otherwise: Steps = (),
) -> Start:
    """Return a step that starts another campaign, and with a limit waits for its end as `started`."""
    inputs = (Handed("number", Field(("order", "id"))), Handed("value", Const(1250), is_money=True))
    name = None if up_to is None else "started"
    return Start(
        path="",
        campaign=campaign,
        inputs=inputs,
        name=name,
        up_to=up_to,
        then=tuple(then),
        otherwise=tuple(otherwise),
    )


def call(name: str = "call", on_error: Steps = (), undo: Steps = ()) -> Call:
    """Return a step that calls another system, and keeps what it says."""
    body = Record((Entry("order", Piece(Field(("order", "id")))), Entry("gift", Piece(Const("mug")))))
    return Call(
        path="",
        name=name,
        url=(Piece(Const("https://erp.shop.example/gifts")),),
        body=body,
        returns=(Returned("reference", "text"),),
        on_error=tuple(on_error),
        undo=tuple(undo),
    )


def stop(reason: str | None = None, *, takes_back: bool = False) -> Stop:
    """Return a step that ends the instance."""
    return Stop(path="", reason=reason, takes_back=takes_back)


def plan(*steps: Step, **terms: Any) -> Plan:
    """Return a plan of these steps."""
    values: dict[str, Any] = {"campaign": "test", "title": "Test", "currency": "USD", **terms}
    return Plan(trigger=ManualTrigger(), steps=numbered(steps), **values)


def answer(fact: Fact, at: int) -> dict[str, Any] | None:
    """Return what a database says to a fact when everything goes well; None where it says nothing."""
    match fact:
        case GiveReward(expires=expires):
            return {"reward": 1, "value": 2000, "expires": None if expires is None else at + 30 * DAY}
        case RequestMessage() | RequestStart() | RequestCall():
            return {"verdict": "granted"}
        case Decide():
            return {"met": True}
        case Pick(cases=cases):
            return {"way": cases[0].name}
        case TakeVariant(lot=lot):
            return {"way": lot}
        case Resolve():
            return {"due": at + DAY}
        case UpdateCustomer():
            return {"updated": True}
        case OpenTask():
            return {"task": 1, "due": at + DAY, "turn": 0}
        case PassTask(turn=turn):
            return {"due": at + DAY, "turn": turn}
        case _:
            return None


@dataclass
class Walk:
    """One instance on its way, with every fact, note and effect so far; commits answer well unless told otherwise."""

    program: Program
    state: State = field(default_factory=State)
    now: int = T0
    facts: list[Fact] = field(default_factory=list)
    notes: list[tuple[str, str | None]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    unanswered: Results = field(default_factory=dict)
    patient: bool = False

    def take(self, event: Event) -> tuple[Effect, ...]:
        """Take one event, and the answers that follow; with `patient` these wait for `settle`."""
        self.now = max(self.now, event.at)
        self.state, effects = advance(self.program, self.state, event)
        self.effects += effects
        if effects and isinstance(effects[0], Commit):
            commit = effects[0]
            self.facts += commit.facts
            self.notes += [(note.what, note.path) for note in commit.notes]
            for fact in commit.facts:
                found = self._answer(fact)
                if found is not None:
                    self.unanswered[fact.key] = found  # type: ignore[union-attr]
            if not self.patient:
                self.settle()
        return effects

    def take_sent(self) -> tuple[Effect, ...]:
        """Let the latest message have been sent."""
        return self.take(EffectDone(at=self.now, key=self.performed[-1], result={"status": "sent"}))

    def settle(self) -> tuple[Effect, ...]:
        """Bring the machine the answers that it has yet to take in."""
        results, self.unanswered = self.unanswered, {}
        return self.take(Committed(at=self.now, tick=self.state.tick, results=results))

    def _answer(self, fact: Fact) -> dict[str, Any] | None:
        given = self.answers.get(getattr(fact, "key", ""))
        return answer(fact, self.now) if given is None else given

    @property
    def place(self) -> list[tuple[str, str]]:
        """Where its tokens stand: (path, phase)."""
        return [(token.path, token.phase) for token in self.state.tokens]

    @property
    def performed(self) -> list[str]:
        """The keys of all outward effects, in order."""
        return [effect.key for effect in self.effects if isinstance(effect, Perform)]

    @property
    def whats(self) -> list[str]:
        """The journal in single words."""
        return [what for what, _ in self.notes]


def walk(*steps: Step, answers: dict[str, dict[str, Any]] | None = None, **terms: Any) -> Walk:
    """Return an instance of these steps that has been started."""
    begun = Walk(program(plan(*steps, **terms)), answers=answers or {})
    begun.take(Started(at=T0, names={"occasion": {"occurred_at": T0}, "order": {"amount": 600_00}}))
    return begun
