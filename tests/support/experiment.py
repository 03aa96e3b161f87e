"""An experiment played in a world: customers by lot, some of whom come back, a look, and whoever comes after it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from punchcard.domain.customers import ALIAS
from punchcard.domain.database import table
from punchcard.domain.experiments import ExperimentEntry
from tests.support.world import World

ENTRY = table(ExperimentEntry)
TEXT = """\
campaign: which-words
title: Which words bring customers back?
currency: USD
timezone: America/New_York
limit: 1 per year
when: order
steps:
  - split: {plain: 50%, warm: 50%, keep_best: {by: customer.ordered, within: 1 day, after: 20}}
    id: words
    branches:
      plain:
        - send: plain-thanks
      warm:
        - send: warm-thanks
messages:
  plain-thanks:
    purpose: marketing
    subject: Thank you
    body: Thank you for your order.
  warm-thanks:
    purpose: marketing
    subject: We are glad that you came
    body: Thank you for coming by.
"""


class Words:
    """A campaign that tries two ways of thanking; customers are called `W-1`, `W-2` …"""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self._came = 0
        self._file = folder / "which-words.yaml"
        self.publish(TEXT)

    def publish(self, text: str) -> None:
        """Publish the campaign, as it is or otherwise."""
        self._file.write_text(text, "utf-8")
        self.world.publish(self._file)

    def come(self, people: int = 1) -> str:
        """Let new customers order; return the last one's id."""
        for _ in range(people):
            self._came += 1
            self.world.order(f"w-{self._came}", f"W-{self._came}", "20.00")
        return f"W-{self._came}"

    def come_back(self, variant: str) -> None:
        """Let everybody who drew a variant order again."""
        drew = (
            select(ALIAS.c.external_id)
            .join(ENTRY, ENTRY.c.customer_id == ALIAS.c.customer_id)
            .where(ENTRY.c.variant == variant)
        )
        with self.world.database.read() as connection:
            people = connection.execute(drew).scalars().all()
        for person in people:
            self.world.order(f"w-{person}-again", person, "20.00")

    def decide(self) -> str:
        """Go on until there is a winner, and one customer more; return that one's id."""
        self.come(50)
        self.world.later(0.5)
        self.come_back("warm")
        self.world.later(1)
        self.come()
        return self.come()
