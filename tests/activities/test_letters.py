"""Letters: what stands around the words of a message, and what is missing where it cannot be written."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from activities.letters import Letter, Letters, RewardMissing
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.domain.schema import metadata
from punchcard.domain.sending import Claimed
from punchcard.messages.mistake import RenderFailure
from punchcard.plan.codec import plan_hash, plan_json
from punchcard.plan.model import Message, MessageText, Plan, Purpose
from punchcard.router.publishing import publish
from tests.plan.samples import ask, plan, reward

LETTERS = Letters(Plans(), "https://shop.example", "secret", "shop.example", "The Shop", "1 Main St")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    made = Database(f"sqlite:///{tmp_path / 'punchcard.db'}")
    metadata.create_all(made.engine)
    yield made
    made.close()


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


@pytest.mark.parametrize("words", ["{{ order.colour }}", "{{ coupon.colour }}"])
def test_another_failure_stays_one(database: Database, words: str) -> None:
    """Where no reward is missing."""
    with pytest.raises(RenderFailure) as caught:
        written(database, words, coupon={"code": "NX7K-4GTP"})
    assert not isinstance(caught.value, RewardMissing)


def test_a_question_that_was_never_put_is_not_answered(database: Database) -> None:
    """Its message may have been suppressed; a later one can ask about it all the same."""
    words = "{% if reply.answered %}Thank you.{% else %}Hello.{% endif %}"
    assert written(database, words).words.text.startswith("Hello.\n")


def written(
    database: Database, words: str, *, purpose: Purpose = "transactional", **names: dict[str, Any]
) -> Letter:
    """Publish a campaign with one message, and write it to Ann."""
    message = Message("hello", purpose, (MessageText("en", "Hello", words),))
    made = plan(reward(), ask(), messages=(message, replace(message, name="question")))
    with database.begin() as connection:
        publish(connection, made, "", {}, "test", 0)
        return LETTERS.write(connection, claimed(made, message, names))


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
