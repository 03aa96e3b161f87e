"""Birthdays, and how far the search for who is due has come."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "sweep",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("swept_until", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.BigInteger(), nullable=False),
        sa.Column("pass_until", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "epoch"),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("birthday", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("birth_day", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("birthday_since", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_customer_birth_day"), ["birth_day"], unique=False)
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchase_customer_id"))
        batch_op.create_index("purchase_of_customer", ["customer_id", "occurred_at"], unique=False)
        batch_op.create_index("purchase_by_time", ["occurred_at"], unique=False)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.drop_index("purchase_by_time")
        batch_op.drop_index("purchase_of_customer")
        batch_op.create_index(batch_op.f("ix_purchase_customer_id"), ["customer_id"], unique=False)
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_birth_day"))
        batch_op.drop_column("birthday_since")
        batch_op.drop_column("birth_day")
        batch_op.drop_column("birthday")
    op.drop_table("sweep")
