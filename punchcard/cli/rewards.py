"""`punchcard rewards`: what was given, and what became of it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from api.shapes.rewards import RewardShown, reward_shown
from punchcard.cli.listing import show_list
from punchcard.cli.opening import opened
from punchcard.domain.clock import read_clock
from punchcard.domain.redeeming import CodeState
from punchcard.domain.reward_list import find_rewards
from punchcard.settings import load_settings


def rewards(
    campaign: Annotated[str | None, typer.Option(help="Of one campaign.")] = None,
    customer: Annotated[str | None, typer.Option(help="Of one customer, by your own id.")] = None,
    state: Annotated[CodeState | None, typer.Option(help="In one state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """List rewards, the latest first, with their codes and what became of them."""
    with opened(load_settings(), making=False) as database, database.read() as connection:
        now = read_clock(connection).now()
        page = find_rewards(connection, now, campaign=campaign, customer=customer, state=state, limit=limit)
    found = [reward_shown(line) for line in page.items]
    if as_json:
        typer.echo(json.dumps([each.model_dump(mode="json") for each in found], indent=2))
        return
    show_list(
        ("code", "offer", "state", "customer", "campaign", "expires", "left", "used for"),
        (_row(each) for each in found),
    )
    if page.next is not None:
        typer.echo(f"There are more than {limit}; --limit shows more of them.", err=True)


def _row(reward: RewardShown) -> tuple[str | None, ...]:
    orders = ", ".join(use.order for use in reward.redemptions if use.order is not None)
    left = f"{reward.uses_left} of {reward.orders}"
    whose = (reward.customer, reward.campaign, reward.expires_at)
    return (reward.code, _offer(reward), reward.state, *whose, left, orders or None)


def _offer(reward: RewardShown) -> str:
    """Return what is given: `20%`, `10.00 USD`, `free: coffee-500g`."""
    offer = reward.offer
    if offer.amount is not None:
        return f"{offer.amount.amount} {offer.amount.currency}"
    if offer.percent is not None:
        return f"{offer.percent}%"
    what = offer.item or offer.gift
    return offer.kind if what is None else f"{offer.kind}: {what}"
