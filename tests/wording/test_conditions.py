"""Conditions as clauses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from punchcard.plan.conditions import Apply, Const, Expression, Field
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.wording.conditions import condition_words
from tests.picture.plans import RUNNING_EXAMPLE
from tests.wording.speech import ENGLISH, GERMAN

DAY = 24 * 3600 * 1000
PLAN = replace(
    RUNNING_EXAMPLE,
    trigger=ManualTrigger(
        inputs=(Input("damage", "amount"), Input("by_phone", "flag"), Input("since", "date"))
    ),
)
REDEEMED = Field(("coupon", "redeemed"))
ORDERS = Field(("customer", "orders"))
RATING = Field(("event", "rating"))
SPENT = Field(("customer", "spent_within"), (90 * DAY,))
DAMAGE = Field(("inputs", "damage"))


@pytest.mark.parametrize(
    ("condition", "english", "german"),
    [
        (REDEEMED, "the coupon has been redeemed", "der Gutschein eingelöst wurde"),
        (
            Apply("not", (REDEEMED,)),
            "the coupon has not been redeemed",
            "der Gutschein nicht eingelöst wurde",
        ),
        (
            Apply("==", (REDEEMED, Const(False))),
            "the coupon has not been redeemed",
            "der Gutschein nicht eingelöst wurde",
        ),
        (
            Apply(">=", (DAMAGE, Const(5000))),
            "“Damage” is at least $50",
            "„Damage“ mindestens 50 $ beträgt",
        ),
        (
            Apply("<", (Const(5000), DAMAGE)),
            "“Damage” is more than $50",
            "„Damage“ über 50 $ liegt",
        ),
        (
            Apply(">", (SPENT, Const(20_000))),
            "what the customer has spent in the last 90 days is more than $200",
            "der Umsatz der letzten 90 Tage über 200 $ liegt",
        ),
        (
            Apply("not", (Apply("and", (Field(("inputs", "by_phone")), Apply("<", (ORDERS, Const(3))))),)),
            "“By phone” is given as no or the number of the customer's orders is at least 3",
            "„By phone“ mit Nein angegeben ist oder die Zahl der Bestellungen mindestens 3 beträgt",
        ),
        (
            Apply(
                "and",
                (REDEEMED, Apply("or", (Apply("==", (RATING, Const(1))), Apply("==", (RATING, Const(2)))))),
            ),
            "the coupon has been redeemed and (the event's “Rating” is 1 or the event's “Rating” is 2)",
            "der Gutschein eingelöst wurde und („Rating“ im Ereignis 1 ist oder „Rating“ im Ereignis 2 ist)",
        ),
        (
            Apply("in", (Field(("customer", "language")), Const(("de", "fr")))),
            "the customer's language is “de” or “fr”",
            "die Sprache der Person „de“ oder „fr“ ist",
        ),
        (
            Apply("not", (Apply("contains", (Field(("reply", "answer")), Const("late"))),)),
            "the answer to “How was it” does not contain “late”",
            "die Antwort auf „How was it“ „late“ nicht enthält",
        ),
        (
            Apply("<", (Field(("inputs", "since")), Const("2026-05-04"))),
            "“Since” is before May 4, 2026",
            "„Since“ vor 04.05.2026 liegt",
        ),
        (
            Apply(">", (Apply("*", (DAMAGE, Const(2))), Const(10_000))),
            "“Damage” × 2 is more than $100",
            "„Damage“ × 2 über 100 $ liegt",
        ),
        (
            Field(("order", "delivered")),
            "the order has been delivered",
            "die Bestellung geliefert ist",
        ),
        (
            Apply("not", (Field(("order", "refunded")),)),
            "nothing of the order has been refunded",
            "nichts von der Bestellung erstattet wurde",
        ),
        (
            Apply("==", (Field(("coupon", "value")), Const(2000))),
            "the value of the coupon is 20%",
            "der Wert des Gutscheins 20 % ist",
        ),
        (
            Apply("!=", (Field(("tier", "name")), Const("gold"))),
            "“tier.name” is not “gold”",
            "„tier.name“ nicht „gold“ ist",
        ),
    ],
)
def test_conditions_are_clauses(condition: Expression, english: str, german: str) -> None:
    """They stand behind `if` in English and behind `wenn` in German."""
    assert _plain(condition_words(ENGLISH, PLAN, condition)) == english
    assert _plain(condition_words(GERMAN, PLAN, condition)) == german


def _plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")
