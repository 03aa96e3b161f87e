"""People's accounts."""

import pytest
from sqlalchemy import Connection, select

from punchcard.domain.accounts import (
    USER,
    create_account,
    create_first_admin,
    disable_account,
    list_accounts,
    set_password,
    verify_account,
)
from punchcard.domain.refusals import InputUnfit, NameTaken, Unknown

PASSWORD = "a good long password"


def test_a_person_is_known_by_name_and_password(connection: Connection) -> None:
    """The password is kept as an argon2 hash only."""
    made = create_account(connection, "ada", PASSWORD, "analyst", "cli", 1)
    found = verify_account(connection, "ada", PASSWORD)
    assert found is not None
    assert (found.id, found.role, found.actor) == (made.id, "analyst", "user:ada")
    assert verify_account(connection, "ada", PASSWORD + "x") is None
    assert verify_account(connection, "bob", PASSWORD) is None
    stored = connection.execute(select(USER.c.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$")


def test_a_disabled_account_signs_in_no_more(connection: Connection) -> None:
    """Nor does the old password after it was changed."""
    create_account(connection, "ada", PASSWORD, "analyst", "cli", 1)
    set_password(connection, "ada", "another long password", "cli", 2)
    assert verify_account(connection, "ada", PASSWORD) is None
    assert verify_account(connection, "ada", "another long password") is not None
    disable_account(connection, "ada", "cli", 3)
    assert verify_account(connection, "ada", "another long password") is None
    with pytest.raises(Unknown):
        disable_account(connection, "bob", "cli", 4)


def test_what_does_not_fit_is_refused(connection: Connection) -> None:
    """Short passwords, unknown roles, names that are taken or cannot be read."""
    for name, password, role in (
        ("ada", "short", "admin"),
        ("ada", PASSWORD, "king"),
        ("a\nb", PASSWORD, "admin"),
    ):
        with pytest.raises(InputUnfit):
            create_account(connection, name, password, role, "cli", 1)
    create_account(connection, "ada", PASSWORD, "admin", "cli", 1)
    with pytest.raises(NameTaken):
        create_account(connection, "ada", PASSWORD, "admin", "cli", 2)


def test_the_first_admin_is_made_once(connection: Connection) -> None:
    """With a password that is shown once."""
    password = create_first_admin(connection, "cli", 1)
    assert password is not None
    (admin,) = list_accounts(connection)
    assert verify_account(connection, admin.name, password) is not None
    assert create_first_admin(connection, "cli", 2) is None
