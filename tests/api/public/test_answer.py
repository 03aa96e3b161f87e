"""The page where a customer answers."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import insert, select

from punchcard.domain.answering import QUESTION
from punchcard.domain.outbox import TABLE as OUTBOX
from punchcard.links import sign
from punchcard.plan.codec import encode
from punchcard.plan.model import AnswerShape, Choice, FreeText, Scale
from tests.support.shop import SECRET, Shop


def ask(shop: Shop, shape: AnswerShape) -> str:
    """Put a question to a customer, and return the address of its link."""
    instance = shop.instance("C-17")
    with shop.here.database.begin() as connection:
        number = connection.execute(
            insert(QUESTION)
            .values(
                occasion_id=instance.occasion_id,
                instance_id=instance.id,
                customer_id=instance.customer_id,
                campaign="spend",
                key="9#1",
                name="reply",
                shape=json.dumps(encode(shape)),
                asked_at=1,
            )
            .returning(QUESTION.c.id)
        ).scalar_one()
    return f"/a/{sign('answer', str(number), SECRET)}"


def told(shop: Shop) -> list[dict[str, object]]:
    """What the instance was told."""
    with shop.here.database.read() as connection:
        rows = connection.execute(select(OUTBOX.c.payload).where(OUTBOX.c.kind == "deliver"))
        return [json.loads(payload) for payload in rows.scalars()]


@pytest.fixture
async def browser(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without script and without a key."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(shop.app), base_url="http://shop.test"
    ) as made:
        yield made


async def test_opening_the_link_changes_nothing(shop: Shop, browser: httpx.AsyncClient) -> None:
    """Programs that scan mail follow every link; the answer that the link stands for is only chosen."""
    path = ask(shop, Scale(0, 10))
    page = await browser.get(path, params={"answer": "1"})
    assert page.status_code == 200
    assert 'value="0" required checked' in page.text
    assert (await browser.head(path)).status_code == 200
    assert told(shop) == []


async def test_the_button_records_the_answer_once(shop: Shop, browser: httpx.AsyncClient) -> None:
    """The instance is told; another answer later does not replace the first one."""
    path = ask(shop, Scale(1, 5))
    page = await browser.post(path, data={"answer": "4"})
    assert page.status_code == 200
    assert "Thank you" in page.text
    again = await browser.post(path, data={"answer": "4"})
    other = await browser.post(path, data={"answer": "1"})
    for later in (again, other, await browser.get(path)):
        assert "<strong>4</strong>" in later.text
        assert "<form" not in later.text
    (delivery,) = told(shop)
    assert delivery["name"] == "reply.answered"
    assert delivery["data"] == {"answer": 4, "key": "9#1"}


async def test_of_many_answers_at_once_one_counts(shop: Shop, browser: httpx.AsyncClient) -> None:
    """A double click with a trembling hand."""
    path = ask(shop, Scale(1, 5))
    pages = await asyncio.gather(*(browser.post(path, data={"answer": str(n)}) for n in range(1, 6)))
    assert {page.status_code for page in pages} == {200}
    assert len(told(shop)) == 1


@pytest.mark.parametrize(
    ("shape", "answer"),
    [
        (Scale(1, 5), "6"),
        (Scale(1, 5), "0000000031"),
        (Scale(1, 5), "3" * 5_000),
        (Scale(1, 5), ""),
        (Scale(1, 5), "٣"),
        (Choice(("yes", "no")), "maybe"),
        (FreeText(), " "),
    ],
)
async def test_an_answer_that_does_not_fit_is_asked_for_again(
    shop: Shop, browser: httpx.AsyncClient, shape: AnswerShape, answer: str
) -> None:
    """The page says what is wanted; nothing is recorded."""
    page = await browser.post(ask(shop, shape), data={"answer": answer})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert told(shop) == []


async def test_a_free_text_stays_where_it_can_be_erased(shop: Shop, browser: httpx.AsyncClient) -> None:
    """The instance learns that there is an answer, not what it says; the page shows it escaped."""
    path = ask(shop, FreeText())
    assert "<textarea" in (await browser.get(path)).text
    page = await browser.post(path, data={"answer": "<b>Fine</b>, thank you"})
    assert "&lt;b&gt;Fine&lt;/b&gt;" in page.text
    assert told(shop)[0]["data"] == {"key": "9#1"}


async def test_a_choice_is_offered_as_it_was_written(shop: Shop, browser: httpx.AsyncClient) -> None:
    """The second link of the message chooses the second option."""
    page = await browser.get(ask(shop, Choice(("yes", "no"))), params={"answer": "2"})
    assert 'value="no" required checked' in page.text


@pytest.mark.parametrize("place", ["3", "0", "00019", "²", "9" * 5_000])
async def test_a_link_that_was_tampered_with_chooses_nothing(
    shop: Shop, browser: httpx.AsyncClient, place: str
) -> None:
    """Links name answers by their place; one that there is not leaves the choice to the reader."""
    page = await browser.get(ask(shop, Choice(("yes", "no"))), params={"answer": place})
    assert page.status_code == 200
    assert "checked" not in page.text


async def test_the_page_speaks_the_readers_language(shop: Shop, browser: httpx.AsyncClient) -> None:
    """German where the browser asks for it, English where it asks for what there is not."""
    path = ask(shop, Scale(1, 5))
    german = await browser.get(path, headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert '<html lang="de">' in german.text
    assert "Absenden" in german.text
    french = await browser.get(path, headers={"Accept-Language": "fr"})
    assert "Send" in french.text


async def test_a_link_for_another_purpose_does_not_work(shop: Shop, browser: httpx.AsyncClient) -> None:
    """Nor does a made-up one, nor one for a question that is not there."""
    ask(shop, Scale(1, 5))
    wrong = [
        sign("unsubscribe", "1", SECRET),
        "x",
        sign("answer", "99", SECRET),
        sign("answer", "one", SECRET),
    ]
    for token in wrong:
        for page in (
            await browser.get(f"/a/{token}"),
            await browser.post(f"/a/{token}", data={"answer": "1"}),
        ):
            assert page.status_code == 404
            assert "does not work" in page.text
    assert told(shop) == []


async def test_the_page_keeps_its_address_to_itself(shop: Shop, browser: httpx.AsyncClient) -> None:
    """No referrer, no cache, no index, no script, and no frame around it."""
    page = await browser.get(ask(shop, Scale(1, 5)))
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert (await browser.get("/public/page.css")).headers["content-type"].startswith("text/css")
