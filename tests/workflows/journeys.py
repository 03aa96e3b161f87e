"""Journeys through each definition to each of its ends: who starts it, and how the customer reacts to each message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from punchcard.domain.operating import cancel
from punchcard.plan.model import Plan
from tests.workflows.stage import MESSAGE, Stage

# What somebody does about a customer in a campaign.
Deed = Callable[[Stage, str, str], object]


@dataclass(frozen=True)
class Journey:
    """One way through a campaign; `reactions` are by the name of the message that has just arrived."""

    campaign: str
    end: str
    begin: Deed
    outcome: str
    mails: tuple[str, ...]
    reactions: Mapping[str, Deed] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what its history is called."""
        return f"{self.campaign}.{self.end}"


def orders(number: int, amount: str = "600.00") -> Deed:
    """Return what begins with so many orders."""

    def begin(stage: Stage, customer: str, campaign: str) -> None:
        for _ in range(number):
            stage.order(customer, amount)

    return begin


def by_hand(damage: str, *, by_phone: bool = False) -> Deed:
    """Return what an agent of the help desk starts."""
    inputs: dict[str, Any] = {"order_number": "A-7", "damage": {"amount": damage, "currency": "USD"}}
    return lambda stage, customer, campaign: stage.start(
        "goodwill", customer, inputs | {"by_phone": by_phone}
    )


def reviews(rating: int) -> Deed:
    """Return what begins with a review."""
    data = {"product": "teapot", "rating": rating}
    return lambda stage, customer, campaign: stage.post("review_written", customer, data)


def redeems(stage: Stage, customer: str, campaign: str) -> None:
    """Use the code."""
    stage.redeem(customer, campaign)


def orders_again(stage: Stage, customer: str, campaign: str) -> None:
    """Buy something small, without the code."""
    stage.order(customer, "20.00")


def answers(text: str) -> Deed:
    """Return what answers the question."""
    return lambda stage, customer, campaign: stage.answer(customer, text)


def takes_it_back(stage: Stage, customer: str, campaign: str) -> None:
    """Have the latest order refunded."""
    stage.refund(f"order-of-{customer}")


def takes_it_back_and_buys_again(stage: Stage, customer: str, campaign: str) -> None:
    """Have the order refunded, and place another one at once."""
    stage.refund(f"order-of-{customer}")
    stage.order(customer, "600.00")


def is_cancelled(stage: Stage, customer: str, campaign: str) -> None:
    """Be ended by an operator."""
    stage.operate(cancel, stage.instance(customer, campaign).id, reason="a mistake")


def one_order(stage: Stage, customer: str, campaign: str) -> None:
    """Place one order whose id is known."""
    stage.order(customer, "600.00", id=f"order-of-{customer}")


save = partial(Journey, "spend-and-save", begin=orders(1))
welcome = partial(Journey, "welcome", begin=orders(1, "20.00"))
card = partial(Journey, "punch-card", begin=orders(10, "6.00"))
goodwill = partial(Journey, "goodwill", outcome="completed")
thanks = partial(Journey, "review-thanks", begin=reviews(5))

EARNED, REMINDER, HOW = "you-earned-it", "redeem-reminder", "how-was-it"

JOURNEYS = (
    save(
        "answered", outcome="completed", mails=(EARNED, HOW), reactions={EARNED: redeems, HOW: answers("5")}
    ),
    save("silent", outcome="completed", mails=(EARNED, HOW), reactions={EARNED: redeems}),
    save(
        "reminded",
        outcome="completed",
        mails=(EARNED, REMINDER, HOW),
        reactions={REMINDER: redeems, HOW: answers("1")},
    ),
    save("expired", outcome="completed", mails=(EARNED, REMINDER)),
    save("reversed", begin=one_order, outcome="reversed", mails=(EARNED,), reactions={EARNED: takes_it_back}),
    save(
        "restored",
        begin=one_order,
        outcome="completed",
        mails=(EARNED, REMINDER),
        reactions={EARNED: takes_it_back_and_buys_again},
    ),
    save("cancelled", outcome="cancelled", mails=(EARNED,), reactions={EARNED: is_cancelled}),
    welcome("redeemed", outcome="stopped", mails=("welcome", "welcome-back"), reactions={"welcome": redeems}),
    welcome("ordered", outcome="stopped", mails=("welcome",), reactions={"welcome": orders_again}),
    welcome("reminded", outcome="completed", mails=("welcome", "welcome-reminder")),
    card("redeemed", outcome="stopped", mails=("card-is-full",), reactions={"card-is-full": redeems}),
    card(
        "reminded",
        outcome="completed",
        mails=("card-is-full", "card-reminder"),
        reactions={"card-reminder": redeems},
    ),
    card("expired", outcome="stopped", mails=("card-is-full", "card-reminder")),
    goodwill("phone", begin=by_hand("80.00", by_phone=True), outcome="stopped", mails=("we-are-sorry",)),
    goodwill("silent", begin=by_hand("49.99"), mails=("we-are-sorry", "are-we-good")),
    goodwill(
        "good",
        begin=by_hand("50.00"),
        mails=("we-are-sorry", "are-we-good"),
        reactions={"we-are-sorry": redeems, "are-we-good": answers("yes")},
    ),
    goodwill(
        "not-good",
        begin=by_hand("10.00"),
        mails=("we-are-sorry", "are-we-good", "what-can-we-do"),
        reactions={"are-we-good": answers("no"), "what-can-we-do": answers("Call me.")},
    ),
    goodwill(
        "wordless",
        begin=by_hand("10.00"),
        mails=("we-are-sorry", "are-we-good", "what-can-we-do"),
        reactions={"are-we-good": answers("no")},
    ),
    thanks("good", outcome="completed", mails=("thanks-for-your-review",)),
    thanks(
        "disappointed",
        begin=reviews(2),
        outcome="completed",
        mails=("what-went-wrong", "thanks-for-your-review"),
        reactions={"what-went-wrong": answers("It dripped.")},
    ),
    thanks("wordless", begin=reviews(1), outcome="stopped", mails=("what-went-wrong",)),
)


@dataclass(frozen=True)
class Played:
    """A journey that was played: the instance, and the messages that went out in it."""

    journey: Journey
    customer: str
    instance: Any
    mails: tuple[str, ...]


async def play(stage: Stage, journeys: Iterable[Journey] = JOURNEYS) -> list[Played]:
    """Play journeys beside one another, each by a customer of its own, until every instance has ended."""
    plans: dict[str, Plan] = {plan.campaign: plan for plan in stage.publish_definitions()}
    cast: dict[str, Journey] = {}
    for journey in journeys:
        customer = stage.rewardable(plans[journey.campaign], "c")
        cast[customer] = journey
        journey.begin(stage, customer, journey.campaign)
    reacted: set[tuple[str, str]] = set()
    while True:
        await stage.quiet()
        if not _react(stage, cast, reacted) and not await stage.leap():
            break
    return [_played(stage, customer, journey) for customer, journey in cast.items()]


def _react(stage: Stage, cast: Mapping[str, Journey], reacted: set[tuple[str, str]]) -> bool:
    """Let every customer react to what has newly arrived; tell whether somebody did."""
    news = [
        (customer, row.name)
        for customer, journey in cast.items()
        for row in stage.of(customer, MESSAGE, journey.campaign)
        if row.status == "sent" and row.name in journey.reactions and (customer, row.name) not in reacted
    ]
    for customer, message in news:
        cast[customer].reactions[message](stage, customer, cast[customer].campaign)
    reacted.update(news)
    return bool(news)


def _played(stage: Stage, customer: str, journey: Journey) -> Played:
    mails = [row.name for row in stage.of(customer, MESSAGE, journey.campaign)]
    return Played(journey, customer, stage.instance(customer, journey.campaign), tuple(mails))
