"""Where an instance stands, entirely as data: it can be stored, handed on, migrated and replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from punchcard.plan.events import Outcome

SCHEMA = 1

Phase = Literal["ready", "asked", "performing", "waiting", "deferred", "parked", "returning"]


@dataclass(slots=True)
class Token:
    """One place where the instance is active.

    `ready`: the step is to begin. `asked`: its facts are in a commit. `performing`: its effect is under
    way. `waiting`: for an event or the deadline. `deferred`: until a message may go out. `parked`: an
    incident stands open. `returning`: its way inside the step has ended.
    `due` is when the present step was due by business time, `since` when its wait began.
    """

    path: str
    visit: int
    due: int
    phase: Phase = "ready"
    deadline: int | None = None
    since: int | None = None

    @property
    def key(self) -> str:
        """The step's path and visit: whatever is done under it is done once."""
        return f"{self.path}#{self.visit}"


@dataclass(slots=True)
class State:
    """An instance: its tokens, what its names stand for, and how far it has read its mail.

    `names` maps `coupon`, `reply`, `order`, `inputs` … to their fields. `given` maps the keys of rewards
    whose commit is under way to [reward's name, path of the token that gave it]. `rounds` maps the paths of
    steps that are being repeated to [number of the round, instant at which it began].
    `lapse` is how long in all the occasion did not stand, which is time that does not count; `lapse_before_order` how
    much of it lay before the instance took its present order over.
    `done` lists what can be taken back, in the order in which it was done: [key, what its name stood for then]; once
    that is under way, `taking_back` is the path of the `stop` that asks for it.
    `seen` is the highest delivered sequence number, `tick` the number of the latest commit.
    """

    tick: int = 0
    seen: int = 0
    outcome: Outcome | None = None
    tokens: list[Token] = field(default_factory=list)
    visits: dict[str, int] = field(default_factory=dict)
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    rounds: dict[str, list[int]] = field(default_factory=dict)
    lapse: int = 0
    lapse_before_order: int = 0
    done: list[list[Any]] = field(default_factory=list)
    taking_back: str | None = None
    schema: int = SCHEMA

    def copy(self) -> State:
        """Return a state that can be changed without changing this one."""
        return State(
            tick=self.tick,
            seen=self.seen,
            outcome=self.outcome,
            tokens=[replace(token) for token in self.tokens],
            visits=dict(self.visits),
            names={name: dict(fields) for name, fields in self.names.items()},
            given={key: list(value) for key, value in self.given.items()},
            rounds={path: list(value) for path, value in self.rounds.items()},
            lapse=self.lapse,
            lapse_before_order=self.lapse_before_order,
            done=[list(each) for each in self.done],
            taking_back=self.taking_back,
            schema=self.schema,
        )

    @property
    def next_deadline(self) -> int | None:
        """The nearest instant at which a token's wait ends; None if none waits."""
        return min(
            (
                t.deadline
                for t in self.tokens
                if t.phase in ("waiting", "deferred", "parked") and t.deadline is not None
            ),
            default=None,
        )

    @property
    def in_flight(self) -> bool:
        """Whether a commit or an outward effect has yet to answer."""
        return any(token.phase in ("asked", "performing") for token in self.tokens) or bool(self.given)


def to_data(state: State) -> dict[str, Any]:
    """Return the state as plain JSON data."""
    seldom = {
        "lapse": state.lapse,
        "lapse_before_order": state.lapse_before_order,
        "done": state.done,
        "taking_back": state.taking_back,
    }
    return {
        "schema": state.schema,
        "tick": state.tick,
        "seen": state.seen,
        "outcome": state.outcome,
        "tokens": [
            [token.path, token.visit, token.due, token.phase, token.deadline, token.since]
            for token in state.tokens
        ],
        "visits": state.visits,
        "names": state.names,
        "given": state.given,
        "rounds": state.rounds,
    } | {name: value for name, value in seldom.items() if value}


def from_data(data: Mapping[str, Any]) -> State:
    """Read what `to_data` wrote; ValueError if it comes from a newer schema."""
    if data["schema"] > SCHEMA:
        raise ValueError(f"state schema {data['schema']} is newer than {SCHEMA}: upgrade this worker")
    return State(
        tick=data["tick"],
        seen=data["seen"],
        outcome=data["outcome"],
        tokens=[
            Token(path=path, visit=visit, due=due, phase=phase, deadline=deadline, since=since)
            for path, visit, due, phase, deadline, since in data["tokens"]
        ],
        visits=dict(data["visits"]),
        names={name: dict(fields) for name, fields in data["names"].items()},
        given={key: list(value) for key, value in data["given"].items()},
        rounds={path: list(value) for path, value in data.get("rounds", {}).items()},
        lapse=data.get("lapse", 0),
        lapse_before_order=data.get("lapse_before_order", 0),
        done=[list(each) for each in data.get("done", ())],
        taking_back=data.get("taking_back"),
        schema=data["schema"],
    )
