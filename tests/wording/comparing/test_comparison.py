"""Two versions of a campaign compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from punchcard.plan.conditions import Apply, Const, Field, Segment
from punchcard.plan.experiments import marked
from punchcard.plan.model import (
    After,
    Budget,
    Message,
    MessageText,
    Plan,
    Reward,
    Send,
    ShareOff,
    Step,
    Stop,
    Wait,
    walk,
)
from punchcard.plan.triggers import OrderTrigger, SegmentTrigger, SpendTrigger
from punchcard.wording.comparing.change import Change
from punchcard.wording.comparing.comparison import Comparison, compare
from punchcard.wording.comparing.matching import match
from punchcard.wording.comparing.prose import prose
from tests.picture.plans import DAY, EVERY_BRANCH, RUNNING_EXAMPLE, plans
from tests.plan.samples import experiment
from tests.wording.definitions import definitions
from tests.wording.speech import ENGLISH, GERMAN

NOW = 1_795_521_900_000


def _changes(old: Plan, new: Plan) -> dict[str, list[Change]]:
    return {section.name: list(section.changes) for section in compare(ENGLISH, old, new, NOW).sections}


def _steps(*steps: Step) -> Plan:
    numbered = tuple(replace(step, path=str(place)) for place, step in enumerate(steps, start=1))
    return replace(RUNNING_EXAMPLE, steps=numbered)


HELLO, BYE = Send(path="?", message="hello"), Send(path="?", message="bye")
SHORT, LONG = (
    Wait(path="?", until=After(DAY)),
    Wait(path="?", until=After(30 * DAY), events=("customer.ordered",)),
)


@pytest.mark.parametrize("name", sorted(definitions()))
def test_nothing_changes_from_a_version_to_itself(name: str) -> None:
    """And there is nothing to say about it."""
    plan = definitions()[name]
    found = compare(ENGLISH, plan, plan, NOW)
    assert (found.equal, found.sections, found.meaning) == (True, (), ())
    assert prose(GERMAN, compare(GERMAN, plan, plan, NOW)).endswith("Nichts ändert sich.\n")


def test_an_argument_that_changes_is_marked_in_its_sentence() -> None:
    """The step is the same, and so is its place."""
    (change,) = _changes(_steps(SHORT, HELLO), _steps(replace(SHORT, until=After(3 * DAY)), HELLO))["steps"]
    assert (change.sign, change.head) == ("changed", "1")
    assert [piece.text for piece in change.pieces if piece.kind != "same"] == ["1 day", "3 days"]


def test_a_step_between_others_is_added_and_moves_nothing() -> None:
    """What follows keeps its identity; its number is not a change."""
    (change,) = _changes(_steps(HELLO, LONG), _steps(HELLO, SHORT, LONG))["steps"]
    assert (change.sign, change.head, change.before) == ("added", "2", None)


def test_of_several_in_one_block_the_most_alike_is_the_same() -> None:
    """A new wait before the old one does not take its place, though the old one changes too."""
    changes = _changes(_steps(HELLO, LONG), _steps(HELLO, SHORT, replace(LONG, until=After(20 * DAY))))[
        "steps"
    ]
    assert [(change.sign, change.head) for change in changes] == [("added", "2"), ("changed", "3")]


def test_a_step_that_goes_is_named_where_it_stood() -> None:
    """By its old number, between its old neighbours."""
    new = _steps(replace(SHORT, until=After(2 * DAY)), BYE)
    changes = _changes(_steps(SHORT, HELLO, BYE), new)["steps"]
    assert [(change.sign, change.head) for change in changes] == [("changed", "1"), ("removed", "2")]


def test_a_step_that_changes_places_is_moved() -> None:
    """Only the one that moved, not those that it passed."""
    (change,) = _changes(_steps(HELLO, SHORT, LONG), _steps(SHORT, LONG, HELLO))["steps"]
    assert (change.sign, change.head) == ("moved", "1 → 3")


def test_an_id_outweighs_content_and_place() -> None:
    """Whoever gives a step an id says that it stays the same, whatever becomes of it."""
    old = _steps(replace(HELLO, id="greeting"), SHORT)
    new = _steps(SHORT, replace(BYE, id="greeting"))
    assert match(old, new).pairs == (("2", "1"), ("1", "2"))


def test_steps_keep_their_identity_within_what_moves() -> None:
    """A block that gets a new step in front of it is not a new block."""
    old = EVERY_BRANCH
    first = replace(HELLO, path="1")
    shifted = tuple(replace(step, path=str(place)) for place, step in enumerate(old.steps, start=2))
    changes = _changes(old, replace(old, steps=(first, *shifted)))["steps"]
    assert [(change.sign, change.head) for change in changes] == [("added", "1")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=plans, new=plans)
def test_every_step_is_paired_added_or_removed(old: Plan, new: Plan) -> None:
    """Once each, whatever the two look like."""
    found = match(old, new)
    before, after = {step.path for step in walk(old.steps)}, {step.path for step in walk(new.steps)}
    assert sorted([*(one for one, _ in found.pairs), *found.removed]) == sorted(before)
    assert sorted([*(other for _, other in found.pairs), *found.added]) == sorted(after)
    assert prose(ENGLISH, compare(ENGLISH, old, new, NOW))


def _with_message(subject: str, body: str, purpose: str = "marketing") -> Plan:
    text = MessageText("en", subject, body)
    message = Message("hello", "transactional" if purpose == "transactional" else "marketing", (text,))
    return replace(RUNNING_EXAMPLE, messages=(message,))


def test_messages_are_compared_word_by_word() -> None:
    """Purpose, subject and each paragraph, with the language."""
    old = _with_message("Hello", "Good morning.\n\nYour code is here.")
    new = _with_message("Hello you", "Good evening.\n\nYour code is here.", "transactional")
    changes = _changes(old, new)["messages"]
    assert [change.head for change in changes] == [
        "“Hello”",
        "“Hello”",
        "“Hello” in English, subject",
        "“Hello” in English",
    ]
    assert [piece.text for piece in changes[-1].pieces if piece.kind != "same"] == ["morning", "evening"]
    gone = _changes(old, replace(old, messages=()))["messages"]
    assert [change.sign for change in gone] == ["removed"]


def test_terms_change_sentence_by_sentence() -> None:
    """A budget that comes, a holdout that changes."""
    old = replace(RUNNING_EXAMPLE, holdout=1000)
    new = replace(RUNNING_EXAMPLE, holdout=2000, budget=Budget(rewards=100))
    changes = _changes(old, new)
    assert [change.sign for change in changes["audience"]] == ["changed"]
    assert [change.sign for change in changes["cost"]] == ["removed", "added", "added"]
    assert changes["exactness"]


def _meaning(old: Plan, new: Plan) -> str:
    return " ".join(compare(ENGLISH, old, new, NOW).meaning)


def test_what_it_means_is_said() -> None:
    """Running instances, rewards that were given, and how counting goes on."""
    more = replace(RUNNING_EXAMPLE, trigger=SpendTrigger(every=70_000))
    other = replace(RUNNING_EXAMPLE, trigger=OrderTrigger(first=True))
    better = replace(RUNNING_EXAMPLE, steps=(Reward(path="1", name="coupon", offer=ShareOff(3000)),))
    assert "goes on with the version" in _meaning(RUNNING_EXAMPLE, better)
    assert "keep the terms" in _meaning(RUNNING_EXAMPLE, better)
    assert "Counting goes on as before" in _meaning(RUNNING_EXAMPLE, better)
    assert "goes on to count" in _meaning(RUNNING_EXAMPLE, more)
    assert "everyone begins anew" in _meaning(RUNNING_EXAMPLE, other)
    assert "two campaigns" in _meaning(RUNNING_EXAMPLE, EVERY_BRANCH)


def test_what_another_rule_of_a_segment_means_is_said() -> None:
    """The rule changes a sentence and begins anew; what a segment is called changes a sentence alone."""
    orders = Field(("customer", "orders"))
    often, title = Segment("often", Apply(">", (orders, Const(5))), "…"), "People who come often"
    old, called, wider = (
        replace(RUNNING_EXAMPLE, trigger=SegmentTrigger(segment=segment))
        for segment in (
            often,
            replace(often, title=title),
            replace(often, rule=Apply(">", (orders, Const(4)))),
        )
    )
    assert "goes on as before" in _meaning(old, called)
    assert "by the old rule until then" in _meaning(old, wider)
    assert [change.sign for change in _changes(old, wider)["audience"]] == ["changed"]


def test_another_experiment_is_said_to_begin() -> None:
    """Where its variants, their steps or its measure change; a step before it changes nothing."""
    tone = replace(experiment(plain=[HELLO], warm=[BYE]), experiment="tone")
    begins = "The experiment “Tone” begins anew: it is another one than before, and nobody is counted yet."
    old = _steps(marked(tone))
    other = _steps(marked(replace(experiment(plain=[HELLO], warm=[BYE], after=500), experiment="tone")))
    assert begins in compare(ENGLISH, old, other, NOW).meaning
    assert begins not in compare(ENGLISH, old, _steps(HELLO, marked(tone)), NOW).meaning
    assert begins not in compare(ENGLISH, _steps(HELLO), old, NOW).meaning


def test_prose_marks_words_or_colours_them() -> None:
    """Plain signs for files and mails, colours for a terminal."""
    found: Comparison = compare(
        ENGLISH,
        _steps(SHORT, Stop(path="?", reason="enough")),
        _steps(replace(SHORT, until=After(3 * DAY))),
        NOW,
    )
    assert "~ 1  We wait [-1 day-]{+3 days+}." in prose(ENGLISH, found).replace("\xa0", " ")
    assert "- 2  It ends here: enough." in prose(ENGLISH, found)
    assert "\x1b[31m1 day\x1b[0m\x1b[32m3 days\x1b[0m" in prose(ENGLISH, found, colour=True)
