"""Values that are told by their looks, where nobody here knows who takes them: names, amounts, numbers, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from punchcard.language import money
from punchcard.language.absent import missing_name
from punchcard.language.grammar import Context
from punchcard.language.nodes import Scalar, Span
from punchcard.language.unfit import Unfit
from punchcard.plan.conditions import Const, Field
from punchcard.plan.model import Piece

LONGEST = 2_000
NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_AMOUNT = re.compile(r"[0-9][0-9.]* [A-Z]{3}")


def told(found: Scalar, names: Mapping[str, str], context: Context) -> Piece | None:
    """Return what a value is, with its type; what is quoted is a text. None after reporting what it cannot be."""
    text = found.value
    if len(text) > LONGEST:
        message = f"this text has {len(text)} characters"
        context.findings.add("PC1209", found.span, message, expected=f"at most {LONGEST}")
        return None
    if found.style:
        return Piece(Const(text))
    if NAME.fullmatch(text):
        return named(text, found.span, names, context)
    if _AMOUNT.fullmatch(text):
        amount = money.amount(text, context.currency)
        if isinstance(amount, Unfit):
            context.findings.refuse(found.span, amount)
            return None
        return Piece(Const(amount), "money")
    if text in ("yes", "no"):
        return Piece(Const(text == "yes"), "flag")
    if NUMBER.fullmatch(text):
        return Piece(Const(number(text)), "number")
    return Piece(Const(text))


def named(name: str, span: Span, names: Mapping[str, str], context: Context) -> Piece | None:
    """Return what stands under a name, with its type; None after reporting that there is nothing."""
    kind = type_of(name, names)
    if kind is None:
        context.findings.refuse(span, missing_name(name, names, context.scope))
        return None
    return Piece(Field(tuple(name.split("."))), kind)


def type_of(name: str, names: Mapping[str, str]) -> str | None:
    """Return the type of a name; of a field that nobody has declared, any."""
    return names.get(name) or ("any" if names.get(name.partition(".")[0]) == "any" else None)


def number(text: str) -> int | float:
    """Return a number of which the looks are known."""
    return float(text) if "." in text else int(text)
