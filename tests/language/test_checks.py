"""Rules over whole campaigns: what they warn of stands in the corpus; here, what they leave alone."""

from pathlib import Path

import pytest

from punchcard.language import check
from punchcard.language.across import together
from punchcard.language.files import load
from tests.language.reading import HEAD, codes

SPEND = "campaign: {name}\nlimit: 1 per year\n{more}when: {{spend: {{every: 100{where}}}}}\nsteps:\n  - reward: 10%\n"


@pytest.mark.parametrize(
    ("steps", "head"),
    [
        ("- wait: 5 days\n- send: hello", "starts: 2026-05-01\nends: 2026-05-05\n"),
        ("- wait: 9 days\n- send: hello", "ends: 2026-05-05\n"),
        (
            "- wait: {for: customer.ordered, up_to: 9 days}\n- send: hello",
            "starts: 2026-05-01\nends: 2026-05-05\n",
        ),
        ("- reward: {discount: 5%, expires: 2026-05-05}", "ends: 2026-05-05\n"),
        ("- reward: 10 USD", "budget: {amount: 10}\n"),
        ("- send: hello\n- send: other\n- send: hello", ""),
        ("- send: hello\n- wait: {for: customer.ordered, up_to: 1 day}\n  otherwise:\n    - send: hello", ""),
        ("- if: customer.orders > 3\n  then:\n    - send: hello\n- send: hello", ""),
        ("- send: hello", "holdout: 10%\n"),
    ],
)
def test_what_is_in_order_is_left_alone(steps: str, head: str) -> None:
    """Just inside each rule's edge."""
    assert codes(steps, head=f"{HEAD}{head}") == []


def _pair(folder: Path, one: str = "", other: str = "", where: str = "") -> list[list[str]]:
    """Return the codes of two campaigns that reward spend, checked together."""
    for name, more, condition in (("cups", one, ""), ("mugs", other, where)):
        (folder / f"{name}.yaml").write_text(SPEND.format(name=name, more=more, where=condition))
    written = [load(folder / f"{name}.yaml") for name in ("cups", "mugs")]
    results = together([(each, each.check()) for each in written])
    return [[each.code for each in checked.diagnostics] for _, checked in results]


def test_two_campaigns_that_reward_the_same_spend_name_one_another(tmp_path: Path) -> None:
    """Unless their days, their currencies or both their conditions part them."""
    assert _pair(tmp_path) == [["PC1707"], ["PC1707"]]
    assert _pair(tmp_path, where=", where: order.amount > 20") == [["PC1707"], ["PC1707"]]
    assert _pair(tmp_path, "ends: 2026-05-31\n", "starts: 2026-06-01\n") == [[], []]
    assert _pair(tmp_path, "ends: 2026-05-31\n", "starts: 2026-05-31\n") == [["PC1707"], ["PC1707"]]
    assert _pair(tmp_path, other="currency: EUR\n") == [[], []]


def test_each_of_the_two_silences_it_for_itself(tmp_path: Path) -> None:
    """At its own line, and checked alone its comment is not superfluous."""
    allow = "# allow PC1707: they are meant to add up\n"
    assert _pair(tmp_path, allow) == [[], ["PC1707"]]
    assert load(tmp_path / "cups.yaml").check().diagnostics == ()


def test_only_whole_folders_are_searched_for_messages_of_no_campaign(tmp_path: Path) -> None:
    """What is not looked at may belong to another campaign."""
    _pair(tmp_path)
    (tmp_path / "messages" / "mug").mkdir(parents=True)
    (tmp_path / "messages" / "mug" / "hello.de.md").write_text("---\nsubject: Hallo\n---\nHallo.\n")
    cups, mugs = (load(tmp_path / f"{name}.yaml") for name in ("cups", "mugs"))
    alone = together([(cups, cups.check())])
    assert [each.code for each in alone[0][1].diagnostics] == []
    both = together([(cups, cups.check()), (mugs, mugs.check())])
    assert [[each.code for each in checked.diagnostics] for _, checked in both] == [
        ["PC1707"],
        ["PC1707", "PC1520"],
    ]


def test_what_is_more_than_can_be_shown_keeps_a_campaign_back() -> None:
    """Nobody has seen what was left out, so too many warnings refuse like any error."""
    messages = "".join(f"  m{number}: {{purpose: marketing, subject: a, body: b}}\n" for number in range(600))
    text = f"campaign: cups\nwhen: order\nsteps:\n  - stop: enough\nmessages:\n{messages}"
    checked = check(text, name="cups.yaml")
    assert {each.code for each in checked.diagnostics} == {"PC1502", "PC1016"}
    assert checked.plan is None
