"""Plans for pictures: the running example, one with every kind of branch, and any plan that hypothesis thinks of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from punchcard.plan.conditions import Field
from punchcard.plan.model import (
    After,
    AmountOff,
    Ask,
    Beside,
    Branch,
    Case,
    Choice,
    Choose,
    EndOfDayAfter,
    FreeItem,
    FreeShipping,
    If,
    Plan,
    Present,
    Repeat,
    Reward,
    Scale,
    Send,
    ShareOff,
    Split,
    Step,
    Stop,
    Together,
    Update,
    Variant,
    Wait,
)
from punchcard.plan.triggers import OrderTrigger, SpendTrigger
from tests.plan.samples import numbered

OFFERS = (ShareOff(500), FreeItem("tote-bag"), FreeShipping(), Present("A mug"))


DAY = 24 * 3600 * 1000
REDEEMED = Field(("coupon", "redeemed"))

RUNNING_EXAMPLE = Plan(
    campaign="spend-and-save",
    title="20% off for every $500 spent",
    currency="USD",
    trigger=SpendTrigger(every=50_000),
    steps=(
        Reward(path="1", name="coupon", offer=ShareOff(2000), expires=EndOfDayAfter(days=30)),
        Send(path="2", message="you-earned-it"),
        Wait(
            path="3",
            until=After(7 * DAY),
            events=("coupon.redeemed",),
            otherwise=(
                Send(path="3.otherwise.1", message="redeem-reminder"),
                Wait(path="3.otherwise.2", until=Beside("coupon", "expires"), events=("coupon.redeemed",)),
            ),
        ),
        If(
            path="4",
            condition=REDEEMED,
            source="coupon.redeemed",
            then=(
                Wait(path="4.then.1", until=After(3 * DAY)),
                Ask(
                    path="4.then.2",
                    name="reply",
                    message="how-was-it",
                    answer=Scale(1, 5),
                    up_to=After(14 * DAY),
                ),
            ),
        ),
    ),
)

EVERY_BRANCH = Plan(
    campaign="every-branch",
    title="Every branch",
    currency="USD",
    trigger=OrderTrigger(every=10),
    steps=(
        Wait(
            path="1",
            until=After(7 * DAY),
            events=("customer.ordered", "coupon.redeemed"),
            branches=(
                Branch("customer.ordered", (Send(path="1.customer.ordered.1", message="thanks-again"),)),
                Branch("coupon.redeemed", (Stop(path="1.coupon.redeemed.1", reason="used already"),)),
            ),
            otherwise=(Reward(path="1.otherwise.1", name="gift", offer=AmountOff(1000)),),
        ),
        Ask(
            path="2",
            name="reply",
            message="how-was-it",
            answer=Choice(("good", "bad")),
            up_to=After(DAY),
            then=(Send(path="2.then.1", message="thank-you"),),
            otherwise=(Send(path="2.otherwise.1", message="a-pity"),),
        ),
    ),
)

_leaves: st.SearchStrategy[Step] = st.one_of(
    st.builds(Reward, path=st.just("?"), name=st.just("coupon"), offer=st.sampled_from(OFFERS)),
    st.builds(
        Send, path=st.just("?"), message=st.sampled_from(("hello", "a-rather-long-name-for-a-message"))
    ),
    st.builds(Wait, path=st.just("?"), until=st.just(After(DAY))),
    st.builds(Stop, path=st.just("?"), reason=st.sampled_from((None, "enough")), takes_back=st.booleans()),
)
_TAKE_BACK = (Send(path="?", message="never-mind"), Update(path="?", remove_tags=("vip",)))


def _nested(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    block = st.lists(steps, max_size=3).map(tuple)
    return st.one_of(
        st.builds(
            If,
            path=st.just("?"),
            condition=st.just(REDEEMED),
            source=st.just("coupon.redeemed"),
            then=block,
            otherwise=block,
        ),
        st.builds(
            Choose,
            path=st.just("?"),
            value=st.just(REDEEMED),
            source=st.just("order.currency"),
            branches=st.lists(st.builds(Case, st.just("USD"), block), min_size=1, max_size=1).map(tuple),
            otherwise=block,
        ),
        st.builds(
            lambda on_error, undo: Send(path="?", message="hello", on_error=on_error, undo=undo),
            block,
            st.sampled_from((_TAKE_BACK[:1], _TAKE_BACK[1:], _TAKE_BACK)),
        ),
        st.builds(
            lambda one, other: Split(
                path="?",
                experiment="tone",
                branches=(Variant("plain", 2_500, one), Variant("warm", 7_500, other)),
            ),
            block,
            block,
        ),
        st.builds(
            lambda wait_for, one, other: Together(
                path="?", wait_for=wait_for, branches=(Branch("one", one), Branch("other", other))
            ),
            st.sampled_from(("all", "any")),
            block.filter(bool),
            block.filter(bool),
        ),
        st.builds(
            Repeat,
            path=st.just("?"),
            times=st.integers(1, 4),
            steps=block.filter(bool),
            every=st.one_of(st.none(), st.just(After(DAY))),
            until=st.one_of(st.none(), st.just(REDEEMED)),
            source=st.just("coupon.redeemed"),
        ),
        st.builds(
            Ask,
            path=st.just("?"),
            name=st.just("reply"),
            message=st.just("how"),
            answer=st.just(Scale(1, 5)),
            up_to=st.just(After(DAY)),
            then=block,
            otherwise=block,
        ),
        st.builds(
            Wait,
            path=st.just("?"),
            until=st.just(After(DAY)),
            events=st.just(("coupon.redeemed", "customer.ordered")),
            then=block,
            branches=st.one_of(
                st.just(()),
                st.builds(Branch, name=st.just("customer.ordered"), steps=block).map(lambda one: (one,)),
            ),
            otherwise=block,
        ),
    )


plans: st.SearchStrategy[Plan] = st.lists(st.recursive(_leaves, _nested, max_leaves=12), max_size=5).map(
    lambda steps: replace(RUNNING_EXAMPLE, steps=numbered(tuple(steps)))
)
