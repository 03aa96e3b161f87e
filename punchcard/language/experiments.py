"""`keep_best`: what the variants of a split are measured by, and when one of them is kept."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.language import money
from punchcard.language.arguments import read_fields
from punchcard.language.grammar import Argument, Context, Fields, Keys, Kind, Text
from punchcard.language.kinds import COUNT, ELAPSED, simple
from punchcard.language.nodes import Node, Scalar, Span
from punchcard.language.unfit import Unfit
from punchcard.plan.model import KeepBest, Share


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured, and how it was written."""

    keep_best: KeepBest
    fields: Fields


LEAST_SURE, MOST_SURE = 5_000, 9_999
DEFAULT_SURE: Share = 9_500


def _sure(text: str) -> Share | Unfit:
    found = money.share(text)
    if isinstance(found, Unfit) or LEAST_SURE <= found <= MOST_SURE:
        return found
    return Unfit("PC1329", f"nobody can be {text} sure", "from 50% to 99.99%, such as 95%")


SUCCESS: Kind[str] = simple(
    "an event", ("coupon.redeemed", "customer.ordered"), str, Text(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
)
BY = Argument("by", SUCCESS, "what is a success", required=True)
WITHIN = Argument(
    "within",
    ELAPSED,
    "how long after the split a success counts; a customer is counted when that is over",
    required=True,
)
AFTER = Argument(
    "after", COUNT, "how many customers are counted in each variant before the first look", required=True
)
SURE = Argument(
    "sure",
    simple("a share", ("95%",), _sure, Text(money.SHARE.pattern)),
    "how sure it is to be: of 100 experiments whose variants do equally well, so many keep none",
    default="95%",
)
TABLE = (BY, WITHIN, AFTER, SURE)


def _keep_best(node: Node, context: Context) -> Measured | None:
    """Read what is measured; None after reporting what it lacks."""
    head = (
        node.span
        if isinstance(node, Scalar)
        else Span(node.span.source, node.span.start, node.span.start + 1)
    )
    fields = read_fields("`keep_best`", node, TABLE, context, head=head)
    by, within, after = fields.get(BY), fields.get(WITHIN), fields.get(AFTER)
    sure = fields.get(SURE) if fields.has(SURE) else DEFAULT_SURE
    if by is None or within is None or after is None or sure is None:
        return None
    return Measured(KeepBest(by=by, within=within, after=after, sure=sure), fields)


KEEP_BEST: Argument[Measured] = Argument(
    "keep_best",
    Kind(
        "what is measured",
        ("{by: coupon.redeemed, within: 14 days, after: 1000}",),
        _keep_best,
        shape=Keys(TABLE),
    ),
    "takes the best variant for all who come after it was found",
    default="the shares stay as they are",
)
