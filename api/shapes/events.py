"""Events as integrators post them, each kind with its data, and what became of each."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from api.problems import FieldMistake
from api.shapes.values import Given
from punchcard.router.wire import (
    KINDS,
    MAX_BATCH,
    Identifier,
    OrderData,
    ProfileData,
    RedemptionData,
    RefundData,
)

ORDER: dict[str, Any] = {
    "id": "o-1001",
    "type": "order",
    "customer": "C-17",
    "occurred_at": "2026-05-04T10:00:00+02:00",
    "data": {"amount": {"amount": "500.00", "currency": "USD"}},
}
REFUND: dict[str, Any] = {
    "id": "r-77",
    "type": "refund",
    "occurred_at": "2026-05-06T09:30:00+02:00",
    "data": {"order": "o-1001", "amount": {"amount": "120.00", "currency": "USD"}},
}
PROFILE: dict[str, Any] = {
    "id": "p-17-3",
    "type": "profile",
    "customer": "C-17",
    "occurred_at": "2026-05-04T10:00:00+02:00",
    "data": {
        "first_name": "Ada",
        "email": "ada@shop.example",
        "language": "en",
        "timezone": "America/New_York",
        "birthday": "1984-05-04",
        "consents": [{"channel": "email", "purpose": "marketing", "granted": True}],
    },
}


class _Posted(BaseModel):
    """What `router.wire` takes, described kind by kind; a test holds the two together."""

    model_config = ConfigDict(extra="forbid")

    id: Identifier
    occurred_at: datetime = Field(
        description="With its offset, and not more than 5 minutes ahead.",
        examples=["2026-05-04T10:00:00+02:00"],
    )


class OrderEvent(_Posted):
    """An order. Its id is the order's; the same id with a higher `revision` replaces it."""

    type: Literal["order"]
    customer: Identifier
    revision: int = Field(default=0, ge=0, le=2_000_000_000)
    data: OrderData


class RefundEvent(_Posted):
    """A refund of an order; one that comes before its order is held for it."""

    type: Literal["refund"]
    customer: Identifier | None = None
    revision: Literal[0] = 0
    data: RefundData


class RedemptionEvent(_Posted):
    """A code that was used at a till which cannot ask in real time."""

    type: Literal["redemption"]
    customer: Identifier | None = None
    revision: Literal[0] = 0
    data: RedemptionData


class ProfileEvent(_Posted):
    """What is known of a customer; what is left out stays as it is, null removes it."""

    type: Literal["profile"]
    customer: Identifier
    revision: Literal[0] = 0
    data: ProfileData


class NamedEvent(_Posted):
    """An event of a registered type, whose schema its data must fit."""

    type: Annotated[
        str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$", json_schema_extra={"not": {"enum": list(KINDS)}})
    ]
    customer: Identifier
    revision: Literal[0] = 0
    data: dict[str, Any]


AnyEvent = OrderEvent | RefundEvent | RedemptionEvent | ProfileEvent | NamedEvent


class ItemShown(Given):
    """What became of one event; `errors` name each field that is wrong, and what to write instead."""

    id: str | None = Field(examples=["o-1001"])
    status: Literal["accepted", "duplicate", "conflict", "invalid"]
    errors: list[FieldMistake] | None = None


class BatchShown(Given):
    """What became of each event of a batch, in its order, and how many came to what."""

    accepted: int
    duplicate: int
    conflict: int
    invalid: int
    results: list[ItemShown]


def posted_schema() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON Schema of what may be posted, and the components that it refers to."""
    schema = TypeAdapter(AnyEvent).json_schema(ref_template="#/components/schemas/{model}")
    components = schema.pop("$defs")
    items = {
        "description": "Each as a single event; one that is not is answered `invalid`, the others are taken."
    }
    batch = {
        "title": "Batch",
        "type": "object",
        "required": ["events"],
        "additionalProperties": False,
        "properties": {"events": {"type": "array", "minItems": 1, "maxItems": MAX_BATCH, "items": items}},
    }
    return {"anyOf": [schema, batch]}, components


def fits(event: Any) -> bool:
    """Tell whether an event is of the documented shape, whatever else can be said against it."""
    return _validator().is_valid(event)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(TypeAdapter(AnyEvent).json_schema())
