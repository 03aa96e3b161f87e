"""Codes that can be used for several orders, once for each."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAMES = {"uq": "%(table_name)s_%(column_0_name)s_key"}  # as PostgreSQL names what has no name


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("reward", sa.Column("orders", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("reward", sa.Column("used", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE reward SET used = 1 WHERE status = 'redeemed'")
    with op.batch_alter_table("redemption", naming_convention=NAMES) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.drop_constraint("redemption_reward_id_key", type_="unique")
        batch_op.create_unique_constraint("redemption_reward_id_number_key", ["reward_id", "number"])
        batch_op.create_unique_constraint(
            "redemption_reward_id_source_order_external_id_key", ["reward_id", "source", "order_external_id"]
        )


def downgrade() -> None:
    """Go back to the revision before, which knows one use of each code."""
    op.execute("DELETE FROM redemption WHERE number > 1")
    with op.batch_alter_table("redemption", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint("redemption_reward_id_source_order_external_id_key", type_="unique")
        batch_op.drop_constraint("redemption_reward_id_number_key", type_="unique")
        batch_op.create_unique_constraint("redemption_reward_id_key", ["reward_id"])
        batch_op.drop_column("number")
    op.drop_column("reward", "used")  # not by copying the table: redemptions and debts refer to it
    op.drop_column("reward", "orders")
