"""Rewards are looked for by their end and by their use, customers by when they became known."""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_created_at"), ["created_at"], unique=False)
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_campaign"))
        batch_op.create_index("reward_by_end", ["campaign", "expires_at"], unique=False)
        batch_op.create_index("reward_by_use", ["campaign", "redeemed_at"], unique=False)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.drop_index("reward_by_use")
        batch_op.drop_index("reward_by_end")
        batch_op.create_index(batch_op.f("ix_reward_campaign"), ["campaign"], unique=False)
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_created_at"))
