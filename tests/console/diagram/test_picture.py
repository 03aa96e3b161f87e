"""The picture as SVG."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from api.console.diagram.picture import ICONS, TRIGGER_ICONS, pictures
from api.console.diagram.trace import Line, trace
from api.console.rendering import environment
from punchcard.picture.graph import Kind
from punchcard.picture.sizes import FORMS
from punchcard.plan.model import Plan
from punchcard.plan.state import State, Token
from punchcard.plan.triggers import Trigger
from punchcard.wording.outline import outline
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE, plans
from tests.wording.definitions import definitions
from tests.wording.speech import ENGLISH, GERMAN

SVG = "{http://www.w3.org/2000/svg}"
MACRO = environment().get_template("parts/diagram.html")


def _drawn(plan: Plan, **more: object) -> list[ElementTree.Element]:
    """The SVGs of a plan, parsed, so that they are known to be well-formed."""
    speech = more.pop("speech", ENGLISH)
    module = MACRO.make_module({"speech": speech})
    texts = [str(module.diagram(picture, "p")) for picture in pictures(speech, plan, **more)]  # type: ignore[attr-defined,arg-type]
    return [
        ElementTree.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
        for text in texts
    ]


@settings(max_examples=30)
@given(plan=plans)
def test_any_plan_gives_well_formed_svg(plan: Plan) -> None:
    """Whatever a campaign looks like, its picture can be drawn."""
    assert len(_drawn(plan)) == 2


@pytest.mark.parametrize("name", sorted(definitions()))
def test_every_definition_can_be_drawn(name: str) -> None:
    """In either language, with every step in its description."""
    plan = definitions()[name]
    for speech in (ENGLISH, GERMAN):
        for drawing in _drawn(plan, speech=speech):
            words = drawing.find(f"{SVG}desc")
            assert words is not None
            for line in outline(speech, plan):
                assert line.words in (words.text or "")


@pytest.mark.parametrize("plan", [RUNNING_EXAMPLE, EVERY_BRANCH], ids=lambda plan: plan.campaign)
def test_a_picture_says_what_it_shows(plan: Plan) -> None:
    """It is one image to assistive technology, with a title and a description of every step."""
    for drawing in _drawn(plan):
        assert drawing.get("role") == "img"
        title, words = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        assert title is not None
        assert title.text == f"Diagram of {plan.title}"
        assert words is not None
        assert words.text is not None
        assert "We send" in words.text
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"


def test_it_speaks_german() -> None:
    """Labels and description follow the viewer's language."""
    text = ElementTree.tostring(_drawn(RUNNING_EXAMPLE, speech=GERMAN)[0], encoding="unicode")
    assert "20 % Rabatt" in text.replace("\xa0", " ")
    assert "7 Tage" in text


def test_it_has_no_colours_and_no_script_of_its_own() -> None:
    """Colours come from the stylesheet, so that it follows the theme and prints."""
    text = ElementTree.tostring(_drawn(RUNNING_EXAMPLE)[0], encoding="unicode")
    assert not re.search(r"style=|script|#[0-9a-f]{3,6}\b(?!-)|\bfill=|\bstroke=", text)


def test_numbers_stand_where_instances_stand() -> None:
    """Counts are shown at their steps and nowhere else."""
    drawing = _drawn(RUNNING_EXAMPLE, counts={"3": 1250})[0]
    counted = [group for group in drawing.iter(f"{SVG}g") if group.get("class") == "count"]
    assert ["".join(group.itertext()).strip() for group in counted] == ["1250"]


def test_the_token_stands_at_its_step() -> None:
    """The step where an instance waits is marked, and so is the way that led there."""
    state = State(tokens=[Token("3", 1, 0, "waiting")], visits={"1": 1, "2": 1, "3": 1})
    way = trace(RUNNING_EXAMPLE, state, [Line("waiting", "3")])
    drawing = _drawn(RUNNING_EXAMPLE, way=way)[0]
    classes = [str(group.get("class")) for group in drawing.iter(f"{SVG}g")]
    assert "shape task receive standing" in classes
    assert classes.count("token") == 1
    assert "shape task send reached" in classes
    assert "shape task ask idle" in classes


def test_every_kind_of_shape_has_a_form_and_an_icon() -> None:
    """No table misses a kind."""
    kinds = set(get_args(Kind))
    assert set(FORMS) == kinds
    assert {*ICONS, "start"} == kinds
    assert set(TRIGGER_ICONS) == set(get_args(Trigger))
