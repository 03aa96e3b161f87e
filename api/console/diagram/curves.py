"""A flow's points as an SVG path: straight runs with rounded corners, written with few digits."""

from __future__ import annotations

from math import hypot

from punchcard.picture.layout import Point

RADIUS = 9.0


def path_of(points: tuple[Point, ...]) -> str:
    """Return the `d` of a path through the points."""
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        begin, end = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{_at(begin)}Q{_at(corner)} {_at(end)}")
    parts.append(f"L{_at(points[-1])}")
    return "".join(parts)


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _distance(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _towards(point: Point, other: Point, distance: float) -> Point:
    whole = _distance(point, other)
    if whole == 0:
        return point
    share = distance / whole
    return (point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share)
