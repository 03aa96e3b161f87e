"""The programme's file as it was published: what campaigns are checked with from then on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel

from punchcard.domain.database import big, identity, table


class ProgrammeVersion(SQLModel, table=True):
    """One published text of the programme; the latest counts."""

    __tablename__ = "programme_version"

    id: int | None = identity()
    text: str
    published_at: int = big()
    published_by: str


VERSION = table(ProgrammeVersion)


@dataclass(frozen=True, slots=True)
class PublishedProgramme:
    """The programme's text, by whom it was published, and when."""

    text: str
    published_at: int
    published_by: str


def current_programme(connection: Connection) -> PublishedProgramme | None:
    """Return the programme that was published last; None before the first."""
    row = connection.execute(select(VERSION).order_by(VERSION.c.id.desc()).limit(1)).first()
    return None if row is None else PublishedProgramme(row.text, row.published_at, row.published_by)


def publish_programme(connection: Connection, text: str, actor: str, now: int) -> bool:
    """Make this text the programme's; return whether it is another than before.

    Campaigns keep what they took from the earlier one until they are published again.
    """
    current = current_programme(connection)
    if current is not None and current.text == text:
        return False
    connection.execute(insert(VERSION).values(text=text, published_at=now, published_by=actor))
    return True
