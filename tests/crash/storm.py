"""Orders, refunds and revisions, shuffled and repeated, and what must stand once all of them are in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

EVERY = 100_00  # minor units: what earns a reward

CAMPAIGN = """\
campaign: storm
title: 10% off for every $100 spent
currency: USD
starts: 2020-01-01
max_lateness: 3650 days
limit: 100000 per year
budget: {rewards: 1000000}

when:
  spend: {every: 100}

steps:
  - reward: {discount: 10%, expires: 3650 days}
    as: coupon
  - send: earned
  - wait: {for: coupon.redeemed, up_to: 1 day}
    otherwise:
      - send: reminder

messages:
  earned:
    purpose: transactional
    subject: Your 10% is here
    body: Your code is {{ coupon.code }}.
  reminder:
    purpose: transactional
    subject: Your 10% is still here
    body: Your code is {{ coupon.code }}.
"""


@dataclass(slots=True)
class Storm:
    """Everything that happens to the customers of a storm; `crossings` is how many occasions must stand for each."""

    events: list[dict[str, Any]] = field(default_factory=list)
    nets: dict[str, int] = field(default_factory=dict)

    @property
    def crossings(self) -> dict[str, int]:
        """How many occasions must stand for each customer."""
        return {customer: net // EVERY for customer, net in self.nets.items() if net >= EVERY}

    def batches(self, chance: random.Random) -> Iterator[list[dict[str, Any]]]:
        """Deal the events in an order and in batches of no meaning, some of them several times."""
        dealt = self.events + chance.sample(self.events, len(self.events) // 5)
        chance.shuffle(dealt)
        while dealt:
            size = chance.randint(1, 40)
            yield dealt[:size]
            del dealt[:size]


def make_storm(orders: int, customers: int, seed: int) -> Storm:
    """Make so many orders; a tenth is revised, a tenth refunded in part or whole."""
    chance = random.Random(seed)
    storm = Storm()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    names = [f"C-{number}" for number in range(customers)]
    storm.events += [_profile(name, now) for name in names]
    for number in range(orders):
        customer, amount = chance.choice(names), chance.randint(5_00, 80_00)
        storm.events.append(_order(number, customer, amount, 0, now))
        if chance.random() < 0.1:
            amount = chance.randint(5_00, 80_00)
            storm.events.append(_order(number, customer, amount, 1, now))
        if chance.random() < 0.1:
            part = None if chance.random() < 0.5 else chance.randint(1_00, 90_00)
            storm.events.append(_refund(number, part, now))
            amount = 0 if part is None else max(0, amount - part)
        storm.nets[customer] = storm.nets.get(customer, 0) + amount
    return storm


def _profile(customer: str, now: str) -> dict[str, Any]:
    data = {"first_name": "Demo", "email": f"{customer.lower()}@example.com"}
    return {"id": f"p-{customer}", "type": "profile", "customer": customer, "occurred_at": now, "data": data}


def _order(number: int, customer: str, amount: int, revision: int, now: str) -> dict[str, Any]:
    return {
        "id": f"o-{number}",
        "type": "order",
        "customer": customer,
        "occurred_at": now,
        "revision": revision,
        "data": {"amount": _money(amount)},
    }


def _refund(number: int, amount: int | None, now: str) -> dict[str, Any]:
    data: dict[str, Any] = {"order": f"o-{number}"}
    if amount is not None:
        data["amount"] = _money(amount)
    return {"id": f"r-{number}", "type": "refund", "occurred_at": now, "data": data}


def _money(minor: int) -> dict[str, str]:
    return {"amount": f"{minor // 100}.{minor % 100:02d}", "currency": "USD"}
