"""Unsubscribing by one click."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.shapes.events import PROFILE
from punchcard.domain.customer_story import tell_customer
from punchcard.links import sign
from tests.support.shop import SECRET, Shop

PATH = f"/u/{sign('unsubscribe', '1', SECRET)}"


@pytest.fixture
async def browser(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a key; its customer has agreed to offers."""
    results = shop.ingest("shop", [shop.event("p-1", "profile", "C-17", PROFILE["data"])])
    assert results[0].status == "accepted"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(shop.app), base_url="http://shop.test"
    ) as made:
        yield made


def agreed(shop: Shop) -> bool:
    """Whether the customer agrees to offers by e-mail."""
    with shop.here.database.read() as connection:
        (word,) = tell_customer(connection, "C-17").consents
    return word.granted


async def test_opening_the_link_changes_nothing(shop: Shop, browser: httpx.AsyncClient) -> None:
    """It asks whether it is meant."""
    page = await browser.get(PATH)
    assert page.status_code == 200
    assert '<form method="post">' in page.text
    assert agreed(shop)


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
async def test_one_click_unsubscribes(shop: Shop, browser: httpx.AsyncClient, body: dict[str, str]) -> None:
    """Mail programs post as RFC 8058 says, people press the button; both may do it twice."""
    for _ in range(2):
        page = await browser.post(PATH, data=body)
        assert page.status_code == 200
        assert not page.has_redirect_location
    assert not agreed(shop)


async def test_the_page_speaks_the_customers_language(shop: Shop, browser: httpx.AsyncClient) -> None:
    """What is known of the customer counts more than what the browser asks for."""
    shop.ingest("shop", [shop.event("p-2", "profile", "C-17", {"language": "de"})])
    page = await browser.get(PATH, headers={"Accept-Language": "en"})
    assert "Abmelden" in page.text


@pytest.mark.parametrize(
    "token",
    ["x", sign("answer", "1", SECRET), sign("unsubscribe", "99", SECRET), sign("unsubscribe", "1", "other")],
)
async def test_a_wrong_link_unsubscribes_nobody(shop: Shop, browser: httpx.AsyncClient, token: str) -> None:
    """Made up, for another purpose, for nobody, or signed elsewhere."""
    assert (await browser.post(f"/u/{token}")).status_code == 404
    assert (await browser.get(f"/u/{token}")).status_code == 404
    assert agreed(shop)
