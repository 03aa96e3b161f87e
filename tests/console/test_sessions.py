"""Session cookies."""

from __future__ import annotations

from fastapi import Request, Response

from api.console import sessions
from api.console.sessions import Notice, Session, Sessions, new_session, tokens_agree

SECRET = "a secret for tests, 32 signs long"


def _cookie(writer: Sessions, session: Session) -> str:
    response = Response()
    writer.write(response, session)
    return response.headers["set-cookie"]


def _request(cookie: str) -> Request:
    value = cookie.partition(";")[0]
    return Request({"type": "http", "headers": [(b"cookie", value.encode())]})


def test_a_session_comes_back_as_it_was() -> None:
    """What was written is read."""
    written = new_session(7, "stamp")
    assert (
        Sessions(SECRET, secure=False).read(_request(_cookie(Sessions(SECRET, secure=False), written)))
        == written
    )


def test_a_cookie_of_another_secret_is_nothing() -> None:
    """Nobody can make a session without the secret."""
    cookie = _cookie(Sessions("another secret that is as long", secure=False), new_session(1, "stamp"))
    assert Sessions(SECRET, secure=False).read(_request(cookie)) is None


def test_a_changed_cookie_is_nothing() -> None:
    """Nobody can change a session."""
    cookie = _cookie(Sessions(SECRET, secure=False), new_session(1, "stamp"))
    name, _, value = cookie.partition("=")
    changed = f"{name}={'f' if value[0] != 'f' else 'e'}{value[1:]}"
    assert Sessions(SECRET, secure=False).read(_request(changed)) is None


def test_a_notice_is_no_session() -> None:
    """What was signed for one purpose does not serve another."""
    keeper, response = Sessions(SECRET, secure=False), Response()
    keeper.leave_notice(response, Notice("good", "Done"))
    forged = response.headers["set-cookie"].replace(sessions.NOTICE_COOKIE, sessions.COOKIE)
    assert keeper.read(_request(forged)) is None


def test_cookies_are_kept_from_scripts_and_other_sites() -> None:
    """HttpOnly, SameSite=Lax, for the console alone, and Secure where the site is reached by https."""
    cookie = _cookie(Sessions(SECRET, secure=True), new_session())
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie
    assert "Secure" in cookie
    assert "Secure" not in _cookie(Sessions(SECRET, secure=False), new_session())


def test_a_token_is_the_sessions_own() -> None:
    """Another session's token does not agree, nor does none."""
    mine, other = new_session(), new_session()
    assert tokens_agree(mine, mine.csrf)
    assert not tokens_agree(mine, other.csrf)
    assert not tokens_agree(mine, None)
    assert not tokens_agree(mine, "ü")
