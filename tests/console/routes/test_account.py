"""A person's settings."""

from __future__ import annotations

import pytest

from tests.console.browser_user import Person
from tests.support.world import PASSWORD


def test_language_and_zone_are_kept(admin: Person) -> None:
    """They hold for every page from then on."""
    admin.send("/account", language="de", timezone="Asia/Tokyo", theme="dark")
    page = admin.open("/", accept_language="en-US").text
    assert '<html lang="de" data-theme="dark">' in page
    assert "Zeiten sind die von Asia/Tokyo." in page


def test_colours_and_language_can_be_switched_before_sign_in(visitor: Person) -> None:
    """The foot of each page has both, and leads back to the page."""
    switched = visitor.send("/appearance", on="/sign-in", language="de", back="/console/sign-in?next=x")
    assert switched.url.path == "/console/sign-in"
    assert "Anmelden" in switched.text
    visitor.send("/appearance", on="/sign-in", theme="dark")
    assert 'data-theme="dark"' in visitor.open("/sign-in").text
    visitor.send("/appearance", on="/sign-in", theme="auto")
    assert "data-theme" not in visitor.open("/sign-in").text


def test_what_is_not_offered_is_not_kept(admin: Person) -> None:
    """A zone or a language that does not exist means: follow the campaign and the browser."""
    admin.send("/account", language="xx", timezone="Mars/Olympus", theme="pink")
    page = admin.open("/").text
    assert '<html lang="en">' in page
    assert "Times are those of America/New York." in page


@pytest.mark.parametrize(
    ("old", "new", "again", "problem"),
    [
        (
            "a wrong password",
            "quite another one",
            "quite another one",
            "The present password is another one.",
        ),
        (PASSWORD, "short", "short", "Use 10 to 200 characters."),
        (PASSWORD, "quite another one", "yet another one", "The two new passwords differ."),
        (PASSWORD, PASSWORD, PASSWORD, "Choose another one than before."),
    ],
)
def test_a_password_is_not_changed_by_mistake(
    admin: Person, old: str, new: str, again: str, problem: str
) -> None:
    """Each mistake is said, and the old password holds."""
    answer = admin.send("/account/password", old=old, new=new, again=again)
    assert answer.status_code == 422
    assert problem in answer.text
