"""The oldest rows of the outbox are found without sorting all that wait."""

from collections.abc import Sequence

from alembic import op

revision: str = "0022"
down_revision: str | Sequence[str] | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_index("outbox_by_age", "outbox", ["status", "created_at"])


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_index("outbox_by_age", "outbox")
