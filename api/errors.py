"""Exceptions as problem details (RFC 9457): the one place where what went wrong becomes an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.problems import (
    INTERNAL,
    KINDS,
    MEDIA_TYPE,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    OTHER,
    BodyTooLarge,
    FieldMistake,
    Kind,
    OutOfReach,
    Problem,
    RequestUnfit,
    TooManyGuesses,
    Unauthenticated,
    kind_of,
)
from punchcard.domain.refusals import InputUnfit
from punchcard.errors import PunchcardError

# What a schema cannot say, such as which currencies exist.
OF_THE_FACTS = frozenset({"money"})
_log = structlog.get_logger("api")
Mistakes = Sequence[tuple[str, str]]


def answer(
    kind: Kind,
    detail: str,
    *,
    remedy: str | None = None,
    mistakes: Mistakes = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Return a problem as a response; `more` are members of its own."""
    errors = [FieldMistake(field=field, message=message) for field, message in mistakes] or None
    problem = Problem(
        type=kind.type, title=kind.title, status=kind.status, detail=detail, remedy=remedy, errors=errors
    )
    content = problem.model_dump(exclude_none=True) | more
    return JSONResponse(content, kind.status, dict(headers or {}), MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every exception with a problem."""
    app.add_exception_handler(PunchcardError, _ours)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SQLAlchemyError, _database)
    app.add_exception_handler(Exception, _fault)


def mistakes_of(error: RequestValidationError) -> Mistakes:
    """Return what is wrong with a request by field, without the part of the request that it stands in."""
    return [(_field(detail["loc"]), detail["msg"]) for detail in error.errors()]


def problems(*errors: type[PunchcardError]) -> dict[int | str, dict[str, Any]]:
    """Return the part of an operation's OpenAPI description that says which problems it answers with."""
    described: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        kind = KINDS[error]
        entry = described.setdefault(kind.status, _description(kind.status))
        example = Problem(type=kind.type, title=kind.title, status=kind.status, detail=kind.title + ".")
        entry["content"][MEDIA_TYPE]["examples"][kind.slug] = {
            "summary": kind.title,
            "description": kind.meaning,
            "value": example.model_dump(exclude_none=True),
        }
    return described


def _description(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}},
    }


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, PunchcardError)
    kind = kind_of(type(error))
    if kind is None:
        return await _fault(request, error)
    headers = {}
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="punchcard"'
    if isinstance(error, TooManyGuesses):
        headers["Retry-After"] = str(error.seconds)
    return answer(
        kind,
        error.message,
        remedy=error.remedy,
        mistakes=getattr(error, "mistakes", ()),
        headers=headers,
        **getattr(error, "members", {}),
    )


async def _unfit(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if {detail["type"] for detail in error.errors()} <= OF_THE_FACTS:
        return answer(KINDS[InputUnfit], "A value cannot be used.", mistakes=mistakes_of(error))
    return answer(
        KINDS[RequestUnfit], "The request is not of the shape that is needed.", mistakes=mistakes_of(error)
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:  # what the framework says of a body that is no text at all
        return answer(KINDS[RequestUnfit], "The body is not JSON.", remedy="Send JSON in UTF-8.")
    if error.status_code == 405:
        return answer(
            METHOD_NOT_ALLOWED, "The address does not take this method.", headers={"Allow": _methods(request)}
        )
    if error.status_code == 413:
        return answer(
            KINDS[BodyTooLarge], "The body is larger than 8 MiB.", remedy="Send fewer events at once."
        )
    kind = NOT_FOUND if error.status_code == 404 else OTHER
    return answer(
        Kind(kind.slug, error.status_code, kind.title, kind.meaning), str(error.detail), headers=error.headers
    )


def _methods(request: Request) -> str:
    """Every method that the address takes: the framework names those of the first route that fits."""
    fitting = (
        route for route in _leaves(request.app.routes) if route.matches(request.scope)[0] is not Match.NONE
    )
    return ", ".join(
        sorted({method for route in fitting for method in getattr(route, "methods", None) or ()})
    )


def _leaves(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes themselves, out of the routers that were included."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is None:
            yield route
        else:
            yield from _leaves(included.routes)


async def _database(request: Request, error: Exception) -> Response:
    """The database is away or busy, or has chosen this transaction to end a deadlock: the same may work later."""
    if not isinstance(error, OperationalError | PoolTimeout):
        return await _fault(request, error)
    reason = type(getattr(error, "orig", error)).__name__
    _log.warning("database out of reach", path=_template(request), reason=reason)
    return answer(
        KINDS[OutOfReach],
        "The database cannot be reached, or is too busy.",
        remedy="Send the same request again.",
        headers={"Retry-After": "5"},
    )


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("request failed", path=_template(request), exc_info=error)
    return answer(INTERNAL, "Something went wrong in Punchcard; its log says what.")


def _template(request: Request) -> str:
    """The route's template, which names no customer and no code."""
    return str(getattr(request.scope.get("route"), "path", "unknown"))


def _field(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location if part not in ("body", "query", "path", "header")]
    return ".".join(part for part in parts if not part.startswith("function-"))
