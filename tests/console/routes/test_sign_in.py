"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable

from api.console.attempts import BY_ADDRESS_AND_NAME
from punchcard.domain.accounts import create_account, disable_account, one_time_password, set_password
from tests.console.browser_user import Person
from tests.support.world import PASSWORD, World


def test_a_page_leads_to_sign_in_and_from_there_back(visitor: Person) -> None:
    """Whoever opens a page without a session gets it after signing in."""
    asked = visitor.open("/instances?state=waiting")
    assert asked.url.path == "/console/sign-in"
    fields = {"csrf": visitor.token("/sign-in"), "name": "admin", "password": PASSWORD}
    arrived = visitor.post("/sign-in", {**fields, "next": asked.url.params["next"]})
    assert str(arrived.url).endswith("/console/instances?state=waiting")
    assert arrived.status_code == 200


def test_a_wrong_password_says_nothing_about_names(visitor: Person) -> None:
    """A name that exists and one that does not get the same answer."""
    answers = [visitor.sign_in(name, "a wrong password") for name in ("admin", "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert all("Name and password do not fit together." in answer.text for answer in answers)


def test_guessing_is_braked(visitor: Person) -> None:
    """After some failures even the right password has to wait."""
    for _ in range(BY_ADDRESS_AND_NAME.amount):
        visitor.sign_in("admin", "a wrong password")
    refused = visitor.sign_in("admin")
    assert refused.status_code == 429
    assert "quarter of an hour" in refused.text


def test_signing_in_changes_the_token(visitor: Person) -> None:
    """A token from before sign-in is of no use afterwards."""
    before = visitor.token("/sign-in")
    visitor.sign_in("admin")
    assert visitor.post("/account", {"csrf": before}).status_code == 403


def test_signing_out_ends_the_session(admin: Person) -> None:
    """After that, pages lead to sign-in."""
    admin.send("/sign-out", on="/")
    assert admin.open("/").url.path == "/console/sign-in"


def test_nobody_is_led_to_another_site(visitor: Person) -> None:
    """A link that names another site as the way back leads to the first page."""
    fields = {"csrf": visitor.token("/sign-in"), "name": "admin", "password": PASSWORD}
    assert visitor.post("/sign-in", {**fields, "next": "https://elsewhere.example/"}).url.path == "/console/"


def test_a_one_time_password_must_be_changed_first(world: World, visitor: Person) -> None:
    """It opens one page only: the one where another password is chosen."""
    password = one_time_password()
    with world.database.begin() as connection:
        create_account(connection, "new", password, "admin", "cli", world.now, one_time=True)
    assert visitor.sign_in("new", password).url.path == "/console/account/password"
    assert visitor.open("/instances").url.path == "/console/account/password"
    fields = {"old": password, "new": "quite another one", "again": "quite another one"}
    assert visitor.send("/account/password", **fields).url.path == "/console/account"
    assert visitor.open("/instances").url.path == "/console/instances"


def test_another_password_ends_other_sessions(someone: Callable[[str], Person]) -> None:
    """Who has changed the password stays signed in, whoever else has the old session does not."""
    here, there = someone("analyst"), someone("analyst")
    here.send("/account/password", old=PASSWORD, new="quite another one", again="quite another one")
    assert here.open("/").url.path == "/console/"
    assert there.open("/").url.path == "/console/sign-in"


def test_a_disabled_account_is_signed_out(world: World, analyst: Person) -> None:
    """Disabling an account ends what it has open."""
    with world.database.begin() as connection:
        disable_account(connection, "analyst", "cli", world.now)
    assert analyst.open("/").url.path == "/console/sign-in"


def test_a_reset_password_ends_sessions(world: World, analyst: Person) -> None:
    """So does another password that somebody else has set."""
    with world.database.begin() as connection:
        set_password(connection, "analyst", one_time_password(), "cli", world.now, one_time=True)
    assert analyst.open("/").url.path == "/console/sign-in"
