"""How far the search for who is due has come in each campaign that time itself starts."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from punchcard.domain.database import big


class Sweep(SQLModel, table=True):
    """One epoch's search: all that was due up to `swept_until` is found, and nothing more is before `next_due`.

    While a pass is under way, `pass_until` is where it will have come to, and `cursor` the last customer (or other
    candidate) that it has looked at.
    """

    __tablename__ = "sweep"

    campaign: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    swept_until: int = big()
    next_due: int = big()
    pass_until: int | None = big(nullable=True)
    cursor: int = big(default=0)
