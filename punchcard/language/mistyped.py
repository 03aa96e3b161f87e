"""What CEL says of types, in our words."""

from __future__ import annotations

import re

from punchcard.language import cel
from punchcard.language.names import WORDS
from punchcard.language.nearest import listed
from punchcard.language.operators import COMPARISONS, OPERATORS, OUR_TYPES
from punchcard.language.saying import Say

ORDERING = ("<", "<=", ">", ">=")


def say_mistyped(text: str, complaint: cel.Complaint, say: Say) -> None:
    """Put CEL's complaint about types into our words."""
    sign = re.compile(r"[<>=!]=?|[-+*/]|\w+|.", re.DOTALL).match(
        text, min(complaint.at, max(len(text) - 1, 0))
    )
    start, end = (sign.start(), sign.end()) if sign else (complaint.at, complaint.at + 1)
    if complaint.function is None or complaint.function not in OPERATORS:
        say(
            "PC1411",
            start,
            end,
            f"this does not fit here: {complaint.text}",
            "values of the same type on both sides",
        )
        return
    words = [in_words(each) for each in complaint.types]
    operator = OPERATORS[complaint.function]
    if complaint.function in COMPARISONS:
        reason = f"`{operator}` cannot compare {words[0]} with {words[-1]}"
    else:
        reason = f"`{operator}` does not work with {listed(words, 'and')}"
    say("PC1411", start, end, reason, _remedy(operator, complaint.types))


def in_words(cel_type: str) -> str:
    """Return one of CEL's types in our words."""
    if cel_type.startswith("list"):
        return "a list"
    return WORDS.get(OUR_TYPES.get(cel_type, "any"), "a value")


def _remedy(operator: str, types: tuple[str, ...]) -> str:
    """Return what could stand beside the type that decides."""
    if operator == "not":
        return "a yes or no, or brackets: `not (customer.orders > 3)`"
    if operator in ORDERING and types[:1] == ("bool",):
        return "two comparisons joined by `and`: `customer.orders > 1 and customer.orders < 5`"
    remedies = {
        "share": 'a share in quotes: "20%"',
        "moment": 'a date in quotes: "2026-05-04"',
        "date": 'a date in quotes: "2026-05-04"',
        "money": "a number for the campaign's currency, or another amount",
        "bool": "a yes or no stands alone: `coupon.redeemed` or `not coupon.redeemed`",
        "string": "text in quotes",
    }
    if "string" in types and {"int", "double"} & set(types):
        return "a number without quotes"
    return next(
        (remedies[each] for each in remedies if each in types), "values of the same type on both sides"
    )
