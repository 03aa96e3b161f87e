"""Somebody who uses the console without script: opens pages, and sends the forms that stand on them."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import httpx
from fastapi import FastAPI

from tests.support.world import PASSWORD

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Person:
    """A browser with its cookies."""

    def __init__(self, app: FastAPI) -> None:
        self._runner = asyncio.Runner()
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=True),
            base_url="http://shop.test",
            follow_redirects=True,
        )

    def close(self) -> None:
        """Leave."""
        self._runner.run(self.client.aclose())
        self._runner.close()

    def open(self, path: str, **headers: str) -> httpx.Response:
        """Open a page, following where it leads."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._runner.run(self.client.get(f"/console{path}", headers=named))

    def post(self, path: str, fields: dict[str, str]) -> httpx.Response:
        """Send fields to an address as they are, and return the page that follows."""
        return self._runner.run(self.client.post(f"/console{path}", data=fields))

    def text(self, path: str, **headers: str) -> str:
        """Return the words of a page, without its markup and with single spaces."""
        answer = self.open(path, **headers)
        assert answer.status_code == 200, (path, answer.status_code)
        return words_of(answer.text)

    def token(self, path: str) -> str:
        """Return the CSRF token of a page's forms."""
        found = TOKEN.search(self.open(path).text)
        assert found is not None, f"{path} has no form"
        return found[1]

    def send(self, path: str, *, on: str | None = None, **fields: str) -> httpx.Response:
        """Send a form that stands on the page `on`, or at its own address, and return the page that follows."""
        return self.post(path, {"csrf": self.token(on or path), **fields})

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in by the form."""
        return self.send("/sign-in", name=name, password=password)


def words_of(html: str) -> str:
    """Return what a page says: without markup, script and style, with single spaces."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())
    return re.sub(r" ([,.;])", r"\1", words)
