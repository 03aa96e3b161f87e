"""What surrounds every request: a limit on its size, headers that keep it safe, and one line in the log."""

from __future__ import annotations

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import answer
from api.problems import KINDS, BodyTooLarge

LARGEST_BODY = 8 * 1024 * 1024
_log = structlog.get_logger("api")


class _TooLarge(Exception):
    """The body went past the limit while it was read."""


class BodyLimit:
    """Refuses a body that is larger than anything that the API takes, before it is in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays within the limit."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        taken = 0
        begun = False

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST_BODY:
                raise _TooLarge
            return message

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, limited, sending)
        except _TooLarge:
            if begun:
                raise
            refusal = answer(
                KINDS[BodyTooLarge],
                f"The body is larger than {LARGEST_BODY // 1024**2} MiB.",
                remedy="Send fewer events at once.",
            )
            await refusal(scope, receive, send)


class SafeHeaders:
    """Tells browsers not to guess what a body is, and caches not to keep it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to whatever is answered, unless the answer has said otherwise."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self.app(scope, receive, sending)


class AccessLog:
    """One line for each request, by its route's template: no id, code, token or query is ever logged."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log the request once it is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            _log.info(
                "request",
                method=scope["method"],
                route=_template(scope),
                status=status,
                ms=round((time.perf_counter() - begun) * 1000, 1),
            )


def _template(scope: Scope) -> str:
    root = str(scope.get("root_path", ""))
    return root + str(getattr(scope.get("route"), "path", ""))
