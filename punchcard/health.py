"""A health endpoint for processes that serve nothing else: `/healthz` (alive) and `/readyz` (able to work)."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

Checks = Mapping[str, Callable[[], Awaitable[bool]]]

_REQUEST_SECONDS = 5
_CHECK_SECONDS = 5
_REASONS = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 503: "Service Unavailable"}


@contextlib.asynccontextmanager
async def serve_health(host: str, port: int, checks: Checks) -> AsyncIterator[None]:
    """Answer on `host:port` while the block lasts; `/readyz` is 503 unless every check returns True in time."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, ValueError):
            async with asyncio.timeout(_REQUEST_SECONDS + _CHECK_SECONDS):
                method, path = await _read_request(reader)
                status, body = await _respond(method, path, checks)
                writer.write(_encode(status, body, with_body=method != "HEAD"))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, host, port)
    async with server:
        yield


async def run_checks(checks: Checks) -> dict[str, bool]:
    """Run all checks at once; one that raises or takes too long counts as failed."""
    results = await asyncio.gather(*(_passes(check) for check in checks.values()))
    return dict(zip(checks, results, strict=True))


async def _passes(check: Callable[[], Awaitable[bool]]) -> bool:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except Exception:
        return False


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, str]:
    line = (await reader.readline()).decode("ascii", "replace")
    while (await reader.readline()).strip():
        pass  # headers say nothing that is needed here
    method, path, _ = line.split(" ", 2)
    return method, path.partition("?")[0]


async def _respond(method: str, path: str, checks: Checks) -> tuple[int, dict[str, object]]:
    if path not in ("/healthz", "/readyz"):
        return 404, {"status": "not found"}
    if method not in ("GET", "HEAD"):
        return 405, {"status": "method not allowed"}
    if path == "/healthz":
        return 200, {"status": "alive"}
    results = await run_checks(checks)
    ready = all(results.values())
    return 200 if ready else 503, {"status": "ready" if ready else "not ready", "checks": results}


def _encode(status: int, body: dict[str, object], *, with_body: bool) -> bytes:
    content = json.dumps(body).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + (content if with_body else b"")
