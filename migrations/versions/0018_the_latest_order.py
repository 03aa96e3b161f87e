"""Up to when a customer's orders have been counted: what happens later changes no occasion that stands."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision; for whom it is not known yet, the next order finds it."""
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latest", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_column("latest")
