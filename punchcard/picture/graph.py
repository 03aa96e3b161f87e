"""From a plan to nodes and links on a grid: `rank` counts along the flow, `lane` beside it.

A structured process needs no solver: a branch takes the lanes below those of the branch before it, and
whatever follows stands behind the longest of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, assert_never

from punchcard.plan.model import (
    Approve,
    Ask,
    Call,
    Choose,
    If,
    Plan,
    Repeat,
    Reward,
    Send,
    Split,
    Start,
    Step,
    Stop,
    Task,
    Together,
    Update,
    Use,
    Wait,
)

Kind = Literal[
    "start",
    "end",
    "stop",
    "reward",
    "send",
    "ask",
    "receive",
    "timer",
    "catch",
    "race",
    "fork",
    "join",
    "update",
    "onward",
    "call",
    "task",
    "approve",
    "divide",
    "gather",
    "first",
    "loop",
    "again",
    "undo",
]
# `edge`: from the boundary event that sits on a task, a timer or an error.
Port = Literal["out", "side", "edge"]

START, END = "start", "end"
THEN, OTHERWISE, NEXT, ON_ERROR = "then", "otherwise", "next", "on_error"
APPROVED, REJECTED, DECIDED = "approved", "rejected", "decided"
JOINED, ROUND, DONE, UNDO = "joined", "round", "done", "undo"
# Gateways whose ways out carry words.
SPEAKING: frozenset[Kind] = frozenset({"fork", "divide", "again"})


OUTWARD: Mapping[type[Step], Kind] = MappingProxyType({Send: "send", Start: "onward", Call: "call"})
# Of steps that take another one back; where they are several, one shape stands for all of them.
BACKWARD: Mapping[type[Step], Kind] = MappingProxyType({**OUTWARD, Update: "update"})


@dataclass(frozen=True, slots=True)
class Node:
    """One BPMN shape. `path` is the step that it shows, `events` what a catching shape waits for.

    `undoes` is the node that it takes back, apart from the flow; `has_undo` says that there is such a shape,
    `takes_back` that an end asks for them.
    """

    id: str
    kind: Kind
    rank: int
    lane: int
    path: str | None = None
    events: tuple[str, ...] = ()
    has_timer: bool = False
    has_error: bool = False
    has_undo: bool = False
    takes_back: bool = False
    undoes: str | None = None

    @property
    def has_edge(self) -> bool:
        """Whether a boundary event sits on it."""
        return self.has_timer or self.has_error


@dataclass(frozen=True, slots=True)
class Link:
    """One sequence flow. `exit` names how it leaves its step, `lane` where it runs, `port` where it begins.

    One that leads `back` ends at the side of what it repeats. Most are one of several ways out of their step;
    `all_go` marks those that are taken whenever their step is.
    """

    source: str
    target: str
    path: str | None
    exit: str
    lane: int
    port: Port = "out"
    back: bool = False
    all_go: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """A plan as shapes and flows on a grid."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Loose:
    """A flow that has yet to find its target."""

    source: str
    path: str | None
    exit: str
    lane: int
    port: Port = "out"
    all_go: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """What was placed: the rank behind it, how many lanes it took, and what leads out of it."""

    rank: int
    lanes: int
    loose: tuple[_Loose, ...]


@dataclass(slots=True)
class _Canvas:
    joins: bool
    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, node: Node, arriving: Sequence[_Loose]) -> None:
        self.nodes.append(node)
        for loose in arriving:
            self.links.append(
                Link(
                    loose.source,
                    node.id,
                    loose.path,
                    loose.exit,
                    loose.lane,
                    loose.port,
                    all_go=loose.all_go,
                )
            )


def graph(plan: Plan, *, joins: bool = False) -> Graph:
    """Place a plan's steps between its start and its end; with `joins`, ways meet in a gateway of their own."""
    canvas = _Canvas(joins)
    canvas.add(Node(START, "start", 0, 0), ())
    placed = _sequence(canvas, plan.steps, 1, 0, (_Loose(START, None, "next", 0),))
    if placed.loose:
        rank, loose = _met(canvas, END, placed.rank, 0, placed.loose)
        canvas.add(Node(END, "end", rank, 0), loose)
    return Graph(tuple(canvas.nodes), tuple(canvas.links))


def _sequence(
    canvas: _Canvas, steps: tuple[Step, ...], rank: int, lane: int, arriving: tuple[_Loose, ...]
) -> _Placed:
    lanes, loose = 1, arriving
    for step in steps:
        rank, loose = _met(canvas, step.path, rank, lane, loose)
        placed = _step(canvas, step, rank, lane, loose)
        rank, lanes, loose = placed.rank, max(lanes, placed.lanes), placed.loose
    return _Placed(rank, lanes, loose)


def _met(
    canvas: _Canvas, target: str, rank: int, lane: int, arriving: tuple[_Loose, ...]
) -> tuple[int, tuple[_Loose, ...]]:
    """Lead several ways through one gateway, where such gateways are drawn."""
    if not canvas.joins or len(arriving) < 2:
        return rank, arriving
    join = f"{target}:join"
    canvas.add(Node(join, "join", rank, lane), arriving)
    return rank + 1, (_Loose(join, None, "next", lane),)


def _step(canvas: _Canvas, step: Step, rank: int, lane: int, arriving: tuple[_Loose, ...]) -> _Placed:
    """Place a step, and below it what takes it back."""
    placed = _forward(canvas, step, rank, lane, arriving)
    undo: tuple[Step, ...] = getattr(step, "undo", ()) if isinstance(step, tuple(BACKWARD)) else ()
    if not undo:
        return placed
    below = lane + placed.lanes
    if len(undo) == 1:
        node = Node(undo[0].path, BACKWARD[type(undo[0])], rank, below, undo[0].path, undoes=step.path)
    else:
        node = Node(f"{step.path}:{UNDO}", "undo", rank, below, step.path, undoes=step.path)
    canvas.nodes.append(node)
    return replace(placed, lanes=placed.lanes + 1)


def _forward(canvas: _Canvas, step: Step, rank: int, lane: int, arriving: tuple[_Loose, ...]) -> _Placed:
    def put(kind: Kind, *, has_timer: bool = False, has_error: bool = False) -> tuple[_Loose, ...]:
        node = Node(
            step.path,
            kind,
            rank,
            lane,
            step.path,
            has_timer=has_timer,
            has_error=has_error,
            has_undo=bool(getattr(step, "undo", ())) and not isinstance(step, Stop),
            takes_back=isinstance(step, Stop) and step.takes_back,
        )
        canvas.add(node, arriving)
        return (_Loose(step.path, step.path, "next", lane),)

    match step:
        case Reward():
            return _Placed(rank + 1, 1, put("reward"))
        case Start(up_to=up_to) if up_to is not None:
            put("onward", has_timer=True)
            return _limited(canvas, step, rank, lane)
        case Send() | Start() | Call():
            put(OUTWARD[type(step)], has_error=bool(step.on_error))
            return _attempted(canvas, step, rank, lane)
        case Stop():
            put("stop")
            return _Placed(rank + 1, 1, ())
        case Wait(events=()):
            return _Placed(rank + 1, 1, put("timer"))
        case Wait(branches=()):
            put("receive", has_timer=True)
            return _limited(canvas, step, rank, lane)
        case Wait():
            put("race")
            return _raced(canvas, step, rank, lane)
        case If(then=then, otherwise=otherwise):
            put("fork")
            return _branches(canvas, step.path, ((THEN, then), (OTHERWISE, otherwise)), rank, lane)
        case Choose(branches=branches, otherwise=otherwise):
            put("fork")
            chosen = (*((case.name, case.steps) for case in branches), (OTHERWISE, otherwise))
            return _branches(canvas, step.path, chosen, rank, lane)
        case Split(branches=variants):
            put("fork")
            ways = tuple((variant.name, variant.steps) for variant in variants)
            return _branches(canvas, step.path, ways, rank, lane)
        case Use(steps=steps):
            return _sequence(canvas, steps, rank, lane, arriving)
        case Together():
            put("divide")
            return _together(canvas, step, rank, lane)
        case Repeat():
            return _repeated(canvas, step, rank, lane, arriving)
        case Ask():
            put("ask", has_timer=True)
            return _limited(canvas, step, rank, lane)
        case Update():
            return _Placed(rank + 1, 1, put("update"))
        case Task():
            put("task", has_timer=True)
            return _limited(canvas, step, rank, lane)
        case Approve():
            put("approve", has_timer=True)
            return _decided(canvas, step, rank, lane)
        case _:
            assert_never(step)


def _attempted(canvas: _Canvas, step: Send | Start | Call, rank: int, lane: int) -> _Placed:
    """A task that goes straight on; where it may come to nothing, its boundary event leads to `on_error` below."""
    ways: list[tuple[str, tuple[Step, ...]]] = [(NEXT, ())]
    if step.on_error:
        ways.append((ON_ERROR, step.on_error))
    return _branches(canvas, step.path, tuple(ways), rank, lane, side="edge")


def _decided(canvas: _Canvas, step: Approve, rank: int, lane: int) -> _Placed:
    """A task of people with a gateway behind it, and a boundary timer that leads to `otherwise` below."""
    gateway, own = f"{step.path}:{DECIDED}", {branch.name: branch.steps for branch in step.branches}
    canvas.add(
        Node(gateway, "fork", rank + 1, lane, step.path), (_Loose(step.path, step.path, DECIDED, lane),)
    )
    furthest, used = rank + 2, 0
    loose: list[_Loose] = []
    for name in (APPROVED, REJECTED):
        begin = _Loose(gateway, step.path, name, lane + used, "side" if used else "out")
        placed = _sequence(canvas, own.get(name, ()), rank + 2, lane + used, (begin,))
        furthest, used = max(furthest, placed.rank), used + placed.lanes
        loose += placed.loose
    begin = _Loose(step.path, step.path, OTHERWISE, lane + used, "edge")
    placed = _sequence(canvas, step.otherwise, rank + 1, lane + used, (begin,))
    return _Placed(max(furthest, placed.rank), used + placed.lanes, (*loose, *placed.loose))


def _limited(canvas: _Canvas, step: Wait | Ask | Task | Start, rank: int, lane: int) -> _Placed:
    """A task that waits: it goes straight on, its boundary timer leads to `otherwise` in the lanes below."""
    ways = ((THEN, step.then), (OTHERWISE, step.otherwise))
    return _branches(canvas, step.path, ways, rank, lane, side="edge")


def _branches(
    canvas: _Canvas,
    path: str,
    ways: tuple[tuple[str, tuple[Step, ...]], ...],
    rank: int,
    lane: int,
    side: Port = "side",
    *,
    all_go: bool = False,
) -> _Placed:
    furthest, used = rank + 1, 0
    loose: list[_Loose] = []
    for number, (name, steps) in enumerate(ways):
        begin = _Loose(path, path, name, lane + used, side if number else "out", all_go)
        placed = _sequence(canvas, steps, rank + 1, lane + used, (begin,))
        end, ends = placed.rank, placed.loose
        if all_go:
            end, ends = _met(canvas, f"{path}:{name}", placed.rank, lane + used, placed.loose)
        furthest, used = max(furthest, end), used + placed.lanes
        loose += ends
    return _Placed(furthest, used, tuple(loose))


def _together(canvas: _Canvas, step: Together, rank: int, lane: int) -> _Placed:
    """A gateway that divides the flow, and one where its ways meet, unless none of them arrives."""
    ways = tuple((branch.name, branch.steps) for branch in step.branches)
    placed = _branches(canvas, step.path, ways, rank, lane, all_go=True)
    if not placed.loose:
        return placed
    id_ = f"{step.path}:{JOINED}"
    kind: Kind = "gather" if step.wait_for == "all" else "first"
    canvas.add(Node(id_, kind, placed.rank, lane, step.path), placed.loose)
    return _Placed(placed.rank + 1, placed.lanes, (_Loose(id_, step.path, JOINED, lane),))


def _repeated(canvas: _Canvas, step: Repeat, rank: int, lane: int, arriving: tuple[_Loose, ...]) -> _Placed:
    """Between two gateways stand the steps; from the second, below them, a flow leads back to the first."""
    first = f"{step.path}:{ROUND}"
    canvas.add(Node(first, "loop", rank, lane, step.path), arriving)
    placed = _sequence(
        canvas, step.steps, rank + 1, lane, (_Loose(first, step.path, ROUND, lane, all_go=True),)
    )
    below = lane + placed.lanes
    ends = placed.loose or (_Loose(first, step.path, DONE, below, "side"),)
    rank, ends = _met(canvas, f"{step.path}:{DONE}", placed.rank, lane, ends)
    canvas.add(Node(step.path, "again", rank, lane, step.path), ends)
    if placed.loose:
        canvas.links.append(Link(step.path, first, step.path, ROUND, below, "side", back=True))
    return _Placed(rank + 1, placed.lanes + 1, (_Loose(step.path, step.path, DONE, lane),))


def _raced(canvas: _Canvas, step: Wait, rank: int, lane: int) -> _Placed:
    """An event-based gateway: a catching event for each way that an event opens, and a timer for the limit."""
    own = {branch.name: branch.steps for branch in step.branches}
    shared = tuple(event for event in step.events if event not in own)
    ways = [(THEN, shared, step.then)] if shared else []
    ways += [(event, (event,), steps) for event, steps in own.items()]
    ways.append((OTHERWISE, (), step.otherwise))
    furthest, used = rank + 1, 0
    loose: list[_Loose] = []
    for number, (name, events, steps) in enumerate(ways):
        id_, here = f"{step.path}:{name}", lane + used
        catching = Node(id_, "catch" if events else "timer", rank + 1, here, step.path, events)
        canvas.add(catching, (_Loose(step.path, step.path, name, here, "side" if number else "out"),))
        placed = _sequence(canvas, steps, rank + 2, here, (_Loose(id_, step.path, name, here),))
        furthest, used = max(furthest, placed.rank), used + placed.lanes
        loose += placed.loose
    return _Placed(furthest, used, tuple(loose))
