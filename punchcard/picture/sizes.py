"""How large each shape is, and how much room its words take beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from punchcard.picture import text
from punchcard.picture.graph import Kind, Node
from punchcard.wording.steps.words import Label

# Across a screen, down a phone, or across by the sizes that BPMN's tools have.
Direction = Literal["across", "down", "export"]
Form = Literal["task", "event", "gateway"]

FORMS: Mapping[Kind, Form] = {
    "start": "event",
    "end": "event",
    "stop": "event",
    "timer": "event",
    "catch": "event",
    "reward": "task",
    "send": "task",
    "ask": "task",
    "receive": "task",
    "race": "gateway",
    "fork": "gateway",
    "divide": "gateway",
    "join": "gateway",
    "update": "task",
    "onward": "task",
    "call": "task",
    "task": "task",
    "approve": "task",
    "gather": "gateway",
    "first": "gateway",
    "loop": "gateway",
    "again": "gateway",
    "undo": "task",
}
HALF: Mapping[Direction, Mapping[Form, tuple[float, float]]] = {
    "across": {"task": (66, 31), "event": (17, 17), "gateway": (22, 22)},
    "down": {"task": (50, 31), "event": (17, 17), "gateway": (22, 22)},
    "export": {"task": (66, 45), "event": (18, 18), "gateway": (25, 25)},
}
BOUNDARY: Mapping[Direction, float] = {"across": 12, "down": 12, "export": 18}
LETTER, LINE = 12.0, 15.0
TIP = 12.0
GAP = 6.0
ROOM: Mapping[Direction, Mapping[Form, float]] = {
    "across": {"task": 112, "event": 96, "gateway": 128},
    "down": {"task": 82, "event": 70, "gateway": 104},
    "export": {"task": 112, "event": 96, "gateway": 128},
}
TIMER_ROOM: Mapping[Direction, tuple[float, int]] = {"across": (104, 1), "down": (50, 2), "export": (104, 2)}


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a shape with its words reaches from its centre: along the flow and beside it."""

    before: float
    after: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A node with its lines of words and its extent."""

    node: Node
    form: Form
    lines: tuple[str, ...]
    timer: tuple[str, ...]
    extent: Extent


def measure(node: Node, label: Label, direction: Direction) -> Measured:
    """Break a node's words into lines and add up the room that it needs in a direction."""
    form = FORMS[node.kind]
    # Below the words of what takes something back stands the sign of that.
    most_lines = 3 if form != "task" else 1 if node.undoes and direction != "export" else 2
    lines = text.wrap(label.text, ROOM[direction][form], LETTER, most_lines)
    room, most = TIMER_ROOM[direction]
    timer = text.wrap(label.timer or "", room, LETTER, most) if node.has_timer else ()
    if direction == "down":
        extent = _down(form, lines, timer, has_edge=node.has_edge)
    else:
        extent = _across(form, lines, timer, direction, has_edge=node.has_edge)
        # A way's words stand between the gateway and what follows it, before the arrow's tip.
        needed = HALF[direction][form][0] + _widest(label.ways) - TIP
        extent = replace(extent, after=max(extent.after, needed))
    if node.has_undo:
        x, y = undo_place(direction)
        reach = (x if direction == "down" else y) + BOUNDARY[direction]
        extent = replace(extent, below=max(extent.below, reach))
    return Measured(node, form, lines, timer, extent)


def edge_place(direction: Direction) -> tuple[float, float]:
    """Return where a task's boundary event sits, from the task's centre, as x and y."""
    half_width, half_height = HALF[direction]["task"]
    return (half_width, half_height / 3) if direction == "down" else (half_width / 2, half_height)


def undo_place(direction: Direction) -> tuple[float, float]:
    """Return where the event sits from which a task is taken back, from the task's centre, as x and y."""
    half_width, half_height = HALF[direction]["task"]
    if direction == "down":
        return half_width, -half_height * 2 / 3
    # A little below the edge across a screen, clear of the second line of words.
    return -half_width / 2, half_height + (4 if direction == "across" else 0)


def _across(
    form: Form, lines: tuple[str, ...], timer: tuple[str, ...], direction: Direction, *, has_edge: bool
) -> Extent:
    half_width, half_height = HALF[direction][form]
    wide = _widest(lines)
    tall = LINE * len(lines) + GAP if lines else 0
    match form:
        case "event":
            half = max(half_width, wide / 2)
            return Extent(half, half, half_height, half_height + tall)
        case "gateway":
            half = max(half_width, wide / 2)
            return Extent(half, half, half_height + tall, half_height)
        case "task" if has_edge:
            x, y = edge_place(direction)
            after = max(half_width, x + BOUNDARY[direction] + GAP + _widest(timer))
            return Extent(half_width, after, half_height, y + BOUNDARY[direction])
        case _:
            return Extent(half_width, half_width, half_height, half_height)


def _down(form: Form, lines: tuple[str, ...], timer: tuple[str, ...], *, has_edge: bool) -> Extent:
    half_width, half_height = HALF["down"][form]
    wide = _widest(lines)
    tall = LINE * len(lines)
    match form:
        case "event":
            half = max(half_height, tall / 2)
            return Extent(half, half, half_width, half_width + GAP + wide)
        case "gateway":
            before = half_height + tall + GAP if lines else half_height
            return Extent(before, half_height, half_width, max(half_width, GAP + wide))
        case "task" if has_edge:
            x, _ = edge_place("down")
            below = x + BOUNDARY["down"] + GAP + _widest(timer)
            return Extent(half_height, half_height, half_width, below)
        case _:
            return Extent(half_height, half_height, half_width, half_width)


def _widest(lines: tuple[str, ...]) -> float:
    return max((text.width(line, LETTER) for line in lines), default=0)
