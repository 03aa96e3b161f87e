"""`punchcard keys` as a person and a script meet it."""

import json
from pathlib import Path

import pytest

from tests.support.command import punchcard


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation without anything in it."""
    return {"PUNCHCARD_DATA_DIR": str(tmp_path)}


def test_a_key_is_made_shown_once_listed_and_revoked(environment: dict[str, str]) -> None:
    """Only the secret is printed on stdout, so that a script can keep it; the list knows its beginning alone."""
    made = punchcard(
        "keys", "create", "till", "--scope", "codes:read", "--scope", "codes:redeem", **environment
    )
    secret = made.stdout.strip()
    assert made.stderr.startswith("The key till posts as the source till.")

    listed = json.loads(punchcard("keys", "list", "--json", **environment).stdout)
    assert [(key["name"], key["scopes"], key["revoked_at"]) for key in listed] == [
        ("till", ["codes:read", "codes:redeem"], None)
    ]
    assert secret.startswith(listed[0]["begins_with"])
    assert secret not in punchcard("keys", "list", **environment).stdout

    assert punchcard("keys", "revoke", "till", **environment).stdout == "till is revoked.\n"
    again = punchcard("keys", "revoke", "till", **environment)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "No key named till is in use" in again.stderr


def test_a_scope_that_does_not_exist_is_refused(environment: dict[str, str]) -> None:
    """The error names those that do."""
    refused = punchcard("keys", "create", "till", "--scope", "codes:burn", **environment)
    assert refused.returncode == 1
    assert "There is no scope codes:burn. Choose among: events:write" in refused.stderr


def test_the_scopes_are_explained(environment: dict[str, str]) -> None:
    """Each has its meaning beside it."""
    assert "redeem codes" in punchcard("keys", "scopes", **environment).stdout
