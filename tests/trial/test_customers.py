"""What stories expect of the customer, and answers that are not to be taken."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.language.files import load
from punchcard.trial.files import run_text
from tests.support.tables import trial_memory
from tests.trial.told import tell

PROGRAMME = "customer_fields: {early_access: flag, store: text, grade: number}\n"
CUPS = """\
campaign: cups
currency: USD
limit: 100 per year
when: order
steps:
  - ask: {message: how-was-it, answer: 0..10, up_to: 5 days}
    as: reply
    then:
      - update: {set: {early_access: yes, grade: reply.answer}, add_tags: [insider, vip]}
      - wait: 5 days
      - update: {remove_tags: vip}
messages:
  how-was-it: {purpose: transactional, subject: And?, body: How was it?}
"""
STORY = """\
    customer: {attributes: {store: Main Street}}
    story:
      - order: 10
      - expect:
          - question: reply
          - customer: {without: [early_access, insider, vip]}
        until: +1 hour
      - answer: 9
      - answer: {answer: 3, refused: yes}
      - answer: {answer: 11, refused: yes}
      - expect:
          - customer: {attributes: {early_access: yes, grade: 9, store: Main Street}, tags: [vip, insider]}
        until: +1 day
      - expect:
          - customer: {tags: insider, without: vip}
            note: The VIP week is over.
"""


def found(folder: Path, story: str) -> list[tuple[str, str, str]]:
    """Return what is found of a story: code, message and what was expected."""
    (folder / "cups.yaml").write_text(CUPS)
    (folder / "programme.yaml").write_text(PROGRAMME)
    path = folder / "cups.test.yaml"
    around = surroundings([path])
    memory = trial_memory()
    checked = load(folder / "cups.yaml").check(around.programme)
    tested = run_text(f"tests: cups\ncases:\n  - case: One\n{story}", path, checked, around, memory)
    return [(each.code, each.message, each.expected or "") for each in tested.findings]


def test_what_an_update_has_done_can_be_expected(tmp_path: Path) -> None:
    """At the end of the time of an `expect`: fields, tags, and those that are not there."""
    tell(tmp_path, CUPS, STORY, programme=PROGRAMME)


def test_a_customer_who_stands_otherwise_is_shown(tmp_path: Path) -> None:
    """Each difference with what stands in its place."""
    story = STORY.replace(
        "early_access: yes, grade: 9, store: Main Street", "early_access: no, grade: 8"
    ).replace("tags: insider, without: vip", "tags: vip, without: [insider, store, early_access]")
    assert found(tmp_path, story) == [
        (
            "PC2103",
            "the customer's field `early_access` is `yes`; the customer's field `grade` is `9`",
            "no; 8",
        ),
        (
            "PC2103",
            "the customer does not have the tag `vip`, only `insider`; the customer has the tag `insider`; "
            "the customer's field `store` is `Main Street`; the customer's field `early_access` is `yes`",
            "the tag `vip`; no tag `insider`; no `store`; no `early_access`",
        ),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{}", "PC1102"),
        ("{attributes: {early_acess: yes}}", "PC2005"),
        ("{tags: Very Important}", "PC1210"),
        ("{without: Very Important}", "PC1210"),
        ("{tag: vip}", "PC1101"),
    ],
)
def test_what_no_customer_has_is_a_mistake(tmp_path: Path, line: str, code: str) -> None:
    """A field that nobody has declared, a tag that cannot be."""
    story = STORY.replace("{tags: insider, without: vip}", line)
    assert [each for each, _, _ in found(tmp_path, story)] == [code]


def test_how_a_customer_stands_has_no_time_of_its_own(tmp_path: Path) -> None:
    """It is what all that has happened comes to."""
    story = STORY.replace("note: The VIP week is over.", "at: +5 days")
    assert [each for each, _, _ in found(tmp_path, story)] == ["PC1101"]


def test_an_answer_that_is_taken_was_not_refused(tmp_path: Path) -> None:
    """Neither the first one, nor the same one again."""
    for refused in (
        "- answer: {answer: 9, refused: yes}",
        "- answer: 9\n      - answer: {answer: 9, refused: yes}",
    ):
        assert [found(tmp_path, STORY.replace("- answer: 9", refused))[0][:2]] == [
            ("PC2009", "this cannot happen: the question takes the answer, and was not to")
        ]
