"""The events that integrators post: their exact shape, and every mistake in one named by its field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from punchcard.domain.database import dump
from punchcard.domain.money import to_minor
from punchcard.plan.calendar import DAY, to_datetime, to_millis

MAX_BATCH = 1000
AHEAD = 5 * 60 * 1000
BIRTHDAY = r"^(19|20)[0-9]{2}-[0-1][0-9]-[0-3][0-9]$"
EARLIEST = -2_208_988_800_000  # 1900: later than the first instant that can be shown in every zone

Scalar = str | bool | int | float
Identifier = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Attributes = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")], Scalar], Field(max_length=100)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Money(_Strict):
    """An amount of money; the amount is text, so that no digit is lost."""

    amount: str = Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$", examples=["500.00"])
    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=["USD"])

    @property
    def minor(self) -> int:
        """The amount in minor units of its currency."""
        return to_minor(self.amount, self.currency)

    @model_validator(mode="after")
    def _fits_its_currency(self) -> Money:
        try:
            to_minor(self.amount, self.currency)
        except ValueError as error:
            raise PydanticCustomError("money", "{reason}", {"reason": str(error)}) from None
        return self


class Line(_Strict):
    """One line of an order; `amount` is what was paid for all of its units."""

    id: Identifier
    sku: str | None = Field(default=None, max_length=200)
    quantity: int = Field(default=1, ge=1, le=1_000_000)
    amount: Money


class OrderData(_Strict):
    """What was paid for goods: after discounts, without tax, shipping and gift cards."""

    amount: Money
    status: Literal["placed", "paid", "delivered", "cancelled"] = "paid"
    lines: Annotated[list[Line], Field(max_length=1000)] = []
    attributes: Attributes = {}

    @model_validator(mode="after")
    def _lines_agree(self) -> OrderData:
        if any(line.amount.currency != self.amount.currency for line in self.lines):
            raise PydanticCustomError("currency", "the lines and the order must be in one currency")
        if len({line.id for line in self.lines}) < len(self.lines):
            raise PydanticCustomError("line_id", "two lines have the same id: number them")
        return self


class RefundLine(_Strict):
    """So many units of one line of the order."""

    id: Identifier
    quantity: int = Field(default=1, ge=1, le=1_000_000)


class RefundData(_Strict):
    """A refund of an order: whole, or of an `amount`, or of some `lines`."""

    order: Identifier
    amount: Money | None = None
    lines: Annotated[list[RefundLine], Field(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> RefundData:
        if self.amount is not None and self.lines is not None:
            raise PydanticCustomError(
                "measure", "give an amount or lines, not both; neither is the whole order"
            )
        return self


class RedemptionData(_Strict):
    """A code that was used at a till."""

    code: Annotated[str, Field(min_length=4, max_length=40)]
    order: Identifier | None = None
    amount: Money | None = None


class ConsentData(_Strict):
    """Whether the customer agrees to messages of this purpose."""

    channel: Literal["email"]
    purpose: Literal["marketing", "transactional"]
    granted: bool


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("email", "{reason}", {"reason": str(error)}) from None


@cache
def _zones() -> frozenset[str]:
    """Every IANA zone; finding them takes a walk through the zone files."""
    return frozenset(available_timezones())


def _zone(value: str) -> str:
    if value not in _zones():
        raise PydanticCustomError("zone", "not a time zone: write an IANA name such as America/New_York")
    return value


def _birthday(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError("date", "there is no such day: write year, month and day") from None


Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class ProfileData(_Strict):
    """What is known of a customer; what is left out stays as it is, null removes it."""

    first_name: Text | None = None
    last_name: Text | None = None
    email: Annotated[str, Field(max_length=254), AfterValidator(_email)] | None = None
    phone: Annotated[str, Field(pattern=r"^\+?[0-9 ()/.-]{4,30}$")] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    birthday: Annotated[str, Field(pattern=BIRTHDAY), AfterValidator(_birthday)] | None = Field(
        default=None, examples=["1984-05-04"]
    )
    attributes: Attributes = {}
    consents: Annotated[list[ConsentData], Field(max_length=20)] = []


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError(
                "instant", "not a date and time: write 2026-05-04T10:00:00+02:00"
            ) from None
        if value.tzinfo is None:
            raise PydanticCustomError(
                "offset", "the offset is missing: write 2026-05-04T10:00:00+02:00, or Z"
            )
    return value


class Envelope(_Strict):
    """One event. `type` is `order`, `refund`, `redemption`, `profile`, or the name of a registered event type."""

    id: Identifier
    type: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    customer: Identifier | None = None
    occurred_at: Annotated[datetime, BeforeValidator(_moment)]
    revision: int = Field(default=0, ge=0, le=2_000_000_000)
    data: dict[str, Any]


KINDS: Mapping[str, type[_Strict]] = MappingProxyType(
    {"order": OrderData, "refund": RefundData, "redemption": RedemptionData, "profile": ProfileData}
)
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
NAMES_ITS_CUSTOMER_ELSEWHERE = frozenset({"refund", "redemption"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field of an event, and what to write instead."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A well-formed event: its place in the batch, its instants in milliseconds, its data typed or still plain."""

    place: int
    id: str
    type: str
    customer: str | None
    occurred_at: int
    revision: int
    data: Any
    payload: str
    digest: str


def read(item: Any, place: int, now: int) -> Incoming | list[Mistake]:
    """Read one posted event; every mistake in it is returned at once."""
    try:
        envelope = Envelope.model_validate(item)
    except ValidationError as error:
        return _mistakes(error, ())
    mistakes: list[Mistake] = []
    model = KINDS.get(envelope.type)
    data: Any = envelope.data
    if model is not None:
        try:
            data = model.model_validate(envelope.data)
        except ValidationError as error:
            mistakes += _mistakes(error, ("data",))
    occurred_at = to_millis(envelope.occurred_at)
    if occurred_at > now + AHEAD:
        mistakes.append(
            Mistake("occurred_at", "lies more than 5 minutes ahead: check the sender's clock and offset")
        )
    if occurred_at < EARLIEST:
        mistakes.append(Mistake("occurred_at", "lies before 1900: check the year"))
    payload = written(envelope.data)
    if payload is None:
        mistakes.append(
            Mistake("data", "holds an infinite number or half a sign: leave out what JSON cannot carry")
        )
    if isinstance(data, ProfileData) and (data.birthday or "") > to_datetime(now + DAY).date().isoformat():
        mistakes.append(Mistake("data.birthday", "lies ahead: check the year"))
    if envelope.customer is None and envelope.type not in NAMES_ITS_CUSTOMER_ELSEWHERE:
        mistakes.append(Mistake("customer", "is missing: say whose event this is"))
    if envelope.revision and envelope.type != "order":
        mistakes.append(Mistake("revision", "only an order can be revised: leave it out"))
    if mistakes or payload is None:
        return mistakes
    identity = dump([envelope.type, envelope.customer, occurred_at, envelope.revision])
    return Incoming(
        place=place,
        id=envelope.id,
        type=envelope.type,
        customer=envelope.customer,
        occurred_at=occurred_at,
        revision=envelope.revision,
        data=data,
        payload=payload,
        digest=hashlib.sha256((identity + payload).encode()).hexdigest(),
    )


def written(data: dict[str, Any]) -> str | None:
    """Return data as `dump` does; None if it holds an infinite number or half a sign, which JSON text cannot carry."""
    try:
        text = _JSON.encode(data)
        text.encode()
    except ValueError:
        return None
    return text


def _mistakes(error: ValidationError, prefix: tuple[str, ...]) -> list[Mistake]:
    """What is wrong, each thing once: an attribute is tried as each kind of value that it may have."""
    return list(dict.fromkeys(_mistake(detail, prefix) for detail in error.errors(include_url=False)))


def _mistake(detail: ErrorDetails, prefix: tuple[str, ...]) -> Mistake:
    place, message = detail["loc"], detail["msg"]
    if place[:1] == ("attributes",) and len(place) == 3:
        message = message if place[2] == "[key]" else "Input should be a text, a number, true or false"
        place = place[:2]
    parts = (str(part) for part in (*prefix, *place))
    return Mistake(".".join(part for part in parts if not part.startswith("function-")), message)
