"""The page where a customer unsubscribes: one click for mail programs (RFC 8058), a button for people."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.installation import Here, Installation
from api.public.rendering import page
from api.public.words import choose_language
from punchcard.domain.refusals import CustomerUnknown
from punchcard.domain.unsubscribing import language_of, unsubscribe
from punchcard.links import LinkInvalid, read

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose link it is, and the language they read."""

    customer_id: int
    language: str | None


@router.api_route("/u/{token}", methods=["GET", "HEAD"])
def get_unsubscribe(token: str, request: Request, here: Here) -> Response:
    """Ask whether it is meant: programs that scan mail follow links, so opening one must change nothing."""
    return _show("unsubscribe.html", _reader(here, token), request, here)


@router.post("/u/{token}")
def post_unsubscribe(token: str, request: Request, here: Here) -> Response:
    """Withdraw consent, whatever the body: a mail program sends `List-Unsubscribe=One-Click`, the button nothing."""
    reader = _reader(here, token)
    if reader is not None:
        with here.database.begin() as connection:
            unsubscribe(connection, reader.customer_id, here.now())
    return _show("unsubscribed.html", reader, request, here)


def _reader(here: Installation, token: str) -> _Reader | None:
    try:
        customer_id = int(read("unsubscribe", token, here.secret))
        with here.database.read() as connection:
            return _Reader(customer_id, language_of(connection, customer_id))
    except (LinkInvalid, CustomerUnknown, ValueError):
        return None


def _show(template: str, reader: _Reader | None, request: Request, here: Installation) -> Response:
    accepted = request.headers.get("accept-language", "")
    if reader is None:
        return page("invalid.html", choose_language(None, accepted), status=404, brand=here.settings.brand)
    return page(template, choose_language(reader.language, accepted), brand=here.settings.brand)
