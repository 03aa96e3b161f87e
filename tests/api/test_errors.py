"""Problems: every refusal has a kind, and every answer that is not a success is one."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api import errors
from api.problems import KINDS, LARGEST_BODY, every_kind, kind_of
from punchcard.domain import refusals
from punchcard.domain.database import Database
from punchcard.errors import PunchcardError
from tests.support.shop import Shop


def descendants(kind: type[PunchcardError]) -> Iterator[type[PunchcardError]]:
    """A class and all that inherit from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from descendants(child)


def test_every_refusal_is_a_kind_of_problem() -> None:
    """A new refusal cannot end as an internal error."""
    for kind in descendants(refusals.Refusal):
        assert kind_of(kind) is not None, kind


def test_types_are_unique() -> None:
    """Two kinds never share an address."""
    slugs = [kind.slug for kind in every_kind()]
    assert len(slugs) == len(set(slugs))


async def test_every_kind_has_a_page(client: httpx.AsyncClient) -> None:
    """The type is the address of what explains it."""
    for kind in KINDS.values():
        page = await client.get(kind.type)
        assert page.status_code == 200
        assert kind.slug in page.text
    assert (await client.get("/problems/none")).status_code == 404


async def test_what_the_framework_refuses_is_a_problem_too(client: httpx.AsyncClient) -> None:
    """Unknown addresses, other methods, unknown parameters, bodies that are no JSON."""
    answers = {
        404: await client.get("/v1/nothing"),
        405: await client.delete("/v1/campaigns"),
        422: await client.get("/v1/rewards", params={"surplus": "1"}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
    assert answers[405].headers["allow"] == "GET, POST"
    assert answers[422].json()["errors"][0]["field"] == "surplus"
    broken = await client.post("/v1/campaigns", content=b"{", headers={"Content-Type": "application/json"})
    assert broken.json()["type"] == "/problems/request-unfit"


async def test_a_body_that_is_too_large_is_refused(client: httpx.AsyncClient) -> None:
    """Whether its length is announced or not."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * (LARGEST_BODY // 8)

    for path in ("/v1/events", "/v1/campaigns"):
        for content in (b" " * (LARGEST_BODY + 1), pieces()):
            answer = await client.post(path, content=content, headers={"Content-Type": "application/json"})
            assert answer.status_code == 413
            assert answer.json()["type"] == "/problems/body-too-large"


async def test_a_fault_is_told_without_its_insides() -> None:
    """The log has them; whoever asked learns that it was ours."""
    app = FastAPI()
    errors.install(app)

    @app.get("/fault")
    def fault() -> None:
        raise ZeroDivisionError("a secret")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        answer = await client.get("/fault")
    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal-error"
    assert "secret" not in answer.text


async def test_a_database_that_is_away_is_told_as_such(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, and when to come again."""
    away = Database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    monkeypatch.setattr(shop.here, "database", away)
    async with shop.client() as client:
        answer = await client.get("/v1/campaigns")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.json()["type"] == "/problems/out-of-reach"
    away.close()


async def test_a_fault_of_the_database_logs_no_values(shop: Shop) -> None:
    """What a statement carried may be somebody's name."""
    with shop.here.database.begin() as connection, pytest.raises(SQLAlchemyError) as caught:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Ada Example"})
    assert "nowhere" in str(caught.value)
    assert "Ada" not in str(caught.value)
