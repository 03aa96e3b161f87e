"""Campaigns that run beside the one that is tested."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.trial import files
from tests.support.tables import trial_memory

CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 5 per year
when:
  manual: {inputs: {many: flag}}
steps:
  - start: {campaign: mugs, with: {cups: inputs.many}, wait: 7 days}
    as: mugs
    then:
      - send: got-one
    otherwise:
      - send: got-none
messages:
  got-one: {purpose: transactional, subject: A mug, body: Yours.}
  got-none: {purpose: transactional, subject: No mug, body: Sorry.}
"""
MUGS = """\
campaign: mugs
currency: USD
timezone: UTC
limit: 1 per year
when:
  manual: {inputs: {cups: flag}}
steps:
  - ask: {message: which, answer: [red, blue], up_to: 5 days}
    as: colour
  - reward: {discount: 10%, expires: 30 days}
    as: mug
messages:
  which: {purpose: transactional, subject: Red or blue?, body: Say.}
"""


def told(folder: Path, story: str, beside: str = "with: mugs\n") -> files.Tested:
    """Play a story about cups, with mugs beside them."""
    (folder / "cups.yaml").write_text(CUPS)
    (folder / "mugs.yaml").write_text(MUGS)
    tests = folder / "cups.test.yaml"
    tests.write_text(f"tests: cups\n{beside}cases:\n  - case: One\n    story:\n{story}")
    memory = trial_memory()
    return files.run(tests, surroundings([tests]), memory)


def found(tested: files.Tested) -> list[tuple[str, int]]:
    """Return the codes of all that was found, with their lines."""
    return [(each.code, each.line) for each in tested.findings]


START = "      - start: {inputs: {many: yes}}\n"


def test_a_campaign_that_is_started_goes_its_way(tmp_path: Path) -> None:
    """Its question is answered, its reward is given, and whoever waits for its end goes on."""
    story = """\
      - answer: red
        at: +2 days
        campaign: mugs
      - expect:
          - reward: mug
            campaign: mugs
          - message: got-one
"""
    tested = told(tmp_path, START + story)
    assert tested.passed, tested.findings
    assert tested.coverage is not None
    assert {part.line for part in tested.coverage.missed} == {8, 13}
    assert any("(in mugs)" in entry.text for entry in tested.cases[0].timeline)


def test_what_the_others_do_may_go_unsaid_and_must_be_right_where_it_is_said(tmp_path: Path) -> None:
    """Only what the tested campaign does has to be expected."""
    assert found(told(tmp_path, START + "      - expect: nothing\n        until: +1 day\n")) == []
    wrong = (
        "      - expect:\n          - question: colour\n            campaign: mugs\n            at: +1 day\n"
    )
    assert found(told(tmp_path, START + wrong + "          - message: got-one\n")) == [("PC2103", 8)]


def test_names_are_those_of_the_campaign_that_a_line_is_about(tmp_path: Path) -> None:
    """The tested campaign has no such question, and no third campaign is there."""
    assert found(told(tmp_path, START + "      - expect:\n          - question: colour\n")) == [("PC2005", 8)]
    line = "      - expect:\n          - question: colour\n            campaign: jugs\n"
    assert ("PC2005", 9) in found(told(tmp_path, START + line))


@pytest.mark.parametrize("beside", ["with: jugs\n", "with: cups\n"])
def test_only_others_that_lie_beside_it_run_with_it(tmp_path: Path, beside: str) -> None:
    """The name is a mistake at its place."""
    assert ("PC2002", 2) in found(told(tmp_path, START + "      - expect: nothing\n", beside))


def test_what_happens_to_the_customer_is_of_no_campaign(tmp_path: Path) -> None:
    """An order is an order, whichever campaigns there are."""
    order = "      - order: 5\n        campaign: mugs\n      - expect: nothing\n"
    assert found(told(tmp_path, order)) == [("PC1101", 7)]


def test_a_campaign_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    """The story shows the incident that the shop would have, or the way that is meant for it."""
    story = "      - expect:\n          - message: got-none\n"
    assert [each.code for each in told(tmp_path, START + story, "").findings] != []
