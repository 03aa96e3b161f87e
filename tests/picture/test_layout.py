"""From the grid to coordinates."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from api.console.diagram.picture import pictures
from punchcard.picture.graph import graph
from punchcard.picture.labels import labels_of
from punchcard.picture.layout import Layout, Shape, lay_out
from punchcard.plan.model import Plan
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE, plans
from tests.wording.speech import ENGLISH


def _apart(one: Shape, other: Shape) -> bool:
    return (
        abs(one.x - other.x) >= one.half_width + other.half_width
        or abs(one.y - other.y) >= one.half_height + other.half_height
    )


def _layouts(plan: Plan) -> list[Layout]:
    return [picture.layout for picture in pictures(ENGLISH, plan)]


def _with_export(plan: Plan) -> list[Layout]:
    drawn = graph(plan, joins=True)
    return [*_layouts(plan), lay_out(drawn, labels_of(ENGLISH, plan, drawn), "export")]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_shapes_never_overlap_and_stay_inside(plan: Plan) -> None:
    """Every shape lies within the picture and clear of all others, across and down."""
    for layout in _with_export(plan):
        assert all(_apart(one, other) for one, other in combinations(layout.shapes, 2))
        for shape in layout.shapes:
            assert shape.x - shape.half_width > 0
            assert shape.x + shape.half_width < layout.width
            assert shape.y - shape.half_height > 0
            assert shape.y + shape.half_height < layout.height


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_flows_run_straight_and_through_no_other_shape(plan: Plan) -> None:
    """Every run of a flow is level or upright, and crosses no shape but those that it joins."""
    for layout in _with_export(plan):
        for flow in layout.flows:
            for (x1, y1), (x2, y2) in pairwise(flow.points):
                assert x1 == pytest.approx(x2) or y1 == pytest.approx(y2)
                for shape in layout.shapes:
                    if shape.node.id not in (flow.link.source, flow.link.target):
                        assert not _crosses((x1, y1), (x2, y2), shape), (flow.link, shape.node.id)


def _crosses(begin: tuple[float, float], end: tuple[float, float], shape: Shape) -> bool:
    left, right = sorted((begin[0], end[0]))
    top, bottom = sorted((begin[1], end[1]))
    return (
        left < shape.x + shape.half_width
        and right > shape.x - shape.half_width
        and top < shape.y + shape.half_height
        and bottom > shape.y - shape.half_height
    )


@pytest.mark.parametrize("plan", [RUNNING_EXAMPLE, EVERY_BRANCH], ids=lambda plan: plan.campaign)
def test_one_picture_is_wide_and_the_other_is_tall(plan: Plan) -> None:
    """Across fits a screen's width, down a phone's."""
    across, down = _layouts(plan)
    assert across.width > across.height
    assert down.height > down.width


def test_the_running_example_fits_a_screen_and_a_phone() -> None:
    """The picture that everybody sees first needs no scrolling, neither at 1440 px nor, a little smaller, at 390."""
    across, down = _layouts(RUNNING_EXAMPLE)
    assert across.width <= 1560
    assert down.width <= 420
