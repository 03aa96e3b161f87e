"""The activity that calls another system, over real HTTP: each way in which an attempt can end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_network
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.calling import CallingActivities, identity_of
from punchcard.calling.http_caller import HttpCaller
from punchcard.calling.networks import Networks
from punchcard.contracts import CallResult, EffectRequest
from punchcard.domain.calls import CALL
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.domain.group_commit import GroupCommit
from punchcard.plan.conditions import Const
from punchcard.plan.model import Piece
from tests.calling.system import Answer, OtherSystem, other_system
from tests.domain.course import NOW, Course, campaign, refund
from tests.plan.samples import call, wait

KEY = "1#1"


@dataclass
class Desk:
    """An instance whose call was granted, the activity that makes it, and the other system."""

    course: Course
    activities: CallingActivities
    system: OtherSystem

    async def call(self, attempt: int = 1) -> CallResult:
        """Make one attempt."""
        environment = ActivityEnvironment()
        environment.info = replace(environment.info, attempt=attempt)
        request = EffectRequest(self.course.id, KEY)
        result: CallResult = await environment.run(self.activities.call_system, request)
        return result

    async def fails(self, attempt: int = 1) -> ApplicationError:
        """Make an attempt that comes to nothing, and return what Temporal hears of it."""
        with pytest.raises(ApplicationError) as fault:
            await self.call(attempt)
        return fault.value

    @property
    def row(self) -> Any:
        """The call as it stands."""
        return self.course.one(CALL)


@pytest.fixture
def desk(database: Database, commits: GroupCommit) -> Iterator[Desk]:
    """A desk; the other system listens on this machine."""
    with other_system() as system:
        address = (Piece(Const(f"http://127.0.0.1:{system.port}/gifts")),)
        step = replace(call("packing"), url=address, retries=2)
        course = Course(database, campaign(step, wait()))
        course.begin()
        caller = HttpCaller(Networks((ip_network("127.0.0.0/8"),)), lambda name: None)
        clock = Clock(business=NOW, factor=0)
        yield Desk(course, CallingActivities(commits, clock, course.plans, caller, "secret"), system)


async def test_a_reply_is_recorded_before_the_instance_hears_of_it(desk: Desk) -> None:
    """Asked again, the activity says what came of it, and calls nobody."""
    desk.system.answer(Answer(201, b'{"reference": "A-7", "more": 1}'))
    result = await desk.call()
    assert (result.status, result.values, result.reason) == (201, {"reference": "A-7"}, None)
    assert await desk.call() == result
    assert len(desk.system.received) == 1
    assert (desk.row.status, desk.row.http_status, desk.row.attempts) == ("done", 201, 1)


async def test_what_may_pass_is_tried_again_under_the_same_id(desk: Desk) -> None:
    """The other system says when; it can tell that the request is the same."""
    desk.system.answer(Answer(503, headers={"retry-after": "7"}), Answer(200, b'{"reference": "A-7"}'))
    fault = await desk.fails()
    assert (fault.type, fault.non_retryable) == ("CallInterrupted", False)
    assert fault.next_retry_delay is not None
    assert fault.next_retry_delay.total_seconds() == 7
    assert (desk.row.status, desk.row.ended_at) == ("granted", None)
    assert (await desk.call(2)).values == {"reference": "A-7"}
    first, second = desk.system.received
    assert (
        first.headers["webhook-id"]
        == second.headers["webhook-id"]
        == identity_of("secret", desk.course.id, KEY)
    )
    assert first.body == second.body == '{"gift":"mug","order":"o1"}'


async def test_the_last_attempt_ends_it(desk: Desk) -> None:
    """Then messages and tasks may say why."""
    desk.system.answer(Answer(500))
    await desk.fails(2)
    assert desk.row.status == "granted"
    await desk.fails(3)
    assert (desk.row.status, desk.row.reason) == ("failed", "127.0.0.1 answered 500 Internal Server Error.")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(404), "answered 404"),
        (Answer(301), "follow no redirects"),
        (Answer(200, b"{}"), "The reply has no `reference`."),
        (Answer(200, b'{"reference": 7}'), "`reference` of the reply is not a text"),
    ],
)
async def test_what_is_final_is_not_tried_again(desk: Desk, answer: Answer, reason: str) -> None:
    """The reason says what does not fit."""
    desk.system.answer(answer)
    fault = await desk.fails()
    assert (fault.type, fault.non_retryable) == ("CallRefused", True)
    assert reason in fault.message
    assert (desk.row.status, desk.row.reason) == ("failed", fault.message)


async def test_what_no_longer_stands_is_not_called(desk: Desk) -> None:
    """The last look at the facts comes right before the request."""
    desk.course.post(refund("r1", "o1"))
    result = await desk.call()
    assert (result.reason, desk.system.received) == ("reversed", [])


def test_ids_are_stable_and_nobody_elses() -> None:
    """The same in each generation; another for another step, visit, occasion or installation."""
    one = identity_of("secret", "test.e1.c5.1.g1", KEY)
    assert one == identity_of("secret", "test.e1.c5.1.g2", KEY)
    others = {
        identity_of("other", "test.e1.c5.1.g1", KEY),
        identity_of("secret", "test.e1.c6.1.g1", KEY),
        identity_of("secret", "test.e1.c5.1.g1", "1#2"),
    }
    assert one not in others
    assert len(others) == 3
