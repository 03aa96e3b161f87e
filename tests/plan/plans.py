"""Random plans: every kind of step, nested, with every kind of moment."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from punchcard.plan.conditions import Apply, Const, Expression, Field
from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    EndOfDayAfter,
    Moment,
    NextTime,
    OnDate,
    Plan,
    Step,
    WorkingDays,
    WorkingHours,
)
from tests.plan.samples import (
    DAY,
    HOUR,
    approve,
    ask,
    call,
    choose,
    experiment,
    plan,
    repeat,
    reward,
    send,
    split,
    start,
    stop,
    tagged,
    task,
    together,
    wait,
    when,
)

EVENTS = ("coupon.redeemed", "gift.redeemed", "customer.ordered", "customer.review", "order.delivered")

moments: st.SearchStrategy[Moment] = st.one_of(
    st.builds(After, st.sampled_from((0, HOUR, DAY, 7 * DAY))),
    st.builds(
        Beside, st.sampled_from(("coupon", "gift", "order")), st.just("expires"), st.sampled_from((0, -DAY))
    ),
    st.builds(
        DayBeside,
        st.sampled_from(("coupon", "gift", "order")),
        st.just("expires"),
        st.integers(-3, 3),
        st.integers(0, 1),
        st.one_of(st.none(), st.integers(0, 1439)),
    ),
    st.builds(AfterMonths, st.integers(1, 3)),
    st.builds(EndOfDayAfter, st.integers(0, 3)),
    st.builds(NextTime, st.integers(0, 1439), st.one_of(st.none(), st.integers(0, 6))),
    st.builds(WorkingDays, st.integers(1, 3)),
    st.builds(WorkingHours, st.just(2 * HOUR)),
    st.builds(OnDate, st.sampled_from(("2026-01-01", "2026-06-30"))),
)

conditions: st.SearchStrategy[Expression] = st.sampled_from(
    (
        Field(("coupon", "redeemed")),
        Field(("reply", "answered")),
        Field(("order", "delivered")),
        Apply("==", (Field(("started", "outcome")), Const("completed"))),
        Apply(">=", (Field(("order", "amount")), Const(500_00))),
        Apply(">", (Field(("customer", "orders_within"), (90 * DAY,)), Const(2))),
        Apply("and", (Field(("customer", "vip")), Apply("not", (Field(("gift", "redeemed")),)))),
    )
)


@cache
def blocks(depth: int) -> st.SearchStrategy[list[Step]]:
    """Return blocks of steps that are nested at most so deep."""
    leaves = st.one_of(
        st.builds(reward, st.sampled_from(("coupon", "gift")), st.one_of(st.none(), moments)),
        st.builds(send, st.sampled_from(("hello", "reminder"))),
        st.builds(wait, moments),
        st.just(stop("enough")),
        st.just(tagged("vip")),
        st.just(tagged("vip", undo=[call("undo"), send("hello")])),
        st.just(call("packing", undo=[tagged("unpacked")])),
        st.just(stop("enough", takes_back=True)),
        st.just(start()),
    )
    if not depth:
        return st.lists(leaves, max_size=3)
    inner = blocks(depth - 1)
    events = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=2, unique=True)
    branching = events.flatmap(
        lambda names: st.builds(
            lambda until, then, otherwise, branch: wait(
                until, *names, then=then, otherwise=otherwise, branches=branch
            ),
            moments,
            inner,
            inner,
            st.dictionaries(st.sampled_from(names), inner, max_size=1),
        )
    )
    roles = st.sampled_from((("service",), ("service", "manager")))
    nested = st.one_of(
        branching,
        st.builds(when, conditions, inner, inner),
        st.builds(start, st.just("other"), moments, inner, inner),
        st.builds(call, st.sampled_from(("call", "packing")), inner),
        st.builds(send, st.just("hello"), inner),
        st.builds(ask, st.just("reply"), moments, inner, inner),
        st.builds(
            choose,
            st.sampled_from(("reply.answer", "order.amount", "customer.orders")),
            st.dictionaries(st.sampled_from(("1..3", "4", "USD")), inner, min_size=1),
            inner,
        ),
        st.builds(lambda one, other: split(plain=one, warm=other), inner, inner),
        st.builds(lambda one, other: experiment(plain=one, warm=other), inner, inner),
        st.builds(
            lambda by, until, then, otherwise: task(*by, up_to=until, then=then, otherwise=otherwise),
            roles,
            moments,
            inner,
            inner,
        ),
        st.builds(
            lambda by, until, approved, rejected, otherwise: approve(
                *by, up_to=until, approved=approved, rejected=rejected, otherwise=otherwise
            ),
            roles,
            moments,
            inner,
            inner,
            inner,
        ),
        st.builds(
            lambda wait_for, one, other: together(wait_for, one=one, other=other),
            st.sampled_from(("all", "any")),
            inner.filter(bool),
            inner.filter(bool),
        ),
        st.builds(
            lambda times, steps, every, until: repeat(times, steps, every=every, until=until),
            st.integers(1, 3),
            inner.filter(bool),
            st.one_of(
                st.none(), st.builds(After, st.sampled_from((HOUR, DAY))), st.builds(AfterMonths, st.just(1))
            ),
            st.one_of(st.none(), conditions),
        ),
    )
    return st.lists(st.one_of(leaves, nested), max_size=4)


def plans() -> st.SearchStrategy[Plan]:
    """Return plans of up to three levels."""
    policy = st.sampled_from(("skip_stale", "shift", "send_all"))
    return st.builds(lambda steps, on_resume: plan(*steps, on_resume=on_resume), blocks(2), policy)
