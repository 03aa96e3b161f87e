"""What holds for every page: it is whole, in both languages, on both databases, and safe."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from api.console.application import mount
from punchcard.domain.clock import Clock, set_clock
from punchcard.domain.database import Database
from punchcard.preview import Sender
from tests.console.browser_user import Person, words_of
from tests.console.conftest import SECRET
from tests.support.world import World, spring

PAGES = (
    "/",
    "/live",
    "/account",
    "/account/password",
    "/campaigns/spend-and-save",
    "/campaigns/spend-and-save/live",
    "/campaigns/goodwill",
    "/campaigns/goodwill/start",
    "/campaigns/punch-card",
    "/campaigns/review-thanks",
    "/campaigns/welcome",
    "/campaigns/spend-and-save/pause",
    "/campaigns/spend-and-save/resume",
    "/instances",
    "/instances?campaign=spend-and-save&state=waiting&since=2026-03-01&until=2026-03-31",
    "/instances?text=C-101",
    *(f"/instances/spend-and-save.e1.c{number}.1.g1" for number in range(1, 9)),
    "/instances/spend-and-save.e1.c3.1.g1/live",
    "/instances/welcome.e1.c1.1.g1",
    *(
        f"/instances/spend-and-save.e1.c3.1.g1/do/{deed}"
        for deed in ("cancel", "pause", "resume", "retry", "skip")
    ),
    "/mail",
    "/mail?status=suppressed",
    "/mail/10",
    "/customers",
    "/customers?text=ad",
    *(f"/customers/C-10{number}" for number in range(1, 10)),
    "/incidents",
    "/incidents?closed=yes",
    "/audit",
    "/audit?object=spend-and-save",
)


@pytest.mark.parametrize("language", ["en-US", "de-DE"])
def test_every_page_is_whole(admin: Person, language: str) -> None:
    """It answers, in the language asked for, and nothing on it is half-made."""
    for path in PAGES:
        answer = admin.open(path, accept_language=language)
        assert answer.status_code == 200, path
        if "/live" in path:
            continue
        assert f'<html lang="{language[:2]}"' in answer.text
        assert answer.text.count("<h1>") == 1, path
        assert answer.text.rstrip().endswith("</html>")
        shown = re.sub(r"<pre.*?</pre>", "", answer.text, flags=re.DOTALL)
        assert not re.search(r"%\(|\bNone\b(?! so far| was)|\{\{|Undefined", shown), path


def test_german_pages_hold_no_english(admin: Person) -> None:
    """What the console itself says is translated everywhere."""
    for path in PAGES:
        page = re.sub(r"<pre.*?</pre>", "", admin.open(path, accept_language="de-DE").text, flags=re.DOTALL)
        found = re.search(
            r"\b(has not agreed|Gave|Waits|Sends|Settings|Rewards|until|redeemed</)", words_of(page)
        )
        assert found is None, (path, found)


@pytest.fixture
def postgres_admin(postgres_tables: str) -> Iterator[Person]:
    """An admin of the same shop on PostgreSQL."""
    world = spring(postgres_tables)
    made = FastAPI()
    mount(made, world.database, SECRET, Sender("Demo shop"), secure_cookies=False)
    person = Person(made)
    person.sign_in("admin")
    yield person
    person.close()
    world.database.close()


def test_pages_are_the_same_on_postgresql(admin: Person, postgres_admin: Person) -> None:
    """Each page says the same on either database, codes and versions aside."""
    code = re.compile(r"[34679CDFGHJKMNPRTVWXY]{4}(-[34679CDFGHJKMNPRTVWXY]{4}){2}")
    for path in PAGES:
        expected, found = (code.sub("CODE", each.text(path)) for each in (admin, postgres_admin))
        assert found == expected, path


def test_pages_let_nothing_run_but_our_own_script(admin: Person) -> None:
    """The policy forbids the rest, and no page needs it: there is no script, style or handler in the markup."""
    for path in PAGES:
        answer = admin.open(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=", answer.text), path


def test_pages_load_nothing_from_elsewhere(admin: Person) -> None:
    """Every file and every link is the console's own."""
    for path in PAGES:
        found = re.findall(r'(?:src|href|action|hx-get)="([^"]*)"', admin.open(path).text)
        assert all(each.startswith(("/console", "#")) for each in found), path


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/campaigns/nobody",
        "/campaigns/spend-and-save/versions/beef",
        "/instances/nobody",
        "/mail/4711",
        "/customers/nobody",
    ],
)
def test_what_is_not_there_is_said_so(admin: Person, path: str) -> None:
    """An address that leads nowhere is a page with a way on."""
    answer = admin.open(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize(
    "path", ["/mail/x", "/audit?before=x", "/instances?cursor=nonsense", "/instances?text=" + "x" * 300]
)
def test_what_cannot_be_read_is_said_so(admin: Person, path: str) -> None:
    """A mistyped value is a page, not a failure."""
    answer = admin.open(path)
    assert answer.status_code in (404, 422)
    assert answer.text.count("<h1>") == 1


def test_a_demo_says_that_it_is_one(world: World, admin: Person) -> None:
    """The banner names the pace and business time, and stands on every page, also before sign-in."""
    with world.database.begin() as connection:
        set_clock(connection, Clock(4_000_000_000_000, world.now, 1440))
    page = admin.text("/mail")
    assert "Demo data" in page
    assert "The clock runs 1,440×" in page
    assert "The clock runs 1,440×" in admin.text("/clock")


def test_without_a_demo_there_is_no_banner(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An installation that runs by the wall clock says nothing of demos, and its empty rooms say what comes."""
    world = World(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'console.db'}")
    world.accounts()
    _by_the_wall_clock(world.database)
    made = FastAPI()
    mount(made, world.database, SECRET, Sender("Shop"), secure_cookies=False)
    person = Person(made)
    person.sign_in("admin")
    assert "Demo data" not in person.text("/")
    assert "No campaign was published yet." in person.text("/")
    assert "No instance was started yet." in person.text("/instances")
    assert "No message was due yet." in person.text("/mail")
    assert "No customer is known yet." in person.text("/customers")
    assert "Nothing waits for you." in person.text("/incidents")
    person.close()
    world.database.close()


def _by_the_wall_clock(database: Database) -> None:
    with database.begin() as connection:
        set_clock(connection, Clock())


HUGE = "9" * 25


@pytest.mark.parametrize(
    "path", [f"/debts/{HUGE}", f"/tasks/{HUGE}", f"/mail/{HUGE}", f"/mail/{HUGE}/body", "/mail/0"]
)
def test_no_number_is_too_large_to_be_refused(admin: Person, path: str) -> None:
    """A number that no database holds is one that cannot be read."""
    assert admin.open(path).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/customers/a%00b",
        "/instances/a%00b/live",
        "/campaigns/spend-and-save/versions/%00",
        "/customers?text=a%00b",
        "/debts?campaign=%00",
        "/audit?object=%00",
    ],
)
def test_an_address_with_a_sign_that_stands_for_nothing_is_refused(admin: Person, path: str) -> None:
    """PostgreSQL takes no text with it, so it is not asked."""
    assert admin.open(path).status_code == 422


def test_a_form_with_a_sign_that_stands_for_nothing_is_refused(visitor: Person) -> None:
    """Nor does it reach the database, whoever sends it."""
    assert visitor.send("/sign-in", name="a\x00", password="x").status_code == 422
