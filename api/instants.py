"""Instants as the API writes and reads them: ISO 8601 in UTC outside, epoch milliseconds inside."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, overload

from pydantic import AwareDatetime, BeforeValidator, Field

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Instant = Annotated[
    str,
    Field(json_schema_extra={"format": "date-time"}, examples=["2026-05-04T08:00:00.000Z"]),
]


def _is_written_out(value: object) -> object:
    """A bare number would be taken for seconds."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d[Tt ]", value):
        raise ValueError("not a date and time: write 2026-05-04T10:00:00+02:00")
    return value


# An instant in a query: with its date, its time and its offset.
Moment = Annotated[AwareDatetime, BeforeValidator(_is_written_out)]


@overload
def to_text(millis: int) -> str: ...
@overload
def to_text(millis: None) -> None: ...
@overload
def to_text(millis: int | None) -> str | None: ...
def to_text(millis: int | None) -> str | None:
    """Return an instant with its milliseconds and a Z, or None as it is."""
    if millis is None:
        return None
    moment = EPOCH + timedelta(milliseconds=millis)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_millis(moment: AwareDatetime) -> int:
    """Return an instant in epoch milliseconds, what is finer cut off."""
    return (moment - EPOCH) // timedelta(milliseconds=1)
