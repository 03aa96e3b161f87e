"""From a graph on its grid to coordinates: a pure function, flowing across a screen or down a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from punchcard.picture.graph import Graph, Link, Node
from punchcard.picture.sizes import BOUNDARY, HALF, Direction, Form, Measured, edge_place, measure, undo_place
from punchcard.wording.steps.words import Label

MARGIN: Mapping[Direction, float] = {"across": 14, "down": 9, "export": 20}
EMPTY_LANE = 9.0
BETWEEN_RANKS: Mapping[Direction, float] = {"across": 32, "down": 34, "export": 42}
BETWEEN_LANES: Mapping[Direction, float] = {"across": 26, "down": 14, "export": 30}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node in its place: its centre, half its size, and its words in lines."""

    node: Node
    form: Form
    x: float
    y: float
    half_width: float
    half_height: float
    lines: tuple[str, ...]
    timer: tuple[str, ...]
    edge_x: float
    edge_y: float
    undo_x: float
    undo_y: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A link in its place: the points that it runs through."""

    link: Link
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a shape back, beside it, and the line to it: no flow runs there."""

    undone: Shape
    undoing: Shape
    points: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture in user units."""

    direction: Direction
    width: float
    height: float
    shapes: tuple[Shape, ...]
    flows: tuple[Flow, ...]
    undoes: tuple[Undo, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where each rank and lane has its axis, where each rank begins, and how large the whole is."""

    ranks: Mapping[int, float]
    begins: Mapping[int, float]
    lanes: Mapping[int, float]
    length: float
    breadth: float


def lay_out(graph: Graph, labels: Mapping[str, Label], direction: Direction) -> Layout:
    """Give every shape and flow its coordinates; `labels` are the words by node id."""
    measured = [measure(node, labels[node.id], direction) for node in graph.nodes]
    grid = _grid(measured, {link.lane for link in graph.links}, direction)
    shapes = {each.node.id: _shape(each, grid, direction) for each in measured}
    flows = tuple(_flow(link, shapes, grid, direction) for link in graph.links)
    size = (grid.length, grid.breadth)
    width, height = size[::-1] if direction == "down" else size
    undoes = tuple(
        _undo(shapes[each.node.undoes], each, direction) for each in shapes.values() if each.node.undoes
    )
    return Layout(direction, width, height, tuple(shapes.values()), flows, undoes)


def _undo(undone: Shape, undoing: Shape, direction: Direction) -> Undo:
    x, y, radius = undone.undo_x, undone.undo_y, BOUNDARY[direction]
    if direction == "down":
        return Undo(undone, undoing, ((x + radius, y), (undoing.x - undoing.half_width, y)))
    return Undo(undone, undoing, ((x, y + radius), (x, undoing.y - undoing.half_height)))


def _grid(measured: list[Measured], routed: set[int], direction: Direction) -> _Grid:
    along: dict[int, tuple[float, float]] = {}
    beside: dict[int, tuple[float, float]] = dict.fromkeys(routed, (EMPTY_LANE, EMPTY_LANE))
    for each in measured:
        extent = each.extent
        along[each.node.rank] = _widest(along.get(each.node.rank), (extent.before, extent.after))
        beside[each.node.lane] = _widest(beside.get(each.node.lane), (extent.above, extent.below))
    margin = MARGIN[direction]
    ranks, begins, length = _axes(sorted(along.items()), BETWEEN_RANKS[direction], margin)
    lanes, _, breadth = _axes(sorted(beside.items()), BETWEEN_LANES[direction], margin)
    return _Grid(ranks, begins, lanes, length, breadth)


def _widest(one: tuple[float, float] | None, other: tuple[float, float]) -> tuple[float, float]:
    return other if one is None else (max(one[0], other[0]), max(one[1], other[1]))


def _axes(
    bands: Iterable[tuple[int, tuple[float, float]]], between: float, margin: float
) -> tuple[dict[int, float], dict[int, float], float]:
    axes, begins, edge = {}, {}, margin
    for number, (before, after) in bands:
        begins[number] = edge
        axes[number] = edge + before
        edge += before + after + between
    return axes, begins, edge - between + margin


def _shape(each: Measured, grid: _Grid, direction: Direction) -> Shape:
    main, cross = grid.ranks[each.node.rank], grid.lanes[each.node.lane]
    x, y = (cross, main) if direction == "down" else (main, cross)
    half_width, half_height = HALF[direction][each.form]
    (edge_x, edge_y), (undo_x, undo_y) = edge_place(direction), undo_place(direction)
    return Shape(
        each.node,
        each.form,
        x,
        y,
        half_width,
        half_height,
        each.lines,
        each.timer,
        x + edge_x,
        y + edge_y,
        x + undo_x,
        y + undo_y,
    )


def _flow(link: Link, shapes: Mapping[str, Shape], grid: _Grid, direction: Direction) -> Flow:
    """Run along the flow in the link's lane, and change lanes just before the target's rank begins."""
    source, target = shapes[link.source], shapes[link.target]
    turn = grid.begins[target.node.rank] - BETWEEN_RANKS[direction] / 2
    lane = grid.lanes[link.lane]
    begin, into = _leaving(link, source, direction), _entering(target, direction)
    if link.back:
        below = _beside(target, direction)
        points = [begin, (begin[0], lane), (below[0], lane), below]
        return Flow(link, tuple([(y, x) for x, y in points] if direction == "down" else points))
    points = [begin]
    if link.port != "out":
        points.append((begin[0], lane))
    if into[1] != lane:
        points += [(turn, lane), (turn, into[1])]
    points.append(into)
    return Flow(link, tuple([(y, x) for x, y in points] if direction == "down" else points))


def _leaving(link: Link, source: Shape, direction: Direction) -> Point:
    """Where a flow leaves its source, as (along, beside)."""
    x, y = source.x, source.y
    match link.port:
        case "out":
            x, y = (x, y + source.half_height) if direction == "down" else (x + source.half_width, y)
        case "side":
            x, y = (x + source.half_width, y) if direction == "down" else (x, y + source.half_height)
        case "edge":
            x, y = source.edge_x, source.edge_y
            x, y = (x + BOUNDARY[direction], y) if direction == "down" else (x, y + BOUNDARY[direction])
    return (y, x) if direction == "down" else (x, y)


def _beside(target: Shape, direction: Direction) -> Point:
    """Where a flow that leads back enters its target, as (along, beside)."""
    if direction == "down":
        return (target.y, target.x + target.half_width)
    return (target.x, target.y + target.half_height)


def _entering(target: Shape, direction: Direction) -> Point:
    if direction == "down":
        return (target.y - target.half_height, target.x)
    return (target.x - target.half_width, target.y)
