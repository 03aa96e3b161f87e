"""The audit log."""

from __future__ import annotations

import re

import pytest

from api.console.routes import audit as room
from tests.console.browser_user import Person


def test_deeds_are_told_with_who_what_and_why(admin: Person) -> None:
    """People by their names, reasons in quotes, and a link to what it was done to."""
    page = admin.open("/audit")
    assert 'href="/console/instances/spend-and-save.e1.c5.1.g1"' in page.text
    assert "analyst cancelled an instance" in admin.text("/audit")
    assert "“The customer has closed the account”" in admin.text("/audit")
    assert "the command line published a campaign" in admin.text("/audit")


def test_the_log_of_one_thing(admin: Person) -> None:
    """An object's own deeds, and nothing else's."""
    page = admin.text("/audit?object=user:analyst")
    assert "created an account" in page
    assert "cancelled" not in page
    assert "Nothing was done to this." in admin.text("/audit?object=nothing")


def test_pages_follow_one_another(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older deeds are one link away."""
    whole = admin.open("/audit").text.count('<tr><th scope="row"')
    monkeypatch.setattr(room, "ROWS", 5)
    link = re.search(r'rel="next" href="/console([^"]+)"', admin.open("/audit").text)
    assert link is not None
    rest = admin.open(link[1].replace("&amp;", "&")).text.count('<tr><th scope="row"')
    assert rest == min(5, whole - 5)
