"""Campaigns of thirty steps, each another one: what a long campaign of a shop looks like."""

from __future__ import annotations

import random
from collections.abc import Iterator

STEPS = 30

_HEAD = """\
campaign: {name}
title: Thanks number {number}
owner: loyalty@shop.example
currency: USD
timezone: America/New_York
goal: {{measure: repeat_purchase_rate, raise_by: {raised}%, within: 6 months}}
holdout: {holdout}%
limit: {limit} per year
budget: {{rewards: {budget}}}

when:
  spend: {{every: {every}}}

steps:
  - reward: {{discount: {discount}%, expires: {expires} days}}
    as: coupon
"""
# Each block with how many steps it has.
_BLOCKS = (
    ("  - send: {message}\n", 1),
    ("  - wait: {days} days\n", 1),
    (
        "  - wait: {{for: coupon.redeemed, up_to: {days} days}}\n    otherwise:\n      - send: {message}\n",
        2,
    ),
    (
        "  - if: customer.orders > {days} and not coupon.redeemed\n    then:\n      - send: {message}\n"
        "    otherwise:\n      - wait: {days} hours\n",
        3,
    ),
    (
        '  - if: customer.spent_within("{days} days") > {every} or order.amount >= {every}\n    then:\n'
        "      - ask: {{message: {message}, answer: 1..5, up_to: {days} days}}\n        as: reply{at}\n"
        "        then:\n          - if: reply{at}.answer <= 2\n            then:\n              - send: {message}\n",
        4,
    ),
)
_MESSAGE = """\
  {name}:
    purpose: marketing
    subject: Your {discount}% is here, {{{{ customer.first_name }}}}
    body: |
      Hello {{{{ customer.first_name }}}},

      thank you for spending {{{{ order.amount | money }}}} with us. Your code is **{{{{ coupon.code }}}}**, and it
      is good until {{{{ coupon.expires | date }}}}.

      {{% if customer.last_name %}}Kind regards to you and all other {{{{ customer.last_name }}}}s{{% endif %}}
"""


def campaigns(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield the file name and the text of so many campaigns; the same seed makes the same."""
    chance = random.Random(seed)
    for number in range(count):
        yield _campaign(f"thanks-{number}", number, chance)


def _campaign(name: str, number: int, chance: random.Random) -> tuple[str, str]:
    numbers = {
        "raised": chance.randint(5, 30),
        "holdout": chance.randint(1, 20),
        "limit": chance.randint(1, 12),
        "budget": chance.randint(100, 99_999),
        "every": chance.randint(20, 900),
        "discount": chance.randint(5, 50),
        "expires": chance.randint(400, 900),
    }
    parts = [_HEAD.format(name=name, number=number, **numbers)]
    messages = [f"message-{each}" for each in range(5)]
    steps, at = 1, 0
    while steps < STEPS:
        block, size = chance.choice([each for each in _BLOCKS if each[1] <= STEPS - steps])
        message = messages[at % len(messages)]
        parts.append(block.format(message=message, days=chance.randint(2, 9), at=at, every=numbers["every"]))
        steps, at = steps + size, at + 1
    parts.append("\nmessages:\n")
    used = "".join(parts)
    parts += [
        _MESSAGE.format(name=message, discount=numbers["discount"])
        for message in messages
        if f"{message}\n" in used or f"{message}," in used
    ]
    return f"{name}.yaml", "".join(parts)
