"""Plans in words: triggers, steps, limits, outlines, settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.console.words.progress import progress_words
from api.console.words.values import value_words
from punchcard.domain.customer_story import ProgressLine
from punchcard.plan.conditions import Const, Segment
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    Budget,
    DayBeside,
    EndOfDayAfter,
    Goal,
    Limit,
    Moment,
    NextTime,
    OnDate,
)
from punchcard.plan.program import program
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    EventTrigger,
    InactiveTrigger,
    Input,
    ManualTrigger,
    OrderTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
    SpendTrigger,
    Trigger,
    VisitsTrigger,
)
from punchcard.wording.facts import campaign_facts
from punchcard.wording.following import after_limit
from punchcard.wording.moments import at_most_words, moment_name
from punchcard.wording.names import event_name, title_of
from punchcard.wording.outline import outline
from punchcard.wording.steps import then_words
from punchcard.wording.triggers import trigger_words
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE
from tests.wording.speech import ENGLISH, GERMAN

DAY = 24 * 3600 * 1000
AT_RISK = Segment("at_risk", Const(True), "…")


def _plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("trigger", "english", "german"),
    [
        (SpendTrigger(every=50_000), "Every $500 spent", "Je 500 $ Umsatz"),
        (SpendTrigger(reaches=100_000), "$1,000 spent in all", "1.000 $ Umsatz insgesamt"),
        (
            SpendTrigger(reaches=100_000, within=30 * DAY),
            "$1,000 spent within 30 days",
            "1.000 $ Umsatz binnen 30 Tage",
        ),
        (
            VisitsTrigger(consecutive=4),
            "Orders in 4 weeks in a row",
            "Bestellungen in 4 Wochen hintereinander",
        ),
        (
            VisitsTrigger(consecutive=3, per="day"),
            "Orders on 3 days in a row",
            "Bestellungen an 3 Tagen hintereinander",
        ),
        (OrderTrigger(first=True), "First order", "Erste Bestellung"),
        (OrderTrigger(every=10), "Every 10 orders", "Alle 10 Bestellungen"),
        (OrderTrigger(every=1), "Every order", "Jede Bestellung"),
        (OrderTrigger(over=20_000), "Each order over $200", "Jede Bestellung über 200 $"),
        (EventTrigger(name="review_written"), "Event review written", "Ereignis review written"),
        (BirthdayTrigger(), "Birthday, at 9:00 AM", "Geburtstag, um 09:00"),
        (
            BirthdayTrigger(days_before=7, minute=1110),
            "7 days before the birthday, at 6:30 PM",
            "7 Tage vor dem Geburtstag, um 18:30",
        ),
        (
            AnniversaryTrigger(of="first_order"),
            "Anniversary: the first order, at 9:00 AM",
            "Jahrestag: die erste Bestellung, um 09:00",
        ),
        (
            AnniversaryTrigger(of="member_since", days_before=2),
            "2 days before the anniversary: Member since, at 9:00 AM",
            "2 Tage vor dem Jahrestag: Member since, um 09:00",
        ),
        (
            RewardTrigger(of="welcome", expires_in=7 * DAY),
            "A reward of welcome expires in 7 days",
            "Eine Belohnung von welcome läuft ab in: 7 Tage",
        ),
        (
            RewardTrigger(of="welcome"),
            "A reward of welcome was redeemed",
            "Eine Belohnung von welcome wurde eingelöst",
        ),
        (InactiveTrigger(millis=90 * DAY), "No order for 90 days", "90 Tage ohne Bestellung"),
        (SegmentTrigger(segment=AT_RISK), "Enters “At risk”", "Kommt ins Segment „At risk“"),
        (SegmentTrigger(segment=AT_RISK, leaves=True), "Leaves “At risk”", "Verlässt das Segment „At risk“"),
        (InactiveTrigger(months=3), "No order for 3 months", "3 Monate ohne Bestellung"),
        (ScheduleTrigger(date="2026-12-01"), "Dec 1, 2026, at 9:00 AM", "01.12.2026, um 09:00"),
        (
            ScheduleTrigger(weekdays=(0, 3)),
            "Every Monday and Thursday, at 9:00 AM",
            "Jeden Montag und Donnerstag, um 09:00",
        ),
        (ScheduleTrigger(each=14), "Every 14 days, at 9:00 AM", "Alle 14 Tage, um 09:00"),
        (ScheduleTrigger(), "Every day, at 9:00 AM", "Jeden Tag, um 09:00"),
        (
            ScheduleTrigger(days=(1,)),
            "First day of each month, at 9:00 AM",
            "Am ersten Tag jedes Monats, um 09:00",
        ),
        (
            ScheduleTrigger(days=(1,), months=(1, 4, 7, 10)),
            "First day of each quarter, at 9:00 AM",
            "Am ersten Tag jedes Quartals, um 09:00",
        ),
        (
            ScheduleTrigger(days=(1,), months=(1,)),
            "First day of each year, at 9:00 AM",
            "Am ersten Tag jedes Jahres, um 09:00",
        ),
        (
            ScheduleTrigger(days=(13,), months=(5,), minutes=(540, 1080)),
            "On day 13 of the month in May, at 9:00 AM and 6:00 PM",
            "Am 13. des Monats im Mai, um 09:00 und 18:00",
        ),
        (ManualTrigger(), "Started by hand", "Von Hand gestartet"),
    ],
)
def test_triggers(trigger: Trigger, english: str, german: str) -> None:
    """What starts a campaign is one short phrase."""
    plan = replace(RUNNING_EXAMPLE, trigger=trigger)
    assert _plain(trigger_words(ENGLISH, plan)) == english
    assert _plain(trigger_words(GERMAN, plan)) == german


@pytest.mark.parametrize(
    ("moment", "name", "english", "german"),
    [
        (After(7 * DAY), "7 days", "at most 7 days", "höchstens 7 Tage"),
        (AfterMonths(6), "6 months", "at most 6 months", "höchstens 6 Monate"),
        (EndOfDayAfter(days=30), "30 days", "at most 30 days", "höchstens 30 Tage"),
        (EndOfDayAfter(months=2), "2 months", "at most 2 months", "höchstens 2 Monate"),
        (
            Beside("coupon", "expires"),
            "coupon expires",
            "at most until the coupon expires",
            "höchstens bis zum Ablauf des Gutscheins",
        ),
        (
            Beside("coupon", "expires", -3 * DAY),
            "3 days before coupon expires",
            "at most until 3 days before the coupon expires",
            "höchstens bis 3 Tage vor Ablauf des Gutscheins",
        ),
        (
            Beside("order", "occurred_at", DAY),
            "1 day after the order",
            "at most until 1 day after the order",
            "höchstens bis 1 Tag nach der Bestellung",
        ),
        (
            Beside("occasion", "birthday"),
            "the birthday",
            "at most until the birthday",
            "höchstens bis zum Geburtstag",
        ),
        (
            DayBeside("coupon", "expires", days=-14, minute=600),
            "14 days before coupon expires, at 10:00 AM",
            "at most until 14 days before the coupon expires, at 10:00 AM",
            "höchstens bis 14 Tage vor Ablauf des Gutscheins, um 10:00 Uhr",
        ),
        (
            DayBeside("occasion", "anniversary", months=1),
            "1 month after the anniversary",
            "at most until 1 month after the anniversary",
            "höchstens bis 1 Monat nach dem Jahrestag",
        ),
        (
            OnDate("2026-05-04"),
            "May 4, 2026",
            "at most until May 4, 2026",
            "höchstens bis zum 4. Mai 2026",
        ),
        (
            OnDate("2026-05-04", 570),
            "May 4, 2026, 9:30 AM",
            "at most until May 4, 2026 at 9:30 AM",
            "höchstens bis zum 4. Mai 2026 um 09:30 Uhr",
        ),
        (NextTime(540), "9:00 AM", "at most until it is 9:00 AM", "höchstens bis 09:00 Uhr"),
        (
            NextTime(540, 0),
            "Monday 9:00 AM",
            "at most until the next Monday at 9:00 AM",
            "höchstens bis zum nächsten Montag um 09:00 Uhr",
        ),
    ],
)
def test_moments(moment: Moment, name: str, english: str, german: str) -> None:
    """Each kind of moment has a name, and reads as the limit of a wait."""
    assert _plain(moment_name(ENGLISH, moment)) == name
    assert _plain(at_most_words(ENGLISH, RUNNING_EXAMPLE, moment)) == english
    assert _plain(at_most_words(GERMAN, RUNNING_EXAMPLE, moment)) == german


def test_names_are_made_readable() -> None:
    """Messages and events lose their dashes and dots."""
    assert title_of("you-earned-it") == "You earned it"
    assert event_name(ENGLISH, "coupon.redeemed") == "coupon redeemed"
    assert event_name(GERMAN, "coupon.redeemed") == "coupon eingelöst"
    assert event_name(ENGLISH, "customer.ordered") == "customer orders"
    assert event_name(ENGLISH, "customer.review_written") == "customer review written"


def test_an_outline_has_every_step_and_every_way() -> None:
    """Steps are numbered, ways lettered, and each stands below what it belongs to."""
    lines = [(line.number, line.depth) for line in outline(ENGLISH, EVERY_BRANCH)]
    assert lines[:4] == [("0", 0), ("1", 0), ("1a", 0), ("1a.1", 1)]
    words = [line.words for line in outline(ENGLISH, RUNNING_EXAMPLE)]
    assert "We wait until the coupon is redeemed, at most 7 days" in words
    assert "If that has not happened by then:" in words
    assert "If the coupon has been redeemed:" in words


def test_what_comes_next_is_the_end_of_a_sentence() -> None:
    """After a limit: what `otherwise` begins with, else what follows, else the end."""
    indexed = program(RUNNING_EXAMPLE)
    said = {path: then_words(ENGLISH, RUNNING_EXAMPLE, after_limit(indexed, path)) for path in indexed.steps}
    assert said["3"] == "then sends “Redeem reminder”"
    assert said["3.otherwise.2"] == "then decides by “coupon.redeemed”"
    assert said["4.then.1"] == "then asks “How was it”"
    assert said["4.then.2"] == "then is completed"
    assert said["1"] == "then sends “You earned it”"


def test_settings_are_facts_with_their_class() -> None:
    """Goal, limit, budget, holdout and dates are said where a campaign has them, and left out where not."""
    plan = replace(
        RUNNING_EXAMPLE,
        goal=Goal("repeat_purchase_rate", 1500, AfterMonths(6)),
        limit=Limit(3, rolling=90 * DAY),
        budget=Budget(rewards=1, amount=500_000),
        holdout=1000,
        starts="2026-05-04",
    )
    facts = {fact.name: fact for fact in campaign_facts(ENGLISH, plan)}
    assert facts["Goal"].value == "Repeat purchase rate up 15% within 6 months"
    assert facts["Limit"].value == "3 in any 90 days for each customer"
    assert facts["Budget"].value == "1 reward and $5,000"
    assert "class D" in facts["Budget"].note
    assert facts["Dates"].value == "from May 4, 2026 to further notice"
    assert {"Goal", "Limit", "Budget", "Holdout", "Dates"}.isdisjoint(
        fact.name for fact in campaign_facts(ENGLISH, RUNNING_EXAMPLE)
    )


def test_a_budget_says_for_how_long() -> None:
    """Each bound has a period of its own, or none."""
    for budget, said in (
        (Budget(rewards=1, rewards_per="day"), "1 reward a day"),
        (Budget(rewards=20, rewards_per="week", amount=500_000), "20 rewards a week and $5,000"),
        (Budget(amount=500_000, amount_per="year"), "$5,000 a year"),
    ):
        facts = {fact.name: fact for fact in campaign_facts(ENGLISH, replace(RUNNING_EXAMPLE, budget=budget))}
        assert facts["Budget"].value == said


def test_progress_is_a_share_and_a_sentence() -> None:
    """What is carried over counts; a campaign that adds nothing up has no progress."""
    line = ProgressLine("spend-and-save", 1, "USD", 62_000, 38_000, 1)
    progress = progress_words(ENGLISH, RUNNING_EXAMPLE, line, 1)
    assert progress is not None
    assert (progress.words, progress.share) == ("$120 of $500; $380 more for the next reward", 24.0)
    punch_card = replace(RUNNING_EXAMPLE, trigger=OrderTrigger(every=10))
    nothing_yet = progress_words(ENGLISH, punch_card, None, 1)
    assert nothing_yet is not None
    assert nothing_yet.words == "0 of 10 orders; 10 more for the next reward"
    once = replace(RUNNING_EXAMPLE, trigger=SpendTrigger(reaches=50_000))
    reached = progress_words(ENGLISH, once, replace(line, missing=None), 1)
    assert reached is not None
    assert (reached.words, reached.share) == ("$500 reached", 100.0)
    assert (
        progress_words(ENGLISH, replace(RUNNING_EXAMPLE, trigger=OrderTrigger(first=True)), line, 1) is None
    )


def test_values_are_read_by_what_they_are() -> None:
    """Amounts as money, instants as dates, absence as such."""
    by_hand = replace(
        RUNNING_EXAMPLE, trigger=ManualTrigger(inputs=(Input("damage", "amount"), Input("times", "number")))
    )
    said = {
        name: _plain(value_words(ENGLISH, by_hand, name, value))
        for name, value in (
            ("inputs.damage", 7_500),
            ("inputs.times", 7_500),
            ("order.amount", 12_550),
            ("customer.spent_within(7776000000)", 20_000),
            ("coupon.expires", 1_795_521_900_000),
            ("coupon.redeemed", False),
            ("customer.birthday", None),
            ("reply.answer", "no"),
        )
    }
    assert list(said.values()) == [
        "$75",
        "7,500",
        "$125.50",
        "$200",
        "Nov 24, 2026, 7:05 AM",
        "no",
        "unknown",
        "“no”",
    ]
