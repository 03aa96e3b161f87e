"""Letters: what stands around the words of a message, and what is missing where it cannot be written."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from activities.letters import Letter, Letters, RewardMissing
from punchcard.domain.database import Database, dump
from punchcard.domain.occasion_facts import Amount, Instant
from punchcard.domain.plans import Plans
from punchcard.domain.sending import Claimed
from punchcard.links import read
from punchcard.messages.mistake import RenderFailure
from punchcard.plan.codec import encode, plan_hash, plan_json
from punchcard.plan.model import AnswerShape, Choice, FreeText, Message, MessageText, Plan, Purpose, Scale
from punchcard.plan.triggers import Input, ManualTrigger
from punchcard.router.publishing import publish
from tests.plan.samples import ask, plan, reward

LETTERS = Letters(Plans(), "https://shop.example", "secret", "shop.example", "The Shop", "1 Main St")


@pytest.mark.parametrize("purpose", ["marketing", "transactional"])
def test_the_senders_postal_address_is_at_the_foot(database: Database, purpose: Purpose) -> None:
    """Of every message, in both parts."""
    letter = written(database, "Hello.", purpose=purpose)
    assert letter.words.text.endswith("\n1 Main St\n")
    assert "1 Main St" in letter.words.html


@pytest.mark.parametrize("words", ["{{ coupon.code }}", "{{ coupon.code | default('none') }}"])
def test_a_reward_that_was_not_given_is_told_apart(database: Database, words: str) -> None:
    """Its step was skipped, so nobody has made a mistake in a template."""
    with pytest.raises(RewardMissing):
        written(database, words)
    assert "NX7K-4GTP" in written(database, words, coupon={"code": "NX7K-4GTP"}).words.text


def test_what_is_not_reached_is_not_missed(database: Database) -> None:
    """A message whose words do without the reward goes out."""
    words = "{% if order.id == 'o-2' %}{{ coupon.code }}{% else %}Hello.{% endif %}"
    assert written(database, words).words.text.startswith("Hello.\n")


@pytest.mark.parametrize("words", ["{{ nobody.colour }}", "{{ coupon.colour }}"])
def test_another_failure_stays_one(database: Database, words: str) -> None:
    """Where no reward is missing."""
    with pytest.raises(RenderFailure) as caught:
        written(database, words, coupon={"code": "NX7K-4GTP"})
    assert not isinstance(caught.value, RewardMissing)


def test_a_question_that_was_never_put_is_not_answered(database: Database) -> None:
    """Its message may have been suppressed; a later one can ask about it all the same."""
    words = "{% if reply.answered %}Thank you.{% else %}Hello.{% endif %}"
    assert written(database, words).words.text.startswith("Hello.\n")


@pytest.mark.parametrize(
    ("language", "found"),
    [("de", "de"), ("de-AT", "de"), ("pt-BR", "pt-BR"), ("pt", "en"), ("fr", "en"), (None, "en")],
)
def test_words_are_in_the_customers_language_or_in_the_campaigns(
    database: Database, language: str | None, found: str
) -> None:
    """Another region's words will do; where there are none, the first are those of the campaign."""
    words = {"en": "Hello.", "de": "Guten Tag.", "pt-BR": "Bom dia."}
    letter = written(database, words, customer={"language": language})
    assert (letter.words.language, letter.words.text.split("\n")[0]) == (found, words[found])


def test_marketing_has_a_way_out_that_is_this_customers_alone(database: Database) -> None:
    """A signed link, in the words and for the mail's header; what is transactional has none."""
    letter = written(database, "Hello.", purpose="marketing")
    assert letter.unsubscribe_url is not None
    base, _, token = letter.unsubscribe_url.rpartition("/")
    assert (base, read("unsubscribe", token, "secret")) == ("https://shop.example/u", "1")
    assert letter.unsubscribe_url in letter.words.text
    assert written(database, "Hello.").unsubscribe_url is None


@pytest.mark.parametrize(
    ("shape", "labels"),
    [(Scale(0, 2), ["0", "1", "2"]), (Choice(("good", "bad")), ["good", "bad"]), (FreeText(), [None])],
)
def test_a_question_has_a_signed_link_for_each_answer(
    database: Database, shape: AnswerShape, labels: list[str | None]
) -> None:
    """Answers are numbered by their place; a free text has one link, to the page where it is written."""
    text = written(database, "How was it?", question_id=7, question_shape=dump(encode(shape))).words.text
    for place, label in enumerate(labels, start=1):
        found = re.search(rf"{label or 'Write your answer'}: https://shop.example/a/([\w.-]+)(\S*)\n", text)
        assert found is not None, text
        assert read("answer", found[1], "secret") == "7"
        assert found[2] == (f"?answer={place}" if label else "")


@pytest.mark.parametrize(
    ("customer", "name"),
    [({}, "Ann"), ({"last_name": "Demo"}, "Ann Demo"), ({"first_name": None, "last_name": None}, "")],
)
def test_a_letter_is_addressed_by_what_is_known(
    database: Database, customer: dict[str, Any], name: str
) -> None:
    """Of first and last name."""
    assert written(database, "Hello.", customer=customer).recipient_name == name


def test_amounts_and_instants_are_shown_as_the_customer_reads_them(database: Database) -> None:
    """In the customer's zone, else in the campaign's."""
    order = {"amount": Amount(Decimal("60.00"), "USD"), "occurred_at": Instant(1_780_000_000_000)}
    words = "{{ order.amount | money }}, {{ order.occurred_at | datetime }}"
    here = written(database, words, order=order, customer={"timezone": "Asia/Tokyo"}).words.text
    assert re.sub(r"\s", " ", here).startswith("$60.00, May 29, 2026, 5:26 AM")
    assert "May 28, 2026" in written(database, words, order=order).words.text


def test_what_an_event_left_out_is_absent(database: Database) -> None:
    """As in conditions: its template has been checked against the event's schema."""
    words = "{{ event.colour | default('plain') }} {{ event.product }}"
    assert written(database, words, event={"product": "tea"}).words.text.startswith("plain tea\n")


def test_inputs_come_as_their_types(database: Database) -> None:
    """Amounts in the campaign's currency, dates as dates; everything else as it was handed over."""
    trigger = ManualTrigger(inputs=(Input("value", "amount"), Input("day", "date"), Input("times", "number")))
    words = "{{ inputs.value | money }} {{ inputs.day | date }} {{ inputs.times }}"
    inputs = {"value": 12_50, "day": "2026-05-04", "times": 2}
    letter = written(database, words, trigger=trigger, inputs=inputs)
    assert re.sub(r"\s", " ", letter.words.text).startswith("$12.50 May 4, 2026 2 ")


def written(
    database: Database,
    words: str | dict[str, str],
    *,
    purpose: Purpose = "transactional",
    trigger: ManualTrigger | None = None,
    customer: dict[str, Any] | None = None,
    question_id: int | None = None,
    question_shape: str | None = None,
    **names: dict[str, Any],
) -> Letter:
    """Publish a campaign with one message, and write it to Ann."""
    by_language = {"en": words} if isinstance(words, str) else words
    texts = tuple(MessageText(language, "Hello", body) for language, body in by_language.items())
    message = Message("hello", purpose, texts)
    made = plan(reward(), ask(), messages=(message, replace(message, name="question")))
    made = replace(made, trigger=trigger or made.trigger)
    to_ann = claimed(made, message, names)
    to_them = replace(
        to_ann,
        customer={**to_ann.customer, **(customer or {})},
        question_id=question_id,
        question_shape=question_shape,
    )
    with database.begin() as connection:
        publish(connection, made, "", {}, "test", 0)
        return LETTERS.write(connection, to_them)


def claimed(made: Plan, message: Message, names: dict[str, dict[str, Any]]) -> Claimed:
    """Return a message to Ann as it is claimed for sending."""
    return Claimed(
        id=1,
        mail_id="<1@shop.example>",
        name=message.name,
        purpose=message.purpose,
        version=plan_hash(plan_json(made)),
        campaign=made.campaign,
        customer_id=1,
        customer={"first_name": "Ann", "email": "ann@shop.example"},
        names={"order": {"id": "o-1"}, **names},
        question_id=None,
        question_shape=None,
    )
