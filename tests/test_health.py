"""The health endpoint tells the truth over real HTTP."""

import asyncio

import httpx
import pytest

from punchcard import health
from punchcard.health import serve_health
from tests.support.run_servers import PATIENCE


async def yes() -> bool:
    """A check that passes."""
    return True


async def no() -> bool:
    """A check that fails."""
    return False


async def broken() -> bool:
    """A check that raises."""
    raise OSError("no route")


async def endless() -> bool:
    """A check that never answers."""
    await asyncio.Event().wait()
    return True


async def ask(port: int, path: str, method: str = "GET") -> httpx.Response:
    """Send one request to the endpoint."""
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        return await client.request(method, f"http://127.0.0.1:{port}{path}")


async def test_ready_when_every_check_passes(free_port: int) -> None:
    """Each check is named in the answer."""
    async with serve_health("127.0.0.1", free_port, {"database": yes, "temporal": yes}):
        answer = await ask(free_port, "/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"database": True, "temporal": True}}


async def test_not_ready_while_one_check_fails(free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A no, an exception and a check without an answer are all failures; the process is alive all the same."""
    monkeypatch.setattr(health, "_CHECK_SECONDS", 0.1)
    checks = {"no": no, "broken": broken, "endless": endless, "yes": yes}
    async with serve_health("127.0.0.1", free_port, checks):
        ready, alive = await ask(free_port, "/readyz?verbose"), await ask(free_port, "/healthz")
    assert ready.status_code == 503
    assert ready.json()["checks"] == {"no": False, "broken": False, "endless": False, "yes": True}
    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/metrics", 404), ("POST", "/readyz", 405), ("HEAD", "/healthz", 200)],
)
async def test_nothing_else_is_served(free_port: int, method: str, path: str, status: int) -> None:
    """Other paths and methods are refused; HEAD has no body."""
    async with serve_health("127.0.0.1", free_port, {}):
        answer = await ask(free_port, path, method)
    assert answer.status_code == status
    assert method != "HEAD" or not answer.content


async def test_rubbish_is_dropped(free_port: int) -> None:
    """What is no HTTP gets no answer and harms nobody."""
    async with serve_health("127.0.0.1", free_port, {}):
        reader, writer = await asyncio.open_connection("127.0.0.1", free_port)
        writer.write(b"\xff\xfe\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
        assert (await ask(free_port, "/healthz")).status_code == 200
