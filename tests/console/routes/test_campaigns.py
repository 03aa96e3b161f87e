"""One campaign."""

from __future__ import annotations

import re
from pathlib import Path

from punchcard.domain import audit
from punchcard.shipped import shipped
from tests.console.browser_user import Person
from tests.support.world import World

CAMPAIGN = "/campaigns/spend-and-save"


def test_a_campaign_says_what_it_is(marketer: Person) -> None:
    """Its settings, its class of exactness, its steps in words, its versions and its text."""
    page = marketer.text(CAMPAIGN)
    for words in (
        "Every $500 spent",
        "Class S Exact by the set",
        "Repeat purchase rate up 15% within 6 months",
        "5 a year for each customer",
        "10,000 rewards",
        "We wait until the coupon is redeemed, at most 7 days.",
        "Version 1",
        "spend: {every: 500}",
    ):
        assert words in page


def test_the_picture_counts_who_stands_where(marketer: Person) -> None:
    """Each step with open instances is named with their number, and leads to them."""
    page = marketer.open(CAMPAIGN).text
    assert "/console/instances?campaign=spend-and-save&amp;step=3.otherwise.2" in page
    assert page.count('class="count"') == 2 * len(set(re.findall(r"&amp;step=([\w.]+)", page)))


def test_a_version_can_be_taken_to_another_tool(marketer: Person) -> None:
    """Below its picture, as a file named after campaign and version."""
    (address,) = re.findall(r'href="/console([^"]+/bpmn)"', marketer.open(CAMPAIGN).text)
    answer = marketer.open(address)
    assert answer.headers["content-disposition"] == 'attachment; filename="spend-and-save-1.bpmn"'
    assert answer.text.startswith("<?xml")


def test_a_version_says_what_it_changed(world: World, marketer: Person, tmp_path: Path) -> None:
    """Since the one before, word by word, and what it means; the first version changed nothing."""
    text = (shipped("definitions") / "spend-and-save.yaml").read_text("utf-8")
    (tmp_path / "spend-and-save.yaml").write_text(text.replace("up_to: 7 days", "up_to: 10 days"), "utf-8")
    world.publish(tmp_path)
    second, first = re.findall(
        r'href="/console(/campaigns/spend-and-save/versions/[0-9a-f]{64})"', marketer.open(CAMPAIGN).text
    )
    page = marketer.open(second).text
    assert "What changed since version 1" in page
    assert "at most <del>7</del><ins>10</ins> days." in page.replace("\xa0", " ")
    assert "Counting goes on as before" in page
    assert "What changed since" not in marketer.open(first).text


def test_messages_are_shown_as_they_will_be(marketer: Person) -> None:
    """Each in each language, with made-up values, in a frame where nothing can run."""
    page = marketer.open(CAMPAIGN).text
    assert "Your 20% is here, Alex" in page
    assert "Ihre 20 % sind da, Alex" in page
    frames = re.findall(r'<iframe class="letter" sandbox [^>]*src="/console([^"]+)"', page)
    assert len(frames) == 6
    for address in frames:
        answer = marketer.open(address)
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert "Alex" in answer.text
        assert "1 Main St, Springfield" in answer.text


def test_pausing_asks_first_then_says_so_and_is_logged(world: World, marketer: Person) -> None:
    """The question says what will happen; the deed stands in the audit log with who and why."""
    assert "Its open instances (7) stay where they are" in marketer.text(f"{CAMPAIGN}/pause")
    page = marketer.send(f"{CAMPAIGN}/pause", reason="The printer is out of paper")
    assert "The campaign is paused." in page.text
    assert "Customers go on earning; instances stay where they are." in page.text
    with world.database.read() as connection:
        deed = audit.deeds(connection, object_="spend-and-save")[0]
    assert (deed.actor, deed.action) == ("user:marketer", "campaign.pause")
    assert deed.detail == {"reason": "The printer is out of paper"}


def test_resuming_tells_whom_the_pause_has_held(world: World, marketer: Person) -> None:
    """The notice says how many instances were told."""
    marketer.send(f"{CAMPAIGN}/pause")
    world.later(10)
    page = marketer.send(f"{CAMPAIGN}/resume").text
    told = re.search(r"The campaign goes on; (\d+) instances? w", page)
    assert told is not None
    assert int(told[1]) > 0
    assert f"{CAMPAIGN}/pause" in page


def test_a_notice_is_shown_once(marketer: Person) -> None:
    """What was done is said on the next page, and not again."""
    assert "The campaign is paused." in marketer.send(f"{CAMPAIGN}/pause").text
    assert "The campaign is paused." not in marketer.open(CAMPAIGN).text


def test_a_version_has_a_page_of_its_own(marketer: Person) -> None:
    """Its picture, settings and text as they were published."""
    link = re.search(rf'/console({CAMPAIGN}/versions/\w+)"', marketer.open(CAMPAIGN).text)
    assert link is not None
    page = marketer.text(link[1])
    assert "Version 1" in page
    assert "published" in page
    assert "spend: {every: 500}" in page


def test_what_is_used_of_a_budget_is_said(world: World, marketer: Person, tmp_path: Path) -> None:
    """Of the whole one, and of a period when that began and when the next one does."""
    assert re.search(r"Used of the budget [\d,]+ of 10,000 rewards", marketer.text(CAMPAIGN))
    text = (shipped("definitions") / "spend-and-save.yaml").read_text("utf-8")
    monthly = text.replace("{rewards: 10000}", "{rewards: 300 per month}")
    assert monthly != text
    (tmp_path / "spend-and-save.yaml").write_text(monthly, "utf-8")
    world.publish(tmp_path)
    page = marketer.text(CAMPAIGN)
    assert "300 rewards a month" in page
    assert re.search(
        r"Used of the budget \d+ of 300 rewards Since \w+ 1, \d+; the next period begins on \w+ 1, ", page
    )
