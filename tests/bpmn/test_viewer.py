"""The export in bpmn-js, the viewer that most BPM tools share: every definition opens in it and is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from punchcard.bpmn.document import document
from punchcard.picture.graph import graph
from tests.console.test_browser import ARGUMENTS, CHROMIUM
from tests.picture.plans import EVERY_BRANCH
from tests.wording.definitions import definitions
from tests.wording.speech import ENGLISH

VIEWER = Path(__file__).parents[2] / "node_modules" / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
OPEN = """async xml => {
  const viewer = new BpmnJS({container: "#canvas"});
  const {warnings} = await viewer.importXML(xml);
  const shapes = viewer.get("elementRegistry").filter(e => !e.waypoints && !e.labelTarget && e.parent);
  const texts = [...document.querySelectorAll(".djs-label tspan")].map(e => e.getBoundingClientRect());
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const clashes = texts.flatMap((a, i) => texts.slice(i + 1).filter(b => over(a, b)));
  viewer.destroy();
  return {warnings: warnings.map(w => w.message), shapes: shapes.length, clashes: clashes.length};
}"""
PAGE = "<!doctype html><div id=canvas style='width: 6000px; height: 2000px'></div>"
EVERY = {"every-branch": EVERY_BRANCH, **definitions()}


@pytest.fixture(scope="module")
def viewer() -> Iterator[Page]:
    """A page with the viewer, in Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.set_content(PAGE)
        page.add_script_tag(path=str(VIEWER))
        yield page
        browser.close()


@pytest.mark.parametrize("name", EVERY)
def test_it_opens_and_every_shape_is_drawn(viewer: Page, name: str) -> None:
    """Without a warning, and without words that lie upon each other."""
    seen: dict[str, Any] = viewer.evaluate(OPEN, document(ENGLISH, EVERY[name]))
    drawn = graph(EVERY[name], joins=True).nodes
    assert seen["warnings"] == []
    assert seen["clashes"] == 0
    assert seen["shapes"] == len(drawn) + sum(node.has_edge + node.has_undo for node in drawn)
