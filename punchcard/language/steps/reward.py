"""`reward`: gives the customer something, known to later steps by its name."""

from __future__ import annotations

from punchcard.language import money
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Text, Verb
from punchcard.language.kinds import EXPIRY, kind
from punchcard.language.making import claim_name
from punchcard.language.scope import Gift
from punchcard.language.unfit import Unfit
from punchcard.plan.model import AmountOff, Offer, Reward, ShareOff


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
    "discount", DISCOUNT_KIND, "what the customer saves on one order", required=True
)
EXPIRES = Argument(
    "expires", EXPIRY, "when the code ends; days and months end with that local day", default="never"
)


def build(call: Call) -> Built:
    """Return the reward, and make its name known."""
    offer, expires = call.fields.get(DISCOUNT), call.fields.get(EXPIRES)
    name = claim_name(call, "reward", Gift)
    unread = call.fields.has(EXPIRES) and expires is None
    gift = Gift(offer, expires, call.verb.span, unread=unread)
    scope = call.scope.with_made(name, gift) if name else call.scope
    if offer is None or name is None:
        return None, scope
    step = Reward(
        path=call.path, name=name, offer=offer, expires=expires, id=call.text("id"), note=call.text("note")
    )
    return step, scope


REWARD = Verb(
    name="reward",
    says="Gives the customer a discount with a code of its own, redeemable once.",
    arguments=(DISCOUNT, EXPIRES),
    main="discount",
    beside=("as",),
    build=build,
    later=("credit", "cashback", "points", "free", "shipping", "gift", "orders", "to"),
    example="- reward: {discount: 20%, expires: 30 days}\n  as: coupon",
)
