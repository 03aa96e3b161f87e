"""The ways through `spend-and-save`."""

from functools import partial

from tests.workflows.journeys.deeds import (
    answers,
    is_cancelled,
    one_order,
    orders,
    redeems,
    takes_it_back,
    takes_it_back_and_buys_again,
)
from tests.workflows.journeys.journey import Journey

save = partial(Journey, "spend-and-save", begin=orders(1))

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
)
