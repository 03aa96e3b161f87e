"""The README's examples are real: the campaign runs, and the mistake is answered as it says."""

import re

from punchcard.language.compiler import check
from punchcard.language.render import render
from tests.docs.page import DOCS

README = (DOCS.parent / "README.md").read_text("utf-8")
SHIPPED = (DOCS.parent / "definitions" / "spend-and-save.yaml").read_text("utf-8")
CAMPAIGN = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0]
MESSAGES = SHIPPED[SHIPPED.index("messages:") :]


def test_the_campaign_is_the_shipped_one() -> None:
    """Less its comment, owner, goal and history, and with its messages it can be published as it stands."""
    checked = check(f"{CAMPAIGN}\n{MESSAGES}", name="spend-and-save.yaml")
    assert checked.plan is not None
    assert [found.code for found in checked.diagnostics] == []
    assert set(CAMPAIGN.splitlines()) <= set(SHIPPED.splitlines())


def test_the_mistake_is_answered_as_it_says() -> None:
    """The place, the line, and what to write instead."""
    shown = re.findall(r"```text\n(error.*?)```", README, re.DOTALL)[0]
    text = f"{CAMPAIGN}\n{MESSAGES}".replace("coupon.redeemed, up_to", "coupon.redemed, up_to")
    checked = check(text, name="spend-and-save.yaml")
    said = render(checked.diagnostics, {"spend-and-save.yaml": text}, colour=False)
    assert said.startswith(shown.rstrip())
