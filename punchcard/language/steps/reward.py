"""`reward`: gives the customer something, known to later steps by its name."""

from __future__ import annotations

import re
from types import MappingProxyType

from punchcard.language import money
from punchcard.language.channels import RECIPIENT
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Text, Verb
from punchcard.language.kinds import AMOUNT, EXPIRY, kind, of_text, simple
from punchcard.language.later import LATER_REWARDS
from punchcard.language.making import claim_name
from punchcard.language.nearest import listed
from punchcard.language.scope import Gift
from punchcard.language.unfit import Unfit
from punchcard.plan.model import (
    AmountOff,
    BoundedShareOff,
    FreeItem,
    FreeShipping,
    Offer,
    Present,
    Reward,
    ShareOff,
)

LONGEST = 200
MOST_ORDERS = 1000
ONE_OF = "one of `discount`, `free`, `shipping` and `gift` must be given"


def _discount(text: str, context: Context) -> Offer | Unfit:
    """Read `20%` or `10 USD`; a bare number could be either, so it is refused."""
    if _is_number(text):
        return Unfit(
            "PC1219", f"`{text}` could be a share or an amount", f"{text}% or {text} {context.currency}"
        )
    if "%" in text or "percent" in text:
        share = money.share(text)
        if isinstance(share, Unfit):
            return share
        return (
            ShareOff(share)
            if share
            else Unfit("PC1219", "a discount of nothing", "a share from 0.01% to 100%")
        )
    amount = money.amount(text, context.currency)
    if isinstance(amount, Unfit):
        return Unfit(
            amount.code,
            amount.reason,
            f"a share such as 20%, or an amount such as 10 {context.currency}",
            f"{amount.suggestion} {context.currency}" if _is_number(amount.suggestion) else amount.suggestion,
        )
    return (
        AmountOff(amount)
        if amount
        else Unfit("PC1219", "a discount of nothing", f"an amount such as 10 {context.currency}")
    )


def _is_number(text: str | None) -> bool:
    return text is not None and text.replace(".", "", 1).isdigit()


DISCOUNT_KIND: Kind[Offer] = kind(
    "a discount", ("20%", "10 USD"), _discount, Text(f"{money.SHARE.pattern}|{money.AMOUNT.pattern}")
)
DISCOUNT: Argument[Offer] = Argument(
    "discount", DISCOUNT_KIND, "what the customer saves on one order", default=ONE_OF
)
AT_MOST = Argument(
    "at_most", AMOUNT, "how much a discount by share takes off an order at the most", default="its share"
)
FREE: Argument[Offer] = Argument(
    "free",
    simple("an item", ("coffee-500g",), lambda text: _described(text, FreeItem)),
    "an item that costs nothing, by its number or name",
    default=ONE_OF,
)
SHIPPING: Argument[Offer] = Argument(
    "shipping",
    Kind("free", ("free",), of_text("free", lambda text, context: _shipping(text)), closed=True),
    "the shipping of one order costs nothing",
    default=ONE_OF,
)
GIFT: Argument[Offer] = Argument(
    "gift",
    simple("a text", ("A mug with your name",), lambda text: _described(text, Present)),
    "a gift, in the words that describe it",
    default=ONE_OF,
)
ORDERS = Argument(
    "orders",
    simple("a count of orders", ("3",), lambda text: _orders(text), Text("[0-9]{1,4}", number="whole")),
    "for how many orders the code can be used, once for each",
    default="1",
)
TO = Argument("to", RECIPIENT, "who gets it", default="customer")
OFFERS = (DISCOUNT, FREE, SHIPPING, GIFT)
EXPIRES = Argument(
    "expires", EXPIRY, "when the code ends; days and months end with that local day", default="never"
)


def _described(text: str, made: type[FreeItem] | type[Present]) -> Offer | Unfit:
    bare = " ".join(text.split())
    if len(bare) > LONGEST:
        return Unfit("PC1209", f"this has {len(bare)} characters", f"at most {LONGEST}")
    return made(bare)


def _orders(text: str) -> int | Unfit:
    if re.fullmatch("[0-9]{1,4}", text) and 1 <= int(text) <= MOST_ORDERS:
        return int(text)
    expected = f"a whole number from 1 to {MOST_ORDERS}, such as 3"
    return Unfit("PC1212", f"`{text}` is not a count of orders", expected)


def _shipping(text: str) -> Offer | Unfit:
    if text == "free":
        return FreeShipping()
    return Unfit("PC1208", f"`{text}` does not fit here", "`shipping: free`", "free")


def build(call: Call) -> Built:
    """Return the reward, and make its name known."""
    offer, expires, orders = _offer(call), call.fields.get(EXPIRES), _times(call)
    name = claim_name(call, "reward", Gift)
    unread = call.fields.has(EXPIRES) and expires is None
    gift = Gift(offer, expires, call.verb.span, unread=unread, orders=orders)
    scope = call.scope.with_made(name, gift) if name else call.scope
    if offer is None or name is None:
        return None, scope
    step = Reward(
        path=call.path,
        name=name,
        offer=offer,
        expires=expires,
        orders=orders,
        id=call.text("id"),
        note=call.text("note"),
    )
    return step, scope


def _times(call: Call) -> int:
    """Return for how many orders the reward is; a gift goes with no order."""
    orders = call.fields.get(ORDERS) or 1
    if not call.fields.has(GIFT) or not call.fields.has(ORDERS):
        return orders
    span = call.fields.entries[ORDERS.name].key.span
    message = "a gift is handed over once, whatever is ordered"
    expected = "no `orders`; for several gifts a `reward` for each"
    call.context.findings.add("PC1103", span, message, expected=expected)
    return 1


def _offer(call: Call) -> Offer | None:
    """Return what is given; a reward is one thing."""
    given = [each for each in OFFERS if call.fields.has(each)]
    if len(given) == 1:
        return _bounded(call, call.fields.get(given[0]))
    if given:
        span = call.fields.entries[given[1].name].key.span
        message = f"a reward is one thing, and `{given[1].name}` is another"
        expected = f"either `{given[0].name}` or `{given[1].name}`; two `reward` steps for both"
        call.context.findings.add("PC1103", span, message, expected=expected)
    elif not call.fields.unread:
        expected = f"one of {listed(f'`{each.name}`' for each in OFFERS)}, such as `discount: 20%`"
        call.context.findings.add(
            "PC1102", call.verb.span, "reward needs to know what is given", expected=expected
        )
    return None


def _bounded(call: Call, offer: Offer | None) -> Offer | None:
    """Return the offer with the bound that a share may have; nothing else has one."""
    if not call.fields.has(AT_MOST) or offer is None:
        return offer
    most = call.fields.get(AT_MOST)
    if isinstance(offer, ShareOff):
        return None if most is None else BoundedShareOff(offer.share, most)
    span = call.fields.entries[AT_MOST.name].key.span
    message, expected = (
        "only a discount by share can take off more or less",
        "`discount: 20%` beside `at_most`",
    )
    call.context.findings.add("PC1103", span, message, expected=expected)
    return None


REWARD = Verb(
    name="reward",
    says=(
        "Gives the customer something under a code of its own: a discount, an item that costs nothing, free shipping, "
        "or a gift. The code can be used once, or with `orders` for so many orders, once for each: "
        "`{discount: 20%, orders: 3}` is 20% off each of the next three."
    ),
    arguments=(DISCOUNT, AT_MOST, *OFFERS[1:], ORDERS, EXPIRES, TO),
    main="discount",
    beside=("as",),
    build=build,
    elsewhere=MappingProxyType(
        {"code": "no `code`: each customer gets one of their own, {{ coupon.code }} in messages"}
    ),
    later=LATER_REWARDS,
    example="- reward: {discount: 20%, expires: 30 days}\n  as: coupon",
)
