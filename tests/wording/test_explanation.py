"""Campaigns told in plain sentences, in each language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from punchcard.language import check, check_programme
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.model import AfterMonths, Again, Audience, Budget, Goal, Limit, Plan, Step, walk
from punchcard.plan.triggers import Input, ManualTrigger, OrderTrigger, SpendTrigger
from punchcard.wording.explanation import SECTIONS, Explanation, explain
from punchcard.wording.letters import readable
from punchcard.wording.outline import step_lines
from punchcard.wording.prose import prose
from punchcard.wording.sections.line import Line
from tests.picture.plans import RUNNING_EXAMPLE, plans
from tests.plan.samples import approve, numbered, repeat, stop
from tests.wording.definitions import definitions
from tests.wording.record import FOLDER, LANGUAGES, told
from tests.wording.speech import ENGLISH, GERMAN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(definitions()))
def test_every_definition_reads_as_it_was_read_before(name: str, language: str) -> None:
    """What changed is read by a person: `python -m tests.wording.record` writes it anew."""
    path = FOLDER / f"{name}.{language}.txt"
    assert path.exists(), f"{name} is new: run python -m tests.wording.record, and read what it wrote"
    assert told(definitions()[name], language) == path.read_text(encoding="utf-8")


def test_no_explanation_is_kept_of_a_campaign_that_is_gone() -> None:
    """Each kept file is compared with something."""
    assert {path.name.split(".")[0] for path in FOLDER.iterdir()} == set(definitions())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_any_plan_can_be_told_with_every_step(plan: Plan) -> None:
    """Each step has its sentence, once, whatever the campaign looks like."""
    for speech in (ENGLISH, GERMAN):
        steps = _section(explain(speech, plan), "steps")
        assert [line.path for line in steps if line.path] == [step.path for step in walk(plan.steps)]
        assert all(line.text.endswith((".", ":", "]")) for line in steps)


def test_lines_of_text_are_as_wide_as_asked() -> None:
    """Only a word that is longer than a line stands out."""
    text = prose(explain(GERMAN, RUNNING_EXAMPLE), 60)
    assert max(map(len, text.splitlines())) <= 60


def test_sections_are_named_alike_in_every_language() -> None:
    """A script finds them by name, a person by heading."""
    english, german = (explain(speech, RUNNING_EXAMPLE) for speech in (ENGLISH, GERMAN))
    assert [each.name for each in english.sections] == [each.name for each in german.sections]
    assert {each.name for each in english.sections} <= {name for name, _, _ in SECTIONS}
    assert all(
        one.heading != other.heading for one, other in zip(english.sections, german.sections, strict=True)
    )


def test_what_is_missing_is_said_too() -> None:
    """No limit and no budget are worth a sentence to whoever approves."""
    text = prose(explain(ENGLISH, RUNNING_EXAMPLE))
    assert "There is no budget" in text
    assert "There is no limit" in text
    assert "What it is for" not in text


def test_terms_are_said_in_numbers_of_the_language() -> None:
    """Goal, limit, budget, holdout and dates."""
    plan = replace(
        RUNNING_EXAMPLE,
        goal=Goal("churn_rate", -1000, AfterMonths(6)),
        limit=Limit(3, rolling=90 * 24 * 3600 * 1000),
        budget=Budget(rewards=1, amount=1_500_000),
        holdout=550,
        starts="2026-05-04",
        ends="2026-12-31",
    )
    english, german = (
        prose(explain(speech, plan), 1000).replace("\xa0", " ") for speech in (ENGLISH, GERMAN)
    )
    assert "lower the share of customers who leave by 10%" in english
    assert "at most 3 times in any 90 days" in english
    assert "at most 1 reward, and what is taken off is at most $15,000." in english
    assert "All customers but 5.5%" in english
    assert "from May 4, 2026 to December 31, 2026" in english
    assert "höchstens 3-mal auf je 90 Tage" in german
    assert "höchstens 1 Belohnung, die höchstens 15.000 $ abzieht." in german
    assert "vom 4. Mai 2026 bis zum 31. Dezember 2026" in german


def test_a_budget_for_each_period_says_which_and_what_comes_after() -> None:
    """Each bound with its own period, one for all the time beside it, and who is tried again."""
    monthly = Budget(rewards=100, rewards_per="month", amount=50_000)
    english, german = (
        prose(explain(speech, replace(RUNNING_EXAMPLE, budget=monthly)), 1000).replace("\xa0", " ")
        for speech in (ENGLISH, GERMAN)
    )
    assert "In each calendar month, all customers together get at most 100 rewards." in english
    assert "All codes together may take off at most $500." in english
    assert "whoever waits for it is tried again by itself" in english
    assert "In jedem Kalendermonat bekommen alle zusammen höchstens 100 Belohnungen." in german
    quietly = Budget(amount=50_000, amount_per="quarter", then="stop")
    text = prose(explain(ENGLISH, replace(RUNNING_EXAMPLE, budget=quietly)), 1000)
    assert "In each calendar quarter, all codes together may take off at most $500." in text
    assert "With each new period there is room again." in text


def test_who_takes_part_and_how_often_is_told() -> None:
    """Audience, again and what holds while it is running."""
    plan = replace(
        RUNNING_EXAMPLE,
        audience=Audience(Apply(">", (Field(("customer", "orders")), Const(3)))),
        again=Again("after", 30 * 24 * 3600 * 1000),
        if_running="ignore",
        holdout=1000,
    )
    told = " ".join(line.text for line in _section(explain(ENGLISH, plan), "audience"))
    assert (
        "if the number of the customer's orders is more than 3; what counts is the time when they earn it."
        in told
    )
    assert "Of these 10% are held out" in told
    assert "no sooner than 30 days after the time before" in told
    assert "does not start for them a second time" in told
    once = replace(plan, again=Again("once"), if_running="restart")
    told = " ".join(line.text for line in _section(explain(ENGLISH, once), "audience"))
    assert "Each customer gets it once" in told
    assert "that run ends first" in told
    assert "no limit" not in told


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (SpendTrigger(reaches=100_000), "has spent $1,000 in all"),
        (OrderTrigger(), "Each order starts"),
        (OrderTrigger(status="delivered"), "as soon as it is delivered"),
        (OrderTrigger(status="placed", every=1), "as soon as it is placed"),
        (
            ManualTrigger(inputs=(Input("since", "date"), Input("visits", "number"))),
            "states: “Since” (a date) and “Visits” (a number).",
        ),
    ],
)
def test_triggers_are_told(trigger: SpendTrigger | OrderTrigger | ManualTrigger, words: str) -> None:
    """What starts a campaign is a sentence."""
    start = _section(explain(ENGLISH, replace(RUNNING_EXAMPLE, trigger=trigger)), "start")
    assert words in " ".join(line.text for line in start)


def test_what_a_message_fills_in_stands_in_brackets() -> None:
    """A subject is read without braces and filters."""
    template = "Your {{ coupon.value | percent }}, {{customer.first_name}}"
    assert readable(ENGLISH, template) == "Your [coupon value], [first name]"
    assert readable(GERMAN, template) == "Your [Wert von coupon], [Vorname]"


@pytest.mark.parametrize(
    ("template", "read"),
    [
        (
            "Thank you for {% if batch.count == 1 %}your review{% else %}{{ batch.count }} reviews{% endif %}!",
            "Thank you for your review / [batch count] reviews!",
        ),
        ("{% if order.id %}Order {{ order.id }}: {% endif %}thank you", "Order [order number]: thank you"),
        (
            "{%- if event.a %}A {% elif event.b %}B{% if event.c %} or C{% endif %} {% else %}{% endif -%}then",
            "A / B or C then",
        ),
        ("{% for each in event.list %}{{ each }}, {% endfor %}", "[each], "),
    ],
)
def test_all_ways_of_a_subject_are_read(template: str, read: str) -> None:
    """One beside the other, as one says them."""
    assert readable(ENGLISH, template) == read


def _section(explanation: Explanation, name: str) -> tuple[Line, ...]:
    return next((each.lines for each in explanation.sections if each.name == name), ())


@pytest.mark.parametrize(
    ("steps", "undecided", "empty"),
    [
        (numbered([approve(rejected=[stop()])]), "Without a decision it ends", "It ends"),
        (numbered([approve(rejected=[stop()]), stop()]), "Without a decision it goes on", "It goes on"),
        (
            numbered([repeat(2, [approve(rejected=[stop()])])]),
            "Without a decision it goes on",
            "It goes on",
        ),
    ],
)
def test_where_nothing_follows_it_ends(steps: tuple[Step, ...], undecided: str, empty: str) -> None:
    """A decision that nobody takes, and a way without steps; a round comes back to its step."""
    text = prose(explain(ENGLISH, replace(RUNNING_EXAMPLE, steps=steps)), 200)
    assert undecided in text
    assert f"{empty}." in text


WEEKLY = """\
campaign: cups
limit: 5 per year
currency: USD
{head}
when: order
steps:
  - wait: {{until: {until}}}
  - send: hello
messages:
  hello: {{purpose: marketing, subject: Hi, body: Hello}}
"""
A_WEEK = "The wait that follows begins at that very time: on a Saturday, it lasts a week."
AT_ONCE = "The pace is that of starts: all that has waited goes out at once then."


@pytest.mark.parametrize(
    ("head", "until", "said"),
    [
        ("digest: {for: 7 days, at: 10:00}", "saturday at 10:00", {A_WEEK}),
        ("digest: {for: 7 days, at: 09:00}", "saturday at 10:00", set()),
        ("digest: {for: 7 days, at: 10:00}", "10:00", set()),
        ("pace: 3000 per hour", "saturday at 10:00", {AT_ONCE}),
        ("pace: 3000 per hour\ndigest: {for: 7 days, at: 10:00}", "saturday at 10:00", {A_WEEK, AT_ONCE}),
    ],
)
def test_times_that_meet_are_said(head: str, until: str, said: set[str]) -> None:
    """A digest that closes as the wait would end, and a pace beside quiet hours."""
    programme = check_programme("quiet_hours: 21:00..08:00\n", name="programme.yaml").programme
    plan = check(WEEKLY.format(head=head, until=until), name="cups.yaml", programme=programme).plan
    assert plan is not None
    text = " ".join(prose(explain(ENGLISH, plan)).split())
    assert {each for each in (A_WEEK, AT_ONCE) if each in text} == said


def test_no_way_of_a_choice_is_left_out() -> None:
    """Behind the 26th way, letters go on with two."""
    branches = "".join(f"      way_{number}: [{{wait: {number + 2} days}}]\n" for number in range(30))
    text = f"campaign: cups\nwhen: order\nsteps:\n  - choose: customer.first_name\n    branches:\n{branches}"
    plan = check(text, name="cups.yaml").plan
    assert plan is not None
    told = step_lines(ENGLISH, plan)
    assert {line.path for line in told if line.path} == {step.path for step in walk(plan.steps)}
    assert {"1z", "1aa", "1ad"} <= {line.number for line in told}
