"""The demo is played to a real API: orders, tills, help desk and customers, each once however often it is played."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from punchcard.channels.channel import Envelope
from punchcard.channels.mime import mail_address, write_mail
from punchcard.demo import shop as shop_module
from punchcard.demo.chance import happens
from punchcard.demo.deeds import USE_AT_ONCE, USE_TOO_LATE, Answering, Redeeming, Unsubscribing
from punchcard.demo.figures import count as count_figures
from punchcard.demo.people import person
from punchcard.demo.player import Played, Player
from punchcard.demo.script import HELP_CAMPAIGN, HelpCall, Posting
from punchcard.demo.shop import Shop, ShopCannotReachError, ShopRefusedError, open_shop
from punchcard.demo.timeline import CURRENCY, DemoOrder
from punchcard.domain.clock import Clock, set_clock
from punchcard.domain.codes import SIGNS
from punchcard.domain.customers import Consent
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Question
from punchcard.domain.rewards import Redemption
from punchcard.embedded.mailbox import Mailbox
from punchcard.links import sign
from punchcard.plan.calendar import to_datetime
from tests.support.ports import free_port
from tests.support.shop import SECRET
from tests.support.shop import Shop as Installation

CONSENT, INSTANCE, QUESTION, REDEMPTION = table(Consent), table(Instance), table(Question), table(Redemption)
START = 1_700_000_000_000
AMOUNT = {"amount": "50.00", "currency": CURRENCY}
HELP = f"""\
campaign: {HELP_CAMPAIGN}
title: A gift after a mishap
currency: USD
when:
  manual: {{inputs: {{order_number: text, damage: amount, by_phone: flag}}}}
steps:
  - stop: nothing to do
"""
CUSTOMER = person("0017")


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An installation by a demo's clock: a day passes in less than a tenth of a second."""
    monkeypatch.setattr(shop_module, "_PATIENCE", 0)
    made = Installation(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path)
    yield made
    made.here.database.close()


@pytest.fixture
async def shop(installation: Installation) -> AsyncIterator[Shop]:
    """The shop's side of it."""
    async with installation.client() as client:
        yield Shop(client)


def code_that_is_used() -> str:
    """A code whose customer uses it as soon as the first e-mail has brought it."""
    codes = (f"NX7K-{a}{b}TP-W9CR" for a in SIGNS for b in SIGNS)
    return next(
        code
        for code in codes
        if happens(USE_AT_ONCE, code, 1) and not happens(USE_TOO_LATE, code, "too late")
    )


def count(installation: Installation, of: Any) -> int:
    """How many rows a table has."""
    with installation.here.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(of)).scalar_one())


async def test_events_are_posted_in_a_batch(installation: Installation, shop: Shop) -> None:
    """Each is answered for itself; one of a type that nobody registered does not harm the others."""
    order = DemoOrder("cdnow-1", CUSTOMER, installation.here.now(), 1, "12.50").event()
    review = {**order, "id": "review-1", "type": "review_written", "data": {}}
    assert await shop.post([order, order, review]) == ["accepted", "duplicate", "invalid"]


async def test_codes_are_used_at_the_till(installation: Installation, shop: Shop) -> None:
    """Once; the same attempt again is the same, and another one is refused with the reason."""
    code = installation.reward(CUSTOMER.id)
    first, second = (Redeeming(0, f"{code}{n}", code, CUSTOMER.id, AMOUNT) for n in ("", "-again"))
    assert [await shop.redeem(deed) for deed in (first, first, second)] == [
        "redeemed",
        "redeemed",
        "code-redeemed",
    ]


async def test_the_help_desk_starts_its_campaign(installation: Installation, shop: Shop) -> None:
    """For a customer that is known, where there is such a campaign."""
    call = HelpCall(0, "call-1", 4, CUSTOMER.id, {"order_number": "o-1", "damage": AMOUNT, "by_phone": False})
    assert await shop.call_help(call) == "campaign-unknown"
    installation.publish(HELP)
    await shop.post([DemoOrder("cdnow-1", CUSTOMER, installation.here.now(), 1, "12.50").event()])
    assert await shop.call_help(call) == "started"


async def test_customers_answer_on_the_page(installation: Installation, shop: Shop) -> None:
    """What the link stands for is chosen there, and sent once."""
    instance = installation.instance(CUSTOMER.id)
    with installation.here.database.begin() as connection:
        asked = connection.execute(
            insert(QUESTION)
            .values(
                occasion_id=instance.occasion_id,
                instance_id=instance.id,
                customer_id=instance.customer_id,
                campaign=instance.campaign,
                key="2#1",
                name="reply",
                shape='{"kind":"Scale","low":1,"high":5}',
                asked_at=0,
            )
            .returning(QUESTION.c.id)
        ).scalar_one()
    link = f"/a/{sign('answer', str(asked), SECRET)}?answer=4"
    deed = Answering(0, "answer", link, "words")
    assert await shop.answer(deed)
    assert not await shop.answer(deed)
    with installation.here.database.read() as connection:
        assert connection.execute(select(QUESTION.c.answer)).scalar() == "4"


async def test_customers_unsubscribe_with_one_click(installation: Installation, shop: Shop) -> None:
    """As their mail program does it."""
    instance = installation.instance(CUSTOMER.id)
    token = sign("unsubscribe", str(instance.customer_id), SECRET)
    await shop.unsubscribe(Unsubscribing(0, "unsubscribe", f"/u/{token}"))
    with installation.here.database.read() as connection:
        granted = connection.execute(select(CONSENT.c.granted).where(CONSENT.c.purpose == "marketing"))
        assert granted.scalars().all() == [False]


async def test_a_key_that_was_revoked_is_named(installation: Installation) -> None:
    """The demo cannot go on without one."""
    async with installation.client("pc_unknown") as client:
        with pytest.raises(ShopRefusedError, match="unauthenticated"):
            await Shop(client).post([])


async def test_an_api_that_is_away_is_tried_again() -> None:
    """The caller decides when."""
    async with open_shop(f"http://127.0.0.1:{free_port()}", "pc_key") as shop:
        with pytest.raises(ShopCannotReachError):
            await shop.post([])


async def test_a_script_is_played_to_its_end(installation: Installation, shop: Shop, tmp_path: Path) -> None:
    """Orders come at their time, and the customer uses the code that an e-mail brought; once, also when replayed."""
    code, mailbox = code_that_is_used(), Mailbox(tmp_path / "mail")
    installation.reward(CUSTOMER.id, code=code, expires_at=None)
    put_mail(mailbox, f"Your code: {code}")
    database = installation.here.database
    with database.begin() as connection:
        connection.execute(update(INSTANCE).values(status="closed", outcome="completed"))
    clock = Clock(installation.here.now(), installation.here.now(), 1_000_000)
    with database.begin() as connection:
        set_clock(connection, clock)
    order = DemoOrder("cdnow-1", CUSTOMER, START, 1, "12.50")
    script = [
        Posting(START, order.id, 0, order.event("placed")),
        Posting(START, order.id, 1, order.event("paid", revision=1)),
        Posting(clock.now() + 1_000_000, order.id, 2, order.event("paid", revision=1)),
    ]
    for accepted, again in ((2, 1), (0, 3)):
        shown: list[Played] = []
        player = Player(script, shop, mailbox, database, clock)
        played = await player.play(shown.append)
        assert shown[-1] is played
        assert dict(+played.posted) == {"duplicate": again} | ({"accepted": accepted} if accepted else {})
        assert played.mails == 1
        assert played.tills["redeemed"] == 1
        assert count(installation, REDEMPTION) == 1
        assert played.figures is not None
        assert played.figures.orders == 2


def test_one_count_does_not_settle_it(tmp_path: Path) -> None:
    """A count may be older than the last order: only two with nothing open, and nothing between them, settle it."""
    database = Installation(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path).here.database
    with database.read() as connection:
        quiet = count_figures(connection)
    database.close()
    busy = replace(quiet, instances={"waiting": 1})
    played = Played(START, START, total=0)
    for figures, still, over in (
        (quiet, True, False),
        (quiet, False, False),
        (busy, True, False),
        (quiet, True, False),
        (quiet, True, True),
    ):
        played.recount(figures, still)
        assert played.over is over


def put_mail(mailbox: Mailbox, text: str) -> None:
    """Let an e-mail arrive."""
    envelope = Envelope(
        message_id="<m1@shop.example>",
        recipient=CUSTOMER.email,
        subject="For you",
        text=text,
        date=to_datetime(START),
    )
    mail = write_mail(envelope, mail_address("loyalty@shop.example"), None)
    mailbox.keep(mail, "loyalty@shop.example", (CUSTOMER.email,))
