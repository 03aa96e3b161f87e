"""Who a browser is: a signed cookie that holds the account's id, a stamp of its password, and the CSRF token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "punchcard_session"
NOTICE_COOKIE = "punchcard_notice"
PATH = "/console"
LIFETIME = 12 * 3600
NOTICE_LIFETIME = 60


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session; `account_id` is None before sign-in."""

    csrf: str
    account_id: int | None = None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence that the next page shows: what has just been done (`good`) or refused (`bad`)."""

    tone: str
    words: str


class Sessions:
    """Reads and writes session cookies; they cannot be forged without the secret."""

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        self._signer = _signer(secret_key, "session")
        self._notices = _signer(secret_key, "notice")
        self._secure = secure

    def read(self, request: Request) -> Session | None:
        """Return the session that a request brings; None without one, or if it is forged or too old."""
        data = _open(self._signer, request.cookies.get(COOKIE), LIFETIME)
        return Session(data["csrf"], data.get("account"), data.get("stamp")) if data else None

    def write(self, response: Response, session: Session) -> None:
        """Give the browser a session."""
        data = {"csrf": session.csrf, "account": session.account_id, "stamp": session.stamp}
        self._set(response, COOKIE, str(self._signer.dumps(data)), LIFETIME)

    def end(self, response: Response) -> None:
        """Take the browser's session away."""
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax", secure=self._secure)

    def read_notice(self, request: Request) -> Notice | None:
        """Return what was left for this page to say."""
        data = _open(self._notices, request.cookies.get(NOTICE_COOKIE), NOTICE_LIFETIME)
        return Notice(data["tone"], data["words"]) if data else None

    def leave_notice(self, response: Response, notice: Notice) -> None:
        """Leave a sentence for the next page."""
        data = {"tone": notice.tone, "words": notice.words}
        self._set(response, NOTICE_COOKIE, str(self._notices.dumps(data)), NOTICE_LIFETIME)

    def clear_notice(self, response: Response) -> None:
        """Forget the sentence, once it was shown."""
        response.delete_cookie(NOTICE_COOKIE, path=PATH, httponly=True, samesite="lax", secure=self._secure)

    def _set(self, response: Response, name: str, value: str, lifetime: int) -> None:
        response.set_cookie(
            name, value, max_age=lifetime, path=PATH, httponly=True, samesite="lax", secure=self._secure
        )


def new_session(account_id: int | None = None, stamp: str | None = None) -> Session:
    """Return a session with a CSRF token of its own."""
    return Session(secrets.token_urlsafe(24), account_id, stamp)


def tokens_agree(session: Session, given: str | None) -> bool:
    """Tell whether a form brought the session's CSRF token."""
    return given is not None and hmac.compare_digest(session.csrf.encode(), given.encode())


def _signer(secret_key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret_key,
        salt=f"punchcard.console.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def _open(signer: URLSafeTimedSerializer, value: str | None, lifetime: int) -> dict[str, Any] | None:
    if not value:
        return None
    try:
        data = signer.loads(value, max_age=lifetime)
    except BadSignature:
        return None
    return data if isinstance(data, dict) else None
