"""What a place in a campaign can name: facts of the occasion, and what the steps before it have made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from punchcard.language.lengths import FOREVER, longest
from punchcard.language.nodes import Span
from punchcard.plan.model import (
    AnswerShape,
    Choice,
    Millis,
    Moment,
    Offer,
    Returned,
    Scale,
)
from punchcard.plan.order_facts import with_earlier

# What a reward's use is called: each of them, and the last of several.
USES = ("redeemed", "used_up")

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Gift:
    """A reward made by a step, whose code is for so many `orders`. `age` is the least time since; None once it may be
    used up.

    `redeemed` says whether it surely is, `used` whether no use of it is left, `unread` whether it has an end that could
    not be read.
    """

    offer: Offer | None
    expires: Moment | None
    span: Span
    age: Millis | None = 0
    used: bool = False
    unread: bool = False
    orders: int = 1
    redeemed: bool = False

    @property
    def surely_expired(self) -> bool:
        """Whether its last moment has passed on every path to here, as far as can be known."""
        if self.age is None:
            return False
        return self.age >= FOREVER or (self.expires is not None and self.age >= longest(self.expires))


@dataclass(frozen=True, slots=True)
class Reply:
    """A question asked by a step. `answered` says whether this place is reached with an answer only."""

    shape: AnswerShape | None
    span: Span
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that a step asks of people: a `task`, or a decision (`approve`)."""

    kind: Literal["task", "approve"]
    span: Span


@dataclass(frozen=True, slots=True)
class Onward:
    """A campaign that a step has started and waits for. `ended` says whether this place is reached after its end."""

    span: Span
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A call of another system. `returned` says whether this place is reached with its answer only.

    `unread` are the fields of its answer whose types could not be read.
    """

    returns: tuple[Returned, ...]
    span: Span
    returned: bool = True
    unread: tuple[str, ...] = ()


Made = Gift | Reply | Errand | Onward | Called


def what_is_made(made: Made) -> str:
    """Return what a step has made, for a sentence about it."""
    match made:
        case Gift():
            return "a reward"
        case Reply():
            return "an answer"
        case Errand(kind="task"):
            return "a task"
        case Errand():
            return "an approval"
        case Onward():
            return "a campaign"
        case Called():
            return "a call"


@dataclass(frozen=True, slots=True)
class Scope:
    """The names known at one place.

    `facts` are those of the occasion, as `order.amount` → type; a type of `any` for `event` itself
    means that its fields are not declared. `made` exists on every path to here, `perhaps` on some.
    Behind a `stop` the place is not `reachable`. `rounds` is how often what stands here is done at most, so far as that
    is `counted` and not written in a way that could not be read. `undeclared`
    is the event whose fields nobody has declared, `event` the one that the occasion is, if it is one. `holding` are the
    facts of this order that surely hold here, such as `order.paid`, and the names of which something is surely known.
    """

    facts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    made: Mapping[str, Made] = field(default_factory=lambda: MappingProxyType({}))
    perhaps: Mapping[str, Made] = field(default_factory=lambda: MappingProxyType({}))
    reachable: bool = True
    rounds: int = 1
    counted: bool = True
    holding: frozenset[str] = frozenset()
    undeclared: str | None = None
    event: str | None = None

    def with_facts(self, facts: Mapping[str, str]) -> Scope:
        """Return the scope with further facts."""
        return replace(self, facts=MappingProxyType({**self.facts, **facts}))

    def with_holding(self, names: frozenset[str]) -> Scope:
        """Return the scope where these are surely there."""
        return replace(self, holding=self.holding | names)

    def repeated(self, times: int | None) -> Scope:
        """Return the scope inside a step that repeats; None if nobody knows how often."""
        return replace(self, rounds=self.rounds * (times or 1), counted=self.counted and times is not None)

    def after_event(self, event: str) -> Scope:
        """Return the scope where this is known to have happened."""
        owner, _, what = event.partition(".")
        known = self.redeemed(frozenset({owner}), last=what == "used_up") if what in USES else self
        return replace(known, holding=self.holding | with_earlier(event))

    def outside(self, before: Scope) -> Scope:
        """Return the scope behind a step that repeats; `before` is what stood before it."""
        return replace(self, facts=before.facts, rounds=before.rounds, counted=before.counted)

    def beside(self, others: tuple[Scope, ...]) -> Scope:
        """Return the scope of a way beside others: what they make may exist already."""
        made = {
            name: each for other in others for name, each in (*other.perhaps.items(), *other.made.items())
        }
        fresh = {name: each for name, each in made.items() if name not in self.made}
        return replace(self, perhaps=MappingProxyType({**self.perhaps, **fresh}))

    def with_made(self, name: str, made: Made) -> Scope:
        """Return the scope after a step has made something under this name."""
        return replace(
            self, made=MappingProxyType({**self.made, name: made}), perhaps=_less(self.perhaps, name)
        )

    def older(self, millis: Millis, *, but: frozenset[str] = frozenset()) -> Scope:
        """Return the scope after at least so much time, for all that these names do not stand for."""
        aged = {name: made if name in but else _aged(made, millis) for name, made in self.made.items()}
        return replace(self, made=MappingProxyType(aged))

    def redeemed(self, names: frozenset[str], *, last: bool = False) -> Scope:
        """Return the scope where these rewards are known to be redeemed; with `last`, for their last order."""
        gifts = {
            name: replace(each, age=None, used=True, redeemed=True)
            if last or each.orders == 1
            else replace(each, redeemed=True)
            for name, each in self.made.items()
            if name in names and isinstance(each, Gift)
        }
        return replace(self, made=MappingProxyType({**self.made, **gifts}))

    def returned(self, names: frozenset[str]) -> Scope:
        """Return the scope where these calls are known to have had a reply."""
        made = {
            name: replace(each, returned=True) if name in names and isinstance(each, Called) else each
            for name, each in self.made.items()
        }
        return replace(self, made=MappingProxyType(made))

    def expired(self, name: str) -> Scope:
        """Return the scope where this reward is known to have expired."""
        made = self.made.get(name)
        return self.with_made(name, replace(made, age=FOREVER)) if isinstance(made, Gift) else self

    def closed(self) -> Scope:
        """Return the scope behind a stop."""
        return replace(self, reachable=False)


def joined(scopes: tuple[Scope, ...]) -> Scope:
    """Return what is known where several ways meet; ways that ended do not arrive."""
    arriving = tuple(scope for scope in scopes if scope.reachable)
    if not arriving:
        return scopes[0].closed()
    made = {
        name: _met(tuple(scope.made[name] for scope in arriving))
        for name in arriving[0].made
        if all(name in scope.made and _alike(scope.made[name], arriving[0].made[name]) for scope in arriving)
    }
    every = {name: each for scope in arriving for name, each in (*scope.perhaps.items(), *scope.made.items())}
    perhaps = {name: each for name, each in every.items() if name not in made}
    holding = frozenset.intersection(*(scope.holding for scope in arriving))
    return replace(
        arriving[0], made=MappingProxyType(made), perhaps=MappingProxyType(perhaps), holding=holding
    )


def merged(scopes: tuple[Scope, ...]) -> Scope:
    """Return what is known where ways meet that were all gone: whatever one of them has made or learnt."""
    if not all(scope.reachable for scope in scopes):
        return scopes[0].closed()
    names = dict.fromkeys(name for scope in scopes for name in scope.made)
    made = {name: _known(tuple(scope.made[name] for scope in scopes if name in scope.made)) for name in names}
    every = {name: each for scope in scopes for name, each in scope.perhaps.items()}
    perhaps = {name: each for name, each in every.items() if name not in made}
    holding = frozenset().union(*(scope.holding for scope in scopes))
    return replace(scopes[0], made=MappingProxyType(made), perhaps=MappingProxyType(perhaps), holding=holding)


def _less(made: Mapping[str, Made], name: str) -> Mapping[str, Made]:
    return MappingProxyType({key: each for key, each in made.items() if key != name})


def _aged(made: Made, millis: Millis) -> Made:
    if isinstance(made, Gift) and made.age is not None:
        return replace(made, age=made.age + millis)
    return made


def _alike(one: Made, other: Made) -> bool:
    if isinstance(one, Errand) and isinstance(other, Errand):
        return one.kind == other.kind
    return type(one) is type(other)


def _known(made: tuple[Made, ...]) -> Made:
    """Return what is true of one name after all ways: the greatest age, an answer if one way has it."""
    first = made[0]
    match first:
        case Gift():
            gifts = [each for each in made if isinstance(each, Gift)]
            known = [each.age for each in gifts if each.age is not None]
            age = max(known) if len(known) == len(gifts) else None
            used, redeemed = any(each.used for each in gifts), any(each.redeemed for each in gifts)
            return replace(first, age=age, used=used, redeemed=redeemed)
        case Reply():
            return replace(first, answered=any(isinstance(each, Reply) and each.answered for each in made))
        case Onward():
            return replace(first, ended=any(isinstance(each, Onward) and each.ended for each in made))
        case Called():
            return replace(first, returned=any(isinstance(each, Called) and each.returned for each in made))
        case Errand():
            return first


def _met(made: tuple[Made, ...]) -> Made:
    """Return what is true of one name on all ways: the least age, an answer only if each way has one."""
    first = made[0]
    match first:
        case Gift():
            gifts = [each for each in made if isinstance(each, Gift)]
            ages = [each.age for each in gifts if each.age is not None]
            expires = first.expires if all(each.expires is not None for each in gifts) else None
            offer = first.offer if len({type(each.offer) for each in gifts}) == 1 else None
            age = min(ages) if len(ages) == len(gifts) else None
            return replace(
                first,
                offer=offer,
                expires=expires,
                age=age,
                used=all(each.used for each in gifts),
                redeemed=all(each.redeemed for each in gifts),
                orders=min(each.orders for each in gifts),
            )
        case Reply():
            replies = [each for each in made if isinstance(each, Reply)]
            shape = _met_shapes(tuple(each.shape for each in replies))
            return replace(first, shape=shape, answered=all(each.answered for each in replies))
        case Onward():
            return replace(first, ended=all(isinstance(each, Onward) and each.ended for each in made))
        case Called():
            calls = [each for each in made if isinstance(each, Called)]
            same = tuple(each for each in first.returns if all(each in other.returns for other in calls))
            return replace(first, returns=same, returned=all(each.returned for each in calls))
        case Errand():
            return first


def _met_shapes(shapes: tuple[AnswerShape | None, ...]) -> AnswerShape | None:
    """Return what can be answered where questions of one name meet: whatever one of them takes."""
    scales = [shape for shape in shapes if isinstance(shape, Scale)]
    if len(scales) == len(shapes):
        return Scale(min(each.low for each in scales), max(each.high for each in scales))
    choices = [shape for shape in shapes if isinstance(shape, Choice)]
    if len(choices) == len(shapes):
        return Choice(tuple(dict.fromkeys(option for each in choices for option in each.options)))
    return shapes[0] if len(set(map(type, shapes))) == 1 else None
