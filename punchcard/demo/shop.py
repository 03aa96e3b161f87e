"""The shop's side of the demo: its orders, tills and help desk call the API; its customers open the public pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from punchcard.demo.deeds import Answering, Redeeming, Unsubscribing
from punchcard.demo.form import fill
from punchcard.demo.script import HELP_CAMPAIGN, HelpCall
from punchcard.errors import FinalError, TransientError

_TIMEOUT = httpx.Timeout(30, connect=5)
_PATIENCE = 1.0


class ShopCannotReachError(TransientError):
    """The API does not answer at the moment."""


class ShopRefusedError(FinalError):
    """The API does not let the demo in."""


class Shop:
    """Talks to one installation. Each call may be repeated: nothing is done twice."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Use a client that knows the installation's address and the key."""
        self._client = client

    async def post(self, events: Sequence[dict[str, Any]]) -> list[str]:
        """Post events and return what became of each: `accepted`, `duplicate`, `conflict` or `invalid`."""
        answer = await self._call("POST", "/v1/events", json={"events": list(events)})
        if not answer.is_success:
            raise ShopRefusedError(
                f"The API refused the demo's events: {_problem(answer)}.",
                remedy="Start the demo again: it makes a new key for itself.",
            )
        return [result["status"] for result in answer.json()["results"]]

    async def call_help(self, call: HelpCall) -> str:
        """Start the help desk's campaign for a customer; return what came of it, or why nothing did."""
        answer = await self._call(
            "POST",
            f"/v1/campaigns/{HELP_CAMPAIGN}/instances",
            headers={"Idempotency-Key": call.id},
            json={"customer": call.customer, "inputs": call.inputs},
        )
        return str(answer.json()["disposition"]) if answer.is_success else _problem(answer)

    async def redeem(self, deed: Redeeming) -> str:
        """Use a code at a till; return `redeemed`, or why the till refused it."""
        answer = await self._call(
            "POST",
            f"/v1/codes/{deed.code}/redemptions",
            headers={"Idempotency-Key": deed.key},
            json={"customer": deed.customer, "amount": deed.amount},
        )
        return "redeemed" if answer.is_success else _problem(answer)

    async def answer(self, deed: Answering) -> bool:
        """Open a link and send the page's form; return whether there was one left to send."""
        page = await self._call("GET", deed.link)
        form = fill(page.text, deed.words)
        if form is None:
            return False
        sent = await self._call("POST", deed.link, data=form)
        return sent.is_success

    async def unsubscribe(self, deed: Unsubscribing) -> None:
        """Unsubscribe as mail programs do (RFC 8058)."""
        await self._call("POST", deed.link, data={"List-Unsubscribe": "One-Click"})

    async def _call(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Call once; ShopCannotReachError if the API is away, starting again or asks for patience."""
        try:
            answer = await self._client.request(method, path, **content)
        except httpx.TransportError as error:
            await asyncio.sleep(_PATIENCE)
            raise ShopCannotReachError(f"{type(error).__name__} at {path}") from None
        if answer.status_code == 429 or answer.status_code >= 500:
            await asyncio.sleep(_PATIENCE)
            raise ShopCannotReachError(f"{answer.status_code} at {path}")
        return answer


@asynccontextmanager
async def open_shop(address: str, key: str) -> AsyncIterator[Shop]:
    """Open the shop at an installation's address while the block lasts."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=_TIMEOUT) as client:
        yield Shop(client)


def _problem(answer: httpx.Response) -> str:
    """Return the last word of a problem's type: `code-expired`, for example."""
    try:
        kind = str(answer.json().get("type", ""))
    except ValueError:
        kind = ""
    return kind.rstrip("/").rpartition("/")[2] or f"status-{answer.status_code}"
