"""The two sides of the comparison: which program runs each, and where its tables say how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.journeys.intake import Orders


@dataclass(frozen=True, slots=True)
class Side:
    """One side. Its program takes orders, redemptions and answers on its input, and is worker and sender itself.

    The queries: ids of ended journeys (`:limit`); how many have begun, how many have ended, and how many
    customers were spared because they only serve for comparison; how many ended without an answer; and for one
    customer's e-mail address the code that can be redeemed and the question that can be answered, once the journey
    waits for it: a customer takes longer to act than a machine to write down that it sent an e-mail.
    """

    name: str
    module: str
    file: str
    ids: str
    progress: str
    strayed: str
    code: str
    question: str
    records_steps: bool = True

    def database(self, orders: Orders) -> Path:
        """Return where this side's program keeps its tables."""
        return Path(orders.folder) / self.file


BY_HAND = Side(
    name="by hand",
    module="benchmarks.yardstick.program",
    file="shop.db",
    ids="SELECT id FROM journey WHERE status = 'closed' ORDER BY updated_at DESC LIMIT :limit",
    progress="SELECT count(*), count(*) FILTER (WHERE status = 'closed'), 0 FROM journey",
    strayed="SELECT count(*) FROM journey LEFT JOIN question ON question.journey = journey.id"
    " WHERE status = 'closed' AND answer IS NULL",
    code="SELECT code FROM reward JOIN customer ON customer.id = reward.customer"
    " JOIN journey ON journey.id = reward.journey"
    " WHERE email = :email AND reward.status = 'issued' AND step = 'redemption'",
    question="SELECT journey FROM question JOIN customer ON customer.id = question.customer"
    " JOIN journey ON journey.id = question.journey"
    " WHERE email = :email AND answer IS NULL AND step = 'answer'",
)

# Keeps no record of where a journey stands between its beginning and its end: nobody could look it up.
BY_HAND_LEAN = replace(
    BY_HAND,
    name="by hand, lean",
    records_steps=False,
    code=BY_HAND.code.removesuffix(" AND step = 'redemption'"),
    question=BY_HAND.question.removesuffix(" AND step = 'answer'"),
)

PUNCHCARD = Side(
    name="Punchcard",
    module="benchmarks.journeys.program",
    file="punchcard.db",
    ids="SELECT id FROM instance WHERE status = 'closed' ORDER BY updated_at DESC LIMIT :limit",
    progress="SELECT count(*) FILTER (WHERE status <> 'unstarted'), count(*) FILTER (WHERE status = 'closed'),"
    " (SELECT count(*) FROM occasion WHERE disposition = 'held_out') FROM instance",
    strayed="SELECT count(*) FROM instance LEFT JOIN question ON question.occasion_id = instance.occasion_id"
    " WHERE status = 'closed' AND answered_at IS NULL",
    code="SELECT code FROM reward JOIN customer ON customer.id = reward.customer_id"
    " JOIN instance ON instance.id = reward.instance_id"
    " WHERE email = :email AND reward.status = 'issued' AND phase = 'waiting'",
    question="SELECT question.id FROM question JOIN customer ON customer.id = question.customer_id"
    " JOIN instance ON instance.id = question.instance_id"
    " WHERE email = :email AND answered_at IS NULL AND phase = 'waiting'",
)
