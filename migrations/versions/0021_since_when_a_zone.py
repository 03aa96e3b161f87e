"""Since when a customer lives in a time zone, and in which one before: who is due by a clock is searched in passes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("customer", sa.Column("timezone_since", sa.BigInteger(), nullable=True))
    op.add_column("customer", sa.Column("timezone_before", sa.String(), nullable=True))
    op.create_index(op.f("ix_customer_timezone_since"), "customer", ["timezone_since"])


def downgrade() -> None:
    """Go back to the revision before, which knows the present zone alone."""
    op.drop_index(op.f("ix_customer_timezone_since"), table_name="customer")
    op.drop_column("customer", "timezone_before")
    op.drop_column("customer", "timezone_since")
