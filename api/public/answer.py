"""The page where a customer answers a question: opening it changes nothing, the button records the answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.installation import Here, Installation
from api.public.rendering import page
from api.public.words import choose_language
from punchcard.domain.answering import Asked, labels, question, record_answer
from punchcard.domain.refusals import AlreadyAnswered, InputUnfit, QuestionUnknown
from punchcard.links import LinkInvalid, read

router = APIRouter()
LONGEST = 20_000


@router.api_route("/a/{token}", methods=["GET", "HEAD"])
def get_answer(token: str, request: Request, here: Here, answer: str = "") -> Response:
    """Show what can be answered, with the answer that the link stands for already chosen."""
    asked = _asked(here, token)
    if asked is None:
        return _invalid(request, here)
    return _show(asked, request, here, chosen=_choice(asked, answer))


@router.post("/a/{token}")
def post_answer(
    token: str, request: Request, here: Here, answer: Annotated[str, Form(max_length=LONGEST)] = ""
) -> Response:
    """Record the answer; another one after it does not replace it."""
    asked = _asked(here, token)
    if asked is None:
        return _invalid(request, here)
    try:
        with here.database.begin() as connection:
            asked = record_answer(connection, asked.id, answer, here.now())
    except InputUnfit:
        return _show(asked, request, here, chosen=answer, unfit=True)
    except AlreadyAnswered:
        with here.database.read() as connection:
            asked = question(connection, asked.id)
    return _show(asked, request, here)


def _asked(here: Installation, token: str) -> Asked | None:
    try:
        with here.database.read() as connection:
            return question(connection, int(read("answer", token, here.secret)))
    except (LinkInvalid, QuestionUnknown, ValueError):
        return None


def _choice(asked: Asked, place: str) -> str:
    """The answer that a link in the message stands for: links name answers by their place, from 1."""
    places = {str(number): label for number, label in enumerate(labels(asked.shape), start=1)}
    return places.get(place, "")


def _show(
    asked: Asked, request: Request, here: Installation, *, chosen: str = "", unfit: bool = False
) -> Response:
    return page(
        "answer.html",
        choose_language(asked.language, request.headers.get("accept-language", "")),
        status=422 if unfit else 200,
        brand=here.settings.brand,
        subject=asked.subject,
        choices=labels(asked.shape),
        longest=getattr(asked.shape, "longest", None),
        chosen=chosen,
        unfit=unfit,
        answered=asked.answered_at is not None,
        given=asked.answer,
    )


def _invalid(request: Request, here: Installation) -> Response:
    language = choose_language(None, request.headers.get("accept-language", ""))
    return page("invalid.html", language, status=404, brand=here.settings.brand)
