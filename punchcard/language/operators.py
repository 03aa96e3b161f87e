"""Which types may meet in a condition: the table from which CEL checks, and from which literals take their type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.language.cel import Signature
from punchcard.language.names import QUESTIONS

CEL_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "string",
        "whole": "int",
        "number": "double",
        "flag": "bool",
        "any": "dyn",
        "money": "money",
        "share": "share",
        "moment": "moment",
        "date": "date",
    }
)
OUR_TYPES: Mapping[str, str] = MappingProxyType({cel: ours for ours, cel in CEL_TYPES.items()})

# How CEL calls an operator → how the plan does.
OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "_&&_": "and",
        "_||_": "or",
        "!_": "not",
        "_==_": "==",
        "_!=_": "!=",
        "_<_": "<",
        "_<=_": "<=",
        "_>_": ">",
        "_>=_": ">=",
        "_+_": "+",
        "_-_": "-",
        "_*_": "*",
        "_/_": "/",
        "-_": "minus",
        "@in": "in",
        "contains": "contains",
        "starts_with": "starts_with",
        "ends_with": "ends_with",
    }
)
COMPARISONS = ("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_")
TEXT_QUESTIONS = ("contains", "starts_with", "ends_with")

# Quoted text and bare numbers beside these take their type.
TYPED_BY_TEXT = ("money", "share", "moment", "date")
NUMBERS = ("whole", "number")


def _both_ways(left: str, right: str) -> tuple[tuple[str, str], ...]:
    return ((left, right),) if left == right else ((left, right), (right, left))


_ORDERED = tuple(
    pair
    for left, right in (
        *(("whole", each) for each in NUMBERS),
        ("number", "number"),
        *((each, each) for each in TYPED_BY_TEXT),
        *((each, "text") for each in TYPED_BY_TEXT),
        *(("money", each) for each in NUMBERS),
    )
    for pair in _both_ways(left, right)
)
_EQUAL = (*_ORDERED, ("text", "text"), ("flag", "flag"))


def _sums() -> tuple[tuple[str, str, str], ...]:
    numbers = tuple((a, b, "whole" if a == b == "whole" else "number") for a in NUMBERS for b in NUMBERS)
    money = tuple(
        (*pair, "money") for each in ("money", *NUMBERS, "text") for pair in _both_ways("money", each)
    )
    return (*numbers, *money)


def _products() -> tuple[tuple[str, str, str], ...]:
    numbers = tuple((a, b, "whole" if a == b == "whole" else "number") for a in NUMBERS for b in NUMBERS)
    return (*numbers, *((*pair, "money") for each in NUMBERS for pair in _both_ways("money", each)))


def _quotients() -> tuple[tuple[str, str, str], ...]:
    numbers = tuple((a, b, "number") for a in NUMBERS for b in NUMBERS)
    return (*numbers, *(("money", each, "money") for each in NUMBERS), ("money", "money", "number"))


def _rows() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """All rows as (CEL's name, our types of the operands, our type of the result)."""
    return (
        ("_&&_", ("flag", "flag"), "flag"),
        ("_||_", ("flag", "flag"), "flag"),
        ("!_", ("flag",), "flag"),
        *((name, pair, "flag") for name in ("_==_", "_!=_") for pair in _EQUAL),
        *((name, pair, "flag") for name in ("_<_", "_<=_", "_>_", "_>=_") for pair in _ORDERED),
        *((name, (a, b), result) for name in ("_+_", "_-_") for a, b, result in _sums()),
        *(("_*_", (a, b), result) for a, b, result in _products()),
        *(("_/_", (a, b), result) for a, b, result in _quotients()),
        *(("-_", (each,), each) for each in NUMBERS),
        *(("@in", (each, f"list {each}"), "flag") for each in ("text", "whole")),
        *((name, ("text", "text"), "flag") for name in TEXT_QUESTIONS),
    )


def cel_type(ours: str) -> str:
    """Return CEL's name of one of our types, also of lists."""
    return f"list {CEL_TYPES[ours.removeprefix('list ')]}" if ours.startswith("list ") else CEL_TYPES[ours]


SIGNATURES: tuple[Signature, ...] = (
    *(
        Signature(name, tuple(cel_type(each) for each in types), cel_type(result), name in TEXT_QUESTIONS)
        for name, types, result in _rows()
    ),
    *(Signature(name, ("string",), cel_type(answer)) for name, (_, answer) in QUESTIONS.items()),
)
