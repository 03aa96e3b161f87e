"""`punchcard users`: people are let in with a one-time password, and kept out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from punchcard.cli.main import app
from punchcard.domain.accounts import verify_account
from punchcard.domain.database import Database
from punchcard.domain.refusals import NameTaken, Unknown
from tests.support.tables import make_tables

run = CliRunner().invoke


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation where nobody may sign in yet."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    monkeypatch.setenv("PUNCHCARD_DATABASE_URL", url)
    database = Database(url)
    make_tables(database)
    return database


def test_a_person_is_let_in_and_kept_out(database: Database) -> None:
    """The password is printed alone, works once for choosing another, and a new one ends it."""
    first = run(app, ["users", "create", "ana", "--role", "analyst"]).stdout.strip()
    second = run(app, ["users", "password", "ana"]).stdout.strip()
    with database.read() as connection:
        assert verify_account(connection, "ana", first) is None
        account = verify_account(connection, "ana", second)
    assert account is not None
    assert (account.role, account.one_time) == ("analyst", True)

    assert run(app, ["users", "disable", "ana"]).stdout == "ana cannot sign in any more.\n"
    with database.read() as connection:
        assert verify_account(connection, "ana", second) is None
    (listed,) = json.loads(run(app, ["users", "list", "--json"]).stdout)
    assert (listed["name"], listed["role"], listed["disabled_at"] is None) == ("ana", "analyst", False)
    assert run(app, ["users", "list"]).stdout.splitlines()[1].split()[:2] == ["ana", "analyst"]
    database.close()


def test_a_name_is_one_person(database: Database) -> None:
    """A second account of the name is refused, and a name that nobody has."""
    run(app, ["users", "create", "ana", "--role", "admin"])
    assert isinstance(run(app, ["users", "create", "ana", "--role", "admin"]).exception, NameTaken)
    assert isinstance(run(app, ["users", "disable", "joe"]).exception, Unknown)
    assert run(app, ["users", "create", "joe", "--role", "king"]).exit_code == 2
    database.close()
