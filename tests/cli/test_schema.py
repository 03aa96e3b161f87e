"""`punchcard migrate` brings SQLite and PostgreSQL to exactly the tables that the program uses."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import inspect, text

from punchcard.cli.opening import opened
from punchcard.cli.schema import upgrade
from punchcard.domain.database import Database
from punchcard.domain.schema import metadata
from punchcard.errors import ConfigurationError
from punchcard.settings import Settings
from punchcard.shipped import shipped
from tests.support.command import punchcard
from tests.support.ports import free_port

_REWARD = """
    INSERT INTO reward (id, occasion_id, instance_id, campaign, customer_id, key, name, kind, value, currency, code,
        status, issued_at)
    VALUES ({number}, 1, 'cups.1', 'cups', 1, '{number}#1', 'coupon', 'share', 2000, 'USD', 'C{number}', '{status}', 1)
"""
_REDEMPTION = """
    INSERT INTO redemption (reward_id, source, request_key, request_digest, currency, redeemed_at)
    VALUES (1, 'till', 'r-1', 'x', 'USD', 2)
"""


def _migrate(settings: Settings, revision: str, *, back: bool = False) -> None:
    config = Config(attributes={"url": settings.database})
    config.set_main_option("script_location", str(shipped("migrations")))
    (command.downgrade if back else command.upgrade)(config, revision)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation on an empty database of either kind."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path)
    return Settings(data_dir=tmp_path, database_url=SecretStr(request.getfixturevalue("postgres_url")))


def test_the_migrations_make_what_the_tables_declare(settings: Settings) -> None:
    """Nothing is missing or left over; if this fails: `alembic revision --autogenerate -m "what changes"`."""
    upgrade(settings)
    upgrade(settings)
    with opened(settings) as database, database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(metadata.tables) | {"alembic_version"} == set(inspect(connection).get_table_names())


def test_codes_that_were_used_before_have_no_use_left(settings: Settings) -> None:
    """What was given before codes could be for several orders is for one."""
    _migrate(settings, "0019")
    database = Database(settings.database)
    try:
        with database.begin() as connection:
            for number, status in ((1, "redeemed"), (2, "issued")):
                connection.execute(text(_REWARD.format(number=number, status=status)))
            connection.execute(text(_REDEMPTION))
        _migrate(settings, "0020")
        with database.read() as connection:
            rewards = connection.execute(text("SELECT status, orders, used FROM reward ORDER BY id")).all()
            assert [tuple(row) for row in rewards] == [("redeemed", 1, 1), ("issued", 1, 0)]
            assert connection.execute(text("SELECT reward_id, number FROM redemption")).one() == (1, 1)
    finally:
        database.close()
    _migrate(settings, "0019", back=True)
    upgrade(settings)


def test_a_database_of_a_newer_version_is_left_alone(settings: Settings) -> None:
    """The error says so and what to do."""
    upgrade(settings)
    with opened(settings) as database, database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    with pytest.raises(ConfigurationError, match="another version of Punchcard.*Run the newer version"):
        upgrade(settings)


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    """The command names the reason and the setting, and never the password."""
    url = f"postgresql://app:hunter2@127.0.0.1:{free_port()}/punchcard"
    result = punchcard("migrate", PUNCHCARD_DATABASE_URL=url, PUNCHCARD_DATA_DIR=str(tmp_path))
    assert result.returncode == 1
    assert result.stderr.startswith("error: The database cannot be used: ")
    assert "PUNCHCARD_DATABASE_URL" in result.stderr
    assert "hunter2" not in result.stderr
    assert result.stderr.count("\n") == 1
