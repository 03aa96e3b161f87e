"""API keys: made, verified, revoked."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from punchcard.domain.audit import deeds
from punchcard.domain.keys import KEY, create_key, list_keys, revoke_key, use_is_stale, verify_key
from punchcard.domain.refusals import InputUnfit, KeyUnknown, NameTaken

HOUR = 60 * 60 * 1000


def test_a_key_is_found_by_its_secret_and_the_secret_is_not_kept(connection: Connection) -> None:
    """Only its SHA-256 and its first signs are in the database."""
    key, secret = create_key(connection, "till", ["codes:redeem"], "cli", 1, source="shop")
    assert verify_key(connection, secret) == key
    assert (key.source, key.actor) == ("shop", "key:till")
    assert key.scopes == {"codes:redeem"}
    assert verify_key(connection, secret + "x") is None
    stored = " ".join(str(value) for value in connection.execute(select(KEY)).one())
    assert secret not in stored
    assert secret[: len(key.prefix)] == key.prefix


def test_a_revoked_key_is_found_no_more_and_its_name_is_free(connection: Connection) -> None:
    """A name is taken while its key is in use."""
    _, secret = create_key(connection, "till", ["codes:redeem"], "cli", 1)
    with pytest.raises(NameTaken):
        create_key(connection, "till", ["codes:redeem"], "cli", 2)
    revoke_key(connection, "till", "cli", 3)
    assert verify_key(connection, secret) is None
    with pytest.raises(KeyUnknown):
        revoke_key(connection, "till", "cli", 4)
    create_key(connection, "till", ["codes:read"], "cli", 5)
    assert [key.revoked_at for key in list_keys(connection)] == [None, 3]


@pytest.mark.parametrize("scopes", [[], ["everything"], ["events:browser", "codes:redeem"]])
def test_scopes_that_do_not_exist_or_go_together_are_refused(
    connection: Connection, scopes: list[str]
) -> None:
    """What strangers can read may post harmless events and nothing else."""
    with pytest.raises(InputUnfit):
        create_key(connection, "till", scopes, "cli", 1)


def test_what_is_done_to_keys_is_written_down(connection: Connection) -> None:
    """With who did it; the secret is not in it."""
    _, secret = create_key(connection, "till", ["codes:redeem"], "user:ada", 1)
    revoke_key(connection, "till", "user:bob", 2)
    found = deeds(connection, object_="key:till")
    assert [(deed.action, deed.actor) for deed in found] == [
        ("key.revoke", "user:bob"),
        ("key.create", "user:ada"),
    ]
    assert secret not in str(found)


def test_a_use_is_noted_once_an_hour(connection: Connection) -> None:
    """So that a request that only reads does not have to write."""
    key, _ = create_key(connection, "till", ["codes:redeem"], "cli", 1)
    assert use_is_stale(key, 2)
    used = replace(key, last_used_at=10)
    assert not use_is_stale(used, 10 + HOUR)
    assert use_is_stale(used, 11 + HOUR)
