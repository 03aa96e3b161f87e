"""How much of a campaign's budget is used, in words."""

from __future__ import annotations

from collections.abc import Iterable

from punchcard.domain.budgets import NO_LIMIT, Used
from punchcard.plan.model import Plan
from punchcard.wording.facts import Fact
from punchcard.wording.speech import Speech


def budget_facts(speech: Speech, plan: Plan, used: Iterable[Used]) -> list[Fact]:
    """Return what is used of each bound, and of which period."""
    return [
        Fact(speech.gettext("Used of the budget"), _used(speech, plan, each), _period(speech, plan, each))
        for each in used
    ]


def _used(speech: Speech, plan: Plan, used: Used) -> str:
    parts = []
    if used.window.rewards != NO_LIMIT:
        words = speech.ngettext(
            "%(used)s of %(count)s reward", "%(used)s of %(count)s rewards", used.window.rewards
        )
        count = speech.number(used.window.rewards)
        parts.append(words % {"used": speech.number(used.rewards), "count": count})
    if used.window.amount != NO_LIMIT:
        amounts = (speech.money(each, plan.currency) for each in (used.amount, used.window.amount))
        parts.append(
            speech.gettext("%(used)s of %(amount)s") % dict(zip(("used", "amount"), amounts, strict=True))
        )
    return speech.both(parts)


def _period(speech: Speech, plan: Plan, used: Used) -> str:
    if used.window.per is None:
        return ""
    here = speech.in_zone(plan.timezone)
    words = speech.gettext("Since %(begin)s; the next period begins on %(end)s.")
    return words % {"begin": here.date(used.window.since), "end": here.date(used.window.until)}
