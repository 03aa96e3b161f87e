"""Events: what happened in the shop, one at a time or up to a thousand."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic_core import from_json, to_json

from api.auth import Allowed, keyed
from api.installation import Here
from api.problems import BodyTooLarge, EventConflict, EventRefused, NotAllowed, NotJson, RequestUnfit
from api.shapes.events import ORDER, PROFILE, REFUND, BatchShown, ItemShown, fits, posted_schema
from punchcard.domain.keys import BROWSER, Key
from punchcard.router.ingest import ItemResult
from punchcard.router.wire import MAX_BATCH

router = APIRouter(prefix="/v1/events", tags=["Events"])

WORTH_MONEY = ("order", "refund", "redemption")
# Who could set these for any customer could have the next code sent to himself.
NOT_FROM_BROWSERS = frozenset({"email", "phone", "consents"})
_SCHEMA, COMPONENTS = posted_schema()
_BODY = {
    "required": True,
    "description": f'One event, or a batch `{{"events": [ … ]}}` of up to {MAX_BATCH}.',
    "content": {
        "application/json": {
            "schema": _SCHEMA,
            "examples": {
                "order": {"summary": "An order", "value": ORDER},
                "profile": {"summary": "A customer's profile", "value": PROFILE},
                "batch": {"summary": "An order and its refund", "value": {"events": [ORDER, REFUND]}},
            },
        }
    },
}


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post(
    "",
    summary="Post one event or a batch",
    response_model=ItemShown | BatchShown,
    response_model_exclude_none=True,
    openapi_extra={"requestBody": _BODY},
    responses={
        207: {
            "model": BatchShown,
            "description": "A batch, not all of which was accepted: `results` says what became of each event.",
        },
        **keyed(NotJson, EventRefused, EventConflict, BodyTooLarge),
    },
)
async def post_events(
    here: Here,
    body: Annotated[bytes, Depends(_body)],
    key: Annotated[Key, Depends(Allowed("events:write", BROWSER))],
) -> Response:
    """Take events in. All that are accepted are written in one transaction, with what they earn.

    Sending an event again changes nothing and is answered `duplicate`, so whatever was not answered may be sent
    again. One event is answered 200 (`accepted`, `duplicate`), 422 if it is not of the shape below, or 409. A
    batch is answered 200 if every event is accepted or a duplicate, else 207: those that are well are taken in,
    whatever the others are.

    A key for browsers may post named events, and profiles without e-mail, phone and consents.
    """
    posted = _read(body)
    batch = isinstance(posted, dict) and "events" in posted and "type" not in posted
    items = _items(posted) if batch else [posted]
    if key.for_browsers:
        _harmless(items)
    results = await here.take_in(key.source, items)
    return _batch_answer(results) if batch else _answer(results[0], posted)


def _read(body: bytes) -> Any:
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise RequestUnfit((("", f"the body is not JSON: {error}"),)) from None


def _items(posted: dict[str, Any]) -> list[Any]:
    surplus = sorted(set(posted) - {"events"})
    if surplus:
        raise RequestUnfit(tuple((name, "is not known: a batch has `events` only") for name in surplus))
    events = posted["events"]
    if not isinstance(events, list) or not 1 <= len(events) <= MAX_BATCH:
        raise RequestUnfit((("events", f"must be a list of 1 to {MAX_BATCH} events"),))
    return events


def _harmless(items: list[Any]) -> None:
    """Refuse the whole request if a key that strangers can read is used for what is worth money."""
    for place, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        data = item.get("data")
        barred = NOT_FROM_BROWSERS.intersection(data) if isinstance(data, dict) else ()
        if item.get("type") in WORTH_MONEY or (item.get("type") == "profile" and barred):
            what = f"its {', '.join(sorted(barred))}" if barred else f"an event of type {item['type']}"
            raise NotAllowed(
                f"A key for browsers may not post {what} (event {place}).",
                remedy="Post it from your server, with a key that has events:write.",
            )


def _answer(result: ItemResult, posted: Any) -> Response:
    mistakes = tuple((mistake.field, mistake.message) for mistake in result.errors)
    if result.status == "invalid":
        raise EventRefused(mistakes) if fits(posted) else RequestUnfit(mistakes)
    if result.status == "conflict":
        raise EventConflict(mistakes)
    return Response(to_json(_item(result)), media_type="application/json")


def _batch_answer(results: list[ItemResult]) -> Response:
    counted = Counter(result.status for result in results)
    content = {
        "accepted": counted["accepted"],
        "duplicate": counted["duplicate"],
        "conflict": counted["conflict"],
        "invalid": counted["invalid"],
        "results": [_item(result) for result in results],
    }
    status = 207 if counted["conflict"] or counted["invalid"] else 200
    return Response(to_json(content), status, media_type="application/json")


def _item(result: ItemResult) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": result.id, "status": result.status}
    if result.errors:
        shown["errors"] = [{"field": mistake.field, "message": mistake.message} for mistake in result.errors]
    return shown
