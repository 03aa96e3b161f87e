"""Budgets for each period of the calendar; what is used of them is counted anew, from the rewards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | Sequence[str] | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GIVEN = """
    INSERT INTO budget_use (campaign, rewards, amount)
    SELECT campaign, count(*), sum(CASE WHEN kind = 'amount' THEN value * orders ELSE 0 END)
    FROM reward GROUP BY campaign
"""


def upgrade() -> None:
    """Go to this revision; a campaign's first reward opens its window, with what was given before."""
    op.drop_table("budget_use")
    op.create_table(
        "budget_use",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("rewards", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("freed_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "per", "since"),
    )


def downgrade() -> None:
    """Go back to the revision before, which knows one budget for all the time."""
    op.drop_table("budget_use")
    op.create_table(
        "budget_use",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("rewards", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign"),
    )
    op.execute(GIVEN)
