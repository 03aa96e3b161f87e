"""What rewards may cost: a bound on all of them, and room for at least one."""

from __future__ import annotations

from punchcard.language import keys
from punchcard.language.checks.subject import Subject
from punchcard.language.money import decimals
from punchcard.plan.model import (
    BoundedShareOff,
    FreeItem,
    FreeShipping,
    Present,
    Reward,
    ShareOff,
    most_of_one_use,
    terms_of,
    walk,
)
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    OrderTrigger,
    ScheduleTrigger,
    SpendTrigger,
)


def liability_is_bounded(subject: Subject) -> None:
    """Rewards that one customer can earn again and again have a limit or a budget.

    What `again` allows only once, or only some time later, and what comes round once a year, is bounded for each
    customer as by a limit.
    """
    rewards = [step for step in walk(subject.steps) if isinstance(step, Reward)]
    if not rewards or subject.fields.has(keys.LIMIT_KEY) or subject.fields.has(keys.BUDGET):
        return
    again = subject.fields.get(keys.AGAIN)
    if again is not None and again.rule in ("once", "after"):
        return
    match subject.trigger:
        case None | SpendTrigger(every=None) | OrderTrigger(first=True) | ScheduleTrigger(date=str()):
            return
        case BirthdayTrigger() | AnniversaryTrigger():
            return  # once a year
    subject.warn(
        "PC1703",
        subject.fields.entries["steps"].key.span,
        "nothing bounds what these rewards may cost",
        "`limit: 5 per year` for one customer, `budget: {rewards: 10000}` for all, or both",
    )


def the_budget_has_room_for_each_reward(subject: Subject) -> None:
    """A reward that costs more than the whole budget can never be given."""
    budget = subject.fields.get(keys.BUDGET)
    if budget is None or budget.amount is None:
        return
    each_period = f" of a {budget.amount_per}" if budget.amount_per else ""
    unit = 10 ** decimals(subject.context.currency)
    for step, span in subject.walk():
        if not isinstance(step, Reward):
            continue
        whole = step.orders * most_of_one_use(terms_of(step.offer))
        if whole > budget.amount:
            worth, room = (f"{each / unit:g} {subject.context.currency}" for each in (whole, budget.amount))
            subject.warn(
                "PC1708",
                span,
                f"`{step.name}` is worth {worth}, and the whole budget{each_period} is {room}: it can never be given",
                "a budget for all rewards together, or a smaller reward",
            )


def the_budget_bounds_each_reward(subject: Subject) -> None:
    """A budget's amount knows what each reward may cost at the most."""
    budget = subject.fields.get(keys.BUDGET)
    if budget is None or budget.amount is None:
        return
    for step, span in subject.walk():
        match step:
            case Reward(offer=BoundedShareOff()):
                continue
            case Reward(offer=ShareOff()):
                subject.warn(
                    "PC1709",
                    span,
                    f"what `{step.name}` takes off is known only when it is used: codes that are out by then can go "
                    "beyond the budget's `amount`",
                    "`at_most: 50` beside the share, which is reserved while the code is out",
                )
            case Reward(offer=FreeItem() | FreeShipping() | Present()) if budget.rewards is None:
                subject.warn(
                    "PC1709",
                    span,
                    f"`{step.name}` has no price here, and the budget's `amount` does not count it",
                    "`rewards: 1000` beside the `amount`",
                )
