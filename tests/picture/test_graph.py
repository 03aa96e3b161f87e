"""From plans to shapes on a grid."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings

from punchcard.picture.graph import END, START, graph
from punchcard.plan.model import Plan, Stop, Use, walk
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE, plans


def test_the_running_example_has_a_reminder_in_a_lane_below() -> None:
    """What follows a limit stands below what it branches from, and both meet again behind it."""
    nodes = {node.id: node for node in graph(RUNNING_EXAMPLE).nodes}
    assert nodes["3"].kind == "receive"
    assert nodes["3"].has_timer
    assert nodes["3.otherwise.1"].lane > nodes["3"].lane
    assert nodes["4"].rank > nodes["3.otherwise.2"].rank
    assert nodes["4"].lane == 0


def test_ways_of_their_own_are_a_race_of_events() -> None:
    """A wait whose events lead to different blocks is an event-based gateway with a catching event for each."""
    drawn = graph(EVERY_BRANCH)
    kinds = {node.id: node.kind for node in drawn.nodes}
    assert kinds["1"] == "race"
    assert kinds["1:customer.ordered"] == "catch"
    assert kinds["1:otherwise"] == "timer"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plan=plans)
def test_every_step_is_drawn_once_and_can_be_reached(plan: Plan) -> None:
    """Each step is one shape; each shape but the start has a flow into it, unless it stands behind a stop.

    What takes a step back stands apart from the flow, beside that step; several have one shape.
    """
    drawn = graph(plan)
    shown = Counter(node.id for node in drawn.nodes)
    assert all(count == 1 for count in shown.values())
    undone = {node.undoes for node in drawn.nodes if node.undoes}
    assert undone == {step.path for step in walk(plan.steps) if getattr(step, "undo", ())}
    assert undone == {node.id for node in drawn.nodes if node.has_undo}
    paths = {step.path for step in walk(plan.steps) if not isinstance(step, Use)}
    assert {
        path for path in paths - set(shown) if f"{path.rpartition('.undo.')[0]}:undo" not in shown
    } == set()
    targets = {link.target for link in drawn.links}
    apart = {node.id for node in drawn.nodes if node.undoes}
    assert not apart & targets
    if not any(isinstance(step, Stop) for step in walk(plan.steps)):
        assert set(shown) - {START} - apart <= targets
        assert END in shown


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plan=plans)
def test_flows_go_forward_and_no_two_shapes_share_a_cell(plan: Plan) -> None:
    """The grid keeps the order of the plan but where it repeats, and every shape has a cell of its own."""
    drawn = graph(plan)
    ranks = {node.id: node.rank for node in drawn.nodes}
    assert all((ranks[link.source] > ranks[link.target]) == link.back for link in drawn.links)
    cells = Counter((node.rank, node.lane) for node in drawn.nodes)
    assert all(count == 1 for count in cells.values())
