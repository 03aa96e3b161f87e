"""One instance."""

from __future__ import annotations

import re
from typing import Any

import pytest

from punchcard.domain import audit
from punchcard.domain.instance_story import told
from tests.console.browser_user import Person
from tests.support.world import World

WAITING = "spend-and-save.e1.c3.1.g1"
PARKED = "spend-and-save.e1.c8.1.g1"


def _deed(world: World, id_: str) -> Any:
    with world.database.read() as connection:
        return audit.deeds(connection, object_=id_)[0]


def test_it_says_what_it_waits_for_and_what_comes_then(world: World, analyst: Person) -> None:
    """The first sentence names the code, the instant and the next step."""
    page = analyst.text("/instances/spend-and-save.e1.c9.1.g1").replace("\u202f", " ")
    code = world.code("C-109")
    assert (
        f"Waits for the redemption of {code} until Mar 25, 2026, 11:33 PM, then sends “Redeem reminder”"
        in page
    )


def test_it_says_so_in_german(world: World, analyst: Person) -> None:
    """The same, in the viewer's language."""
    page = analyst.text("/instances/spend-and-save.e1.c9.1.g1", accept_language="de")
    code = world.code("C-109")
    assert (
        f"Wartet auf die Einlösung von {code} bis 25.03.2026, 23:33, verschickt dann „Redeem reminder“"
        in page
    )


def test_a_suppressed_message_has_its_reason(analyst: Person) -> None:
    """Why a customer was not written to is no secret."""
    page = analyst.text(f"/instances/{WAITING}")
    assert "Did not send “You earned it”: the customer has not agreed to marketing messages" in page


def test_a_decision_names_what_it_saw(analyst: Person) -> None:
    """The operands are those of the moment when it was decided."""
    page = analyst.text("/instances/spend-and-save.e1.c1.1.g1")
    assert "Decided: coupon.redeemed holds" in page
    assert "It saw: coupon.redeemed = yes" in page
    assert "The customer answered: 5" in page


def test_amounts_among_the_operands_are_money(world: World, analyst: Person) -> None:
    """An input that is an amount is read as one."""
    page = analyst.text(f"/instances/{world.instance_of('C-106', 'goodwill')}")
    assert "inputs.damage = $75" in page


def test_an_incident_says_what_can_be_done(analyst: Person) -> None:
    """Nothing is told as given that was refused."""
    page = analyst.text(f"/instances/{PARKED}")
    assert "The campaign's budget is exhausted." in page
    assert "Raise the budget in a new version" in page
    assert "Gave" not in page


def test_a_reversal_is_traced_to_its_cause(analyst: Person) -> None:
    """From the order over the reward to the refund that took it back."""
    page = analyst.text("/instances/spend-and-save.e1.c4.1.g1")
    assert "Order o-402 $215.50 ($215.50 refunded)" in page
    assert re.search(r"20% off \S+ revoked", page)
    assert "Refund rf-1" in page
    assert "Order o-402 fell by $215.50" in page
    assert "Ended, because what earned it no longer stands" in page


def test_a_return_is_told_with_what_went_before(world: World, analyst: Person) -> None:
    """The second generation's story says that the code had been revoked, and that it is valid again."""
    world.order("o-403", "C-104", "250.00")
    code = world.code("C-104")
    page = analyst.text("/instances/spend-and-save.e1.c4.1.g2")
    told = [
        f"Revoked {code}",
        "Ended, because what earned it no longer stands",
        f"Gave {code} back: it is valid again",
        "Goes on from where it was: the occasion stands again",
    ]
    places = [page.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)
    assert f"{code} zurückgegeben: wieder gültig" in analyst.text(
        "/instances/spend-and-save.e1.c4.1.g2", accept_language="de"
    )


def test_messages_stand_in_frames_where_nothing_runs(analyst: Person) -> None:
    """What the customer saw is shown as it was sent."""
    page = analyst.open("/instances/spend-and-save.e1.c2.1.g1").text
    frames = re.findall(r'<iframe class="letter" sandbox [^>]*src="/console(/mail/\d+/body)"', page)
    assert len(frames) == 3
    answer = analyst.open(frames[0])
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert "Guten Tag Berta" in answer.text


def test_the_picture_stands_twice_and_shows_the_token(analyst: Person) -> None:
    """Across for wide screens and down for narrow ones, each with the token."""
    page = analyst.open(f"/instances/{WAITING}").text
    assert page.count('<svg class="diagram') == 2
    assert page.count('class="token"') == 2


@pytest.mark.parametrize("deed", ["cancel", "pause", "skip"])
def test_a_deed_asks_for_a_reason_is_told_and_logged(world: World, analyst: Person, deed: str) -> None:
    """Without a reason nothing happens; with one the log holds it, and the instance does it."""
    path = f"/instances/{WAITING}/do/{deed}"
    refused = analyst.send(path, reason="  ")
    assert refused.status_code == 422
    assert "Say why; it is kept in the audit log." in refused.text
    analyst.send(path, reason="The customer has called")
    deed_done = _deed(world, WAITING)
    assert (deed_done.actor, deed_done.action) == ("user:analyst", f"instance.{deed}")
    assert deed_done.detail["reason"] == "The customer has called"
    world.worker.work(world.now)
    page = analyst.text(f"/instances/{WAITING}")
    words = {
        "cancel": "Cancelled by analyst “The customer has called”",
        "pause": "Paused by analyst “The customer has called”",
        "skip": "analyst skipped “Wait for: coupon redeemed (coupon expires)”",
    }
    assert words[deed] in page


def test_a_command_that_is_on_its_way_is_shown(analyst: Person) -> None:
    """Between pressing the button and the instance hearing of it nobody is left in doubt."""
    page = analyst.send(f"/instances/{WAITING}/do/cancel", reason="Enough").text
    assert "The instance is being cancelled." in page
    assert "analyst has asked for “cancel”; it is on its way to the instance." in page


def test_a_parked_step_can_be_tried_again(world: World, analyst: Person) -> None:
    """Once there is budget, it goes on, with the reward given once."""
    analyst.send(f"/instances/{PARKED}/do/retry", reason="There is budget again")
    world.worker.work(world.now)
    page = analyst.text(f"/instances/{PARKED}")
    assert "Tried again by analyst" in page
    assert page.count("Gave 20% off") == 1
    assert "Incidents of the past" in page


def test_a_reward_that_was_skipped_leaves_its_messages_unsent(world: World, analyst: Person) -> None:
    """The story says why, and the instance goes on."""
    analyst.send(f"/instances/{PARKED}/do/skip", reason="There will be no more budget")
    world.worker.work(world.now)
    page = analyst.text(f"/instances/{PARKED}")
    assert "analyst skipped “Reward: 20% off" in page
    assert re.search(r"Did not send “You earned it” ?: its reward was not given", page)
    assert "Waits for" in page


def test_a_paused_instance_is_offered_to_be_resumed(world: World, analyst: Person) -> None:
    """It says since when it is paused, and goes on after the deed."""
    paused = world.instance_of("C-107")
    page = analyst.open(f"/instances/{paused}").text
    assert "/do/resume" in page
    assert "/do/pause" not in page
    assert "It is paused since" in page
    analyst.send(f"/instances/{paused}/do/resume", reason="The address is right now")
    with world.database.read() as connection:
        assert told(connection, paused)[-1].payload["name"] == "resume"


def test_what_has_ended_offers_nothing_and_refuses_kindly(analyst: Person) -> None:
    """A deed that comes too late is answered with a sentence."""
    ended = "spend-and-save.e1.c1.1.g1"
    assert "/do/" not in analyst.open(f"/instances/{ended}").text
    page = analyst.send(f"/instances/{ended}/do/cancel", reason="Too late")
    assert "The instance has come to its end" in page.text


def test_it_brings_itself_up_to_date(world: World, analyst: Person) -> None:
    """The page asks with a mark, and is answered once something has happened."""
    first = analyst.open(f"/instances/{WAITING}/live")
    mark = re.search(r"seen=(\w+)", first.text)
    assert mark is not None
    assert analyst.open(f"/instances/{WAITING}/live?seen={mark[1]}").status_code == 204
    world.redeem("C-103", "o-303", 5_000)
    again = analyst.open(f"/instances/{WAITING}/live?seen={mark[1]}")
    assert again.status_code == 200
    assert "The customer redeemed" in again.text


def test_a_rewards_first_end_stays_as_it_was_told(world: World, analyst: Person) -> None:
    """Whatever becomes of the code later, the line of its issue says what held when it was given."""
    given = re.compile(r"Gave 20% off: .{0,60}?Good until (\w+ \d+, \d{4})", re.DOTALL)
    before = given.findall(analyst.text("/instances/spend-and-save.e1.c4.1.g1"))
    world.later(5)
    world.order("o-403", "C-104", "250.00")
    assert before
    assert given.findall(analyst.text("/instances/spend-and-save.e1.c4.1.g2")) == before
