"""Customers: finding one, and what is known of them, how far they are, what they got and why not more."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy import Connection

from api.console.addresses import address
from api.console.desk import AtDesk, Desk
from api.console.page import show
from api.console.viewer import SignedIn, Viewer
from api.console.words.progress import Progress, progress_words
from api.console.words.reasons import disposition_words
from api.console.words.states import debt_words, instance_state, occasion_state, reward_state, uses_words
from api.console.words.values import facts_words, operands_words
from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.causes import orders_of_customer
from punchcard.domain.customer_search import find_customers
from punchcard.domain.customer_story import CustomerStory, OccasionLine, find_occasions, tell_customer
from punchcard.domain.instance_search import Wanted, find_instances
from punchcard.domain.reward_list import find_rewards
from punchcard.programmes import known_programme, standing_in_segments
from punchcard.wording.offers import given_words

router = APIRouter(prefix="/customers")
ROWS = 50
SHOWN = 100


@router.get("")
def customers(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    text: Annotated[str, Query(max_length=254)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show customers, the latest first, or those that a text finds."""
    with desk.database.read() as connection:
        found = find_customers(connection, text.strip() or None, cursor=cursor or None, limit=ROWS)
    return show(
        desk,
        request,
        viewer,
        "customers.html",
        section="customers",
        text=text,
        rows=found.items,
        first=address("customers", text=text) if cursor else None,
        next=address("customers", text=text, cursor=found.next) if found.next else None,
    )


@router.get("/{customer:path}")
def customer_page(request: Request, desk: AtDesk, viewer: SignedIn, customer: str) -> Response:
    """Show one customer by an integrator's id."""
    speech = viewer.speech
    with desk.database.read() as connection:
        story = tell_customer(connection, customer)
        campaigns = {line.name: line for line in campaign_names(connection)}
        rewards = find_rewards(connection, viewer.now, customer=customer, limit=SHOWN)
        found = find_instances(connection, Wanted(customer=customer), limit=SHOWN)
        occasions = find_occasions(connection, customer, limit=SHOWN)
        orders = orders_of_customer(connection, story.id, limit=SHOWN)
        progress = _progress(desk, connection, viewer, story)
        programme = known_programme(connection)
        standing = standing_in_segments(connection, programme, story.id, viewer.now)
        seen = {each.id: _seen(desk, connection, viewer, each) for each in occasions.items}
    return show(
        desk,
        request,
        viewer,
        "customer.html",
        section="customers",
        story=story,
        customer=customer,
        titles={name: line.title for name, line in campaigns.items()},
        progress=progress,
        rewards=[
            (
                each,
                given_words(speech, each.terms, each.currency, each.orders),
                reward_state(speech, each.state),
            )
            for each in rewards.items
        ],
        instances=[(each, instance_state(speech, each.state)) for each in found.items],
        occasions=[
            (
                each,
                occasion_state(speech, each.status, each.disposition),
                disposition_words(speech, each.status, each.disposition),
                seen[each.id],
            )
            for each in occasions.items
        ],
        orders=orders,
        debt_words=partial(debt_words, speech),
        uses_words=partial(uses_words, speech),
        segments=[(each, facts_words(speech, programme.currency, each.operands)) for each in standing],
    )


def _seen(desk: Desk, connection: Connection, viewer: Viewer, occasion: OccasionLine) -> Markup:
    """What decided whether the customer takes part, in the words of that campaign."""
    if occasion.decided is None:
        return Markup("")
    plan = desk.plans.program(connection, occasion.version).plan
    return operands_words(viewer.speech, plan, occasion.decided["operands"])


def _progress(desk: Desk, connection: Connection, viewer: Viewer, story: CustomerStory) -> list[Progress]:
    by_name = {line.campaign: line for line in story.progress}
    shown = []
    for line in campaign_names(connection):
        if line.status != "ended":
            plan = desk.plans.program(connection, line.version).plan
            words = progress_words(viewer.speech, plan, by_name.get(line.name), story.id)
            if words is not None:
                shown.append(words)
    return shown
