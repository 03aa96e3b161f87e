"""Campaigns and their published versions, and the counter by which a stale copy of them is noticed."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from punchcard.domain.database import big


class Campaign(SQLModel, table=True):
    """A campaign as it runs now. `status` is `active`, `paused` or `ended`; `epoch` numbers its ways of counting."""

    __tablename__ = "campaign"

    name: str = Field(primary_key=True)
    status: str = "active"
    version: str
    number: int = 1
    epoch: int = 1
    paused_at: int | None = big(nullable=True)
    created_at: int = big()


class Epoch(SQLModel, table=True):
    """One way of counting: orders from `counts_from` until `until` (None: still open) count by this version's plan."""

    __tablename__ = "campaign_epoch"

    campaign: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    version: str
    counts_from: int = big()
    until: int | None = big(nullable=True)


class Version(SQLModel, table=True):
    """One published, immutable version: its plan by the SHA-256 of its canonical JSON, and the text it came from."""

    __tablename__ = "campaign_version"

    hash: str = Field(primary_key=True)
    campaign: str = Field(index=True)
    number: int
    epoch: int
    plan: str
    source: str
    files: str = "{}"
    published_at: int = big()
    published_by: str


class Catalogue(SQLModel, table=True):
    """One row: the generation of all campaigns together, raised by every change of one."""

    __tablename__ = "catalogue"

    id: int = Field(default=1, primary_key=True)
    generation: int = 0
