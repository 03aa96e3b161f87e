"""Sending to a real mail server: each way in which an attempt can end, and what is known of it afterwards."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.letters import Letters
from activities.sending import SendingActivities
from punchcard.channels.email import EmailChannel, EmailSettings
from punchcard.channels.outcome import FinalFailure, OutcomeUnknown, TransientFailure
from punchcard.contracts import EffectRequest, SendResult
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.messages import MessageBody
from punchcard.plan.model import Message, MessageText
from tests.channels.mail_server import MailServer, mail_server
from tests.domain.course import CONSENT, MESSAGE, NOW, Course, campaign
from tests.plan.samples import reward, send, wait

BODY = table(MessageBody)
KEY = "1#1"


@dataclass
class Desk:
    """An instance whose message was granted, the activity that sends it, and the mail server."""

    course: Course
    activities: SendingActivities
    mail: MailServer
    environment: ActivityEnvironment

    async def send(self) -> SendResult:
        """Make one attempt."""
        request = EffectRequest(self.course.id, KEY)
        result: SendResult = await self.environment.run(self.activities.send_message, request)
        return result

    @property
    def row(self) -> Any:
        """The message as it stands."""
        return self.course.one(MESSAGE)


@contextlib.asynccontextmanager
async def desk(
    database: Database, commits: GroupCommit, message: str = "hello", **terms: Any
) -> AsyncIterator[Desk]:
    """Open a desk; `message` is `hello` (marketing) or `receipt` (transactional). A reward comes only later."""
    course = Course(database, campaign(send(message), wait(), reward(), **terms))
    course.begin()
    assert course.performs == [KEY]
    letters = Letters(course.plans, "https://shop.example", "secret", "shop.example", "The Shop")
    async with mail_server() as mail:
        channel = EmailChannel(
            EmailSettings(host="127.0.0.1", port=mail.port, sender="loyalty@shop.example", timeout=60)
        )
        activities = SendingActivities(commits, Clock(business=NOW, factor=0), channel, letters)
        try:
            yield Desk(course, activities, mail, ActivityEnvironment())
        finally:
            await channel.aclose()


async def test_a_message_is_sent_once_and_its_words_are_kept(
    database: Database, commits: GroupCommit
) -> None:
    """Asked again, the activity says what became of it."""
    async with desk(database, commits) as here:
        assert await here.send() == SendResult("sent", NOW, message=here.row.id)
        assert await here.send() == SendResult("sent", NOW, message=here.row.id)
        (mail,) = here.mail.kept
        assert (here.row.status, here.row.sent_at, here.row.attempts) == ("sent", NOW, 1)
        assert (mail["Message-ID"], mail["Subject"]) == (here.row.mail_id, "Hello")
        body = here.course.one(BODY)
        assert (body.recipient, body.subject, body.language) == ("ann@example.com", "Hello", "en")
        assert here.mail.envelopes == [("loyalty@shop.example", "ann@example.com")]


@pytest.mark.parametrize("stage", ["to_sender", "to_recipient", "to_data"])
async def test_what_is_refused_for_now_is_tried_again(
    database: Database, commits: GroupCommit, stage: str
) -> None:
    """The message is given back before the failure is raised, and keeps its Message-ID."""
    async with desk(database, commits) as here:
        setattr(here.mail, stage, "451 Come back later")
        with pytest.raises(TransientFailure):
            await here.send()
        assert (here.row.status, here.row.attempts) == ("granted", 1)
        first = here.row.mail_id
        setattr(here.mail, stage, "250 OK")
        assert (await here.send()).status == "sent"
        assert (here.mail.kept[-1]["Message-ID"], here.row.attempts) == (first, 2)


async def test_an_address_that_is_refused_concerns_this_customer_alone(
    database: Database, commits: GroupCommit
) -> None:
    """The instance goes on without the message."""
    async with desk(database, commits) as here:
        here.mail.to_recipient = "550 No such user"
        result = await here.send()
        assert (result.status, here.row.status) == ("failed", "failed")
        assert result.reason is not None
        assert "550 No such user" in result.reason
        assert here.row.reason == result.reason


@pytest.mark.parametrize("stage", ["to_sender", "to_data"])
async def test_what_an_operator_must_mend_is_raised(
    database: Database, commits: GroupCommit, stage: str
) -> None:
    """It becomes an incident; the message is settled first."""
    async with desk(database, commits) as here:
        setattr(here.mail, stage, "550 The sender is blocked")
        with pytest.raises(FinalFailure):
            await here.send()
        assert here.row.status == "failed"
        assert "550 The sender is blocked" in here.row.reason


async def test_marketing_that_may_have_arrived_is_not_sent_again(
    database: Database, commits: GroupCommit
) -> None:
    """The server took the message and hung up before it said so."""
    async with desk(database, commits) as here:
        here.mail.drop_at = "DATA"
        assert (await here.send()).status == "unknown"
        here.mail.drop_at = None
        assert (await here.send()).status == "unknown"
        assert (len(here.mail.kept), here.row.status) == (1, "unknown")


async def test_what_is_transactional_is_sent_again_under_the_same_id(
    database: Database, commits: GroupCommit
) -> None:
    """Whoever gets it twice can tell that it is one message."""
    async with desk(database, commits, "receipt") as here:
        here.mail.drop_at = "DATA"
        with pytest.raises(OutcomeUnknown):
            await here.send()
        assert here.row.status == "attempting"
        here.mail.drop_at = None
        assert (await here.send()).status == "sent"
        assert [mail["Message-ID"] for mail in here.mail.kept] == [here.row.mail_id] * 2


async def test_what_may_not_go_out_any_more_is_superseded(database: Database, commits: GroupCommit) -> None:
    """Consent was withdrawn between the grant and the attempt."""
    async with desk(database, commits) as here:
        here.course.change(CONSENT, granted=False)
        assert await here.send() == SendResult("superseded", NOW, "no_consent", here.row.id)
        assert (here.mail.kept, here.row.status) == ([], "suppressed")


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        ("{{ nobody.colour }}", "failed", "nobody"),
        ("{{ coupon.code }}", "superseded", "reward_refused"),
    ],
)
async def test_a_message_that_cannot_be_written_is_not_sent(
    database: Database, commits: GroupCommit, words: str, status: str, reason: str
) -> None:
    """It is settled with the reason, and the instance goes on."""
    message = Message("hello", "marketing", (MessageText("en", "Hello", words),))
    async with desk(database, commits, messages=(message,)) as here:
        result = await here.send()
        assert (result.status, reason in (result.reason or "")) == (status, True)
        assert (here.mail.kept, here.row.reason) == ([], result.reason)


async def test_an_attempt_that_takes_long_says_that_it_lives(
    database: Database, commits: GroupCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So Temporal notices within seconds when the worker dies."""
    monkeypatch.setattr("activities.sending.HEARTBEAT_SECONDS", 0.01)
    beaten = asyncio.Event()
    async with desk(database, commits) as here:
        here.environment.on_heartbeat = lambda *_: beaten.set()
        here.mail.keep_silent_at = "DATA"
        attempt = asyncio.create_task(here.send())
        while here.row.status != "attempting":  # it beats from its beginning, before anything is attempted
            beaten.clear()
            await beaten.wait()
        await here.mail.is_silent.wait()
        here.mail.hang_up()
        assert (await attempt).status == "unknown"
