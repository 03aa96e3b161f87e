"""Dispatching to a real Temporal server: in order, each row once, and nothing is lost where somebody is away."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, select
from temporalio.client import Client

from punchcard.contracts import JOURNEY, PLAN_MEMO, PinnedPlan
from punchcard.domain.database import Database, table
from punchcard.domain.instances import JournalEntry
from punchcard.plan.events import Reversed
from punchcard.router.dispatch import LONGEST_WAIT
from tests.domain import course as courses
from tests.domain.course import REWARD, Course
from tests.plan.samples import reward, wait
from tests.router.books import INSTANCE, OUTBOX, Books
from tests.router.campaigns import NOW
from tests.router.post import Faulty, Post, away, committing, post_of, send_all

JOURNAL = table(JournalEntry)
LATER = 1 << 60


@pytest.fixture
def post(books: Books, temporal_client: Client, task_queue: str) -> Iterator[Post]:
    """A shop on SQLite."""
    with post_of(books, temporal_client, task_queue) as opened:
        yield opened


@pytest.fixture
def each_post(each_books: Books, temporal_client: Client, task_queue: str) -> Iterator[Post]:
    """A shop on each kind of database."""
    with post_of(each_books, temporal_client, task_queue) as opened:
        yield opened


async def test_a_start_brings_the_plan_and_what_the_occasion_came_with(post: Post) -> None:
    """The plan by its hash, as an argument and as a memo; business time and its pace."""
    (name,) = post.earn("o1")
    await send_all(post.dispatcher())
    plan, start = await post.begun(name)
    version = post.books.rows(select(INSTANCE.c.version))[0].version
    assert plan == PinnedPlan(version)
    assert (start.names["order"]["id"], start.at, start.pace) == ("o1", NOW, 0)
    assert (start.state, start.revived) == (None, False)
    described = await post.client.get_workflow_handle(name).describe()
    assert (await described.memo(), described.workflow_type) == ({PLAN_MEMO: version}, JOURNEY)
    assert described.task_queue == post.task_queue


async def test_two_dispatchers_tell_each_instance_everything_once_and_in_order(each_post: Post) -> None:
    """Only the lowest row of an instance is sent, and whoever has leased it is alone with it."""
    post = each_post
    names = post.earn("o1", "o2", "o3", "o4")
    for name in names:
        post.tell(name, times=3)
    with committing(post.books.database) as others:
        pair = post.dispatcher(), post.dispatcher(commits=others)
        while post.left():  # one that finds all lowest rows leased has nothing to do for the moment
            await send_all(*pair)
    for name in names:
        assert [(told.seq, told.payload["name"]) for told in await post.heard(name)] == [
            (2, "customer.ordered"),
            (3, "customer.ordered"),
            (4, "customer.ordered"),
        ]
        assert [(row.status, row.attempts) for row in post.rows(name)] == [("done", 1)] * 4


async def test_what_another_has_leased_is_left_alone_until_the_lease_ends(post: Post) -> None:
    """A dispatcher that died took its rows along for so long, and no longer."""
    (name,) = post.earn("o1")
    post.change(OUTBOX, leased_until=LATER)
    assert await post.dispatcher().send_batch() == 0
    post.change(OUTBOX, leased_until=1)
    await send_all(post.dispatcher())
    assert post.statuses(name) == ["done"]


async def test_a_start_that_is_repeated_is_a_success(post: Post) -> None:
    """The dispatcher died before it wrote down that Temporal has the workflow."""
    (name,) = post.earn("o1")
    await send_all(post.dispatcher())
    post.change(OUTBOX, status="pending", leased_until=0)
    await send_all(post.dispatcher())
    assert post.statuses(name) == ["done"]


async def test_another_workflow_of_the_same_id_is_no_success(post: Post) -> None:
    """It runs another plan, so an operator has to look; the row stays, and says why."""
    (name,) = post.earn("o1")
    options: dict[str, Any] = {"id": name, "task_queue": post.task_queue, "memo": {PLAN_MEMO: "another"}}
    await post.client.start_workflow("Another", **options)
    await post.dispatcher().send_batch()
    (row,) = post.rows(name)
    assert (row.status, row.attempts) == ("pending", 1)
    assert row.error == f"the workflow {name} runs another plan: terminate it"


async def test_an_instance_that_has_begun_is_not_started_again(post: Post) -> None:
    """Temporal forgets what has ended; the database does not."""
    (name,) = post.earn("o1")
    post.change(INSTANCE, status="open")
    await send_all(post.dispatcher())
    assert post.statuses(name) == ["done"]
    assert not await post.is_known(name)


async def test_what_comes_after_the_end_is_too_late_and_journaled(each_post: Post) -> None:
    """The instance had closed before it could be told."""
    post = each_post
    (name,) = post.earn("o1")
    post.tell(name)
    post.change(INSTANCE, status="closed", outcome="completed")
    await send_all(post.dispatcher())
    assert post.statuses(name) == ["done", "too_late"]
    notes = [(row.kind, json.loads(row.data)) for row in post.books.rows(select(JOURNAL))]
    assert notes == [("too_late", {"kind": "deliver", "seq": 2})]


@pytest.mark.parametrize("closes", [True, False])
async def test_not_found_means_closed_only_where_the_database_says_so(post: Post, closes: bool) -> None:
    """Temporal answers alike for what has ended and for what it has yet to hear of: that one is told later."""
    (name,) = post.earn("o1")
    post.tell(name)
    post.change(INSTANCE, status="open")

    def ends(_instance: str) -> None:
        if closes:
            post.change(INSTANCE, status="closed", outcome="completed")

    await send_all(post.dispatcher(Faulty(post.client, ends)))
    row = post.rows(name)[1]
    assert row.status == ("too_late" if closes else "pending")
    assert (row.error is None) is closes
    assert len(post.books.rows(select(JOURNAL))) == closes


# --- Temporal is away -------------------------------------------------------------------------------


async def test_while_temporal_is_away_rows_wait_ever_longer_and_in_order(post: Post) -> None:
    """Nothing is lost: each try is counted, the next one lies further ahead, up to a limit."""
    (name,) = post.earn("o1")
    post.tell(name)
    dispatcher = post.dispatcher(Faulty(post.client, away))
    for tries, millis in ((0, 500), (5, 16_000), (99, LONGEST_WAIT)):
        post.change(OUTBOX, not_before=0, attempts=tries)
        before = _wall()
        await dispatcher.send_batch()  # once: a second batch may be late enough for the next try
        first, second = post.rows(name)
        assert (first.status, first.attempts, first.error) == ("pending", tries + 1, "connection refused")
        assert (second.status, second.attempts) == ("pending", tries)
        assert before + millis <= first.not_before <= _wall() + millis
    post.change(OUTBOX, not_before=0)
    await send_all(post.dispatcher())
    assert [(row.status, row.error) for row in post.rows(name)] == [("done", None)] * 2
    assert [told.seq for told in await post.heard(name)] == [2]


@pytest.mark.parametrize("error", [away(""), ValueError("nobody thought of this")])
async def test_one_instance_that_cannot_be_told_does_not_hold_up_the_others(
    post: Post, error: Exception
) -> None:
    """Whatever fails for one is tried again for that one."""
    names = post.earn("o1", "o2", "o3")
    await send_all(post.dispatcher(Faulty(post.client, lambda id: error if id == names[1] else None)))
    assert [post.statuses(name) for name in names] == [["done"], ["pending"], ["done"]]
    assert post.rows(names[1])[0].error == str(error)


async def test_a_dispatcher_goes_on_after_the_database_was_away(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so, and tries again until it is told to stop."""
    (name,) = post.earn("o1")
    read = Database.read
    failed = asyncio.Event()

    @contextmanager
    def failing(database: Database) -> Iterator[Connection]:
        if not failed.is_set():
            failed.set()
            raise OSError("the database is away")
        with read(database) as connection:
            yield connection

    monkeypatch.setattr(Database, "read", failing)
    stop = asyncio.Event()
    running = asyncio.create_task(post.dispatcher().run(stop))
    await failed.wait()
    while post.left():
        await asyncio.sleep(0.01)
    stop.set()
    await running
    assert post.statuses(name) == ["done"]


# --- generations ------------------------------------------------------------------------------------


LAPSE = 3 * 24 * 3600 * 1000


def fallen(post: Post) -> Course:
    """Return the course of an instance whose order was cancelled, and has yet to be told so."""
    plan = courses.campaign(reward(), wait(), campaign=post.campaign)
    found = Course(post.books.database, plan)
    found.begin()
    found.post(courses.order("o1", revision=1, status="cancelled"))
    return found


async def test_a_restored_instance_goes_on_from_where_it_was_reversed(each_post: Post) -> None:
    """What it had seen was told to the generation before: its rows begin with its start, and that with the lapse."""
    post = each_post
    course = fallen(post)
    course.take(Reversed(at=course.now, seq=2))
    assert course.state.seen == 2
    course.now += LAPSE
    course.post(courses.order("o1", revision=2))
    second = course.id.removesuffix("1") + "2"
    post.tell(second)
    await send_all(post.dispatcher())
    _, start = await post.begun(second)
    assert start.revived
    assert start.state is not None
    assert (start.state["seen"], start.state["tick"]) == (post.rows(second)[0].seq, 0)
    assert start.state["visits"] == course.state.visits
    assert start.state["names"]["coupon"] == course.state.names["coupon"]
    (reward,) = post.books.rows(select(REWARD))
    assert (start.lapse, start.ends) == (LAPSE, {str(reward.id): reward.expires_at})
    assert reward.expires_at > course.state.names["coupon"]["expires"]
    assert [told.seq for told in await post.heard(second)] == [2]


async def test_a_generation_waits_for_the_end_of_the_one_before(post: Post) -> None:
    """Earned again before the reversal was taken in: only one of the two is awake at any time."""
    course = fallen(post)
    course.post(courses.order("o1", revision=2))
    second = course.id.removesuffix("1") + "2"
    await send_all(post.dispatcher())
    (row,) = post.rows(second)
    assert (row.status, row.error) == ("pending", "waits for the end of the generation before")
    course.take(Reversed(at=course.now, seq=2))
    post.change(OUTBOX, not_before=0)
    await send_all(post.dispatcher())
    assert (await post.begun(second))[1].revived


async def test_a_generation_after_one_that_ended_well_ends_at_once(post: Post) -> None:
    """The reversal came too late to be taken in, so there is nothing to go on with."""
    course = fallen(post)
    course.post(courses.order("o1", revision=2))
    second = course.id.removesuffix("1") + "2"
    post.change(INSTANCE, course.id, status="closed", outcome="completed")
    await send_all(post.dispatcher())
    (row,) = post.books.rows(select(INSTANCE).where(INSTANCE.c.id == second))
    assert (row.status, row.outcome) == ("closed", "completed")
    assert post.statuses(second) == ["too_late"]
    assert not await post.is_known(second)


async def test_a_generation_after_one_that_never_began_begins_anew(post: Post) -> None:
    """Reversed before its first step: there is no state to go on from."""
    plan = courses.campaign(reward(), wait(), campaign=post.campaign)
    course = Course(post.books.database, plan)
    course.post(courses.order("o1", revision=1, status="cancelled"))
    course.take(Reversed(at=course.now, seq=2))
    course.post(courses.order("o1", revision=2))
    await send_all(post.dispatcher())
    _, start = await post.begun(course.id.removesuffix("1") + "2")
    assert (start.state, start.revived, start.names["order"]["id"]) == (None, False, "o1")


def _wall() -> int:
    return time.time_ns() // 1_000_000
