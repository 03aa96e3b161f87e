"""Debts: what redeemed rewards took off whose orders were refunded, and what the shop makes of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from api.console.addresses import address
from api.console.desk import AtDesk
from api.console.incoming import Number
from api.console.page import after_post, show
from api.console.viewer import OwnForm, SignedIn, allowed_to
from api.console.words.people import actor_words
from api.console.words.refusals import refusal_words
from api.console.words.states import debt_words, settled_words
from punchcard.domain.campaign_names import campaign_names
from punchcard.domain.debts import LONGEST_NOTE, DebtState, Settlement, settle
from punchcard.domain.refusals import NothingOwed, Refusal
from punchcard.domain.reward_list import find_reward, find_rewards
from punchcard.wording.offers import given_words

router = APIRouter(prefix="/debts")
SETTLE = Depends(allowed_to("settle debts"))
ROWS = 50


@router.get("")
def debts(
    request: Request,
    desk: AtDesk,
    viewer: SignedIn,
    which: DebtState = "owed",
    campaign: Annotated[str, Query(max_length=200)] = "",
    customer: Annotated[str, Query(max_length=254)] = "",
    cursor: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show what is owed, or what was: of everybody, of a campaign or of a customer."""
    with desk.database.read() as connection:
        titles = {line.name: line.title for line in campaign_names(connection)}
        found = find_rewards(
            connection,
            viewer.now,
            campaign=campaign or None,
            customer=customer or None,
            debt=which,
            cursor=cursor or None,
            limit=ROWS,
        )
    asked = {"which": which, "campaign": campaign, "customer": customer}
    return show(
        desk,
        request,
        viewer,
        "debts.html",
        section="debts",
        asked=asked,
        titles=titles,
        states=[
            (state, debt_words(viewer.speech, state)) for state in ("owed", "collected", "waived", "lifted")
        ],
        rows=[(each, given_words(viewer.speech, each.terms, each.currency)) for each in found.items],
        first=address("debts", **asked) if cursor else None,
        next=address("debts", **asked, cursor=found.next) if found.next else None,
    )


@router.get("/{reward}")
def debt_page(request: Request, desk: AtDesk, viewer: SignedIn, reward: Number) -> Response:
    """Show one debt, and ask what became of it."""
    speech = viewer.speech
    with desk.database.read() as connection:
        titles = {line.name: line.title for line in campaign_names(connection)}
        line = find_reward(connection, reward, viewer.now)
    if line.debt is None:
        raise NothingOwed(f"Nothing is owed for the reward {reward}.")
    return show(
        desk,
        request,
        viewer,
        "debt.html",
        section="debts",
        line=line,
        state=debt_words(speech, line.debt),
        worth=given_words(speech, line.terms, line.currency),
        title=titles.get(line.campaign, line.campaign),
        settled_by=actor_words(speech, line.settled_by) if line.settled_by else None,
        may_settle=viewer.may("settle debts") and line.debt == "owed",
        longest=LONGEST_NOTE,
    )


@router.post("/{reward}/{how}", dependencies=[SETTLE, OwnForm])
def settle_debt(
    desk: AtDesk,
    viewer: SignedIn,
    reward: Number,
    how: Settlement,
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> Response:
    """Write down that it was collected, or will not be, and who says so."""
    try:
        with desk.database.begin() as connection:
            settle(connection, reward, how, viewer.actor, note, viewer.now)
    except Refusal as refusal:
        return after_post(desk, address("debts", reward), refusal_words(viewer.speech, refusal), tone="bad")
    return after_post(desk, address("debts"), settled_words(viewer.speech, how))
