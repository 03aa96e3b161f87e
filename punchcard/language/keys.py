"""The table of a campaign's top-level keys."""

from __future__ import annotations

from typing import Any

from punchcard.language.arguments import read_fields
from punchcard.language.audience import AUDIENCE_KIND
from punchcard.language.budgets import BUDGET_KIND
from punchcard.language.entry import AGAIN_KIND, DIGEST_KIND, EVERY_TIME, PACE_KIND
from punchcard.language.grammar import Argument, Context, Either, Keys, Kind, Many, Named, Row, Text
from punchcard.language.happenings import EVENT
from punchcard.language.kinds import (
    AHEAD,
    CURRENCY,
    DATE,
    ELAPSED,
    EMAIL,
    INCREASE,
    LANGUAGE,
    LIMIT,
    NAME,
    SHARE,
    TEXT,
    TIMEZONE,
    YES_NO,
    one_of,
    unread,
)
from punchcard.language.labels import KEBAB
from punchcard.language.membership import EVERYONE
from punchcard.language.nodes import Node
from punchcard.language.shared import INPUTS
from punchcard.language.shared import STEPS as SHARED_STEPS
from punchcard.language.texts import MESSAGE
from punchcard.plan.model import Budget, Goal

MEASURE = Argument(
    "measure",
    one_of(
        "repeat_purchase_rate",
        "orders_per_customer",
        "spend_per_customer",
        "redemption_rate",
        "retention_rate",
        "churn_rate",
    ),
    "what is to change",
    required=True,
)
RAISE_BY = Argument(
    "raise_by",
    INCREASE,
    "by how much it is to rise, relative to the comparison",
    default="`raise_by` or `lower_by` must be given",
)
LOWER_BY = Argument(
    "lower_by",
    SHARE,
    "by how much it is to fall, relative to the comparison",
    default="`raise_by` or `lower_by` must be given",
)
WITHIN = Argument("within", AHEAD, "in which time, counted per customer from the occasion", required=True)
COMPARED_WITH = Argument("compared_with", one_of("holdout"), "with whom", default="holdout")
GOAL_ARGUMENTS = (MEASURE, RAISE_BY, LOWER_BY, WITHIN, COMPARED_WITH)


def _goal(node: Node, context: Context) -> Goal | None:
    fields = read_fields("`goal`", node, GOAL_ARGUMENTS, context, head=node.span)
    measure, within = fields.get(MEASURE), fields.get(WITHIN)
    up, down = fields.get(RAISE_BY), fields.get(LOWER_BY)
    given = [each for each in (RAISE_BY, LOWER_BY) if fields.has(each)]
    if len(given) > 1:
        span = fields.entries[LOWER_BY.name].key.span
        context.findings.add(
            "PC1103", span, "these exclude each other", expected="either `raise_by` or `lower_by`"
        )
    elif not given and not fields.unread:
        message = "`goal` does not say by how much"
        context.findings.add("PC1102", node.span, message, expected="`raise_by: 15%` or `lower_by: 10%`")
    if measure is None or within is None or len(given) != 1 or (up is None and down is None):
        return None
    return Goal(
        measure, -down if down is not None else up or 0, within, fields.get(COMPARED_WITH) or "holdout"
    )


CAMPAIGN = Argument("campaign", NAME, "the campaign's name, which is its file's", required=True)
TITLE = Argument("title", TEXT, "what people call it", default="the name")
OWNER = Argument("owner", EMAIL, "who answers for it", default="the programme's")
CURRENCY_KEY = Argument(
    "currency",
    CURRENCY,
    "the currency of every amount; orders in another do not count",
    default="the programme's",
)
TIMEZONE_KEY = Argument(
    "timezone", TIMEZONE, "the zone of customers whose own is unknown", default="the programme's"
)
LANGUAGE_KEY = Argument(
    "language",
    LANGUAGE,
    "the language of the messages in the file, and of customers whose own is unknown",
    default="the programme's",
)
STARTS = Argument("starts", DATE, "the first day, inclusive", default="when it is published")
ENDS = Argument("ends", DATE, "the last day, inclusive", default="never")
GOAL: Argument[Goal] = Argument(
    "goal",
    Kind(
        "a goal",
        ("{measure: repeat_purchase_rate, raise_by: 15%, within: 6 months}",),
        _goal,
        shape=Keys(GOAL_ARGUMENTS),
    ),
    "what the campaign is to achieve",
    default="none",
)
HOLDOUT = Argument(
    "holdout", SHARE, "the share of customers that get nothing and are compared with", default="0%"
)
AUDIENCE = Argument(
    "audience", AUDIENCE_KIND, "who takes part, judged at the occasion's time", default=EVERYONE
)
AGAIN = Argument("again", AGAIN_KIND, "which of a customer's occasions count", default=EVERY_TIME)
IF_RUNNING = Argument(
    "if_running",
    one_of("ignore", "restart", "parallel"),
    "what becomes of a customer's further occasion while an instance is running: nothing, a new instance that "
    "takes its place, or one beside it",
    default="parallel",
)
DIGEST = Argument(
    "digest",
    DIGEST_KIND,
    "joins a customer's occasions of some time into one `batch`, which starts one instance",
    default="none",
)
PACE = Argument(
    "pace",
    PACE_KIND,
    "how fast instances may start; whoever waits for a turn is not late for it",
    default="all at once",
)
LIMIT_KEY = Argument(
    "limit", LIMIT, "how often at most for one customer; what exceeds it is recorded", default="none"
)
BUDGET: Argument[Budget] = Argument(
    "budget",
    BUDGET_KIND,
    "what all customers together may get",
    default="none",
)
STOP_WHEN = Argument(
    "stop_when",
    unread(
        "an event or a condition",
        ("customer.ordered", "customer.orders > 3"),
        shape=Either((Text(), Many(EVENT))),
    ),
    "what ends an instance wherever it stands: one of some events, or a condition on the customer, which is looked at "
    "before each reward and message; what was given stays given",
    default="nothing",
)
COUNT_HISTORY = Argument(
    "count_history",
    YES_NO,
    "whether imported history counts toward the thresholds; it never rewards",
    default="no",
)
ON_REFUND = Argument(
    "on_refund",
    one_of("forgive", "debt"),
    "what becomes of a redeemed reward whose order is refunded: nothing, or what it took off is owed to the shop",
    default="forgive",
)
ON_RESUME = Argument(
    "on_resume",
    one_of("skip_stale", "shift", "send_all"),
    "what becomes of overdue steps after a pause",
    default="skip_stale",
)
MAX_LATENESS = Argument("max_lateness", ELAPSED, "how late a message may still be sent", default="3 days")
MESSAGES = Argument(
    "messages",
    unread("messages by name", shape=Named(KEBAB.pattern, MESSAGE)),
    "the messages in the campaign's language; others stand in the folder beside the file",
    default="the folder's",
)
WHEN = Argument(
    "when",
    unread("a trigger", ("`spend: {every: 500}`",), Row("trigger")),
    "what starts an instance",
    required=True,
)
STEPS = Argument("steps", unread("a list of steps", shape=Row("steps")), "what happens then", required=True)

DEFAULTS = Argument(
    "defaults",
    unread(
        "arguments by verb",
        ("{reward: {expires: 30 days}}",),
        Named("[a-z]+", unread("arguments", shape=Named("[a-z_]+", TEXT))),
    ),
    "arguments for every step of a verb that leaves them out",
    default="none",
)
SHARED = Argument(
    "shared",
    unread(
        "steps by name, with their inputs",
        shape=Named(KEBAB.pattern, unread("a shared step", shape=Keys((INPUTS, SHARED_STEPS)))),
    ),
    "steps that are written once and used in several places, by `use`",
    default="none",
)

KEYS: tuple[Argument[Any], ...] = (
    CAMPAIGN,
    TITLE,
    OWNER,
    CURRENCY_KEY,
    TIMEZONE_KEY,
    LANGUAGE_KEY,
    STARTS,
    ENDS,
    GOAL,
    AUDIENCE,
    HOLDOUT,
    AGAIN,
    IF_RUNNING,
    LIMIT_KEY,
    DIGEST,
    PACE,
    BUDGET,
    STOP_WHEN,
    COUNT_HISTORY,
    ON_REFUND,
    ON_RESUME,
    MAX_LATENESS,
    WHEN,
    STEPS,
    DEFAULTS,
    SHARED,
    MESSAGES,
)
