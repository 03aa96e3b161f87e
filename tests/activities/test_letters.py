"""Letters: what stands around the words of a message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.letters import Letters
from punchcard.domain.database import Database
from punchcard.domain.plans import Plans
from punchcard.domain.schema import metadata
from punchcard.domain.sending import Claimed
from punchcard.plan.codec import plan_hash, plan_json
from punchcard.plan.model import Message, MessageText, OrderTrigger, Plan
from punchcard.router.publishing import publish

WORDS = (MessageText("en", "Hello", "Hello, {{ customer.first_name }}."),)
PLAN = Plan(
    campaign="test",
    title="Test",
    currency="USD",
    trigger=OrderTrigger(),
    steps=(),
    messages=(Message("hello", "marketing", WORDS), Message("receipt", "transactional", WORDS)),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database in which the campaign was published."""
    made = Database(f"sqlite:///{tmp_path / 'punchcard.db'}")
    metadata.create_all(made.engine)
    with made.begin() as connection:
        publish(connection, PLAN, "", {}, "test", 0)
    yield made
    made.close()


@pytest.mark.parametrize("message", PLAN.messages, ids=lambda message: message.purpose)
def test_the_senders_postal_address_is_at_the_foot(database: Database, message: Message) -> None:
    """Of every message, in both parts."""
    letters = Letters(Plans(), "https://shop.example", "secret", "shop.example", "The Shop", "1 Main St")
    with database.read() as connection:
        letter = letters.write(connection, claimed(message))
    assert letter.words.text.endswith("\n1 Main St\n")
    assert "1 Main St" in letter.words.html


def claimed(message: Message) -> Claimed:
    """Return a message to Ann as it is claimed for sending."""
    return Claimed(
        id=1,
        mail_id="<1@shop.example>",
        name=message.name,
        purpose=message.purpose,
        version=plan_hash(plan_json(PLAN)),
        campaign=PLAN.campaign,
        customer_id=1,
        customer={"first_name": "Ann", "email": "ann@shop.example"},
        names={},
        question_id=None,
        question_shape=None,
    )
