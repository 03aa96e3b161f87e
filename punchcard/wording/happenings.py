"""The events that a wait names, as clauses: `the coupon is redeemed`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from punchcard.plan.model import Plan
from punchcard.plan.triggers import InactiveTrigger, ItemsTrigger, OrderTrigger, SpendTrigger, VisitsTrigger
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.things import questions_of, rewards_of, the_question, the_reward

# Whoever these start for has ordered before.
BY_ORDERS = (SpendTrigger, OrderTrigger, ItemsTrigger, VisitsTrigger, InactiveTrigger)


def event_clause(speech: Speech, plan: Plan, name: str) -> str:
    """Return an event as the clause behind `until` or `if`; one that no table knows is named in quotes."""
    owner, _, what = name.rpartition(".")
    if owner in rewards_of(plan) and what in REWARD:
        return REWARD[what](speech) % {"reward": the_reward(speech, plan, owner)}
    if owner in questions_of(plan) and what == "answered":
        return speech.gettext("%(question)s is answered") % {"question": the_question(speech, plan, owner)}
    if name == "customer.ordered" and isinstance(plan.trigger, BY_ORDERS):
        return speech.gettext("the customer orders again")
    if name in KNOWN:
        return KNOWN[name](speech)
    return speech.gettext("%(event)s is reported") % {"event": speech.quote(title_of(what or name))}


def events_clause(speech: Speech, plan: Plan, names: tuple[str, ...]) -> str:
    """Return several events as alternatives."""
    return speech.either([event_clause(speech, plan, name) for name in names])


REWARD: Mapping[str, Callable[[Speech], str]] = MappingProxyType(
    {
        "redeemed": lambda speech: speech.gettext("%(reward)s is redeemed"),
        "used_up": lambda speech: speech.gettext("%(reward)s is used up"),
    }
)
KNOWN: Mapping[str, Callable[[Speech], str]] = MappingProxyType(
    {
        "customer.ordered": lambda speech: speech.gettext("the customer orders"),
        "order.placed": lambda speech: speech.gettext("the order is placed"),
        "order.paid": lambda speech: speech.gettext("the order is paid"),
        "order.delivered": lambda speech: speech.gettext("the order is delivered"),
        "order.refunded": lambda speech: speech.gettext("something of the order is refunded"),
    }
)
