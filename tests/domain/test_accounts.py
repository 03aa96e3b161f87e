"""People who sign in."""

from __future__ import annotations

import pytest
from argon2 import Type
from sqlalchemy import Connection

from punchcard.domain import audit
from punchcard.domain.accounts import (
    account,
    create_account,
    create_first_admin,
    disable_account,
    list_accounts,
    one_time_password,
    set_password,
    set_preferences,
    verify_account,
)
from punchcard.domain.refusals import InputUnfit, NameTaken, Unknown
from tests.support import passwords

NOW = 1_700_000_000_000
PASSWORD = "a long password"


def test_a_person_is_known_by_name_and_password(connection: Connection) -> None:
    """Another password, or another name, is nobody."""
    made = create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    assert verify_account(connection, "jane", PASSWORD) == made == account(connection, made.id)
    assert verify_account(connection, "jane", "another password") is None
    assert verify_account(connection, "john", PASSWORD) is None


def test_only_a_hash_is_kept(connection: Connection) -> None:
    """The password itself is nowhere in the database, and the log tells of the deed alone."""
    create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    dump = "\n".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM account"))
    assert PASSWORD not in dump
    assert "$argon2id$" in dump
    (deed,) = audit.deeds(connection)
    assert (deed.action, deed.object, deed.detail) == ("account.create", "user:jane", {"role": "analyst"})


def test_a_password_is_costly_to_guess() -> None:
    """The hash takes the memory and the rounds of RFC 9106's second recommendation, though not in tests."""
    assert (passwords.REAL.type, passwords.REAL.memory_cost, passwords.REAL.time_cost) == (Type.ID, 65_536, 3)


def test_the_first_admin_is_made_once(connection: Connection) -> None:
    """With a one-time password; where there is an account, nobody is made."""
    password = create_first_admin(connection, "cli", NOW)
    assert password is not None
    made = verify_account(connection, "admin", password)
    assert made is not None
    assert (made.role, made.one_time) == ("admin", True)
    assert create_first_admin(connection, "cli", NOW) is None


def test_another_password_changes_the_stamp(connection: Connection) -> None:
    """By that a session can tell that it is older; and a chosen password is not one-time any more."""
    made = create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW, one_time=True)
    set_password(connection, "jane", "quite another one", "user:jane", NOW)
    changed = account(connection, made.id)
    assert changed is not None
    assert changed.stamp != made.stamp
    assert not changed.one_time


def test_a_disabled_account_is_nobody(connection: Connection) -> None:
    """It stays in the list, so that the log's names mean something."""
    made = create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    disable_account(connection, "jane", "cli", NOW)
    assert verify_account(connection, "jane", PASSWORD) is None
    assert account(connection, made.id) is None
    assert [each.disabled_at for each in list_accounts(connection)] == [NOW]


def test_preferences_are_kept_and_given_up(connection: Connection) -> None:
    """None follows the browser and the campaign again."""
    made = create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    set_preferences(connection, made.id, "de", "Europe/Berlin")
    found = account(connection, made.id)
    assert found is not None
    assert (found.language, found.timezone) == ("de", "Europe/Berlin")
    set_preferences(connection, made.id, None, None)
    found = account(connection, made.id)
    assert found is not None
    assert (found.language, found.timezone) == (None, None)


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [
        ("", PASSWORD, "admin"),
        ("a\nb", PASSWORD, "admin"),
        ("x" * 61, PASSWORD, "admin"),
        ("jane", "short", "admin"),
        ("jane", "x" * 201, "admin"),
        ("jane", PASSWORD, "king"),
    ],
)
def test_what_does_not_fit_is_refused(connection: Connection, name: str, password: str, role: str) -> None:
    """Names, passwords and roles have their limits."""
    with pytest.raises(InputUnfit):
        create_account(connection, name, password, role, "cli", NOW)


def test_names_are_taken_once_and_unknown_ones_said(connection: Connection) -> None:
    """Each mistake is its own refusal."""
    create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    with pytest.raises(NameTaken):
        create_account(connection, "jane", PASSWORD, "analyst", "cli", NOW)
    with pytest.raises(Unknown):
        set_password(connection, "john", PASSWORD, "cli", NOW)


def test_one_time_passwords_can_be_read_aloud() -> None:
    """Four groups without letters that look like others, and never the same twice."""
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) == 19 and not set(each) & set("ilo01") for each in made)
