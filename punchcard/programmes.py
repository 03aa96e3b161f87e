"""The programme as an installation knows it: the file that was published last, and the registered event types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from punchcard.domain.event_types import declared
from punchcard.domain.knowing import known_of_customer
from punchcard.domain.programmes import current_programme
from punchcard.known_events import with_schemas
from punchcard.language import Programme, check_programme
from punchcard.plan.conditions import Segment, evaluate, names


def known_programme(connection: Connection) -> Programme:
    """Return what campaigns of this installation are checked with."""
    published = current_programme(connection)
    programme = Programme() if published is None else _read(published.text)
    return with_schemas(programme, declared(connection))


@lru_cache(maxsize=8)
def _read(text: str) -> Programme:
    """Read a text that was without mistakes when it was published; without its mistakes, should a newer
    version of Punchcard find some.
    """
    return check_programme(text).programme or Programme()


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a customer is in a segment of the programme, and the values by which that was decided."""

    name: str
    title: str | None
    rule: str
    inside: bool
    operands: Mapping[str, Any]


def standing_in_segments(
    connection: Connection, programme: Programme, customer_id: int, now: int
) -> tuple[Standing, ...]:
    """Return where a customer stands in each segment by the rules of the programme; those they are in come first."""
    found = [_standing(connection, each, programme, customer_id, now) for each in programme.segments.values()]
    return tuple(sorted(found, key=lambda each: not each.inside))


def _standing(
    connection: Connection, segment: Segment, programme: Programme, customer_id: int, now: int
) -> Standing:
    known = known_of_customer(
        connection, customer_id, names(segment.rule), programme.currency, now, programme.timezone
    )
    verdict = evaluate(segment.rule, known)
    return Standing(segment.name, segment.title, segment.source, verdict.met, verdict.operands)
