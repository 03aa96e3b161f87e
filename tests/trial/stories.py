"""Stories played in tests: a campaign's text, the story's lines, and what was found."""

from pathlib import Path

from punchcard.cli.testing import surroundings
from punchcard.language import check
from punchcard.trial.files import Tested, run_text
from tests.support.tables import trial_memory

HERE = Path(__file__).parent
CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 5 per year
when: {when}
steps:
{steps}
messages:
  hello:
    purpose: marketing
    subject: Hello {{{{ customer.first_name }}}}
    body: |
      Hello.
  receipt:
    purpose: transactional
    subject: A receipt
    body: |
      A receipt.
"""


def played(steps: str, story: str, *, when: str = "order", case: str = "", head: str = "") -> Tested:
    """Play one case on a campaign with these steps; `case` are more of its keys, `head` more of the campaign's."""
    text = head + CUPS.format(when=when, steps=_indented(steps, 2))
    lines = [
        "tests: cups",
        "cases:",
        "  - case: One",
        *(f"    {line}" for line in case.splitlines()),
        "    story:",
    ]
    tests = "\n".join([*lines, _indented(story, 6)])
    memory = trial_memory()
    checked = check(text, name="cups.yaml")
    return run_text(tests, Path("cups.test.yaml"), checked, surroundings([HERE]), memory)


def codes(tested: Tested) -> list[str]:
    """Return the codes of all that was found."""
    return [each.code for each in tested.findings]


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.strip().splitlines())
