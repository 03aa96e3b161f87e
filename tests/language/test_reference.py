"""The generated pages: they are what the tables say, and nothing is missing from them."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from punchcard.language import check, keys, later
from punchcard.language.codes import CODES
from punchcard.language.grammar import TriggerRow, Verb
from punchcard.language.steps import VERBS
from punchcard.language.triggers import TRIGGERS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_up_to_date(generate: ModuleType) -> None:
    """What lies in docs/ is what `python docs/generate.py` writes."""
    for page, text in generate.pages().items():
        assert page.read_text("utf-8") == text, f"run `python docs/generate.py` and commit {page.name}"


def test_every_word_of_the_language_is_documented() -> None:
    """Each key, trigger, step, argument and word of a later version has its place on the page."""
    page = (DOCS / "reference" / "language.md").read_text("utf-8")
    words = {key.name for key in (*keys.KEYS, *keys.GOAL_ARGUMENTS, *keys.BUDGET_ARGUMENTS)}
    rows: tuple[TriggerRow | Verb, ...] = (*TRIGGERS, *VERBS)
    for row in rows:
        assert f"### {row.name}\n" in page
        words |= {argument.name for argument in row.arguments} | set(row.later)
    words |= {*later.LATER_KEYS, *later.LATER_TRIGGERS, *later.LATER_VERBS, *later.LATER_BESIDE}
    assert [word for word in sorted(words) if f"`{word}`" not in page] == []


def test_every_code_has_its_example_and_its_address() -> None:
    """Where a diagnostic leads, its explanation stands."""
    page = (DOCS / "reference" / "diagnostics.md").read_text("utf-8")
    for code in CODES.values():
        assert f'<a id="{code.code.lower()}"></a>' in page
        assert f"{code.severity}[{code.code}]: " in page


def test_the_pages_example_is_a_campaign_that_is_fine() -> None:
    """The first block of the page can be copied and published."""
    page = (DOCS / "reference" / "language.md").read_text("utf-8")
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    assert check(found.group(1), name="spend-and-save.yaml").diagnostics == ()


def test_links_between_the_pages_lead_somewhere() -> None:
    """Every page and place that is linked to exists."""
    for page in (DOCS / "reference").glob("*.md"):
        for name, place in re.findall(r"\]\((\w+\.md)(?:#([\w-]+))?\)", page.read_text("utf-8")):
            text = (DOCS / "reference" / name).read_text("utf-8")
            assert not place or f'id="{place}"' in text or place in text.lower().replace(" ", "-")
