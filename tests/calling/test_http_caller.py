"""Calls over HTTP, against real servers: where they go, what they say, and how each answer is taken."""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from standardwebhooks import Webhook

from punchcard.calling.http_caller import LARGEST_REPLY, LARGEST_REQUEST, HttpCaller
from punchcard.calling.networks import Networks
from punchcard.calling.outcome import CallInterrupted, CallNotPossible, CallRefused
from punchcard.calling.request import Request
from tests.calling.system import Answer, OtherSystem, other_system
from tests.channels.mail_server import CERTIFICATE

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes that are secret").decode()
HERE = Networks((ip_network("127.0.0.0/8"),))


@pytest.fixture
def system() -> Iterator[OtherSystem]:
    """Another system on this machine."""
    with other_system() as running:
        yield running


def caller(networks: Networks = HERE, **more: object) -> HttpCaller:
    """Return who calls, with a secret in its environment."""
    environment = {"PUNCHCARD_SECRET_ERP_KEY": SECRET, "PUNCHCARD_SECRET_BAD_KEY": "hunter2"}
    return HttpCaller(networks, environment.get, **more)  # type: ignore[arg-type]


def request(system: OtherSystem, **more: object) -> Request:
    """Return a request of the system."""
    asked = Request(
        name="packing",
        identity="call_1",
        method="POST",
        url=f"http://127.0.0.1:{system.port}/gifts?for=o-17",
        body='{"gift":"a mug für Ann"}',
        wants_reply=True,
    )
    return replace(asked, **more)  # type: ignore[arg-type]


async def test_it_hands_over_what_was_asked_for(system: OtherSystem) -> None:
    """Signed, with an id that receivers can tell repeats by; the reply comes back with its size and time."""
    system.answer(Answer(201, b'{"parcel": "P-7"}'))
    reply = await caller().call(request(system, secret="erp_key"))
    assert (reply.status, reply.body, reply.size) == (201, b'{"parcel": "P-7"}', 17)
    assert reply.duration >= 0
    got = system.received[0]
    assert (got.method, got.path) == ("POST", "/gifts?for=o-17")
    assert json.loads(got.body) == {"gift": "a mug für Ann"}
    assert got.headers["content-type"] == "application/json"
    assert got.headers["idempotency-key"] == got.headers["webhook-id"] == "call_1"
    assert Webhook(SECRET).verify(got.body, got.headers) == {"gift": "a mug für Ann"}


async def test_each_method_is_itself(system: OtherSystem) -> None:
    """A `GET` brings no body."""
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        await caller().call(request(system, method=method, body=None))
    assert [got.method for got in system.received] == ["GET", "POST", "PUT", "PATCH", "DELETE"]
    assert all(got.body == "" for got in system.received)
    assert all("webhook-signature" not in got.headers for got in system.received)


async def test_no_redirect_is_followed(system: OtherSystem) -> None:
    """It says so, and where it would have led is never called."""
    system.answer(Answer(302, headers={"location": f"http://127.0.0.1:{system.port}/inside"}))
    with pytest.raises(
        CallRefused, match=r"answered 302 Found and pointed elsewhere; calls follow no redirects"
    ):
        await caller().call(request(system))
    assert len(system.received) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 418, 422])
async def test_a_refusal_is_final(system: OtherSystem, status: int) -> None:
    """Trying again would be refused again."""
    system.answer(Answer(status))
    with pytest.raises(CallRefused, match=rf"127.0.0.1 answered {status}"):
        await caller().call(request(system))


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
async def test_what_may_pass_is_said_to(system: OtherSystem, status: int) -> None:
    """It can be tried again."""
    system.answer(Answer(status))
    with pytest.raises(CallInterrupted, match=rf"127.0.0.1 answered {status}") as fault:
        await caller().call(request(system))
    assert fault.value.after is None


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("7", 7),
        ("86400", 900),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("soon", None),
    ],
)
async def test_it_waits_as_long_as_it_is_asked_to(
    system: OtherSystem, header: str, after: float | None
) -> None:
    """A number of seconds or a moment, within reason."""
    system.answer(Answer(429, headers={"retry-after": header}))
    with pytest.raises(CallInterrupted) as fault:
        await caller(now=lambda: 100.0).call(request(system))
    assert fault.value.after == after


async def test_time_is_limited_in_all(system: OtherSystem) -> None:
    """Whatever the other side does with it."""
    system.answer(Answer(never=True))
    with pytest.raises(CallInterrupted, match=r"127.0.0.1 did not answer within 0.2 seconds"):
        await caller().call(request(system, timeout=0.2))


async def test_a_connection_that_breaks_may_come_back(system: OtherSystem) -> None:
    """So may a server that is not there at all."""
    system.answer(Answer(dropped=True))
    with pytest.raises(CallInterrupted, match=r"127.0.0.1 cannot be reached"):
        await caller().call(request(system))
    with pytest.raises(CallInterrupted, match=r"127.0.0.1 cannot be reached"):
        await caller().call(request(system, url="http://127.0.0.1:1/"))


async def test_sizes_are_limited_both_ways(system: OtherSystem) -> None:
    """A request that is too large never leaves; of a reply no more is read than is allowed."""
    with pytest.raises(CallRefused, match=r"The request to 127.0.0.1 is larger than 256 KiB"):
        await caller().call(request(system, body="x" * (LARGEST_REQUEST + 1)))
    assert system.received == []
    system.answer(Answer(body=b"x" * (LARGEST_REPLY + 1)))
    with pytest.raises(CallRefused, match=r"The reply of 127.0.0.1 is larger than 1024 KiB"):
        await caller().call(request(system))
    assert (await caller().call(request(system, wants_reply=False))).status == 200


async def test_nothing_private_is_called_unless_it_was_opened(system: OtherSystem) -> None:
    """By whichever name: not a byte arrives, and the operator reads what to set."""
    for host in ("127.0.0.1", "localhost", "0.0.0.0"):
        with pytest.raises(CallNotPossible, match=r"not a public address.*PUNCHCARD_CALL_NETWORKS"):
            await caller(Networks()).call(request(system, url=f"http://{host}:{system.port}/"))
    assert system.received == []


async def test_one_private_address_among_public_ones_is_enough_to_refuse(system: OtherSystem) -> None:
    """A host that leads to both leads inside."""

    async def both(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(CallNotPossible, match=r"erp.shop.example leads to 10.0.0.1"):
        await caller(resolver=both).call(request(system, url="http://erp.shop.example/"))


async def test_a_name_that_changes_its_address_gains_nothing(system: OtherSystem) -> None:
    """It is looked up once, and the address that was verified is the one that is called."""
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    networks = Networks((ip_network("127.0.0.1/32"),))
    url = f"http://erp.shop.example:{system.port}/"
    calls = caller(networks, resolver=rebinding)
    reply = await calls.call(request(system, url=url))
    assert reply.status == 200
    assert asked == ["erp.shop.example"]
    assert system.received[0].headers["host"] == f"erp.shop.example:{system.port}"
    with pytest.raises(CallNotPossible, match=r"169.254.169.254"):
        await calls.call(request(system, url=url))


async def test_whoever_answers_proves_to_be_the_host() -> None:
    """By a certificate of that name; an address alone is not enough."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERTIFICATE)
    trust = ssl.create_default_context(cafile=str(CERTIFICATE))

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with other_system(server) as system:
        known = caller(trust=trust, resolver=here)
        asked = request(system)
        reply = await known.call(replace(asked, url=f"https://localhost:{system.port}/"))
        assert reply.status == 200
        with pytest.raises(CallInterrupted, match=r"certificate verify failed"):
            await known.call(replace(asked, url=f"https://erp.shop.example:{system.port}/"))
        with pytest.raises(CallInterrupted, match=r"certificate verify failed"):
            await caller(resolver=here).call(replace(asked, url=f"https://localhost:{system.port}/"))
        assert len(system.received) == 1


async def test_no_proxy_is_taken_from_the_environment(
    system: OtherSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is called is decided by the campaign and the operator's settings."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await caller().call(request(system))).status == 200


async def test_a_missing_secret_is_for_the_operator(system: OtherSystem) -> None:
    """Nothing goes out unsigned that was to be signed."""
    with pytest.raises(CallNotPossible, match=r"Set PUNCHCARD_SECRET_TILL_KEY in the environment"):
        await caller().call(request(system, secret="till_key"))
    with pytest.raises(CallNotPossible, match=r"PUNCHCARD_SECRET_BAD_KEY is not a secret that can sign"):
        await caller().call(request(system, secret="bad_key"))
    assert system.received == []


async def test_an_unknown_host_may_be_known_later(system: OtherSystem) -> None:
    """Names take their time."""

    async def nobody(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(CallInterrupted, match=r"erp.shop.example has no address: Name or service not known"):
        await caller(resolver=nobody).call(request(system, url="https://erp.shop.example/"))
