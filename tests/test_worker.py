"""The worker is composed as the settings ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from punchcard.domain.database import Database
from punchcard.errors import ConfigurationError, TemporalAway
from punchcard.settings import Settings
from tests.support.tables import empty_database
from worker import compose, connect, email_settings


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    made = empty_database(tmp_path / "punchcard.db")
    yield made
    made.close()


def test_e_mails_go_out_in_the_shops_name(database: Database) -> None:
    """Sender, answers, brand and postal address are the settings'."""
    settings = Settings(
        secret_key=SecretStr("a secret for tests"),
        brand="The Shop",
        mail_from="loyalty@shop.example",
        mail_reply_to="help@shop.example",
        postal_address="1 Main St, Springfield",
    )
    letters, mail = compose(settings, database).letters, email_settings(settings)
    assert (mail.sender_name, mail.sender, mail.reply_to) == (
        "The Shop",
        "loyalty@shop.example",
        "help@shop.example",
    )
    assert (letters.brand, letters.domain, letters.address) == (
        "The Shop",
        "shop.example",
        "1 Main St, Springfield",
    )


def test_without_a_secret_there_are_no_links(database: Database) -> None:
    """The error says which variable to set, and that the API needs the same."""
    with pytest.raises(ConfigurationError, match="no secret key") as caught:
        compose(Settings(), database)
    assert "PUNCHCARD_SECRET_KEY" in str(caught.value.remedy)


async def test_a_server_that_does_not_answer_is_named(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by a stack trace: the error says where it was looked for, and what to do."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    with pytest.raises(TemporalAway, match=r"does not answer at 127\.0\.0\.1:1") as caught:
        await connect(database)
    assert "TEMPORAL_ADDRESS" in str(caught.value.remedy)
