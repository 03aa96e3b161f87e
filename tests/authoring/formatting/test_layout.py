"""The canonical layout: what it changes, and all that it does not."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from punchcard.authoring.formatting.layout import formatted
from punchcard.language import check
from punchcard.language.comments import comments
from punchcard.language.diagnostics import Findings
from punchcard.language.files import SUFFIXES, campaigns, load
from punchcard.language.source import read, source_of
from punchcard.shipped import shipped
from tests.language.cases import Case, cases
from tests.language.test_fuzz import mutated

WRITTEN = tuple(load(path) for path in campaigns(shipped("definitions")))
FILES = tuple(path for path in sorted(shipped("definitions").iterdir()) if path.suffix in SUFFIXES)

UNTIDY = """\
# about the file

limit: 5 per year   # for one customer
# allow PC1703: the shop sets the bound
when: order


campaign: "cups"
title: 'a
  cup'
steps:
- # why
  as: coupon
  # what
  reward: {discount:   20%,
     expires: 30 days} # now
- send: {message: a}
  # - send: b

- wait: {  # for it
    up_to: 7 days,
    # used
    for: coupon.redeemed
    # or not
    }
  otherwise: {send: a}
# their words
messages:
  a: {subject: Hello, purpose: marketing, body: "Hello\\nyou"}
  b:
      body: |   # text
        Hello # there

          you

      purpose: marketing
      subject: >
        Hello
        again
# the end
"""
TIDY = """\
# about the file

campaign: "cups"
title: 'a cup'
limit: 5 per year  # for one customer
# allow PC1703: the shop sets the bound
when: order

steps:
  # why
  # what
  - reward: {discount: 20%, expires: 30 days}  # now
    as: coupon
  - send: {message: a}
    # - send: b

  - wait:  # for it
      # used
      for: coupon.redeemed
      # or not
      up_to: 7 days
    otherwise: {send: a}

# their words
messages:
  a:
    purpose: marketing
    subject: Hello
    body: |
      Hello
      you
  b:
    purpose: marketing
    subject: >
      Hello
      again
    body: |  # text
      Hello # there

        you
# the end
"""


def laid_out(text: str) -> str:
    """The layout of a campaign's text."""
    return formatted(text, name="cups.yaml").text


def remarks(text: str) -> Counter[str]:
    """The comments of a text."""
    source = source_of("", text)
    return Counter(each.text for each in comments(source, read(source, Findings())[0]))


def test_an_untidy_campaign_is_tidied() -> None:
    """Keys in their order, comments where they belong, texts as blocks."""
    assert laid_out(UNTIDY) == TIDY


def test_what_is_tidy_stays() -> None:
    """A second time changes nothing."""
    assert laid_out(TIDY) == TIDY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_comes_with_punchcard_is_laid_out(path: Path) -> None:
    """`punchcard format definitions` changes nothing."""
    text = path.read_text("utf-8")
    assert formatted(text, name=path.as_posix()).text == text


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: case.name)
def test_a_broken_campaign_is_laid_out_or_left(case: Case) -> None:
    """What is not YAML stays as it is; anything else keeps its mistakes and its comments."""
    found = formatted(case.text, name="cups.yaml")
    if any(each.severity == "error" for each in found.diagnostics):
        assert found.text == case.text
        return
    assert remarks(found.text) == remarks(case.text)
    assert formatted(found.text, name="cups.yaml").text == found.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_any_text_keeps_its_meaning(mutation: tuple[str, str, dict[str, str]]) -> None:
    """The plan of before and after are one, laying out twice is laying out once, and no comment is lost."""
    name, text, files = mutation
    found = formatted(text, name=name)
    assert formatted(found.text, name=name).text == found.text
    before, after = check(text, name=name, files=files), check(found.text, name=name, files=files)
    assert before.plan == after.plan
    assert Counter(each.code for each in before.diagnostics) == Counter(
        each.code for each in after.diagnostics
    )
    if not found.diagnostics:
        assert remarks(found.text) == remarks(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("campaign:   cups", "campaign: cups\n"),
        ("steps:\n- stop: x\n", "steps:\n  - stop: x\n"),
        ("steps: {stop: x}", "steps: {stop: x}\n"),
        ("{campaign: cups}", "campaign: cups\n"),
        ("messages:\n  a:\n    body: hello", "messages:\n  a:\n    body: |\n      hello\n"),
        ('messages:\n  a:\n    body: " hello"', "messages:\n  a:\n    body: |2\n       hello\n"),
        ('messages:\n  a:\n    body: "\\u2028"', 'messages:\n  a:\n    body: "\\u2028"\n'),
        ("title: >-\n  a\n  b\n", "title: >-\n  a\n  b\n"),
        ("title: |+\n  a\n\n", "title: |+\n  a\n\n"),
        ("title:\n", "title:\n"),
        ("steps:\n- a: b # c\n- # d\n  - e\n", "steps:\n  - a: b  # c\n  # d\n  - - e\n"),
        (
            "# a\n\n# b\n\n\n# c\ntitle: x\n\n# d\n\nowner: y\n",
            "# a\n\n# b\n\n# c\ntitle: x\n\n# d\n\nowner: y\n",
        ),
        ("steps:\n  - a: b\n\n  # c\n\n  - d: e\n\n# f\n", "steps:\n  - a: b\n\n  # c\n\n  - d: e\n\n# f\n"),
        ("zebra: 1\ncampaign: x\nape: 2\n", "campaign: x\nzebra: 1\nape: 2\n"),
    ],
)
def test_small_things(text: str, wanted: str) -> None:
    """One case each."""
    assert laid_out(text) == wanted
    assert laid_out(wanted) == wanted


def test_what_is_measured_stands_behind_the_variants() -> None:
    """Whose names and order are the author's own; its keys are in the table's order."""
    text = (
        "campaign: cups\nwhen: order\nsteps:\n  - split: "
        "{keep_best: {after: 100, by: customer.ordered, within: 2 days}, b: 50%, a: 50%}\n    id: tone\n"
    )
    written = "{b: 50%, a: 50%, keep_best: {by: customer.ordered, within: 2 days, after: 100}}"
    assert written in formatted(text, name="cups.yaml").text
