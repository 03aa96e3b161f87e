"""The generated pages of the language: nothing is missing from them; whether they are up to date, tests/docs checks."""

import re
from pathlib import Path

from punchcard.language import check, keys, later
from punchcard.language.budgets import BUDGET_ARGUMENTS
from punchcard.language.codes import CODES
from punchcard.language.grammar import TriggerRow, Verb
from punchcard.language.steps import VERBS
from punchcard.language.triggers import TRIGGERS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_word_of_the_language_is_documented() -> None:
    """Each key, trigger, step, argument and word of a later version has its place on the page."""
    page = (DOCS / "reference" / "language.md").read_text("utf-8")
    words = {key.name for key in (*keys.KEYS, *keys.GOAL_ARGUMENTS, *BUDGET_ARGUMENTS)}
    rows: tuple[TriggerRow | Verb, ...] = (*TRIGGERS, *VERBS)
    for row in rows:
        assert f"### {row.name}\n" in page
        words |= {argument.name for argument in row.arguments}
    words |= {name for names in later.LATER.values() for name in names}
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
