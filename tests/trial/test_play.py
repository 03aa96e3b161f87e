"""What a story means: times, what an expectation covers, what has to be expected, and what cannot happen."""

from pathlib import Path

import pytest

from punchcard.language import check
from punchcard.language.trials.reader import read_tests
from tests.trial.stories import codes, played
from tests.trial.told import tell

SEND = "- send: hello"
LATER = "- wait: 7 days\n- send: hello"
GIVE = (
    "- reward: {discount: 20%, expires: 30 days}\n  as: coupon\n- wait: {for: coupon.redeemed, up_to: 7 days}"
)
HELLO = "- expect:\n    - message: hello"
NOTHING = "- expect: nothing"


def test_an_expectation_reaches_to_the_next_deed_or_to_the_end() -> None:
    """What is due at the very instant of a deed comes after it."""
    assert played(LATER, f"- order: 5\n{HELLO}\n  until: +7 days").passed
    assert codes(played(LATER, f"- order: 5\n{HELLO}\n  until: +6 days")) == ["PC2101"]
    deed = "- profile: {language: de}\n  at: +7 days"
    assert played(LATER, f"- order: 5\n{NOTHING}\n{deed}\n{HELLO}").passed


def test_times_count_from_the_last_one_above() -> None:
    """Be it a deed's, an expectation's, or the end of one."""
    story = f"""\
- order: 5
  at: 2026-05-04 10:00
- expect:
    - message: hello
      at: +7 days
- order: 5
  at: +1 day
{HELLO}
"""
    tested = played(LATER, story)
    assert tested.passed
    assert [entry.at for entry in tested.cases[0].timeline if entry.deed] == [
        "2026-05-04 10:00",
        "2026-05-12 10:00",
    ]


def test_times_are_those_of_the_customers_zone() -> None:
    """As are the days on which rewards end."""
    case = "customer: {timezone: Asia/Tokyo}"
    story = "- order: 5\n- expect:\n    - reward: {name: coupon, expires: 2026-04-01 23:59}"
    assert played(GIVE, story, case=case).passed


def test_all_that_reaches_somebody_has_to_be_expected() -> None:
    """Messages that go out or are held back, rewards and what becomes of them, ends before the end; not a plain end."""
    assert played("- wait: 1 day", f"- order: 5\n{NOTHING}").passed
    assert codes(played(SEND, f"- order: 5\n{NOTHING}")) == ["PC2102"]
    assert codes(played(SEND, f"- order: 5\n{NOTHING}", case="customer: {consents: {marketing: no}}")) == [
        "PC2102"
    ]
    assert codes(played("- stop: enough", f"- order: 5\n{NOTHING}")) == ["PC2102"]
    story = f"- order: {{amount: 5, id: a}}\n- expect:\n    - reward: coupon\n- refund: a\n  at: +1 day\n{NOTHING}"
    assert codes(played(GIVE, story)) == ["PC2102", "PC2102"]


def test_an_expectation_takes_one_thing() -> None:
    """Two messages are two lines, or `times`."""
    twice = "- send: hello\n- send: hello"
    assert codes(played(twice, f"- order: 5\n{HELLO}")) == ["PC2102"]
    assert played(twice, f"- order: 5\n{HELLO}\n    - message: hello").passed
    assert played(twice, "- order: 5\n- expect:\n    - message: {name: hello, times: 2}").passed


def test_details_are_compared() -> None:
    """Each one that is named."""
    for sign, message in {
        "message: {name: hello, subject: Hi}": "its subject is `Hello Ann`",
        "message: {name: hello, contains: Goodbye}": "its text is `Hello. -- The Shop You get this e-mail",
        "message: {name: hello, lacks: Hello}": "its text is `Hello. -- The Shop You get this e-mail",
        "message: {name: hello, suppressed: no_consent}": "it went out",
    }.items():
        tested = played(SEND, f"- order: 5\n- expect:\n    - {sign}")
        assert codes(tested) == ["PC2103"]
        assert f": {message}" in tested.findings[0].message
    for detail in ("value: 5%", "expires: never", "expires: 2026-04-02"):
        assert codes(played(GIVE, f"- order: 5\n- expect:\n    - reward: {{name: coupon, {detail}}}")) == [
            "PC2103"
        ]
    end = "- end: {outcome: stopped, reason: because}"
    assert codes(played("- stop: enough", f"- order: 5\n- expect:\n    {end}")) == ["PC2103"]


def test_what_would_be_refused_cannot_happen() -> None:
    """By the same checks, with their words; the case ends there."""
    for deed in (
        "redeem: coupon",
        "answer: 5",
        "cancel: nobody is there",
        "pause: instance",
        "order: {amount: 5, occurred: 2026-03-03}",
    ):
        steps = f"{GIVE}\n- ask: {{message: hello, answer: 1..5, up_to: 3 days}}"
        assert codes(played(steps, f"- {deed}\n{NOTHING}")) == ["PC2009"]
    assert codes(played(GIVE, "- order: 5\n- redeem: {reward: coupon, refused: yes}\n- expect: nothing")) == [
        "PC2009"
    ]


def test_a_till_that_is_to_refuse_a_code_refuses_it() -> None:
    """After its last day, say."""
    story = "- order: 5\n- expect:\n    - reward: coupon\n- redeem: {reward: coupon, refused: yes}\n  at: 2026-04-02"
    assert played(GIVE, f"{story}\n{NOTHING}").passed


def test_an_incident_is_seen_and_decided() -> None:
    """An exhausted budget parks the step until somebody skips it."""
    story = """\
- order: 5
- expect:
    - reward: coupon
  until: +1 hour
- order: 5
- expect:
    - incident: budget
  until: +1 hour
- skip: so be it
- expect:
    - end: completed
    - end: completed
"""
    tested = played(GIVE, story, head="budget: {rewards: 1}\n")
    assert tested.passed, tested.findings


def test_a_paused_instance_waits_and_goes_on() -> None:
    """What came to pass meanwhile is taken in once it is resumed."""
    story = (
        f"- order: 5\n- pause: instance\n  at: +1 day\n{NOTHING}\n- resume: instance\n  at: +7 days\n{HELLO}"
    )
    assert played(LATER, story).passed


def test_a_late_order_comes_in_at_its_line() -> None:
    """And what is said about it may be too late."""
    story = """\
- order: {amount: 5, occurred: 2026-03-05 10:00}
  at: 2026-03-10 10:00
- expect:
    - message: {name: hello, suppressed: too_late}
"""
    assert played(SEND, story).passed


def test_a_schedule_of_one_date_needs_no_end() -> None:
    """After its date nobody is looked for any more; any other schedule goes on."""
    when = "{schedule: {date: 2026-04-20, at: 10:00}}"
    story = "- expect:\n    - message: hello\n      at: 2026-04-20 10:00"
    assert played(SEND, story, when=when).passed
    assert codes(played(SEND, story, when="{schedule: {every: month}}")) == ["PC2010"]


def test_attributes_are_those_that_the_programme_declares(tmp_path: Path) -> None:
    """A misspelt one is a mistake, with the nearest name; without a programme anything may stand there."""
    programme = "customer_fields: {club: text, member_since: date, visits: number}\n"
    steps = "steps:\n  - if: customer.club == 'gold'\n    then:\n      - stop: gold\n"
    campaign = f"campaign: cups\nlimit: 5 per year\nwhen: order\n{steps}"
    story = """\
    customer: {attributes: {club: gold, member_since: 2020-05-04, visits: 3}}
    story:
      - order: 5
      - expect: {end: stopped}
"""
    tell(tmp_path, campaign, story, programme=programme)
    for wrong, said in {
        "clubb: gold": "write: club",
        "member_since: soon": "a date such as",
        "visits: x": "a number",
    }.items():
        with pytest.raises(AssertionError, match=said):
            tell(tmp_path, campaign, story.replace("club: gold", wrong), programme=programme)
    anything = "- order: 5\n- expect:\n    - message: hello"
    assert played(SEND, anything, case="customer: {attributes: {clubb: gold}}").passed


def test_a_cases_customer_is_put_over_the_files(tmp_path: Path) -> None:
    """Key by key, within attributes too."""
    text = """\
tests: cups
customer: {first_name: Ben, attributes: {club: gold, store: Bonn}}
cases:
  - case: One
    customer: {attributes: {club: silver}}
    story:
      - order: 5
      - expect: nothing
"""
    checked = check(
        "campaign: cups\nlimit: 5 per year\nwhen: order\nsteps:\n  - wait: 1 day\n", name="cups.yaml"
    )
    read = read_tests(text, name="cups.test.yaml", plan=checked.plan)
    assert read.tests is not None
    person = read.tests.cases[0].person
    assert person.profile["first_name"] == "Ben"
    assert person.attributes == {"club": "silver", "store": "Bonn"}


def test_what_happens_between_deeds_is_looked_at_too() -> None:
    """The next expectation has it: nothing passes unseen because a deed stands in between."""
    story = f"- order: 5\n- profile: {{language: de}}\n  at: +8 days\n{NOTHING}"
    assert codes(played(LATER, story)) == ["PC2102"]
    assert played(LATER, story.replace(NOTHING, HELLO)).passed
