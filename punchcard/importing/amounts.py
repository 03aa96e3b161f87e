"""Amounts as shops write them: a decimal point or comma, thousands in groups, a sign of the currency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from punchcard.importing.errors import UnreadableError, UnusableFileError

_DECORATION = re.compile(r"[^\d.,'’()+\-−]")
_BARE = re.compile(r"\d+")


class Mark(StrEnum):
    """What stands before the decimal places."""

    POINT = "point"
    COMMA = "comma"


_SHAPES = {
    Mark.POINT: re.compile(r"(\d+|\d{1,3}(?:[,'’]\d{3})+)?(?:\.(\d+))?"),
    Mark.COMMA: re.compile(r"(\d+|\d{1,3}(?:[.'’]\d{3})+)?(?:,(\d+))?"),
}


def read_amount(text: str, mark: Mark) -> Decimal:
    """Return the amount, negative if it is written so; UnreadableError for what is no amount."""
    digits, negative = _bare(text)
    match = _SHAPES[mark].fullmatch(digits)
    if not match or not any(match.groups()):
        other = Mark.COMMA if mark is Mark.POINT else Mark.POINT
        remedy = (
            f"if its decimal mark is a {other.value}, say --decimal {other.value}"
            if digits and _SHAPES[other].fullmatch(digits)
            else "write digits, such as 12.50"
        )
        raise UnreadableError(f"{text!r} is not an amount with a decimal {mark.value}", remedy)
    whole = re.sub(r"\D", "", match[1] or "0")
    value = Decimal(f"{whole}.{match[2]}" if match[2] else whole)
    return -value if negative else value


def find_mark(texts: Iterable[str]) -> Mark:
    """Return the decimal mark that the amounts show; UnusableFileError if they could mean either."""
    seen: set[Mark] = set()
    open_question: str | None = None
    for text in texts:
        digits, _ = _bare(text)
        shapes = {mark for mark, shape in _SHAPES.items() if shape.fullmatch(digits)}
        if len(shapes) == 1:
            seen |= shapes
        elif shapes and not _BARE.fullmatch(digits) and "'" not in digits:
            open_question = open_question or text
    if len(seen) == 2 or (not seen and open_question):
        example = (
            f": {open_question!r} could be either" if open_question and not seen else " in different rows"
        )
        raise UnusableFileError(
            f"The amounts have a decimal point or a decimal comma{example}.",
            remedy="Say which: --decimal point or --decimal comma.",
        )
    return seen.pop() if seen else Mark.POINT


def write_amount(amount: Decimal) -> str:
    """Return an amount as events carry it: digits and a point, without zeros beyond the second place."""
    whole, _, places = f"{amount:f}".partition(".")
    places = places[:2] + places[2:].rstrip("0")
    return f"{whole}.{places}" if places else whole


def _bare(text: str) -> tuple[str, bool]:
    """Strip currency signs, letters and spaces; tell whether the rest is marked as negative."""
    digits = _DECORATION.sub("", text).replace("−", "-")
    negative = digits.startswith("-") or digits.endswith("-") or (digits[:1] == "(" and digits[-1:] == ")")
    return digits.strip("+-()"), negative
