"""What the SVG template draws: the layout of a plan with its words, its counts or its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from api.console.diagram.curves import path_of
from api.console.diagram.trace import Trace, was_reached, was_taken
from punchcard.picture import text
from punchcard.picture.graph import ON_ERROR, OTHERWISE, SPEAKING, Graph, Kind, Node, graph
from punchcard.picture.labels import labels_of
from punchcard.picture.layout import Flow, Layout, Shape, lay_out
from punchcard.picture.sizes import LETTER, Direction
from punchcard.picture.ways import way_word
from punchcard.plan.model import If, Plan, Step, walk
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    EventTrigger,
    InactiveTrigger,
    ItemsTrigger,
    ManualTrigger,
    OrderTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
    SpendTrigger,
    VisitsTrigger,
)
from punchcard.wording.outline import outline
from punchcard.wording.speech import Speech
from punchcard.wording.steps.words import Label

Mark = Literal["idle", "reached", "standing", "parked", "halted"]
# Wider pictures keep their letters legible and are scrolled.
WIDEST = 1620
ICONS: Mapping[Kind, str] = MappingProxyType(
    {
        "reward": "gear",
        "send": "letter-filled",
        "ask": "person",
        "receive": "letter",
        "timer": "clock",
        "catch": "letter",
        "race": "pentagon",
        "fork": "cross",
        "join": "cross",
        "update": "gear",
        "onward": "gear",
        "call": "gear",
        "task": "person",
        "approve": "person",
        "divide": "plus",
        "gather": "plus",
        "first": "star",
        "loop": "cross",
        "again": "cross",
        "stop": "disc",
        "end": "none",
        "undo": "none",
    }
)
TRIGGER_ICONS: Mapping[type, str] = MappingProxyType(
    {
        SpendTrigger: "rule",
        OrderTrigger: "letter",
        ItemsTrigger: "rule",
        EventTrigger: "letter",
        VisitsTrigger: "rule",
        BirthdayTrigger: "clock",
        AnniversaryTrigger: "clock",
        RewardTrigger: "clock",
        SegmentTrigger: "rule",
        InactiveTrigger: "clock",
        ScheduleTrigger: "clock",
        ManualTrigger: "none",
    }
)


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """One shape, ready to draw: `mark` is where the instance has been, `count` how many stand here,
    `cut_short` whether its limit was reached, or it failed.
    """

    shape: Shape
    label: Label
    mark: Mark
    icon: str
    count: int
    cut_short: bool


@dataclass(frozen=True, slots=True)
class DrawnFlow:
    """One flow, ready to draw: `word` stands beside its beginning at (x, y)."""

    d: str
    taken: bool
    word: str | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A campaign's picture: drawn across for wide screens and print, or down for narrow ones."""

    layout: Layout
    shapes: tuple[DrawnShape, ...]
    flows: tuple[DrawnFlow, ...]
    title: str
    description: str
    is_traced: bool

    @property
    def direction(self) -> Direction:
        """Which way it flows."""
        return self.layout.direction

    @property
    def is_wide(self) -> bool:
        """Whether it is scrolled rather than made to fit."""
        return self.layout.width > WIDEST


def pictures(
    speech: Speech, plan: Plan, *, way: Trace | None = None, counts: Mapping[str, int] = MappingProxyType({})
) -> tuple[Picture, Picture]:
    """Return the picture of a plan, across and down; with an instance's way, or with counts by step."""
    drawn = graph(plan)
    labels = labels_of(speech, plan, drawn)
    across, down = (
        _picture(speech, plan, drawn, labels, direction, way, counts) for direction in ("across", "down")
    )
    return across, down


def _picture(
    speech: Speech,
    plan: Plan,
    drawn: Graph,
    labels: Mapping[str, Label],
    direction: Direction,
    way: Trace | None,
    counts: Mapping[str, int],
) -> Picture:
    layout = lay_out(drawn, labels, direction)
    shapes = tuple(
        DrawnShape(
            shape,
            labels[shape.node.id],
            _mark(shape.node, way),
            _icon(shape.node, plan),
            counts.get(shape.node.id, 0),
            way is not None and way.exits.get(shape.node.id) in (OTHERWISE, ON_ERROR),
        )
        for shape in layout.shapes
    )
    steps = {step.path: step for step in walk(plan.steps)}
    forks = {node.id: steps[node.path] for node in drawn.nodes if node.kind in SPEAKING and node.path}
    flows = tuple(_flow(speech, flow, way, forks, direction) for flow in layout.flows)
    layout = replace(layout, width=max(layout.width, *(_reach(flow) for flow in flows)))
    title = speech.gettext("Diagram of %(campaign)s") % {"campaign": plan.title}
    description = " ".join(f"{line.number} {line.words}" for line in outline(speech, plan))
    return Picture(layout, shapes, flows, title, description, way is not None)


def _reach(flow: DrawnFlow) -> float:
    """How far to the right the word beside a flow needs room."""
    return flow.x + text.width(flow.word, LETTER) if flow.word else 0.0


def _mark(node: Node, way: Trace | None) -> Mark:
    if way is None:
        return "idle"
    phase = way.standing.get(node.id)
    if phase is not None and way.outcome is not None:
        return "halted"
    if phase is not None:
        return "parked" if phase == "parked" else "standing"
    return "reached" if was_reached(node.id, way) else "idle"


def _icon(node: Node, plan: Plan) -> str:
    if node.takes_back:
        return "back"
    return TRIGGER_ICONS[type(plan.trigger)] if node.kind == "start" else ICONS[node.kind]


def _flow(
    speech: Speech, flow: Flow, way: Trace | None, forks: Mapping[str, Step], direction: Direction
) -> DrawnFlow:
    link = flow.link
    step = forks.get(link.source)
    word = None if step is None else way_word(speech, step, link.exit)
    # Several ways leave a choice by the same side: each is named in its own lane.
    alone = isinstance(step, If) or link.back
    x, y = flow.points[0] if link.port == "out" or alone else flow.points[1]
    if direction == "across":
        x, y = (x + 6, y - 6) if link.port == "out" or not alone else (x + 6, y + 15)
    else:
        x, y = (x + 6, y + 14) if link.port == "out" or not alone else (x + 5, y - 6)
    return DrawnFlow(path_of(flow.points), way is not None and was_taken(link, way), word, x, y)
