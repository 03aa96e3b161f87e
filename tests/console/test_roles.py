"""Who sees which button, and who may press it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.console.browser_user import Person
from tests.support.world import World

WAITING = "/instances/spend-and-save.e1.c3.1.g1"
CAMPAIGN = "/campaigns/spend-and-save"


@pytest.mark.parametrize(
    ("role", "path", "allowed"),
    [
        ("marketer", f"{CAMPAIGN}/pause", True),
        ("analyst", f"{CAMPAIGN}/pause", False),
        ("admin", f"{CAMPAIGN}/pause", True),
        ("marketer", f"{WAITING}/do/cancel", False),
        ("analyst", f"{WAITING}/do/cancel", True),
        ("admin", f"{WAITING}/do/cancel", True),
        ("marketer", "/audit", False),
        ("analyst", "/audit", False),
        ("admin", "/audit", True),
        ("marketer", "/campaigns/goodwill/start", True),
    ],
)
def test_roles_open_what_is_theirs(
    role: str, path: str, allowed: bool, someone: Callable[[str], Person]
) -> None:
    """A page that is not for a role says so."""
    answer = someone(role).open(path)
    assert answer.status_code == (200 if allowed else 403)
    assert allowed or "Your role does not allow this." in answer.text


@pytest.mark.parametrize(
    ("role", "path"), [("analyst", f"{CAMPAIGN}/pause"), ("marketer", f"{WAITING}/do/pause")]
)
def test_a_form_is_refused_as_its_page_is(role: str, path: str, someone: Callable[[str], Person]) -> None:
    """Hiding a button is not all: the address refuses as well."""
    answer = someone(role).send(path, on="/", reason="because")
    assert answer.status_code == 403


def test_buttons_are_shown_to_those_who_may_press_them(marketer: Person, analyst: Person) -> None:
    """Others are told who can."""
    assert "/do/cancel" in analyst.open(WAITING).text
    page = marketer.open(WAITING).text
    assert "/do/" not in page
    assert "Analysts and admins can pause, resume, skip or cancel it." in page
    assert f"{CAMPAIGN}/pause" in marketer.open(CAMPAIGN).text
    assert f"{CAMPAIGN}/pause" not in analyst.open(CAMPAIGN).text


def test_nobody_reads_anything_without_signing_in(world: World, visitor: Person) -> None:
    """Every room leads to sign-in, a fragment by htmx's own header."""
    for path in (
        "/",
        CAMPAIGN,
        "/instances",
        WAITING,
        "/mail/1",
        "/mail/1/body",
        "/customers/C-101",
        "/incidents",
        "/audit",
    ):
        assert visitor.open(path).url.path == "/console/sign-in"
    fragment = visitor.open(f"{WAITING}/live", hx_request="true")
    assert fragment.status_code == 204
    assert fragment.headers["hx-redirect"] == "/console/sign-in"
