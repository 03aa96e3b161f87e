"""What a timeline says beside deeds: why one earned nothing, why one comes too early, and that one comes too late."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.trial.files import run
from tests.support.tables import trial_memory
from tests.trial.stories import codes, played
from tests.trial.told import told

SEND = "- send: hello"
ASK = "- wait: 10 days\n- ask: {message: hello, answer: 1..5, up_to: 14 days}\n  as: reply\n- wait: 30 days"


def remarks(
    story: str, *, when: str = "order", case: str = "", steps: str = SEND, head: str = ""
) -> list[str]:
    """The remarks of a story's timeline."""
    tested = played(steps, story, when=when, case=case, head=head)
    assert tested.cases, tested.findings
    return [entry.text for entry in tested.cases[0].timeline if entry.text.startswith("(")]


@pytest.mark.parametrize(
    ("when", "order", "remark"),
    [
        ("order", "{amount: 5, occurred: 2026-03-01 10:00}", "it happened before the campaign began"),
        ("order", "{amount: 5 EUR}", "it is in another currency than the campaign's"),
        ("order", "{amount: 5, status: placed}", "it has not come as far as the trigger wants it"),
        ("{order: {over: 50}}", "5", "it is not over the trigger's `over`"),
        ("{order: {where: order.amount > 50}}", "5", "the trigger's `where` does not take it"),
        ("{order: {every: 8}}", "{amount: 5, times: 7}", "it counts, 7 of 8 orders so far"),
        ("{spend: {every: 500}}", "499.99", "it counts, 499.99 of 500.00 USD so far"),
        ("{spend: {reaches: 500}}", "499.99", "it counts, 499.99 of 500.00 USD so far"),
        ("{spend: {every: 500, carry: drop}}", "499.99", "it counts, 499.99 of 500.00 USD so far"),
        (
            "{spend: {reaches: 500, within: 90 days}}",
            "350",
            "it counts, 350.00 of 500.00 USD in 90 days so far",
        ),
        (
            "{spend: {reaches: 500, within: 1 month}}",
            "350",
            "it counts, 350.00 of 500.00 USD in 1 month so far",
        ),
        ("{visits: {consecutive: 3}}", "5", "it counts, 1 of 3 weeks in a row so far"),
    ],
)
def test_an_order_that_earns_nothing_has_its_reason(when: str, order: str, remark: str) -> None:
    """As far as the product knows one."""
    assert remarks(f"- order: {order}\n- expect: nothing", when=when) == [f"({remark})"]


def test_an_event_is_no_visit(tmp_path: Path) -> None:
    """However often it comes: orders count, which the timeline says."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "check_in.json").write_text('{"type": "object", "properties": {}}')
    (tmp_path / "cups.yaml").write_text(
        "campaign: cups\nlimit: 1 per year\nwhen: {visits: {consecutive: 3}}\nsteps:\n  - stop: well done\n"
    )
    tests = tmp_path / "cups.test.yaml"
    tests.write_text(
        "tests: cups\ncases:\n  - case: One\n    story:\n      - event: check_in\n      - expect: nothing\n"
    )
    (case,) = run(tests, surroundings([tests]), trial_memory()).cases
    assert "(`visits` counts orders, and no events)" in [entry.text for entry in case.timeline]


def test_an_order_that_is_not_the_first_has_its_reason() -> None:
    """Imported ones are earlier ones."""
    case = "earlier: [{order: 30, at: 2025-12-01}]"
    found = remarks("- order: 30\n- expect: nothing", when="{order: {first: yes}}", case=case)
    assert found == ["(it is not the customer's first order)"]


def test_what_counts_once_for_each_customer_says_so() -> None:
    """The second order is no occasion at all."""
    story = "- order: 30\n- expect:\n    - message: hello\n- order: 30\n- expect: nothing"
    found = remarks(story, head="again: once\n")
    assert found == ["(the campaign counts once for each customer)"]


def test_an_order_that_earns_something_needs_no_remark() -> None:
    """Nor does one that earns what starts nothing: that stands in the timeline with its reason."""
    assert remarks("- order: 30\n- expect:\n    - message: hello") == []
    held_out = "- order: 30\n- expect:\n    - not_started: held_out"
    assert remarks(held_out, case="customer: {held_out: yes}", head="holdout: 10%\n") == []


def test_an_answer_that_comes_too_late_is_remarked() -> None:
    """The campaign has gone on."""
    story = """\
- order: 30
- expect:
    - question: reply
  until: +24 days
- answer: 4
  at: +1 hour
- expect: nothing
"""
    assert remarks(story, steps=ASK) == ["(the answer comes too late: nobody waits for it any more)"]
    assert remarks(story.replace("+24 days", "+23 days"), steps=ASK) == []


def test_a_deed_that_comes_too_early_is_told_when_it_could_come() -> None:
    """And from which moment its time was counted."""
    tested = played(ASK, "- order: 30\n- answer: 4\n  at: +1 day\n- expect: nothing")
    assert codes(tested) == ["PC2009"]
    (found,) = tested.findings
    assert found.message == (
        "this cannot happen: no question has been put yet: it is 2026-03-03 10:00, counted from 2026-03-02 10:00, "
        "the last time that a line above names; the campaign puts the question on 2026-03-12 10:00"
    )
    assert found.expected == "`at: 2026-03-12 10:00` or later"


def test_what_never_comes_is_not_promised() -> None:
    """Without an order there is no question."""
    (found,) = played(ASK, "- answer: 4\n- expect: nothing").findings
    assert found.expected == "something above that brings it"


def test_a_refused_deed_has_no_machines_words() -> None:
    """A code that has ended says when."""
    give = "- reward: {discount: 20%, expires: 30 days}\n  as: coupon"
    story = "- order: 5\n- expect:\n    - reward: coupon\n- redeem: coupon\n  at: +60 days\n- expect: nothing"
    (found,) = played(give, story).findings
    assert found.message == "this cannot happen: `coupon` ended on 2026-04-01 23:59"
    (found,) = played(give, "- order: {amount: 5, occurred: 2026-03-03}\n- expect: nothing").findings
    assert "data." not in found.message


STAND = """\
- order: {amount: 40, id: o-1}
- expect:
    - message: hello
- refund: o-1
- expect:
    - end: reversed
- order: {amount: 70, id: o-2}
- expect: nothing
"""


@pytest.mark.parametrize(
    ("when", "head"),
    [("{order: {first: yes}}", ""), ("{spend: {every: 40}}", "again: once\n"), ("{order: {every: 1}}", "")],
)
def test_an_order_by_which_an_occasion_stands_again_has_earned_something(when: str, head: str) -> None:
    """It is no second occasion, and nothing is wrong with it."""
    assert remarks(STAND, when=when, head=head, steps=f"{SEND}\n- wait: 30 days") == []


def test_the_timeline_says_that_it_goes_on_and_with_which_order() -> None:
    """As the journal does."""
    steps = f"{SEND}\n- wait: 30 days"
    (case,) = played(steps, STAND, when="{order: {first: yes}}").cases
    told = [entry.text for entry in case.timeline]
    assert "the instance goes on, since what earned it stands again" in told
    assert "the instance concerns the order `o-2` from now on" in told


def test_a_late_order_that_is_the_first_is_not_said_to_be_another() -> None:
    """The occasion goes on standing, by that one; one that is neither earlier nor enough has its reason."""
    story = """\
- order: {amount: 40, id: o-2}
  at: +2 days
- expect:
    - message: hello
- order: {amount: 30, id: o-1, occurred: 2026-03-03 09:00}
  at: +1 day
- order: 20
- expect: nothing
"""
    found = remarks(story, when="{order: {first: yes}}", steps=f"{SEND}\n- wait: 30 days")
    assert found == ["(it is not the customer's first order)"]


def test_an_amount_that_was_reached_is_not_reached_again() -> None:
    """It counts once."""
    story = "- order: 500\n- expect:\n    - message: hello\n- order: 30\n- expect: nothing"
    found = remarks(story, when="{spend: {reaches: 500}}")
    assert found == ["(it counts, and the amount had been reached before)"]


@pytest.mark.parametrize(
    ("when", "case", "remark"),
    [
        ("birthday", "", "the customer's birthday is not known"),
        ("birthday", "customer: {birthday: 1990-08-20}", "it is due on 2026-08-20 09:00"),
        (
            "{birthday: {where: customer.orders > 3}}",
            "customer: {birthday: 1990-03-05}",
            "the trigger's `where` does not take the customer (`customer.orders` is 0)",
        ),
        ("{anniversary: {of: first_order}}", "", "the customer has no day to celebrate"),
        (
            "{inactive: 30 days}",
            "",
            "no order was paid since which the time counts, or that was over before the campaign began",
        ),
        (
            "{inactive: 30 days}",
            "earlier: [{order: 30, at: 2026-02-20 12:00}]",
            "it is due on 2026-03-22 12:00",
        ),
        ("{schedule: {every: month}}", "", "it is due on 2026-04-01 09:00"),
    ],
)
def test_a_story_in_which_nobody_was_due_says_why(when: str, case: str, remark: str) -> None:
    """At its end."""
    assert remarks("- expect: nothing\n  until: +10 days", when=when, case=case) == [f"({remark})"]


def test_a_story_in_which_somebody_was_due_says_no_such_thing() -> None:
    """Whether that started an instance or not."""
    story = "- expect:\n    - message: hello\n  until: +10 days"
    case = "customer: {birthday: 1990-03-05}"
    assert remarks(story, when="birthday", case=case) == []
    held_out = "- expect:\n    - not_started: held_out\n  until: +10 days"
    case += "\nbegins: 2026-03-02"
    assert (
        remarks(
            held_out,
            when="birthday",
            case="customer: {birthday: 1990-03-05, held_out: yes}",
            head="holdout: 10%\n",
        )
        == []
    )


PROGRAMME = """\
segments:
  loyal: customer.spent_within("90 days") > 100
"""
OF_LOYAL = """\
campaign: cups
currency: USD
timezone: UTC
when: {segment: {__WAY__: loyal}}
steps:
  - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: Hello}
"""


@pytest.mark.parametrize(
    ("way", "earlier", "remark"),
    [
        ("enters", 30, 'the customer is not in `loyal` (`customer.spent_within("90 days")` is 30.00 USD)'),
        ("enters", 300, "the customer was in `loyal` from the beginning"),
        (
            "leaves",
            300,
            'the customer is still in `loyal` (`customer.spent_within("90 days")` is 300.00 USD)',
        ),
        ("leaves", 30, "the customer was not in `loyal` from the beginning"),
    ],
)
def test_who_is_not_found_in_a_segment_is_told_why(
    tmp_path: Path, way: str, earlier: int, remark: str
) -> None:
    """With what the rule saw."""
    story = f"""\
    earlier: [{{order: {earlier}, at: 2026-02-20 12:00}}]
    begins: 2026-03-02
    story:
      - expect: nothing
        until: 2026-03-12
"""
    tested = told(tmp_path, OF_LOYAL.replace("__WAY__", way), story, programme=PROGRAMME)
    assert [entry.text for entry in tested.cases[0].timeline][-1] == f"({remark})"
