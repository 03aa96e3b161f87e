"""The document: valid by the standard's schema, fine by bpmnlint, and complete."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from punchcard.bpmn.document import document
from punchcard.bpmn.namespaces import NAMESPACES
from punchcard.bpmn.rows import ELEMENTS, STARTS
from punchcard.bpmn.ways import CONDITIONS
from punchcard.picture.graph import Kind
from punchcard.picture.ways import WAYS
from punchcard.plan.model import Plan, Together, Use, walk
from punchcard.plan.triggers import Trigger
from punchcard.wording.steps import step_label
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE, plans
from tests.wording.definitions import definitions
from tests.wording.speech import ENGLISH, GERMAN

BPMNLINT = Path(__file__).parents[2] / "node_modules" / "bpmnlint" / "bin" / "bpmnlint.js"
EVERY = {"running-example": RUNNING_EXAMPLE, "every-branch": EVERY_BRANCH, **definitions()}


@cache
def _schema() -> Any:
    """The standard's own schema, as SpiffWorkflow carries it."""
    package = find_spec("SpiffWorkflow")
    assert package is not None
    assert package.origin is not None
    return etree.XMLSchema(
        etree.parse(str(Path(package.origin).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"))
    )


def _parsed(plan: Plan) -> Any:
    return etree.fromstring(document(ENGLISH, plan).encode())


def _found(root: Any, path: str) -> list[Any]:
    return list(root.iterfind(path, NAMESPACES))


@pytest.mark.parametrize("name", EVERY)
def test_it_is_valid_by_the_standard(name: str) -> None:
    """In either language."""
    for speech in (ENGLISH, GERMAN):
        _schema().assertValid(etree.fromstring(document(speech, EVERY[name]).encode()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_any_plan_is_valid_by_the_standard(plan: Plan) -> None:
    """However its steps are nested."""
    _schema().assertValid(_parsed(plan))


def test_bpmnlint_finds_nothing(tmp_path: Path) -> None:
    """By its recommended rules, warnings included."""
    node = shutil.which("node")
    assert node is not None, "Node.js comes with the set-up"
    (tmp_path / ".bpmnlintrc").write_text(json.dumps({"extends": "bpmnlint:recommended"}))
    for name, plan in EVERY.items():
        (tmp_path / f"{name}.bpmn").write_text(document(ENGLISH, plan), encoding="utf-8")
    command = [node, str(BPMNLINT), "--max-warnings=0", "--config", str(tmp_path / ".bpmnlintrc")]
    files = [str(path) for path in sorted(tmp_path.glob("*.bpmn"))]
    answer = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert (answer.stdout + answer.stderr).strip() == ""
    assert answer.returncode == 0


@pytest.mark.parametrize("name", EVERY)
def test_every_step_is_an_element_that_says_what_it_does(name: str) -> None:
    """With the sentence of the explanation as its documentation, a shape, and what flows in and out.

    What takes a step back is told in the step's documentation, and stands apart from the flow.
    """
    root, plan = _parsed(EVERY[name]), EVERY[name]
    shapes = {shape.get("bpmnElement") for shape in _found(root, ".//bpmndi:BPMNShape")}
    for step in (each for each in walk(plan.steps) if not isinstance(each, Use)):
        owner, taken_back, _ = step.path.rpartition(".undo.")
        element = root.find(f".//*[@id='node-{owner if taken_back else step.path}']", NAMESPACES)
        assert element is not None, step.path
        if taken_back:
            told = step_label(ENGLISH, plan, step).sentence
            assert told in str(element.findtext("bpmn:documentation", namespaces=NAMESPACES))
            back = root.find(f".//*[@id='node-{step.path}']", NAMESPACES)
            assert back is not None
            assert back.get("isForCompensation") == "true"
            assert back.find("bpmn:incoming", NAMESPACES) is None
            line = root.find(f".//bpmn:association[@targetRef='node-{step.path}']", NAMESPACES)
            assert line is not None
            edge = root.find(f".//bpmn:boundaryEvent[@id='{line.get('sourceRef')}']", NAMESPACES)
            assert edge is not None
            assert edge.get("attachedToRef") == f"node-{owner}"
            assert edge.find("bpmn:compensateEventDefinition", NAMESPACES) is not None
            continue
        assert element.findtext("bpmn:documentation", namespaces=NAMESPACES)
        assert element.find("bpmn:incoming", NAMESPACES) is not None
        assert element.get("id") in shapes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_flows_are_said_at_both_ends(plan: Plan) -> None:
    """Each sequence flow is an `outgoing` where it begins, an `incoming` where it ends, and an edge."""
    root = _parsed(plan)
    edges = {edge.get("bpmnElement") for edge in _found(root, ".//bpmndi:BPMNEdge")}
    for flow in _found(root, ".//bpmn:sequenceFlow"):
        for end, name in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            element = root.find(f".//*[@id='{flow.get(end)}']")
            assert flow.get("id") in [each.text for each in _found(element, f"bpmn:{name}")]
        assert flow.get("id") in edges


def test_a_wait_with_a_limit_is_a_task_with_a_timer_at_its_edge() -> None:
    """The limit as an ISO 8601 duration, or as the moment that the campaign names."""
    root = _parsed(RUNNING_EXAMPLE)
    timers = _found(root, ".//bpmn:boundaryEvent")
    assert [timer.get("attachedToRef") for timer in timers] == [
        "node-3",
        "node-3.otherwise.2",
        "node-4.then.2",
    ]
    assert [each.text for each in _found(root, ".//bpmn:timeDuration")] == ["P7D", "P3D", "P14D"]
    assert [each.text for each in _found(root, ".//bpmn:timeDate")] == ["coupon.expires"]


def test_a_condition_has_its_expression_and_its_default() -> None:
    """`otherwise` is the flow that is taken when no other is."""
    root = _parsed(RUNNING_EXAMPLE)
    (gateway,) = [each for each in _found(root, ".//bpmn:exclusiveGateway") if each.get("name")]
    flows = {flow.get("id"): flow for flow in _found(root, ".//bpmn:sequenceFlow")}
    assert flows[gateway.get("default")].get("name") == "no"
    (condition,) = _found(root, ".//bpmn:conditionExpression")
    assert condition.text == "coupon.redeemed"


def test_a_race_is_an_event_based_gateway() -> None:
    """With an event for each way, and a timer for the limit."""
    root = _parsed(EVERY_BRANCH)
    (race,) = _found(root, ".//bpmn:eventBasedGateway")
    assert len(_found(race, "bpmn:outgoing")) == 3
    assert len(_found(root, ".//bpmn:intermediateCatchEvent/bpmn:messageEventDefinition")) == 2
    assert len(_found(root, ".//bpmn:intermediateCatchEvent/bpmn:timerEventDefinition")) == 1


def test_no_table_misses_a_kind() -> None:
    """Every shape is an element, every trigger begins a process, every way that is chosen has its condition."""
    assert set(ELEMENTS) == set(get_args(Kind))
    assert set(STARTS) == set(get_args(Trigger))
    assert set(CONDITIONS) == set(WAYS) - {Together}
