"""Experiments: who drew which variant of a split that keeps the best, how each variant does, and which is kept."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from punchcard.domain.database import big, identity


class Experiment(SQLModel, table=True):
    """One experiment of a campaign, by the name of its split and the `mark` of its content, from its first customer on.

    `version` is the one that it began with. `needed` is how many customers have to be counted in each variant for the
    next look, before `check_at` they surely are not. The `winner` is decided once and for all.
    """

    __tablename__ = "experiment"
    __table_args__ = (UniqueConstraint("campaign", "name", "mark"),)

    id: int | None = identity()
    campaign: str
    name: str
    mark: str
    version: str
    started_at: int = big()
    looks: int = 0
    needed: int
    check_at: int = big()
    winner: str | None = None
    decided_at: int | None = big(nullable=True)


class ExperimentEntry(SQLModel, table=True):
    """The variant that an instance of a customer has drawn; of the customer's instances the first is counted."""

    __tablename__ = "experiment_entry"
    __table_args__ = (Index("experiment_entry_by_variant", "experiment_id", "number", "variant", "at"),)

    experiment_id: int = Field(primary_key=True, foreign_key="experiment.id", sa_type=BigInteger)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    number: int = Field(primary_key=True)
    occasion_id: int = big()
    variant: str
    at: int = big()


class ExperimentLook(SQLModel, table=True):
    """One look at an experiment: what it saw and found, for ever.

    `counts` is JSON, of each variant how many customers were counted, and how many of them had succeeded. `chance` is
    how likely chance alone would put the best so far ahead of the others, `error` how likely it may at this look.
    """

    __tablename__ = "experiment_look"

    experiment_id: int = Field(primary_key=True, foreign_key="experiment.id", sa_type=BigInteger)
    number: int = Field(primary_key=True)
    at: int = big()
    instance_id: str
    counts: str
    best: str
    chance: float
    error: float
    winner: str | None = None
