"""Flows as SVG paths."""

from __future__ import annotations

from api.console.diagram.curves import number, path_of


def test_a_straight_flow_is_one_line() -> None:
    """Two points need no corner."""
    assert path_of(((0, 0), (10, 0))) == "M0 0L10 0"


def test_corners_are_rounded_and_never_past_half_of_a_run() -> None:
    """A short run between two corners is not overshot."""
    assert path_of(((0, 0), (4, 0), (4, 30))) == "M0 0L2 0Q4 0 4 2L4 30"


def test_numbers_keep_one_decimal() -> None:
    """Coordinates are short."""
    assert [number(2.0), number(2.25), number(-1.96)] == ["2", "2.2", "-2"]
