"""Campaigns that campaigns start."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "campaign_start",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("occasion_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("started_occasion_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["occasion_id"], ["occasion.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("occasion_id", "key"),
    )
    with op.batch_alter_table("campaign_start", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_start_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_campaign_start_started_occasion_id"), ["started_occasion_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("campaign_start")
